package compare

import (
	"sverka/internal/text"
)

// gap is a stretch of one text of which no content word has a partner.
type gap struct {
	from, to int // units, trimmed to the first and last free content unit
	n        int // free content units in it
	// oFrom and oTo are the units of the other text between the partners of
	// the gap's neighbours; n of them are free: what may stand for the gap.
	oFrom, oTo, oFree int
}

// findGaps gives the stretches of d without a link. link leads from d to o.
func findGaps(d, o *side, link, back []int) []gap {
	var out []gap
	for i := 0; i < len(d.units); {
		if !d.units[i].content || link[i] >= 0 {
			i++
			continue
		}
		g := gap{from: i}
		for k := i; k < len(d.units) && (!d.units[k].content || link[k] < 0); k++ {
			if d.units[k].content {
				g.n++
				g.to = k + 1
			}
		}
		g.oFrom, g.oTo = opposite(d, o, link, g.from, g.to)
		for k := g.oFrom; k < g.oTo; k++ {
			if o.units[k].content && back[k] < 0 {
				g.oFree++
			}
		}
		out = append(out, g)
		i = g.to
	}
	return out
}

// opposite gives the units of o that stand where units from to to of d would:
// between the partners of the nearest linked content units on both sides.
func opposite(d, o *side, link []int, from, to int) (oFrom, oTo int) {
	oFrom, oTo = 0, len(o.units)
	for k := from - 1; k >= 0; k-- {
		if d.units[k].content && link[k] >= 0 {
			oFrom = link[k] + 1
			break
		}
	}
	for k := to; k < len(d.units); k++ {
		if d.units[k].content && link[k] >= 0 {
			oTo = link[k]
			break
		}
	}
	if oTo < oFrom {
		// The neighbours changed places: what follows the left one counts.
		oTo = oFrom
		for oTo < len(o.units) && (!o.units[oTo].content || o.units[oTo].kind == text.Punct) {
			oTo++
		}
	}
	return oFrom, oTo
}

func countFree(d *side, link []int) int {
	n := 0
	for i := range d.units {
		if d.units[i].content && link[i] < 0 {
			n++
		}
	}
	return n
}

const (
	// acrossMajor is the probability from which a missing stretch is reported
	// as one to act on, acrossMinor that from which it is mentioned.
	acrossMajor, acrossMinor = 0.75, 0.5
	acrossLeast              = 3 // content words
)

// checkClauses finds words and clauses that one text has and the other has not.
func checkClauses(p *pair) []Flag {
	if p.a.lang == p.b.lang {
		return checkLacking(p)
	}
	var out []Flag
	for _, x := range p.gaps() {
		prob := x.probability()
		if prob < acrossMinor || !x.sound() {
			continue
		}
		f := Flag{Cat: Omission, Sev: Minor, A: x.d.at(x.g.from, x.g.to), B: x.o.at(x.g.oFrom, x.g.oFrom)}
		f.Message = say("“%s” has no counterpart", x.d.quoteText(f.A[0], f.A[1]))
		if prob >= acrossMajor {
			f.Sev = Major
		}
		if x.d == p.b {
			f.Cat = Addition
			f.A, f.B = f.B, f.A
		}
		out = append(out, f)
	}
	return out
}

// sound says that enough is known to report a gap across languages: it is more
// than a word or two, at its place stand far fewer words, small ones such as
// "everyone has" too, and the texts share some outside of it.
func (x *gapView) sound() bool {
	if x.d.inLabel(x.g.to) {
		return false
	}
	shared := 0
	for i := range x.d.units {
		if x.d.units[i].content && x.link[i] >= 0 {
			shared++
		}
	}
	return shared > 2 && x.d.wordsIn(x.g.from, x.g.to) >= acrossLeast && 2*x.o.countWords(x.g.oFrom, x.g.oTo) <= x.d.countWords(x.g.from, x.g.to)
}

// wordsIn counts the content words from unit from to unit to.
func (d *side) wordsIn(from, to int) int {
	n := 0
	for _, w := range d.words() {
		if w.from >= from && w.to <= to {
			n++
		}
	}
	return n
}

// countWords counts the units from from to to that are no punctuation.
func (d *side) countWords(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if d.units[i].kind != text.Punct {
			n++
		}
	}
	return n
}

// gaps gives the gaps of two texts of different languages: there is no third
// text in which both could be met.
func (p *pair) gaps() []gapView {
	var out []gapView
	freeA, freeB := countFree(p.a, p.link), countFree(p.b, p.back)
	for _, g := range p.gapsA {
		out = append(out, gapView{p.src, p.a, p.b, p.link, p.back, p.pa, nil, g, freeA, freeB})
	}
	for _, g := range p.gapsB {
		out = append(out, gapView{p.src, p.b, p.a, p.back, p.link, p.pb, nil, g, freeB, freeA})
	}
	return out
}
