package bitext

import "fmt"

// Range is a run of segments, From included, To not; empty when they are equal.
type Range struct{ From, To int }

// Len is the number of segments in r.
func (r Range) Len() int { return r.To - r.From }

// Empty says that r holds no segment.
func (r Range) Empty() bool { return r.From == r.To }

// Has says that r holds segment i.
func (r Range) Has(i int) bool { return r.From <= i && i < r.To }

// Status says how far a bead or a unit is to be trusted.
type Status string

// The states of a bead and of a translation unit.
const (
	StatusOK       Status = "ok"       // the program is sure enough
	StatusReview   Status = "review"   // a person should look
	StatusAccepted Status = "accepted" // a person has looked
)

// Bead says which segments of each version render each other. A side may be
// empty: the version has no counterpart there.
type Bead struct {
	Sides  []Range // one for each version, in the alignment's order
	Score  float64 // how well the sides fit; higher is better; no fixed range
	Prob   float64 // probability that the bead is right, 0 to 1
	Status Status
	// Evidence says why, where that was asked for: one entry for each two
	// versions that have text in the bead, or for the one that has.
	Evidence []Evidence
}

// Evidence is what the signs of two versions' sides (A and B, numbers of
// versions) say for and against their standing in one bead, or, where A is B,
// of one version's standing alone. The values of the signs add up to its
// score.
type Evidence struct {
	A, B  int
	Signs []Sign
}

// Sign is what one kind of sign says: more than 0 for the bead, less against.
type Sign struct {
	Name  string
	Value float64
}

// Filled counts the sides that hold a segment.
func (b *Bead) Filled() int {
	n := 0
	for _, s := range b.Sides {
		if !s.Empty() {
			n++
		}
	}
	return n
}

// Alignment is versions of one statement and the beads that join them.
type Alignment struct {
	Versions []Version
	Beads    []Bead
}

// Validate holds the law of beads: each segment of each version stands in
// exactly one bead, in order, and no bead is empty on every side. The error
// names the first bead (from 0) that breaks it.
func (a *Alignment) Validate() error {
	next := make([]int, len(a.Versions))
	for i := range a.Beads {
		b := &a.Beads[i]
		if len(b.Sides) != len(a.Versions) {
			return fmt.Errorf("bead %d has %d sides for %d versions", i, len(b.Sides), len(a.Versions))
		}
		if b.Filled() == 0 {
			return fmt.Errorf("bead %d is empty", i)
		}
		for v, r := range b.Sides {
			if r.From != next[v] || r.To < r.From {
				return fmt.Errorf("bead %d takes segments %d to %d of %s; %d is next",
					i, r.From, r.To, a.Versions[v].Name(), next[v])
			}
			next[v] = r.To
		}
	}
	for v := range a.Versions {
		if n := len(a.Versions[v].Segments); next[v] != n {
			return fmt.Errorf("%s: the beads cover %d of %d segments", a.Versions[v].Name(), next[v], n)
		}
	}
	return nil
}

// Text gives the text of side v of bead b, "" when it is empty.
func (a *Alignment) Text(b *Bead, v int) string {
	if b.Sides[v].Empty() {
		return ""
	}
	return a.Versions[v].Join(b.Sides[v])
}
