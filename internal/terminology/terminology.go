// Package terminology finds terms in a translation memory and says how
// consistently they were rendered: [Extract] proposes terms for a glossary,
// [Audit] shows where the renderings of a term diverge, and who used which.
//
// What renders a term in another text is found by a [Linker] that the caller
// gives.
package terminology

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Linker reads two texts that render each other and gives a function that says
// what stands in the second for bytes start to end of the first: its words, as
// they stand there, the bytes they take from the first to the last, and how
// likely that is right. ok is false where it cannot tell.
type Linker func(a, b *bitext.Variant) func(start, end int) (r Rendered, ok bool)

// Rendered is what stands for a term.
type Rendered struct {
	Form string
	At   [2]int // bytes
	Prob float64
}

// whole gives a rendering that small words part in one piece: Years … Education
// is Years of Education where it stands so.
func (r Rendered) whole(target *bitext.Variant) string {
	if !strings.Contains(r.Form, "…") {
		return r.Form
	}
	piece := target.Text[r.At[0]:r.At[1]]
	said := words(text.Fold(r.Form))
	folded := text.Fold(piece)
	for _, t := range text.Tokenize(folded) {
		w := folded[t.Start:t.End]
		if t.Kind == text.Punct && !joins(w) || t.Kind != text.Punct && !said[w] && !innerWords[target.Lang][w] {
			return r.Form
		}
	}
	return piece
}

// Keyer gives what the forms of one rendering have in common.
type Keyer func(lang bitext.Lang, form string) string

// Units gives the units of a memory from the first, each time that it is called.
type Units func() iter.Seq2[bitext.Unit, error]

// Group is renderings of a term that are forms of one.
type Group struct {
	Key   string
	Form  string // the most frequent of its forms
	Count int
	Share float64 // of all that were found
}

// grouper counts the renderings of one term in one language.
type grouper struct {
	order []string
	forms map[string]map[string]int // key → form → times
	total int
}

func (g *grouper) add(key, form string) {
	if g.forms == nil {
		g.forms = map[string]map[string]int{}
	}
	if g.forms[key] == nil {
		g.forms[key] = map[string]int{}
		g.order = append(g.order, key)
	}
	g.forms[key][form]++
	g.total++
}

// groups gives the groups, the greatest first.
func (g *grouper) groups() []Group {
	out := make([]Group, 0, len(g.order))
	for _, key := range g.order {
		n := 0
		for _, k := range g.forms[key] {
			n += k
		}
		out = append(out, Group{Key: key, Form: mostOf(g.forms[key]), Count: n, Share: float64(n) / float64(g.total)})
	}
	slices.SortStableFunc(out, func(a, b Group) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Form, b.Form)) })
	return out
}

// mostOf gives the most frequent form; of equals the shortest, then the first
// in order.
func mostOf(forms map[string]int) string {
	best := ""
	for form, n := range forms {
		m := forms[best]
		if n > m || n == m && (len(form) < len(best) || len(form) == len(best) && form < best) {
			best = form
		}
	}
	return best
}

// entropy is that of counts, in bits: 0 where all is one.
func entropy(counts []int) float64 {
	total := 0
	for _, n := range counts {
		total += n
	}
	h := 0.0
	for _, n := range counts {
		if n > 0 {
			p := float64(n) / float64(total)
			h -= p * math.Log2(p)
		}
	}
	return h
}
