// Package text works on strings and offsets: it folds text so that harmless
// differences vanish, cuts it into tokens and stems words. It knows nothing
// of documents.
package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldVersion changes whenever Fold gives another result for some text. A
// store that keeps folded text or an index over it keeps this number too and
// makes them anew when it differs.
const FoldVersion = 3

// Fold makes texts equal that differ only in form: compatibility characters
// are composed (NFKC), letters lower case, ё written е, full width half width,
// traditional Chinese simplified, every white space a plain space, every kind
// of quote and dash one kind. Control and format characters and variation
// selectors vanish. A character that stands for a number and is no digit (½, ²)
// keeps apart from digits beside it: 1½ is 1 1/2. Fold(Fold(s)) = Fold(s); a byte that is no UTF-8 becomes
// U+FFFD. It is linear in s, and gives s itself where nothing changes.
func Fold(s string) string {
	n := foldedPrefix(s)
	if n == len(s) {
		return s
	}
	f := folder{src: s, dst: make([]byte, n, len(s)+len(s)/8+8)}
	copy(f.dst, s[:n])
	f.run(n)
	return string(f.dst)
}

// FoldMap is Fold with the map from offsets in the result back to s.
func FoldMap(s string) (string, OffsetMap) {
	f := folder{src: s, dst: make([]byte, 0, len(s)+8), mapped: true, at: make([]int32, 0, len(s)+9)}
	f.run(0)
	f.at = append(f.at, int32(len(s)))
	return string(f.dst), OffsetMap{f.at}
}

// foldedPrefix is the length of a beginning of s that is ASCII and folded
// already. The last character before another one is left out, as a mark that
// follows may join it.
func foldedPrefix(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || asciiFold[c] != c {
			return max(i-1, 0)
		}
	}
	return len(s)
}

// vanishes stands in asciiFold for a character that folds to nothing.
const vanishes = 0xff

// asciiFold is the folded form of each ASCII character.
var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		t[c] = vanishes
		if r := foldRune(rune(c)); r >= 0 {
			t[c] = byte(r)
		}
	}
	return t
}()

// folder folds src into dst, a rune at a time by table; only a rune that may
// join the one before it, and so asks for normalisation, leaves that road.
type folder struct {
	src    string
	dst    []byte
	mapped bool
	at     []int32 // when mapped: for each byte of dst the offset in src
	// The last character that left something in dst: where it begins in src
	// and in dst. A combining mark folds it again together with the mark.
	lastSrc, lastDst int
	open             bool // a character was written that its phrase decides
	number           int  // how long dst was behind a character that stands for a number; −1: none
}

// run folds src from offset i on, dst holding what stands before it.
func (f *folder) run(i int) {
	f.lastSrc, f.lastDst, f.number = i, len(f.dst), -1
	for i < len(f.src) {
		if c := f.src[i]; c < utf8.RuneSelf {
			if c = asciiFold[c]; c != vanishes {
				if len(f.dst) == f.number && isDigit(c) {
					f.part(i)
				}
				f.mark(i)
				f.dst = append(f.dst, c)
				if f.mapped {
					f.at = append(f.at, int32(i))
				}
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(f.src[i:])
		e := lookup(r)
		switch {
		case e&numberEntry != 0:
			f.putNumber(foldSegment(f.src[i:i+n]), i)
			i += n
		case e&(slowEntry|dropEntry) == 0:
			if to := e & runeMask; len(f.dst) == f.number && to <= '9' && isDigit(byte(to)) {
				f.part(i)
			}
			f.mark(i)
			f.put(rune(e&runeMask), i)
			f.open = f.open || e&openEntry != 0
			i += n
		case e&dropEntry != 0:
			i += n
		case e&joinsEntry != 0:
			i = f.join(i)
		default:
			f.mark(i)
			f.putString(foldSegment(f.src[i:i+n]), i)
			i += n
		}
	}
	if f.open {
		simplifyOpen(f.dst)
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// part puts a space between two digits that do not belong together.
func (f *folder) part(src int) {
	if n := len(f.dst); n > 0 && isDigit(f.dst[n-1]) {
		f.put(' ', src)
	}
}

// putNumber writes what a character folds to that stands for a number.
func (f *folder) putNumber(s string, src int) {
	if isDigit(s[0]) {
		f.part(src)
	}
	f.mark(src)
	f.putString(s, src)
	if isDigit(s[len(s)-1]) {
		f.number = len(f.dst)
	}
}

func (f *folder) mark(src int) { f.lastSrc, f.lastDst = src, len(f.dst) }

func (f *folder) put(r rune, src int) {
	n := len(f.dst)
	f.dst = utf8.AppendRune(f.dst, r)
	f.pad(len(f.dst)-n, src)
}

func (f *folder) putString(s string, src int) {
	f.dst = append(f.dst, s...)
	f.open = true // as far as is known here
	f.pad(len(s), src)
}

func (f *folder) pad(n, src int) {
	if f.mapped {
		for range n {
			f.at = append(f.at, int32(src))
		}
	}
}

// join folds the mark at offset i anew with the character before it and the
// marks after it, and gives the offset where it stopped.
func (f *folder) join(i int) int {
	end := i
	for end < len(f.src) {
		r, n := utf8.DecodeRuneInString(f.src[end:])
		if lookup(r)&(joinsEntry|dropEntry) == 0 {
			break
		}
		end += n
	}
	f.dst, f.number = f.dst[:f.lastDst], -1
	if f.mapped {
		f.at = f.at[:f.lastDst]
	}
	f.putString(foldSegment(f.src[f.lastSrc:end]), f.lastSrc)
	return end
}

// foldSegment is Fold by the book, for a short piece that no piece beside it
// can join: what vanishes is taken out, the rest is normalised, each rune is
// folded, and this again until nothing changes (a lower-case letter may have a
// composed form that its capital lacks).
func foldSegment(s string) string {
	// Normalising puts a joiner into runs of more than thirty marks, and so
	// may shift them once more; a few rounds always settle it.
	for range 8 {
		t := strings.Map(foldRune, norm.NFKC.String(strings.Map(foldBefore, s)))
		if t == s {
			break
		}
		s = t
	}
	return s
}
