package report

import (
	"html/template"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// run is a piece of a cell with its marks.
type run struct {
	Text   string
	Place  bool // a finding points here
	Gap    bool // a finding points between the words here
	Slight bool // it is a slight one
	Diff   bool // the word is not in the version it is compared with
}

// markedPlace is a place of a finding; slight says that it is a minor one.
type markedPlace struct {
	compare.Place
	slight bool
}

// layout lays the texts of beads side by side.
type layout struct {
	r       *compare.Result
	source  []bool
	beadOf  [][]int               // for each version the bead of each segment
	places  map[int][]markedPlace // by bead, of all findings
	differs map[int][][]bool      // by bead, for each version the bytes that its rival lacks
}

func newLayout(r *compare.Result) *layout {
	a := r.Alignment
	l := &layout{r: r, source: make([]bool, len(a.Versions)), places: map[int][]markedPlace{}, differs: map[int][][]bool{}}
	for _, s := range r.Sources {
		l.source[s] = true
	}
	l.beadOf = make([][]int, len(a.Versions))
	for v := range a.Versions {
		l.beadOf[v] = make([]int, len(a.Versions[v].Segments))
		for b := range a.Beads {
			for s := a.Beads[b].Sides[v].From; s < a.Beads[b].Sides[v].To; s++ {
				l.beadOf[v][s] = b
			}
		}
	}
	for _, f := range r.Findings {
		for _, p := range f.Places {
			b := l.beadOf[p.Version][p.Segment]
			l.places[b] = append(l.places[b], markedPlace{p, f.Sev < compare.Major})
		}
	}
	return l
}

// elsewhere gives the beads other than f's own in which it has words, in order.
func (l *layout) elsewhere(f *compare.Finding) []int {
	var out []int
	for _, p := range f.Places {
		if b := l.beadOf[p.Version][p.Segment]; b != f.Bead && p.Start < p.End {
			out = append(out, b)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// cells gives the texts of a bead: the words in which competing versions
// differ marked, and the places of findings marked more strongly.
func (l *layout) cells(bead int, places []markedPlace) []cellView {
	a := l.r.Alignment
	b := &a.Beads[bead]
	out := make([]cellView, len(a.Versions))
	for v := range a.Versions {
		ver := &a.Versions[v]
		c := cellView{Version: ver.Name(), Lang: string(ver.Lang), IsSource: l.source[v], Empty: b.Sides[v].Empty()}
		if !c.Empty {
			c.Heading = ver.Segments[b.Sides[v].From].Kind == bitext.Heading
			text := a.Text(b, v)
			marks := newMarks(text, l.diffs(bead)[v])
			for _, p := range places {
				if p.Version == v {
					marks.place(a, b, v, p)
				}
			}
			c.Runs = marks.runs(text)
		}
		out[v] = c
	}
	return out
}

// diffs gives for each version of a bead the bytes of words that its rival
// lacks, nil where it has none.
func (l *layout) diffs(bead int) [][]bool {
	if d, ok := l.differs[bead]; ok {
		return d
	}
	a := l.r.Alignment
	b := &a.Beads[bead]
	out := make([][]bool, len(a.Versions))
	for v := range out {
		o := rivalOf(a, b, l.source, v)
		if o < 0 || out[v] != nil || b.Sides[v].Empty() {
			continue
		}
		x, y := a.Text(b, v), a.Text(b, o)
		mine, theirs := make([]bool, len(x)), make([]bool, len(y))
		if x != y {
			for _, op := range compare.Diff(x, y, a.Versions[v].Lang) {
				if op.Kind != compare.Equal {
					set(mine, op.A[0], op.A[1])
					set(theirs, op.B[0], op.B[1])
				}
			}
		}
		out[v] = mine
		if rivalOf(a, b, l.source, o) == v {
			out[o] = theirs
		}
	}
	l.differs[bead] = out
	return out
}

// rivalOf gives the version that v is word-compared with: the first other one
// in its language that is no source; -1 where there is none.
func rivalOf(a *bitext.Alignment, b *bitext.Bead, source []bool, v int) int {
	if source[v] {
		return -1
	}
	for o := range a.Versions {
		if o != v && !source[o] && a.Versions[o].Lang == a.Versions[v].Lang && !b.Sides[o].Empty() {
			return o
		}
	}
	return -1
}

// marks are flags on bytes of a text, set by ranges.
type marks struct {
	placed, slight, differs []bool
	gaps                    map[int]gap
}

type gap uint8

const (
	noGap gap = iota
	slightGap
	graveGap
)

// newMarks begins the marks of a text; differs may be nil.
func newMarks(text string, differs []bool) *marks {
	if differs == nil {
		differs = make([]bool, len(text))
	}
	return &marks{make([]bool, len(text)), make([]bool, len(text)), differs, map[int]gap{}}
}

// place marks where finding place p lies in the joined text of bead b.
func (m *marks) place(a *bitext.Alignment, b *bitext.Bead, v int, p markedPlace) {
	ver := &a.Versions[v]
	side := b.Sides[v]
	if !side.Has(p.Segment) {
		return
	}
	base := 0
	for s := side.From; s < p.Segment; s++ {
		base += len(ver.Segments[s].Text) + len(ver.Lang.Joiner())
	}
	from, to := base+p.Start, base+p.End
	switch {
	case from == to && p.slight:
		m.gaps[from] = max(m.gaps[from], slightGap)
	case from == to:
		m.gaps[from] = graveGap
	case p.slight:
		set(m.slight, from, to)
	default:
		set(m.placed, from, to)
	}
}

func set(flags []bool, from, to int) {
	for i := max(from, 0); i < min(to, len(flags)); i++ {
		flags[i] = true
	}
}

// at gives the marks of the character at byte i.
func (m *marks) at(i int) run {
	if m.placed[i] { // a finding's words are framed in one piece
		return run{Place: true}
	}
	return run{Place: m.slight[i], Slight: m.slight[i], Diff: m.differs[i] && !m.slight[i]}
}

// runs cuts text where its marks change, never within a character.
func (m *marks) runs(text string) []run {
	var out []run
	seam := func(i int) {
		if g := m.gaps[i]; g != noGap {
			out = append(out, run{Gap: true, Slight: g == slightGap})
		}
	}
	from := 0
	for i := range text {
		if i > 0 && (m.at(i) != m.at(i-1) || m.gaps[i] != noGap) {
			out = append(out, m.cut(text, from, i))
			from = i
		}
		seam(i)
	}
	if from < len(text) {
		out = append(out, m.cut(text, from, len(text)))
	}
	seam(len(text))
	return out
}

func (m *marks) cut(text string, from, to int) run {
	r := m.at(from)
	r.Text = text[from:to]
	return r
}

// markup gives runs as they stand in a page.
func markup(runs []run) template.HTML {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.Gap && r.Slight:
			b.WriteString(`<mark class="gap slight">‸</mark>`)
		case r.Gap:
			b.WriteString(`<mark class="gap">‸</mark>`)
		case r.Place:
			if r.Slight {
				b.WriteString(`<mark class="slight">`)
			} else {
				b.WriteString("<mark>")
			}
			writeShown(&b, r.Text)
			b.WriteString("</mark>")
		case r.Diff:
			b.WriteString("<u>")
			writeShown(&b, r.Text)
			b.WriteString("</u>")
		default:
			writeShown(&b, r.Text)
		}
	}
	return template.HTML(b.String())
}
