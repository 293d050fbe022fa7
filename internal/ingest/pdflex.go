package ingest

import (
	"bytes"
	"strconv"
)

// The kinds of thing in a page's drawing, beside float64 for numbers and
// []any for arrays; dictionaries come as nil.
type (
	pdfName     string
	pdfString   string
	pdfOperator string
)

// pdfLexer cuts the drawing of a page, or a table of characters, into its
// operands and operators. It takes every input and never fails.
type pdfLexer struct {
	data []byte
	at   int
}

// maxArray and maxNesting bound one operand.
const (
	maxArray   = 200_000
	maxNesting = 50
)

// next gives the next thing, ok false at the end.
func (l *pdfLexer) next() (thing any, ok bool) { return l.object(0) }

func (l *pdfLexer) object(depth int) (any, bool) {
	l.space()
	if l.at >= len(l.data) {
		return nil, false
	}
	c := l.data[l.at]
	switch {
	case c == '/':
		return l.name(), true
	case c == '(':
		return l.literal(), true
	case c == '<' && l.at+1 < len(l.data) && l.data[l.at+1] == '<':
		l.at += 2
		l.until(">>", depth)
		return nil, true
	case c == '<':
		return l.hex(), true
	case c == '[':
		l.at++
		return l.until("]", depth), true
	case c == ']' || c == '{' || c == '}' || c == ')':
		l.at++
		return pdfOperator(c), true
	case c == '>':
		l.at++
		if l.at < len(l.data) && l.data[l.at] == '>' {
			l.at++
		}
		return pdfOperator(">>"), true
	}
	start := l.at
	for l.at < len(l.data) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	word := string(l.data[start:l.at])
	if c == '+' || c == '-' || c == '.' || '0' <= c && c <= '9' {
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			return n, true
		}
		return 0.0, true
	}
	return pdfOperator(word), true
}

func isDelimiter(c byte) bool {
	switch c {
	case 0, '\t', '\n', '\f', '\r', ' ', '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// space skips white space and comments.
func (l *pdfLexer) space() {
	for l.at < len(l.data) {
		switch l.data[l.at] {
		case 0, '\t', '\n', '\f', '\r', ' ':
			l.at++
		case '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// until collects what stands before the closing mark.
func (l *pdfLexer) until(closing string, depth int) []any {
	var all []any
	for depth < maxNesting {
		thing, ok := l.object(depth + 1)
		if !ok || thing == pdfOperator(closing) {
			break
		}
		if len(all) < maxArray {
			all = append(all, thing)
		}
	}
	return all
}

func (l *pdfLexer) name() pdfName {
	l.at++
	start := l.at
	for l.at < len(l.data) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	raw := l.data[start:l.at]
	if !bytes.Contains(raw, []byte("#")) {
		return pdfName(raw)
	}
	return pdfName(plainName(append([]byte("/"), raw...)))
}

func (l *pdfLexer) hex() pdfString {
	l.at++
	var out []byte
	half, high := false, byte(0)
	for l.at < len(l.data) && l.data[l.at] != '>' {
		d, ok := hexDigit(l.data[l.at])
		l.at++
		if !ok {
			continue
		}
		if half {
			out = append(out, high<<4|d)
		}
		half, high = !half, d
	}
	l.at++
	if half {
		out = append(out, high<<4)
	}
	return pdfString(out)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// literal reads a string in round brackets, with its escapes.
func (l *pdfLexer) literal() pdfString {
	l.at++
	var out []byte
	for depth := 1; l.at < len(l.data); {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return pdfString(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		case '\r':
			if l.at < len(l.data) && l.data[l.at] == '\n' {
				l.at++
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return pdfString(out)
}

func (l *pdfLexer) escape(out []byte) []byte {
	if l.at >= len(l.data) {
		return out
	}
	c := l.data[l.at]
	l.at++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.at < len(l.data) && l.data[l.at] == '\n' {
			l.at++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	n := int(c - '0')
	for i := 0; i < 2 && l.at < len(l.data) && '0' <= l.data[l.at] && l.data[l.at] <= '7'; i++ {
		n = n*8 + int(l.data[l.at]-'0')
		l.at++
	}
	return append(out, byte(n))
}

// skipImage passes over the bytes of a picture that stands in the drawing, from
// behind ID to behind EI.
func (l *pdfLexer) skipImage() {
	for l.at < len(l.data) {
		i := bytes.Index(l.data[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.data)
			return
		}
		end := l.at + i
		l.at = end + 2
		before := end == 0 || isDelimiter(l.data[end-1])
		after := l.at >= len(l.data) || isDelimiter(l.data[l.at])
		if before && after {
			return
		}
	}
}
