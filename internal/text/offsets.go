package text

import (
	"sort"
	"unicode/utf8"
)

// OffsetMap leads from byte offsets in folded text back to byte offsets in the
// text it was folded from. It is monotone.
type OffsetMap struct {
	at []int32 // for each byte of the folded text and its end
}

// Original gives the offset in the original text for offset i of the folded
// text, 0 ≤ i ≤ length. An offset within a folded rune maps to the rune's start.
func (m OffsetMap) Original(i int) int { return int(m.at[i]) }

// Span gives the bytes of the original text that bytes start to end of the
// folded text came from; a character that folded to several is taken whole.
func (m OffsetMap) Span(start, end int) (from, to int) {
	for start < end && end < len(m.at)-1 && m.at[end] == m.at[end-1] {
		end++
	}
	return int(m.at[start]), int(m.at[end])
}

// Folded gives the first offset of the folded text that came from offset i of
// the original or from behind it.
func (m OffsetMap) Folded(i int) int {
	return sort.Search(len(m.at)-1, func(k int) bool { return int(m.at[k]) >= i })
}

// RuneOffset gives the offset in code points of byte offset i of s. For many
// offsets in one text use a RuneIndex.
func RuneOffset(s string, i int) int { return utf8.RuneCountInString(s[:i]) }

// runeStep is how many bytes of text one entry of a RuneIndex stands for.
const runeStep = 64

// RuneIndex converts between byte offsets and offsets in code points of one
// text: made in one pass, then any offset in any order costs a short look.
type RuneIndex struct {
	s     string
	marks []runeMark // marks[k]: the first rune that begins at byte k*runeStep or behind
}

type runeMark struct{ at, runes int32 }

// NewRuneIndex makes the index of s, which is below 2 GiB. A byte that is no
// UTF-8 counts as one code point.
func NewRuneIndex(s string) *RuneIndex {
	x := &RuneIndex{s: s, marks: make([]runeMark, 0, len(s)/runeStep+2)}
	runes := int32(0)
	for i := range s {
		if i >= len(x.marks)*runeStep {
			x.marks = append(x.marks, runeMark{int32(i), runes})
		}
		runes++
	}
	x.marks = append(x.marks, runeMark{int32(len(s)), runes})
	return x
}

// Runes gives how many code points begin before byte offset i; i is cut to the
// text's length.
func (x *RuneIndex) Runes(i int) int {
	i = min(max(i, 0), len(x.s))
	m := x.marks[min(i/runeStep, len(x.marks)-1)]
	if int(m.at) > i { // the rune before reaches into this step
		return int(m.runes)
	}
	n := int(m.runes)
	for at := int(m.at); at < i; n++ {
		_, size := utf8.DecodeRuneInString(x.s[at:])
		at += size
	}
	return n
}

// Byte gives the byte offset of code point n; n is cut to the text's length.
func (x *RuneIndex) Byte(n int) int {
	k := sort.Search(len(x.marks), func(k int) bool { return int(x.marks[k].runes) > n })
	m := x.marks[max(k-1, 0)]
	at := int(m.at)
	for left := n - int(m.runes); left > 0 && at < len(x.s); left-- {
		_, size := utf8.DecodeRuneInString(x.s[at:])
		at += size
	}
	return at
}
