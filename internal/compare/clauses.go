package compare

import (
	"fmt"

	"sverka/internal/bitext"
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

// clauseLeast is the number of content units that a stretch needs to be judged.
var clauseLeast = map[bitext.Lang]int{bitext.English: 2, bitext.Russian: 2, bitext.Chinese: 5}

// checkClauses finds clauses that one text has and the other has not.
func checkClauses(p *pair) []Flag {
	if p.a.lang != p.b.lang {
		return nil
	}
	freeA, freeB := countFree(p.a, p.link), countFree(p.b, p.back)
	var out []Flag
	for _, g := range findGaps(p.a, p.b, p.link, p.back) {
		if missing(p.a, g, freeA, freeB) {
			f := Flag{Cat: Omission, Sev: Major, A: p.a.at(g.from, g.to), B: p.b.at(g.oFrom, g.oFrom)}
			f.Message = fmt.Sprintf("“%s” has no counterpart", p.a.quoteText(f.A[0], f.A[1]))
			out = append(out, f)
		}
	}
	for _, g := range findGaps(p.b, p.a, p.back, p.link) {
		if missing(p.b, g, freeB, freeA) {
			f := Flag{Cat: Addition, Sev: Major, B: p.b.at(g.from, g.to), A: p.a.at(g.oFrom, g.oFrom)}
			f.Message = fmt.Sprintf("“%s” has no counterpart", p.b.quoteText(f.B[0], f.B[1]))
			out = append(out, f)
		}
	}
	return out
}

// missing says that a stretch has no counterpart: little is free where it
// would stand, and what is free elsewhere does not make up for it.
func missing(d *side, g gap, free, oFree int) bool {
	if g.n < clauseLeast[d.lang] {
		return false
	}
	return 3*g.oFree <= g.n && float64(free-oFree) >= surplusShare*float64(g.n)
}

const surplusShare = 0.7
