package align

import (
	"context"
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
	scale [maxGroup][]float32 // one by the length of the vector of the groups that end before a boundary; 0 where that is next to nothing
}

// leastNorm is the length below which a vector says nothing.
const leastNorm = 1e-5

// embed gives the vectors of a version, nil without an embedder or when ctx ends.
func embed(ctx context.Context, v *bitext.Version, e Embedder) *vectors {
	if e == nil || e.Dim() <= 0 || len(v.Segments) == 0 {
		return nil
	}
	n, dim := len(v.Segments), e.Dim()
	out := &vectors{dim: dim, at: singles.takeClear(n * dim)}
	mean, lengths := make([]float32, dim), make([]float32, n)
	for i := range v.Segments {
		if i%looksUp == 0 && ctx.Err() != nil {
			singles.give(out.at)
			return nil
		}
		dst := out.of(i)
		e.Embed(v.Lang, v.Segments[i].Text, dst)
		lengths[i] = float32(math.Sqrt(float64(dot32(dst, dst))))
		if lengths[i] > 0 {
			addScaled(mean, dst, 1/(lengths[i]*float32(n)))
		}
	}
	// The mean of one or two segments is mostly what they say themselves.
	known := min(1, float32(n-1)/3)
	for i := range n {
		addScaled(out.of(i), mean, -lengths[i]*known)
	}
	out.setScale(n)
	return out
}

// setScale computes the lengths of groups' vectors: the square of a sum is the
// sum of all dot products.
func (v *vectors) setScale(n int) {
	squares := [maxGroup]float32{}
	for g := range v.scale {
		v.scale[g] = make([]float32, n+1)
	}
	for i := 1; i <= n; i++ {
		last := v.of(i - 1)
		square := dot32(last, last)
		cross := float32(0)
		before := squares
		for g := range min(maxGroup, i) {
			if g > 0 {
				cross += dot32(last, v.of(i-1-g))
				squares[g] = before[g-1] + square + 2*cross
			} else {
				squares[0] = square
			}
			if norm := float32(math.Sqrt(float64(max(0, squares[g])))); norm > leastNorm {
				v.scale[g][i] = 1 / norm
			}
		}
	}
}

func (v *vectors) of(i int) []float32 { return v.at[i*v.dim : (i+1)*v.dim] }

// dot32 is the dot product of two vectors of one length, a multiple of eight.
func dot32(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 8 && len(b) >= 8 {
		x, y := a[:8:8], b[:8:8]
		s0 += x[0]*y[0] + x[4]*y[4]
		s1 += x[1]*y[1] + x[5]*y[5]
		s2 += x[2]*y[2] + x[6]*y[6]
		s3 += x[3]*y[3] + x[7]*y[7]
		a, b = a[8:], b[8:]
	}
	for k, x := range a {
		s0 += x * b[k]
	}
	return s0 + s1 + s2 + s3
}

// addScaled adds scale times b to a.
func addScaled(a, b []float32, scale float32) {
	b = b[:len(a)]
	for k := range a {
		a[k] += scale * b[k]
	}
}

// likeness is the cosines between two sides over a grid, and how they lie in
// this document: low is what any two segments have, high what those have that
// are each other's best.
type likeness struct {
	x, y      *vectors
	grid      *grid
	dots      []float32
	low, high float32
	per       float32      // one by what high is above low
	best      [2][]float32 // relative cosine of each segment's best counterpart
}

// newLikeness computes the dot products of all segment pairs of a grid: the
// dot product of two groups is the sum of theirs. It is nil without vectors, or
// when ctx ends.
func newLikeness(ctx context.Context, x, y *vectors, g *grid) *likeness {
	if x == nil || y == nil || x.dim != y.dim {
		return nil
	}
	l := &likeness{x: x, y: y, grid: g, dots: make([]float32, g.cells())}
	for i := range g.lo {
		if i%looksUp == 0 && ctx.Err() != nil {
			return nil
		}
		a := x.of(i)
		row := l.dots[g.off[i]:g.off[i+1]]
		for k := range row {
			row[k] = dot32(a, y.of(int(g.lo[i])+k))
		}
	}
	l.scale()
	return l
}

// within is the same over a grid that l's reaches round, or nearly.
func (l *likeness) within(g *grid) *likeness {
	if l == nil {
		return nil
	}
	out := *l
	out.grid, out.dots = g, make([]float32, g.cells())
	for i := range g.lo {
		lo, hi := max(g.lo[i], l.grid.lo[i]), min(g.hi[i], l.grid.hi[i])
		for j := g.lo[i]; j < g.hi[i]; j++ {
			if j >= lo && j < hi {
				out.dots[g.at(i, int(j))] = l.dots[l.grid.at(i, int(j))]
			} else {
				out.dots[g.at(i, int(j))] = dot32(l.x.of(i), l.y.of(int(j)))
			}
		}
	}
	return &out
}

// bestShare is the part of the mutual best pairs that says what a rendering
// looks like; the rest may be chance.
const bestShare = 0.7

// sampledCosines is about how many pairs tell what any two segments have.
const sampledCosines = 16_000

// scale finds low and high from the document itself.
func (l *likeness) scale() {
	n, m := len(l.grid.lo), len(l.grid.colLo)
	bestX, bestY := make([]int32, n), make([]int32, m)
	l.best[0], l.best[1] = slices.Repeat([]float32{-1}, n), slices.Repeat([]float32{-1}, m)
	step := 1 + l.grid.cells()/sampledCosines
	all := singles.take(sampledCosines + 1)[:0]
	for i := range n {
		lo := int(l.grid.lo[i])
		own := l.x.scale[0][i+1]
		for k, d := range l.dots[l.grid.off[i]:l.grid.off[i+1]] {
			j := lo + k
			c := d * own * l.y.scale[0][j+1]
			if step == 1 || (l.grid.off[i]+k)%step == 0 {
				all = append(all, c)
			}
			if c > l.best[0][i] {
				l.best[0][i], bestX[i] = c, int32(j)
			}
			if c > l.best[1][j] {
				l.best[1][j], bestY[j] = c, int32(i)
			}
		}
	}
	var mutual []float32
	for i, j := range bestX {
		if m > 0 && bestY[j] == int32(i) {
			mutual = append(mutual, l.best[0][i])
		}
	}
	l.low, l.high = chance(all, len(mutual)), rendering(mutual)
	singles.give(all)
	l.high = max(l.low+0.1, l.high)
	l.per = 1 / (l.high - l.low)
	for _, best := range l.best {
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
func chance(all []float32, mutual int) float32 {
	rest := len(all) - mutual
	if rest <= 0 {
		return 0
	}
	return kth(all, rest/2) * float32(rest) / float32(rest+pairsKnown)
}

// kth is the value that would stand at place k if v were sorted; it changes
// the order (Hoare's selection).
func kth(v []float32, k int) float32 {
	lo, hi := 0, len(v)-1
	for lo < hi {
		pivot := v[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return v[k]
		}
	}
	return v[k]
}

// rendering is the cosine that a good rendering has: the mean of the better
// pairs that are each other's best.
func rendering(mutual []float32) float32 {
	slices.Sort(mutual)
	top := mutual[len(mutual)-int(bestShare*float64(len(mutual))):]
	sum := float32(usualRendering * renderingsKnown)
	for _, c := range top {
		sum += c
	}
	return sum / float32(len(top)+renderingsKnown)
}

// relative puts a cosine on the document's own scale: 0 is chance, 1 a good
// rendering.
func (l *likeness) relative(c float32) float32 {
	return max(-0.5, min(1.5, (c-l.low)*l.per))
}

// cosine is the relative cosine of groups with the dot product d: a segments
// before i and b before j.
func (l *likeness) cosine(d float32, i, j, a, b int) float32 {
	return l.relative(d * l.x.scale[a-1][i] * l.y.scale[b-1][j])
}

// cosineFeatures sets the features of the vectors.
func (p *pairing) cosineFeatures(c *view, a, b int, size float64, v *vec) {
	l, g, i, j := p.alike, p.grid, c.i, c.j
	rel := l.cosine(c.dots[a-1][b-1], i, j, a, b)
	v[fCosine], v[fCosineSize] = float64(rel), float64(rel)*size
	outside, n := float32(0), float32(0)
	if i < p.x.n {
		outside += l.cosine(g.row(l.dots, i, j, b), i+1, j, 1, b)
		n++
	}
	if i-a > 0 {
		outside += l.cosine(g.row(l.dots, i-a-1, j, b), i-a, j, 1, b)
		n++
	}
	if j < p.y.n {
		outside += l.cosine(g.column(l.dots, j, i, a), i, j+1, a, 1)
		n++
	}
	if j-b > 0 {
		outside += l.cosine(g.column(l.dots, j-b-1, i, a), i, j-b, a, 1)
		n++
	}
	if n > 0 {
		v[fCosineOut] = float64(outside / n)
	}
	if a+b == 2 {
		return
	}
	best, weak := float32(-1), float32(2)
	for k := i - a + 1; k <= i && a > 1; k++ {
		r := l.cosine(g.row(l.dots, k-1, j, b), k, j, 1, b)
		best, weak = max(best, r), min(weak, r)
	}
	for k := j - b + 1; k <= j && b > 1; k++ {
		r := l.cosine(g.column(l.dots, k-1, i, a), i, k, a, 1)
		best, weak = max(best, r), min(weak, r)
	}
	v[fCosineWeak], v[fCosineGain] = float64(weak), float64(rel-best)
}
