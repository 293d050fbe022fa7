package compare

import (
	"slices"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// movedLeast is the share of words that two passages must have in common, in
// the same words or in others, to be one passage that has moved.
const movedLeast = 0.5

// movedReach bounds how many beads away a moved passage is looked for, and
// movedMost how many passages are compared.
const (
	movedReach = 200
	movedMost  = 200
)

// movedMaybe is the share from which the source of a passage is asked whether
// the other renders it, and movedOutside bounds how many passages outside the
// statement are looked at.
const (
	movedMaybe   = 0.3
	movedOutside = 100
)

// lonePassage is what one version has in a bead where another of its language
// has nothing, and what the source has there.
type lonePassage struct {
	bead, version int
	side, source  *side
	outside       bool // no part of the statement, as far as is known
}

// findMoved pairs passages that one version has here and another there: what
// looks like an omission and an addition is one thing that changed its place.
// Both beads have an entry; the finding stands at the first.
func findMoved(in Input, skip []bool, opt *Options) map[int][]Finding {
	if !opt.wants("moved") {
		return nil
	}
	lones := lonePassages(in, skip)
	r := &runner{in: in}
	out := make(map[int][]Finding)
	taken := make(map[int]bool)
	for x := range lones {
		best, at := movedLeast, -1
		for y := x + 1; y < len(lones) && lones[y].bead-lones[x].bead <= movedReach; y++ {
			l, m := &lones[x], &lones[y]
			if l.version == m.version || taken[x] || taken[y] || l.bead == m.bead || l.side.lang != m.side.lang || l.outside && m.outside {
				continue
			}
			if s := l.common(m, opt); s >= best {
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
		slices.SortStableFunc(f.Places, comparePlaces)
		f.Message = say("“%s” stands elsewhere in %s", l.side.quoteText(0, len(l.side.text)), in.Alignment.Versions[m.version].Name())
		out[l.bead] = append(out[l.bead], f)
		if out[m.bead] == nil {
			out[m.bead] = []Finding{}
		}
	}
	return out
}

// lonePassages gives the passages that may have moved, in the order of the text.
func lonePassages(in Input, skip []bool) []lonePassage {
	a := in.Alignment
	var out []lonePassage
	outside := 0
	for b := range a.Beads {
		bead := &a.Beads[b]
		var source *side
		for v := range a.Versions {
			if bead.Sides[v].Empty() || !lacks(bead, a, v) || len(out) == movedMost || skip[b] && outside == movedOutside {
				continue
			}
			if skip[b] {
				outside++
			}
			for _, s := range in.Sources {
				if source == nil && !bead.Sides[s].Empty() {
					source = newSide(a.Versions[s].Lang, a.Text(bead, s))
				}
			}
			out = append(out, lonePassage{b, v, newSide(a.Versions[v].Lang, a.Text(bead, v)), source, skip[b]})
		}
	}
	return out
}

// common says how much two passages have in common: the words of both, or those
// that one has of the other's source.
func (l *lonePassage) common(m *lonePassage, opt *Options) float64 {
	s := overlap(l.side, m.side, opt.Vectors)
	if s < movedMaybe || s >= movedLeast {
		return s
	}
	for _, q := range [2][2]*lonePassage{{l, m}, {m, l}} {
		if src := q[0].source; src != nil && src.lang != q[1].side.lang {
			s = max(s, overlap(src, q[1].side, opt.Vectors))
		}
	}
	return s
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
