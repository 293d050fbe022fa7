package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// A glossary as a table is written with a term a row. Rows of one id that
// follow one another are one entry; what is said of the entry stands in its
// first row. It is also read with an entry a row: a column a language (en, ru)
// or a language with a status (en:deprecated), several terms of a cell parted
// by |. Of the terms of a column without a status the first is preferred, the
// others are admitted.
var termFields = []string{
	"id", "lang", "term", "status", "pos", "note", "source", "date",
	"subject", "definition", "concept_note", "concept_source", "created", "modified",
}

// termAliases are names that other tools give to columns.
var termAliases = map[string]string{
	"language": "lang", "locale": "lang", "text": "term", "part_of_speech": "pos", "part of speech": "pos", "partofspeech": "pos",
	"comment": "note", "domain": "subject", "field": "subject", "subject_field": "subject", "concept": "id", "entry": "id",
	"concept_id": "id", "entry_id": "id", "usage": "status", "description": "definition",
}

// termColumn says where the cells of a column belong.
type termColumn struct {
	field  string            // one of termFields; "" for a column of terms, "-" for one to leave out
	lang   bitext.Lang       // of a column of terms
	status bitext.TermStatus // likewise; "" where it has none
}

func termColumnOf(name string) termColumn {
	low := strings.ToLower(strings.TrimSpace(name))
	if alias, ok := termAliases[low]; ok {
		low = alias
	}
	if slices.Contains(termFields, low) {
		return termColumn{field: low}
	}
	tag, word, marked := strings.Cut(low, ":")
	status, err := ParseTermStatus(word)
	if err != nil || marked && status == "" {
		return termColumn{field: "-"}
	}
	c := headerColumn(tag)
	if c.kind != textColumn || c.label != "" {
		return termColumn{field: "-"}
	}
	return termColumn{lang: c.lang, status: status}
}

// termHeader reads the names of columns; long says that a row is one term.
func termHeader(names []string) (columns []termColumn, long bool, err error) {
	terms, have := 0, map[string]bool{}
	for _, name := range names {
		c := termColumnOf(name)
		columns = append(columns, c)
		have[c.field] = true
		if c.field == "" {
			terms++
		}
	}
	switch {
	case have["term"] && have["lang"]:
		return columns, true, nil
	case terms > 0:
		return columns, false, nil
	}
	return nil, false, fmt.Errorf("the first row (%s) names neither the columns lang and term nor a language; say what the columns are with --columns, such as --columns en,ru",
		clip(strings.Join(names, ", ")))
}

func readTermTable(r io.Reader, f Format, names []string, out *conceptSink) error {
	b, err := utf8Reader(r, undeclared)
	if err != nil {
		return err
	}
	t := termRows{out: out}
	in := newRows(b, f, out.limits.UnitBytes)
	if len(names) > 0 {
		if t.columns, t.long, err = termHeader(names); err != nil {
			return err
		}
	}
	for first := true; ; first = false {
		cells, line, err := in.next()
		var long *limitError
		switch {
		case errors.Is(err, io.EOF):
			return t.flush()
		case errors.As(err, &long) && f == TSV:
			out.line = line
			if err := out.concept(bitext.Concept{}, err.Error()); err != nil {
				return err
			}
			continue
		case err != nil:
			out.line = line
			return err
		case len(strings.TrimSpace(strings.Join(cells, ""))) == 0:
			continue
		}
		if first && t.columns == nil {
			out.line = line
			if t.columns, t.long, err = termHeader(cells); err != nil {
				return err
			}
			continue
		}
		if first && slices.Equal(lower(cells), lower(names)) {
			continue
		}
		if err := t.row(cells, line); err != nil {
			return err
		}
	}
}

func lower(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.ToLower(strings.TrimSpace(c))
	}
	return out
}

// termRows makes entries of rows.
type termRows struct {
	out     *conceptSink
	columns []termColumn
	long    bool
	now     bitext.Concept // the entry that the rows so far make
	reason  string         // why it cannot be taken
	line    int            // of its last row
	begun   bool
}

func (t *termRows) flush() error {
	if !t.begun {
		return nil
	}
	c, reason := t.now, t.reason
	t.now, t.reason, t.begun = bitext.Concept{}, "", false
	t.out.line = t.line
	return t.out.concept(c, reason)
}

func (t *termRows) row(cells []string, line int) error {
	var c bitext.Concept
	var term bitext.Term
	reason := ""
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		switch {
		case !utf8.ValidString(cell):
			reason = "not UTF-8"
		case cell == "":
		case i >= len(t.columns):
			reason = fmt.Sprintf("the row has %d cells for %d columns", len(cells), len(t.columns))
		case t.columns[i].field == "":
			t.columns[i].terms(&c, cell)
		default:
			if err := setTermField(&c, &term, t.columns[i].field, cell, t.long); err != nil {
				reason = err.Error()
			}
		}
	}
	if t.long {
		c.Terms = append(c.Terms, term)
		switch {
		case term.Text == "":
			reason = "a row without a term"
		case term.Lang == "":
			reason = "a row without a language"
		}
	}
	if t.begun && (c.ID == "" || c.ID != t.now.ID) || !t.long {
		if err := t.flush(); err != nil {
			return err
		}
	}
	t.line = line
	if !t.begun {
		t.now, t.begun = bitext.Concept{ID: c.ID}, true
	}
	if t.reason == "" {
		t.reason = reason
	}
	addRow(&t.now, &c)
	return nil
}

// addRow puts what a row says into its entry; what two rows say differently is
// kept as the first has it.
func addRow(c, row *bitext.Concept) {
	for _, f := range []struct{ to, from *string }{
		{&c.Subject, &row.Subject}, {&c.Definition, &row.Definition}, {&c.Note, &row.Note},
		{&c.Source, &row.Source}, {&c.Created, &row.Created}, {&c.Modified, &row.Modified},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	c.Terms = append(c.Terms, row.Terms...)
}

// terms puts the terms of a cell into c.
func (col termColumn) terms(c *bitext.Concept, cell string) {
	status := col.status
	if status == "" {
		status = bitext.TermPreferred
	}
	for part := range strings.SplitSeq(cell, "|") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		c.Terms = append(c.Terms, bitext.Term{Lang: col.lang, Text: part, Status: status})
		if col.status == "" {
			status = bitext.TermAdmitted
		}
	}
}

func setTermField(c *bitext.Concept, t *bitext.Term, field, cell string, long bool) (err error) {
	switch field {
	case "id":
		c.ID = cell
	case "lang":
		t.Lang, _, err = langLabel(cell)
	case "term":
		t.Text = cell
	case "status":
		t.Status, err = ParseTermStatus(cell)
	case "pos":
		t.PartOfSpeech = cell
	case "date":
		t.Date = cell
		if !long {
			c.Modified = cell
		}
	case "subject":
		c.Subject = cell
	case "definition":
		c.Definition = cell
	case "concept_note":
		c.Note = cell
	case "concept_source":
		c.Source = cell
	case "created":
		c.Created = cell
	case "modified":
		c.Modified = cell
	case "note":
		if t.Note = cell; !long {
			c.Note = cell
		}
	case "source":
		if t.Source = cell; !long {
			c.Source = cell
		}
	}
	return err
}

type termTable struct{ format Format }

func (t termTable) row(b *bufio.Writer, cells []string) {
	for i, cell := range cells {
		switch {
		case t.format == TSV && i > 0:
			b.WriteByte('\t')
		case i > 0:
			b.WriteByte(',')
		}
		if t.format == TSV {
			tsvEscapes.WriteString(b, cell)
		} else {
			b.WriteString(quoteCSV(cell))
		}
	}
	b.WriteByte('\n')
}

func (t termTable) head(b *bufio.Writer) { t.row(b, termFields) }
func (t termTable) foot(*bufio.Writer)   {}

func (t termTable) concept(b *bufio.Writer, c *bitext.Concept) error {
	entry := []string{c.Subject, c.Definition, c.Note, c.Source, c.Created, c.Modified}
	for _, m := range c.Terms {
		t.row(b, append([]string{
			c.ID, string(m.Lang), m.Text, string(m.Status), m.PartOfSpeech, m.Note, m.Source, m.Date,
		}, entry...))
		entry = make([]string, len(entry))
	}
	return nil
}
