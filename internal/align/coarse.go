package align

import (
	"context"
	"math"
)

// The corridor of the first pass comes from a coarse pass: segments are put
// into bins, a path through the bins collects what they share, and what lies
// within reach of the best path is gone over again with finer bins, down to
// single segments. So the work grows with the length of the texts, not with
// its square, and a block without counterpart may be of any length: it is a
// straight stretch of the path.

const (
	smallCells  = 8_000     // a lattice so small is searched whole
	coarseCells = 1_500_000 // the most cells of the coarsest pass
	refinement  = 8         // how much finer the bins of the next pass are
	rareEnough  = 1.5       // nats a unit must be worth to guide the coarse pass
	// The coarse score, in nats: of a step that leaves one side alone, of the
	// length of the bins' difference, and of the reach about the best path.
	coarseSkip   = 1.0
	coarseLength = 2.5
	coarseBonus  = 1.0
	coarseSlack  = 14.0
)

// corridor lays the corridor of the first pass.
func corridor(ctx context.Context, f *fixed) (*band, error) {
	n, m := f.x.n, f.y.n
	whole := fullBand(n, m)
	if whole.cells() <= smallCells {
		return whole, nil
	}
	bin := max(1, int(math.Ceil(math.Sqrt(float64(n)*float64(m)/coarseCells))))
	within := fullBand(bins(n, bin), bins(m, bin))
	for {
		c := newCoarse(f, within, bin)
		path, err := c.reach(ctx)
		if err != nil {
			return nil, err
		}
		if bin == 1 {
			return path, nil
		}
		finer := max(1, bin/refinement)
		within = rescale(path, bin, finer, n, m)
		bin = finer
	}
}

func bins(n, size int) int { return (n + size - 1) / size }

// rescale widens a corridor of bins to one of finer bins.
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

// coarse is a lattice of bins. A path goes one bin on, on one side or both.
type coarse struct {
	*band
	shared []float32 // what the bins before a boundary of each side share
	lx, ly []float64 // lengths of the bins
	fine   bool      // bins are single segments: lengths are compared
}

func newCoarse(f *fixed, b *band, bin int) *coarse {
	c := &coarse{band: b, shared: make([]float32, b.cells()), fine: bin == 1}
	ratio := guessRatio(f.x, f.y)
	c.lx, c.ly = binLengths(f.x, bin, 1), binLengths(f.y, bin, ratio)
	for _, ch := range f.channels {
		if ch == nil {
			continue
		}
		for i := range f.x.n {
			row := i/bin + 1
			for _, u := range ch.x.units[i] {
				for _, a := range ch.fromX[u] {
					if a.val < rareEnough {
						continue
					}
					posts := ch.y.postings[a.to]
					k := searchPosting(posts, max(0, (b.lo[row]-1)*int32(bin)))
					for ; k < len(posts); k++ {
						col := posts[k]/int32(bin) + 1
						if col > b.hi[row] {
							break
						}
						if col >= b.lo[row] {
							c.shared[c.at(row, int(col))] += a.val
						}
					}
				}
			}
		}
	}
	return c
}

func binLengths(s *side, bin int, scale float64) []float64 {
	out := make([]float64, bins(s.n, bin)+1)
	for k := 1; k < len(out); k++ {
		out[k] = s.span((k-1)*bin, min(s.n, k*bin)) * scale
	}
	return out
}

// step is the score of joining the bins before (i,j).
func (c *coarse) step(i, j int) float32 {
	s := min(c.shared[c.at(i, j)], 8)
	if c.fine {
		d := math.Log((c.lx[i] + 2*lengthMargin) / (c.ly[j] + 2*lengthMargin))
		s += coarseBonus - float32(coarseLength*min(d*d, 1))
	}
	return s
}

// reach gives the corridor of the cells whose best path falls short of the
// best of all by no more than coarseSlack.
func (c *coarse) reach(ctx context.Context) (*band, error) {
	f, g := make([]float32, c.cells()), make([]float32, c.cells())
	none := float32(math.Inf(-1))
	for i := 0; i <= c.n; i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for j := int(c.lo[i]); j <= int(c.hi[i]); j++ {
			best := none
			if i == 0 && j == 0 {
				best = 0
			}
			if c.has(i-1, j) {
				best = max(best, f[c.at(i-1, j)]-coarseSkip)
			}
			if c.has(i, j-1) {
				best = max(best, f[c.at(i, j-1)]-coarseSkip)
			}
			if c.has(i-1, j-1) {
				best = max(best, f[c.at(i-1, j-1)]+c.step(i, j))
			}
			f[c.at(i, j)] = best
		}
	}
	for i := c.n; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for j := int(c.hi[i]); j >= int(c.lo[i]); j-- {
			best := none
			if i == c.n && j == c.m {
				best = 0
			}
			if c.has(i+1, j) {
				best = max(best, g[c.at(i+1, j)]-coarseSkip)
			}
			if c.has(i, j+1) {
				best = max(best, g[c.at(i, j+1)]-coarseSkip)
			}
			if c.has(i+1, j+1) {
				best = max(best, g[c.at(i+1, j+1)]+c.step(i+1, j+1))
			}
			g[c.at(i, j)] = best
		}
	}
	return c.keep(f, g, f[len(f)-1]-coarseSlack), nil
}

// keep cuts the corridor to the cells whose best path is worth at least floor.
func (c *coarse) keep(f, g []float32, floor float32) *band {
	out := &band{n: c.n, m: c.m, lo: make([]int32, c.n+1), hi: make([]int32, c.n+1)}
	for i := 0; i <= c.n; i++ {
		lo, hi := c.hi[i]+1, c.lo[i]-1
		for j := c.lo[i]; j <= c.hi[i]; j++ {
			if k := c.at(i, int(j)); f[k]+g[k] >= floor {
				lo, hi = min(lo, j), max(hi, j)
			}
		}
		out.lo[i], out.hi[i] = lo, hi
	}
	wider := int32(1)
	if c.fine {
		wider = 8
	}
	out.smooth(c.band, wider)
	return out
}
