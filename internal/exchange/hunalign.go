package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// hunalignJoin stands between sentences that hunalign joined into one side.
const hunalignJoin = "~~~"

// readHunalign reads hunalign's text output: source, target and score, parted
// by tabs. The score has no fixed range and is not kept. A ladder of bare
// numbers has no text and is refused.
func readHunalign(r io.Reader, columns []string, out *sink) error {
	if len(columns) != 2 {
		return errors.New("hunalign's output does not say its languages; say them with --columns SOURCE,TARGET")
	}
	langs, err := namedColumns(columns)
	if err != nil {
		return err
	}
	b, err := utf8Reader(r, out.orSaid(undeclared))
	if err != nil {
		return err
	}
	in := &lines{r: b, limit: out.limits.UnitBytes}
	numbers := true // so far every line was two numbers and a score
	for {
		line, err := in.next()
		out.line = in.n
		var long *limitError
		var u bitext.Unit
		reason := ""
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &long):
			reason = err.Error()
		case err != nil:
			return err
		case len(line) == 0:
			continue
		default:
			cells := strings.Split(string(line), "\t")
			if numbers = numbers && len(cells) >= 2 && isNumber(cells[0]) && isNumber(cells[1]); numbers && in.n > 2 {
				return errors.New("a ladder of numbers has no text; have hunalign write it with -text")
			}
			u, reason = hunalignUnit(cells, langs)
		}
		if err := out.unit(u, reason); err != nil {
			return err
		}
	}
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func hunalignUnit(cells []string, langs []column) (u bitext.Unit, reason string) {
	if len(cells) < 2 || len(cells) > 3 {
		return u, fmt.Sprintf("the line has %d cells, not source, target and score", len(cells))
	}
	for i, c := range langs {
		if !utf8.ValidString(cells[i]) {
			return u, notUTF8
		}
		var parts []string
		for part := range strings.SplitSeq(cells[i], hunalignJoin) {
			if part = strings.TrimSpace(part); part != "" && part != "<p>" {
				parts = append(parts, part)
			}
		}
		if err := c.set(&u, strings.Join(parts, c.lang.Joiner())); err != nil {
			return u, err.Error()
		}
	}
	return u, ""
}
