package rendering

import (
	"math"

	"sverka/internal/bitext"
)

// likelyWord is a word of a target that may belong to a rendering.
type likelyWord struct {
	j   int
	p   float64
	key string
}

// leastLikely is how likely a word must be to be remembered.
const leastLikely = 0.1

func likelyWords(b *Text, cands []candidate) []likelyWord {
	_, top := 0, 0
	if len(cands) > 0 {
		_, top = pick(cands)
	}
	var out []likelyWord
	for k := range cands {
		if c := &cands[k]; k == top || c.prob >= leastLikely {
			out = append(out, likelyWord{c.j, float64(c.prob), b.words[c.j].key})
		}
	}
	return out
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
)

// agree lets the places of a term learn from one another: in each the likeliest
// word is the core; a word that is likely beside the same core elsewhere too is
// the likelier to belong to it, one that is likely here alone the less.
func agree(all []occurrence) {
	cores := map[string]int{}
	beside := map[[2]string]int{}
	for k := range all {
		core := all[k].core()
		if core == "" {
			continue
		}
		cores[core]++
		seen := map[string]bool{}
		for _, w := range all[k].words {
			if !seen[w.key] {
				seen[w.key] = true
				beside[[2]string{core, w.key}]++
			}
		}
	}
	for k := range all {
		o := &all[k]
		core := o.core()
		places := cores[core]
		if places < 2 {
			continue
		}
		for m := range o.words {
			w := &o.words[m]
			n := beside[[2]string{core, w.key}]
			switch {
			case w.key == core:
			case n >= 2 && float64(n) >= agreeShare*float64(places):
				w.p = shifted(w.p, agreeFor)
			case n == 1 && places >= agreePlaces:
				w.p = shifted(w.p, -agreeAgainst)
			}
		}
	}
}

func shifted(p, by float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-math.Log(p/(1-p))-by))
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
