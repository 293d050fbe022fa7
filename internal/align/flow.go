package align

import (
	"context"
	"math"
	"math/bits"
)

// The sums over all paths are taken in the scale of probabilities, not of
// logs: that costs a multiplication where logs cost an exponential. As the
// numbers would leave any range on a long text, each cell has an exponent of
// its own, a power of two, that brings its greatest value near 1.

// flow is the sum of the values of all ways to (or from) a cell, by state, in
// units of two to the power of exp; those of the two tails in units of their
// own, since the way into the tail may outweigh by any measure the way across
// a long block.
type flow struct {
	v     [numStates]float64
	entry float64 // sum over the states that a bead may follow
	exp   int32
	tail  int32 // as exp, of the tails
}

// expOf is the exponent of a state.
func (c *flow) expOf(s state) int32 {
	if s > lastEntry {
		return c.tail
	}
	return c.exp
}

// noFlow is the exponent of a cell that no path reaches.
const noFlow = math.MinInt32 / 4

// pow2 is two to the power of n, 0 where that is too little to count.
func pow2(n int32) float64 {
	if n < -1000 {
		return 0
	}
	return math.Float64frombits(uint64(n+1023) << 52)
}

func trailingBit(x uint16) int { return bits.TrailingZeros16(x) }

// settle brings the greatest values near 1.
func (c *flow) settle() {
	c.exp = settle(c.v[:stTailX], c.exp)
	c.tail = settle(c.v[stTailX:], c.tail)
	c.entry = c.v[stBead] + c.v[stHeadX] + c.v[stHeadY] + c.v[stNullX] + c.v[stNullY]
}

func settle(v []float64, exp int32) int32 {
	most := 0.0
	for _, x := range v {
		most = max(most, x)
	}
	if most == 0 {
		return noFlow
	}
	shift := int32(math.Float64bits(most)>>52) - 1023
	scale := pow2(-shift)
	for k := range v {
		v[k] *= scale
	}
	return exp + shift
}

// odds are the exponentials of a lattice's scores.
type odds struct {
	bead         []float64 // as lattice.scores
	kind         [numModes][groupPairs]float64
	nullX, nullY [numModes][numNullPlaces][]float64
}

// mostScore bounds what an exponential is taken of, either way.
const mostScore = 200

func exp(x float64) float64 { return math.Exp(max(-mostScore, min(mostScore, x))) }

func (l *lattice) odds() *odds {
	o := &odds{bead: doubles.take(len(l.scores))}
	for cell, live := range l.live {
		for ; live != 0; live &= live - 1 {
			k := cell*groupPairs + trailingBit(live)
			o.bead[k] = exp(float64(l.scores[k]))
		}
	}
	for m := range numModes {
		for k, x := range l.kind[m] {
			o.kind[m][k] = exp(x)
		}
		for place := range numNullPlaces {
			o.nullX[m][place] = exps(l.nullX[m][place])
			o.nullY[m][place] = exps(l.nullY[m][place])
		}
	}
	return o
}

func exps(v []float64) []float64 {
	out := make([]float64, len(v))
	for k, x := range v {
		if x != never {
			out[k] = exp(x)
		}
	}
	return out
}

// forward sums up the ways to each cell in mode m. It stops when ctx ends: the
// sums are of no use then.
func (l *lattice) forward(ctx context.Context, m mode, o *odds) []flow {
	f := flows.takeClear(l.cells())
	nx, ny := &o.nullX[m], &o.nullY[m]
	for i := 0; i <= l.n && (i%looksUp > 0 || ctx.Err() == nil); i++ {
		for j := int(l.lo[i]); j <= int(l.hi[i]); j++ {
			cell := l.at(i, j)
			c := &f[cell]
			c.exp, c.tail = noFlow, noFlow
			var above, left *flow
			if l.has(i-1, j) {
				above = &f[l.at(i-1, j)]
				c.exp, c.tail = above.exp, max(above.exp, above.tail)
			}
			if l.has(i, j-1) {
				left = &f[cell-1]
				c.exp, c.tail = max(c.exp, left.exp), max(c.tail, left.exp, left.tail)
			}
			live := l.live[cell]
			for rest := live; rest != 0; rest &= rest - 1 {
				k := trailingBit(rest)
				c.exp = max(c.exp, f[l.at(i-1-k/maxGroup, j-1-k%maxGroup)].exp)
			}
			if i == 0 && j == 0 {
				c.exp = 0
				c.v[stHeadX] = 1
			}
			if above != nil {
				if s := pow2(above.exp - c.exp); s > 0 {
					c.v[stHeadX] += s * above.v[stHeadX] * nx[nullHead][i-1]
					c.v[stNullX] += s * (above.v[stBead]*nx[nullOpen][i-1] + above.v[stNullX]*nx[nullMore][i-1])
				}
				c.v[stTailX] += pow2(above.exp-c.tail)*above.v[stBead]*nx[nullTailOpen][i-1] +
					pow2(above.tail-c.tail)*above.v[stTailX]*nx[nullTail][i-1]
			}
			if left != nil {
				if s := pow2(left.exp - c.exp); s > 0 {
					c.v[stHeadY] += s * (left.v[stHeadX] + left.v[stHeadY]) * ny[nullHead][j-1]
					c.v[stNullY] += s * (left.v[stBead]*ny[nullOpen][j-1] + (left.v[stNullX]+left.v[stNullY])*ny[nullMore][j-1])
				}
				c.v[stTailY] += pow2(left.exp-c.tail)*left.v[stBead]*ny[nullTailOpen][j-1] +
					pow2(left.tail-c.tail)*(left.v[stTailX]+left.v[stTailY])*ny[nullTail][j-1]
			}
			for ; live != 0; live &= live - 1 {
				k := trailingBit(live)
				from := &f[l.at(i-1-k/maxGroup, j-1-k%maxGroup)]
				c.v[stBead] += pow2(from.exp-c.exp) * from.entry * o.bead[cell*groupPairs+k] * o.kind[m][k]
			}
			c.settle()
		}
	}
	return f
}

// backward sums up the ways on to the end from each cell in mode m, as
// forward.
func (l *lattice) backward(ctx context.Context, m mode, o *odds) []flow {
	g := flows.takeClear(l.cells())
	for i := l.n; i >= 0 && (i%looksUp > 0 || ctx.Err() == nil); i-- {
		for j := int(l.hi[i]); j >= int(l.lo[i]); j-- {
			l.backwardCell(g, m, o, i, j)
		}
	}
	return g
}

func (l *lattice) backwardCell(g []flow, m mode, o *odds, i, j int) {
	nx, ny := &o.nullX[m], &o.nullY[m]
	c := &g[l.at(i, j)]
	c.exp = noFlow
	var below, right *flow
	if l.has(i+1, j) {
		below = &g[l.at(i+1, j)]
		c.exp = max(below.exp, below.tail)
	}
	if l.has(i, j+1) {
		right = &g[l.at(i, j+1)]
		c.exp = max(c.exp, right.exp, right.tail)
	}
	most := c.exp
	for a := 1; a <= min(l.group, l.n-i); a++ {
		lo, hi := max(j+1, int(l.lo[i+a])), min(j+l.group, int(l.hi[i+a]))
		for to := lo; to <= hi; to++ {
			most = max(most, g[l.at(i+a, to)].exp)
		}
	}
	c.exp = most
	if i == l.n && j == l.m {
		c.exp = 0
		for _, s := range mayEnd {
			c.v[s] = 1
		}
	}
	if below != nil {
		s, tail := pow2(below.exp-c.exp), pow2(below.tail-c.exp)*below.v[stTailX]
		c.v[stHeadX] += s * below.v[stHeadX] * nx[nullHead][i]
		c.v[stBead] += s*below.v[stNullX]*nx[nullOpen][i] + tail*nx[nullTailOpen][i]
		c.v[stNullX] += s * below.v[stNullX] * nx[nullMore][i]
		c.v[stTailX] += tail * nx[nullTail][i]
	}
	if right != nil {
		s, tail := pow2(right.exp-c.exp), pow2(right.tail-c.exp)*right.v[stTailY]
		head, null := s*right.v[stHeadY]*ny[nullHead][j], s*right.v[stNullY]*ny[nullMore][j]
		c.v[stHeadX] += head
		c.v[stHeadY] += head
		c.v[stBead] += s*right.v[stNullY]*ny[nullOpen][j] + tail*ny[nullTailOpen][j]
		c.v[stNullX] += null
		c.v[stNullY] += null
		c.v[stTailX] += tail * ny[nullTail][j]
		c.v[stTailY] += tail * ny[nullTail][j]
	}
	out := 0.0
	for a := 1; a <= min(l.group, l.n-i); a++ {
		lo, hi := max(j+1, int(l.lo[i+a])), min(j+l.group, int(l.hi[i+a]))
		for to := lo; to <= hi; to++ {
			cell := l.at(i+a, to)
			if k := (a-1)*maxGroup + to - j - 1; l.live[cell]>>k&1 != 0 {
				out += pow2(g[cell].exp-c.exp) * g[cell].v[stBead] * o.bead[cell*groupPairs+k] * o.kind[m][k]
			}
		}
	}
	for s := stBead; s <= lastEntry; s++ {
		c.v[s] += out
	}
	c.tail = c.exp
	c.settle()
}
