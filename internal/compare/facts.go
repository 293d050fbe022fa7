package compare

import (
	"math"
	"sort"
	"strings"

	"sverka/internal/lexis"
)

// checkNumbers compares what counts: numbers, percents, money, quantities,
// ordinals and ranges.
func checkNumbers(p *pair) []Flag { return p.factsOf(Number) }

// checkDates compares dates and times.
func checkDates(p *pair) []Flag { return p.factsOf(Date) }

func isDate(it *item) bool { return it.Kind == lexis.Date || it.Kind == lexis.Time }

// factsOf gives the flags of one category. Numbers and dates are matched
// together, for what is a date here may be a bare ordinal there.
func (p *pair) factsOf(cat Category) []Flag {
	if !p.matched {
		p.matched = true
		p.facts = p.matchFacts()
	}
	var out []Flag
	for _, f := range p.facts {
		if f.Cat == cat {
			out = append(out, f)
		}
	}
	return out
}

// matchFacts matches the items of the numeric kinds by normal form, then by
// what they can both mean; what is left on both sides is paired by place.
func (p *pair) matchFacts() []Flag {
	numeric := func(it *item) bool { return it.Kind.Numeric() && it.from < it.to }
	xs, ys := p.a.only(numeric), p.b.only(numeric)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	match := func(same func(x, y *item) bool) {
		for _, c := range p.couples(xs, ys, usedX, usedY, same) {
			if !usedX[c.x] && !usedY[c.y] {
				usedX[c.x], usedY[c.y] = true, true
			}
		}
	}
	match(func(x, y *item) bool { return x.Kind == y.Kind && x.Norm == y.Norm })
	match(sameFact)
	match(sameFigure)
	if p.a.lang != p.b.lang {
		match(sameGrowth)
	}
	joinRanges(xs, ys, usedX, usedY)
	joinRanges(ys, xs, usedY, usedX)
	var out []Flag
	for _, c := range p.couples(xs, ys, usedX, usedY, rivals) {
		if usedX[c.x] || usedY[c.y] {
			continue
		}
		usedX[c.x], usedY[c.y] = true, true
		out = append(out, p.factFlag(xs[c.x], ys[c.y], c.context))
	}
	for i, x := range xs {
		if !usedX[i] && !x.Weak {
			if f, ok := p.lostFact(p.a, p.b, p.link, x, false); ok {
				out = append(out, f)
			}
		}
	}
	for i, y := range ys {
		if !usedY[i] && !y.Weak {
			if f, ok := p.lostFact(p.b, p.a, p.back, y, true); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// category gives the category of a numeric item.
func category(it *item) Category {
	if isDate(it) {
		return Date
	}
	return Number
}

// couple is two items that may belong together.
type couple struct {
	x, y    int
	context float64
}

// couples gives the free pairs of items that fit, those in the best
// surroundings first.
func (p *pair) couples(xs, ys []*item, usedX, usedY []bool, fit func(x, y *item) bool) []couple {
	var out []couple
	for i, x := range xs {
		for j, y := range ys {
			if usedX[i] || usedY[j] || !fit(x, y) {
				continue
			}
			c := couple{i, j, 0}
			if x.from < len(p.link) && y.from < len(p.back) {
				c.context = p.context(x.from, y.from) - 0.3*p.distance(x.from, y.from)
			}
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].context != out[j].context {
			return out[i].context > out[j].context
		}
		c, d := out[i], out[j]
		return earlier(xs[c.x].from, ys[c.y].from, xs[d.x].from, ys[d.y].from)
	})
	return out
}

// rivals says that two items that differ can stand for one fact.
func rivals(x, y *item) bool {
	if isDate(x) != isDate(y) {
		return false
	}
	if isDate(x) {
		return x.Kind == y.Kind && dateSort(x.Norm) == dateSort(y.Norm)
	}
	if (x.Kind == lexis.Range) != (y.Kind == lexis.Range) {
		return false
	}
	return true
}

// factFlag reports two items that stand for one fact and differ.
func (p *pair) factFlag(x, y *item, context float64) Flag {
	f := Flag{Cat: category(x), Sev: Critical, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = say("“%s” against “%s”", p.a.show(x), p.b.show(y))
	if sameValue(x.Value, y.Value, false) && !opposedBounds(x.Bound, y.Bound) {
		f.Message = say("“%s” against “%s”; the same figure, counted otherwise", p.a.show(x), p.b.show(y))
		f.Sev = Major
		if x.Weak || y.Weak {
			f.Sev = Minor
			return f
		}
	}
	f.witness = p.testify(x, y)
	decided := f.witness.agrees == agreesA || f.witness.agrees == agreesB
	switch {
	case f.witness.agrees == agreesBoth || context < -0.2:
		f.Sev = Minor
	case isDate(x) && dateSort(x.Norm) == "relative":
		f.Sev = Major
		if context < 0.2 && !decided && !p.offset(x, y) {
			f.Sev = Minor
		}
	case x.Kind == lexis.Ordinal && y.Kind == lexis.Ordinal && x.Weak != y.Weak:
		f.Sev = Minor
		if decided && context >= 0 || context >= 0.4 {
			f.Sev = Major
		}
	case p.a.lang != p.b.lang && x.Weak != y.Weak && context >= 0.6:
		f.Sev = Major
	case x.Weak && y.Weak:
		f.Sev = Minor
		if decided && context >= 0.2 || p.src == nil && context >= 0.5 {
			f.Sev = Major
		}
	case x.Weak || y.Weak:
		f.Sev = Minor
		if decided && context >= 0 {
			f.Sev = Major
		}
	}
	return f
}

// offset says that two relative dates are of one kind but not of one time (this
// year, last year) and that neither text has the other's.
func (p *pair) offset(x, y *item) bool {
	base := func(n string) string { return strings.TrimRight(n, "+-0123456789") }
	if base(x.Norm) != base(y.Norm) {
		return false
	}
	nx, _ := p.b.find(x)
	ny, _ := p.a.find(y)
	return nx == 0 && ny == 0
}

// testify asks the source which of two items it has, and as often as which text.
func (p *pair) testify(x, y *item) witness {
	if p.src == nil {
		return witness{}
	}
	nx, sx := p.src.find(x)
	ny, sy := p.src.find(y)
	if nx+ny == 0 || nx == 1 && ny == 1 && sx == sy {
		return witness{} // nothing, or one thing that fits both
	}
	ax, _ := p.a.find(x)
	ay, _ := p.a.find(y)
	bx, _ := p.b.find(x)
	by, _ := p.b.find(y)
	fitsA, fitsB := nx > 0 && ax <= nx && ay <= ny, ny > 0 && bx <= nx && by <= ny
	said := sx
	if nx == 0 || fitsB && !fitsA {
		said = sy
	}
	switch {
	case fitsA && !fitsB || nx > 0 && ny == 0:
		return witness{said, agreesA}
	case fitsB && !fitsA || ny > 0 && nx == 0:
		return witness{said, agreesB}
	}
	return witness{sx + " and " + sy, agreesBoth}
}

// find counts an item of another text in d and gives the first as d has it.
func (d *side) find(x *item) (n int, said string) {
	for i := range d.items {
		y := &d.items[i]
		if y.Kind == x.Kind && y.Norm == x.Norm || isDate(x) == isDate(y) && y.Kind.Numeric() && sameFact(x, y) {
			if n++; n == 1 {
				said = d.show(y)
			}
		}
	}
	return n, said
}

// lostFact reports an item that has no counterpart at all.
func (p *pair) lostFact(d, o *side, link []int, x *item, swap bool) (Flag, bool) {
	for i := x.from; i < x.to; i++ {
		if link[i] >= 0 {
			return Flag{}, false
		}
	}
	raw := strings.Trim(d.text[x.Start:x.End], ".,%")
	digits := strings.ContainsAny(raw, "0123456789")
	if digits && o.contains(raw) {
		return Flag{}, false
	}
	oFrom, _ := opposite(d, o, link, x.from, x.to)
	f := Flag{Cat: category(x), Sev: Minor, A: d.at(x.from, x.to), B: o.at(oFrom, oFrom)}
	if swap {
		f.A, f.B = f.B, f.A
	}
	f.Message = say("“%s” has no counterpart", d.show(x))
	if !weighty(x, digits) || d.alternative(x) {
		return f, true
	}
	if p.src == nil {
		f.Sev = Major
		return f, true
	}
	if n, said := p.src.find(x); n > 0 {
		f.witness = witness{said, agreesA}
		if swap {
			f.witness.agrees = agreesB
		}
		f.Sev = Major
	} else if digits && !p.src.contains(raw) {
		f.Sev = Major
	}
	return f, true
}

// alternative says that x is the second of two figures, either of which will
// do: 70 % or 80 %.
func (d *side) alternative(x *item) bool {
	if x.from < 2 || d.units[x.from-2].item < 0 {
		return false
	}
	switch d.units[x.from-1].form {
	case "or", "или", "或":
		return true
	}
	return false
}

// weighty says that an item is missed when it is lost: a date with a day or a
// year, a number in digits that is not a rough or a small one.
func weighty(x *item, digits bool) bool {
	if isDate(x) {
		p, ok := dateParts(x.Norm)
		return ok && digits && (p[0] != "" || p[2] != "")
	}
	if x.Kind == lexis.Range && strings.Contains(x.Norm, ":") {
		return digits // a score
	}
	if x.Kind == lexis.Quantity && (x.Value == 1 || sameCount(&item{Item: lexis.Item{Kind: lexis.Number, Value: 1}}, x)) {
		return false // "24 hours" may be "a day"
	}
	return digits && !rough(x) && math.Abs(x.Value) > 2
}
