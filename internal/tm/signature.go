package tm

import "math/bits"

// signature counts the runes of a text in 32 classes, four bits each: a bag of
// characters from which a lower bound of the edit distance follows.
type signature [2]uint64

// maxCount is the most that a class counts; beyond it the bound only weakens.
const maxCount = 15

// sign gives the signature of folded text and its length in runes.
func sign(s string) (sig signature, runes int) {
	var counts [32]uint8
	for _, r := range s {
		if c := &counts[r&31]; *c < maxCount {
			*c++
		}
		runes++
	}
	for i, c := range counts {
		sig[i>>4] |= uint64(c) << (4 * (i & 15))
	}
	return sig, runes
}

// wideSignature is a signature with a byte for each class.
type wideSignature struct {
	lanes [4]uint64
	sum   int
}

const (
	nibbles = 0x0f0f0f0f0f0f0f0f
	tops    = 0x8080808080808080
	ones    = 0x0101010101010101
)

func (s signature) wide() (w wideSignature) {
	w.lanes = [4]uint64{s[0] & nibbles, s[0] >> 4 & nibbles, s[1] & nibbles, s[1] >> 4 & nibbles}
	for _, l := range w.lanes {
		w.sum += int(l * ones >> 56)
	}
	return w
}

// bound gives a lower bound of the Levenshtein distance between the texts of
// the two signatures: each edit takes away at most one rune of one text and
// one of the other.
func (w *wideSignature) bound(s0, s1 uint64) int {
	surplus, sum := uint64(0), uint64(0)
	c := s0 & nibbles
	surplus += over(w.lanes[0], c)
	sum += c
	c = s0 >> 4 & nibbles
	surplus += over(w.lanes[1], c)
	sum += c
	c = s1 & nibbles
	surplus += over(w.lanes[2], c)
	sum += c
	c = s1 >> 4 & nibbles
	surplus += over(w.lanes[3], c)
	sum += c // at most 60 a byte
	p := bytesum(surplus)
	return max(p, p-w.sum+bytesum(sum))
}

// clipped is a signature whose classes count to 7 at most, so that sixteen of
// them are compared at once: a weaker bound, which for short texts is hardly
// ever less, at half the cost.
type clipped [2]uint64

const (
	guards = 0x8888888888888888
	sevens = 0x7777777777777777
)

func (s signature) clip() (c clipped, sum int) {
	for i, w := range s {
		full := (w & guards) >> 3 * 7 // 7 where the count is 8 or more
		c[i] = w&sevens&^full | full
		sum += nibblesum(c[i], 0)
	}
	return c, sum
}

// nibblesum adds the nibbles of a and b, each at most 7.
func nibblesum(a, b uint64) int {
	return int((a&nibbles + a>>4&nibbles + b&nibbles + b>>4&nibbles) * ones >> 56)
}

// surplus counts what a has over b0 and b1 in all classes.
func (a *clipped) surplus(b0, b1 uint64) int {
	t0, t1 := (a[0]|guards)-b0, (a[1]|guards)-b1
	m0, m1 := t0&guards, t1&guards
	return nibblesum(t0&(m0-m0>>3), t1&(m1-m1>>3))
}

// bytesum adds the bytes of x.
func bytesum(x uint64) int {
	const even = 0x00ff00ff00ff00ff
	return int((x&even + x>>8&even) * 0x0001000100010001 >> 48)
}

// over gives max(0, a − b) for each byte; bytes are at most 15.
func over(a, b uint64) uint64 {
	t := (a | tops) - b
	m := t & tops
	return t & (m - m>>7)
}

// lengthClass puts lengths in runes into classes: each length up to 63 alone,
// then 32 classes for each doubling.
func lengthClass(runes int) int {
	if runes < 64 {
		return runes
	}
	e := bits.Len(uint(runes)) - 6
	return e<<5 + runes>>e
}
