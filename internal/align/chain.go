package align

import (
	"context"
)

// A chain is the simplest alignment: a path through a band that goes on by one
// segment (or bin of segments) on one side or on both. What it is worth to join
// two is told beforehand; leaving one alone costs skip.
type chain struct {
	*band
	worth []float32 // of joining what stands before a cell on both sides
	skip  float64
}

func newChain(b *band, skip float64) *chain {
	return &chain{band: b, worth: singles.takeClear(b.cells()), skip: skip}
}

// forward gives the value of the best way to each cell, exactly enough for
// chains of any length.
func (c *chain) forward(ctx context.Context) ([]float64, error) {
	f := doubles.take(c.cells())
	for i := 0; i <= c.n; i++ {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row, worth := f[c.off[i]:c.off[i+1]], c.worth[c.off[i]:c.off[i+1]]
		var above []float64
		shift := 0 // column k of row is column k+shift of above
		if i > 0 {
			above, shift = f[c.off[i-1]:c.off[i]], int(c.lo[i]-c.lo[i-1])
		}
		left := never
		for k := range row {
			best := left - c.skip
			if up := k + shift; up >= 0 && up < len(above) {
				best = max(best, above[up]-c.skip)
			}
			if up := k + shift - 1; up >= 0 && up < len(above) {
				best = max(best, above[up]+float64(worth[k]))
			}
			if i == 0 && k == 0 {
				best = 0
			}
			row[k], left = best, best
		}
	}
	return f, nil
}

// backward gives the value of the best way on from each cell.
func (c *chain) backward(ctx context.Context) ([]float64, error) {
	g := doubles.take(c.cells())
	for i := c.n; i >= 0; i-- {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row := g[c.off[i]:c.off[i+1]]
		var below []float64
		var worth []float32
		shift := 0
		if i < c.n {
			below, worth = g[c.off[i+1]:c.off[i+2]], c.worth[c.off[i+1]:c.off[i+2]]
			shift = int(c.lo[i] - c.lo[i+1])
		}
		right := never
		for k := len(row) - 1; k >= 0; k-- {
			best := right - c.skip
			if down := k + shift; down >= 0 && down < len(below) {
				best = max(best, below[down]-c.skip)
			}
			if down := k + shift + 1; down >= 0 && down < len(below) {
				best = max(best, below[down]+float64(worth[down]))
			}
			if i == c.n && k == len(row)-1 {
				best = 0
			}
			row[k], right = best, best
		}
	}
	return g, nil
}

// reached is what lies within reach of the best chain: a band, the cells of it
// that are, and for each segment of x the one that the best chain joins it
// with, or -1.
type reached struct {
	band    *band
	open    []bool
	partner []int32
}

// reach cuts the band to the cells whose best path falls short of the best of
// all by no more than slack, some cells wider. The chain is used up by it.
func (c *chain) reach(ctx context.Context, slack float32, wider int32) (*reached, error) {
	defer singles.give(c.worth)
	f, err := c.forward(ctx)
	if err != nil {
		return nil, err
	}
	defer doubles.give(f)
	g, err := c.backward(ctx)
	if err != nil {
		return nil, err
	}
	defer doubles.give(g)
	out := &band{n: c.n, m: c.m, lo: make([]int32, c.n+1), hi: make([]int32, c.n+1)}
	floor := f[len(f)-1] - float64(slack)
	for i := 0; i <= c.n; i++ {
		lo, hi := c.hi[i]+1, c.lo[i]-1
		for k := c.off[i]; k < c.off[i+1]; k++ {
			if f[k]+g[k] >= floor {
				j := c.lo[i] + int32(k-c.off[i])
				lo, hi = min(lo, j), max(hi, j)
			}
		}
		out.lo[i], out.hi[i] = lo, hi
	}
	out.smooth(c.band, wider)
	r := &reached{band: out, open: make([]bool, out.cells()), partner: c.path(f)}
	for i := 0; i <= c.n; i++ {
		from := c.at(i, int(out.lo[i]))
		for k, at := range f[from : from+int(out.hi[i]-out.lo[i])+1] {
			r.open[out.off[i]+k] = at+g[from+k] >= floor-openSlack
		}
	}
	return r, nil
}

// openSlack is how much further than the band's reach single cells within it
// may be.
const openSlack = 4

// path follows the best way back.
func (c *chain) path(f []float64) []int32 {
	partner := make([]int32, c.n)
	for i, j := c.n, c.m; i > 0; {
		here := f[c.at(i, j)]
		switch {
		case c.has(i-1, j-1) && f[c.at(i-1, j-1)]+float64(c.worth[c.at(i, j)]) == here:
			i, j = i-1, j-1
			partner[i] = int32(j)
		case c.has(i-1, j) && f[c.at(i-1, j)]-c.skip == here:
			i--
			partner[i] = -1
		default:
			j--
		}
	}
	return partner
}
