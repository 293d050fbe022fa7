package compare

import (
	"fmt"
	"strings"
)

// Sentence is something said to a person. Its pattern is English, in the manner
// of fmt, and the key under which a report looks for the same in another
// language; forms for one and for many are parted by "|" and chosen by the
// first number among the arguments.
type Sentence struct {
	Pattern string
	Args    []any // strings, ints and Sentences
}

// say makes a sentence. The pattern is a literal, so that a test can hold the
// tables of other languages against all that is ever said.
func say(pattern string, args ...any) Sentence { return Sentence{pattern, args} }

// String gives the sentence in English.
func (s Sentence) String() string { return s.In(English) }

// In gives the sentence by the pattern that wording has for the English one;
// n is the first number in the sentence, -1 where there is none.
func (s Sentence) In(wording func(pattern string, n int) string) string {
	if s.Pattern == "" {
		return ""
	}
	n := -1
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		switch a := a.(type) {
		case Sentence:
			args[i] = a.In(wording)
		case int:
			if args[i] = a; n < 0 {
				n = a
			}
		default:
			args[i] = a
		}
	}
	return fmt.Sprintf(wording(s.Pattern, n), args...)
}

// English is the wording of patterns as they stand: the form for one or, of
// those parted by "|", the one for many.
func English(pattern string, n int) string {
	one, many, ok := strings.Cut(pattern, "|")
	if !ok || n == 1 {
		return one
	}
	return many
}
