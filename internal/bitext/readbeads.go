package bitext

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// BeadLine is a bead as one line of text tells it: the zero-based numbers of
// the segments of each version, which need be neither one run nor in order
// (a person's gold beads are not always), with a score and a status where the
// line has them.
type BeadLine struct {
	Sides  [][]int
	Score  float64
	Status Status // "" where the line has none
}

// WriteBeads gives beads one a line as Line does, each with its line feed.
func WriteBeads(beads []Bead) string {
	var s strings.Builder
	for i := range beads {
		s.WriteString(beads[i].Line())
		s.WriteByte('\n')
	}
	return s.String()
}

// maxBeadSegment bounds the segment numbers that are read.
const maxBeadSegment = 100_000_000

// ReadBeads reads beads one a line as WriteBeads writes them; score and status
// may be missing, further columns are passed over, empty lines skipped. All
// lines must have the same number of sides. An error names the line.
func ReadBeads(s string) ([]BeadLine, error) {
	var beads []BeadLine
	n := 0
	for line := range strings.Lines(s) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		b, err := readBead(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if len(beads) > 0 && len(beads[0].Sides) != len(b.Sides) {
			return nil, fmt.Errorf("line %d: %d sides where the lines before have %d", n, len(b.Sides), len(beads[0].Sides))
		}
		beads = append(beads, b)
	}
	return beads, nil
}

func readBead(line string) (BeadLine, error) {
	fields := strings.Split(line, "\t")
	var b BeadLine
	sides := strings.Split(fields[0], ":")
	if len(sides) < 2 {
		return b, fmt.Errorf("%q is no bead: write the sides parted by a colon, as 0,1:2", fields[0])
	}
	filled := false
	for _, side := range sides {
		numbers, err := readSide(side)
		if err != nil {
			return b, err
		}
		filled = filled || len(numbers) > 0
		b.Sides = append(b.Sides, numbers)
	}
	if !filled {
		return b, errors.New("the bead is empty on every side")
	}
	if len(fields) > 1 && fields[1] != "" {
		score, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return b, fmt.Errorf("score %q is no number", fields[1])
		}
		b.Score = score
	}
	if len(fields) > 2 {
		b.Status = Status(fields[2])
	}
	return b, nil
}

// readSide reads the segment numbers of one side.
func readSide(side string) ([]int, error) {
	var numbers []int
	for _, f := range strings.Split(side, ",") {
		f = strings.TrimSpace(f)
		if f == "" {
			continue
		}
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 || n > maxBeadSegment {
			return nil, fmt.Errorf("%q is no segment number (whole, from 0)", f)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
