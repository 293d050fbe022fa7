package report

import (
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// run is a piece of a cell with its marks.
type run struct {
	Text  string
	Place bool // a finding points here
	Gap   bool // a finding points between the words here
	Diff  bool // the word is not in the version it is compared with
}

// beadCells lays the texts of a bead side by side: sources first marked as
// such, the words in which competing versions differ marked, and the places of
// findings marked more strongly.
func beadCells(r *compare.Result, bead int, places []compare.Place) []cellView {
	a := r.Alignment
	b := &a.Beads[bead]
	source := make([]bool, len(a.Versions))
	for _, s := range r.Sources {
		source[s] = true
	}
	out := make([]cellView, len(a.Versions))
	for v := range a.Versions {
		ver := &a.Versions[v]
		c := cellView{Version: ver.Name(), Lang: string(ver.Lang), IsSource: source[v], Empty: b.Sides[v].Empty()}
		if !c.Empty {
			c.Heading = ver.Segments[b.Sides[v].From].Kind == bitext.Heading
			text := a.Text(b, v)
			marks := newMarks(text)
			if rival := rivalOf(a, b, source, v); rival >= 0 {
				marks.diff(text, a.Text(b, rival), ver.Lang, v > rival)
			}
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
	placed, differs []bool
	gaps            map[int]bool
}

func newMarks(text string) *marks {
	return &marks{make([]bool, len(text)), make([]bool, len(text)), map[int]bool{}}
}

// diff marks the words of text that rival lacks. second says that text is the
// later of the two, so that a pair of versions is diffed in one order.
func (m *marks) diff(text, rival string, lang bitext.Lang, second bool) {
	x, y := text, rival
	if second {
		x, y = rival, text
	}
	for _, op := range compare.Diff(x, y, lang) {
		at := op.A
		if second {
			at = op.B
		}
		if op.Kind != compare.Equal && at[0] < at[1] {
			set(m.differs, at[0], at[1])
		}
	}
}

// place marks where finding place p lies in the joined text of bead b.
func (m *marks) place(a *bitext.Alignment, b *bitext.Bead, v int, p compare.Place) {
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
	if from == to {
		m.gaps[from] = true
		return
	}
	set(m.placed, from, to)
}

func set(flags []bool, from, to int) {
	for i := max(from, 0); i < min(to, len(flags)); i++ {
		flags[i] = true
	}
}

// runs cuts text where its marks change, never within a character.
func (m *marks) runs(text string) []run {
	cuts := []int{0}
	for i := 1; i < len(text); i++ {
		if utf8.RuneStart(text[i]) && (m.placed[i] != m.placed[i-1] || m.differs[i] != m.differs[i-1] || m.gaps[i]) {
			cuts = append(cuts, i)
		}
	}
	var out []run
	if m.gaps[0] {
		out = append(out, run{Gap: true})
	}
	for n, from := range cuts {
		to := len(text)
		if n+1 < len(cuts) {
			to = cuts[n+1]
		}
		if from > 0 && m.gaps[from] {
			out = append(out, run{Gap: true})
		}
		out = append(out, run{Text: text[from:to], Place: m.placed[from], Diff: m.differs[from]})
	}
	if len(text) > 0 && m.gaps[len(text)] {
		out = append(out, run{Gap: true})
	}
	return out
}
