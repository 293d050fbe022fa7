package align

import "math"

// narrow gives the corridor of the cells that a path touches with a log
// probability of at least -slack, a little wider on either side.
func narrow(p *posterior, slack float64) *band {
	l, least := p.l, math.Exp(-slack)
	out := &band{n: l.n, m: l.m, lo: make([]int32, l.n+1), hi: make([]int32, l.n+1)}
	for i := 0; i <= l.n; i++ {
		lo, hi := l.hi[i]+1, l.lo[i]-1
		for j := l.lo[i]; j <= l.hi[i]; j++ {
			cell := l.at(i, int(j))
			if p.touch(cell) >= least {
				lo, hi = min(lo, j), max(hi, j)
			}
		}
		out.lo[i], out.hi[i] = lo, hi
	}
	out.smooth(l.band, 2)
	return out
}

// smooth makes rows monotone and connected, each some cells wider, within the
// corridor they were cut from. Rows that no path touches (lo > hi) are bridged.
func (b *band) smooth(within *band, wider int32) {
	for i := 1; i <= b.n; i++ {
		if b.lo[i] > b.hi[i] {
			b.lo[i], b.hi[i] = b.lo[i-1], b.hi[i-1]
		}
		b.hi[i] = max(b.hi[i], b.hi[i-1])
	}
	for i := b.n - 1; i >= 0; i-- {
		b.lo[i] = min(b.lo[i], b.lo[i+1])
	}
	for i := range b.lo {
		b.lo[i] = max(within.lo[i], b.lo[i]-wider)
		b.hi[i] = min(within.hi[i], b.hi[i]+wider)
	}
	b.lo[0], b.hi[b.n] = 0, int32(b.m)
	for i := 1; i <= b.n; i++ { // a path needs two neighbouring rows to meet
		b.lo[i] = min(b.lo[i], b.hi[i-1])
	}
	b.index()
}

// wider is b with r more cells about each, within a corridor.
func (b *band) wider(r int, within *band) *band {
	out := &band{n: b.n, m: b.m, lo: make([]int32, b.n+1), hi: make([]int32, b.n+1)}
	for i := range b.lo {
		out.lo[i] = max(within.lo[i], b.lo[max(0, i-r)]-int32(r))
		out.hi[i] = min(within.hi[i], b.hi[min(b.n, i+r)]+int32(r))
	}
	out.index()
	return out
}
