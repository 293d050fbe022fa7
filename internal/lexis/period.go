package lexis

import (
	"strconv"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// relative reads what is dated from the day of writing, weekdays and seasons:
// last year, в прошлом году, 去年, Monday, 夏天.
func (s *scanner) relative(i int) (Item, int, bool) {
	if m, n := s.find(i, cRelative); n > 0 && n == s.longest(i) {
		return s.weakIf(m.weak, s.item(Date, i, i+n, m.str)), i + n, true
	}
	if m, n := s.find(i, cWeekday); n > 0 && n == s.longest(i) {
		if s.lang == bitext.English && (s.toks[i].caps == capNone || s.toks[i].caps == capAll && len(s.word(i)) < 4) {
			return Item{}, 0, false
		}
		return s.item(Date, i, i+n, "wd"+m.str), i + n, true
	}
	if m, n := s.find(i, cSeason); n > 0 && n == s.longest(i) {
		if m.weak && !s.seasonContext(i, n) {
			return Item{}, 0, false
		}
		return s.item(Date, i, i+n, m.str), i + n, true
	}
	return Item{}, 0, false
}

func (s *scanner) weakIf(weak bool, it Item) Item {
	it.Weak = it.Weak || weak
	return it
}

// seasonContext says that the word at i, which means other things too (spring,
// fall), is a season by its neighbours.
func (s *scanner) seasonContext(i, n int) bool {
	switch s.word(i + n) {
	case "of", "and", "semester", "season", "break":
		return true
	}
	if _, ok := s.yearDigits(i + n); ok {
		return true
	}
	switch w := s.word(i - 1); w {
	case "this", "last", "next", "early", "late", "in", "of", "by", "since", "during", "every", "mid":
		return true
	case "the":
		p := s.word(i - 2)
		return p == "in" || p == "of" || p == "by" || p == "during" || p == "since" || p == "until"
	}
	return false
}

// yearRange reads 1941–1945, 1941–45, 2024/25, "from 1941 to 1945".
func (s *scanner) yearRange(i int) (Item, int, bool) {
	a, ok := s.yearDigits(i)
	if !ok {
		return Item{}, 0, false
	}
	j := i + 1
	if _, n := s.find(j, cYearWord); n > 0 {
		j += n
	}
	k := s.dateTo(j, i)
	if k == 0 && s.word(j) == "/" && s.joined(j) && s.joined(j+1) {
		k = j + 1
	}
	if k == 0 {
		return Item{}, 0, false
	}
	b, ok := s.yearDigits(k)
	if !ok && j == i+1 && s.isDigits(k) && len(s.word(k)) == 2 && s.joined(k) && s.word(k+1) != "-" {
		v, err := strconv.Atoi(s.word(k))
		b, ok = a/100*100+v, err == nil
	}
	if !ok || b <= a || b-a > 999 {
		return Item{}, 0, false
	}
	next := k + 1
	if _, n := s.find(next, cUnit|cScale|cCurrency|cPercent); n > 0 {
		if _, y := s.find(next, cYearWord); y == 0 {
			return Item{}, 0, false
		}
	}
	if _, n := s.find(next, cYearWord); n > 0 && s.lang == bitext.Russian {
		next += n
	}
	it := s.item(Date, i, next, padYear(a)+"/"+padYear(b))
	it.Value, it.High = float64(a), float64(b)
	return it, next, true
}

// decade reads 1990s, the nineties, 90-е годы, девяностые годы.
func (s *scanner) decade(i int) (Item, int, bool) {
	if m, n := s.find(i, cDecade); n > 0 && strings.HasSuffix(m.str, "x") {
		j := i + n
		if s.lang == bitext.Russian {
			_, y := s.find(j, cYearWord)
			if y == 0 {
				return Item{}, 0, false
			}
			j += y
		} else if n == 1 && s.ownerBefore(i) { // in his seventies
			return s.ageDecade(i, j, m.str[2])
		}
		return s.decadeOf(i, j, m.str)
	}
	if !s.isDigits(i) {
		return Item{}, 0, false
	}
	w := s.toks[i].w
	if len(w) != 4 && len(w) != 2 || w[len(w)-1] != '0' || strings.ContainsAny(w, ".,") {
		return Item{}, 0, false
	}
	j := i + 1
	if (s.word(j) == "-" || s.word(j) == "'") && s.joined(j) && s.joined(j+1) {
		j++
	}
	if !s.joined(j) {
		return Item{}, 0, false
	}
	if m, n := s.find(j, cDecade); n == 0 || m.str != "s" {
		return Item{}, 0, false
	}
	j++
	if s.lang == bitext.Russian {
		_, y := s.find(j, cYearWord)
		if y == 0 && len(w) == 2 && w[0] < '3' {
			return Item{}, 0, false
		}
		j += y
	}
	if len(w) == 2 && s.ownerBefore(i) {
		return s.ageDecade(i, j, w[0])
	}
	return s.decadeOf(i, j, decadeNorm(w))
}

// ageDecade makes the item of "in his seventies".
func (s *scanner) ageDecade(i, j int, ten byte) (Item, int, bool) {
	v := float64(ten-'0') * 10
	it := s.item(Quantity, i, j, formatNumber(v*12)+" mo")
	it.Value, it.Bound, it.Approx = v*12, Over, true
	return it, j, true
}

// decadeOf makes the item of a decade, with the century that may follow it:
// 90-е годы XX века.
func (s *scanner) decadeOf(i, j int, norm string) (Item, int, bool) {
	k := j
	for s.word(k) == "of" || s.word(k) == "the" {
		k++
	}
	if k < len(s.toks) && len(norm) == 4 && norm[3] == 'x' {
		if c, next, ok := s.centuryAt(k); ok {
			norm, j = strconv.Itoa(c-1)+norm[2:], next
		}
	}
	return s.item(Date, i, j, norm), j, true
}

// centuryAt reads a century at token k.
func (s *scanner) centuryAt(k int) (int, int, bool) {
	t := &s.toks[k]
	if v := romanValue(t.w); v > 0 && t.kind == text.Word && t.caps != capNone {
		_, n := s.find(k+1, cCentury)
		return v, k + 1 + n, n > 0
	}
	if t.kind != text.Number && t.mask&(cOrd|cCard) == 0 {
		return 0, 0, false
	}
	n, ok := s.amount(k)
	if !ok || n.code || n.val < 1 || n.val > 30 {
		return 0, 0, false
	}
	s.ordinalEnd(&n)
	_, c := s.find(n.next, cCentury)
	return int(n.val), n.next + c, n.ord && c > 0
}

func (s *scanner) ownerBefore(i int) bool {
	switch s.word(i - 1) {
	case "his", "her", "their", "my", "our", "your":
		return true
	case "early", "mid", "late", "-":
		return i > 1 && s.ownerBefore(i-1)
	}
	return false
}

// decadeNorm gives "199x" for "1990", and for "90" the nineties of the last
// century.
func decadeNorm(w string) string {
	if len(w) == 4 {
		if strings.HasSuffix(w, "00") && w < "2000" { // the 1800s
			c, err := strconv.Atoi(w[:2])
			if err == nil {
				return "C" + strconv.Itoa(c+1)
			}
		}
		return w[:3] + "x"
	}
	return "19" + w[:1] + "x"
}

// century makes the item of a century and its era; next is the token behind
// the word for century.
func (s *scanner) century(i, next, c int) (Item, int, bool) {
	sign := ""
	if e, n := s.find(next, cEra); n > 0 {
		if e.str == "-" {
			sign = "-"
		}
		next += n
	}
	it := s.item(Date, i, next, sign+"C"+strconv.Itoa(c))
	it.Value = float64(c)
	return it, next, true
}

// roman reads a Roman numeral of two letters or more, or of one before a word
// for century: XX век, Article XIV.
func (s *scanner) roman(i int) (Item, int, bool) {
	k := &s.toks[i]
	if k.kind != text.Word || k.caps == capNone || len(k.w) > 14 {
		return Item{}, 0, false
	}
	v := romanValue(k.w)
	if v == 0 {
		return Item{}, 0, false
	}
	j := i + 1
	if s.word(j) == "-" { // XIX–XX века
		if b := romanValue(s.word(j + 1)); b > v {
			if _, n := s.find(j+2, cCentury); n > 0 {
				it := s.item(Date, i, j+2+n, "C"+strconv.Itoa(v)+"/C"+strconv.Itoa(b))
				it.Value, it.High = float64(v), float64(b)
				return it, j + 2 + n, true
			}
		}
	}
	if _, n := s.find(j, cCentury); n > 0 {
		return s.century(i, j+n, v)
	}
	if k.caps != capAll || len([]rune(k.w)) < 2 || s.joined(i) && s.word(i-1) == "." {
		return Item{}, 0, false
	}
	it := s.item(Ordinal, i, j, "#"+strconv.Itoa(v))
	it.Value = float64(v)
	it.Weak = v <= 3 || s.joined(i) || s.joined(j) && s.isDigits(j)
	return it, j, true
}

// lookalikes are Cyrillic letters that stand for Latin ones in numerals.
var lookalikes = strings.NewReplacer("х", "x", "і", "i")

// romanValue reads I, V and X (Latin, or the Cyrillic letters that look the
// same) up to 39; 0 when the word is no such numeral.
func romanValue(w string) int {
	rest := lookalikes.Replace(w)
	total := 0
	for _, p := range []struct {
		s string
		v int
	}{{"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}} {
		for n := 0; n < 3 && strings.HasPrefix(rest, p.s); n++ {
			if p.s == "i" && strings.HasPrefix(rest, "iv") || p.s == "i" && strings.HasPrefix(rest, "ix") {
				break
			}
			rest, total = rest[len(p.s):], total+p.v
			if p.v == 9 || p.v == 5 || p.v == 4 {
				break
			}
		}
		if p.v == 5 && strings.HasPrefix(rest, "iv") && total%10 == 5 {
			return 0
		}
	}
	if rest != "" {
		return 0
	}
	return total
}
