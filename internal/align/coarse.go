package align

import (
	"context"
	"math"
)

// The corridor comes from a coarse pass: segments are put into bins, a chain of
// bins collects what they share, and what lies within reach of the best chain
// is gone over again with finer bins, down to single segments. So the work
// grows with the length of the texts, not with its square, and a block without
// counterpart may be of any length: it is a straight stretch of the chain.

const (
	smallCells  = 12_000    // a band so small is searched whole
	coarseCells = 1_000_000 // the most cells of the coarsest pass
	refinement  = 8         // how much finer the bins of the next pass are
	rareEnough  = 1.5       // nats a unit must be worth to guide the coarse pass
	rareDF      = 48        // segments that may hold such a unit, in long texts
	// In nats: what a bin left alone costs, what the difference of two
	// segments' lengths weighs, what joining two is worth in itself, the most
	// that shared units are worth, and the reach about the best chain.
	coarseSkip   = 1.0
	coarseLength = 2.5
	coarseBonus  = 1.0
	coarseMost   = 8
	coarseSlack  = 14.0
)

// corridor lays a band of single segments by what they share. It is whole
// where that is small.
func (f *fixed) corridor(ctx context.Context) (*band, error) {
	n, m := f.x.n, f.y.n
	whole := fullBand(n, m)
	if f.hold != nil {
		whole = f.hold.band
	}
	if whole.cells() <= smallCells {
		return whole, nil
	}
	bin := max(1, int(math.Ceil(math.Sqrt(float64(n)*float64(m)/coarseCells))))
	within := whole
	if bin > 1 {
		within = fullBand(bins(n, bin), bins(m, bin))
		if f.hold != nil {
			within = f.hold.bins(bin)
		}
	}
	for {
		c := f.coarse(within, bin)
		wider := int32(1)
		if bin == 1 {
			wider = 8
		}
		r, err := c.reach(ctx, coarseSlack, wider)
		if err != nil {
			return nil, err
		}
		if bin == 1 {
			return r.band, nil
		}
		finer := max(1, bin/refinement)
		within = rescale(r.band, bin, finer, n, m)
		bin = finer
		if f.hold != nil && bin == 1 {
			within = f.hold.clip(within)
		}
	}
}

func bins(n, size int) int { return (n + size - 1) / size }

// rescale widens a band of bins to one of finer bins.
func rescale(b *band, from, to, n, m int) *band {
	out := &band{n: bins(n, to), m: bins(m, to)}
	out.lo, out.hi = make([]int32, out.n+1), make([]int32, out.n+1)
	for i := range out.lo {
		at := i * to
		row, next := at/from, min(b.n, (at+from-1)/from)
		out.lo[i] = int32(int(b.lo[row]) * from / to)
		out.hi[i] = min(int32(out.m), int32((int(b.hi[next])*from+to-1)/to))
	}
	out.lo[0], out.hi[out.n] = 0, int32(out.m)
	out.index()
	return out
}

// coarse is the chain of bins by what they share.
func (f *fixed) coarse(b *band, bin int) *chain {
	c := newChain(b, coarseSkip)
	for _, ch := range f.channels {
		if ch != nil {
			c.share(ch, bin)
		}
	}
	for k := range c.worth {
		c.worth[k] = min(c.worth[k], coarseMost)
	}
	if bin > 1 {
		return c
	}
	lx, ly := logLengths(f.x, 1), logLengths(f.y, guessRatio(f.x, f.y))
	for i := 1; i <= b.n; i++ {
		for j := max(1, int(b.lo[i])); j <= int(b.hi[i]); j++ {
			d := lx[i-1] - ly[j-1]
			c.worth[b.at(i, j)] += coarseBonus - coarseLength*min(d*d, 1)
		}
	}
	return c
}

// share adds what the rare units of a channel are worth to the bins that hold
// them.
func (c *chain) share(ch *channel, bin int) {
	size := int32(bin)
	most := ch.x.segments()
	if most > 1000 || ch.y.segments() > 1000 {
		most = rareDF
	}
	for u := range ch.x.keys {
		if ch.x.df(int32(u)) > most {
			continue
		}
		for _, a := range ch.fromX.of(int32(u)) {
			if a.val < rareEnough || ch.y.df(a.to) > most {
				continue
			}
			posts := ch.y.at(a.to)
			for _, i := range ch.x.at(int32(u)) {
				row := int(i/size) + 1
				lo, hi, base := c.lo[row], c.hi[row], c.off[row]
				for _, j := range posts {
					if col := j/size + 1; col >= lo && col <= hi {
						c.worth[base+int(col-lo)] += a.val
					}
				}
			}
		}
	}
}

func logLengths(s *side, scale float64) []float32 {
	out := make([]float32, s.n)
	for i := range out {
		out[i] = float32(math.Log(float64(s.segs[i].length)*scale + 2*lengthMargin))
	}
	return out
}
