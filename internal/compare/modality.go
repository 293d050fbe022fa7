package compare

import (
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
		if f, ok := p.modalFlag(x, y); ok {
			out = append(out, f)
		}
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
func (p *pair) modalFlag(x, y *item) (Flag, bool) {
	steps := p.modalDistance(x, y)
	if steps == 0 {
		return Flag{}, false
	}
	f := Flag{Cat: Modality, Sev: Major, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = say("“%s” against “%s”: not equally strong", p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
	if p.src != nil {
		f.witness = p.testifyModal(x, y)
	}
	decided := f.witness.agrees == agreesA || f.witness.agrees == agreesB
	if steps == 1 && !decided || f.witness.agrees == agreesBoth {
		f.Sev = Minor
	}
	return f, true
}

// modalDistance says how far apart two modal words are: 0 is rewording, 2 a
// difference to act on, 1 one for the source to decide.
func (p *pair) modalDistance(x, y *item) int {
	lx, ly := modalLevel(x), modalLevel(y)
	switch {
	case lx == ly:
		return 0
	case lx == levelWill || ly == levelWill:
		other, d, it := ly, p.b, y
		if ly == levelWill {
			other, d, it = lx, p.a, x
		}
		if x.Strength < 0 || y.Strength < 0 || d.units[it.from].form == "shall" {
			return 0 // "can never" and "will never"; "shall" in a treaty
		}
		if other == 1 && !plainMay[d.lang][d.units[it.from].form] || x.Weak != y.Weak && (x.Strength != 0 || y.Strength != 0) && p.a.lang == bitext.Chinese {
			return 1
		}
		return 2
	}
	if lx < 0 != (ly < 0) {
		// Which of the two is denied is for another check.
		lx, ly = max(lx, -lx), max(ly, -ly)
	} else if lx < 0 {
		return 1 // must not, cannot, need not
	}
	return min(2, max(lx-ly, ly-lx))
}

// levelWill is the level of words that say that something will be.
const levelWill = 9

// modalLevel gives a modal word its strength from 3 for must to 1 for may,
// negative when it is denied.
func modalLevel(it *item) int {
	switch it.Norm {
	case "will":
		return levelWill
	case "likely", "possibly":
		return 1
	case "certainly":
		return 3
	}
	return it.Strength
}

// testifyModal asks to which of two strengths those of the source are nearer.
func (p *pair) testifyModal(x, y *item) witness {
	var hasX, hasY bool
	var sx, sy string
	lx, ly := modalLevel(x), modalLevel(y)
	for i := range p.src.items {
		it := &p.src.items[i]
		if it.Kind != lexis.Modality {
			continue
		}
		l := modalLevel(it)
		if l == levelWill && lx != levelWill && ly != levelWill {
			continue
		}
		dx, dy := max(l-lx, lx-l), max(l-ly, ly-l)
		if dx < dy {
			hasX, sx = true, p.src.quoteText(it.Start, it.End)
		}
		if dy < dx {
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
	if p.src != nil && !p.src.binds(x) && (x.Strength == 3 && plainMust[d.lang][d.units[x.from].form] || x.Strength == 1 && plainMay[d.lang][d.units[x.from].form] && !d.units[x.from].capital) {
		f.Sev = Major
		f.witness = witness{say("nothing so strong"), agreesB}
		if x.Strength == 1 {
			f.witness.said = say("nothing so weak")
		}
		if swap {
			f.witness.agrees = agreesA
		}
	}
	if swap {
		f.A, f.B = f.B, f.A
	}
	f.Message = say("“%s” is said flatly in the other text: “%s”",
		d.quoteText(d.units[x.from].start, d.units[head].end), o.quoteText(o.units[j].start, o.units[j].end))
	return []Flag{f}
}

// plainMust are the words that bind and say nothing else.
var plainMust = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("must obliged mandatory compulsory"),
	bitext.Russian: wordSet("должен должна должно должны обязан обязана обязаны"),
	bitext.Chinese: wordSet("必 须 务"),
}

// plainMay are the words that say nothing but that something may be; those
// that also mean an ability come and go in translation.
var plainMay = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("may might"),
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
