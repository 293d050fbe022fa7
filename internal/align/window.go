package align

import "math"

// windows is the number of segments a group's evidence is gathered over: the
// largest group and one segment more, to see what lies just outside.
const windows = maxGroup + 1

// gathered is evidence of channels over a grid. ofX[w-1] at (i,j) is what the
// units of segment i of x find in the w segments of y that end with j; ofY[w-1]
// at (i,j) what segment j of y finds in the w segments of x that end with i.
type gathered struct {
	ofX, ofY [windows][]float32
}

func newGathered(g *grid) *gathered {
	out := &gathered{}
	for w := range windows {
		out.ofX[w] = make([]float32, g.cells())
		out.ofY[w] = make([]float32, g.cells())
	}
	return out
}

// wanted is what the units of each segment could find at best anywhere in a
// grid.
type wanted struct{ x, y []float32 }

// share is a part of the evidence of a channel that is added to to.
type share struct {
	to    *gathered
	scale float32
}

// gather adds a channel's evidence to each of its shares. When all channels
// are gathered, finish must be called.
func gather(c *channel, g *grid, n, m int, shares []share) *wanted {
	out := &wanted{x: make([]float32, n), y: make([]float32, m)}
	tmp := make([]float32, max(n, m)+windows)
	var hits []hit
	for i := range n {
		lo, hi := int(g.lo[i]), int(g.hi[i])
		for _, u := range c.unitsOf(0, i) {
			hits = c.hits(0, u, i, lo, hi, hits)
			out.x[i] += spread(hits, tmp, hi, func(w, j int, gain float32) {
				for _, s := range shares {
					s.to.ofX[w][g.at(i, j)] += gain * s.scale
				}
			})
		}
	}
	for j := range m {
		lo, hi := int(g.colLo[j]), int(g.colHi[j])
		for _, u := range c.unitsOf(1, j) {
			hits = c.hits(1, u, j, lo, hi, hits)
			out.y[j] += spread(hits, tmp, hi, func(w, i int, gain float32) {
				for _, s := range shares {
					s.to.ofY[w][g.at(i, j)] += gain * s.scale
				}
			})
		}
	}
	return out
}

// finish turns the gains of each window over the one shorter into sums.
func (e *gathered) finish() {
	for w := 1; w < windows; w++ {
		for k, x := range e.ofX[w-1] {
			e.ofX[w][k] += x
		}
		for k, x := range e.ofY[w-1] {
			e.ofY[w][k] += x
		}
	}
}

// found is what the a segments of x before i and the b of y before j find in
// each other.
func (e *gathered) found(g *grid, i, j, a, b int) float32 {
	sum := float32(0)
	for row := i - a; row < i; row++ {
		sum += e.ofX[b-1][g.at(row, j-1)]
	}
	at := g.at(i-1, j-b)
	for _, f := range e.ofY[a-1][at : at+b] {
		sum += f
	}
	return sum
}

// outside is what they find more in the segments just outside.
func (e *gathered) outside(g *grid, i, j, a, b int) float32 {
	sum := float32(0)
	for row := i - a; row < i; row++ {
		at := g.at(row, j-1)
		f := e.ofX[b-1][at]
		sum += e.ofX[b][at] - f
		if g.has(row, j) {
			sum += e.ofX[b][at+1] - f
		}
	}
	below := g.has(i, j-b) && g.has(i, j-1)
	for col := j - b; col < j; col++ {
		at := g.at(i-1, col)
		f := e.ofY[a-1][at]
		sum += e.ofY[a][at] - f
		if below || g.has(i, col) {
			sum += e.ofY[a][g.at(i, col)] - f
		}
	}
	return sum
}

// weakest is the least that a member of either group finds.
func (e *gathered) weakest(g *grid, i, j, a, b int) float32 {
	w := float32(math.Inf(1))
	for row := i - a; row < i; row++ {
		w = min(w, e.ofX[b-1][g.at(row, j-1)])
	}
	at := g.at(i-1, j-b)
	for _, f := range e.ofY[a-1][at : at+b] {
		w = min(w, f)
	}
	return w
}

// spread tells what each window gains over the window one shorter with the
// same end, when hits (in order) are counted by their best within a window,
// and returns the best hit of all. tmp is zero before and after.
func spread(hits []hit, tmp []float32, hi int, gain func(w, at int, val float32)) float32 {
	best := float32(0)
	for w := range windows {
		for _, h := range hits {
			best = max(best, h.val)
			end := int(h.at) + w
			if end < hi && h.val > tmp[end] {
				gain(w, end, h.val-tmp[end])
				tmp[end] = h.val
			}
		}
	}
	for _, h := range hits {
		clear(tmp[h.at : int(h.at)+windows])
	}
	return best
}
