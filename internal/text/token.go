package text

import (
	"unicode"
	"unicode/utf8"
)

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of token. White space is no token.
const (
	Word   TokenKind = iota // letters with inner apostrophes, hyphens apart
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
func IsHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' }

// Tokenize cuts s into words, numbers, Chinese characters and marks, in order,
// white space left out. Every byte that is no white space is in one token.
func Tokenize(s string) []Token {
	tokens := make([]Token, 0, len(s)/5+1)
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
			t.End = scan(s, i+n, unicode.IsDigit, ".,\u00a0\u202f")
		case isLetter(r):
			t.Kind = Word
			t.End = scan(s, i+n, isLetter, "'’")
		}
		tokens = append(tokens, t)
		i = t.End
	}
	return tokens
}

func isLetter(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !IsHan(r)
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
		if !containsRune(joiners, r) {
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

func containsRune(set string, r rune) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}
