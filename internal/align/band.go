package align

// band is the corridor of a lattice: for each boundary i of x (0 to n, the
// place before segment i) the boundaries lo[i] to hi[i] of y that a path may
// touch. Both are monotone, lo[0] = 0 and hi[n] = m.
type band struct {
	n, m   int
	lo, hi []int32
	off    []int // where row i begins in an array of cells; off[n+1] is their number
}

// fullBand is the corridor that leaves nothing out.
func fullBand(n, m int) *band {
	b := &band{n: n, m: m, lo: make([]int32, n+1), hi: make([]int32, n+1)}
	for i := range b.hi {
		b.hi[i] = int32(m)
	}
	b.index()
	return b
}

// index sets the offsets after lo and hi were filled.
func (b *band) index() {
	b.off = make([]int, b.n+2)
	for i := range b.lo {
		b.off[i+1] = b.off[i] + int(b.hi[i]-b.lo[i]) + 1
	}
}

func (b *band) cells() int { return b.off[b.n+1] }

func (b *band) has(i, j int) bool {
	return i >= 0 && i <= b.n && int32(j) >= b.lo[i] && int32(j) <= b.hi[i]
}

// at is the cell of (i,j), which the band must have.
func (b *band) at(i, j int) int { return b.off[i] + j - int(b.lo[i]) }

// grid is the set of segment pairs that beads inside a band, with one segment
// about them, can reach: for segment i of x the segments lo[i] ≤ j < hi[i].
type grid struct {
	lo, hi       []int32
	off          []int
	colLo, colHi []int32 // for each segment of y the rows that reach it
}

// newGrid lays the grid of a band for beads of at most group segments a side.
func newGrid(b *band, group int) *grid {
	g := &grid{
		lo: make([]int32, b.n), hi: make([]int32, b.n), off: make([]int, b.n+1),
		colLo: make([]int32, b.m), colHi: make([]int32, b.m),
	}
	for i := range b.n {
		g.lo[i] = max(0, b.lo[max(0, i-group+1)]-1)
		g.hi[i] = min(int32(b.m), b.hi[min(b.n, i+group)]+1)
		g.off[i+1] = g.off[i] + int(max(0, g.hi[i]-g.lo[i]))
	}
	next := int32(0)
	for i := range b.n {
		for ; next < g.hi[i]; next++ {
			g.colLo[next] = int32(i)
		}
	}
	last := int32(b.m) - 1
	for i := b.n - 1; i >= 0; i-- {
		for ; last >= g.lo[i]; last-- {
			g.colHi[last] = int32(i) + 1
		}
	}
	return g
}

func (g *grid) cells() int { return g.off[len(g.lo)] }

func (g *grid) has(i, j int) bool {
	return i >= 0 && i < len(g.lo) && int32(j) >= g.lo[i] && int32(j) < g.hi[i]
}

func (g *grid) at(i, j int) int { return g.off[i] + j - int(g.lo[i]) }
