package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// view is a comparison laid out for a reader: what the templates and the plain
// writers print, in order and in words, with nothing left to work out.
type view struct {
	Title    string
	Versions []versionView
	Counts   []countView // findings by severity, the gravest first
	Cats     []catView   // findings by category, in the order of compare.Categories
	Checked  bool        // a translation was checked against its source
	Grave    []findingView
	Slight   []findingView // minor and info
	Outside  []outsideView
	Rows     []rowView
	Aligned  string // how well it aligned
	Waived   int
	Waivers  string // the file that waived findings stand in
}

type versionView struct {
	Name, Lang, LangName, File, Title, Translator, Source, Date string
	Segments, Met                                               int // all, and those with a counterpart
	IsSource, Machine                                           bool
}

// countView is how many findings a severity has.
type countView struct {
	Key, Said string // "major"; "2 major" in words
	Label     string
	N         int
}

// catView is how many findings of each severity a category has.
type catView struct {
	Key, Label string
	N          int
	BySev      []int // in the order of view.Counts
}

type findingView struct {
	ID, Check, Message string
	Cat, Sev           string // keys
	CatLabel, SevLabel string
	Number             int // from 1, in the order of the page
	Bead               int // from 1
	Evidence           []string
	Passages           []passageView
	Segments           []string // for each version the segments it is about, from 1; "" for none
	Versions           string   // the numbers of the versions it is about, parted by spaces
}

// passageView is the texts of a bead that a finding is about.
type passageView struct {
	Bead  int // from 1
	Cells []cellView
	Other bool // not the one at which the finding stands
}

type rowView struct {
	Bead     int // from 1
	Review   bool
	Prob     string
	Cells    []cellView
	Findings []*findingView
	Outside  bool
	Cats     string // the categories of its findings, parted by spaces
}

type cellView struct {
	Version, Lang string
	Runs          []run
	Empty         bool
	IsSource      bool
	Heading       bool
}

type outsideView struct {
	Said, Lang string
	Lines      []string
}

// newView lays a comparison out in words.
func newView(r *compare.Result, opt Options) *view {
	a, w := r.Alignment, wordsOf(opt.Lang)
	v := &view{Title: opt.Title, Waived: r.Waived, Waivers: opt.Waivers}
	if v.Title == "" {
		v.Title = titleOf(a, r.Sources)
	}
	for i := range a.Versions {
		v.Versions = append(v.Versions, describe(w, a, i, slices.Contains(r.Sources, i)))
	}
	v.Checked = len(r.Sources) > 0 && len(a.Versions)-len(r.Sources) == 1
	outside := outsideBeads(r)
	lay := newLayout(r)
	for i := range r.Findings {
		fv := newFinding(w, lay, &r.Findings[i])
		if r.Findings[i].Sev >= compare.Major {
			v.Grave = append(v.Grave, fv)
		} else {
			v.Slight = append(v.Slight, fv)
		}
	}
	byBead := map[int][]*findingView{}
	n := 0
	for _, list := range [][]findingView{v.Grave, v.Slight} {
		for i := range list {
			n++
			list[i].Number = n
			for _, p := range list[i].Passages {
				byBead[p.Bead-1] = append(byBead[p.Bead-1], &list[i])
			}
		}
	}
	v.Counts, v.Cats = count(w, r.Findings)
	for i := range a.Beads {
		v.Rows = append(v.Rows, newRow(lay, i, byBead[i], outside[i]))
	}
	for _, o := range r.Outside {
		v.Outside = append(v.Outside, newOutside(w, a, o))
	}
	v.Aligned = alignedWords(w, a, outside)
	return v
}

// titleOf takes the title of the first version that has one, what is compared
// before its sources; a heading that opens a version will do.
func titleOf(a *bitext.Alignment, sources []int) string {
	for _, wanted := range []bool{false, true} {
		for i := range a.Versions {
			v := &a.Versions[i]
			switch {
			case slices.Contains(sources, i) != wanted:
			case v.Title != "":
				return v.Title
			case len(v.Segments) > 0 && v.Segments[0].Kind == bitext.Heading:
				return flat(v.Segments[0].Text)
			}
		}
	}
	return strings.Join(names(a), " · ")
}

func describe(w *words, a *bitext.Alignment, n int, source bool) versionView {
	v := &a.Versions[n]
	file := filepath.Base(v.Path)
	if v.Path == "" {
		file = ""
	} else if v.Path == "-" {
		file = w.t("standard input")
	}
	met := 0
	for i := range a.Beads {
		if a.Beads[i].Filled() > 1 {
			met += a.Beads[i].Sides[n].Len()
		}
	}
	return versionView{
		Name: v.Name(), Lang: string(v.Lang), LangName: w.t(v.Lang.Name()), File: file, Title: v.Title,
		Translator: v.Translator, Source: v.Source, Date: v.Date,
		Segments: len(v.Segments), Met: met, IsSource: source, Machine: v.Machine,
	}
}

func outsideBeads(r *compare.Result) map[int]bool {
	out := map[int]bool{}
	for _, o := range r.Outside {
		for i := o.Bead; i < len(r.Alignment.Beads); i++ {
			side := r.Alignment.Beads[i].Sides[o.Version]
			if side.From >= o.Segments.To {
				break
			}
			if !side.Empty() && side.From >= o.Segments.From && side.To <= o.Segments.To {
				out[i] = true
			}
		}
	}
	return out
}

func count(w *words, findings []compare.Finding) (bySev []countView, byCat []catView) {
	counts := map[compare.Category]map[compare.Severity]int{}
	for _, f := range findings {
		if counts[f.Cat] == nil {
			counts[f.Cat] = map[compare.Severity]int{}
		}
		counts[f.Cat][f.Sev]++
	}
	var levels []compare.Severity
	for s := compare.Critical; ; s-- {
		levels = append(levels, s)
		n := 0
		for _, c := range counts {
			n += c[s]
		}
		key := s.String()
		bySev = append(bySev, countView{key, w.t("%d "+key+"|%d "+key, n), w.t(key), n})
		if s == compare.Info {
			break
		}
	}
	for _, c := range compare.Categories {
		if counts[c] == nil {
			continue
		}
		cv := catView{Key: string(c), Label: w.t(string(c))}
		for _, s := range levels {
			cv.BySev = append(cv.BySev, counts[c][s])
			cv.N += counts[c][s]
		}
		byCat = append(byCat, cv)
	}
	return bySev, byCat
}

func newFinding(w *words, lay *layout, f *compare.Finding) findingView {
	v := findingView{
		ID: f.ID, Check: f.Check, Cat: string(f.Cat), Sev: f.Sev.String(),
		CatLabel: w.t(string(f.Cat)), SevLabel: w.t(f.Sev.String()),
		Message: w.say(f.Message), Bead: f.Bead + 1, Evidence: w.lines(f.Evidence),
		Passages: lay.passages(f), Segments: make([]string, len(lay.r.Alignment.Versions)),
	}
	var about []string
	for n := range v.Segments {
		var segs []int
		for _, p := range f.Places {
			if p.Version == n {
				segs = append(segs, p.Segment+1)
			}
		}
		if len(segs) == 0 {
			continue
		}
		about = append(about, fmt.Sprint(n))
		v.Segments[n] = numbers(segs)
	}
	v.Versions = strings.Join(about, " ")
	return v
}

// maxElsewhere bounds the passages that a finding shows beside its own.
const maxElsewhere = 6

// passages gives the bead at which a finding stands and, of others, the
// versions that it is about.
func (l *layout) passages(f *compare.Finding) []passageView {
	places := make([]markedPlace, len(f.Places))
	for i, p := range f.Places {
		places[i] = markedPlace{p, false}
	}
	out := []passageView{{Bead: f.Bead + 1, Cells: l.cells(f.Bead, places)}}
	for _, b := range l.elsewhere(f) {
		if len(out) > maxElsewhere {
			break
		}
		p := passageView{Bead: b + 1, Other: true}
		for v, c := range l.cells(b, places) {
			if slices.ContainsFunc(f.Places, func(p compare.Place) bool {
				return p.Version == v && p.Start < p.End && l.beadOf[v][p.Segment] == b
			}) {
				p.Cells = append(p.Cells, c)
			}
		}
		out = append(out, p)
	}
	return out
}

// numbers writes numbers in rising order: "3", "3–4", "3, 7".
func numbers(ns []int) string {
	slices.Sort(ns)
	ns = slices.Compact(ns)
	var parts []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, fmt.Sprint(ns[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", ns[i], ns[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

func newRow(lay *layout, bead int, findings []*findingView, outside bool) rowView {
	b := &lay.r.Alignment.Beads[bead]
	row := rowView{
		Bead: bead + 1, Review: b.Status == bitext.StatusReview, Prob: fmt.Sprintf("%.2f", b.Prob),
		Outside: outside, Findings: findings,
	}
	var cats []string
	for _, f := range findings {
		cats = append(cats, f.Cat)
	}
	sort.Strings(cats)
	row.Cats = strings.Join(slices.Compact(cats), " ")
	row.Cells = lay.cells(bead, lay.places[bead])
	return row
}

func newOutside(w *words, a *bitext.Alignment, o compare.Outside) outsideView {
	v := &a.Versions[o.Version]
	from, to := o.Segments.From+1, o.Segments.To
	out := outsideView{Lang: string(v.Lang)}
	if from == to {
		out.Said = w.t("%s, %s: segment %d", v.Name(), w.t(o.Where), from)
	} else {
		out.Said = w.t("%s, %s: segments %d to %d", v.Name(), w.t(o.Where), from, to)
	}
	for _, s := range v.Segments[o.Segments.From:o.Segments.To] {
		out.Lines = append(out.Lines, flat(s.Text))
	}
	return out
}

// alignedWords says in a sentence how well the versions aligned.
func alignedWords(w *words, a *bitext.Alignment, outside map[int]bool) string {
	full, partial, review, all := 0, 0, 0, 0
	for i := range a.Beads {
		if outside[i] {
			continue
		}
		all++
		if a.Beads[i].Filled() == len(a.Versions) {
			full++
		} else {
			partial++
		}
		if a.Beads[i].Status == bitext.StatusReview {
			review++
		}
	}
	if all == 0 {
		return w.t("Nothing aligned.")
	}
	parts := []string{w.t("%d of %d passages stand in every version", full, all)}
	if partial > 0 {
		parts = append(parts, w.t("%d in some only|%d in some only", partial))
	}
	if review > 0 {
		last := &parts[len(parts)-1]
		*last = w.t("%s; %s", *last, w.t("%d alignment wants a look|%d alignments want a look", review))
	}
	return w.sentence(parts)
}
