package exchange

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// element is a start tag. It is good until the next token.
type element struct {
	name  string // without its prefix
	attrs []attribute
}

type attribute struct{ name, value string } // name without its prefix

// attr gives the attribute with the given name in any namespace, or "".
func attr(e element, name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	startToken
	endToken
)

// token is a piece of an XML file. Text is good until the next token.
type token struct {
	kind tokenKind
	elem element
	text []byte
}

// xmlScanner reads UTF-8 XML a token at a time. It knows no namespaces and no
// DTD, which exchange files do without, and is five times as fast as the
// standard library's, which reads them byte by byte. Control characters, and
// references to them, vanish; a byte that is no UTF-8 becomes U+FFFD, which
// the unit that holds it is skipped for. Nothing between two resets may be
// larger than limit, so that no tag, text or DOCTYPE fills the memory.
type xmlScanner struct {
	r        *bufio.Reader
	line     int // of what was read last, from 1
	given    int // bytes since the last reset
	limit    int
	raw      []byte   // what readTo gave
	clean    []byte   // text made fit
	open     []string // full names of the elements that are open
	selfEnd  bool     // the last start tag was its end as well
	names    map[string]string
	attrs    []attribute
	anything bool // the root has been seen
}

func newXMLScanner(r *bufio.Reader, limit int) *xmlScanner {
	return &xmlScanner{r: r, line: 1, limit: limit, names: map[string]string{}}
}

func (x *xmlScanner) reset() { x.given = 0 }

// errCutOff is the end of a file within an element.
var errCutOff = errors.New("the file ends within an element; it was cut off")

func malformed(format string, args ...any) error {
	return fmt.Errorf("not well-formed XML: "+format, args...)
}

// next gives the next token; io.EOF at the end of a whole file.
func (x *xmlScanner) next() (token, error) {
	if x.selfEnd {
		x.selfEnd = false
		return x.end(x.open[len(x.open)-1])
	}
	for {
		c, err := x.r.ReadByte()
		if errors.Is(err, io.EOF) && len(x.open) > 0 {
			return token{}, errCutOff
		}
		if err != nil {
			return token{}, err
		}
		if c != '<' {
			if err := x.r.UnreadByte(); err != nil {
				return token{}, err
			}
			return x.text()
		}
		if x.given++; x.given > x.limit {
			return token{}, &limitError{"a unit or tag", x.limit}
		}
		if t, ok, err := x.markup(); ok || err != nil {
			return t, err
		}
	}
}

// markup reads what follows a <; ok is false for a comment and the like.
func (x *xmlScanner) markup() (t token, ok bool, err error) {
	head, _ := x.r.Peek(9)
	switch {
	case len(head) == 0:
		return t, false, errCutOff
	case head[0] == '?':
		return t, false, x.readTo("?", "?>")
	case bytes.HasPrefix(head, []byte("!--")):
		return t, false, x.readTo("!--", "-->")
	case bytes.HasPrefix(head, []byte("![CDATA[")):
		if err := x.readTo("![CDATA[", "]]>"); err != nil {
			return t, false, err
		}
		text, err := x.fit(x.raw[len("![CDATA["):len(x.raw)-len("]]>")], false)
		return token{kind: textToken, text: text}, true, err
	case head[0] == '!':
		return t, false, x.doctype()
	case head[0] == '/':
		if err := x.readTo("/", ">"); err != nil {
			return t, false, err
		}
		t, err = x.end(string(bytes.TrimSpace(x.raw[1 : len(x.raw)-1])))
		return t, true, err
	}
	t, err = x.start()
	return t, true, err
}

// readTo reads into raw, which begins with opening, as far as the end of until.
func (x *xmlScanner) readTo(opening, until string) error {
	x.raw = x.raw[:0]
	last := until[len(until)-1]
	for {
		if err := x.readByteTo(last); err != nil {
			return err
		}
		if len(x.raw) >= len(opening)+len(until) && bytes.HasSuffix(x.raw, []byte(until)) {
			return nil
		}
	}
}

// readByteTo appends to raw what comes as far as the byte last.
func (x *xmlScanner) readByteTo(last byte) error {
	for {
		part, err := x.r.ReadSlice(last)
		if x.given += len(part); x.given > x.limit {
			return &limitError{"a unit or tag", x.limit}
		}
		x.line += bytes.Count(part, []byte{'\n'})
		x.raw = append(x.raw, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return errCutOff
		}
		return err
	}
}

// errEntities refuses a file that defines entities: the means by which a few
// lines grow to gigabytes.
var errEntities = errors.New("the DOCTYPE defines entities of its own, which are not expanded; take the definitions out")

// doctype steps over a declaration. What it points at is never fetched.
func (x *xmlScanner) doctype() error {
	x.raw = x.raw[:0]
	comment, quote := false, byte(0)
	for from, depth := 0, 1; depth > 0; {
		if err := x.readByteTo('>'); err != nil {
			return err
		}
		for i := from; i < len(x.raw); i++ {
			switch c := x.raw[i]; {
			case comment:
				comment = !bytes.HasSuffix(x.raw[:i+1], []byte("-->"))
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case bytes.HasSuffix(x.raw[:i+1], []byte("<!--")):
				comment = true
				depth--
			case c == '"' || c == '\'':
				quote = c
			case c == '<' || c == '[':
				depth++
			case c == '>' || c == ']':
				depth--
			}
		}
		from = len(x.raw)
	}
	if bytes.Contains(x.raw, []byte("<!ENTITY")) {
		return errEntities
	}
	return nil
}

// text reads character data.
func (x *xmlScanner) text() (token, error) {
	x.raw = x.raw[:0]
	err := x.readByteTo('<')
	n := len(x.raw)
	switch {
	case errors.Is(err, errCutOff) && len(x.open) == 0: // behind the root
	case err != nil:
		return token{}, err
	default:
		if err := x.r.UnreadByte(); err != nil {
			return token{}, err
		}
		n--
		x.given--
	}
	if !x.anything && len(bytes.TrimSpace(x.raw[:n])) > 0 {
		return token{}, malformed("text before the first element")
	}
	text, err := x.fit(x.raw[:n], true)
	return token{kind: textToken, text: text}, err
}

// end closes the innermost element, whose full name must be name.
func (x *xmlScanner) end(name string) (token, error) {
	n := len(x.open)
	if n == 0 || x.open[n-1] != name {
		want := "nothing is open"
		if n > 0 {
			want = "<" + x.open[n-1] + "> is open"
		}
		return token{}, malformed("</%s> where %s", clip(name), want)
	}
	x.open = x.open[:n-1]
	return token{kind: endToken}, nil
}

// start reads a start tag.
func (x *xmlScanner) start() (token, error) {
	x.raw = x.raw[:0]
	quote := byte(0)
	for from := 0; from == 0 || quote != 0; {
		if err := x.readByteTo('>'); err != nil {
			return token{}, err
		}
		for _, c := range x.raw[from:] {
			switch {
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			case c == quote:
				quote = 0
			}
		}
		from = len(x.raw)
	}
	tag := x.raw[:len(x.raw)-1]
	if tag, x.selfEnd = bytes.CutSuffix(tag, []byte("/")); !nameByte(first(tag)) {
		return token{}, malformed("<%s is no tag", clip(string(tag)))
	}
	full, rest := cutName(tag)
	x.anything = true
	x.open = append(x.open, x.intern(full))
	x.attrs = x.attrs[:0]
	for rest = bytes.TrimSpace(rest); len(rest) > 0; rest = bytes.TrimSpace(rest) {
		var err error
		if rest, err = x.attribute(rest); err != nil {
			return token{}, err
		}
	}
	return token{kind: startToken, elem: element{name: x.intern(local(full)), attrs: x.attrs}}, nil
}

// attribute reads one attribute and gives what follows it.
func (x *xmlScanner) attribute(s []byte) (rest []byte, err error) {
	name, rest := cutName(s)
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(rest), []byte("="))
	rest = bytes.TrimSpace(rest)
	if q := first(rest); len(name) == 0 || !ok || q != '"' && q != '\'' {
		return nil, malformed("an attribute that is no name=\"value\": %s", clip(string(s)))
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, malformed("an attribute without its closing quote: %s", clip(string(s)))
	}
	value, err := x.fit(rest[1:1+end], true)
	x.attrs = append(x.attrs, attribute{x.intern(local(name)), x.intern(value)})
	return rest[end+2:], err
}

func first(s []byte) byte {
	if len(s) == 0 {
		return 0
	}
	return s[0]
}

func nameByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.' || c >= utf8.RuneSelf
}

func cutName(s []byte) (name, rest []byte) {
	n := 0
	for n < len(s) && nameByte(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

func local(name []byte) []byte { return name[bytes.LastIndexByte(name, ':')+1:] }

// intern gives s as a string, the same one for names and values that come
// again and again.
func (x *xmlScanner) intern(s []byte) string {
	if v, ok := x.names[string(s)]; ok {
		return v
	}
	v := string(s)
	if len(v) < 40 && len(x.names) < 1000 {
		x.names[v] = v
	}
	return v
}

// fit gives s, good until the next call, without what XML does not allow, line ends as \n, and, where
// refs are asked for, with its references resolved.
func (x *xmlScanner) fit(s []byte, refs bool) ([]byte, error) {
	if isFit(s, refs) {
		return s, nil
	}
	x.clean = x.clean[:0]
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		i += n
		switch {
		case r == '&' && refs:
			end := bytes.IndexByte(s[i:min(len(s), i+40)], ';')
			if end < 0 {
				return nil, malformed("an & that begins no reference; write &amp;")
			}
			var err error
			if x.clean, err = resolve(x.clean, string(s[i:i+end])); err != nil {
				return nil, err
			}
			i += end + 1
		case r == '\r':
			if i >= len(s) || s[i] != '\n' {
				x.clean = append(x.clean, '\n')
			}
		case legalXML(r):
			x.clean = utf8.AppendRune(x.clean, r)
		}
	}
	return x.clean, nil
}

// isFit says that fit would change nothing.
func isFit(s []byte, refs bool) bool {
	ascii := true
	for _, c := range s {
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c < 0x20 && c != '\n' && c != '\t', c == '&' && refs:
			return false
		}
	}
	return ascii || utf8.Valid(s) && !bytes.Contains(s, []byte("\uffff")) && !bytes.Contains(s, []byte("\ufffe"))
}

// resolve appends what the reference &name; stands for.
func resolve(b []byte, name string) ([]byte, error) {
	switch name {
	case "amp":
		return append(b, '&'), nil
	case "lt":
		return append(b, '<'), nil
	case "gt":
		return append(b, '>'), nil
	case "quot":
		return append(b, '"'), nil
	case "apos":
		return append(b, '\''), nil
	}
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if len(digits) > 1 && digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil {
			return nil, malformed("&%s; is no character", clip(name))
		}
		if n <= utf8.MaxRune && legalXML(rune(n)) {
			b = utf8.AppendRune(b, rune(n))
		}
		return b, nil
	}
	if text, ok := xml.HTMLEntity[name]; ok { // &nbsp; needs no DOCTYPE
		return append(b, text...), nil
	}
	return nil, malformed("&%s; is a reference to nothing", clip(name))
}

// legalXML says that XML 1.0 allows the character r.
func legalXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r < 0xd800 || r >= 0xe000 && r < 0xfffe || r >= 0x10000
}
