package compare

import (
	"fmt"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
)

// checkModality compares how strongly the texts bind: must, should, may, will.
func checkModality(p *pair) []Flag {
	isModal := func(it *item) bool { return it.Kind == lexis.Modality && it.from < it.to }
	xs, ys := p.a.only(isModal), p.b.only(isModal)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	match := func(fit func(x, y *item) bool) {
		for _, c := range p.couples(xs, ys, usedX, usedY, fit) {
			if !usedX[c.x] && !usedY[c.y] {
				usedX[c.x], usedY[c.y] = true, true
			}
		}
	}
	match(func(x, y *item) bool { return x.Strength == y.Strength && x.Norm == y.Norm && p.sameHead(x, y) })
	match(func(x, y *item) bool { return x.Strength == y.Strength && x.Norm == y.Norm })
	var out []Flag
	for _, c := range p.couples(xs, ys, usedX, usedY, func(x, y *item) bool { return true }) {
		if usedX[c.x] || usedY[c.y] {
			continue
		}
		x, y := xs[c.x], ys[c.y]
		if !p.sameHead(x, y) && c.context < 0.3 {
			continue
		}
		usedX[c.x], usedY[c.y] = true, true
		out = append(out, p.modalFlag(x, y))
	}
	for i, x := range xs {
		if !usedX[i] {
			out = append(out, p.lostModal(p.a, p.b, p.link, x, false)...)
		}
	}
	for i, y := range ys {
		if !usedY[i] {
			out = append(out, p.lostModal(p.b, p.a, p.back, y, true)...)
		}
	}
	return out
}

// sameHead says that what two items govern is linked.
func (p *pair) sameHead(x, y *item) bool {
	i, j := p.a.headOf(x), p.b.headOf(y)
	return p.linked(i, j)
}

// modalFlag reports two modal words of different strength at one place.
func (p *pair) modalFlag(x, y *item) Flag {
	f := Flag{Cat: Modality, Sev: Major, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = fmt.Sprintf("“%s” against “%s”: not equally strong", p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
	if p.src != nil {
		f.witness = p.testifyModal(x, y)
	}
	if modalDistance(x, y) < 2 && f.witness.agrees != agreesA && f.witness.agrees != agreesB {
		f.Sev = Minor
	}
	return f
}

// modalDistance says how far apart two strengths are, in steps.
func modalDistance(x, y *item) int {
	if (x.Norm == "will") != (y.Norm == "will") {
		return 2
	}
	d := x.Strength - y.Strength
	return max(d, -d)
}

// testifyModal asks which strengths the source has.
func (p *pair) testifyModal(x, y *item) witness {
	var hasX, hasY bool
	var sx, sy string
	for i := range p.src.items {
		it := &p.src.items[i]
		if it.Kind != lexis.Modality {
			continue
		}
		if it.Strength == x.Strength && it.Norm == x.Norm {
			hasX, sx = true, p.src.quoteText(it.Start, it.End)
		}
		if it.Strength == y.Strength && it.Norm == y.Norm {
			hasY, sy = true, p.src.quoteText(it.Start, it.End)
		}
	}
	switch {
	case hasX && hasY:
		return witness{sx + " and " + sy, agreesBoth}
	case hasX:
		return witness{sx, agreesA}
	case hasY:
		return witness{sy, agreesB}
	}
	return witness{}
}

// lostModal reports a modal word whose head the other text states flatly. It
// weighs where the source, too, binds in no such way.
func (p *pair) lostModal(d, o *side, link []int, x *item, swap bool) []Flag {
	head := d.headOf(x)
	if head < 0 || link[head] < 0 {
		return nil
	}
	j := link[head]
	f := Flag{Cat: Modality, Sev: Minor, A: d.at(x.from, head+1), B: o.at(j, j+1)}
	if p.src != nil && !p.src.binds(x) && (x.Strength == 3 && d.units[x.from].form != "shall" || x.Strength == 1 && plainMay[d.lang][d.units[x.from].form]) {
		f.Sev = Major
		f.witness = witness{"nothing so strong", agreesB}
		if x.Strength == 1 {
			f.witness.said = "nothing so weak"
		}
		if swap {
			f.witness.agrees = agreesA
		}
	}
	if swap {
		f.A, f.B = f.B, f.A
	}
	f.Message = fmt.Sprintf("“%s” is said flatly in the other text: “%s”",
		d.quoteText(d.units[x.from].start, d.units[head].end), o.quoteText(o.units[j].start, o.units[j].end))
	return []Flag{f}
}

// plainMay are the words that say nothing but that something may be; those
// that also mean an ability come and go in translation.
var plainMay = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("may might maybe perhaps possibly"),
	bitext.Russian: wordSet("возможно может могут"),
	bitext.Chinese: wordSet("或"),
}

// binds says that d has a modal word of the strength of x.
func (d *side) binds(x *item) bool {
	for i := range d.items {
		it := &d.items[i]
		if it.Kind == lexis.Modality && (it.Strength == x.Strength || it.Strength == -x.Strength) {
			return true
		}
	}
	return false
}
