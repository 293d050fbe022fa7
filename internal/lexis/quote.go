package lexis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// closers gives what may close each mark that opens a quotation.
var closers = map[rune]string{
	'“': "”“\"", '„': "“”‟\"", '‟': "”", '«': "»", '‹': "›", '「': "」", '『': "』",
	'《': "》", '〈': "〉", '"': "\"”", '‘': "’", '\'': "'", '”': "”", '‚': "‘’", '﹁': "﹂", '〝': "〞",
}

// maxQuotes bounds how deep quotations nest; deeper ones are not read.
const maxQuotes = 8

// openQuote is a quotation that has begun.
type openQuote struct {
	mark  rune
	inner int // where the passage begins
}

// quotes reads quoted titles and passages: “…”, "…", «…», „…“, ‘…’, 《…》, 「…」,
// also within each other. A mark without its fellow in the same paragraph is
// passed over. The item is the passage without its marks.
func (s *scanner) quotes() {
	var stack []openQuote
	prev := ' '
	for i, r := range s.src {
		n := utf8.RuneLen(r)
		if n < 0 {
			n = 1
		}
		if r == '\n' {
			stack = stack[:0]
		}
		if closers[r] != "" || strings.ContainsRune("”’»›」』》〉﹂〞", r) {
			next, _ := utf8.DecodeRuneInString(s.src[min(i+n, len(s.src)):])
			if k := closes(stack, r, prev, next); k >= 0 {
				s.passage(stack[k].inner, i)
				stack = stack[:k]
			} else if opensQuote(r, prev, next) && len(stack) < maxQuotes {
				stack = append(stack, openQuote{r, i + n})
			}
		}
		prev = r
	}
}

// closes gives the open quotation that r closes, or -1.
func closes(stack []openQuote, r, prev, next rune) int {
	if (r == '’' || r == '\'') && unicode.IsLetter(prev) && unicode.IsLetter(next) {
		return -1 // an apostrophe
	}
	if r == '"' && unicode.IsSpace(prev) && !unicode.IsSpace(next) && unicode.IsLetter(next) && len(stack) == 0 {
		return -1
	}
	for k := len(stack) - 1; k >= 0; k-- {
		if strings.ContainsRune(closers[stack[k].mark], r) {
			if (r == '“' || r == '"') && stack[k].mark != r && stack[k].mark != '„' && unicode.IsSpace(prev) {
				return -1
			}
			return k
		}
	}
	return -1
}

// opensQuote says that r may open a quotation between prev and next.
func opensQuote(r, prev, next rune) bool {
	if closers[r] == "" || unicode.IsSpace(next) && (r == '\'' || r == '‘' || r == '”') || next == utf8.RuneError {
		return false
	}
	switch r {
	case '\'':
		return !unicode.IsLetter(prev) && !unicode.IsDigit(prev) && unicode.IsUpper(next)
	case '‘':
		return !unicode.IsLetter(prev) || text.IsHan(prev)
	case '"', '”':
		return !unicode.IsDigit(prev)
	}
	return true
}

// passage makes the item of the quoted bytes from to to.
func (s *scanner) passage(from, to int) {
	const around = " \t\u00a0.,;:!?…。，、；：！？—–-\"'"
	in := s.src[from:to]
	lead := len(in) - len(strings.TrimLeft(in, around))
	in = strings.TrimRight(in[lead:], around)
	if in == "" {
		return
	}
	norm := strings.Trim(text.Fold(in), " .,")
	if norm == "" {
		return
	}
	it := Item{Kind: Title, Start: from + lead, End: from + lead + len(in), Norm: norm, Value: nan, High: nan}
	s.out = append(s.out, it)
}
