package lexis

import (
	"math"
	"strconv"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

var nan = math.NaN()

// num is a number that was read.
type num struct {
	val    float64
	raw    string // the digits as written, when the number is digits alone
	next   int    // the token behind it
	words  bool   // no digit in it
	scaled bool   // a scale word (thousand) or a dozen took part
	ord    bool
	vague  bool    // dozens, сотни: val is the magnitude
	den    float64 // of a fraction: val is its numerator
	mul    float64 // the scale, where one number stands before it: 2.8 million
	bound  Bound   // said within it: 二十多
	code   bool    // digits that are no quantity: 1.2.3
	weak   bool    // says little: decades
	loose  bool    // half, a quarter, without "of": may be no fraction at all
}

// decimal reads digits with their inner separators as the language writes
// them. ok is false where they are no one number (dates, versions).
func decimal(raw string, lang bitext.Lang) (v float64, ok bool) {
	comma, stop := strings.Count(raw, ","), strings.Count(raw, ".")
	plain := raw
	switch {
	case comma > 0 && stop > 0:
		thousands, point := ",", "."
		if strings.LastIndex(raw, ",") > strings.LastIndex(raw, ".") {
			thousands, point = ".", ","
		}
		whole, frac, _ := strings.Cut(raw, point)
		if !grouped(whole, thousands) || strings.Contains(frac, thousands) || strings.Contains(frac, point) {
			return 0, false
		}
		plain = strings.ReplaceAll(whole, thousands, "") + "." + frac
	case comma > 1 || comma == 1 && lang != bitext.Russian && grouped(raw, ","):
		if !grouped(raw, ",") {
			return 0, false
		}
		plain = strings.ReplaceAll(raw, ",", "")
	case comma == 1 && lang == bitext.Russian && strings.HasSuffix(raw, ",000") && grouped(raw, ","):
		plain = strings.ReplaceAll(raw, ",", "")
	case comma == 1:
		plain = strings.Replace(raw, ",", ".", 1)
	case stop > 1 || stop == 1 && lang == bitext.Russian && grouped(raw, "."):
		if !grouped(raw, ".") {
			return 0, false
		}
		plain = strings.ReplaceAll(raw, ".", "")
	}
	v, err := strconv.ParseFloat(plain, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// grouped says that sep parts raw into groups of three digits.
func grouped(raw, sep string) bool {
	parts := strings.Split(raw, sep)
	if len(parts) < 2 || len(parts[0]) == 0 || len(parts[0]) > 3 || parts[0] == "0" {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// digits reads the digits at token i, groups of three behind spaces included.
func (s *scanner) digits(i int) (num, bool) {
	if i >= len(s.toks) || s.toks[i].kind != text.Number {
		return num{}, false
	}
	raw, j := s.toks[i].w, i+1
	if f := strings.IndexByte(raw, ' '); f >= 0 {
		raw = strings.ReplaceAll(raw, " ", "")
	} else if len(raw) <= 3 && s.groupable(i) {
		for j < len(s.toks) && j < i+7 && s.isGroup(j) {
			raw += s.toks[j].w
			j++
		}
	}
	v, ok := decimal(raw, s.lang)
	n := num{val: v, raw: raw, next: j, code: !ok}
	if j+2 < len(s.toks) && s.toks[j].w == "⁄" && s.toks[j+1].kind == text.Number { // ½ folded
		if d, ok := decimal(s.toks[j+1].w, s.lang); ok && d > 0 && n.val < d {
			n.den, n.next = d, j+2
		}
	}
	if a, b, ok := s.halfBehind(j); ok && !n.code && n.den == 0 && n.val == math.Trunc(n.val) { // 2 1/2
		n.val, n.next, n.raw = n.val+a/b, j+3, ""
	}
	return n, true
}

// halfBehind reads the fraction in figures that completes a whole number before
// token j.
func (s *scanner) halfBehind(j int) (a, b float64, ok bool) {
	if j+2 >= len(s.toks) || !s.isDigits(j) || !s.toks[j].gap || !s.isDigits(j+2) || !s.joined(j+1) || !s.joined(j+2) ||
		s.word(j+1) != "/" && s.word(j+1) != "⁄" || len(s.word(j)) > 1 || len(s.word(j+2)) > 2 || s.word(j+3) == "/" {
		return 0, 0, false
	}
	a, e1 := strconv.ParseFloat(s.word(j), 64)
	b, e2 := strconv.ParseFloat(s.word(j+2), 64)
	return a, b, e1 == nil && e2 == nil && a > 0 && a < b && b <= 16
}

// groupable says that the digits at i may open a number written 1 235: no
// month stands before them (May 5 300 people).
func (s *scanner) groupable(i int) bool {
	_, month := s.before(i, cMonth)
	return month == 0 && strings.Trim(s.toks[i].w, "0123456789") == "" && s.toks[i].w[0] != '0'
}

// isGroup says that token j is three digits behind one space, perhaps with a
// decimal part.
func (s *scanner) isGroup(j int) bool {
	k := &s.toks[j]
	if k.kind != text.Number || !k.gap || k.s-s.toks[j-1].e != 1 {
		return false
	}
	whole := strings.TrimRight(k.w, "0123456789")
	switch {
	case whole == "":
		return len(k.w) == 3
	case len(whole) == 4 && (whole[3] == ',' || whole[3] == '.'):
		return strings.Trim(whole[:3], "0123456789") == "" && s.lang == bitext.Russian
	}
	return false
}

// amount reads a number in digits, words or both at token i of a Russian or
// English text: 2.8 million, two hundred and five, двадцать пятый.
func (s *scanner) amount(i int) (num, bool) { return s.remembered(i, s.sum) }

func (s *scanner) sum(i int) (num, bool) {
	a := adder{s: s, last: math.Inf(1)}
	j := i
	if _, n := s.find(j, cArticle); n > 0 {
		if _, m := s.find(j+n, cScale|cVague); m > 0 {
			j += n
		} else if h, m := s.find(j+n, cFrac); m > 0 && (h.val == 2 || s.fractionFollows(j+n+m) || s.shareSaid(i)) {
			return s.share(num{val: 1, next: j + n, words: true})
		}
	}
	from := j
	for range 24 {
		k, ok := a.step(j)
		if !ok {
			break
		}
		j = k
		if a.n.ord || a.done {
			break
		}
	}
	if j == from {
		return s.vague(i)
	}
	a.n.val = a.total + a.group
	a.n.next = j
	if a.n.ord || a.n.code {
		return a.n, true
	}
	return s.share(a.n)
}

// adder builds a number from its words.
type adder struct {
	s            *scanner
	n            num
	total, group float64
	last         float64 // the scale used last; the next must be smaller
	some         bool    // anything read
	digits       bool    // the open group is digits
	open         bool    // the open group holds something
	done         bool
}

// step reads one more part at token j and gives the token behind it.
func (a *adder) step(j int) (int, bool) {
	s := a.s
	if j >= len(s.toks) {
		return j, false
	}
	k := &s.toks[j]
	if a.some && k.w == "-" && !k.gap && s.joined(j+1) { // twenty-five
		if m, n := s.find(j+1, cCard|cOrd|cScale); n > 0 && !a.digits && a.fits(m) &&
			(m.class != cScale || m.val >= 100) {
			return a.step(j + 1)
		}
		return j, false
	}
	if a.some && k.mask&cAnd != 0 && (a.last < math.Inf(1) || math.Mod(a.group, 100) == 0 && a.group > 0 && a.n.words) {
		if m, n := s.find(j+1, cCard|cOrd); n > 0 && m.val < 100 && a.fits(m) && !a.digits && s.lang == bitext.English {
			return a.step(j + 1)
		}
	}
	if k.kind == text.Number {
		return a.stepDigits(j)
	}
	if _, n := s.find(j, cHalf); n > 0 && a.open && a.group < 1000 {
		a.group += .5
		return j + n, true
	}
	if m, n := s.find(j, cCard); n > 0 {
		if !a.fits(m) {
			return j, false
		}
		a.group += m.val
		a.some, a.open = true, true
		a.n.words = true
		if m.val != math.Trunc(m.val) { // полтора
			a.digits = true
		}
		return j + n, true
	}
	if m, n := s.find(j, cScale); n > 0 && !a.pluralAlone(j) && a.scale(m.val) {
		a.some = true
		return j + n, true
	}
	if m, n := s.find(j, cOrd); n > 0 && !(a.some && s.lang == bitext.English && m.val < 20 && a.group > 0 && a.group < 20) && a.ordinal(m) {
		return j + n, true
	}
	return j, false
}

// pluralAlone says that the scale word at j is a Russian plural without a
// number (тысячи людей) and so a vague one; "около тысячи" is a thousand.
func (a *adder) pluralAlone(j int) bool {
	if a.some || a.s.lang != bitext.Russian {
		return false
	}
	_, n := a.s.find(j, cVague)
	_, near := a.s.before(j, cApprox)
	return n > 0 && !(near > 0 && a.s.word(j) == "тысячи")
}

func (a *adder) stepDigits(j int) (int, bool) {
	if a.open {
		return j, false
	}
	n, ok := a.s.digits(j)
	if !ok {
		return j, false
	}
	if a.some { // 2 млн 300 тыс.: only when a smaller scale follows
		m, k := a.s.find(n.next, cScale)
		if k == 0 || m.val >= a.last || n.code {
			return j, false
		}
	}
	a.n.raw, a.n.code, a.n.den = n.raw, n.code, n.den
	a.group, a.some, a.open, a.digits = n.val, true, true, true
	if n.code || n.den > 0 {
		a.done = true
	}
	return n.next, true
}

// fits says that the open group has room for the numeral or ordinal m.
func (a *adder) fits(m sense) bool {
	if a.digits {
		return false
	}
	if m.val != math.Trunc(m.val) || m.val == 0 {
		return !a.open
	}
	if m.val >= 1000 {
		return a.last > m.val
	}
	rest := a.group
	switch {
	case m.val >= 100:
		return rest == 0
	case m.val >= 10:
		rest = math.Mod(rest, 100)
	default:
		rest = math.Mod(rest, 10)
		if t := math.Mod(a.group, 100); t >= 10 && t < 20 {
			return false
		}
	}
	return rest == 0
}

func (a *adder) scale(v float64) bool {
	switch {
	case v == 100:
		if a.group >= 100 && !a.digits || a.group == 0 && a.some {
			return false
		}
		a.group = max(a.group, 1) * 100
		a.open, a.n.words = true, a.n.words || !a.digits
	case v == 12 || v == 10:
		if a.group >= 100 || v == 10 && !a.some {
			return false
		}
		a.group = max(a.group, 1) * v
		a.done, a.open = true, true
	case v >= a.last:
		return false
	default:
		if !a.open {
			if a.some {
				return false
			}
			a.group = 1
		}
		a.n.mul = 0
		if a.total == 0 {
			a.n.mul = v
		}
		a.total += a.group * v
		a.group, a.last, a.open, a.digits = 0, v, false, false
	}
	a.n.scaled, a.n.raw = true, ""
	return true
}

func (a *adder) ordinal(m sense) bool {
	if m.val >= 1000 {
		a.total, a.group = a.total+max(a.group, 1)*m.val, 0
	} else if m.val == 100 && a.group > 0 && a.group < 10 {
		a.group *= 100
	} else if !a.fits(m) {
		return false
	} else {
		a.group += m.val
	}
	a.n.ord, a.n.words, a.some = true, true, true
	return true
}

// share reads the denominator behind n: two thirds, три четверти, 2/3.
func (s *scanner) share(n num) (num, bool) {
	j := n.next
	if n.den > 0 || n.val != math.Trunc(n.val) {
		return n, true
	}
	if s.word(j) == "/" && s.joined(j) && s.joined(j+1) && n.raw != "" {
		d, ok := s.digits(j + 1)
		if ok && !d.code && n.val > 0 && n.val < d.val && d.val <= 10 && s.word(d.next) != "/" {
			n.den, n.next = d.val, d.next
		}
		return n, true
	}
	if n.val > 99 || n.val < 1 {
		return n, true
	}
	if s.word(j) == "-" && s.joined(j) && s.joined(j+1) {
		j++
	}
	if m, k := s.find(j, cFrac); k > 0 && n.val < m.val && (n.words || j > n.next || m.val < 5) {
		n.den, n.next = m.val, j+k
		return n, true
	}
	if m, k := s.find(j, cOrd); k > 0 && n.words && s.lang == bitext.Russian && m.val > 2 && n.val < m.val &&
		fractionEnding(s.word(j)) && n.val < 10 {
		n.den, n.next = m.val, j+k
	} else if k > 0 && s.lang == bitext.English && n.words && m.val > 2 && n.val == 1 && s.fractionFollows(j+k) {
		n.den, n.next = m.val, j+k
	}
	return n, true
}

// fractionEnding says that a Russian ordinal may be a denominator: две пятых,
// одна пятая.
func fractionEnding(w string) bool {
	return strings.HasSuffix(w, "ых") || strings.HasSuffix(w, "ая") || strings.HasSuffix(w, "ую") || strings.HasSuffix(w, "ой")
}

// shareSaid says that what stands before token i shows "a third" to be a share.
func (s *scanner) shareSaid(i int) bool {
	_, n := s.before(i, cApprox)
	return n > 0 || s.word(i-1) == "by"
}

// fractionFollows says that what stands at j shows the word before it to be a
// fraction: "of", "the", an article, a hyphen or a unit.
func (s *scanner) fractionFollows(j int) bool {
	switch s.word(j) {
	case "of", "the", "a", "an":
		return true
	}
	_, n := s.find(j, cUnit|cScale|cCurrency)
	return n > 0
}

// vague reads what counts without a number: dozens, сотни тысяч, half, a
// quarter.
func (s *scanner) vague(i int) (num, bool) {
	j := i
	if m, n := s.find(j, cVague); n > 0 {
		v := m.val
		j += n
		for range 3 { // hundreds of thousands
			k := j
			if s.word(k) == "of" {
				k++
			}
			m, n := s.find(k, cScale|cVague)
			if n == 0 || m.val < 1000 || k == j && m.class == cVague && s.lang == bitext.English {
				break
			}
			v *= m.val
			j = k + n
		}
		return num{val: v, vague: true, weak: m.weak, next: j, words: true}, true
	}
	if m, n := s.find(j, cFrac); n > 0 && m.val <= 4 {
		k := j + n
		if s.word(k) == "a" || s.word(k) == "-" {
			k++
		}
		if c, l := s.find(k, cScale); l > 0 && m.val == 2 && s.lang == bitext.English { // half a million
			return num{val: c.val / 2, scaled: true, next: k + l, words: true}, true
		}
		if s.word(k) == "an" {
			k++
		}
		if _, l := s.find(k, cUnit); l > 0 && k > j+n { // half an hour
			return num{val: 1 / m.val, next: k, words: true}, true
		}
		return num{val: 1, den: m.val, next: j + n, words: true, loose: !s.fractionFollows(j + n)}, true
	}
	return num{}, false
}
