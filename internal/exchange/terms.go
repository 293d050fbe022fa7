package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// The formats of glossaries beside CSV, TSV and JSON lines. TBX is written as
// TBX-Basic of version 2 (martif), TBX3 as that of version 3 (ISO 30042:2019)
// in the style DCA, TBX3DCT in the style DCT; each of them reads all.
const (
	TBX     Format = "tbx"
	TBX3    Format = "tbx3"
	TBX3DCT Format = "tbx3-dct"
)

// TermFormats are the formats of glossaries, in the order in which they are
// listed to a person.
var TermFormats = []Format{TBX, TBX3, TBX3DCT, CSV, TSV, JSONL}

// TermFormatOf tells the format of a glossary by the ending of its name. The
// error for an unknown one lists those that are known.
func TermFormatOf(path string) (Format, error) {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	switch f := Format(ext); {
	case slices.Contains(TermFormats, f):
		return f, nil
	case ext == "tab":
		return TSV, nil
	case ext == "ndjson":
		return JSONL, nil
	case ext == "mtf":
		return TBX, nil
	}
	return "", fmt.Errorf("%s: unknown format of a glossary %q; known are .tbx .csv .tsv .tab .jsonl .ndjson", path, ext)
}

// ReadTerms gives the entries of the glossary r, which is in format f; path is
// for messages. Of opt, Columns names the columns of a table without a header.
// An error is a *SkipError where one entry is left out and reading goes on, and
// else the last thing that comes, mostly an *Error. tidy, if not nil, brings an
// entry into form or says why it cannot be taken. In a table only rows that
// follow one another make one entry.
func ReadTerms(r io.Reader, f Format, path string, opt ReadOptions, tidy func(*bitext.Concept) string) iter.Seq2[bitext.Concept, error] {
	opt = opt.withDefaults()
	return func(yield func(bitext.Concept, error) bool) {
		out := &conceptSink{sink: sink{path: path, limits: opt.Limits}, yield: yield, tidy: tidy}
		var err error
		switch f {
		case TBX, TBX3, TBX3DCT:
			err = readTBX(r, out)
		case TSV, CSV:
			err = readTermTable(r, f, opt.Columns, out)
		case JSONL:
			err = readTermsJSONL(r, out)
		default:
			err = fmt.Errorf("unknown format of a glossary %q; known are %v", f, TermFormats)
		}
		if err != nil && !errors.Is(err, errStopped) {
			var placed *Error
			if !errors.As(err, &placed) {
				err = &Error{Path: path, Line: out.line, Unit: out.n, Err: err}
			}
			yield(bitext.Concept{}, err)
		}
	}
}

// conceptSink takes the entries of one reader.
type conceptSink struct {
	sink
	yield func(bitext.Concept, error) bool
	tidy  func(*bitext.Concept) string
}

// concept hands on c, or the reason for which it is left out.
func (s *conceptSink) concept(c bitext.Concept, reason string) error {
	s.n++
	if reason == "" && len(c.Terms) > s.limits.Variants {
		reason = fmt.Sprintf("more than %d terms", s.limits.Variants)
	}
	if reason == "" && s.tidy != nil {
		reason = s.tidy(&c)
	}
	var err error
	if reason != "" {
		c, err = bitext.Concept{}, &SkipError{Path: s.path, Line: s.line, Unit: s.n, Reason: reason}
	}
	if !s.yield(c, err) {
		return errStopped
	}
	return nil
}

// ParseTermStatus reads the status of a term liberally, as glossaries of other
// tools write it too ("preferredTerm-admn-sts", "forbidden"); "" is none. The
// error names the words that are understood.
func ParseTermStatus(s string) (bitext.TermStatus, error) {
	w := strings.ToLower(strings.TrimSpace(s))
	w = strings.TrimSuffix(strings.TrimSuffix(w, "-admn-sts"), "term")
	switch strings.Trim(w, " -_") {
	case "":
		return "", nil
	case "preferred", "approved", "recommended", "standardized":
		return bitext.TermPreferred, nil
	case "admitted", "allowed", "accepted", "legal", "regulated", "provisional", "proposed":
		return bitext.TermAdmitted, nil
	case "deprecated", "superseded", "forbidden", "obsolete", "rejected", "not recommended", "do not use":
		return bitext.TermDeprecated, nil
	}
	return "", fmt.Errorf("%q is no status of a term (preferred, admitted, deprecated)", clip(s))
}

// WriteTerms writes the entries of a glossary to w in format f and gives how
// many it wrote. An error of concepts ends the writing and is returned.
func WriteTerms(w io.Writer, f Format, concepts iter.Seq2[bitext.Concept, error]) (n int, err error) {
	b := bufio.NewWriterSize(w, bufferSize)
	var out interface {
		head(*bufio.Writer)
		concept(*bufio.Writer, *bitext.Concept) error
		foot(*bufio.Writer)
	}
	switch f {
	case TBX:
		out = tbxWriter{&tbxMartif}
	case TBX3:
		out = tbxWriter{&tbxDCA}
	case TBX3DCT:
		out = tbxWriter{&tbxDCT}
	case CSV, TSV:
		out = termTable{f}
	case JSONL:
		out = termLines{}
	default:
		return 0, fmt.Errorf("unknown format of a glossary %q; known are %v", f, TermFormats)
	}
	out.head(b)
	for c, err := range concepts {
		if err != nil {
			return n, err
		}
		if err := out.concept(b, &c); err != nil {
			return n, fmt.Errorf("write %s: %w", f, err)
		}
		n++
	}
	out.foot(b)
	if err := b.Flush(); err != nil {
		return n, fmt.Errorf("write %s: %w", f, err)
	}
	return n, nil
}

// jsonConcept is an entry as one line of JSON. Only terms, and in them lang and
// text, must be there.
type jsonConcept struct {
	ID         string     `json:"id,omitempty"`
	Subject    string     `json:"subject,omitempty"`
	Definition string     `json:"definition,omitempty"`
	Note       string     `json:"note,omitempty"`
	Source     string     `json:"source,omitempty"`
	Created    string     `json:"created,omitempty"` // YYYY-MM-DD
	Modified   string     `json:"modified,omitempty"`
	Terms      []jsonTerm `json:"terms"`
}

type jsonTerm struct {
	Lang         string `json:"lang"`
	Text         string `json:"text"`
	Status       string `json:"status,omitempty"` // preferred, admitted, deprecated
	PartOfSpeech string `json:"pos,omitempty"`
	Note         string `json:"note,omitempty"`
	Source       string `json:"source,omitempty"`
	Date         string `json:"date,omitempty"`
}

type termLines struct{}

func (termLines) head(*bufio.Writer) {}
func (termLines) foot(*bufio.Writer) {}

func (termLines) concept(b *bufio.Writer, c *bitext.Concept) error {
	j := jsonConcept{
		ID: c.ID, Subject: c.Subject, Definition: c.Definition, Note: c.Note, Source: c.Source,
		Created: c.Created, Modified: c.Modified, Terms: []jsonTerm{},
	}
	for _, t := range c.Terms {
		j.Terms = append(j.Terms, jsonTerm{string(t.Lang), t.Text, string(t.Status), t.PartOfSpeech, t.Note, t.Source, t.Date})
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(j)
}

// readTermsJSONL reads an entry a line. Blank lines and unknown fields are let
// pass.
func readTermsJSONL(r io.Reader, out *conceptSink) error {
	b, err := utf8Reader(r, undeclared)
	if err != nil {
		return err
	}
	in := &lines{r: b, limit: out.limits.UnitBytes}
	for {
		line, err := in.next()
		out.line = in.n
		var c bitext.Concept
		var long *limitError
		reason := ""
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &long):
			reason = err.Error()
		case err != nil:
			return err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		case !json.Valid(line):
			return errors.New("this line is not JSON; the file may be cut off")
		default:
			if c, err = parseConcept(line); err != nil {
				reason = err.Error()
			}
		}
		if err := out.concept(c, reason); err != nil {
			return err
		}
	}
}

func parseConcept(line []byte) (c bitext.Concept, err error) {
	var j jsonConcept
	if !utf8.Valid(line) {
		return c, errors.New("not UTF-8")
	}
	if err := json.Unmarshal(line, &j); err != nil {
		return c, fmt.Errorf("not an entry in JSON: %w", err)
	}
	c = bitext.Concept{
		ID: j.ID, Subject: j.Subject, Definition: j.Definition, Note: j.Note, Source: j.Source,
		Created: j.Created, Modified: j.Modified,
	}
	for _, t := range j.Terms {
		lang, _, err := langLabel(t.Lang)
		if err != nil {
			return c, err
		}
		status, err := ParseTermStatus(t.Status)
		if err != nil {
			return c, err
		}
		c.Terms = append(c.Terms, bitext.Term{
			Lang: lang, Text: t.Text, Status: status, PartOfSpeech: t.PartOfSpeech, Note: t.Note, Source: t.Source, Date: t.Date,
		})
	}
	return c, nil
}
