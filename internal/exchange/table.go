package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// A table has a unit a row. Its columns are languages with a label where they
// need one (ru, en@kremlin), fields of the unit (id, statement, …) and fields
// of a variant behind the column's name (en@kremlin:translator).
//
// CSV follows RFC 4180. TSV has no quotes: a cell is taken as it stands, and a
// line break, tab or carriage return within a cell is written as one of three
// characters that no text has for another reason.
var (
	tsvEscapes   = strings.NewReplacer("\n", "\u2028", "\t", "\u2409", "\r", "\u240d")
	tsvUnescapes = strings.NewReplacer("\u2028", "\n", "\u2409", "\t", "\u240d", "\r")
)

type columnKind uint8

const (
	ignoredColumn columnKind = iota
	textColumn
	unitColumn
	variantColumn
)

// column says where the cells of a column belong.
type column struct {
	kind  columnKind
	lang  bitext.Lang
	label string
	field string
	alias string // what the file calls it, or ""
	any   bool   // of whatever label, where none is said
}

// notUTF8 is why a text is left out that nobody said the encoding of.
const notUTF8 = "not UTF-8; if the file is in another encoding, name it with --encoding"

var (
	unitFields    = []string{"id", "statement", "title", "date", "speaker", "position", "probability", "status", "note"}
	variantFields = []string{"date", "source", "translator", "machine"}
)

// name is the column's name in a header.
func (c column) name() string {
	if c.alias != "" {
		return c.alias
	}
	if c.kind == unitColumn {
		return c.field
	}
	name := string(c.lang)
	if c.label != "" {
		name += "@" + c.label
	}
	if c.kind == variantColumn {
		name += ":" + c.field
	}
	return name
}

// headerColumn reads the name of a column; a name that it does not know is a
// column to leave out.
func headerColumn(name string) column {
	name = strings.TrimSpace(name)
	if slices.Contains(unitFields, strings.ToLower(name)) {
		return column{kind: unitColumn, field: strings.ToLower(name)}
	}
	c := column{kind: textColumn}
	if i := strings.LastIndexByte(name, ':'); i >= 0 && slices.Contains(variantFields, name[i+1:]) {
		c.kind, c.field, name = variantColumn, name[i+1:], name[:i]
	}
	tag, label, _ := strings.Cut(name, "@")
	lang, err := bitext.ParseLang(tag)
	if primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-"); err != nil || !lang.Known() && len(primary) != 2 {
		return column{} // "source", "key": words, though they could be tags
	}
	c.lang, c.label = lang, label
	return c
}

// set puts a cell into u; an empty one says nothing.
func (c column) set(u *bitext.Unit, cell string) (err error) {
	if cell == "" {
		return nil
	}
	switch c.kind {
	case textColumn:
		c.variant(u).Text = cell
	case variantColumn:
		prop := map[string]string{
			"date": propDate, "source": propSource, "translator": propTranslator, "machine": propMachine,
		}
		setVariantProp(c.variant(u), prop[c.field], cell)
	case unitColumn:
		switch c.field {
		case "id":
			u.ID = cell
		case "note":
			u.Note = cell
		default:
			if bad := setUnitProp(u, "x-sverka-"+c.field, cell); bad != "" {
				return errors.New(bad)
			}
		}
	}
	return nil
}

// variant finds or makes the variant of u that the column is about.
func (c column) variant(u *bitext.Unit) *bitext.Variant {
	for i := range u.Variants {
		if v := &u.Variants[i]; v.Lang == c.lang && v.Label == c.label {
			return v
		}
	}
	u.Variants = append(u.Variants, bitext.Variant{Lang: c.lang, Label: c.label})
	return &u.Variants[len(u.Variants)-1]
}

// cell is what u has in column c, "" where it has nothing.
func (c column) cell(u *bitext.Unit) string {
	switch c.kind {
	case unitColumn:
		return unitCell(u, c.field)
	case textColumn, variantColumn:
		for i := range u.Variants {
			v := &u.Variants[i]
			if v.Lang != c.lang || v.Label != c.label && !c.any {
				continue
			}
			if c.kind == textColumn {
				return v.Text
			}
			return variantCell(v, c.field)
		}
	}
	return ""
}

func unitCell(u *bitext.Unit, field string) string {
	switch field {
	case "id":
		return u.ID
	case "statement":
		return u.Statement.ID
	case "title":
		return u.Statement.Title
	case "date":
		return u.Statement.Date
	case "speaker":
		return u.Statement.Speaker
	case "position":
		if u.Position != 0 {
			return strconv.Itoa(u.Position)
		}
	case "probability":
		if u.Prob != 0 {
			return formatProb(u.Prob)
		}
	case "status":
		return string(u.Status)
	case "note":
		return u.Note
	}
	return ""
}

func variantCell(v *bitext.Variant, field string) string {
	switch {
	case field == "date":
		return v.Date
	case field == "source":
		return v.Source
	case field == "translator":
		return v.Translator
	case field == "machine" && v.Machine:
		return "yes"
	}
	return ""
}

// namedColumns reads the columns that the caller names: every one must be known.
func namedColumns(names []string) ([]column, error) {
	var columns []column
	for _, name := range names {
		name, alias, _ := strings.Cut(name, "=")
		c := headerColumn(name)
		if c.kind == ignoredColumn && name != "-" && name != "" {
			tag, label, _ := strings.Cut(name, "@")
			lang, err := bitext.ParseLang(tag)
			if err != nil {
				return nil, fmt.Errorf("column %q: %w; other columns are %s, or - to leave one out", name, err, strings.Join(unitFields, ", "))
			}
			c = column{kind: textColumn, lang: lang, label: label}
		}
		c.alias = strings.TrimSpace(alias)
		columns = append(columns, c)
	}
	return columns, once(columns)
}

// once holds that no two columns are for the same: one would be lost.
func once(columns []column) error {
	seen := map[column]bool{}
	for _, c := range columns {
		if c.alias, c.any = "", false; c.kind != ignoredColumn && seen[c] {
			return fmt.Errorf("two columns are called %s; tell two texts in one language apart by labels, such as en@a and en@b", c.name())
		}
		seen[c] = true
	}
	return nil
}

func readTable(r io.Reader, f Format, names []string, out *sink) error {
	b, err := utf8Reader(r, out.orSaid(undeclared))
	if err != nil {
		return err
	}
	in := newRows(b, f, out.limits.UnitBytes)
	columns, err := namedColumns(names)
	if err != nil {
		return err
	}
	for begun := false; ; {
		cells, line, err := in.next()
		out.line = line
		var long *limitError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &long) && f == TSV:
			if err := out.unit(bitext.Unit{}, err.Error()); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		case len(cells) == 0 || len(cells) == 1 && strings.TrimSpace(cells[0]) == "":
			continue
		}
		if !begun {
			begun = true
			var isHead bool
			if columns, isHead, err = firstRow(cells, columns); err != nil {
				return err
			}
			if isHead {
				continue
			}
		}
		u, reason := rowUnit(cells, columns)
		if err := out.unit(u, reason); err != nil {
			return err
		}
	}
}

// firstRow gives the columns of a table, those that are named or those that its
// first row says, and whether that row is a header and no unit.
func firstRow(cells []string, named []column) (columns []column, isHead bool, err error) {
	switch {
	case named == nil:
		columns, err = header(cells)
		return columns, true, err
	case byName(named):
		columns, err = placed(named, cells)
		return columns, true, err
	}
	return named, isHeader(cells, named), nil
}

// header reads the first row of a table whose columns nobody named.
func header(cells []string) ([]column, error) {
	var columns []column
	texts := 0
	for _, name := range cells {
		c := headerColumn(name)
		if c.kind == textColumn {
			texts++
		}
		columns = append(columns, c)
	}
	if texts < 2 {
		return nil, fmt.Errorf("the first row (%s) names no two languages; say what the columns are with --columns, such as --columns en,ru",
			clip(strings.Join(cells, ", ")))
	}
	return columns, once(columns)
}

// byName says that columns are given by the names that the file's header has.
func byName(columns []column) bool {
	return slices.ContainsFunc(columns, func(c column) bool { return c.alias != "" })
}

// placed puts columns that are given by name where the header has them; what
// else the header has is left out.
func placed(columns []column, header []string) ([]column, error) {
	out := make([]column, len(header))
	for _, c := range columns {
		i := slices.IndexFunc(header, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), c.name()) })
		if i < 0 {
			return nil, fmt.Errorf("the first row (%s) has no column %q", clip(strings.Join(header, ", ")), c.name())
		}
		out[i] = c
	}
	return out, nil
}

// pairNames are what tables of two languages call them.
var pairNames = []string{"source", "target", "src", "trg", "original", "translation"}

// isHeader says that cells are the names of columns, and no texts.
func isHeader(cells []string, columns []column) bool {
	texts := 0
	for i, name := range cells {
		if i >= len(columns) || columns[i].kind != textColumn {
			continue
		}
		c := headerColumn(name)
		if !slices.Contains(pairNames, strings.ToLower(strings.TrimSpace(name))) && (c.kind != textColumn || c.lang != columns[i].lang) {
			return false
		}
		texts++
	}
	return texts > 0
}

func rowUnit(cells []string, columns []column) (u bitext.Unit, reason string) {
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			return u, notUTF8
		}
		cell = strings.TrimSpace(cell)
		if i >= len(columns) {
			if cell != "" {
				return u, fmt.Sprintf("the row has %d cells for %d columns", len(cells), len(columns))
			}
			continue
		}
		if err := columns[i].set(&u, cell); err != nil {
			return u, err.Error()
		}
	}
	return u, ""
}
