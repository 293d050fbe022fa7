package bitext

import (
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
