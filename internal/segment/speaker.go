package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// maxLabel is the length in bytes within which a speaker's label ends.
const maxLabel = 90

// speaker is the label that a block opens with: "Question:", "В.Путин:", "答：".
type speaker struct {
	name string // without its colon and a remark in brackets
	end  int    // offset behind the colon
	asks bool   // a word for a question
}

// speakers knows the labels that a document repeats: a name that opens one
// block only may be anything, a name that opens several speaks.
type speakers struct {
	opens map[string]int
}

func newSpeakers(doc string, blocks []piece) *speakers {
	s := &speakers{opens: map[string]int{}}
	for _, b := range blocks {
		if l := candidate(doc[b.start:b.end]); l.name != "" {
			s.opens[l.name]++
		}
	}
	return s
}

// label gives the speaker's label that text opens with, or an empty one.
func (s *speakers) label(text string) speaker {
	l := candidate(text)
	if l.name == "" {
		return speaker{}
	}
	role, known := roleOf(l.name)
	l.asks = role
	if known || hasInitial(l.name) || s.opens[l.name] > 1 {
		return l
	}
	return speaker{}
}

// roleOf looks a label up among the roles, a number behind it left out.
func roleOf(name string) (asks, known bool) {
	folded := text.Fold(name)
	if asks, known = roles[folded]; known {
		return asks, true
	}
	folded = strings.TrimRight(folded, "0123456789一二三四五六七八九十 .№#")
	asks, known = roles[folded]
	return asks, known
}

// candidate reads what could be a label: a few words that all begin with a
// capital, or a few Chinese characters, before a colon.
func candidate(text string) speaker {
	head := text[:min(len(text), maxLabel)]
	i := strings.IndexAny(head, ":：")
	if i <= 0 {
		return speaker{}
	}
	_, n := utf8.DecodeRuneInString(head[i:])
	if next, _ := utf8.DecodeRuneInString(text[i+n:]); unicode.IsDigit(next) || next == '/' {
		return speaker{} // 12:30, http://
	}
	name := strings.TrimSpace(strings.Trim(head[:i], "*_ "))
	if k := strings.LastIndexAny(name, "(（"); k > 0 && (strings.HasSuffix(name, ")") || strings.HasSuffix(name, "）")) {
		name = strings.TrimSpace(name[:k])
	}
	if !looksLikeName(name) {
		return speaker{}
	}
	return speaker{name: name, end: i + n}
}

// looksLikeName says that name is at most five words, each with a capital, or
// at most eight Chinese characters, and no word that labels other things.
func looksLikeName(name string) bool {
	folded := text.Fold(name)
	if _, known := roleOf(name); known {
		return true
	}
	if noSpeakers[folded] || name == "" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(name); text.IsHan(r) {
		return utf8.RuneCountInString(name) <= 8 &&
			!strings.ContainsFunc(name, func(r rune) bool { return !text.IsHan(r) && r != '·' && r != '・' })
	}
	words := 0
	for w := range strings.FieldsSeq(strings.ReplaceAll(name, ".", ". ")) {
		r, _ := utf8.DecodeRuneInString(w)
		if words++; words > 5 || !unicode.IsUpper(r) || strings.ContainsAny(w, ",;!?«»\"“”") || noSpeakers[text.Fold(w)] {
			return false
		}
	}
	return words > 0
}

// hasInitial says that name is a name with an initial: "V. Putin", "В.Путин".
func hasInitial(name string) bool {
	first, rest, ok := strings.Cut(name, ".")
	r, n := utf8.DecodeRuneInString(first)
	if !ok || n != len(first) || !unicode.IsUpper(r) {
		return false
	}
	rest = strings.TrimLeft(rest, " \u00a0")
	_, n = utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[n:])
	return unicode.IsLower(next) || next == '.'
}
