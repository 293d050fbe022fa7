package rendering

import "slices"

// anchor is a word beside the term and where it links to.
type anchor struct {
	i, j int
	p    float32
}

func (g *grid) anchors(term []int) []anchor {
	out := make([]anchor, 0, 2*anchorReach)
	look := func(i int) {
		if g.a.words[i].common > 0 {
			return
		}
		best := 0
		for j := range g.b.words {
			if g.odds(i, j) > g.odds(i, best) {
				best = j
			}
		}
		if o := g.odds(i, best); o > -1 {
			out = append(out, anchor{i, best, sigmoid(o)})
		}
	}
	for i := max(0, term[0]-anchorReach); i < min(len(g.a.words), term[len(term)-1]+anchorReach+1); i++ {
		if !slices.Contains(term, i) {
			look(i)
		}
	}
	return out
}

// deviation says how far a candidate stands from where the words beside the
// term link to, as a share of the sentence, and how surely that is known.
func deviation(anchors []anchor, c *candidate, na, nb int) (far, sure float32) {
	ratio := float32(nb) / float32(na)
	var sum, weight float32
	for _, a := range anchors {
		at := float32(a.j) + float32(c.best-a.i)*ratio
		d := at - float32(c.j)
		w := a.p / float32(abs(c.best-a.i)+1)
		sum += w * min(10, max(d, -d))
		weight += w
	}
	if weight == 0 {
		return 0, 0
	}
	return sum / weight / 5, weight
}
