package tm

import (
	"math/bits"
	"unicode/utf8"
)

// A gram set holds the pairs of neighbouring runes of a text in a table of bits
// with linear probing. Which bits are set does not depend on the order in which
// pairs come, and one pair more sets one bit more; so the sets of two texts
// differ in no more bits, either way, than the texts do in pairs, and an edit
// changes two pairs of each text at most. This is a bound of the edit distance
// where the bag of single runes no longer tells texts apart.

// gramWords gives the size of the gram sets of texts so long, in words of 64
// bits; 0 for texts that are better compared at once.
func gramWords(runes int) int {
	switch {
	case runes <= 24:
		return 4
	case runes <= 48:
		return 8
	case runes <= 72:
		return 16
	case runes <= 128:
		return 32
	case runes <= 240:
		return 64
	case runes <= 512:
		return 128
	}
	return 0
}

// fitsGrams says that a text of so many runes leaves half of a set free.
func fitsGrams(runes, words int) bool { return runes <= 32*words }

// addGrams puts the pairs of folded text s into a set, which has room for them.
func addGrams(set []uint64, s []byte) {
	shift := uint(64 - bits.TrailingZeros(uint(64*len(set))))
	before := rune(-1)
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(s[i:])
		}
		i += n
		if before >= 0 {
			addGram(set, (uint64(before)<<32|uint64(r))*0x9e3779b97f4a7c15>>shift)
		}
		before = r
	}
}

// addGram sets the first free bit from at on.
func addGram(set []uint64, at uint64) {
	w := int(at >> 6)
	free := ^set[w] >> (at & 63) << (at & 63)
	for free == 0 {
		if w++; w == len(set) {
			w = 0
		}
		free = ^set[w]
	}
	set[w] |= free & -free
}

// gramBound gives a lower bound of the distance between the texts of two sets
// of one size, longer being the runes of the longer text.
func gramBound(a, b []uint64, longer int) int {
	common := 0
	for len(a) >= 4 && len(b) >= 4 {
		common += bits.OnesCount64(a[0]&b[0]) + bits.OnesCount64(a[1]&b[1]) +
			bits.OnesCount64(a[2]&b[2]) + bits.OnesCount64(a[3]&b[3])
		a, b = a[4:], b[4:]
	}
	return (longer - common) / 2 // (pairs of the longer less common ones) / 2, rounded up
}
