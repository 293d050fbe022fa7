package exchange

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// tbxDialect is what differs between the kinds of TBX that are written.
type tbxDialect struct {
	head, foot       string
	entry, lang, sec string // element names
	dct              bool   // data categories are elements
}

const tbxTitle = `<fileDesc><titleStmt><title>Glossary</title></titleStmt><sourceDesc><p>Written by sverka</p></sourceDesc></fileDesc>`

var tbxMartif = tbxDialect{
	head: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader>` + tbxTitle + `<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>
<text>
<body>
`,
	foot:  "</body>\n</text>\n</martif>\n",
	entry: "termEntry", lang: "langSet", sec: "tig",
}

var tbxDCA = tbxDialect{
	head: `<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader>` + tbxTitle + `</tbxHeader>
<text>
<body>
`,
	foot:  "</body>\n</text>\n</tbx>\n",
	entry: "conceptEntry", lang: "langSec", sec: "termSec",
}

var tbxDCT = tbxDialect{
	head: `<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader>` + tbxTitle + `</tbxHeader>
<text>
<body>
`,
	foot:  tbxDCA.foot,
	entry: "conceptEntry", lang: "langSec", sec: "termSec", dct: true,
}

// modules says in which namespace of TBX-Basic a data category stands.
var modules = map[string]string{
	"subjectField": "min", "partOfSpeech": "min", "administrativeStatus": "min",
	"definition": "basic", "source": "basic", "transactionType": "basic",
}

type tbxWriter struct{ *tbxDialect }

func (t tbxWriter) head(b *bufio.Writer) { b.WriteString(t.tbxDialect.head) }
func (t tbxWriter) foot(b *bufio.Writer) { b.WriteString(t.tbxDialect.foot) }

// datum writes a data category; element is its element in the style DCA.
func (t tbxWriter) datum(b *bufio.Writer, element, category, value string) {
	switch {
	case value == "":
	case t.dct:
		fmt.Fprintf(b, "<%[1]s:%[2]s>%[3]s</%[1]s:%[2]s>\n", modules[category], category, escText(value))
	default:
		fmt.Fprintf(b, "<%[1]s type=\"%[2]s\">%[3]s</%[1]s>\n", element, category, escText(value))
	}
}

func (t tbxWriter) note(b *bufio.Writer, value string) {
	if value != "" {
		fmt.Fprintf(b, "<note>%s</note>\n", escText(value))
	}
}

func (t tbxWriter) date(b *bufio.Writer, kind, value string) {
	if value != "" {
		b.WriteString("<transacGrp>\n")
		t.datum(b, "transac", "transactionType", kind)
		fmt.Fprintf(b, "<date>%s</date>\n</transacGrp>\n", escText(value))
	}
}

var tbxStatus = map[bitext.TermStatus]string{
	bitext.TermPreferred: "preferredTerm-admn-sts", bitext.TermAdmitted: "admittedTerm-admn-sts",
	bitext.TermDeprecated: "deprecatedTerm-admn-sts",
}

func (t tbxWriter) concept(b *bufio.Writer, c *bitext.Concept) error {
	b.WriteString("<" + t.entry)
	if c.ID != "" {
		fmt.Fprintf(b, ` id="%s"`, escAttr(escapeID(c.ID)))
	}
	b.WriteString(">\n")
	t.datum(b, "descrip", "subjectField", c.Subject)
	t.datum(b, "descrip", "definition", c.Definition)
	t.datum(b, "admin", "source", c.Source)
	t.date(b, "origination", c.Created)
	t.date(b, "modification", c.Modified)
	t.note(b, c.Note)
	last := bitext.Lang("")
	for i := range c.Terms {
		m := &c.Terms[i]
		if i == 0 || m.Lang != last {
			if i > 0 {
				fmt.Fprintf(b, "</%s>\n", t.lang)
			}
			fmt.Fprintf(b, "<%s xml:lang=\"%s\">\n", t.lang, escAttr(string(m.Lang)))
			last = m.Lang
		}
		t.term(b, m)
	}
	if len(c.Terms) > 0 {
		fmt.Fprintf(b, "</%s>\n", t.lang)
	}
	_, err := fmt.Fprintf(b, "</%s>\n", t.entry)
	return err
}

func (t tbxWriter) term(b *bufio.Writer, m *bitext.Term) {
	fmt.Fprintf(b, "<%s>\n<term>%s</term>\n", t.sec, escText(m.Text))
	t.datum(b, "termNote", "partOfSpeech", m.PartOfSpeech)
	t.datum(b, "termNote", "administrativeStatus", tbxStatus[m.Status])
	t.datum(b, "admin", "source", m.Source)
	t.date(b, "modification", m.Date)
	t.note(b, m.Note)
	fmt.Fprintf(b, "</%s>\n", t.sec)
}

// An id of an XML file is a name: letters, digits and few marks, a letter
// first. Another id is written behind idMark, with what a name cannot have as
// _hex_.
const idMark = "id."

func escapeID(id string) string {
	if isXMLName(id) && !strings.HasPrefix(id, idMark) {
		return id
	}
	var s strings.Builder
	s.WriteString(idMark)
	for _, r := range id {
		if r != '_' && nameRune(r) {
			s.WriteRune(r)
		} else {
			fmt.Fprintf(&s, "_%x_", r)
		}
	}
	return s.String()
}

// unescapeID undoes escapeID; an id that escapeID did not make comes as it is.
func unescapeID(id string) string {
	rest, ok := strings.CutPrefix(id, idMark)
	if !ok {
		return id
	}
	var s strings.Builder
	for rest != "" {
		plain, more, found := strings.Cut(rest, "_")
		s.WriteString(plain)
		if !found {
			break
		}
		hex, after, closed := strings.Cut(more, "_")
		n, err := strconv.ParseUint(hex, 16, 32)
		if !closed || err != nil || n > utf8.MaxRune {
			return id
		}
		s.WriteRune(rune(n))
		rest = after
	}
	if out := s.String(); escapeID(out) == id {
		return out
	}
	return id
}

func isXMLName(s string) bool {
	for i, r := range s {
		if !nameRune(r) || i == 0 && r != '_' && !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// nameRune says that a name may have r; what XML allows beyond letters, digits
// and the three marks is left to the escapes.
func nameRune(r rune) bool {
	return r == '-' || r == '.' || r == '_' || r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) ||
		r >= 0x430 && r <= 0x44f || r >= 0x4e00 && r <= 0x9fff
}
