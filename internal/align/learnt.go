package align

import (
	"cmp"
	"math"
	"slices"
)

// teaching is what a document teaches of the words that translate each other:
// expected co-occurrences under the alignment so far. When a unit of a
// segment asks, its own segment's evidence is left out, so that an alignment
// does not confirm itself: a word pair counts for a bead only when it was
// also seen in another.
type teaching struct {
	prior          *pairPosterior
	massX, massY   []float64 // expected number of matched segments that hold the unit
	total          float64
	unitsX, unitsY *vocab
}

const (
	commonest  = 0.35 // share of the segments beyond which a unit teaches nothing
	minTogeth  = 0.5  // expected meetings beyond which a pair of units is kept
	shrinkage  = 0.3  // meetings that are added on both sides of the comparison
	minPairing = 0.05
	leastRatio = 1.4 // times more often than by chance that a pair of units must meet
)

// learn counts the units that meet in beads.
func learn(x, y *side, prior *pairPosterior) *channel {
	lex := &teaching{prior: prior, unitsX: x.terms, unitsY: y.terms}
	g := prior.grid
	segX, segY := make([]float64, x.n), make([]float64, y.n)
	for i := range x.n {
		for j := int(g.lo[i]); j < int(g.hi[i]); j++ {
			q := prior.at(i, j)
			segX[i] += q
			segY[j] += q
			lex.total += q
		}
	}
	lex.massX, lex.massY = masses(x.terms, segX), masses(y.terms, segY)
	c := &channel{x: x.terms, y: y.terms, learnt: lex,
		fromX: make([][]arc, len(x.terms.names)), fromY: make([][]arc, len(y.terms.names))}
	together := make([]float64, len(y.terms.names))
	var touched []int32
	for u, posts := range x.terms.postings {
		if len(posts) < 2 || tooCommon(len(posts), x.n) {
			continue
		}
		touched = touched[:0]
		for _, i := range posts {
			for j := int(g.lo[i]); j < int(g.hi[i]); j++ {
				q := prior.at(int(i), j)
				if q < minPairing {
					continue
				}
				for _, w := range y.terms.units[j] {
					if together[w] == 0 {
						touched = append(touched, w)
					}
					together[w] += q
				}
			}
		}
		lex.keep(c, int32(u), touched, together)
	}
	for u := range c.fromX {
		c.fromX[u] = lex.strongest(c.fromX[u], lex.massX[u], lex.massY)
	}
	for u := range c.fromY {
		c.fromY[u] = lex.strongest(c.fromY[u], lex.massY[u], lex.massX)
	}
	return c
}

// mostArcs is how many answers a unit keeps.
const mostArcs = 40

// strongest keeps the most surprising answers of a unit of mass own.
func (lex *teaching) strongest(arcs []arc, own float64, masses []float64) []arc {
	if len(arcs) <= mostArcs {
		return arcs
	}
	type rated struct {
		ratio float64
		arc
	}
	all := make([]rated, len(arcs))
	for k, a := range arcs {
		all[k] = rated{lex.ratio(float64(a.val), own, masses[a.to]), a}
	}
	slices.SortFunc(all, func(a, b rated) int {
		return cmp.Or(cmp.Compare(b.ratio, a.ratio), cmp.Compare(a.to, b.to))
	})
	for k := range mostArcs {
		arcs[k] = all[k].arc
	}
	return arcs[:mostArcs]
}

// keep joins unit u with those it met more often than chance would have it.
func (lex *teaching) keep(c *channel, u int32, touched []int32, together []float64) {
	n := len(lex.unitsY.units)
	for _, w := range touched {
		count := together[w]
		together[w] = 0
		if count < minTogeth || len(lex.unitsY.postings[w]) < 2 || tooCommon(len(lex.unitsY.postings[w]), n) {
			continue
		}
		if lex.ratio(count, lex.massX[u], lex.massY[w]) < leastRatio {
			continue
		}
		c.fromX[u] = append(c.fromX[u], arc{w, float32(count)})
		c.fromY[w] = append(c.fromY[w], arc{u, float32(count)})
	}
}

func tooCommon(df, n int) bool { return float64(df) > max(3, commonest*float64(n)) }

func masses(v *vocab, seg []float64) []float64 {
	out := make([]float64, len(v.names))
	for u, posts := range v.postings {
		for _, i := range posts {
			out[u] += min(1, seg[i])
		}
	}
	return out
}

// ratio says how much more often than by chance two units met that met count
// times, shrunk towards 1. Its log is their pointwise mutual information.
func (lex *teaching) ratio(count, mx, my float64) float64 {
	expected := mx * my / max(1, lex.total)
	return (max(0, count) + shrinkage) / (expected + shrinkage)
}

// value is what arc a is worth to unit u of segment seg of side from.
func (lex *teaching) value(from int, u int32, a arc, posts []int32, seg int) float32 {
	own, at := 0.0, 0.0
	g := lex.prior.grid
	lo, hi := g.lo, g.hi
	if from == 1 {
		lo, hi = g.colLo, g.colHi
	}
	for k := searchPosting(posts, lo[seg]); k < len(posts) && posts[k] < hi[seg]; k++ {
		if from == 0 {
			at = lex.prior.at(seg, int(posts[k]))
		} else {
			at = lex.prior.at(int(posts[k]), seg)
		}
		own += at
	}
	mx, my := lex.massX, lex.massY
	if from == 1 {
		mx, my = my, mx
	}
	own = min(own, float64(a.val))
	r := lex.ratio(float64(a.val)-own, max(0, mx[u]-1), max(0, my[a.to]-own))
	if r < leastRatio {
		return 0
	}
	return float32(math.Log(r))
}
