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

// view is a comparison laid out for a page: what the templates and the plain
// writers print, in order, with nothing left to work out.
type view struct {
	Title    string
	Versions []versionView
	Counts   []countView // findings by severity, the gravest first
	Cats     []countView // findings by category, in the order of compare.Categories
	Checked  bool        // a translation was checked against its source
	Grave    []findingView
	Slight   []findingView // minor and info
	Outside  []outsideView
	Rows     []rowView
	Aligned  string // how well it aligned, in words
	Waived   int
}

type versionView struct {
	Name, Lang, LangName, File, Title, Translator, Source, Date string
	Segments                                                    int
	IsSource                                                    bool
	Machine                                                     bool
}

type countView struct {
	Name string
	N    int
}

type findingView struct {
	ID, Check, Cat, Sev, Message string
	Number                       int // from 1, in the order of the page
	Bead                         int // from 1
	Evidence                     []string
	Cells                        []cellView
}

type rowView struct {
	Bead     int // from 1
	Status   string
	Prob     string
	Cells    []cellView
	Findings []refView
	Outside  bool
	Cats     string // the categories of its findings, parted by spaces
}

type refView struct{ ID, Cat, Sev, Message string }

type cellView struct {
	Version, Lang string
	Runs          []run
	Empty         bool
	IsSource      bool
	Heading       bool
}

type outsideView struct {
	Version, Lang, Where string
	First, Last          int // segments, from 1
	Lines                []string
}

// newView lays a comparison out.
func newView(r *compare.Result, title string) *view {
	a := r.Alignment
	v := &view{Title: title, Waived: r.Waived}
	if title == "" {
		v.Title = titleOf(a, r.Sources)
	}
	for i := range a.Versions {
		v.Versions = append(v.Versions, describe(&a.Versions[i], slices.Contains(r.Sources, i)))
	}
	v.Checked = len(r.Sources) > 0 && len(a.Versions)-len(r.Sources) == 1
	outside := outsideBeads(r)
	byBead := map[int][]int{}
	for i, f := range r.Findings {
		byBead[f.Bead] = append(byBead[f.Bead], i)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		fv := findingView{
			ID: f.ID, Check: f.Check, Cat: string(f.Cat), Sev: f.Sev.String(), Message: f.Message.String(),
			Bead: f.Bead + 1, Evidence: lines(f.Evidence),
			Cells: beadCells(r, f.Bead, f.Places),
		}
		if f.Sev >= compare.Major {
			v.Grave = append(v.Grave, fv)
		} else {
			v.Slight = append(v.Slight, fv)
		}
	}
	for i := range v.Grave {
		v.Grave[i].Number = i + 1
	}
	for i := range v.Slight {
		v.Slight[i].Number = len(v.Grave) + i + 1
	}
	v.Counts, v.Cats = count(r.Findings)
	for i := range a.Beads {
		v.Rows = append(v.Rows, newRow(r, i, byBead[i], outside[i]))
	}
	for _, o := range r.Outside {
		v.Outside = append(v.Outside, newOutside(a, o))
	}
	v.Aligned = alignedWords(a, outside)
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

func describe(v *bitext.Version, source bool) versionView {
	file := filepath.Base(v.Path)
	if v.Path == "" {
		file = ""
	} else if v.Path == "-" {
		file = "standard input"
	}
	return versionView{
		Name: v.Name(), Lang: string(v.Lang), LangName: v.Lang.Name(), File: file, Title: v.Title,
		Translator: v.Translator, Source: v.Source, Date: v.Date,
		Segments: len(v.Segments), IsSource: source, Machine: v.Machine,
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

func count(findings []compare.Finding) (bySev, byCat []countView) {
	sev, cat := map[compare.Severity]int{}, map[compare.Category]int{}
	for _, f := range findings {
		sev[f.Sev]++
		cat[f.Cat]++
	}
	for s := compare.Critical; ; s-- {
		bySev = append(bySev, countView{s.String(), sev[s]})
		if s == compare.Info {
			break
		}
	}
	for _, c := range compare.Categories {
		if cat[c] > 0 {
			byCat = append(byCat, countView{string(c), cat[c]})
		}
	}
	return bySev, byCat
}

func newRow(r *compare.Result, bead int, findings []int, outside bool) rowView {
	b := &r.Alignment.Beads[bead]
	row := rowView{
		Bead: bead + 1, Status: string(b.Status), Prob: fmt.Sprintf("%.2f", b.Prob),
		Outside: outside,
	}
	var places []compare.Place
	var cats []string
	for _, i := range findings {
		f := &r.Findings[i]
		places = append(places, f.Places...)
		row.Findings = append(row.Findings, refView{f.ID, string(f.Cat), f.Sev.String(), f.Message.String()})
		cats = append(cats, string(f.Cat))
	}
	sort.Strings(cats)
	row.Cats = strings.Join(slices.Compact(cats), " ")
	row.Cells = beadCells(r, bead, places)
	return row
}

func newOutside(a *bitext.Alignment, o compare.Outside) outsideView {
	v := &a.Versions[o.Version]
	out := outsideView{
		Version: v.Name(), Lang: string(v.Lang), Where: o.Where,
		First: o.Segments.From + 1, Last: o.Segments.To,
	}
	for _, s := range v.Segments[o.Segments.From:o.Segments.To] {
		out.Lines = append(out.Lines, flat(s.Text))
	}
	return out
}

// alignedWords says in a sentence how well the versions aligned.
func alignedWords(a *bitext.Alignment, outside map[int]bool) string {
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
		return "Nothing aligned."
	}
	s := fmt.Sprintf("%d of %d passages stand in every version", full, all)
	if partial > 0 {
		s += fmt.Sprintf(", %d in some only", partial)
	}
	if review > 0 {
		s += fmt.Sprintf("; %d alignments want a look", review)
	}
	return s + "."
}

func lines(evidence []compare.Sentence) []string {
	var out []string
	for _, s := range evidence {
		out = append(out, s.String())
	}
	return out
}
