package evaluate

import (
	"fmt"
	"slices"
	"strings"
)

// A sided is a bead of two versions: the segments of each.
type sided struct{ a, b []int }

func (s sided) filled() bool { return len(s.a) > 0 && len(s.b) > 0 }

// key names a bead by its segments.
func (s sided) key() string { return fmt.Sprint(s.a, s.b) }

// project takes sides i and j of beads; what is empty on both goes.
func project(beads [][][]int, i, j int) []sided {
	var out []sided
	for _, b := range beads {
		if len(b[i]) > 0 || len(b[j]) > 0 {
			out = append(out, sided{b[i], b[j]})
		}
	}
	return out
}

// Measure is one way of counting right beads.
type Measure int

// The measures of an alignment against gold.
const (
	// Strict: predicted beads that stand in the gold, of all predicted; gold
	// beads with both sides that were predicted, of all such.
	Strict Measure = iota
	// Lax: the same, where a bead counts that shares a segment of each side
	// with one gold bead.
	Lax
	// Filled is Strict over beads with both sides: what a memory would store.
	Filled
	// Tiles is Filled after predicted beads inside one gold bead are merged.
	Tiles
	// Many is Strict over filled beads other than 1-1.
	Many
	// Null counts segments without counterpart, a segment at a time.
	Null
	numMeasures
)

// Measures are all measures in the order of a report.
var Measures = []Measure{Strict, Lax, Filled, Many, Tiles, Null}

var measureNames = [numMeasures]string{"strict", "lax", "filled", "tiles", "m:n", "null"}

// String is the measure's name in reports.
func (m Measure) String() string { return measureNames[m] }

// Count holds what precision and recall are made of.
type Count struct {
	RightPredicted, Predicted int
	RightGold, Gold           int
}

// Precision is the share of what was predicted that is right, 0 to 1.
func (c Count) Precision() float64 { return ratio(c.RightPredicted, c.Predicted) }

// Recall is the share of the gold that was found, 0 to 1.
func (c Count) Recall() float64 { return ratio(c.RightGold, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Counts holds a count for each measure.
type Counts [numMeasures]Count

// add adds o to c, measure by measure.
func (c *Counts) add(o *Counts) {
	for m := range c {
		c[m].RightPredicted += o[m].RightPredicted
		c[m].Predicted += o[m].Predicted
		c[m].RightGold += o[m].RightGold
		c[m].Gold += o[m].Gold
	}
}

// scoreBeads scores predicted beads of two versions against gold, by the
// definitions of Och and Ney's and Véronis and Langlais's alignment measures
// as the gold sets' own scorer has them.
func scoreBeads(gold, pred []sided) Counts {
	var c Counts
	goldSet, predSet := setOf(gold, any), setOf(pred, any)
	filledGold := setOf(gold, sided.filled)
	c[Strict] = Count{common(goldSet, predSet), len(predSet), common(filledGold, predSet), len(filledGold)}
	c[Lax] = lax(gold, pred, goldSet)
	filledPred := setOf(pred, sided.filled)
	c[Filled] = sameCount(filledGold, filledPred)
	many := func(s sided) bool { return s.filled() && len(s.a)+len(s.b) > 2 }
	c[Many] = sameCount(setOf(gold, many), setOf(pred, many))
	c[Tiles] = sameCount(filledGold, setOf(tiles(gold, pred), sided.filled))
	c[Null] = nulls(gold, pred)
	return c
}

func any(sided) bool { return true }

func setOf(beads []sided, keep func(sided) bool) map[string]bool {
	set := map[string]bool{}
	for _, b := range beads {
		if keep(b) {
			set[b.key()] = true
		}
	}
	return set
}

func common(a, b map[string]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

func sameCount(gold, pred map[string]bool) Count {
	n := common(gold, pred)
	return Count{n, len(pred), n, len(gold)}
}

// place is a segment: of side 0 or 1.
type place struct{ side, segment int }

// homes says for each segment which gold beads hold it.
func homes(gold []sided) map[place][]int {
	h := map[place][]int{}
	for n, g := range gold {
		for _, i := range g.a {
			h[place{0, i}] = append(h[place{0, i}], n)
		}
		for _, j := range g.b {
			h[place{1, j}] = append(h[place{1, j}], n)
		}
	}
	return h
}

func lax(gold, pred []sided, goldSet map[string]bool) Count {
	c := Count{Predicted: len(pred)}
	at := homes(gold)
	seen := map[int]bool{}
	for _, p := range pred {
		hit := false
		if p.filled() {
			ofA := map[int]bool{}
			for _, i := range p.a {
				for _, n := range at[place{0, i}] {
					ofA[n] = true
				}
			}
			for _, j := range p.b {
				for _, n := range at[place{1, j}] {
					if ofA[n] {
						hit, seen[n] = true, true
					}
				}
			}
		} else {
			hit = goldSet[p.key()]
		}
		if hit {
			c.RightPredicted++
		}
	}
	for n, g := range gold {
		if g.filled() {
			c.Gold++
			if seen[n] {
				c.RightGold++
			}
		}
	}
	return c
}

// tiles merges the predicted beads that lie inside one gold bead.
func tiles(gold, pred []sided) []sided {
	at := homes(gold)
	home := func(p place) int {
		if h := at[p]; len(h) > 0 {
			return h[len(h)-1]
		}
		return -1
	}
	var out []sided
	inside := map[int]sided{}
	var order []int
	for _, p := range pred {
		in := map[int]bool{}
		last := -1
		for _, i := range p.a {
			last = home(place{0, i})
			in[last] = true
		}
		for _, j := range p.b {
			last = home(place{1, j})
			in[last] = true
		}
		if !p.filled() || len(in) != 1 || last < 0 {
			out = append(out, p)
			continue
		}
		g, ok := inside[last]
		if !ok {
			order = append(order, last)
		}
		inside[last] = sided{union(g.a, p.a), union(g.b, p.b)}
	}
	for _, n := range order {
		out = append(out, inside[n])
	}
	return out
}

func union(a, b []int) []int {
	u := slices.Concat(a, b)
	slices.Sort(u)
	return slices.Compact(u)
}

// nulls counts the segments without counterpart; a segment that no predicted
// bead holds is predicted to have none.
func nulls(gold, pred []sided) Count {
	nullGold, fullGold := sides(gold)
	nullPred, fullPred := sides(pred)
	for _, set := range []map[place]bool{fullGold, nullGold} {
		for p := range set {
			if !fullPred[p] {
				nullPred[p] = true
			}
		}
	}
	n := 0
	for p := range nullGold {
		if nullPred[p] {
			n++
		}
	}
	return Count{n, len(nullPred), n, len(nullGold)}
}

func sides(beads []sided) (null, full map[place]bool) {
	null, full = map[place]bool{}, map[place]bool{}
	for _, b := range beads {
		for _, i := range b.a {
			if len(b.b) == 0 {
				null[place{0, i}] = true
			} else {
				full[place{0, i}] = true
			}
		}
		for _, j := range b.b {
			if len(b.a) == 0 {
				null[place{1, j}] = true
			} else {
				full[place{1, j}] = true
			}
		}
	}
	return null, full
}

// parsePair cuts the name of a gold file, "<doc>.<l1>-<l2>", into the document
// and its versions' names.
func parsePair(stem string) (doc string, names []string, err error) {
	dot := strings.LastIndexByte(stem, '.')
	if dot < 1 {
		return "", nil, fmt.Errorf("%q names no versions: a gold file is called DOC.ru-en.gold", stem)
	}
	names = strings.Split(stem[dot+1:], "-")
	if len(names) < 2 {
		return "", nil, fmt.Errorf("%q names %d version: a gold file is called DOC.ru-en.gold", stem, len(names))
	}
	return stem[:dot], names, nil
}
