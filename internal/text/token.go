package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of token. White space is no token.
const (
	Word   TokenKind = iota // letters with inner apostrophes, hyphens apart; U.S. and т.е. are one
	Number                  // digits with inner separators: 1,235 5.2 1 235
	Han                     // one Chinese character
	Punct                   // any other visible character
)

// Token is a piece of text: bytes Start to End.
type Token struct {
	Kind       TokenKind
	Start, End int
}

// IsHan says that r is a Chinese character.
func IsHan(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case 0x4e00 <= r && r <= 0x9fff, r == '〇':
		return true
	}
	return unicode.Is(unicode.Han, r)
}

// Tokenize cuts s into words, numbers, Chinese characters and marks, in order,
// white space left out. Every byte that is no white space is in one token.
//
// A word ends where letters end: G20 is a word and a number, 2,8млн a number
// and a word, Russian-Chinese two words and a mark. Single letters with a full
// stop each (U.S., т.е., В.В.) are one word with its stops. Digits are grouped
// by a no-break or thin space when groups of three follow (1 235); a plain
// space parts numbers.
func Tokenize(s string) []Token {
	return AppendTokens(make([]Token, 0, len(s)/5+1), s)
}

// AppendTokens is Tokenize with the tokens appended to a list, for those who
// cut many texts.
func AppendTokens(tokens []Token, s string) []Token {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		t := Token{Kind: Punct, Start: i, End: i + n}
		switch {
		case IsHan(r):
			t.Kind = Han
		case unicode.IsDigit(r):
			t.Kind = Number
			t.End = scanNumber(s, i)
		case isLetter(r):
			t.Kind = Word
			if t.End = scanInitials(s, i); t.End == i {
				t.End = scan(s, i+n, inWord, "'’ʼ")
			}
		}
		tokens = append(tokens, t)
		i = t.End
	}
	return tokens
}

func isLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	case 0x410 <= r && r <= 0x44f: // А to я
		return true
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !IsHan(r)
}

// inWord says that r goes on a word: a letter, a mark, or one of the characters
// that nobody sees within a word (soft hyphen, joiners).
func inWord(r rune) bool {
	return isLetter(r) || r == '\u00ad' || r == '\u200c' || r == '\u200d' || r == '\u2060'
}

// scan goes on from i while in holds, over single joining marks that stand
// between two such runes.
func scan(s string, i int, in func(rune) bool, joiners string) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if in(r) {
			i += n
			continue
		}
		if !strings.ContainsRune(joiners, r) {
			return i
		}
		next, m := utf8.DecodeRuneInString(s[i+n:])
		if m == 0 || !in(next) {
			return i
		}
		i += n + m
	}
	return i
}

// scanNumber gives the end of the number that begins at i: digits with commas
// and stops between them, then groups of three behind a space that does not
// break the line.
func scanNumber(s string, i int) int {
	end := scan(s, i, unicode.IsDigit, "")
	if utf8.RuneCountInString(s[i:end]) <= 3 {
		for {
			next := scanGroup(s, end)
			if next == end {
				break
			}
			end = next
		}
	}
	return scan(s, end, unicode.IsDigit, ".,")
}

// scanGroup steps over a no-break or thin space and exactly three digits at i,
// or gives i.
func scanGroup(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch r {
	case '\u00a0', '\u202f', '\u2009':
	default:
		return i
	}
	end := scan(s, i+n, unicode.IsDigit, "")
	if utf8.RuneCountInString(s[i+n:end]) != 3 {
		return i
	}
	return end
}

// scanInitials gives the end of two or more single letters with a full stop
// each (U.S., т.е.) that begin at i, or i where there are none. The last stop
// may be missing (U.S).
func scanInitials(s string, i int) int {
	end, letters := i, 0
	for {
		r, n := utf8.DecodeRuneInString(s[end:])
		if n == 0 || !isLetter(r) {
			break
		}
		at := scan(s, end+n, unicode.IsMark, "")
		if followsWord(s, at) {
			break
		}
		stop := strings.HasPrefix(s[at:], ".")
		if !stop && letters == 0 {
			break
		}
		letters++
		if end = at; !stop {
			break
		}
		end++
	}
	if letters < 2 {
		return i
	}
	return end
}

// followsWord says that a letter goes on the word at offset i.
func followsWord(s string, i int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	return n > 0 && inWord(r)
}
