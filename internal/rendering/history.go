package rendering

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sverka/internal/bitext"
)

// HistoryGroup is a group with where its renderings stand.
type HistoryGroup struct {
	Group
	Statements, Versions, Translators []string // without repetition, in order
	Example                           int      // of LangHistory.Places: the likeliest, of these the latest
}

// group puts the places together: the sure ones, with those unsure ones that
// are forms of a rendering that is sure elsewhere; then the rest.
func (l *LangHistory) group(sure float64) {
	known := map[string]bool{}
	keys := make([]string, len(l.Places))
	for k := range l.Places {
		p := &l.Places[k]
		keys[k] = GroupKey(l.Lang, p.Form)
		known[keys[k]] = known[keys[k]] || p.Probability >= sure
	}
	var certain, rest []int
	for k := range l.Places {
		if known[keys[k]] {
			certain = append(certain, k)
		} else {
			rest = append(rest, k)
		}
	}
	l.Groups, l.Unsure = l.groupsOf(certain), l.groupsOf(rest)
	l.Trend = l.trend()
}

func (l *LangHistory) groupsOf(places []int) []HistoryGroup {
	found := make([]Found, len(places))
	for i, k := range places {
		p := &l.Places[k]
		found[i] = Found{Form: p.Form, Lang: l.Lang, Probability: p.Probability, Date: p.Date, Place: k}
	}
	var out []HistoryGroup
	for _, g := range GroupFound(found) {
		for i, m := range g.Members {
			g.Members[i] = found[m].Place
		}
		h := HistoryGroup{Group: g, Example: g.Members[0]}
		for _, k := range g.Members {
			p := &l.Places[k]
			v := &p.Unit.Variants[p.Target]
			h.Statements = addOnce(h.Statements, p.Unit.Statement.ID)
			h.Versions = addOnce(h.Versions, v.Name())
			h.Translators = addOnce(h.Translators, v.Translator)
			e := &l.Places[h.Example]
			if p.Form == g.Form && (e.Form != g.Form || p.Probability > e.Probability+.1) {
				h.Example = k
			}
		}
		slices.Sort(h.Statements)
		slices.Sort(h.Versions)
		slices.Sort(h.Translators)
		out = append(out, h)
	}
	return out
}

func addOnce(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Trend says that one rendering was preferred up to a day and another from a
// later day on.
type Trend struct {
	Before, After             string // the renderings' forms
	Until, Since              string // the last day of the one time, the first of the other
	CountBefore, CountAfter   int    // of the renderings in their time
	PlacesBefore, PlacesAfter int    // of all renderings in that time
}

// What makes a trend: so many places on each side of a day, and such a share of
// the preferred rendering on its side.
const (
	trendPlaces = 3
	trendShare  = 0.6
)

// trend looks for the day that parts the dated places best into a time of one
// preferred rendering and a time of another.
func (l *LangHistory) trend() *Trend {
	type dated struct {
		date  string
		group int
	}
	var all []dated
	for k := range l.Groups {
		for _, m := range l.Groups[k].Members {
			if d := l.Places[m].Date; d != "" {
				all = append(all, dated{d, k})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(a.date, b.date) })
	before, after := make([]int, len(l.Groups)), make([]int, len(l.Groups))
	for _, d := range all {
		after[d.group]++
	}
	var best *Trend
	score := 0.0
	for n := 1; n < len(all); n++ {
		before[all[n-1].group]++
		after[all[n-1].group]--
		if all[n].date == all[n-1].date || n < trendPlaces || len(all)-n < trendPlaces {
			continue
		}
		x, y := most(before), most(after)
		old, young := float64(before[x])/float64(n), float64(after[y])/float64(len(all)-n)
		if x == y || old < trendShare || young < trendShare {
			continue
		}
		if s := float64(before[x] + after[y]); s > score {
			score = s
			best = &Trend{l.Groups[x].Form, l.Groups[y].Form, all[n-1].date, all[n].date, before[x], after[y], n, len(all) - n}
		}
	}
	return best
}

func most(counts []int) int {
	best := 0
	for k, n := range counts {
		if n > counts[best] {
			best = k
		}
	}
	return best
}

// SourceForms gives the forms in which the term stands in the texts that were
// read, without regard to capitals, the most frequent first.
func (h *History) SourceForms() []Near {
	var forms []string
	seen := map[string]bool{}
	for _, l := range h.Langs {
		for k := range l.Places {
			p := &l.Places[k]
			v := &p.Unit.Variants[p.Source]
			id := fmt.Sprint(p.Unit.ID, v.Name(), p.Term)
			if !seen[id] {
				seen[id] = true
				forms = append(forms, formAt(v, p.Term))
			}
		}
	}
	return counted(forms)
}

// counted gives each form once, with capitals only where it never stands
// without, the most frequent first.
func counted(forms []string) []Near {
	at := map[string]int{}
	var out []Near
	for _, form := range forms {
		low := strings.ToLower(form)
		n, ok := at[low]
		if !ok {
			n = len(out)
			at[low] = n
			out = append(out, Near{Form: form})
		}
		out[n].Count++
		out[n].Form = max(out[n].Form, form) // lower case stands behind upper case
	}
	slices.SortStableFunc(out, func(a, b Near) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Form, b.Form)) })
	return out
}

func formAt(v *bitext.Variant, spans [][2]int) string {
	runes := []rune(v.Text)
	out := ""
	for k, s := range spans {
		if k > 0 {
			out += " … "
		}
		out += string(runes[s[0]:s[1]])
	}
	return out
}

// Forms gives the forms of a group as SourceForms does.
func (l *LangHistory) Forms(g *HistoryGroup) []Near {
	var forms []string
	for _, k := range g.Members {
		forms = append(forms, l.Places[k].Form)
	}
	return counted(forms)
}
