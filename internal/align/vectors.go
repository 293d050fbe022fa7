package align

import (
	"math"
	"slices"

	"sverka/internal/bitext"
)

// vectors are the vectors of a side's segments, centred: less the mean of
// their directions times their length, so that a group's vector is the sum of
// its segments'.
type vectors struct {
	dim   int
	at    []float32           // vector of each segment
	norms [maxGroup][]float64 // length of the vector of the groups that end before a boundary
}

// embed gives the vectors of a version, nil without an embedder.
func embed(v *bitext.Version, e Embedder) *vectors {
	if e == nil || e.Dim() <= 0 || len(v.Segments) == 0 {
		return nil
	}
	n, dim := len(v.Segments), e.Dim()
	out := &vectors{dim: dim, at: make([]float32, n*dim)}
	mean, lengths := make([]float64, dim), make([]float64, n)
	for i := range v.Segments {
		dst := out.of(i)
		e.Embed(v.Lang, v.Segments[i].Text, dst)
		lengths[i] = math.Sqrt(float64(dot32(dst, dst)))
		for k, x := range dst {
			if lengths[i] > 0 {
				mean[k] += float64(x) / lengths[i] / float64(n)
			}
		}
	}
	// The mean of one or two segments is mostly what they say themselves.
	known := min(1, float64(n-1)/3)
	for i := range n {
		for k := range out.of(i) {
			out.of(i)[k] -= float32(mean[k] * lengths[i] * known)
		}
	}
	sum := make([]float64, dim)
	for g := range maxGroup {
		out.norms[g] = make([]float64, n+1)
		for i := g + 1; i <= n; i++ {
			clear(sum)
			for j := i - g - 1; j < i; j++ {
				for k, x := range out.of(j) {
					sum[k] += float64(x)
				}
			}
			square := 0.0
			for _, x := range sum {
				square += x * x
			}
			out.norms[g][i] = math.Sqrt(square)
		}
	}
	return out
}

func (v *vectors) of(i int) []float32 { return v.at[i*v.dim : (i+1)*v.dim] }

// likeness is the cosines between two sides over a grid, and how they lie in
// this document: low is what any two segments have, high what those have that
// are each other's best.
type likeness struct {
	x, y      *vectors
	grid      *grid
	dots      []float32
	low, high float64
	bestX     []float64 // relative cosine of each segment's best counterpart
	bestY     []float64
}

// newLikeness computes the dot products of all segment pairs of a grid: the
// dot product of two groups is the sum of theirs.
func newLikeness(x, y *vectors, g *grid) *likeness {
	if x == nil || y == nil || x.dim != y.dim {
		return nil
	}
	l := &likeness{x: x, y: y, grid: g, dots: make([]float32, g.cells())}
	for i := range g.lo {
		a := x.of(i)
		for j := int(g.lo[i]); j < int(g.hi[i]); j++ {
			l.dots[g.at(i, j)] = dot32(a, y.of(j))
		}
	}
	l.scale()
	return l
}

func dot32(a, b []float32) float32 {
	var s float32
	b = b[:len(a)]
	for k, x := range a {
		s += x * b[k]
	}
	return s
}

// cosine is that of the a segments of x before i and the b of y before j.
func (l *likeness) cosine(i, j, a, b int) float64 {
	sum := float32(0)
	for k := i - a; k < i; k++ {
		at := l.grid.at(k, j-b)
		for _, d := range l.dots[at : at+b] {
			sum += d
		}
	}
	norm := l.x.norms[a-1][i] * l.y.norms[b-1][j]
	if norm <= 1e-9 {
		return 0
	}
	return float64(sum) / norm
}

// bestShare is the part of the mutual best pairs that says what a rendering
// looks like; the rest may be chance.
const bestShare = 0.7

// scale finds low and high from the document itself.
func (l *likeness) scale() {
	n, m := len(l.grid.lo), len(l.grid.colLo)
	bestX, bestY := make([]int, n), make([]int, m)
	l.bestX, l.bestY = slices.Repeat([]float64{-1}, n), slices.Repeat([]float64{-1}, m)
	var all []float64
	step := 1 + l.grid.cells()/20_000
	for i := range n {
		for j := int(l.grid.lo[i]); j < int(l.grid.hi[i]); j++ {
			c := l.cosine(i+1, j+1, 1, 1)
			if l.grid.at(i, j)%step == 0 {
				all = append(all, c)
			}
			if c > l.bestX[i] {
				l.bestX[i], bestX[i] = c, j
			}
			if c > l.bestY[j] {
				l.bestY[j], bestY[j] = c, i
			}
		}
	}
	var mutual []float64
	for i, j := range bestX {
		if m > 0 && bestY[j] == i {
			mutual = append(mutual, l.bestX[i])
		}
	}
	l.low, l.high = chance(all, mutual), rendering(mutual)
	l.high = max(l.low+0.1, l.high)
	for _, best := range [][]float64{l.bestX, l.bestY} {
		for k := range best {
			best[k] = l.relative(best[k])
		}
	}
}

// What the scale of a document of a few segments leans on, as it is in long
// ones: the cosine of a good rendering, and how many pairs outweigh it.
const (
	usualRendering  = 0.62
	renderingsKnown = 2
	pairsKnown      = 10
)

// chance is the cosine that any two segments have: the median over the pairs
// that are not each other's best, which are few in a long document and half of
// all in one of two segments.
func chance(all, mutual []float64) float64 {
	slices.Sort(all)
	rest := all[:max(0, len(all)-len(mutual))]
	if len(rest) == 0 {
		return 0
	}
	n := float64(len(rest))
	return rest[len(rest)/2] * n / (n + pairsKnown)
}

// rendering is the cosine that a good rendering has: the mean of the better
// pairs that are each other's best.
func rendering(mutual []float64) float64 {
	slices.Sort(mutual)
	top := mutual[len(mutual)-int(bestShare*float64(len(mutual))):]
	return (sum(top) + usualRendering*renderingsKnown) / float64(len(top)+renderingsKnown)
}

// relative puts a cosine on the document's own scale: 0 is chance, 1 a good
// rendering.
func (l *likeness) relative(c float64) float64 {
	return max(-0.5, min(1.5, (c-l.low)/(l.high-l.low)))
}

// bead sets the features of the bead of a and b segments that ends at (i,j).
func (l *likeness) bead(i, j, a, b int, size float64, v *vec) {
	c := l.relative(l.cosine(i, j, a, b))
	v[fCosine], v[fCosineSize] = c, c*size
	outside, n := 0.0, 0
	look := func(i, j, a, b int) {
		if i-a >= 0 && j-b >= 0 && l.grid.has(i-1, j-1) && l.grid.has(i-a, j-b) {
			outside += l.relative(l.cosine(i, j, a, b))
			n++
		}
	}
	look(i+1, j, 1, b)
	look(i-a, j, 1, b)
	look(i, j+1, a, 1)
	look(i, j-b, a, 1)
	if n > 0 {
		v[fCosineOut] = outside / float64(n)
	}
	if a+b == 2 {
		return
	}
	best, weak := -1.0, 2.0
	for k := i - a + 1; k <= i && a > 1; k++ {
		r := l.relative(l.cosine(k, j, 1, b))
		best, weak = max(best, r), min(weak, r)
	}
	for k := j - b + 1; k <= j && b > 1; k++ {
		r := l.relative(l.cosine(i, k, a, 1))
		best, weak = max(best, r), min(weak, r)
	}
	v[fCosineWeak], v[fCosineGain] = weak, c-best
}
