package compare

import (
	"slices"
	"strings"

	"sverka/internal/lexis"
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
	if len(lacking) == 0 {
		return nil
	}
	f := r.whole(b, witness, Omission, sides)
	shown, has := sides[witness].quoteText(0, len(sides[witness].text)), r.in.Alignment.Versions[witness].Name()
	names := make([]string, len(lacking))
	framing := true
	for k, v := range lacking {
		f.Places = append(f.Places, r.seam(b, v)...)
		names[k] = r.in.Alignment.Versions[v].Name()
		framing = framing && r.framing(b, v, sides[witness])
	}
	slices.SortStableFunc(f.Places, comparePlaces)
	f.Message = say("%s has nothing for %s's “%s”", names[0], has, shown)
	if len(names) > 1 {
		f.Message = say("“%s” of %s is in none of %s", shown, has, strings.Join(names, ", "))
	}
	switch {
	case framing:
		f.Sev = Minor
	case r.isSource(witness):
		f.Sev = max(f.Sev, Major)
	}
	return []Finding{f}
}

// framing says that bead b stands before the first or behind the last passage
// that version v shares with others, where v has something of its own, within a
// sentence or two, and that it says nothing that could be checked: a notice, a
// line of thanks, the topics of a page.
func (r *runner) framing(b, v int, d *side) bool {
	a := r.in.Alignment
	begin, end := commonReach(a, v, 0, len(a.Beads)-1)
	from, to := b, begin
	own := countOnly(a, v, 0, begin)
	if b > end {
		from, to = end+1, b+1
		own = countOnly(a, v, end+1, len(a.Beads))
	}
	return from < to && own > 0 && to-from-countOnly(a, v, from, to) <= framingReach && !tellsFacts(d)
}

// framingReach is how many passages a frame may have.
const framingReach = 2

// tellsFacts says that a text has a number, a date or a name.
func tellsFacts(d *side) bool {
	return slices.ContainsFunc(d.items, func(it item) bool { return it.Kind.Numeric() || it.Kind == lexis.Name && !it.Weak })
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
