package tm

import (
	"math/bits"
	"unicode/utf8"
)

// pattern is a text made ready for many Levenshtein distances from it, by the
// bit-parallel algorithm of G. Myers (1999) in H. Hyyrö's form (2003), on a
// band of diagonals that slides down one row a column.
type pattern struct {
	n       int // in runes
	pad     int // zero bits before and behind the text's own
	stride  int // words for each rune's bits
	bits    []uint64
	ascii   [128]int32 // offset into bits of each rune that occurs; 0: none
	pages   [256]*[256]int32
	astral  map[rune]int32
	vp, vn  []uint64
	scratch []uint64
}

// newPattern prepares folded text for distances up to maxDist.
func newPattern(s string, maxDist int) *pattern {
	p := &pattern{n: utf8.RuneCountInString(s)}
	band := maxDist/64 + 1
	p.pad = (band + 1) * 64
	p.stride = (p.n+63)/64 + 2*(band+1) + 1
	p.bits = make([]uint64, p.stride, p.stride*32)
	p.vp, p.vn = make([]uint64, band), make([]uint64, band)
	i := p.pad
	for _, r := range s {
		at := p.slot(r)
		p.bits[int(at)+i>>6] |= 1 << (i & 63)
		i++
	}
	return p
}

// slot finds or makes the place of r's bits.
func (p *pattern) slot(r rune) int32 {
	var at *int32
	switch {
	case r < 128:
		at = &p.ascii[r]
	case r < 1<<16:
		page := p.pages[r>>8]
		if page == nil {
			page = new([256]int32)
			p.pages[r>>8] = page
		}
		at = &page[r&255]
	default:
		if p.astral == nil {
			p.astral = map[rune]int32{}
		}
		v, ok := p.astral[r]
		if !ok {
			v = p.grow()
			p.astral[r] = v
		}
		return v
	}
	if *at == 0 {
		*at = p.grow()
	}
	return *at
}

func (p *pattern) grow() int32 {
	at := len(p.bits)
	p.bits = append(p.bits, make([]uint64, p.stride)...)
	return int32(at)
}

// find gives the place of r's bits, 0 (all zero) when r does not occur.
func (p *pattern) find(r rune) int32 {
	if r < 1<<16 {
		if page := p.pages[r>>8]; page != nil {
			return page[r&255]
		}
		return 0
	}
	return p.astral[r]
}

// distance gives the Levenshtein distance from the pattern to s, n runes long,
// or some number over k when it is over k. k must not be over the maxDist that
// the pattern was made for.
//
// Only diagonals that a path of at most k edits can touch are computed: those
// from 0 to delta and (k − |delta|)/2 on either side. The values on the last
// cell's own diagonal never fall, so the first over k ends the work.
func (p *pattern) distance(s []byte, n, k int) int {
	delta := p.n - n
	abs := max(delta, -delta)
	if abs > k {
		return k + 1
	}
	low := min(0, delta) - (k-abs)/2 // bit b of column j stands for row j+low+b
	switch width := abs + 2*((k-abs)/2) + 1; {
	case width <= 64:
		return p.narrow(s, low, delta, k)
	case width <= 128:
		return p.double(s, low, delta, k)
	default:
		return p.wide(s, low, delta, k, (width+63)/64)
	}
}

func (p *pattern) narrow(s []byte, low, delta, k int) int {
	// Rows above the first keep zero vertical differences: each of their
	// cells equals its column.
	vp, vn := ^uint64(0)<<uint(-low), uint64(0)
	final := uint(delta - low)
	score := max(delta, 0)
	at := p.pad + low // bit of the row that bit 0 stands for
	for i := 0; i < len(s); {
		var slot int32
		if c := s[i]; c < utf8.RuneSelf {
			slot = p.ascii[c]
			i++
		} else {
			r, size := utf8.DecodeRune(s[i:])
			slot = p.find(r)
			i += size
		}
		w, sh := int(slot)+at>>6, uint(at&63)
		x := p.bits[w]>>sh | p.bits[w+1]<<(64-sh)
		d0 := (((x & vp) + vp) ^ vp) | x | vn
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if score += int(^d0 >> final & 1); score > k {
			return score
		}
		d0 >>= 1
		vp = hn | ^(d0 | hp)
		vn = d0 & hp
		at++
	}
	return score
}

// double is narrow on a band of two words.
func (p *pattern) double(s []byte, low, delta, k int) int {
	above := uint(-low)
	vp0, vp1, vn0, vn1 := ^uint64(0)<<above, ^uint64(0), uint64(0), uint64(0)
	if above > 64 {
		vp1 <<= above - 64
	}
	final := uint(delta - low)
	score := max(delta, 0)
	at := p.pad + low
	for i := 0; i < len(s); {
		var slot int32
		if c := s[i]; c < utf8.RuneSelf {
			slot = p.ascii[c]
			i++
		} else {
			r, size := utf8.DecodeRune(s[i:])
			slot = p.find(r)
			i += size
		}
		w, sh := int(slot)+at>>6, uint(at&63)
		x := p.bits[w : w+3 : w+3]
		x0, x1 := x[0]>>sh|x[1]<<(64-sh), x[1]>>sh|x[2]<<(64-sh)
		sum0, carry := bits.Add64(x0&vp0, vp0, 0)
		sum1, _ := bits.Add64(x1&vp1, vp1, carry)
		a0, a1 := (sum0^vp0)|x0|vn0, (sum1^vp1)|x1|vn1
		if final < 64 {
			score += int(^a0 >> final & 1)
		} else {
			score += int(^a1 >> (final - 64) & 1)
		}
		if score > k {
			return score
		}
		hp0, hn0 := vn0|^(a0|vp0), a0&vp0
		hp1, hn1 := vn1|^(a1|vp1), a1&vp1
		a0 = a0>>1 | a1<<63
		a1 >>= 1
		vp0, vn0 = hn0|^(a0|hp0), a0&hp0
		vp1, vn1 = hn1|^(a1|hp1), a1&hp1
		at++
	}
	return score
}

// wide is narrow on a band of several words.
func (p *pattern) wide(s []byte, low, delta, k, words int) int {
	vp, vn := p.vp[:words], p.vn[:words]
	for w := range vp {
		vp[w], vn[w] = ^uint64(0), 0
	}
	for w, b := 0, -low; b > 0 && w < words; w, b = w+1, b-64 {
		vp[w] = ^uint64(0) << uint(min(b, 64))
	}
	final := delta - low
	score := max(delta, 0)
	at := p.pad + low
	for i := 0; i < len(s); {
		var slot int32
		if c := s[i]; c < utf8.RuneSelf {
			slot = p.ascii[c]
			i++
		} else {
			r, size := utf8.DecodeRune(s[i:])
			slot = p.find(r)
			i += size
		}
		base, sh := int(slot)+at>>6, uint(at&63)
		d0 := p.column(base, sh, words)
		if score += int(^d0[final>>6] >> uint(final&63) & 1); score > k {
			return score
		}
		for w := range words {
			hp := vn[w] | ^(d0[w] | vp[w])
			hn := d0[w] & vp[w]
			d := d0[w] >> 1
			if w+1 < words {
				d |= d0[w+1] << 63
			}
			vp[w] = hn | ^(d | hp)
			vn[w] = d & hp
		}
		at++
	}
	return score
}

// column computes the diagonal differences of one column.
func (p *pattern) column(base int, sh uint, words int) []uint64 {
	if len(p.scratch) < words {
		p.scratch = make([]uint64, words)
	}
	d0 := p.scratch[:words]
	carry := uint64(0)
	for w := range words {
		vp, vn := p.vp[w], p.vn[w]
		x := p.bits[base+w]>>sh | p.bits[base+w+1]<<(64-sh)
		var sum uint64
		sum, carry = bits.Add64(x&vp, vp, carry)
		d0[w] = (sum ^ vp) | x | vn
	}
	return d0
}
