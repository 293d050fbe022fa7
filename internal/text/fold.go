// Package text works on strings and offsets: it folds text so that harmless
// differences vanish, cuts it into tokens and stems words. It knows nothing
// of documents.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// OffsetMap leads from byte offsets in folded text back to byte offsets in the
// text it was folded from. It is monotone.
type OffsetMap struct {
	at []int32 // for each byte of the folded text and its end
}

// Original gives the offset in the original text for offset i of the folded
// text, 0 ≤ i ≤ length. An offset within a folded rune maps to the rune's start.
func (m OffsetMap) Original(i int) int { return int(m.at[i]) }

// Fold makes texts equal that differ only in form: compatibility characters
// are composed (NFKC), letters lower case, ё written е, full width half width,
// traditional Chinese simplified, every white space a plain space, every kind
// of quote and dash one kind. Control and format characters vanish.
func Fold(s string) string {
	folded, _ := FoldMap(s)
	return folded
}

// FoldMap is Fold with the map from offsets in the result back to s.
func FoldMap(s string) (string, OffsetMap) {
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int32, 0, len(s)+1)
	put := func(r rune, from int) {
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			at = append(at, int32(from))
		}
	}
	var it norm.Iter
	it.InitString(norm.NFKC, s)
	for !it.Done() {
		from := it.Pos()
		seg := it.Next()
		for len(seg) > 0 {
			r, n := utf8.DecodeRune(seg)
			seg = seg[n:]
			if r = foldRune(r); r >= 0 {
				put(r, from)
			}
		}
	}
	at = append(at, int32(len(s)))
	return b.String(), OffsetMap{at}
}

func foldRune(r rune) rune {
	switch {
	case r == 'ё' || r == 'Ё':
		return 'е'
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf):
		return -1
	}
	switch r {
	case '“', '”', '„', '«', '»', '‟', '「', '」', '『', '』', '《', '》', '〈', '〉':
		return '"'
	case '‘', '’', '‚', '‛', 'ʼ', '′':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	}
	return unicode.ToLower(r)
}
