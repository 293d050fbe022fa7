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
		return s.item(Date, i, i+n, m.str), i + n, true
	}
	if m, n := s.find(i, cWeekday); n > 0 && n == s.longest(i) {
		if s.lang == bitext.English && (s.toks[i].caps == capNone || s.toks[i].caps == capAll && len(s.word(i)) < 4) {
			return Item{}, 0, false
		}
		return s.item(Date, i, i+n, "wd"+m.str), i + n, true
	}
	if m, n := s.find(i, cSeason); n > 0 && n == s.longest(i) {
		return s.item(Date, i, i+n, m.str), i + n, true
	}
	return Item{}, 0, false
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
			it := s.item(Number, i, j, m.str[2:3]+"0")
			it.Value, it.Bound, it.Approx = float64(m.str[2]-'0')*10, Over, true
			return it, j, true
		}
		return s.item(Date, i, j, m.str), j, true
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
		return Item{}, 0, false
	}
	return s.item(Date, i, j, decadeNorm(w)), j, true
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

// romanValue reads I, V and X (Latin, or the Cyrillic letters that look the
// same) up to 39; 0 when the word is no such numeral.
func romanValue(w string) int {
	w = strings.NewReplacer("х", "x", "і", "i").Replace(w)
	rest := w
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
