package vector

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sverka/internal/text"
)

// NormalVersion changes whenever normalised text may come out otherwise for
// some input. A table names the version that its pieces were learnt under.
const NormalVersion = 1

// wordMark stands before each word and number of normalised text. It is the
// plain space, as normalised text has no other.
const wordMark = ' '

// Normalize gives s in the form that pieces are cut from: folded (text.Fold),
// every word of letters and every number with one space before it, whatever
// stood there, and no other space. So a word is the same piece at the start of
// a line, in brackets, behind a hyphen, or amid Chinese. Chinese characters and
// marks get none. Latin letters lose their accents: Erdoğan and Erdogan are one.
//
// "G20在Tianjin召开。" becomes " g20在 tianjin召开。".
func Normalize(s string) string {
	folded := text.Fold(s)
	marked, _ := mark(make([]byte, 0, len(folded)+16), nil, folded)
	return string(marked)
}

// class says what a rune is to the rule of marks.
type class uint8

const (
	classSpace class = iota // also the beginning
	classLetter
	classDigit
	classApostrophe
	classStop // may stand within a number
	classOther
)

// mark appends folded text to dst with a word mark before each word and number
// and without its other spaces. When at is not nil it appends to it, for each
// byte appended to dst, the offset in folded that it came from; a mark has the
// offset of the rune behind it.
func mark(dst []byte, at []int32, folded string) ([]byte, []int32) {
	mapped := at != nil
	before, last := classSpace, classSpace // the two classes before the rune
	for i := 0; i < len(folded); {
		n, bare := 1, ""
		var c class
		if b := folded[i]; b < utf8.RuneSelf {
			c = asciiClass[b]
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(folded[i:])
			c, bare = classOf(r), withoutAccent(r)
		}
		if c != classSpace {
			if begins(before, last, c) {
				dst = append(dst, wordMark)
				if mapped {
					at = append(at, int32(i))
				}
			}
			if bare == "" {
				bare = folded[i : i+n]
			}
			dst = append(dst, bare...)
			if mapped {
				for k := range len(bare) {
					at = append(at, int32(i+min(k, n-1)))
				}
			}
		}
		before, last = last, c
		i += n
	}
	return dst, at
}

// begins says that a rune of class c behind runes of classes before and last
// begins a word or a number.
func begins(before, last, c class) bool {
	switch c {
	case classLetter:
		return last != classLetter && (last != classApostrophe || before != classLetter)
	case classDigit:
		return last != classDigit && last != classLetter && (last != classStop || before != classDigit)
	}
	return false
}

// Latin letters with accents lie in these two stretches.
const (
	latinFirst, latinLast = 0xdf, 0x24f
	viet, vietLast        = 0x1e00, 0x1eff
)

var bareLatin, bareViet = bareLetters(latinFirst, latinLast), bareLetters(viet, vietLast)

// withoutAccent gives a lower-case Latin letter without its accent, and "" for
// any other rune.
func withoutAccent(r rune) string {
	switch {
	case r < latinFirst, r > vietLast:
		return ""
	case r <= latinLast:
		return bareLatin[r-latinFirst]
	case r >= viet:
		return bareViet[r-viet]
	}
	return ""
}

func bareLetters(first, last rune) []string {
	bare := make([]string, last-first+1)
	for i := range bare {
		r := first + rune(i)
		if d := norm.NFD.String(string(r)); 'a' <= d[0] && d[0] <= 'z' {
			bare[i] = d[:1]
		} else if s, ok := ligatures[r]; ok {
			bare[i] = s
		}
	}
	return bare
}

// ligatures are the letters that do not come apart into a letter and an accent.
var ligatures = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'þ': "th", 'ŧ': "t",
}

var asciiClass = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		t[c] = classOf(rune(c))
	}
	return t
}()

func classOf(r rune) class {
	switch {
	case 'a' <= r && r <= 'z', 0x430 <= r && r <= 0x44f: // а to я
		return classLetter
	case '0' <= r && r <= '9':
		return classDigit
	case r == ' ':
		return classSpace
	case r == '\'':
		return classApostrophe
	case r == '.', r == ',', r == ':':
		return classStop
	case r < utf8.RuneSelf, 0x3000 <= r && r <= 0x9fff: // Chinese, kana, their marks
		return classOther
	case unicode.IsDigit(r):
		return classDigit
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Thai):
		return classOther
	case unicode.IsLetter(r), unicode.IsMark(r):
		return classLetter
	}
	return classOther
}
