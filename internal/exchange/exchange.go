// Package exchange reads and writes translation units in the formats that
// tools of translators share: TMX 1.4b, XLIFF 1.2 and 2, PO, CSV, TSV and JSON
// lines; it reads hunalign's text output as well. Both directions stream: a unit
// at a time, whatever the file's size.
//
// Reading is liberal, writing strict. Every format carries a whole unit
// (statement, labels, dates, translators, probability, status): what a format
// has no place for of its own travels as properties or in a comment, and comes
// back. Reading what was written gives the units again, save that XML, and PO
// with it, has no place for most control characters: they are dropped.
package exchange

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sverka/internal/bitext"
)

// Format names an exchange format.
type Format string

// The formats. XLIFF is written as 1.2 and read in any version; XLIFF2 is
// written as 2.1 and read likewise.
const (
	TMX    Format = "tmx"
	XLIFF  Format = "xliff"
	XLIFF2 Format = "xliff2"
	TSV    Format = "tsv"
	CSV    Format = "csv"
	JSONL  Format = "jsonl"
	PO     Format = "po"
	// Hunalign is what hunalign writes with -text, "source<TAB>target<TAB>score"
	// with ~~~ between joined sentences. It is read only.
	Hunalign Format = "hunalign"
)

// Formats are all formats that are written, in the order in which they are
// listed to a person.
var Formats = []Format{TMX, XLIFF, XLIFF2, TSV, CSV, JSONL, PO}

var endings = map[string]Format{
	"tmx": TMX, "xliff": XLIFF, "xlf": XLIFF, "sdlxliff": XLIFF, "mqxliff": XLIFF, "mxliff": XLIFF, "xliff2": XLIFF2,
	"tsv": TSV, "tab": TSV, "csv": CSV, "jsonl": JSONL, "ndjson": JSONL, "po": PO, "pot": PO, "hunalign": Hunalign, "ladder": Hunalign,
}

// FormatOf tells the format of a file by the ending of its name. The error for
// an unknown one lists those that are known.
func FormatOf(path string) (Format, error) {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	if f, ok := endings[ext]; ok {
		return f, nil
	}
	var known []string
	for e := range endings {
		known = append(known, "."+e)
	}
	slices.Sort(known)
	return "", fmt.Errorf("%s: unknown exchange format %q; known are %s", path, ext, strings.Join(known, " "))
}

// Limits bound what a reader takes from a hostile or broken file. A zero value
// means the default.
type Limits struct {
	UnitBytes int // of one unit, row, tag or line; default 16 MiB
	Depth     int // of nested elements; default 64
	Variants  int // of one unit; default 1000
}

// ReadOptions says how to read.
type ReadOptions struct {
	// Columns names the columns of a table without a header: a language with
	// a label if need be ("en@kremlin"), a field ("id", "note"), or "-" for a
	// column to leave out. "en=source" takes the column that the header calls
	// source for en. For PO it may name source and target language, for hunalign
	// it must.
	Columns []string
	// Encoding is what the file is in, for one that does not say it; "" means
	// UTF-8, or what the file says of itself.
	Encoding string
	Limits   Limits
}

func (o ReadOptions) withDefaults() ReadOptions {
	if o.Limits.UnitBytes <= 0 {
		o.Limits.UnitBytes = 16 << 20
	}
	if o.Limits.Depth <= 0 {
		o.Limits.Depth = 64
	}
	if o.Limits.Variants <= 0 {
		o.Limits.Variants = 1000
	}
	return o
}

// Error says why a file cannot be read on. No unit follows it.
type Error struct {
	Path string
	Line int // from 1; 0 where it is not known
	Unit int // how many units were read before, skipped ones included
	Err  error
}

// Error names the file, the line and how far reading came.
func (e *Error) Error() string {
	units := "units"
	if e.Unit == 1 {
		units = "unit"
	}
	return fmt.Sprintf("%s (after %d %s): %v", place(e.Path, e.Line), e.Unit, units, e.Err)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// SkipError says why one unit was left out. Reading goes on behind it.
type SkipError struct {
	Path   string
	Line   int // from 1, where the unit ends; 0 where it is not known
	Unit   int // number of the unit in the file, from 1
	Reason string
}

// Error names the file, the line, the unit and the reason.
func (e *SkipError) Error() string {
	return fmt.Sprintf("%s: unit %d skipped: %s", place(e.Path, e.Line), e.Unit, e.Reason)
}

// Skip reports that only one unit is lost: true.
func (e *SkipError) Skip() bool { return true }

func place(path string, line int) string {
	if line == 0 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, line)
}

// Read gives the units of r, which is in format f; path is for messages. An
// error is a *SkipError where one unit is left out and reading goes on, and
// else the last thing that comes, mostly an *Error. The text of a variant comes
// without white space round it. Two texts of a unit in one language and label
// are told apart by their region, else by a number as label.
func Read(r io.Reader, f Format, path string, opt ReadOptions) iter.Seq2[bitext.Unit, error] {
	opt = opt.withDefaults()
	return func(yield func(bitext.Unit, error) bool) {
		out := &sink{path: path, yield: yield, limits: opt.Limits, encoding: opt.Encoding}
		var err error
		switch f {
		case TMX:
			err = readTMX(r, out)
		case XLIFF, XLIFF2:
			err = readXLIFF(r, out)
		case TSV, CSV:
			err = readTable(r, f, opt.Columns, out)
		case JSONL:
			err = readJSONL(r, out)
		case PO:
			err = readPO(r, opt.Columns, out)
		case Hunalign:
			err = readHunalign(r, opt.Columns, out)
		default:
			err = fmt.Errorf("unknown exchange format %q", f)
		}
		if err != nil && !errors.Is(err, errStopped) {
			var placed *Error
			if !errors.As(err, &placed) {
				err = &Error{Path: path, Line: out.line, Unit: out.n, Err: err}
			}
			yield(bitext.Unit{}, err)
		}
	}
}

// errStopped ends a reader whose caller wants no more units.
var errStopped = errors.New("stopped")

// sink takes the units of one reader.
type sink struct {
	path     string
	yield    func(bitext.Unit, error) bool
	limits   Limits
	encoding string // that the caller says, or ""
	n        int    // units so far, skipped ones included
	line     int    // where the reader is
}

// unit hands on u, or the reason for which it is left out.
func (s *sink) unit(u bitext.Unit, reason string) error {
	s.n++
	if reason == "" {
		reason = s.tidy(&u)
	}
	var err error
	if reason != "" {
		u, err = bitext.Unit{}, &SkipError{Path: s.path, Line: s.line, Unit: s.n, Reason: reason}
	}
	if !s.yield(u, err) {
		return errStopped
	}
	return nil
}

// tidy trims the texts of u, drops empty ones and holds the law of languages
// and labels. It gives the reason why u cannot be taken, or "".
func (s *sink) tidy(u *bitext.Unit) string {
	kept := u.Variants[:0]
	for _, v := range u.Variants {
		if v.Text = strings.TrimSpace(v.Text); v.Text == "" {
			continue
		}
		if strings.ContainsRune(v.Text, '\ufffd') {
			return "its text has characters that could not be read (wrong encoding?)"
		}
		kept = append(kept, v)
	}
	u.Variants = kept
	switch {
	case len(kept) == 0:
		return "no text"
	case len(kept) > s.limits.Variants:
		return fmt.Sprintf("more than %d variants", s.limits.Variants)
	case u.Position < 0:
		return fmt.Sprintf("position %d is below 0", u.Position)
	case !(u.Prob >= 0 && u.Prob <= 1):
		return fmt.Sprintf("probability %v is not from 0 to 1", u.Prob)
	}
	u.Variants = distinct(kept)
	return ""
}

// distinct drops texts that stand twice and gives a label to those that share
// language and label with another text.
func distinct(vs []bitext.Variant) []bitext.Variant {
	type key struct {
		lang  bitext.Lang
		label string
	}
	seen := make(map[key]int, len(vs))
	kept := vs[:0]
	for _, v := range vs {
		k := key{v.Lang, v.Label}
		if i, ok := seen[k]; ok {
			if kept[i].Text == v.Text {
				continue
			}
			for n := 2; ; n++ {
				k.label = strings.TrimPrefix(fmt.Sprintf("%s-%d", v.Label, n), "-")
				if _, taken := seen[k]; !taken {
					break
				}
			}
			v.Label = k.label
		}
		seen[k] = len(kept)
		kept = append(kept, v)
	}
	return kept
}

// WriteOptions says how to write.
type WriteOptions struct {
	SrcLang     bitext.Lang   // what a format with a source language calls its source; default en
	Langs       []bitext.Lang // only variants in these languages; nil means all
	ToolVersion string        // of the program, for the header
	// Columns are those of a table, in their order: as in ReadOptions, and
	// "en=source" writes en under the name source. A unit without a text in one
	// of them is not written. None means all that the units have.
	Columns []string
	// Numbered gives each unit its number in the file for an id.
	Numbered bool
	// OnSkip is told of each unit that the format cannot hold, by its number
	// from 1; it may be nil.
	OnSkip func(unit int, reason string)
}

// Write writes units to w in format f and gives how many it wrote. A unit with
// no text left in opt.Langs is not written; XLIFF and PO, which are bilingual,
// hold only units with a text in the source language and in the file's target
// language: the first of opt.Langs that is not the source, else that of the
// first unit. Further languages of such a unit travel along for this program.
// An error of units ends the writing and is returned.
func Write(w io.Writer, f Format, units iter.Seq2[bitext.Unit, error], opt WriteOptions) (n int, err error) {
	if opt.SrcLang == "" {
		opt.SrcLang = bitext.English
	}
	if opt.ToolVersion == "" {
		opt.ToolVersion = "0"
	}
	chosen := choose(units, opt)
	switch f {
	case TMX:
		return writeTMX(w, chosen, opt)
	case XLIFF:
		return writeBilingual(w, chosen, opt, &xliff12{})
	case XLIFF2:
		return writeBilingual(w, chosen, opt, &xliff2{})
	case PO:
		return writeBilingual(w, chosen, opt, &po{})
	case TSV, CSV:
		return writeTable(w, f, chosen, opt)
	case JSONL:
		return writeJSONL(w, chosen)
	}
	return 0, fmt.Errorf("unknown exchange format %q; known are %v", f, Formats)
}

// choose leaves out the variants that opt does not ask for, and the units of
// which nothing remains.
func choose(units iter.Seq2[bitext.Unit, error], opt WriteOptions) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		n, chosen := 0, 0
		for u, err := range units {
			n++
			if err == nil {
				kept := make([]bitext.Variant, 0, len(u.Variants))
				for _, v := range u.Variants {
					if v.Text != "" && (len(opt.Langs) == 0 || slices.Contains(opt.Langs, v.Lang)) {
						kept = append(kept, v)
					}
				}
				if u.Variants = kept; len(kept) == 0 {
					opt.skipped(n, "no text in the languages that were asked for")
					continue
				}
				chosen++
				opt.number(&u, chosen)
			}
			if !yield(u, err) {
				return
			}
		}
	}
}

// number makes n the id of u, where numbers are asked for.
func (o WriteOptions) number(u *bitext.Unit, n int) {
	if o.Numbered {
		u.ID = strconv.Itoa(n)
	}
}

func (o WriteOptions) skipped(unit int, reason string) {
	if o.OnSkip != nil {
		o.OnSkip(unit, reason)
	}
}
