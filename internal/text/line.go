package text

import (
	"strings"
	"unicode"
)

// Line makes a text fit one line of a table or a terminal: each run of white
// space is one space, none at the ends; control characters, which could steer
// a terminal, and marks that turn the direction of what follows are left out.
func Line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
