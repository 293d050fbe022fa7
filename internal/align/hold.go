package align

import (
	"cmp"
	"fmt"
	"slices"

	"sverka/internal/bitext"
)

// A person's beads are held like this: each is a box in the lattice of every
// two versions, that paths enter and leave by its corners only; what the
// search finds inside is joined in the end. A segment that is held to have no
// counterpart is in no bead.

// holds are the beads that a person has fixed, in order, those without a
// counterpart (one side only) apart.
type holds struct {
	boxes []bitext.Bead
	owner [][]int32 // of each version's segments the box, from 1; 0: none; -1: it stands alone
}

// newHolds checks fixed beads against the versions; nil where there are none.
func newHolds(fixed []bitext.Bead, versions []bitext.Version) (*holds, error) {
	if len(fixed) == 0 {
		return nil, nil
	}
	if len(versions) > maxJoint {
		return nil, fmt.Errorf("align: beads can be fixed in up to %d versions, not in %d", maxJoint, len(versions))
	}
	h := &holds{owner: make([][]int32, len(versions))}
	taken := make([][]int, len(versions)) // bead of each segment, from 1
	for v := range versions {
		h.owner[v], taken[v] = make([]int32, len(versions[v].Segments)), make([]int, len(versions[v].Segments))
	}
	for k := range fixed {
		b := &fixed[k]
		if len(b.Sides) != len(versions) || b.Filled() == 0 {
			return nil, fmt.Errorf("align: fixed bead %d has %d sides, %d with segments, for %d versions", k+1, len(b.Sides), b.Filled(), len(versions))
		}
		for v, r := range b.Sides {
			for i := r.From; i < r.To; i++ {
				if i < 0 || i >= len(taken[v]) {
					return nil, fmt.Errorf("align: fixed bead %d: %s has no segment %d; it has %d, from 0", k+1, versions[v].Name(), i, len(taken[v]))
				}
				if taken[v][i] > 0 {
					return nil, fmt.Errorf("align: segment %d of %s is in the fixed beads %d and %d", i, versions[v].Name(), taken[v][i], k+1)
				}
				taken[v][i] = k + 1
				if b.Filled() == 1 {
					h.owner[v][i] = -1
				}
			}
		}
		if b.Filled() > 1 {
			h.boxes = append(h.boxes, *b)
		}
	}
	return h, h.order(versions)
}

// order puts the boxes in order, and refuses those that cross.
func (h *holds) order(versions []bitext.Version) error {
	slices.SortStableFunc(h.boxes, func(a, b bitext.Bead) int {
		for v := range a.Sides {
			if !a.Sides[v].Empty() && !b.Sides[v].Empty() {
				return cmp.Compare(a.Sides[v].From, b.Sides[v].From)
			}
		}
		return 0
	})
	for k := range h.boxes {
		for l := k + 1; l < len(h.boxes); l++ {
			for v := range versions {
				a, b := h.boxes[k].Sides[v], h.boxes[l].Sides[v]
				if !a.Empty() && !b.Empty() && b.From < a.To {
					return fmt.Errorf("align: two fixed beads cross at segments %d and %d of %s", a.From, b.From, versions[v].Name())
				}
			}
		}
	}
	next := make([]int, len(versions))
	for k := range h.boxes {
		sides := slices.Clone(h.boxes[k].Sides)
		h.boxes[k].Sides = sides
		for v := range sides {
			if sides[v].Empty() {
				sides[v] = bitext.Range{From: next[v], To: next[v]}
			}
			next[v] = sides[v].To
			for i := sides[v].From; i < sides[v].To; i++ {
				h.owner[v][i] = int32(k) + 1
			}
		}
	}
	return nil
}

// allows says that the groups of sizes that begin at the boundaries from lie in
// one box, or without all, and what stands alone alone.
func (h *holds) allows(from, sizes *tuple, versions int) bool {
	if h == nil {
		return true
	}
	own, filled := int32(-2), 0
	for v := range versions {
		for i := from[v]; i < from[v]+sizes[v]; i++ {
			if o := h.owner[v][i]; own == -2 {
				own = o
			} else if own != o {
				return false
			}
			filled++
		}
	}
	return own != -1 || filled == 1
}

// passes says that a path may go through the boundaries at: no box is begun in
// one version before all are there, nor left behind before all are through.
func (h *holds) passes(at *tuple) bool {
	if h == nil {
		return true
	}
	for k := range h.boxes {
		first, last, begun, behind := true, true, false, false
		for v, r := range h.boxes[k].Sides {
			if r.Empty() {
				continue
			}
			first, begun = first && int(at[v]) >= r.From, begun || int(at[v]) > r.From
			last, behind = last && int(at[v]) >= r.To, behind || int(at[v]) > r.To
		}
		if begun && !first || behind && !last {
			return false
		}
	}
	return true
}

// pairHold is what the holds say of two versions.
type pairHold struct {
	band  *band      // what paths may touch
	owner [2][]int32 // of each segment the box it is in, from 1; 0: none; -1: it stands alone
	boxes [][4]int   // x from, x to, y from, y to
	n, m  int
}

// of is what the holds say of versions u and v of n and m segments; nil: nothing.
func (h *holds) of(u, v, n, m int) *pairHold {
	if h == nil {
		return nil
	}
	p := &pairHold{n: n, m: m, owner: [2][]int32{h.owner[u], h.owner[v]}}
	for k := range h.boxes {
		if x, y := h.boxes[k].Sides[u], h.boxes[k].Sides[v]; !x.Empty() && !y.Empty() {
			p.boxes = append(p.boxes, [4]int{x.From, x.To, y.From, y.To})
		}
	}
	p.band = fullBand(n, m)
	for _, b := range p.boxes {
		for i := range p.band.lo {
			switch {
			case i < b[0]:
				p.band.hi[i] = min(p.band.hi[i], int32(b[2]))
			case i < b[1]:
				p.band.hi[i] = min(p.band.hi[i], int32(b[3]))
			}
			switch {
			case i > b[1]:
				p.band.lo[i] = max(p.band.lo[i], int32(b[3]))
			case i > b[0]:
				p.band.lo[i] = max(p.band.lo[i], int32(b[2]))
			}
		}
	}
	p.band.index()
	return p
}

// allows says that the bead of a and b segments that ends at (i,j) keeps
// within one box, or without all.
func (p *pairHold) allows(i, j, a, b int) bool {
	own := p.owner[0][i-a]
	if own < 0 {
		return false
	}
	for k := i - a; k < i; k++ {
		if p.owner[0][k] != own {
			return false
		}
	}
	for k := j - b; k < j; k++ {
		if p.owner[1][k] != own {
			return false
		}
	}
	return true
}

// bins is the band of the hold in bins of a size.
func (p *pairHold) bins(size int) *band {
	if size == 1 {
		return p.band
	}
	out := &band{n: bins(p.n, size), m: bins(p.m, size)}
	out.lo, out.hi = make([]int32, out.n+1), make([]int32, out.n+1)
	for k := range out.lo {
		first, last := max(0, (k-1)*size), min(p.n, (k+1)*size)
		out.lo[k] = p.band.lo[first] / int32(size)
		out.hi[k] = min(int32(out.m), (p.band.hi[last]+int32(size)-1)/int32(size))
	}
	out.lo[0], out.hi[out.n] = 0, int32(out.m)
	out.index()
	return out
}

// clip cuts a band to what the hold allows, and keeps the way through every
// box open.
func (p *pairHold) clip(b *band) *band {
	out := &band{n: b.n, m: b.m, lo: slices.Clone(b.lo), hi: slices.Clone(b.hi)}
	for i := range out.lo {
		within := func(j int32) int32 { return max(p.band.lo[i], min(p.band.hi[i], j)) }
		out.lo[i], out.hi[i] = within(out.lo[i]), within(out.hi[i])
	}
	for _, box := range p.boxes {
		for i := box[0]; i <= box[1]; i++ {
			out.lo[i], out.hi[i] = min(out.lo[i], int32(box[2])), max(out.hi[i], int32(box[3]))
			out.lo[i], out.hi[i] = max(out.lo[i], p.band.lo[i]), min(out.hi[i], p.band.hi[i])
		}
		out.lo[box[0]] = min(out.lo[box[0]], int32(box[2]))
		out.hi[box[1]] = max(out.hi[box[1]], int32(box[3]))
		if box[0] > 0 {
			out.hi[box[0]-1] = max(out.hi[box[0]-1], out.lo[box[0]-1], min(p.band.hi[box[0]-1], int32(box[2])))
		}
	}
	out.smooth(p.band, 0)
	return out
}

// join makes one bead of what the search found inside each box; it and the
// segments that were held to stand alone are accepted.
func (h *holds) join(beads []bitext.Bead) []bitext.Bead {
	if h == nil {
		return beads
	}
	var out []bitext.Bead
	at := make([]int, len(h.boxes)+1) // where a box's bead stands in out, plus one
	for _, b := range beads {
		own := h.ownerOf(&b)
		if own > 0 && at[own] > 0 {
			joined := &out[at[own]-1]
			for v, r := range b.Sides {
				switch side := &joined.Sides[v]; {
				case r.Empty():
				case side.Empty():
					*side = r
				default:
					side.To = r.To
				}
			}
			joined.Score += b.Score
			continue
		}
		if own != 0 {
			b.Prob, b.Status = 1, bitext.StatusAccepted
		}
		out = append(out, b)
		if own > 0 {
			at[own] = len(out)
		}
	}
	next := make([]int, len(h.owner))
	for k := range out { // empty sides stand where the beads before them end
		for v := range out[k].Sides {
			side := &out[k].Sides[v]
			if side.Empty() {
				*side = bitext.Range{From: next[v], To: next[v]}
			}
			next[v] = side.To
		}
	}
	return out
}

// ownerOf is the box that a bead lies in, from 1, 0 without, -1 where it is
// held to stand alone.
func (h *holds) ownerOf(b *bitext.Bead) int {
	for v, r := range b.Sides {
		if !r.Empty() {
			return int(h.owner[v][r.From])
		}
	}
	return 0
}
