package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// missing reports the versions that have nothing where others have something.
func (r *runner) missing(b int, sides []*side) []Finding {
	if !r.opt.wants("segments") {
		return nil
	}
	witness := -1 // a source that has the passage, else any version that has it
	for v := range sides {
		if sides[v] != nil && (witness < 0 || r.isSource(v) && !r.isSource(witness)) {
			witness = v
		}
	}
	sourced := r.isSource(witness)
	var empty, filled []int
	for v := range sides {
		switch {
		case r.isSource(v):
		case sides[v] == nil:
			empty = append(empty, v)
		default:
			filled = append(filled, v)
		}
	}
	switch {
	case sourced:
		return r.dropped(b, empty, witness, sides)
	case len(r.in.Sources) > 0:
		return r.added(b, filled, sides)
	case len(empty) == 0:
		return nil
	case len(filled) == 1 && filled[0] > 0:
		return r.added(b, filled, sides)
	}
	return r.dropped(b, empty, witness, sides)
}

// dropped reports that versions lack what the witness has.
func (r *runner) dropped(b int, lacking []int, witness int, sides []*side) []Finding {
	var out []Finding
	for _, v := range lacking {
		f := r.whole(b, witness, Omission, sides)
		f.Places = append(f.Places, r.seam(b, v)...)
		f.Message = say("%s has nothing for %s's “%s”", r.in.Alignment.Versions[v].Name(),
			r.in.Alignment.Versions[witness].Name(), sides[witness].quoteText(0, len(sides[witness].text)))
		if r.isSource(witness) {
			f.Sev = max(f.Sev, Major)
		}
		out = append(out, f)
	}
	return out
}

// added reports that versions have what neither source nor others have.
func (r *runner) added(b int, having []int, sides []*side) []Finding {
	var out []Finding
	for _, v := range having {
		f := r.whole(b, v, Addition, sides)
		for w := range sides {
			if sides[w] == nil {
				f.Places = append(f.Places, r.seam(b, w)...)
			}
		}
		f.Message = say("only %s has “%s”", r.in.Alignment.Versions[v].Name(),
			sides[v].quoteText(0, len(sides[v].text)))
		out = append(out, f)
	}
	return out
}

// whole begins a finding about all of side v of bead b.
func (r *runner) whole(b, v int, cat Category, sides []*side) Finding {
	f := Finding{Check: "segments", Cat: cat, Sev: Minor, Bead: b}
	f.Places = r.places(b, v, [2]int{0, len(sides[v].text)})
	if carriesFacts(sides[v]) {
		f.Sev = Major
	}
	return f
}

// seam is the place in a version without a side at which the bead would stand:
// the end of the segment before it, or the beginning of the one behind.
// A version without segments has no such place.
func (r *runner) seam(b, v int) []Place {
	ver := &r.in.Alignment.Versions[v]
	at := r.in.Alignment.Beads[b].Sides[v].From
	if at > 0 {
		n := len(ver.Segments[at-1].Text)
		return []Place{{v, at - 1, n, n, ""}}
	}
	if len(ver.Segments) == 0 {
		return nil
	}
	return []Place{{v, 0, 0, 0, ""}}
}

// carriesFacts says that a text has something to lose: a number, a date, a
// name, or a clause's worth of words; a remark in brackets has not.
func carriesFacts(d *side) bool {
	if isBracketed(d.text) {
		return false
	}
	return len(d.items) > 0 || d.contentCount(0, len(d.units)) >= 4
}

func isBracketed(s string) bool {
	s = strings.TrimRight(strings.TrimSpace(s), ".。!！?？")
	for _, p := range [][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}} {
		if strings.HasPrefix(s, p[0]) && strings.HasSuffix(s, p[1]) {
			return true
		}
	}
	return false
}

// movedLeast is the share of words that two passages must have in common, in
// the same words or in others, to be one passage that has moved.
const movedLeast = 0.5

// movedReach bounds how many beads away a moved passage is looked for, and
// movedMost how many passages are compared.
const (
	movedReach = 200
	movedMost  = 200
)

// findMoved pairs passages that one version has here and another there: what
// looks like an omission and an addition is one thing that changed its place.
// Both beads have an entry; the finding stands at the first.
func findMoved(in Input, skip []bool, opt *Options) map[int][]Finding {
	if !opt.wants("moved") {
		return nil
	}
	type lone struct {
		bead, version int
		side          *side
	}
	a := in.Alignment
	var lones []lone
	for b := range a.Beads {
		if skip[b] {
			continue
		}
		for v := range a.Versions {
			if !a.Beads[b].Sides[v].Empty() && lacks(&a.Beads[b], a, v) {
				d := newSide(a.Versions[v].Lang, a.Text(&a.Beads[b], v))
				lones = append(lones, lone{b, v, d})
			}
		}
	}
	lones = lones[:min(len(lones), movedMost)]
	r := &runner{in: in}
	out := make(map[int][]Finding)
	taken := make(map[int]bool)
	for x := range lones {
		best, at := movedLeast, -1
		for y := x + 1; y < len(lones) && lones[y].bead-lones[x].bead <= movedReach; y++ {
			l, m := &lones[x], &lones[y]
			if l.version == m.version || taken[x] || taken[y] || l.bead == m.bead || l.side.lang != m.side.lang {
				continue
			}
			if s := overlap(l.side, m.side, opt.Vectors); s >= best {
				best, at = s, y
			}
		}
		if at < 0 {
			continue
		}
		taken[x], taken[at] = true, true
		l, m := &lones[x], &lones[at]
		f := Finding{Check: "moved", Cat: Other, Sev: Info, Bead: l.bead}
		f.Places = append(r.places(l.bead, l.version, [2]int{0, len(l.side.text)}),
			r.places(m.bead, m.version, [2]int{0, len(m.side.text)})...)
		f.Message = say("“%s” stands elsewhere in %s", l.side.quoteText(0, len(l.side.text)), a.Versions[m.version].Name())
		out[l.bead] = append(out[l.bead], f)
		if out[m.bead] == nil {
			out[m.bead] = []Finding{}
		}
	}
	return out
}

// lacks says that some version of v's language has nothing in the bead.
func lacks(b *bitext.Bead, a *bitext.Alignment, v int) bool {
	for w := range a.Versions {
		if w != v && a.Versions[w].Lang == a.Versions[v].Lang && b.Sides[w].Empty() {
			return true
		}
	}
	return false
}

// overlap is the share of the words of two texts that are linked, of the one
// with more; 0 for texts too short to say.
func overlap(a, b *side, vectors *vector.Table) float64 {
	na, nb := a.contentCount(0, len(a.units)), b.contentCount(0, len(b.units))
	if min(na, nb) < 3 || max(na, nb) > 3*min(na, nb) {
		return 0
	}
	p := newPair(a, b, nil, vectors)
	n := 0
	for i, j := range p.link {
		if j >= 0 && a.units[i].content {
			n++
		}
	}
	return float64(n) / float64(max(na, nb))
}
