package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// sideComment opens the comment in which a sidecar travels.
const sideComment = "sverka: "

var poCharset = regexp.MustCompile(`(?i)charset=([A-Za-z0-9._:-]+)`)

func declaredPO(head []byte) string {
	m := poCharset.FindSubmatch(head)
	if m == nil || string(m[1]) == "CHARSET" { // what a template says
		return ""
	}
	return string(m[1])
}

// poEntry is one entry of a PO file.
type poEntry struct {
	line      int // of its first line
	id        []byte
	strs      [][]byte // msgstr, or msgstr[0], msgstr[1], …
	plural    []byte
	side      string
	notes     []string
	fuzzy     bool
	into      *[]byte // what a line that is only a string goes on
	malformed string
	any       bool
}

// readPO reads a PO file. The languages are those of columns (source, target),
// else X-Source-Language (else English) and Language of its header.
func readPO(r io.Reader, columns []string, out *sink) error {
	b, err := utf8Reader(r, out.orSaid(declaredPO))
	if err != nil {
		return err
	}
	p := &poReader{out: out, src: "en"}
	if len(columns) > 0 {
		if len(columns) != 2 {
			return fmt.Errorf("a PO file takes two columns, source and target language; %d are given", len(columns))
		}
		p.src, p.trg, p.fixed = columns[0], columns[1], true
	}
	in := &lines{r: b, limit: out.limits.UnitBytes}
	for {
		line, err := in.next()
		var long *limitError
		switch {
		case errors.Is(err, io.EOF):
			return p.end()
		case errors.As(err, &long):
			p.cur.malformed = err.Error()
			p.cur.any = true
			continue
		case err != nil:
			return err
		}
		if err := p.take(strings.TrimSpace(string(line)), in.n); err != nil {
			return err
		}
		out.line = in.n
	}
}

type poReader struct {
	out      *sink
	src, trg string
	fixed    bool // the caller named the languages
	cur      poEntry
	size     int // of cur
}

// take reads one line.
func (p *poReader) take(line string, n int) error {
	begins := strings.HasPrefix(line, "msgid ") || strings.HasPrefix(line, "msgctxt ") || strings.HasPrefix(line, "#")
	if line == "" || begins && len(p.cur.strs) > 0 {
		if err := p.end(); err != nil {
			return err
		}
		if line == "" {
			return nil
		}
	}
	e := &p.cur
	if !e.any {
		e.any, e.line = true, n
	}
	if p.size += len(line); p.size > p.out.limits.UnitBytes {
		e.malformed = (&limitError{"an entry", p.out.limits.UnitBytes}).Error()
		return nil
	}
	if !utf8.ValidString(line) {
		e.malformed = notUTF8
		return nil
	}
	if line[0] == '#' {
		e.comment(line)
		return nil
	}
	if bad := e.field(line); bad != "" && e.malformed == "" {
		e.malformed = fmt.Sprintf("line %d: %s", n, bad)
	}
	return nil
}

func (e *poEntry) comment(line string) {
	text := strings.TrimPrefix(line[1:], " ")
	switch {
	case strings.HasPrefix(line, "#. "+sideComment):
		e.side = line[len("#. "+sideComment):]
	case strings.HasPrefix(line, "#,"):
		e.fuzzy = e.fuzzy || strings.Contains(line, "fuzzy")
	case strings.HasPrefix(line, "#~"):
		e.malformed = "obsolete"
	case line == "#" || line[1] == ' ':
		e.notes = append(e.notes, text)
	}
}

// field reads a keyword and its string, or a string that goes on the one before.
func (e *poEntry) field(line string) (bad string) {
	keyword, value, _ := strings.Cut(line, " ")
	if line[0] == '"' {
		keyword, value = "", line
	}
	s, err := unquotePO(strings.TrimSpace(value))
	if err != nil {
		return err.Error()
	}
	var ignored []byte
	switch {
	case keyword == "" && e.into == nil:
		return "a string that belongs to nothing"
	case keyword == "":
		*e.into = append(*e.into, s...)
		return ""
	case keyword == "msgid":
		e.into = &e.id
	case keyword == "msgctxt":
		e.into = &ignored
	case keyword == "msgid_plural":
		e.into = &e.plural
	case keyword == "msgstr" || strings.HasPrefix(keyword, "msgstr["):
		e.strs = append(e.strs, nil)
		e.into = &e.strs[len(e.strs)-1]
	default:
		return fmt.Sprintf("%q is no keyword of PO", clip(keyword))
	}
	*e.into = append((*e.into)[:0], s...)
	return ""
}

// end hands on the entry read last. The header gives the languages.
func (p *poReader) end() error {
	e := p.cur
	p.cur, p.size = poEntry{}, 0
	switch {
	case !e.any || e.malformed == "" && len(e.id) == 0 && len(e.strs) == 0:
		return nil // blank lines, or comments alone
	case e.malformed != "":
		return p.out.unit(bitext.Unit{}, e.malformed)
	case len(e.id) == 0 && len(e.strs) > 0:
		return p.header(string(e.strs[0]))
	case p.trg == "":
		return errors.New("no Language in the header; say which languages it has with --columns SOURCE,TARGET")
	}
	if len(e.strs) == 0 {
		return p.out.unit(bitext.Unit{}, "an entry without msgstr")
	}
	q := pair{
		srcTag: p.src, trgTag: p.trg, source: string(e.id), target: string(e.strs[0]),
		side: e.side, note: strings.Join(e.notes, "\n"), inReview: e.fuzzy, showsReview: true,
	}
	u, reason := q.unit()
	if err := p.out.unit(u, reason); err != nil {
		return err
	}
	if len(e.plural) > 0 && len(e.strs) > 1 {
		q.source, q.target = string(e.plural), string(e.strs[len(e.strs)-1])
		u, reason = q.unit()
		return p.out.unit(u, reason)
	}
	return nil
}

func (p *poReader) header(text string) error {
	if p.fixed {
		return nil
	}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); strings.ToLower(strings.TrimSpace(name)) {
		case "language":
			p.trg = value
		case "x-source-language":
			if value != "" {
				p.src = value
			}
		}
	}
	return nil
}

// unquotePO reads a string of PO: C escapes within double quotes.
func unquotePO(s string) (string, error) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", fmt.Errorf("%s is not a string in double quotes", clip(s))
	}
	s = s[1 : len(s)-1]
	if !strings.ContainsAny(s, `\"`) {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			return "", errors.New("a double quote within a string; write it \\\"")
		}
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", errors.New("a string that ends with a backslash")
		}
		if k := strings.IndexByte(`ntr"\abfv`, s[i]); k >= 0 {
			b.WriteByte("\n\t\r\"\\\a\b\f\v"[k])
			continue
		}
		if n, size := numericEscape(s[i:]); size > 0 {
			b.WriteByte(n)
			i += size - 1
			continue
		}
		b.WriteByte('\\')
		b.WriteByte(s[i])
	}
	return b.String(), nil
}

// numericEscape reads what follows a backslash in \x1f and \037.
func numericEscape(s string) (value byte, size int) {
	digits, base, skip := "", 8, 0
	if s[0] == 'x' {
		base, skip = 16, 1
		digits = s[1:min(len(s), 3)]
	} else {
		digits = s[:min(len(s), 3)]
	}
	for len(digits) > 0 {
		if n, err := strconv.ParseUint(digits, base, 8); err == nil {
			return byte(n), skip + len(digits)
		}
		digits = digits[:len(digits)-1]
	}
	return 0, 0
}

// po writes PO.
type po struct{}

var poEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func (*po) head(b *bufio.Writer, src, trg bitext.Lang, opt WriteOptions) {
	fmt.Fprintf(b, `msgid ""
msgstr ""
"Project-Id-Version: sverka\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: %s\n"
"X-Source-Language: %s\n"
"X-Generator: sverka %s\n"
`, trg, src, poEscapes.Replace(opt.ToolVersion))
}

// unit writes one entry. The number as context keeps apart entries that share
// their source, which PO forbids otherwise.
func (*po) unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string) {
	b.WriteByte('\n')
	if u.Note != "" {
		for l := range strings.SplitSeq(strings.ReplaceAll(legal(u.Note), "\r", ""), "\n") {
			b.WriteString(strings.TrimSpace("# "+l) + "\n")
		}
	}
	fmt.Fprintf(b, "#. %s%s\n", sideComment, side)
	if u.Status == bitext.StatusReview {
		b.WriteString("#, fuzzy\n")
	}
	fmt.Fprintf(b, "msgctxt \"%d\"\nmsgid %s\nmsgstr %s\n", n, quotePO(src.Text), quotePO(trg.Text))
}

func quotePO(s string) string { return `"` + poEscapes.Replace(legal(s)) + `"` }

func (*po) foot(*bufio.Writer) {}
