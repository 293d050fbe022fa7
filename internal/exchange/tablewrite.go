package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"sverka/internal/bitext"
)

// writeTable writes a header and a row a unit. Which columns there are shows
// only when all units have been seen, so they are kept aside first.
func writeTable(w io.Writer, f Format, units iter.Seq2[bitext.Unit, error], opt WriteOptions) (n int, err error) {
	if len(opt.Columns) > 0 {
		columns, err := namedColumns(opt.Columns)
		if err != nil {
			return 0, err
		}
		for i := range columns {
			columns[i].any = columns[i].label == ""
		}
		return writeRows(w, f, columns, withAll(units, columns, opt))
	}
	s := &spool{}
	defer s.close()
	columns, err := collect(units, s)
	if err != nil {
		return 0, err
	}
	return writeRows(w, f, columns, s.units())
}

// withAll leaves out the units that lack a text in one of the columns.
func withAll(units iter.Seq2[bitext.Unit, error], columns []column, opt WriteOptions) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		n, written := 0, 0
		for u, err := range units {
			n++
			lacks := slices.IndexFunc(columns, func(c column) bool { return c.kind == textColumn && c.cell(&u) == "" })
			if err == nil && lacks >= 0 {
				opt.skipped(n, "has no text in "+(column{kind: textColumn, lang: columns[lacks].lang, label: columns[lacks].label}).name())
				continue
			}
			written++
			opt.number(&u, written)
			if !yield(u, err) {
				return
			}
		}
	}
}

func writeRows(w io.Writer, f Format, columns []column, units iter.Seq2[bitext.Unit, error]) (n int, err error) {
	b := bufio.NewWriterSize(w, bufferSize)
	row := func(cell func(column) string) {
		for i, c := range columns {
			if i > 0 {
				b.WriteByte(map[Format]byte{TSV: '\t', CSV: ','}[f])
			}
			if f == TSV {
				tsvEscapes.WriteString(b, cell(c))
			} else {
				b.WriteString(quoteAll(cell(c)))
			}
		}
		b.WriteByte('\n')
	}
	row(column.name)
	for u, err := range units {
		if err != nil {
			return n, fmt.Errorf("write %s: %w", f, err)
		}
		row(func(c column) string { return c.cell(&u) })
		n++
	}
	if err := b.Flush(); err != nil {
		return n, fmt.Errorf("write %s: %w", f, err)
	}
	return n, nil
}

// collect keeps units aside and gives the columns that they need: texts first,
// in the order of languages that the program lists, then what is said of units
// and of variants.
func collect(units iter.Seq2[bitext.Unit, error], s *spool) ([]column, error) {
	texts := map[column]bool{}
	fields := map[column]bool{}
	for u, err := range units {
		if err != nil {
			return nil, err
		}
		if err := s.add(&u); err != nil {
			return nil, err
		}
		for _, name := range unitFields {
			if unitCell(&u, name) != "" {
				fields[column{kind: unitColumn, field: name}] = true
			}
		}
		for i := range u.Variants {
			v := &u.Variants[i]
			texts[column{kind: textColumn, lang: v.Lang, label: v.Label}] = true
			for _, name := range variantFields {
				if variantCell(v, name) != "" {
					fields[column{kind: variantColumn, lang: v.Lang, label: v.Label, field: name}] = true
				}
			}
		}
	}
	return append(sortedColumns(texts), sortedColumns(fields)...), nil
}

func sortedColumns(set map[column]bool) []column {
	rank := func(l bitext.Lang) int {
		if i := slices.Index(bitext.Langs, l); i >= 0 {
			return i
		}
		return len(bitext.Langs)
	}
	columns := make([]column, 0, len(set))
	for c := range set {
		columns = append(columns, c)
	}
	slices.SortFunc(columns, func(a, b column) int {
		if a.kind != b.kind {
			return int(a.kind) - int(b.kind)
		}
		if a.kind == unitColumn {
			return slices.Index(unitFields, a.field) - slices.Index(unitFields, b.field)
		}
		if d := rank(a.lang) - rank(b.lang); d != 0 {
			return d
		}
		if d := strings.Compare(a.name(), b.name()); d != 0 {
			return d
		}
		return strings.Compare(a.field, b.field)
	})
	return columns
}

// quoteCSV puts a cell in quotes where it needs them.
func quoteCSV(cell string) string {
	if !strings.ContainsAny(cell, ",;\t\"\r\n") {
		return cell
	}
	return quoteAll(cell)
}

// quoteAll puts every cell that is not empty in quotes: programs that guess what
// parts the cells of sentences then guess right.
func quoteAll(cell string) string {
	if cell == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// spoolMemory is how many bytes of units a spool holds before it goes to a file.
const spoolMemory = 32 << 20

// spool keeps units aside: in memory, and in a file of the system's temporary
// folder from a size on.
type spool struct {
	mem  bytes.Buffer
	file *os.File
	w    *bufio.Writer
}

func (s *spool) add(u *bitext.Unit) error {
	line, err := json.Marshal(toJSON(u))
	if err != nil {
		return fmt.Errorf("unit %s: %w", u.ID, err)
	}
	line = append(line, '\n')
	if s.file == nil && s.mem.Len()+len(line) > spoolMemory {
		if s.file, err = os.CreateTemp("", "sverka-*.jsonl"); err != nil {
			return fmt.Errorf("keep units aside: %w", err)
		}
		s.w = bufio.NewWriterSize(s.file, bufferSize)
	}
	if s.file == nil {
		s.mem.Write(line)
		return nil
	}
	if _, err := s.w.Write(line); err != nil {
		return fmt.Errorf("keep units aside: %w", err)
	}
	return nil
}

// units gives back what was added, in order.
func (s *spool) units() iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		var all io.Reader = &s.mem
		if s.file != nil {
			if err := s.w.Flush(); err != nil {
				yield(bitext.Unit{}, err)
				return
			}
			if _, err := s.file.Seek(0, io.SeekStart); err != nil {
				yield(bitext.Unit{}, err)
				return
			}
			all = io.MultiReader(&s.mem, s.file)
		}
		dec := json.NewDecoder(bufio.NewReaderSize(all, bufferSize))
		for {
			var j jsonUnit
			err := dec.Decode(&j)
			if errors.Is(err, io.EOF) {
				return
			}
			u := bitext.Unit{}
			if err == nil {
				u, err = j.unit()
			}
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
