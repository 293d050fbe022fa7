package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
)

// readTBX reads TBX of version 2 (martif) and 3, in the styles DCA and DCT,
// with tig, ntig and termSec.
func readTBX(r io.Reader, out *conceptSink) error {
	x, err := newXMLReader(r, &out.sink)
	if err != nil {
		return err
	}
	if err := x.tbxRoot(); err != nil {
		return err
	}
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind != startToken {
			continue
		}
		switch t.elem.name {
		case "termEntry", "conceptEntry":
			x.in.reset()
			c, reason, err := x.termEntry(t.elem)
			if err != nil {
				return err
			}
			if err := out.concept(c, reason); err != nil {
				return err
			}
			x.in.reset()
		case "martifHeader", "tbxHeader", "back":
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
}

// tbxRoot reads as far as the first element.
func (x *xmlReader) tbxRoot() error {
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return errors.New("the file is empty, or no TBX")
		}
		if err != nil {
			return err
		}
		if t.kind == startToken {
			if name := strings.ToLower(t.elem.name); name != "martif" && name != "tbx" {
				return fmt.Errorf("the file is no TBX: its first element is <%s>", clip(t.elem.name))
			}
			return nil
		}
	}
}

// datum is one thing that an entry, a language or a term says of itself: the
// data category (subjectField, partOfSpeech, note, …) and its value.
type datum struct{ key, value string }

// categories are the elements that name their data category by an attribute
// in the style DCA; in the style DCT the element has the category's name.
var categories = map[string]bool{
	"descrip": true, "termNote": true, "admin": true, "transac": true, "ref": true, "xref": true,
}

// datum reads what the element begun last says; a group says what its members
// say, and the date of a transaction is called by its kind.
func (x *xmlReader) datum(e element, take func(datum)) error {
	if strings.HasSuffix(e.name, "Grp") {
		var date, kind string
		err := x.children(func(e element) error {
			return x.datum(e, func(d datum) {
				switch d.key {
				case "date":
					date = d.value
				case "transactionType":
					kind = d.value
				default:
					take(d)
				}
			})
		})
		if date != "" {
			take(datum{"date:" + kind, date})
		}
		return err
	}
	key := e.name
	if kind := attr(e, "type"); categories[e.name] && kind != "" {
		key = kind
	}
	value, err := x.text()
	if value = strings.TrimSpace(value); value != "" {
		take(datum{key, value})
	}
	return err
}

// termEntry reads one entry; reason says why it cannot be taken.
func (x *xmlReader) termEntry(e element) (c bitext.Concept, reason string, err error) {
	c.ID = unescapeID(attr(e, "id"))
	about := func(d datum) {
		switch d.key {
		case "subjectField":
			c.Subject = joinNotes(c.Subject, d.value)
		case "definition":
			c.Definition = joinNotes(c.Definition, d.value)
		case "note":
			c.Note = joinNotes(c.Note, d.value)
		case "source":
			c.Source = joinNotes(c.Source, d.value)
		case "date:origination":
			c.Created = d.value
		case "date:modification", "date:":
			c.Modified = d.value
		}
	}
	err = x.children(func(e element) error {
		if e.name != "langSet" && e.name != "langSec" {
			return x.datum(e, about)
		}
		lang, _, err := langLabel(attr(e, "lang"))
		if err != nil {
			reason = err.Error()
		}
		return x.children(func(e element) error {
			if e.name != "tig" && e.name != "ntig" && e.name != "termSec" {
				return x.datum(e, about)
			}
			t := bitext.Term{Lang: lang}
			err := x.termSec(&t)
			c.Terms = append(c.Terms, t)
			return err
		})
	})
	return c, reason, err
}

// termSec reads a term with what is said of it. A status that is not known, and
// data categories that a glossary here has no place for, are passed over.
func (x *xmlReader) termSec(t *bitext.Term) error {
	return x.children(func(e element) error {
		switch e.name {
		case "term":
			text, err := x.text()
			t.Text = text
			return err
		case "termGrp":
			return x.termSec(t)
		}
		return x.datum(e, func(d datum) {
			switch d.key {
			case "partOfSpeech":
				t.PartOfSpeech = d.value
			case "administrativeStatus", "normativeAuthorization":
				if s, err := ParseTermStatus(d.value); err == nil {
					t.Status = s
				}
			case "note":
				t.Note = joinNotes(t.Note, d.value)
			case "source":
				t.Source = joinNotes(t.Source, d.value)
			case "date:modification", "date:origination", "date:":
				t.Date = d.value
			}
		})
	})
}
