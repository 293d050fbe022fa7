//go:build linux

package main

import "math/bits"

// brute compares a query with every text: the measure of how exact and how
// quick lookup is. It is the textbook's bit-parallel Levenshtein distance
// (G. Myers 1999, blocks of 64 as by H. Hyyrö), without any bound or index.
type brute struct {
	texts [][]rune // folded
}

// percents gives the per cents of the best n texts that reach least, best first.
func (b *brute) percents(query []rune, least, n int) []int {
	p := newBlocks(query)
	var best []int
	for _, t := range b.texts {
		longer := max(len(query), len(t))
		if longer == 0 || min(len(query), len(t))*100 < least*longer {
			continue // by their lengths alone
		}
		v := 100 * (longer - p.distance(t)) / longer
		if v < least || len(best) == n && v <= best[n-1] {
			continue
		}
		i := len(best)
		best = append(best, v)
		for ; i > 0 && best[i-1] < v; i-- {
			best[i] = best[i-1]
		}
		best[i] = v
		best = best[:min(len(best), n)]
	}
	return best
}

// blocks is a text made ready to be compared with many.
type blocks struct {
	n      int
	peq    map[rune][]uint64
	vp, vn []uint64
	none   []uint64
}

func newBlocks(s []rune) *blocks {
	words := (len(s) + 63) / 64
	p := &blocks{n: len(s), peq: map[rune][]uint64{}, vp: make([]uint64, words), vn: make([]uint64, words), none: make([]uint64, words)}
	for i, r := range s {
		if p.peq[r] == nil {
			p.peq[r] = make([]uint64, words)
		}
		p.peq[r][i/64] |= 1 << (i % 64)
	}
	return p
}

func (p *blocks) distance(t []rune) int {
	if p.n == 0 {
		return len(t)
	}
	for w := range p.vp {
		p.vp[w], p.vn[w] = ^uint64(0), 0
	}
	score, last := p.n, len(p.vp)-1
	top := uint((p.n - 1) % 64)
	for _, r := range t {
		eq := p.peq[r]
		if eq == nil {
			eq = p.none
		}
		ph, mh := uint64(1), uint64(0) // the row above the first grows by one a column
		for w := range p.vp {
			x := eq[w] | p.vn[w]
			e := eq[w] | mh
			sum, _ := bits.Add64(e&p.vp[w], p.vp[w], 0)
			d0 := (sum ^ p.vp[w]) | e | p.vn[w]
			hp := p.vn[w] | ^(d0 | p.vp[w])
			hn := d0 & p.vp[w]
			if w == last {
				score += int(hp>>top&1) - int(hn>>top&1)
			}
			np, nm := hp>>63, hn>>63
			hp, hn = hp<<1|ph, hn<<1|mh
			p.vp[w] = hn | ^(x | hp)
			p.vn[w] = hp & x
			ph, mh = np, nm
		}
	}
	return score
}
