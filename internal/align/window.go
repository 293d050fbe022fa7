package align

// windows is the number of segments a group's evidence is gathered over: the
// largest group and one segment more, to see what lies just outside.
const windows = maxGroup + 1

// gathered is the evidence of one channel over a grid. ofX[w-1] at (i,j) is
// what the units of segment i of x find in the w segments of y that end with
// j; ofY[w-1] at (i,j) what segment j of y finds in the w segments of x that
// end with i. wantX and wantY are what each segment's units could find at best
// anywhere in the grid.
type gathered struct {
	ofX, ofY     [windows][]float32
	wantX, wantY []float32
}

// gather computes a channel's evidence.
func gather(c *channel, g *grid, n, m int) *gathered {
	out := &gathered{wantX: make([]float32, n), wantY: make([]float32, m)}
	for w := range windows {
		out.ofX[w] = make([]float32, g.cells())
		out.ofY[w] = make([]float32, g.cells())
	}
	tmp := make([]float32, max(n, m)+windows)
	var hits []hit
	for i := range n {
		lo, hi := int(g.lo[i]), int(g.hi[i])
		for _, u := range c.unitsOf(0, i) {
			hits = c.hits(0, u, i, lo, hi, hits)
			out.wantX[i] += spread(hits, tmp, hi, func(w, j int, gain float32) {
				out.ofX[w][g.at(i, j)] += gain
			})
		}
		for w := 1; w < windows; w++ {
			for k := g.off[i]; k < g.off[i+1]; k++ {
				out.ofX[w][k] += out.ofX[w-1][k]
			}
		}
	}
	for j := range m {
		lo, hi := int(g.colLo[j]), int(g.colHi[j])
		for _, u := range c.unitsOf(1, j) {
			hits = c.hits(1, u, j, lo, hi, hits)
			out.wantY[j] += spread(hits, tmp, hi, func(w, i int, gain float32) {
				out.ofY[w][g.at(i, j)] += gain
			})
		}
	}
	for w := 1; w < windows; w++ {
		for k := range out.ofY[w] {
			out.ofY[w][k] += out.ofY[w-1][k]
		}
	}
	return out
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
