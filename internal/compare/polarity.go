package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/lexis"
	"sverka/internal/text"
)

// deniers deny without being a negation: what one translator says with "not"
// another says with one of them. They are keys.
var deniers = map[bitext.Lang]map[string]bool{
	bitext.English: keySet(bitext.English, `without lack fail failure refuse refusal deny denial unable impossible prevent avoid
		stop refrain neither nor hardly barely scarcely rarely seldom unless only until till instead rather except besides
		absence absent unlikely ban prohibit forbid exclude reject decline cease unaware ignore free halt none nothing nobody
		nowhere never cannot little few away miss lose loss deprive reluctant hesitate abandon withhold exempt
		regardless beyond despite otherwise other else against incapable inability illegal unlawful`),
	bitext.Russian: keySet(bitext.Russian, `без отказ отказаться отказать нельзя невозможно отсутствие отсутствовать лишь только избежать
		нет едва вряд запрет запретить перестать прекратить кроме лишить неудача мешать препятствовать сомневаться сомнение
		исключить исключение неспособный отвергнуть отклонить редко мало недостаточно трудно вместо пока лишиться`),
	bitext.Chinese: keySet(bitext.Chinese, `无 未 非 否 难 缺 拒 禁 失 免 莫 勿 别 没 不 除 仅 才 少 止 绝 避 防`),
}

// nominal are negations by a noun or preposition, which come and go with the
// turn of the sentence. They are keys.
var nominal = map[bitext.Lang]map[string]bool{
	bitext.English: keySet(bitext.English, "without lack lacking absence free fail failure devoid yet far"),
	bitext.Russian: keySet(bitext.Russian, "без отсутствие отсутствует отсутствуют"),
}

func keySet(lang bitext.Lang, s string) map[string]bool {
	out := make(map[string]bool)
	for w := range wordSet(s) {
		out[wordKey(lang, w)] = true
	}
	return out
}

// denial is a negation and the word that it denies.
type denial struct {
	item *item
	head int // unit, or -1
}

// checkNegation pairs the negations of two texts by what they deny; one that
// is left over, and that the other text does not make up for, is reported.
func checkNegation(p *pair) []Flag {
	xs, ys := denials(p.a), denials(p.b)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	heads := make(map[*item]int, len(xs)+len(ys))
	items := func(list []denial) []*item {
		var out []*item
		for _, d := range list {
			heads[d.item] = d.head
			out = append(out, d.item)
		}
		return out
	}
	ix, iy := items(xs), items(ys)
	for _, fit := range []func(x, y *item) bool{
		func(x, y *item) bool { return p.linked(heads[x], heads[y]) },
		func(x, y *item) bool { return p.linked(x.from, y.from) },
		func(x, y *item) bool { return p.context(x.from, y.from) >= 0.4 || p.distance(x.from, y.from) < 0.15 },
		func(x, y *item) bool { return true },
	} {
		for _, c := range p.couples(ix, iy, usedX, usedY, fit) {
			if !usedX[c.x] && !usedY[c.y] {
				usedX[c.x], usedY[c.y] = true, true
			}
		}
	}
	var out []Flag
	for i, x := range xs {
		if !usedX[i] {
			out = append(out, p.leftDenial(p.a, p.b, p.link, p.back, x, false)...)
		}
	}
	for i, y := range ys {
		if !usedY[i] {
			out = append(out, p.leftDenial(p.b, p.a, p.back, p.link, y, true)...)
		}
	}
	return out
}

func (p *pair) linked(i, j int) bool { return i >= 0 && j >= 0 && p.link[i] == j }

// denials gives the negations of a text; Russian words that only agree with
// another negation of their clause (никто не …) are left out.
func denials(d *side) []denial {
	var out []denial
	last := -1
	for i := range d.items {
		it := &d.items[i]
		if it.Kind != lexis.Negation || it.Weak || it.Norm == "weak" || it.from >= it.to {
			continue
		}
		c := d.clauseOf(it.from)
		if d.lang == bitext.Russian && len(out) > 0 && c == last && it.from-out[len(out)-1].item.to <= 3 {
			continue
		}
		last = c
		out = append(out, denial{it, d.headOf(it)})
	}
	return out
}

// headReach is how many units behind an item its head is looked for.
const headReach = 7

// headOf gives the unit that the item governs, or -1.
func (d *side) headOf(it *item) int {
	if it.Head != "" {
		key := wordKey(d.lang, it.Head)
		for k := it.to; k < len(d.units) && k < it.to+headReach; k++ {
			if d.units[k].key == it.Head || d.units[k].key == key {
				return k
			}
		}
	}
	for k := it.to; k < len(d.units) && k < it.to+headReach; k++ {
		if d.units[k].content {
			return k
		}
	}
	return -1
}

// leftDenial reports a negation without partner, unless the other text denies
// in another way at that place.
func (p *pair) leftDenial(d, o *side, link, back []int, x denial, swap bool) []Flag {
	oFrom, oTo := opposite(d, o, link, x.item.from, x.item.to)
	if x.head >= 0 && link[x.head] >= 0 {
		oFrom, oTo = min(oFrom, link[x.head]), max(oTo, link[x.head]+1)
	}
	if d.lang != o.lang {
		oFrom, oTo = 0, len(o.units) // places across languages are rough
	}
	if deniedBetween(o, back, oFrom-4, oTo+4) || opposedNear(d, o, back, x.head, oFrom-4, oTo+4) {
		return nil
	}
	sev, sure := Major, 0.0
	at, other := d.at(x.item.from, x.item.to), o.at(oFrom, oFrom)
	if x.head >= 0 {
		at = d.at(x.item.from, x.head+1)
		if j := link[x.head]; j >= 0 {
			other = o.at(j, j+1)
			if swap {
				sure = p.context(j, x.head)
			} else {
				sure = p.context(x.head, j)
			}
		} else {
			sev = Minor
		}
	}
	f := Flag{Cat: Negation, Sev: sev, A: at, B: other}
	if swap {
		f.A, f.B = f.B, f.A
	}
	f.Message = say("“%s” is denied in one text only", d.quoteText(at[0], at[1]))
	p.testifyDenial(&f, d, o, swap, sure)
	if d.lang != o.lang && len(denials(o)) > 0 {
		f.Sev = Minor // which denies what is not sure enough
	}
	if nominal[d.lang][d.units[x.item.from].key] {
		f.Sev = Minor
	}
	return []Flag{f}
}

// testifyDenial counts the negations of the source: as many as in one text and
// not as in the other, and it decides.
func (p *pair) testifyDenial(f *Flag, d, o *side, swap bool, sure float64) {
	if p.src == nil {
		return
	}
	n := len(denials(p.src))
	with, without := len(denials(d)), len(denials(o))
	side, other := agreesA, agreesB
	if swap {
		side, other = agreesB, agreesA
	}
	said := say("%d negation|%d negations", n)
	switch n {
	case without:
		f.witness = witness{said, other}
		if d.lang != bitext.Chinese {
			f.Sev = Major
		}
	case with:
		// The text without may deny by the choice of its words.
		f.witness = witness{said, side}
		if sure < saidOtherwise {
			f.Sev = Minor
		}
	}
}

// opposedNear says that o has, without partner, the opposite of unit head of d
// between two units: what one text denies the other states by its opposite.
func opposedNear(d, o *side, back []int, head, from, to int) bool {
	if head < 0 {
		return false
	}
	for k := max(0, from); k < min(len(o.units), to); k++ {
		if back[k] < 0 && opposed(d.lang, d.units[head].key, o.lang, o.units[k].key) {
			return true
		}
	}
	return false
}

// saidOtherwise is how well the surroundings of a denied word and of its
// partner must agree for the denial that the source has to be missed.
const saidOtherwise = 0.75

// deniesItself says that unit k is a word that a prefix of denial made of
// another: indescribable, неспособность.
func (d *side) deniesItself(k int) bool {
	u := &d.units[k]
	if u.kind != text.Word || len(u.form) < 6 {
		return false
	}
	for _, p := range denyingPrefixes[d.lang] {
		rest, ok := strings.CutPrefix(u.form, p)
		if ok && len(rest) > 3 && lexicon.Shipped().Has(d.lang, wordKey(d.lang, rest)) {
			return true
		}
	}
	return d.lang == bitext.English && strings.HasSuffix(u.form, "less")
}

// deniedBetween says that a denier of o without partner stands between two
// units, or a word with a prefix of denial.
func deniedBetween(o *side, back []int, from, to int) bool {
	for k := max(0, from); k < min(len(o.units), to); k++ {
		if back[k] < 0 && (deniers[o.lang][o.units[k].key] || o.deniesItself(k)) {
			return true
		}
	}
	for i := range o.items {
		it := &o.items[i]
		if it.Kind == lexis.Negation && it.from < to && it.to > from && it.from < len(back) && back[it.from] < 0 {
			return true
		}
	}
	return false
}
