package bitext

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Shape says how many segments each side of the bead holds: "1:2", "1:1:0".
func (b *Bead) Shape() string {
	parts := make([]string, len(b.Sides))
	for v, r := range b.Sides {
		parts[v] = strconv.Itoa(r.Len())
	}
	return strings.Join(parts, ":")
}

// Line writes the bead as one line without its end: the segments of each side,
// from 0, a colon between sides, then score and status, each after a tab.
// `0,1:2<TAB>3.1415<TAB>ok`.
func (b *Bead) Line() string {
	var s strings.Builder
	for v, r := range b.Sides {
		if v > 0 {
			s.WriteByte(':')
		}
		for i := r.From; i < r.To; i++ {
			if i > r.From {
				s.WriteByte(',')
			}
			s.WriteString(strconv.Itoa(i))
		}
	}
	fmt.Fprintf(&s, "\t%.4f\t%s", b.Score, b.Status)
	return s.String()
}

// maxBeadSegments bounds one side of a bead that is read.
const maxBeadSegments = 100_000

// ParseBead reads what Line writes; score and status may be missing. The
// segments of a side must follow each other. An empty side comes back as an
// empty range at 0: where it lies only the beads before it tell.
func ParseBead(line string) (Bead, error) {
	var b Bead
	fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
	sides := strings.Split(fields[0], ":")
	if len(sides) < 2 {
		return b, fmt.Errorf("%q is not a bead (such as 0,1:2)", clip(fields[0]))
	}
	for _, side := range sides {
		r, err := parseSide(side)
		if err != nil {
			return b, err
		}
		b.Sides = append(b.Sides, r)
	}
	if b.Filled() == 0 {
		return b, errors.New("a bead needs a segment on at least one side")
	}
	if len(fields) > 1 && fields[1] != "" {
		score, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return b, fmt.Errorf("score %q is not a number", clip(fields[1]))
		}
		b.Score = score
	}
	if len(fields) > 2 {
		b.Status = Status(fields[2])
	}
	return b, nil
}

func parseSide(side string) (Range, error) {
	var r Range
	if strings.TrimSpace(side) == "" {
		return r, nil
	}
	for n, word := range strings.Split(side, ",") {
		i, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || i < 0 || n >= maxBeadSegments {
			return r, fmt.Errorf("%q is not a list of segment numbers", clip(side))
		}
		if n == 0 {
			r = Range{i, i}
		}
		if i != r.To {
			return r, fmt.Errorf("the segments %q do not follow each other", clip(side))
		}
		r.To++
	}
	return r, nil
}

func clip(s string) string {
	if len(s) <= 60 {
		return s
	}
	return strings.ToValidUTF8(s[:60], "") + "…"
}
