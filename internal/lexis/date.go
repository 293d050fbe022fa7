package lexis

import (
	"strconv"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// ymd is a date of which parts may be missing (zero).
type ymd struct {
	y, m, d int
	bc      bool
}

// String is the date in the form of ISO 8601, with "-" for what is not said.
func (t ymd) String() string {
	sign := ""
	if t.bc {
		sign = "-"
	}
	switch {
	case t.y != 0 && t.m != 0 && t.d != 0:
		return sign + padYear(t.y) + "-" + pad2(t.m) + "-" + pad2(t.d)
	case t.y != 0 && t.m != 0:
		return sign + padYear(t.y) + "-" + pad2(t.m)
	case t.y != 0:
		return sign + padYear(t.y)
	case t.m != 0 && t.d != 0:
		return "--" + pad2(t.m) + "-" + pad2(t.d)
	case t.m != 0:
		return "--" + pad2(t.m)
	}
	return "---" + pad2(t.d)
}

// date reads a date or a range of dates at token i.
func (s *scanner) date(i int) (Item, int, bool) {
	if it, next, ok := s.relative(i); ok {
		return it, next, true
	}
	if s.lang == bitext.Chinese {
		return s.chineseDate(i)
	}
	if it, next, ok := s.decade(i); ok {
		return it, next, true
	}
	if it, next, ok := s.yearRange(i); ok {
		return it, next, true
	}
	a, next, ok := s.oneDate(i)
	if !ok { // 3–5 мая: a day whose month follows the second one
		if d, j, ok := s.day(i); ok {
			if k := s.dateTo(j, i); k > 0 {
				if b, end, ok := s.oneDate(k); ok && b.d > d && b.m != 0 {
					a = b
					a.d = d
					return s.dateRange(i, a, b, end)
				}
			}
		}
		return Item{}, 0, false
	}
	if k := s.dateTo(next, i); k > 0 {
		if b, end, ok := s.oneDate(k); ok && ((a.m != 0) == (b.m != 0) || a.y == 0 && a.d != 0 && b.d > a.d) {
			return s.dateRange(i, a, b, end)
		}
		if d, end, ok := s.day(k); ok && a.d != 0 && d > a.d && a.y == 0 { // May 3–5, 2020
			b := a
			b.d = d
			if y, e, ok := s.yearBehind(end); ok {
				a.y, b.y, end = y, y, e
			}
			return s.dateRange(i, a, b, end)
		}
	}
	it := s.item(Date, i, next, a.String())
	if a.m == 0 && a.d == 0 {
		it.Value = float64(a.y)
	}
	return it, next, true
}

// dateTo gives the token behind a dash or "to" at j, or 0.
func (s *scanner) dateTo(j, start int) int {
	if s.word(j) == "-" || s.word(j) == "~" {
		return j + 1
	}
	m, n := s.find(j, cTo)
	if n == 0 {
		return s.nextDay(j)
	}
	if _, from := s.before(start, cFrom); from > 0 || m.str == "" && s.lang != bitext.Russian {
		return j + n
	}
	return s.nextDay(j)
}

// nextDay gives the token behind "and" at j where the two days that it joins
// follow each other, so that the pair is as good as a range (26 and 27 May).
func (s *scanner) nextDay(j int) int {
	switch s.word(j) {
	case "and", "и", "和", "、", "及":
	default:
		return 0
	}
	k := j - 1
	for k > 0 && !s.isDigits(k) {
		k--
	}
	if j-k > 4 || !s.isDigits(k) || !s.isDigits(j+1) {
		return 0
	}
	a, e1 := strconv.Atoi(s.word(k))
	b, e2 := strconv.Atoi(s.word(j + 1))
	if e1 != nil || e2 != nil || b != a+1 || b > 31 {
		return 0
	}
	return j + 1
}

// dateRange makes the item of a range, the first date completed from the
// second.
func (s *scanner) dateRange(i int, a, b ymd, next int) (Item, int, bool) {
	if a.m == 0 && b.y != 0 && a.d != 0 {
		a.m = b.m
	}
	if a.y == 0 && b.y != 0 {
		a.y = b.y
		if a.m > b.m {
			a.y--
		}
	}
	return s.item(Date, i, next, a.String()+"/"+b.String()), next, true
}

// oneDate reads one date with a month or a year in it.
func (s *scanner) oneDate(i int) (ymd, int, bool) {
	if t, next, ok := s.figures(i); ok {
		return t, next, true
	}
	if d, j, ok := s.day(i); ok { // 31 August 2025, 31st of August
		if s.word(j) == "of" || s.word(j) == "day" {
			j++
			if s.word(j) == "of" {
				j++
			}
		}
		if m, k, ok := s.month(j, true); ok {
			t := ymd{m: m, d: d}
			if y, e, ok := s.yearBehind(k); ok {
				t.y, k = y, e
			}
			return t, k, true
		}
		if s.lang == bitext.English && s.theDay(i, j) { // on the 24th
			return ymd{d: d}, j, true
		}
		if _, n := s.find(j, cDayNum); n > 0 { // 31 числа
			return ymd{d: d}, j + n, true
		}
	}
	if m, j, ok := s.month(i, false); ok {
		t := ymd{m: m}
		k := j
		if s.word(k) == "the" {
			k++
		}
		if d, e, ok := s.day(k); ok && s.lang == bitext.English && s.word(e) != ":" && s.bareDay(k, e) {
			t.d, j = d, e
		}
		if y, e, ok := s.yearBehind(j); ok {
			t.y, j = y, e
		}
		return t, j, true
	}
	return s.year(i)
}

// theDay says that the ordinal in figures at tokens i to j is a day of the
// month: "on the 24th", not "on the 24th floor".
func (s *scanner) theDay(i, j int) bool {
	if j < i+2 {
		return false
	}
	k := i - 1
	if s.word(k) == "the" {
		k--
	} else if w := s.word(k); w != "on" && w != "of" && !(w == "and" || w == "to") {
		return false
	}
	if w := s.word(k); (w == "and" || w == "to" || w == ",") && (len(s.out) == 0 || s.out[len(s.out)-1].Kind != Date) {
		return false
	}
	switch s.word(k) {
	case "on", "from", "to", "until", "till", "since", "by", "and", "of", "through", "before", "after", "at":
	default:
		return false
	}
	if j >= len(s.toks) || s.toks[j].kind == text.Punct {
		return true
	}
	switch s.word(j) {
	case "to", "at", "in", "and", "that", "from", "until", "by", "for", "with", "local", "as", "on", "when", "he", "she", "they", "it", "was", "is", "will":
		return true
	}
	return false
}

// bareDay says that the number at tokens k to e may be the day of a month
// before it, not a quantity (May 5 people).
func (s *scanner) bareDay(k, e int) bool {
	_, n := s.find(e, cScale|cPercent|cUnit|cCurrency|cPoints)
	return n == 0 && !(s.joined(e) && s.toks[e].kind == text.Word)
}

// day reads the day of a month: 31, 31st, 31-го, тридцать первое.
func (s *scanner) day(i int) (int, int, bool) {
	if i >= len(s.toks) {
		return 0, 0, false
	}
	k := &s.toks[i]
	if k.kind == text.Number {
		if len(k.w) > 2 {
			return 0, 0, false
		}
		d, err := strconv.Atoi(k.w)
		if err != nil || d < 1 || d > 31 {
			return 0, 0, false
		}
		n := num{raw: k.w, next: i + 1}
		s.ordinalEnd(&n)
		return d, n.next, true
	}
	if k.mask&(cOrd|cCard) == 0 {
		return 0, 0, false
	}
	n, ok := s.amount(i)
	if !ok || !n.ord || n.val < 1 || n.val > 31 {
		return 0, 0, false
	}
	return int(n.val), n.next, true
}

// month reads the name of a month. An English month is capital, and March and
// May need company: near says that a day stands before.
func (s *scanner) month(i int, near bool) (int, int, bool) {
	m, n := s.find(i, cMonth)
	if n == 0 {
		return 0, 0, false
	}
	if s.lang == bitext.English {
		w := s.word(i)
		if s.toks[i].caps == capNone && !(near && len(w) > 3) {
			return 0, 0, false
		}
		within := (w == "may" || w == "march") && s.toks[i].caps == capFirst && !s.opens(i) && s.word(i-1) != "long" && s.word(i-1) != "theresa"
		if (len(w) <= 3 || w == "march" || w == "sept") && !near && !within && !s.monthContext(i, n) {
			return 0, 0, false
		}
	}
	next := i + n
	if s.word(next) == "." && s.joined(next) && len(s.word(i)) <= 4 && m.val != 5 && s.lang == bitext.English {
		next++
	}
	return int(m.val), next, true
}

// monthContext says that the short word at i is a month by its neighbours.
func (s *scanner) monthContext(i, n int) bool {
	switch s.word(i - 1) {
	case "in", "of", "by", "last", "this", "next", "since", "until", "till", "late", "early", "mid",
		"from", "to", "and", "through", "between", "during", "before", "after", "past", "every", "-", "on", "end":
		return true
	}
	next := s.word(i + n)
	if next == "to" || next == "and" || next == "-" { // March to June
		if m, k := s.find(i+n+1, cMonth); k > 0 && m.val > 0 && s.toks[i+n+1].caps != capNone {
			return true
		}
	}
	if next == "," || next == "." {
		next = s.word(i + n + 1)
	}
	return next != "" && next[0] >= '0' && next[0] <= '9'
}

// yearBehind reads a year behind a month or day: ", 2025", "2025 года".
func (s *scanner) yearBehind(j int) (int, int, bool) {
	if s.word(j) == "," || s.word(j) == "of" {
		j++
	}
	y, ok := s.yearDigits(j)
	if !ok {
		return 0, 0, false
	}
	j++
	if s.lang == bitext.Russian {
		if _, n := s.find(j, cYearWord); n > 0 {
			j += n
		}
	}
	return y, j, true
}

// yearDigits reads four digits as a year.
func (s *scanner) yearDigits(i int) (int, bool) {
	if i < 0 || i >= len(s.toks) || s.toks[i].kind != text.Number || len(s.toks[i].w) != 4 {
		return 0, false
	}
	y, err := strconv.Atoi(s.toks[i].w)
	return y, err == nil && y >= 1000 && y <= 2100
}

// year reads a year that stands by itself.
func (s *scanner) year(i int) (ymd, int, bool) {
	y, ok := s.yearDigits(i)
	if !ok {
		return s.oldYear(i)
	}
	j := i + 1
	if s.joined(i) && i > 0 && s.toks[i-1].kind == text.Word {
		return ymd{}, 0, false
	}
	if s.word(j) == "-" && s.joined(j) && s.joined(j+1) { // 2020-го (года)
		if _, n := s.find(j+1, cOrdEnd); n > 0 {
			j += 1 + n
		}
	}
	_, word := s.find(j, cYearWord)
	if word > 0 && s.lang == bitext.Russian {
		j += word
	} else if _, n := s.find(j, cUnit|cPercent|cPoints|cScale|cCurrency|cTimes); n > 0 && !(word > 0 && s.toks[j].caps != capNone) || y < 1500 && !s.yearBefore(i) {
		if _, e := s.find(j, cEra); e == 0 {
			return ymd{}, 0, false
		}
	}
	t := ymd{y: y}
	if e, n := s.find(j, cEra); n > 0 {
		t.bc = e.str == "-"
		j += n
	}
	return t, j, true
}

// oldYear reads a short year whose era is said: 500 BC.
func (s *scanner) oldYear(i int) (ymd, int, bool) {
	if !s.isDigits(i) || len(s.toks[i].w) > 4 {
		return ymd{}, 0, false
	}
	j := i + 1
	if _, n := s.find(j, cYearWord); n > 0 && s.lang == bitext.Russian {
		j += n
	}
	e, n := s.find(j, cEra)
	y, err := strconv.Atoi(s.toks[i].w)
	if n == 0 || err != nil || y == 0 {
		return ymd{}, 0, false
	}
	return ymd{y: y, bc: e.str == "-"}, j + n, true
}

func (s *scanner) yearBefore(i int) bool {
	switch s.word(i - 1) {
	case "in", "since", "year", "by", "from", "until", "before", "after", "в", "с", "до", "после":
		return true
	}
	return false
}

// figures reads dates in figures: 31.08.2025, 2025-08-31, 8/31/2025.
func (s *scanner) figures(i int) (ymd, int, bool) {
	if !s.isDigits(i) {
		return ymd{}, 0, false
	}
	w := s.toks[i].w
	if w == "9" && s.word(i+2) == "11" && (s.word(i+1) == "/" || s.word(i+1) == "·") { // 9/11
		return ymd{m: 9, d: 11}, i + 3, true
	}
	if p := strings.Split(w, "."); len(p) == 3 {
		return s.fromFigures(p, i+1)
	}
	if i+4 < len(s.toks) && s.isDigits(i+2) && s.isDigits(i+4) && s.word(i+1) == s.word(i+3) &&
		(s.word(i+1) == "-" || s.word(i+1) == "/") && s.joined(i+1) && s.joined(i+2) && s.joined(i+3) && s.joined(i+4) {
		return s.fromFigures([]string{w, s.word(i + 2), s.word(i + 4)}, i+5)
	}
	return ymd{}, 0, false
}

func (s *scanner) fromFigures(p []string, next int) (ymd, int, bool) {
	var n [3]int
	for i, w := range p {
		v, err := strconv.Atoi(w)
		if err != nil || len(w) > 4 {
			return ymd{}, 0, false
		}
		n[i] = v
	}
	t := ymd{n[0], n[1], n[2], false}
	if len(p[0]) != 4 {
		if len(p[2]) != 4 {
			return ymd{}, 0, false
		}
		t = ymd{n[2], n[1], n[0], false}
		if s.word(next-2) == "/" && s.lang == bitext.English && n[0] <= 12 || t.m > 12 {
			t.m, t.d = t.d, t.m
		}
	}
	if t.m < 1 || t.m > 12 || t.d < 1 || t.d > 31 || t.y == 0 {
		return ymd{}, 0, false
	}
	if _, n := s.find(next, cYearWord); n > 0 && s.lang == bitext.Russian {
		next += n
	}
	return t, next, true
}
