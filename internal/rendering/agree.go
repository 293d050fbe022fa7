package rendering

import (
	"math"
	"slices"

	"sverka/internal/bitext"
)

// likelyWord is a word of a target that may belong to a rendering.
type likelyWord struct {
	j   int
	p   float64
	key string
	// loose: it stands beside words that are chosen, in one piece with them, and
	// no word of the source outside the term is seen to render it.
	loose bool
}

// leastLikely is how likely a word must be to be remembered.
const leastLikely = 0.1

func (g *grid) likelyWords(term []int, cands []candidate) []likelyWord {
	if len(cands) == 0 {
		return nil
	}
	chosen, top := pick(cands)
	prob := make(map[int]float64, len(cands))
	var out []likelyWord
	for k := range cands {
		c := &cands[k]
		prob[c.j] = float64(c.prob)
		if k == top || c.prob >= leastLikely {
			out = append(out, likelyWord{j: c.j, p: float64(c.prob), key: g.b.words[c.j].key})
		}
	}
	for _, j := range g.looseBeside(term, chosen) {
		if k := slices.IndexFunc(out, func(w likelyWord) bool { return w.j == j }); k >= 0 {
			out[k].loose = true
		} else {
			out = append(out, likelyWord{j, prob[j], g.b.words[j].key, true})
		}
	}
	slices.SortFunc(out, func(a, b likelyWord) int { return a.j - b.j })
	return out
}

// How far from the chosen words loose ones are looked for, and the log odds
// from which on a word of the source is taken to render a word.
const (
	looseReach = 2
	looseOdds  = 0.5
	looseLink  = -1
)

// unlinked says that word i of the source, one that says something, links to no
// word: then a word of the target that seems loose may be its rendering.
func (g *grid) unlinked(i int) bool {
	if i < 0 || i >= len(g.a.words) || g.a.words[i].common > 0 {
		return false
	}
	for j := range g.b.words {
		if g.odds(i, j) > looseLink {
			return false
		}
	}
	return true
}

// looseBeside gives the words on either side of those chosen that nothing
// outside the term accounts for. The languages here order the words of a noun
// alike, so that a side is left out where the word on that side of the term is
// unlinked.
func (g *grid) looseBeside(term, chosen []int) []int {
	var out []int
	look := func(from, step int) {
		for k := range looseReach {
			j := from + (k+1)*step
			if j < 0 || j >= len(g.b.words) || slices.Contains(chosen, j) || !g.b.adjoin(min(j, j-step), max(j, j-step)) {
				return
			}
			w := &g.b.words[j]
			if w.common > 0 || w.number == w.number || w.sign || g.column(term, j) > looseOdds {
				return
			}
			out = append(out, j)
		}
	}
	before, after := g.unlinked(term[0]-1), g.unlinked(term[len(term)-1]+1)
	for _, j := range chosen {
		if !before {
			look(j, -1)
		}
		if !after {
			look(j, 1)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// chosen gives the words that are likelier in than out, and the likeliest.
func (o *occurrence) chosen() []int {
	top := 0
	for k := range o.words {
		if o.words[k].p > o.words[top].p {
			top = k
		}
	}
	var out []int
	for k, w := range o.words {
		if k == top || w.p >= .5 {
			out = append(out, w.j)
		}
	}
	return out
}

// What other places add to the log odds of a word: for one that comes up beside
// the same likeliest word in most of them, and for one that comes up nowhere
// else.
const (
	agreeFor     = 1.2
	agreeAgainst = 1.2
	agreeShare   = 0.6
	agreePlaces  = 3 // from which on a lone word is doubted
	looseShare   = 0.75
	agreeLoose   = 0.6 // what a word is made that stands loose beside one core in most places
)

// agree lets the places of a term learn from one another: in each the likeliest
// word is the core; a word that is likely beside the same core in most places
// belongs to it in all of them or in none, by the mean of its log odds; one that
// is likely here alone is doubted.
func agree(all []occurrence) {
	type pair struct{ core, word string }
	// Each text counts once for a core: one that stands in two units shows
	// nothing new.
	texts, beside, loose := map[string]int{}, map[pair]int{}, map[pair]int{}
	odds := map[pair]float64{} // sum of the log odds of a word beside a core
	read := map[pair]bool{}
	for k := range all {
		core := all[k].core()
		if core == "" || read[pair{core, all[k].b.Text}] {
			continue
		}
		read[pair{core, all[k].b.Text}] = true
		texts[core]++
		seen := map[string]bool{}
		for _, w := range all[k].words {
			if at := (pair{core, w.key}); !seen[w.key] {
				seen[w.key] = true
				beside[at]++
				odds[at] += logit(w.p)
				if w.loose {
					loose[at]++
				}
			}
		}
	}
	for k := range all {
		o := &all[k]
		core := o.core()
		places := float64(texts[core])
		if places < 2 {
			continue
		}
		for m := range o.words {
			w := &o.words[m]
			at := pair{core, w.key}
			n := beside[at]
			switch {
			case w.key == core:
			case w.loose && loose[at] >= 2 && float64(loose[at]) >= looseShare*places:
				w.p = max(w.p, agreeLoose)
			case n >= 2 && float64(n) >= agreeShare*places:
				w.p = shifted(.5, odds[at]/float64(n)+agreeFor)
			case n == 1 && places >= agreePlaces:
				w.p = shifted(w.p, -agreeAgainst)
			}
		}
	}
}

func shifted(p, by float64) float64 { return 1 / (1 + math.Exp(-logit(p)-by)) }

func logit(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}

// core is the key of the likeliest word.
func (o *occurrence) core() string {
	top := -1
	for k := range o.words {
		if top < 0 || o.words[k].p > o.words[top].p {
			top = k
		}
	}
	if top < 0 {
		return ""
	}
	return o.words[top].key
}

// maxFilled is how many words a gap may have that is filled.
const maxFilled = 2

// filled adds to chosen words the common ones between them: Heads of State.
func (t *Text) filled(chosen []int) []int {
	if t.Lang == bitext.Chinese {
		return chosen
	}
	out := chosen[:1:1]
	for _, j := range chosen[1:] {
		last := out[len(out)-1]
		fill := j-last-1 <= maxFilled
		for k := last; k < j && fill; k++ {
			fill = t.adjoin(k, k+1) && (k == last || t.words[k].common > 0)
		}
		for k := last + 1; k < j && fill; k++ {
			out = append(out, k)
		}
		out = append(out, j)
	}
	return out
}
