package compare

import (
	"slices"
	"strings"

	"sverka/internal/lexis"
)

// known says that the normal form of a name is a key of the gazetteer.
func known(it *item) bool {
	return it.Kind == lexis.Name && it.Norm != "" && it.Norm == strings.ToUpper(it.Norm) && it.Norm != strings.ToLower(it.Norm)
}

// knownNames compares the names that the gazetteer knows, each once.
func (p *pair) knownNames() []Flag {
	xs, ys := p.loneNames(p.a, p.b, p.link), p.loneNames(p.b, p.a, p.back)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	var out []Flag
	for _, c := range p.couples(xs, ys, usedX, usedY, func(x, y *item) bool { return true }) {
		if usedX[c.x] || usedY[c.y] || c.context < nameContext {
			continue
		}
		usedX[c.x], usedY[c.y] = true, true
		if f, ok := p.nameFlag(xs[c.x], ys[c.y]); ok {
			out = append(out, f)
		}
	}
	for i, x := range xs {
		for j, y := range ys {
			if !usedX[i] && !usedY[j] && p.decides(x, y) {
				f, _ := p.nameFlag(x, y)
				usedX[i], usedY[j] = true, true
				out = append(out, f)
			}
		}
	}
	for i, x := range xs {
		if !usedX[i] {
			out = append(out, p.lostName(p.a, p.b, p.link, p.back, x, false))
		}
	}
	for i, y := range ys {
		if !usedY[i] {
			out = append(out, p.lostName(p.b, p.a, p.back, p.link, y, true))
		}
	}
	return out
}

// decides says that the source has one of two known names and not the other,
// so that one stands for the other wherever they stand.
func (p *pair) decides(x, y *item) bool {
	if p.src == nil || kin(x.Norm, y.Norm) {
		return false
	}
	hasX, _ := p.src.hasName(x.Norm)
	hasY, _ := p.src.hasName(y.Norm)
	if hasX == hasY {
		return false
	}
	if hasX {
		s, _ := p.sure(p.b, y)
		return s < strangeSure
	}
	s, _ := p.sure(p.a, x)
	return s < strangeSure
}

// strangeSure is how surely the source may have a name that is held for a
// stranger to it.
const strangeSure = 0.5

// oneInChinese are names that are one in Chinese: the river and the province.
var oneInChinese = map[string]string{"AMUR": "HEILONGJIANG", "HEILONGJIANG": "AMUR"}

// loneNames gives the known names of d that o does not have, the first of
// each.
func (p *pair) loneNames(d, o *side, link []int) []*item {
	there := make(map[string]bool)
	for i := range o.items {
		if known(&o.items[i]) {
			there[o.items[i].Norm] = true
			there[oneInChinese[o.items[i].Norm]] = true
		}
	}
	var out []*item
	for i := range d.items {
		x := &d.items[i]
		if !known(x) || x.Weak || there[x.Norm] || x.from >= x.to || linkedAll(d, link, x.from, x.to) {
			continue
		}
		if namesIt(d, x, o) {
			continue
		}
		there[x.Norm] = true
		out = append(out, x)
	}
	return out
}

// namesIt says that o has a name that is the same as name x of d.
func namesIt(d *side, x *item, o *side) bool {
	least := nameSame
	if d.lang == o.lang {
		least = nameSurely // the gazetteer has its spellings
	}
	name := d.text[x.Start:x.End]
	for i := range o.items {
		if y := &o.items[i]; y.Kind == lexis.Name && lexis.SameName(name, o.text[y.Start:y.End], d.lang, o.lang) >= least {
			return true
		}
	}
	return false
}

// nameSurely is how alike a known name and another of the same language are
// from which they are spellings of one.
const nameSurely = 0.9

func linkedAll(d *side, link []int, from, to int) bool {
	for i := from; i < to; i++ {
		if d.units[i].content && link[i] < 0 {
			return false
		}
	}
	return true
}

// findName looks in d for a name that is the same as bytes start to end of o.
func (d *side) findName(o *side, start, end int) (bool, string) {
	name := o.text[start:end]
	for i := range d.items {
		y := &d.items[i]
		if y.Kind != lexis.Name {
			continue
		}
		if t := d.text[y.Start:y.End]; lexis.SameName(name, t, o.lang, d.lang) >= nameSame {
			return true, t
		}
	}
	return false, ""
}

// nameFlag reports two known names that stand at one place and are not one.
func (p *pair) nameFlag(x, y *item) (Flag, bool) {
	f := Flag{Cat: Name, Sev: Critical, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = say("“%s” against “%s”", p.a.quoteText(x.Start, x.End), p.b.quoteText(y.Start, y.End))
	if p.src == nil {
		return f, true
	}
	if kin(x.Norm, y.Norm) {
		f.Sev = Minor
		return f, true
	}
	sureX, sx := p.sure(p.a, x)
	sureY, sy := p.sure(p.b, y)
	switch {
	case sureX-sureY >= sureMargin:
		f.witness = witness{sx, agreesA}
	case sureY-sureX >= sureMargin:
		f.witness = witness{sy, agreesB}
	default:
		f.Sev = Minor
		if sureX+sureY > 1.4 {
			f.witness = witness{sx + " and " + sy, agreesBoth}
		}
	}
	return f, true
}

// kin says that two names are often said for each other: England for Britain.
func kin(a, b string) bool {
	return slices.ContainsFunc([][]string{{"GB", "ENG"}, {"GB", "LONDON", "DOWNINGSTREET"}, {"US", "WASHINGTON", "WHITEHOUSE"},
		{"RU", "MOSCOW", "KREMLIN"}, {"CN", "BEIJING", "ZHONGNANHAI"}, {"FR", "PARIS"}, {"DE", "BERLIN"}, {"JP", "TOKYO"}, {"IN", "DELHI"}, {"UA", "KYIV"},
		{"KR", "KP", "KOREA"}, {"EU", "EUROPE", "BRUSSELS"}, {"RU", "SOVIET"}, {"OLYMPICS", "IOC"}}, func(g []string) bool {
		return slices.Contains(g, a) && slices.Contains(g, b)
	})
}

// sureMargin is by how much the source must be surer of one known name than
// of the other to tell which of them it has.
const sureMargin = 0.2

// sure says how surely the source has a known name of d, and what it has: 1
// for the name itself, else what lexicon and vectors say.
func (p *pair) sure(d *side, x *item) (float64, string) {
	if has, said := p.src.hasName(x.Norm); has {
		return 1, said
	}
	best, said := 0.0, ""
	for i := x.from; i < x.to; i++ {
		u := &d.units[i]
		if !u.content {
			continue
		}
		best = max(best, min(0.7, 3*lexiconLink(d, i, p.src)), 0.7*nearest(d, i, p.src))
	}
	return best, said
}

// hasName says that d has a known name.
func (d *side) hasName(norm string) (bool, string) {
	for i := range d.items {
		if y := &d.items[i]; y.Kind == lexis.Name && y.Norm == norm {
			return true, d.text[y.Start:y.End]
		}
	}
	return false, ""
}

// lostName reports a known name that stands in one text only. It is grave when
// the source has not got it either.
func (p *pair) lostName(d, o *side, link, back []int, x *item, swap bool) Flag {
	sourced := false
	if p.src != nil {
		sourced, _ = p.src.hasName(x.Norm)
	}
	if d.lang == o.lang && !sourced {
		if f, ok := p.nameDiff(d, o, link, back, nameUnits(o), x.from, x.to, swap); ok && f.Sev > Minor {
			return f
		}
	}
	oFrom, _ := opposite(d, o, link, x.from, x.to)
	f := Flag{Cat: Name, Sev: Minor, A: d.at(x.from, x.to), B: o.at(oFrom, oFrom)}
	f.Message = say("“%s” is named in one text only", d.quoteText(x.Start, x.End))
	if d.lang != o.lang && !p.heard(d, x) {
		f.Sev = Major
	}
	if p.src != nil {
		if has, said := p.src.hasName(x.Norm); has {
			f.witness = witness{said, agreesA}
		} else if p.src.names() > 0 && p.sourced(d, x.from, x.to) == "" && !p.src.hasKin(x.Norm) {
			if j := partner(o, link, x.to-1); p.short(d, o) || j >= 0 && o.units[j].name >= 0 && known(&o.items[o.units[j].name]) {
				f.Sev = Major // it stands where another should
			}
			f.witness = witness{"no such name", agreesB}
		}
	}
	if swap {
		f.A, f.B = f.B, f.A
		switch f.witness.agrees {
		case agreesA:
			f.witness.agrees = agreesB
		case agreesB:
			f.witness.agrees = agreesA
		}
	}
	return f
}

// short says that d has some known name less often than both o and the source.
func (p *pair) short(d, o *side) bool {
	count := func(s *side) map[string]int {
		n := map[string]int{}
		for i := range s.items {
			if known(&s.items[i]) {
				n[s.items[i].Norm]++
			}
		}
		return n
	}
	mine, there := count(d), count(o)
	for norm, n := range count(p.src) {
		if mine[norm] < min(n, there[norm]) {
			return true
		}
	}
	return false
}

// heard says that some unit of name x of d has a rendering in the other text,
// of another language.
func (p *pair) heard(d *side, x *item) bool {
	v := p.pa
	if d == p.b {
		v = p.pb
	}
	for i := x.from; i < x.to; i++ {
		if d.units[i].content && (v.best[i] >= foreignFloor || !v.known[i]) {
			return true
		}
	}
	return false
}

// hasKin says that d has a known name that is often said for another.
func (d *side) hasKin(norm string) bool {
	return slices.ContainsFunc(d.items, func(it item) bool { return known(&it) && kin(it.Norm, norm) })
}

// names counts the known names of d.
func (d *side) names() int {
	n := 0
	for i := range d.items {
		if known(&d.items[i]) {
			n++
		}
	}
	return n
}
