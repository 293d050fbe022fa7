package query

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// Bounds on what may be typed; a longer query is refused with a word on it.
const (
	maxBytes = 4096
	maxDepth = 40
	maxTerms = 100
)

// Parse reads a typed query. The error is a *SyntaxError that says what is
// wrong and at which character.
func Parse(s string) (*Query, error) {
	p := &parser{in: s}
	if len(s) > maxBytes {
		return nil, &SyntaxError{s, 1, fmt.Sprintf("it is %d bytes long; at most %d are read", len(s), maxBytes)}
	}
	if !utf8.ValidString(s) {
		return nil, &SyntaxError{s, 1, "it is not UTF-8"}
	}
	if err := p.lex(); err != nil {
		return nil, err
	}
	if len(p.toks) == 0 {
		return nil, p.fail(0, "it is empty; give a word, \"a phrase\" or prefix*")
	}
	n, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.i < len(p.toks) {
		return nil, p.fail(p.toks[p.i].at, "a closing bracket without an opening one")
	}
	if !grounded(n) {
		return nil, p.fail(0, "nothing to look for: each alternative needs a word or phrase that is not excluded")
	}
	return &Query{n}, nil
}

// grounded says that each way to satisfy n asks for at least one term.
func grounded(n Node) bool {
	switch n := n.(type) {
	case *Term:
		return true
	case And:
		for _, c := range n {
			if grounded(c) {
				return true
			}
		}
	case Or:
		for _, c := range n {
			if !grounded(c) {
				return false
			}
		}
		return true
	}
	return false
}

type tokKind uint8

const (
	tokWord tokKind = iota
	tokPhrase
	tokFilter
	tokOpen
	tokClose
	tokNot
	tokOr
	tokAnd
)

type tok struct {
	kind   tokKind
	at     int // byte offset
	text   string
	field  string
	values []string
	prefix bool
}

type parser struct {
	in    string
	toks  []tok
	i     int
	terms int
}

func (p *parser) fail(at int, format string, args ...any) error {
	return &SyntaxError{p.in, utf8.RuneCountInString(p.in[:at]) + 1, fmt.Sprintf(format, args...)}
}

func isQuote(r rune) bool { return closing(r) != "" }

// closing gives the quotes that end a phrase begun with r, "" when r begins none.
func closing(r rune) string {
	switch r {
	case '"', '“', '”', '„':
		return "\"“”"
	case '«':
		return "»"
	case '「':
		return "」"
	case '《':
		return "》"
	}
	return ""
}

func (p *parser) lex() error {
	for i := 0; i < len(p.in); {
		r, n := utf8.DecodeRuneInString(p.in[i:])
		t := tok{at: i}
		switch {
		case unicode.IsSpace(r):
			i += n
			continue
		case r == '(' || r == ')':
			t.kind = tokOpen
			if r == ')' {
				t.kind = tokClose
			}
			i += n
		case r == '-':
			t.kind = tokNot
			i += n
			if next, _ := utf8.DecodeRuneInString(p.in[i:]); i == len(p.in) || unicode.IsSpace(next) || next == ')' {
				return p.fail(t.at, "a minus stands before the word that it excludes, without a space")
			}
		case isQuote(r):
			text, end, err := p.quoted(i)
			if err != nil {
				return err
			}
			t.kind, t.text, i = tokPhrase, text, end
		default:
			var err error
			if t, i, err = p.bare(i); err != nil {
				return err
			}
		}
		p.toks = append(p.toks, t)
	}
	return nil
}

// quoted reads a phrase from its opening quote; it gives the text and the
// offset behind the closing quote.
func (p *parser) quoted(start int) (string, int, error) {
	open, n := utf8.DecodeRuneInString(p.in[start:])
	ends := closing(open)
	var b strings.Builder
	for i := start + n; i < len(p.in); {
		r, n := utf8.DecodeRuneInString(p.in[i:])
		i += n
		if r == '\\' && i < len(p.in) {
			r, n = utf8.DecodeRuneInString(p.in[i:])
			i += n
		} else if strings.ContainsRune(ends, r) {
			return b.String(), i, nil
		}
		b.WriteRune(r)
	}
	return "", 0, p.fail(start, "the quote is not closed")
}

// bare reads a word, an operator or a filter from offset i.
func (p *parser) bare(i int) (tok, int, error) {
	start := i
	for i < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[i:])
		if unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) {
			break
		}
		if r == ':' && isField(p.in[start:i]) {
			return p.filter(start, i+n)
		}
		i += n
	}
	t := tok{at: start, text: p.in[start:i]}
	switch t.text {
	case "OR":
		t.kind = tokOr
	case "AND":
		t.kind = tokAnd
	case "NOT":
		t.kind = tokNot
	default:
		if w, ok := strings.CutSuffix(t.text, "*"); ok {
			t.text, t.prefix = w, true
		}
	}
	return t, i, nil
}

// isField says that s looks like the name of a filter.
func isField(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

func (p *parser) filter(start, i int) (tok, int, error) {
	name := p.in[start : i-1]
	field, ok := fieldAliases[strings.ToLower(name)]
	if !ok {
		return tok{}, 0, p.fail(start, "there is no filter %s: (known are %s:; put a word with a colon in quotes)",
			name, strings.Join(Fields, ":, "))
	}
	t := tok{kind: tokFilter, at: start, field: field}
	for {
		v, end, err := p.value(i)
		if err != nil {
			return tok{}, 0, err
		}
		if v, err = cleanValue(field, v); err != nil {
			return tok{}, 0, p.fail(i, "%s:%v", name, err)
		}
		t.values = append(t.values, v)
		if i = end; i == len(p.in) || p.in[i] != ',' {
			break
		}
		i++
	}
	if (field == "since" || field == "until") && len(t.values) > 1 {
		return tok{}, 0, p.fail(start, "%s: takes one date", name)
	}
	return t, i, nil
}

// value reads one value of a filter: up to white space, a comma or a bracket,
// or in quotes.
func (p *parser) value(i int) (string, int, error) {
	r, _ := utf8.DecodeRuneInString(p.in[i:])
	if i < len(p.in) && isQuote(r) {
		return p.quoted(i)
	}
	start := i
	for i < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[i:])
		if unicode.IsSpace(r) || r == ',' || r == '(' || r == ')' || isQuote(r) {
			break
		}
		i += n
	}
	return p.in[start:i], i, nil
}

// cleanValue brings the value of a filter to its normal form.
func cleanValue(field, v string) (string, error) {
	v = strings.TrimSpace(v)
	if v == "" {
		return "", fmt.Errorf(" is without a value")
	}
	switch field {
	case "lang":
		l, err := bitext.ParseLang(v)
		if err != nil {
			return "", fmt.Errorf(" %w", err)
		}
		return string(l), nil
	case "since", "until":
		return cleanDate(v, field == "until")
	}
	return v, nil
}

// cleanDate completes a year or a month to its first day, or its last.
func cleanDate(v string, last bool) (string, error) {
	for _, f := range []struct {
		layout string
		y, m   int
	}{{"2006-01-02", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(f.layout, v)
		if err != nil {
			continue
		}
		if last && f.y+f.m > 0 {
			t = t.AddDate(f.y, f.m, -1)
		}
		return t.Format("2006-01-02"), nil
	}
	return "", fmt.Errorf(" %q is no date; write 2025, 2025-08 or 2025-08-31", v)
}

func (p *parser) or(depth int) (Node, error) {
	if depth > maxDepth {
		return nil, p.fail(p.toks[p.i-1].at, "more than %d brackets within each other", maxDepth)
	}
	var out Or
	for {
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		if o, ok := n.(Or); ok {
			out = append(out, o...)
		} else {
			out = append(out, n)
		}
		if p.i == len(p.toks) || p.toks[p.i].kind != tokOr {
			break
		}
		p.i++
	}
	if len(out) == 1 {
		return out[0], nil
	}
	return out, nil
}

func (p *parser) and(depth int) (Node, error) {
	var out And
	for p.i < len(p.toks) {
		t := p.toks[p.i]
		if t.kind == tokOr || t.kind == tokClose {
			break
		}
		if t.kind == tokAnd {
			if len(out) == 0 || p.i+1 == len(p.toks) || p.toks[p.i+1].kind == tokClose || p.toks[p.i+1].kind == tokOr || p.toks[p.i+1].kind == tokAnd {
				return nil, p.fail(t.at, "AND needs a word on both sides (to look for the word itself write it small or in quotes)")
			}
			p.i++
			continue
		}
		n, err := p.unary(depth)
		if err != nil {
			return nil, err
		}
		if a, ok := n.(And); ok {
			out = append(out, a...)
		} else {
			out = append(out, n)
		}
	}
	switch len(out) {
	case 0:
		at, what := len(p.in), "something is missing at the end"
		if p.i < len(p.toks) {
			at, what = p.toks[p.i].at, "there is nothing before this"
		}
		return nil, p.fail(at, "%s (OR needs a word on both sides; to look for the word itself write it small or in quotes)", what)
	case 1:
		return out[0], nil
	}
	return out, nil
}

func (p *parser) unary(depth int) (Node, error) {
	t := p.toks[p.i]
	p.i++
	switch t.kind {
	case tokNot:
		if p.i == len(p.toks) || p.toks[p.i].kind == tokClose || p.toks[p.i].kind == tokOr || p.toks[p.i].kind == tokAnd {
			return nil, p.fail(t.at, "NOT stands before what it excludes")
		}
		if depth > maxDepth {
			return nil, p.fail(t.at, "more than %d negations within each other", maxDepth)
		}
		n, err := p.unary(depth + 1)
		if err != nil {
			return nil, err
		}
		if not, ok := n.(Not); ok {
			return not.Node, nil
		}
		return Not{n}, nil
	case tokOpen:
		return p.bracket(t, depth)
	case tokFilter:
		return &Filter{t.field, t.values}, nil
	}
	return p.term(t)
}

func (p *parser) bracket(open tok, depth int) (Node, error) {
	if p.i == len(p.toks) {
		return nil, p.fail(open.at, "the bracket is not closed")
	}
	if p.toks[p.i].kind == tokClose {
		return nil, p.fail(open.at, "there is nothing in the brackets")
	}
	n, err := p.or(depth + 1)
	if err != nil {
		return nil, err
	}
	if p.i == len(p.toks) {
		return nil, p.fail(open.at, "the bracket is not closed")
	}
	p.i++
	return n, nil
}

func (p *parser) term(t tok) (Node, error) {
	if p.terms++; p.terms > maxTerms {
		return nil, p.fail(t.at, "more than %d words", maxTerms)
	}
	n := &Term{Text: t.text, Phrase: t.kind == tokPhrase, Prefix: t.prefix}
	n.keys = keysOf(t.text)
	if len(n.keys) == 0 {
		return nil, p.fail(t.at, "%q holds no letter or digit to look for", p.shown(t))
	}
	if n.Prefix {
		last := n.keys[len(n.keys)-1]
		if !last.han && utf8.RuneCountInString(last.word) < 2 {
			return nil, p.fail(t.at, "%s* would find too much: give at least two letters before the star", t.text)
		}
	}
	return n, nil
}

func (p *parser) shown(t tok) string {
	if t.prefix {
		return t.text + "*"
	}
	return t.text
}
