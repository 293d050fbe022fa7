package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// rows reads the rows of a table.
type rows interface {
	// next gives the next row, which is good until the next call, and the line
	// it begins on. A *limitError costs one row only.
	next() (cells []string, line int, err error)
}

func newRows(b *bufio.Reader, f Format, limit int) rows {
	if f == TSV {
		return &tsvRows{lines{r: b, limit: limit}}
	}
	c := &csvRows{r: b, limit: limit, comma: ',', line: 1}
	head, _ := b.Peek(bufferSize)
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	// Spreadsheets write semicolons where the comma is the decimal mark.
	if !bytes.ContainsRune(head, ',') {
		switch {
		case bytes.ContainsRune(head, ';'):
			c.comma = ';'
		case bytes.ContainsRune(head, '\t'):
			c.comma = '\t'
		}
	}
	return c
}

// maxCells is how many cells a row may have.
const maxCells = 10_000

// cellsError is a row with more cells than a table can have.
type cellsError struct{ n int }

func (e *cellsError) Error() string {
	return fmt.Sprintf("a row of %d cells, over the limit of %d", e.n, maxCells)
}

type tsvRows struct{ lines }

func (t *tsvRows) next() ([]string, int, error) {
	line, err := t.lines.next()
	if err != nil {
		return nil, t.n, err
	}
	if n := bytes.Count(line, []byte{'\t'}) + 1; n > maxCells {
		return nil, t.n, &cellsError{n}
	}
	cells := strings.Split(string(line), "\t")
	for i := range cells {
		cells[i] = tsvUnescapes.Replace(cells[i])
	}
	return cells, t.n, nil
}

// csvRows reads CSV liberally, as spreadsheets do: a quote that is neither at
// the start of a cell nor closes it stands for itself, and what follows a
// closing quote goes on the cell.
type csvRows struct {
	r     *bufio.Reader
	limit int
	comma byte
	line  int
}

func (c *csvRows) next() (cells []string, line int, err error) {
	line = c.line
	var cell []byte
	size, quoted, opened := 0, false, 0
	for {
		b, err := c.r.ReadByte()
		if errors.Is(err, io.EOF) {
			switch {
			case quoted:
				return nil, opened, fmt.Errorf("the quote that opens on line %d is never closed", opened)
			case size == 0:
				return nil, line, io.EOF
			}
			return append(cells, string(cell)), line, nil
		}
		if err != nil {
			return nil, line, err
		}
		if size++; size > c.limit {
			if quoted {
				return nil, opened, fmt.Errorf("a cell from line %d on: %w; is its quote closed?", opened, &limitError{"a row", c.limit})
			}
			return nil, line, &limitError{"a row", c.limit}
		}
		if b == '\n' {
			c.line++
		}
		switch {
		case quoted && b == '"':
			if next, _ := c.r.Peek(1); len(next) == 1 && next[0] == '"' {
				cell = append(cell, '"')
				_, _ = c.r.Discard(1)
			} else {
				quoted = false
			}
		case quoted:
			cell = append(cell, b)
		case b == '"' && len(bytes.TrimSpace(cell)) == 0:
			cell, quoted, opened = cell[:0], true, c.line
		case b == c.comma && len(cells) == maxCells:
			return nil, line, &cellsError{len(cells) + 1}
		case b == c.comma:
			cells = append(cells, string(cell))
			cell = cell[:0]
		case b == '\n':
			return append(cells, strings.TrimSuffix(string(cell), "\r")), line, nil
		default:
			cell = append(cell, b)
		}
	}
}
