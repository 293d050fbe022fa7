package lexis

import (
	"math"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// read gives the number at token i in whatever way the language writes it.
func (s *scanner) read(i int) (num, bool) {
	if s.lang == bitext.Chinese {
		return s.chinese(i)
	}
	return s.amount(i)
}

// numeral reads a number, range or ordinal with its unit at token i and gives
// the item and the token behind it.
func (s *scanner) numeral(i int) (Item, int, bool) {
	j, sign := i, ""
	cur, n := s.find(j, cCurrency)
	if n > 0 && (!s.currencyBefore(j+n) || n > 1 && s.toks[j+n-1].gap) {
		return Item{}, 0, false
	}
	j += n
	if s.word(j) == "-" && s.toks[j].gap && s.joined(j+1) && s.isDigits(j+1) {
		sign, j = "-", j+1
	} else if _, n := s.find(j, cMinus); n > 0 && j == i {
		sign, j = "-", j+n
	}
	point := s.word(j) == "." && s.toks[j].gap && s.joined(j+1) && s.isDigits(j+1)
	if point { // .5
		j++
	}
	a, ok := s.read(j)
	if !ok {
		return s.wholeAndHalf(i)
	}
	if point {
		a.val, a.raw = a.val/math.Pow10(len(s.word(j))), "0."+a.raw
	}
	if sign != "" && s.lang == bitext.Chinese && (s.word(a.next) == "层" || s.word(a.next) == "楼") {
		sign = "" // 负二层: the second floor below the ground
	}
	if sign != "" && !a.code {
		a.val, a.raw = -a.val, ""
	}
	if cur.str != "" || a.raw != "" {
		s.suffix(&a, cur.str != "")
	}
	if b, next, ok := s.rangeEnd(i, a); ok {
		return s.finishRange(i, a, b, next, cur.str)
	}
	return s.finish(i, a, cur.str)
}

// wholeAndHalf reads what is one of a unit without saying so: an hour and a
// half, a decade.
func (s *scanner) wholeAndHalf(i int) (Item, int, bool) {
	_, art := s.find(i, cArticle)
	u, n := s.find(i+art, cUnit)
	if art == 0 || n == 0 || len(s.word(i+art)) < 3 {
		return Item{}, 0, false
	}
	if s.word(i+art) == "second" && i+art+1 < len(s.toks) && s.toks[i+art+1].kind == text.Word && !afterTime[s.word(i+art+1)] {
		return Item{}, 0, false // a second reading
	}
	factor, base, _ := strings.Cut(u.str, " ")
	v, next := 1.0, i+art+n
	_, h := s.find(next, cHalf)
	if h > 0 {
		v, next = 1.5, next+h
	}
	v *= parseFactor(factor)
	it := s.item(Quantity, i, next, formatNumber(v)+" "+base)
	it.Value, it.Weak = v, h == 0
	return it, next, true
}

// afterTime are words that may follow "a second" where it is a time.
var afterTime = map[string]bool{"later": true, "ago": true, "before": true, "after": true, "of": true, "to": true, "in": true,
	"for": true, "and": true, "or": true, "when": true, "at": true, "he": true, "she": true, "they": true, "longer": true, "by": true, "on": true, "as": true}

func (s *scanner) isDigits(i int) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == text.Number
}

// currencyBefore says that a currency may stand before the number at j: $5,
// US$ 5, USD 5; not "the dollar 5".
func (s *scanner) currencyBefore(j int) bool {
	if !s.isDigits(j) {
		return false
	}
	r := s.word(j - 1)
	if r == "." {
		return true
	}
	return !s.toks[j].gap || len(r) <= 3 && r[0] < 0x80 || r == "$" || r == "€" || r == "£" || r == "¥" || r == "₽"
}

// suffix takes the letters that stand directly behind digits: 1.2m, $100bn, 5k.
func (s *scanner) suffix(n *num, money bool) {
	m, k := s.find(n.next, cSuffix)
	if k == 0 || !s.joined(n.next) || n.raw == "" || n.code || s.codeBefore(n.next-1) {
		return
	}
	if m.val == 1e6 && s.word(n.next) == "m" && !money && !strings.Contains(n.raw, ".") && n.val >= 50 {
		return // 100m is a race
	}
	switch s.word(n.next + 1) {
	case "long", "tall", "wide", "deep", "high", "away", "below", "above":
		return
	}
	n.val, n.mul, n.next, n.raw, n.scaled = n.val*m.val, m.val, n.next+k, "", true
}

// rangeEnd reads the second end of a range whose first end is a.
func (s *scanner) rangeEnd(i int, a num) (b num, next int, ok bool) {
	j := a.next
	if a.den > 0 || a.vague || a.code || j >= len(s.toks) {
		return b, 0, false
	}
	if _, n := s.find(j, cPercent|cCurrency|cUnit); n > 0 { // 10%–20%
		if _, m := s.find(j+n, cTo); m > 0 || s.word(j+n) == "-" {
			j += n
		}
	}
	if s.scoreMark(j) && a.raw != "" { // 3:2, 3比2
		b, ok = s.read(j + 1)
		return b, b.next, ok && b.raw != "" && b.den == 0 && !b.code && a.val < 200 && b.val < 200
	}
	dash := s.word(j) == "-" || s.word(j) == "~"
	to, n := s.find(j, cTo)
	_, from := s.before(i, cFrom)
	switch {
	case dash && (s.isDigits(j+1) || s.joined(j) || s.lang != bitext.English) && a.raw != "":
		j++
	case dash && s.joined(j) && s.joined(j+1) && s.lang == bitext.Russian && a.val < 20: // четыре-семь
		j++
	case n > 0 && (from > 0 || to.str == "" && s.lang != bitext.Russian):
		j += n
	default:
		return b, 0, false
	}
	if _, c := s.find(j, cCurrency); c > 0 && s.isDigits(j+c) {
		j += c
	}
	b, ok = s.read(j)
	if !ok || b.den > 0 || b.vague || b.code || b.ord != a.ord {
		return b, 0, false
	}
	s.suffix(&b, true)
	return b, b.next, true
}

// scoreMark says that token j parts the two sides of a score.
func (s *scanner) scoreMark(j int) bool {
	switch s.word(j) {
	case ":", "∶", "：":
		return s.joined(j) && (s.joined(j+1) || s.isDigits(j+1))
	case "比":
		return s.lang == bitext.Chinese
	}
	return false
}

// scoreAround says that words beside tokens i to next show two numbers with a
// dash to be a score: 以1-5的比分, со счетом 1-5, lost 1-5.
func (s *scanner) scoreAround(i, next int) bool {
	switch s.lang {
	case bitext.Chinese:
		for k := next; k < min(next+3, len(s.toks)); k++ {
			if s.word(k) == "比" && s.word(k+1) == "分" || s.word(k) == "战" && (s.word(k+1) == "胜" || s.word(k+1) == "平") {
				return true
			}
		}
		return false
	case bitext.Russian:
		return s.word(i-1) == "счетом"
	}
	switch s.word(i - 1) {
	case "won", "lost", "win", "beat", "score", "finished", "defeat", "victory":
		return true
	}
	switch s.word(next) {
	case "win", "victory", "defeat", "loss", "draw":
		return true
	}
	return false
}

// finishRange makes the item of a range and its unit.
func (s *scanner) finishRange(i int, a, b num, next int, cur string) (Item, int, bool) {
	lo, hi := a.val, b.val
	if b.mul > 1 && !a.scaled && lo < 1000 {
		lo *= b.mul
	}
	u := s.unit(next, cur, !a.words && !b.words)
	if u.n == 0 && s.word(i-1) == "aged" {
		u = unitAt{kind: Quantity, factor: 12, str: "mo"}
	}
	if lo >= hi || lo == 0 || s.scoreMark(a.next) || u.n == 0 && s.scoreAround(i, next) { // a score, or no range at all
		if a.raw == "" || b.raw == "" || u.n > 0 || lo > 200 {
			return s.finish(i, a, cur)
		}
		it := s.item(Range, i, next, formatNumber(lo)+":"+formatNumber(hi))
		it.Value, it.High = lo, hi
		return it, next, true
	}
	next += u.n
	prefix, suffix := u.around()
	norm := prefix + formatNumber(lo*u.factor) + ".." + formatNumber(hi*u.factor) + suffix
	if a.ord {
		norm = "#" + norm
	}
	it := s.item(Range, i, next, norm)
	it.Value, it.High = lo*u.factor, hi*u.factor
	s.hedge(&it, i, next, Exact)
	return it, next, true
}

// finish makes the item of the number a and its unit.
func (s *scanner) finish(i int, a num, cur string) (Item, int, bool) {
	if a.code {
		it := s.item(Number, i, a.next, s.low[s.toks[i].s:s.toks[a.next-1].e])
		it.Weak = true
		return it, a.next, true
	}
	if a.ord || s.ordinalEnd(&a) {
		return s.finishOrdinal(i, a)
	}
	next := a.next
	if _, n := s.find(next, cCentury); n > 0 && s.lang == bitext.Russian && a.raw != "" && a.val <= 30 && s.word(next) != "веков" {
		return s.century(i, next+n, int(a.val))
	}
	u := s.unit(next, cur, !a.words)
	if a.den > 0 && s.word(next) == "of" && s.toks[min(next+1, len(s.toks)-1)].mask&cArticle != 0 { // a quarter of a century
		if c := s.unit(next+2, "", true); c.kind == Quantity && c.n > 0 {
			u = c
			u.n += 2
		}
	}
	if u.n == 0 && cur == "" && a.den == 0 && s.age(i, next, a) {
		u = unitAt{kind: Quantity, factor: 12, str: "mo"}
	}
	v := a.val
	if a.den > 0 {
		v = a.val / a.den
	}
	if u.str == "deg" && a.words && s.lang == bitext.Chinese && s.toks[i].mask&cMinus == 0 { // 两度: twice
		u = unitAt{kind: Number, factor: 1, n: u.n}
	}
	if u.str == "lb" && v >= 1e5 && s.lang == bitext.Russian { // миллион фунтов
		u = unitAt{kind: Money, factor: 1, str: "GBP", n: u.n}
	}
	if a.loose || a.den > 0 && a.words && a.next == i+1 {
		if _, n := s.before(i, cOrd); n > 0 { // the third quarter
			return Item{}, 0, false
		}
	}
	next += u.n
	if u.kind == Quantity && s.word(next) == "半" && s.lang == bitext.Chinese { // 两年半
		v, next = v+.5, next+1
	}
	it := s.item(u.kind, i, next, "")
	it.Value = v * u.factor
	prefix, suffix := u.around()
	switch {
	case a.den > 0 && u.kind == Number:
		it.Kind, it.Norm = Percent, formatShare(a.val, a.den)
		it.Weak = a.loose && !s.shareBefore(i)
	case a.vague:
		it.Norm, it.Approx = formatNumber(v)+"s", true
	case a.raw != "" && u.kind == Number && len(a.raw) > 15:
		it.Norm = a.raw
	default:
		it.Norm = prefix + formatNumber(v*u.factor) + suffix
	}
	s.hedge(&it, i, next, a.bound)
	s.weaken(&it, i, next, a, u)
	return it, next, true
}

// age says that the plain number from i to next is somebody's age: aged 18, or
// 55 between two commas behind a name.
func (s *scanner) age(i, next int, a num) bool {
	if a.val < 1 || a.val > 120 || s.lang == bitext.Chinese {
		return false
	}
	switch s.word(i - 1) {
	case "aged", "age":
		return true
	case ",":
		return a.raw != "" && len(a.raw) == 2 && i > 1 && s.toks[i-2].caps == capFirst && (s.word(next) == "," || s.word(next) == ".")
	}
	return false
}

// shareBefore says that "half" or "quarter" at i is a share although no "of"
// follows: nearly half, почти треть.
func (s *scanner) shareBefore(i int) bool {
	_, n := s.before(i, cApprox)
	return n > 0 || s.lang != bitext.English
}

// weaken marks numbers that say little alone: the pronoun "one", two in "two
// sides", digits within a code.
func (s *scanner) weaken(it *Item, i, next int, a num, u unitAt) {
	if a.weak || a.words && a.val == 1 && !a.scaled && a.den == 0 && !a.vague {
		it.Weak = true
	}
	if a.words && u.n == 0 && s.lang == bitext.English && s.word(next) == "-" && s.joined(next) && s.joined(next+1) {
		it.Weak = true // five-star, four-legged
	}
	if a.words && a.val == 2 && s.lang == bitext.Chinese && (s.word(i-1) == "这" || s.word(i-1) == "那" || s.word(i-1) == "该") {
		it.Weak = true
	}
	if a.words && a.val <= 3 && (s.word(i-1) == "or" || a.bound == About) { // a year or two, 一两年
		it.Weak = true
	}
	if a.words && a.val == 2 && u.n == 0 {
		if _, n := s.find(next, cWeakAfter); n > 0 {
			it.Weak = true
		}
	}
	if s.lang == bitext.Chinese && a.words && a.next == i+1 && u.n == 0 && a.den == 0 {
		if _, n := s.find(next, cMeasure); n == 0 {
			it.Weak = true
		}
	}
	if a.raw == "" {
		return
	}
	if s.codeBefore(i) {
		it.Weak = true
	}
	if u.n == 0 && s.joined(next) && s.toks[next].kind == text.Word && len(s.toks[next].w) <= 2 && !s.isDigits(next+1) { // 5G, 3D
		it.Weak = true
	}
}

// codeBefore says that the digits at token i are part of a code: COVID-19, G20.
func (s *scanner) codeBefore(i int) bool {
	if i < 1 || !s.joined(i) {
		return false
	}
	p := &s.toks[i-1]
	if (p.w == "x" || p.w == "х") && s.isDigits(i-2) { // 4x10
		return false
	}
	return p.kind == text.Word || p.w == "-" && !p.gap && i > 1 && s.toks[i-2].kind == text.Word
}

// hedge finds the words that make a number approximate or a bound.
func (s *scanner) hedge(it *Item, i, next int, said Bound) {
	it.Bound = said
	k := i
	for k > 0 && (s.toks[k-1].mask&cArticle != 0 || s.toks[k-1].mask&cFrom != 0 && it.Kind == Range) {
		k--
	}
	if m, n := s.before(k, cApprox); n > 0 {
		it.Bound = boundNames[m.str]
	} else if m, n := s.find(next, cApproxR); n > 0 {
		it.Bound = boundNames[m.str]
	}
	it.Approx = it.Approx || it.Bound != Exact
}

// ordinalEnd takes the ending that makes digits an ordinal: 25th, 25-й.
func (s *scanner) ordinalEnd(a *num) bool {
	if a.raw == "" || strings.ContainsAny(a.raw, ".,") {
		return false
	}
	j := a.next
	if s.word(j) == "-" && s.joined(j) && s.joined(j+1) {
		j++
	}
	if _, n := s.find(j, cOrdEnd); n > 0 && s.joined(j) {
		if j == a.next && s.lang == bitext.Russian && (s.word(j) == "м" || s.word(j) == "х" || s.word(j) == "и") {
			return false // 5м, 4х10
		}
		a.next, a.ord = j+n, true
		return true
	}
	return false
}

// finishOrdinal makes the item of an ordinal: a century, an anniversary, or
// the plain ordinal.
func (s *scanner) finishOrdinal(i int, a num) (Item, int, bool) {
	j := a.next
	norm := formatNumber(a.val)
	if s.word(j) == "-" && s.joined(j) {
		j++
	}
	if _, n := s.find(j, cCentury); n > 0 {
		return s.century(i, j+n, int(a.val))
	}
	if _, n := s.find(j, cAnniv); n > 0 {
		it := s.item(Quantity, i, j+n, norm+" anniv")
		it.Value = a.val
		return it, j + n, true
	}
	it := s.item(Ordinal, i, a.next, "#"+norm)
	it.Value = a.val
	it.Weak = s.weakOrdinal(i, a)
	return it, a.next, true
}

// weakOrdinal says that an ordinal only counts points or is no ordinal: first
// of all, "Second, …", a second.
func (s *scanner) weakOrdinal(i int, a num) bool {
	if !a.words {
		return false
	}
	switch s.word(a.next) {
	case ",", "，", "、", "：", ":":
		if s.opens(i) || s.lang == bitext.Chinese {
			return true
		}
	}
	if a.val == 2 && s.word(a.next) == "天" { // 第二天早上: the next morning
		switch s.word(a.next + 1) {
		case "早", "上", "晚", "中", "下", "清", "凌", "就", "一", ",":
			return true
		}
	}
	if a.val == 2 && s.lang == bitext.English {
		switch s.word(i - 1) {
		case "a", "per", "each", "every", "split", "one", "any":
			return true
		}
	}
	return a.val == 1
}
