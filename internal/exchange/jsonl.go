package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// jsonUnit is a unit as one line of JSON. Only variants, and in them lang and
// text, must be there.
type jsonUnit struct {
	ID        string        `json:"id,omitempty"`
	Statement jsonStatement `json:"statement,omitzero"`
	Position  int           `json:"position,omitempty"` // in its statement, from 0
	Variants  []jsonVariant `json:"variants,omitempty"`
	Prob      float64       `json:"probability,omitempty"` // 0 to 1
	Status    bitext.Status `json:"status,omitempty"`      // ok, review, accepted
	Note      string        `json:"note,omitempty"`
}

type jsonStatement struct {
	ID      string `json:"id,omitempty"`
	Title   string `json:"title,omitempty"`
	Date    string `json:"date,omitempty"` // YYYY-MM-DD
	Speaker string `json:"speaker,omitempty"`
}

type jsonVariant struct {
	Lang       string `json:"lang"`
	Label      string `json:"label,omitempty"`
	Text       string `json:"text,omitempty"`
	Date       string `json:"date,omitempty"`
	Source     string `json:"source,omitempty"`
	Translator string `json:"translator,omitempty"`
	Machine    bool   `json:"machine,omitempty"`
	// At says, in the comment by which a unit travels through a bilingual
	// format, that the text stands there as source or as target.
	At string `json:"at,omitempty"`
}

func toJSON(u *bitext.Unit) jsonUnit {
	j := jsonUnit{
		ID: u.ID, Statement: jsonStatement(u.Statement), Position: u.Position,
		Prob: u.Prob, Status: u.Status, Note: u.Note,
	}
	for _, v := range u.Variants {
		j.Variants = append(j.Variants, jsonVariant{
			Lang: string(v.Lang), Label: v.Label, Text: v.Text, Date: v.Date,
			Source: v.Source, Translator: v.Translator, Machine: v.Machine,
		})
	}
	return j
}

func (j *jsonUnit) unit() (bitext.Unit, error) {
	u := bitext.Unit{
		ID: j.ID, Statement: bitext.Statement(j.Statement), Position: j.Position,
		Prob: j.Prob, Status: j.Status, Note: j.Note,
	}
	regions := make([]string, 0, len(j.Variants))
	for _, v := range j.Variants {
		lang, region, err := langLabel(v.Lang)
		if err != nil {
			return u, err
		}
		u.Variants = append(u.Variants, bitext.Variant{
			Lang: lang, Label: v.Label, Text: v.Text, Date: v.Date,
			Source: v.Source, Translator: v.Translator, Machine: v.Machine,
		})
		regions = append(regions, region)
	}
	labelByRegion(u.Variants, regions)
	return u, nil
}

// readJSONL reads a unit a line, or a bead as an alignment is reported, or a
// line of texts by language: {"ru":"…","en@kremlin":"…"}. Blank lines and unknown fields are let pass.
func readJSONL(r io.Reader, out *sink) error {
	b, err := utf8Reader(r, out.orSaid(undeclared))
	if err != nil {
		return err
	}
	in := &lines{r: b, limit: out.limits.UnitBytes}
	for {
		line, err := in.next()
		out.line = in.n
		var long *limitError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &long):
			if err := out.unit(bitext.Unit{}, err.Error()); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		if !json.Valid(line) {
			// Not one bad unit but a file that is damaged or something else.
			if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
				return errors.New("this is one array over many lines; write one object a line")
			}
			return errors.New("this line is not JSON; the file may be cut off")
		}
		u, err := parseJSONUnit(line)
		reason := ""
		if err != nil {
			reason = err.Error()
		}
		if err := out.unit(u, reason); err != nil {
			return err
		}
	}
}

func parseJSONUnit(line []byte) (bitext.Unit, error) {
	if !utf8.Valid(line) {
		return bitext.Unit{}, errors.New(notUTF8)
	}
	var j jsonUnit
	if err := json.Unmarshal(line, &j); err != nil {
		if u, ok := parseFlat(line); ok {
			return u, nil
		}
		return bitext.Unit{}, fmt.Errorf("not a unit in JSON: %w", err)
	}
	if len(j.Variants) == 0 {
		if u, ok := parseBead(line); ok {
			return u, nil
		}
		if u, ok := parseFlat(line); ok {
			return u, nil
		}
	}
	return j.unit()
}

// parseBead reads a bead as an alignment is reported in JSON lines: its place,
// its sides with the names of their versions, probability and status.
func parseBead(line []byte) (u bitext.Unit, ok bool) {
	var bead struct {
		Bead   int           `json:"bead"`
		Prob   float64       `json:"prob"`
		Status bitext.Status `json:"status"`
		Sides  []struct {
			Version string `json:"version"`
			Text    string `json:"text"`
		} `json:"sides"`
	}
	if json.Unmarshal(line, &bead) != nil || len(bead.Sides) == 0 {
		return u, false
	}
	u.Position, u.Prob, u.Status = bead.Bead, bead.Prob, bead.Status
	for _, side := range bead.Sides {
		c := headerColumn(side.Version)
		if c.kind != textColumn {
			return u, false
		}
		u.Variants = append(u.Variants, bitext.Variant{Lang: c.lang, Label: c.label, Text: side.Text})
	}
	return u, true
}

// parseFlat reads texts by language, other fields as in a table; ok says that
// there was one.
func parseFlat(line []byte) (u bitext.Unit, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(line, &fields) != nil {
		return u, false
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := headerColumn(name)
		var value string
		if json.Unmarshal(fields[name], &value) != nil {
			if raw := fields[name]; c.kind != unitColumn || !strings.Contains("-0123456789", string(raw[:1])) {
				continue
			}
			value = string(fields[name])
		}
		if c.kind == unitColumn && c.field == "statement" {
			u.Statement.ID = value
		} else if c.set(&u, value) != nil {
			return u, false
		}
		ok = ok || c.kind == textColumn && strings.TrimSpace(value) != ""
	}
	return u, ok
}

func writeJSONL(w io.Writer, units iter.Seq2[bitext.Unit, error]) (n int, err error) {
	b := bufio.NewWriterSize(w, bufferSize)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for u, err := range units {
		if err != nil {
			return n, err
		}
		if err := enc.Encode(toJSON(&u)); err != nil {
			return n, fmt.Errorf("write jsonl: %w", err)
		}
		n++
	}
	if err := b.Flush(); err != nil {
		return n, fmt.Errorf("write jsonl: %w", err)
	}
	return n, nil
}
