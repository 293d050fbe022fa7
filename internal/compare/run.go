package compare

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"sverka/internal/bitext"
)

// Run compares the versions of in bead by bead: versions of one language with
// each other, and each version with the sources. The error says that the
// alignment breaks the law of beads, that a check or a source does not exist,
// or that ctx ended.
func Run(ctx context.Context, in Input, opt Options) (*Result, error) {
	if in.Alignment == nil {
		return nil, fmt.Errorf("compare: no alignment given")
	}
	if err := in.Alignment.Validate(); err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	for _, s := range in.Sources {
		if s < 0 || s >= len(in.Alignment.Versions) {
			return nil, fmt.Errorf("compare: source %d of %d versions", s, len(in.Alignment.Versions))
		}
	}
	if err := opt.known(); err != nil {
		return nil, err
	}
	opt.statement = true
	r := &runner{in: in, opt: opt}
	r.outside, r.skip = findOutside(in)
	moved := findMoved(in, r.skip, &opt)
	found, err := r.beads(ctx, moved)
	if err != nil {
		return nil, err
	}
	res := &Result{Alignment: in.Alignment, Sources: in.Sources, Outside: r.outside}
	for b := range in.Alignment.Beads {
		if !r.skip[b] {
			res.Beads++
		}
	}
	for _, f := range found {
		res.Compared += f.compared
		res.Findings = append(res.Findings, f.findings...)
	}
	res.Findings = append(res.Findings, checkDocument(r)...)
	res.Findings = append(res.Findings, r.glossaryFindings()...)
	sortFindings(res.Findings)
	res.Findings = again(nameFindings(in.Alignment, res.Findings))
	res.waive(&opt)
	return res, nil
}

// known reports a check that does not exist.
func (o *Options) known() error {
	var names []string
	for _, c := range Checks() {
		names = append(names, c.Name)
	}
	for _, n := range slices.Concat(o.Checks, o.Off) {
		if !slices.Contains(names, n) {
			return fmt.Errorf("compare: there is no check %q; there are %v", n, names)
		}
	}
	return nil
}

// runner holds what the beads of one run share.
type runner struct {
	in      Input
	opt     Options
	outside []Outside
	skip    []bool // beads outside the statement
}

// beadResult is what one bead gave.
type beadResult struct {
	findings []Finding
	compared int
}

// beads compares every bead, several at a time; the results stand in order.
func (r *runner) beads(ctx context.Context, moved map[int][]Finding) ([]beadResult, error) {
	beads := r.in.Alignment.Beads
	out := make([]beadResult, len(beads))
	workers := r.opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		next int
		done int
	)
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		if next >= len(beads) || ctx.Err() != nil {
			return -1
		}
		next++
		return next - 1
	}
	for range min(workers, max(1, len(beads))) {
		wg.Go(func() {
			for b := take(); b >= 0; b = take() {
				if !r.skip[b] {
					out[b] = r.bead(b, moved)
				}
				mu.Lock()
				done++
				if r.opt.Progress != nil {
					r.opt.Progress(done, len(beads))
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return out, nil
}

// bead compares the versions of one bead.
func (r *runner) bead(b int, moved map[int][]Finding) beadResult {
	a := r.in.Alignment
	bead := &a.Beads[b]
	sides := make([]*side, len(a.Versions))
	for v := range a.Versions {
		if !bead.Sides[v].Empty() {
			sides[v] = newSide(a.Versions[v].Lang, a.Text(bead, v))
		}
	}
	var out beadResult
	if m := moved[b]; m != nil {
		out.findings = append(out.findings, m...)
	} else {
		out.findings = append(out.findings, r.missing(b, sides)...)
	}
	var own, crossed []Finding
	for v := range a.Versions {
		for w := v + 1; w < len(a.Versions); w++ {
			if sides[v] == nil || sides[w] == nil || !r.comparable(v, w, sides) {
				continue
			}
			x, y := v, w
			if r.isSource(w) {
				x, y = w, v // the source is the side that the other is held against
			}
			out.compared++
			found := r.compare(b, x, y, sides)
			if a.Versions[x].Lang == a.Versions[y].Lang && !r.isSource(x) {
				own = append(own, found...)
			} else {
				crossed = append(crossed, found...)
			}
		}
	}
	out.findings = append(out.findings, own...)
	out.findings = append(out.findings, unsaid(crossed, out.findings)...)
	return out
}

// comparable says that two versions are held against each other: a version and
// a source, two versions of one language, and two of different languages where
// no source has the passage.
func (r *runner) comparable(v, w int, sides []*side) bool {
	if r.isSource(v) || r.isSource(w) {
		return !r.isSource(v) || !r.isSource(w)
	}
	vs := r.in.Alignment.Versions
	if vs[v].Lang == vs[w].Lang {
		return true
	}
	for _, s := range r.in.Sources {
		if sides[s] != nil {
			return false
		}
	}
	return true
}

func (r *runner) isSource(v int) bool { return slices.Contains(r.in.Sources, v) }

// compare holds two sides of a bead against each other, the first source that
// has the bead being the witness.
func (r *runner) compare(b, v, w int, sides []*side) []Finding {
	var src *side
	source := -1
	if !r.isSource(v) {
		for _, s := range r.in.Sources {
			if sides[s] != nil {
				src, source = sides[s], s
				break
			}
		}
	}
	vs := r.in.Alignment.Versions
	var out []Finding
	for _, f := range compareSides(sides[v], sides[w], src, &r.opt) {
		found := Finding{Check: f.Check, Cat: f.Cat, Sev: f.Sev, Message: f.Message, Bead: b}
		if f.A != nil {
			found.Places = append(found.Places, r.places(b, v, *f.A)...)
		}
		if f.B != nil {
			found.Places = append(found.Places, r.places(b, w, *f.B)...)
		}
		slices.SortStableFunc(found.Places, comparePlaces)
		if source >= 0 && f.witness.heard() {
			found.Evidence = append(found.Evidence, f.witness.line(vs[source].Name(), vs[v].Name(), vs[w].Name()))
		}
		out = append(out, found)
	}
	return out
}

// places leads bytes of a bead's joined text back to its segments.
func (r *runner) places(b, v int, at [2]int) []Place {
	ver := &r.in.Alignment.Versions[v]
	sides := r.in.Alignment.Beads[b].Sides[v]
	joiner := len(ver.Lang.Joiner())
	var out []Place
	off := 0
	for s := sides.From; s < sides.To; s++ {
		t := ver.Segments[s].Text
		from, to := max(at[0]-off, 0), min(at[1]-off, len(t))
		gap := at[0] == at[1] && from <= len(t) && to >= 0 && (len(out) == 0)
		if from < to || gap && from == to {
			out = append(out, Place{v, s, from, to, t[from:to]})
		}
		off += len(t) + joiner
	}
	if len(out) == 0 { // a gap that falls into the joiner
		last := ver.Segments[sides.To-1].Text
		out = append(out, Place{v, sides.To - 1, len(last), len(last), ""})
	}
	return out
}

func comparePlaces(x, y Place) int {
	if x.Version != y.Version {
		return x.Version - y.Version
	}
	if x.Segment != y.Segment {
		return x.Segment - y.Segment
	}
	return x.Start - y.Start
}

// unsaid drops what is found against the source at a place where two versions
// were already found to differ in the same way.
func unsaid(crossed, said []Finding) []Finding {
	var out []Finding
	for _, c := range crossed {
		if !slices.ContainsFunc(said, func(s Finding) bool { return sameMatter(&c, &s) }) {
			out = append(out, c)
		}
	}
	return out
}

func sameMatter(c, s *Finding) bool {
	if c.Cat != s.Cat {
		return false
	}
	for _, p := range c.Places {
		for _, q := range s.Places {
			if p.Version == q.Version && p.Segment == q.Segment && p.Start <= q.End && q.Start <= p.End {
				return true
			}
		}
	}
	return false
}

func sortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(x, y Finding) int {
		if x.Bead != y.Bead {
			return x.Bead - y.Bead
		}
		return int(y.Sev) - int(x.Sev)
	})
}

// nameFindings gives each finding its ID; a second one with the same texts
// and places gets a number behind it. What is said twice is said once.
func nameFindings(a *bitext.Alignment, fs []Finding) []Finding {
	seen := make(map[string]int)
	said := make(map[string]bool)
	out := fs[:0]
	for _, f := range fs {
		id := findingID(a, f.Check, f.Cat, f.Places)
		if key := id + f.Message.String(); said[key] {
			continue
		} else {
			said[key] = true
		}
		seen[id]++
		f.ID = id
		if n := seen[id]; n > 1 {
			f.ID = fmt.Sprintf("%s-%d", id, n)
		}
		out = append(out, f)
	}
	return out
}

// waive leaves out what is waived or too light.
func (r *Result) waive(opt *Options) {
	kept, used := r.Findings[:0], make(map[string]bool)
	for _, f := range r.Findings {
		used[f.ID] = true
		switch {
		case f.Sev < opt.MinSeverity:
		case opt.Waived[f.ID]:
			r.Waived++
		default:
			kept = append(kept, f)
		}
	}
	r.Findings = kept
	if opt.Checks != nil || opt.Off != nil || opt.MinSeverity > Info {
		return // what was not looked for cannot be missed
	}
	for id, on := range opt.Waived {
		if on && !used[id] {
			r.Unused = append(r.Unused, id)
		}
	}
	slices.Sort(r.Unused)
}
