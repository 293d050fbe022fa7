package compare

import (
	"slices"
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
		regardless beyond despite otherwise other else against incapable inability illegal unlawful less short scarce`),
	bitext.Russian: keySet(bitext.Russian, `без отказ отказаться отказать нельзя невозможно отсутствие отсутствовать лишь только избежать
		нет едва вряд запрет запретить перестать прекратить кроме лишить неудача мешать препятствовать сомневаться сомнение
		исключить исключение неспособный отвергнуть отклонить редко мало недостаточно трудно вместо пока лишиться менее меньше
		отказ отказался отказалась отказались отказывается перестал перестали перестанет прекратил прекратили
		запрещен запрещено запретил запретили избежал избежать избегать бросил бросить удержаться воздержаться воздержался`),
	bitext.Chinese: keySet(bitext.Chinese, `无 未 非 否 难 缺 拒 禁 失 免 莫 勿 别 没 不 除 仅 才 少 止 绝 避 防`),
}

// fullDenials are Chinese negations that are more than a character, which may
// be one of a set phrase (不近人情, 非必要).
var fullDenials = wordSet("不是 没有 不能 不能够 不会 并未 并没有 并不 并不是 并非 从未 没能 未能 未曾 不曾 无法 不可 不可能 不可以 不应 不应该 不应当 不再 不想 不愿")

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
		func(x, y *item) bool { return p.linked(x.from, y.from) && !p.firm(heads[x], heads[y]) },
		func(x, y *item) bool {
			return !p.firm(heads[x], heads[y]) && (p.context(x.from, y.from) >= 0.4 || p.distance(x.from, y.from) < 0.15)
		},
		func(x, y *item) bool { return !p.firm(heads[x], heads[y]) },
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

// firm says that the other text has both of two words in the same form, and
// not as each other: "prices and not volumes", "volumes and not prices".
func (p *pair) firm(i, j int) bool {
	return i >= 0 && j >= 0 && sameWordAt(p.a, p.b, p.link, i) && sameWordAt(p.b, p.a, p.back, j) && p.link[i] != j
}

// sameWordAt says that unit i of d is linked to one of the same key; of a
// Chinese character, that the one behind it is, too.
func sameWordAt(d, o *side, link []int, i int) bool {
	same := func(i int) bool {
		return i >= 0 && i < len(link) && link[i] >= 0 && o.units[link[i]].key == d.units[i].key
	}
	if !same(i) || d.units[i].kind != text.Han {
		return same(i)
	}
	return same(i+1) && link[i+1] == link[i]+1
}

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
		if d.compares(it) {
			continue
		}
		if d.lang == bitext.Russian && len(out) > 0 && c == last && it.from-out[len(out)-1].item.to <= 3 {
			continue
		}
		last = c
		out = append(out, denial{it, d.headOf(it)})
	}
	return out
}

// compares says that a negative word makes the highest degree: "nobody paid
// more than they did" denies no payment.
func (d *side) compares(it *item) bool {
	nobody := false
	for k := max(0, it.from-2); k < it.to; k++ {
		nobody = nobody || nobodies[d.units[k].form] // никто не …
	}
	if !nobody {
		return false
	}
	for k := it.to; k < min(len(d.units), it.to+compareReach); k++ {
		if f := d.units[k].form; f == "than" || f == "чем" {
			return true
		}
	}
	return false
}

// compareReach is how many units behind a negative word its degree is said.
const compareReach = 8

var nobodies = wordSet("nobody no none nothing nowhere never никто никому никого ничто нигде никогда")

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
	if deniedBetween(d, o, back, x.head, oFrom-4, oTo+4) || opposedNear(d, o, back, x.head, oFrom-4, oTo+4) {
		return nil
	}
	if x.head >= 0 && link[x.head] >= 0 && deniesOther(d, o, x.head, link[x.head]) {
		return nil
	}
	sev, sure := Major, 0.0
	at, other := d.at(x.item.from, x.item.to), o.at(oFrom, oFrom)
	if x.head >= 0 {
		at = d.at(before(d, x.item), x.head+1)
		if j := link[x.head]; j >= 0 {
			other = o.at(o.verbFrom(j, back), j+1)
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
	if sameWordAt(d, o, link, x.head) || statedFlatly(d, o, link, back, x.head) {
		sure = 1
	}
	flat := len(denials(o)) == 0 && fullDenials[d.text[x.item.Start:x.item.End]]
	p.testifyDenial(&f, d, o, swap, sure, flat)
	if nominal[d.lang][d.units[x.item.from].key] {
		f.Sev = Minor
	}
	if d.lang != o.lang && (f.Sev == Minor || len(denials(o)) > 0) {
		return nil // which denies what is not sure enough
	}
	return []Flag{f}
}

// statedFlatly says that o renders unit head of d, and denies nothing at all.
// Chinese denies by too many words for that to be known.
func statedFlatly(d, o *side, link, back []int, head int) bool {
	return d.lang != bitext.Chinese && head >= 0 && link[head] >= 0 &&
		len(denials(o)) == 0 && !deniedBetween(d, o, back, head, 0, len(o.units))
}

// before gives the unit from which a negation stands, with another one that
// stands just before it: "will not never".
func before(d *side, it *item) int {
	for i := range d.items {
		if o := &d.items[i]; o.Kind == lexis.Negation && o.to <= it.from && it.from-o.to <= 1 {
			return o.from
		}
	}
	return it.from
}

// testifyDenial counts the negations of the source: as many as in one text and
// not as in the other, and it decides. flat says of a Chinese text that it
// denies in more than a character, and that o denies nothing.
func (p *pair) testifyDenial(f *Flag, d, o *side, swap bool, sure float64, flat bool) {
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
	switch {
	case with == without: // each denies something else
	case n == without:
		f.witness = witness{said, other}
		if d.lang != bitext.Chinese || n == 0 && flat {
			f.Sev = Major
		}
	case n == with:
		// The text without may deny by the choice of its words.
		f.witness = witness{said, side}
		if sure < saidOtherwise {
			f.Sev = Minor
		}
	}
}

// verbReach is how many units before a word belong to it: "have been" before
// "found".
const verbReach = 4

// verbFrom gives the unit from which the small words before unit j stand, and
// those that only its text has: where a negation would stand.
func (d *side) verbFrom(j int, link []int) int {
	from := j
	for from > 0 && j-from < verbReach && d.units[from-1].kind != text.Punct && (!d.units[from-1].content || link[from-1] < 0) {
		from--
	}
	return from
}

// deniesOther says that of two linked words one denies by its form what the
// other says: "sense" and "meaningless", "traditional" and "nontraditional".
func deniesOther(d, o *side, i, j int) bool {
	return o.deniesItself(j) && !d.deniesItself(i) || opposed(d.lang, d.units[i].key, o.lang, o.units[j].key)
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
	for _, p := range firmPrefixes[d.lang] {
		rest, ok := strings.CutPrefix(u.form, p)
		if ok && len(rest) > 3 && !falsePrefix(u.form) && lexicon.Shipped().Has(d.lang, wordKey(d.lang, rest)) {
			return true
		}
	}
	return d.lang == bitext.English && strings.HasSuffix(u.form, "less")
}

// firmPrefixes are the prefixes that deny more often than not.
var firmPrefixes = map[bitext.Lang][]string{
	bitext.English: {"un", "non", "dis"},
	bitext.Russian: {"не", "без", "бес"},
}

// notDenying begin words whose first letters only look like a denial.
var notDenying = strings.Fields("нескольк некотор несмотр немног недавн недел необходим немец небольш немедл unit univers under until")

func falsePrefix(form string) bool {
	return slices.ContainsFunc(notDenying, func(p string) bool { return strings.HasPrefix(form, p) })
}

// deniedBetween says that a denier of o that d has not in the same form stands
// between two units, or a word with a prefix of denial. The word that renders
// what is denied, unit head of d, is none: "not to block", "to stop".
func deniedBetween(d, o *side, back []int, head, from, to int) bool {
	for k := max(0, from); k < min(len(o.units), to); k++ {
		if head >= 0 && back[k] == head {
			continue
		}
		if (back[k] < 0 || d.lang == o.lang && d.units[back[k]].key != o.units[k].key) && (deniers[o.lang][o.units[k].key] || o.deniesItself(k)) {
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
