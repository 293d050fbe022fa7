package compare

import (
	"fmt"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

const (
	termLeast, termMost = 3, 6 // content units of a term of the source
	termSeen            = 2    // beads that it must stand in
	// termSure is the likelihood from which a word renders one of the term's.
	termSure = 0.3
)

// termUse is one place where a term of the source is rendered.
type termUse struct {
	bead, version int
	at            [2]int // bytes of the version's side
	shown         string
	keys          string // of the content units, sorted
}

// checkDocument finds the terms that stand several times in a source and are
// rendered in several ways within one language.
func checkDocument(r *runner) []Finding {
	if len(r.in.Sources) == 0 || !r.opt.wants("terms") {
		return nil
	}
	source := r.in.Sources[0]
	terms := r.repeatedTerms(source)
	uses := make(map[string]map[bitext.Lang][]termUse)
	for b := range r.in.Alignment.Beads {
		inBead := terms.byBead[b]
		if len(inBead) == 0 {
			continue
		}
		src := r.sideOf(b, source)
		for v := range r.in.Alignment.Versions {
			if r.isSource(v) || r.in.Alignment.Beads[b].Sides[v].Empty() || r.in.Alignment.Versions[v].Lang == src.lang {
				continue
			}
			d := r.sideOf(b, v)
			p := newPair(src, d, nil, r.opt.Vectors)
			for _, t := range inBead {
				if use, ok := rendering(p, t); ok {
					use.bead, use.version = b, v
					if uses[t.key] == nil {
						uses[t.key] = make(map[bitext.Lang][]termUse)
					}
					uses[t.key][d.lang] = append(uses[t.key][d.lang], use)
				}
			}
		}
	}
	var out []Finding
	for _, key := range terms.order {
		for _, lang := range bitext.Langs {
			if f, ok := r.termFinding(terms.shown[key], uses[key][lang]); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

func (r *runner) sideOf(b, v int) *side {
	a := r.in.Alignment
	return newSide(a.Versions[v].Lang, a.Text(&a.Beads[b], v))
}

// termAt is a term of the source in one bead.
type termAt struct {
	key      string
	from, to int // units
}

// termList is the repeated terms of a source.
type termList struct {
	byBead map[int][]termAt
	order  []string          // keys by first appearance
	shown  map[string]string // as first written
}

// repeatedTerms finds runs of content words that stand in several beads, the
// longest first, none within another.
func (r *runner) repeatedTerms(source int) termList {
	list := termList{byBead: make(map[int][]termAt), shown: make(map[string]string)}
	seen := make(map[string]int)
	sides := make(map[int]*side)
	for b := range r.in.Alignment.Beads {
		if r.skip[b] || r.in.Alignment.Beads[b].Sides[source].Empty() {
			continue
		}
		sides[b] = r.sideOf(b, source)
		here := make(map[string]bool)
		for n := termLeast; n <= termMost; n++ {
			for _, t := range runs(sides[b], n) {
				if !here[t.key] {
					here[t.key] = true
					seen[t.key]++
				}
			}
		}
	}
	for b := range r.in.Alignment.Beads {
		d := sides[b]
		if d == nil {
			continue
		}
		taken := make([]bool, len(d.units))
		for n := termMost; n >= termLeast; n-- {
			for _, t := range runs(d, n) {
				if seen[t.key] < termSeen || slices.Contains(taken[t.from:t.to], true) {
					continue
				}
				for k := t.from; k < t.to; k++ {
					taken[k] = true
				}
				list.byBead[b] = append(list.byBead[b], t)
				if _, ok := list.shown[t.key]; !ok {
					list.order = append(list.order, t.key)
					list.shown[t.key] = d.quoteText(d.units[t.from].start, d.units[t.to-1].end)
				}
			}
		}
	}
	return list
}

// runs gives the stretches of n content words without a mark between them.
func runs(d *side, n int) []termAt {
	if d.lang == bitext.Chinese {
		return nil // words are not parted
	}
	var out []termAt
	for i := range d.units {
		var keys []string
		for k := i; k < len(d.units) && d.units[k].kind == text.Word && d.units[k].item < 0; k++ {
			if !d.units[k].content {
				if len(keys) == 0 {
					break
				}
				continue
			}
			if keys = append(keys, d.units[k].key); len(keys) == n {
				out = append(out, termAt{strings.Join(keys, " "), i, k + 1})
				break
			}
		}
	}
	return out
}

// rendering gives what stands for a term of p.a in p.b, where every word of it
// is found and they stand together.
func rendering(p *pair, t termAt) (termUse, bool) {
	first, last, missing := len(p.b.units), -1, 0
	var keys []string
	for i := t.from; i < t.to; i++ {
		if !p.a.units[i].content {
			continue
		}
		j := p.link[i]
		if j < 0 || p.pb.best[j] < termSure {
			missing++
			continue
		}
		first, last = min(first, j), max(last, j)
	}
	if last < 0 || missing > 1 || last-first > 2*(t.to-t.from) {
		return termUse{}, false
	}
	for j := first; j <= last; j++ {
		if p.b.units[j].content {
			keys = append(keys, p.b.units[j].key)
		}
	}
	slices.Sort(keys)
	at := p.b.at(first, last+1)
	return termUse{at: *at, shown: p.b.quoteText(at[0], at[1]), keys: strings.Join(keys, " ")}, true
}

// termFinding reports renderings that differ, one place for each.
func (r *runner) termFinding(term string, uses []termUse) (Finding, bool) {
	counts := make(map[string]int)
	var order []termUse
	slices.SortStableFunc(uses, func(x, y termUse) int { return x.bead - y.bead })
	for _, u := range uses {
		at := slices.IndexFunc(order, func(o termUse) bool { return alikeTerms(o.keys, u.keys) })
		if at < 0 {
			at = len(order)
			order = append(order, u)
		}
		counts[order[at].keys]++
	}
	if len(order) < 2 {
		return Finding{}, false
	}
	f := Finding{Check: "terms", Cat: Term, Sev: Info, Bead: order[0].bead}
	var parts []string
	for _, u := range order {
		parts = append(parts, fmt.Sprintf("“%s” (%d)", u.shown, counts[u.keys]))
		f.Places = append(f.Places, r.places(u.bead, u.version, u.at)...)
	}
	slices.SortStableFunc(f.Places, comparePlaces)
	f.Message = say("“%s” is rendered in several ways: %s", term, strings.Join(parts, ", "))
	return f, true
}

// alikeTerms says that two renderings have nearly the same words.
func alikeTerms(a, b string) bool {
	wa, wb := strings.Fields(a), strings.Fields(b)
	common := 0
	for _, w := range wa {
		if slices.Contains(wb, w) {
			common++
		}
	}
	return a == b || 20*common > 13*(len(wa)+len(wb)-common)
}
