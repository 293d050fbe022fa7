package evaluate

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WrongBead is a bead in which gold and prediction part.
type WrongBead struct {
	Document string // its stem: DOC.L1-L2
	Missed   bool   // the gold has it and the prediction has not; else the reverse
	Bead     string // "0,1:2", segments from 0
}

// wrongBeads lists the beads that only one of gold and prediction has, the
// gold's first.
func wrongBeads(doc string, gold, pred [][][]int) []WrongBead {
	var out []WrongBead
	for _, from := range []struct {
		missed     bool
		own, other [][][]int
	}{{true, gold, pred}, {false, pred, gold}} {
		has := map[string]bool{}
		for _, b := range from.other {
			has[beadLine(b)] = true
		}
		for _, b := range from.own {
			if line := beadLine(b); !has[line] {
				out = append(out, WrongBead{doc, from.missed, line})
			}
		}
	}
	return out
}

// beadLine writes a bead as a gold file has it.
func beadLine(bead [][]int) string {
	sides := make([]string, len(bead))
	for k, side := range bead {
		cells := make([]string, len(side))
		for n, i := range side {
			cells[n] = strconv.Itoa(i)
		}
		sides[k] = strings.Join(cells, ",")
	}
	return strings.Join(sides, ":")
}

// WriteWrong writes the wrong beads of each set: a line each, the document,
// "missed" or "found", and the bead, parted by tabs.
func (r *AlignReport) WriteWrong(w io.Writer) error {
	var b strings.Builder
	for _, s := range r.Sets {
		for _, x := range s.Wrong {
			what := "found"
			if x.Missed {
				what = "missed"
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", s.Set, x.Document, what, x.Bead)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
