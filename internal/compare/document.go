package compare

import (
	"fmt"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

const (
	termLeast, termMost = 2, 4 // content units of a term of the source
	termSeen            = 2    // beads that it must stand in
	// termUses bounds the places of one term in one version that are looked at.
	termUses = 12
	// termsMost bounds the places that are looked at in all.
	termsMost = 4000
	// termSure is the likelihood from which a word renders one of the term's,
	// spotSure that of a rendering that was spotted, and spotLikely that of one
	// that is shown only.
	termSure   = 0.3
	spotSure   = 0.75
	spotLikely = 0.5
)

// termUse is one place where a term of the source is rendered.
type termUse struct {
	bead  int
	at    [2]int // bytes of the version's side
	shown string
	keys  string // of the content units, sorted
}

// checkDocument finds the terms that stand several times in a source and are
// rendered in several ways within one version: those of the glossary and those
// that the source itself repeats.
func checkDocument(r *runner) []Finding {
	if len(r.in.Sources) == 0 || !r.opt.wants("terms") {
		return nil
	}
	source := r.in.Sources[0]
	terms := r.repeatedTerms(source)
	type place struct {
		key     string
		version int
	}
	uses := make(map[place][]termUse)
	looked := 0
	for b := range r.in.Alignment.Beads {
		inBead := terms.byBead[b]
		if len(inBead) == 0 {
			continue
		}
		src := terms.sides[b]
		for v := range r.in.Alignment.Versions {
			if r.isSource(v) || r.in.Alignment.Beads[b].Sides[v].Empty() || r.in.Alignment.Versions[v].Lang == src.lang {
				continue
			}
			var find func(termAt) (termUse, bool)
			for _, t := range inBead {
				at := place{t.key, v}
				if len(uses[at]) >= termUses || looked == termsMost {
					continue
				}
				looked++
				if find == nil {
					find = finder(src, r.sideOf(b, v), &r.opt, spotSure)
				}
				if use, ok := find(t); ok {
					use.bead = b
					uses[at] = append(uses[at], use)
				}
			}
		}
	}
	var out []Finding
	for _, key := range terms.order {
		for v := range r.in.Alignment.Versions {
			if f, ok := r.termFinding(terms.shown[key], v, uses[place{key, v}]); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// finder looks for renderings of terms of src in d: by the spotter, where there
// is one that is as sure as is asked, else by the links of words.
func finder(src, d *side, opt *Options, sure float64) func(termAt) (termUse, bool) {
	if opt.Spot == nil {
		p := newPair(src, d, nil, opt.Vectors)
		return func(t termAt) (termUse, bool) { return rendering(p, t) }
	}
	spot := opt.Spot(Text{src.lang, src.text}, Text{d.lang, d.text})
	return func(t termAt) (termUse, bool) {
		at := src.at(t.from, t.to)
		from, to, prob, ok := spot(at[0], at[1])
		if !ok || prob < sure || from >= to || to > len(d.text) {
			return termUse{}, false
		}
		return d.use(d.span(from, to)), true
	}
}

// use describes the units from to to as what renders a term.
func (d *side) use(from, to int) termUse {
	var keys []string
	for j := from; j < to; j++ {
		if d.units[j].content {
			keys = append(keys, d.units[j].key)
		}
	}
	slices.Sort(keys)
	at := d.at(from, to)
	return termUse{at: *at, shown: d.quoteText(at[0], at[1]), keys: strings.Join(keys, " ")}
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
	sides  map[int]*side     // the source in each bead
}

// repeatedTerms finds the terms of the glossary and runs of content words that
// stand in several beads, the longest first, none within another.
func (r *runner) repeatedTerms(source int) termList {
	list := termList{byBead: make(map[int][]termAt), shown: make(map[string]string)}
	least := termLeast
	if r.opt.Spot == nil {
		least++ // links of words tell too little of two words
	}
	known := make(map[int][]termAt)
	seen := make(map[string]int)
	sides := make(map[int]*side)
	list.sides = sides
	for b := range r.in.Alignment.Beads {
		if r.skip[b] || r.in.Alignment.Beads[b].Sides[source].Empty() {
			continue
		}
		sides[b] = r.sideOf(b, source)
		known[b] = r.glossaryTerms(sides[b])
		here := make(map[string]bool)
		note := func(t termAt) {
			if !here[t.key] {
				here[t.key] = true
				seen[t.key]++
			}
		}
		for _, t := range known[b] {
			note(t)
		}
		for n := least; n <= termMost; n++ {
			for _, t := range runs(sides[b], n) {
				note(t)
			}
		}
	}
	for b := range r.in.Alignment.Beads {
		d := sides[b]
		if d == nil {
			continue
		}
		taken := make([]bool, len(d.units))
		take := func(t termAt) {
			if seen[t.key] < termSeen || slices.Contains(taken[t.from:t.to], true) {
				return
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
		for _, t := range known[b] {
			take(t)
		}
		for n := termMost; n >= least; n-- {
			for _, t := range runs(d, n) {
				take(t)
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
			if verbLike(d.lang, d.units[k].form) {
				break
			}
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

// verbLike says by its ending that a Russian word is a verb: what it is part of
// is no term.
func verbLike(lang bitext.Lang, form string) bool {
	if lang != bitext.Russian || len(form) < 10 {
		return false
	}
	for _, e := range [...]string{"ил", "или", "ила", "ало", "али", "яли", "ели", "ились", "ались", "ался", "ился", "алась", "илась",
		"ать", "ить", "ять", "ться", "ает", "яет", "ует", "ают", "яют", "уют", "ется", "ются", "ится", "атся", "ятся"} {
		if strings.HasSuffix(form, e) {
			return true
		}
	}
	return false
}

// rendering gives what stands for a term of p.a in p.b, where every word of it
// is found and they stand together.
func rendering(p *pair, t termAt) (termUse, bool) {
	first, last, missing := len(p.b.units), -1, 0
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
	return p.b.use(first, last+1), true
}

// termFinding reports renderings of a term that differ within version v, one
// place for each.
func (r *runner) termFinding(term string, v int, uses []termUse) (Finding, bool) {
	counts := make(map[string]int)
	var order []termUse
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
		f.Places = append(f.Places, r.places(u.bead, v, u.at)...)
	}
	slices.SortStableFunc(f.Places, comparePlaces)
	f.Message = say("%s renders “%s” in several ways: %s", r.in.Alignment.Versions[v].Name(), term, strings.Join(parts, ", "))
	return f, true
}

// alikeTerms says that two renderings have nearly the same words, or that one is
// the other made short.
func alikeTerms(a, b string) bool {
	wa, wb := strings.Fields(a), strings.Fields(b)
	common := 0
	for _, w := range wa {
		if slices.Contains(wb, w) {
			common++
		}
	}
	return a == b || common > 0 && common == min(len(wa), len(wb)) || 20*common > 13*(len(wa)+len(wb)-common)
}
