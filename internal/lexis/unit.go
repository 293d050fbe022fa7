package lexis

import (
	"strconv"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// unitAt is the unit found behind a number.
type unitAt struct {
	kind   Kind
	factor float64
	str    string // currency or base unit
	n      int    // tokens
}

func (u *unitAt) around() (prefix, suffix string) {
	switch u.kind {
	case Money:
		return u.str + " ", ""
	case Percent:
		return "", u.str
	case Quantity:
		if u.str == "x" {
			return "", "x"
		}
		return "", " " + u.str
	}
	return "", ""
}

// unit reads the unit at token j. A currency said before the number wins.
func (s *scanner) unit(j int, cur string, digits bool) unitAt {
	u := unitAt{kind: Number, factor: 1}
	k := j
	if s.word(k) == "-" && s.joined(k) && s.joined(k+1) {
		k++
	}
	if cur != "" {
		u.kind, u.str = Money, cur
		if m, n := s.find(k, cCurrency); n > 0 && m.str == cur {
			u.n = k + n - j
		}
		return u
	}
	const classes = cPercent | cPoints | cCurrency | cUnit | cTimes | cAnniv
	m, n := s.find(k, classes)
	if n == 0 {
		return u
	}
	if c := s.longest(k); c > n {
		if _, skip := s.find(k, cSkip); skip == c {
			return u
		}
	}
	u.n = k + n - j
	switch m.class {
	case cPercent:
		u.kind, u.str = Percent, "%"
		if m.val > 0 {
			u.factor = m.val
		}
	case cPoints:
		u.kind, u.str = Percent, "pp"
	case cCurrency:
		u.kind, u.str = Money, m.str
		if f, code, ok := strings.Cut(m.str, " "); ok {
			u.factor, u.str = parseFactor(f), code
		}
	case cTimes:
		if !s.multiplies(j, k+n) {
			return unitAt{kind: Number, factor: 1, n: u.n}
		}
		u.kind, u.str = Quantity, "x"
	case cAnniv:
		u.kind, u.str = Quantity, "anniv"
	default:
		f, base, _ := strings.Cut(m.str, " ")
		if len(s.word(k)) <= 2 && n == 1 && s.toks[k].kind == text.Word && (!digits || s.toks[k].caps != capNone && base != "W") {
			return unitAt{kind: Number, factor: 1} // 5G, a lone letter behind a word
		}
		u.kind, u.str = Quantity, base
		u.factor = parseFactor(f)
	}
	return u
}

// parseFactor reads a factor of the tables, 1 where it is none.
func parseFactor(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 1
	}
	return f
}

// multiplies says that "times" behind the number that ends at token j, itself
// ending at next, multiplies (2.5 times more) and does not count (three times
// a week). In Russian a preposition says it: в три раза.
func (s *scanner) multiplies(j, next int) bool {
	switch s.lang {
	case bitext.Chinese:
		return true
	case bitext.Russian:
		if s.word(next-1) != "раз" && s.word(next-1) != "раза" {
			return true
		}
		for k := j - 1; k >= max(0, j-5); k-- {
			switch s.word(k) {
			case "в", "во":
				return true
			}
		}
		return false
	}
	return s.compares(next)
}

// compares says that an English comparison begins at token j.
func (s *scanner) compares(j int) bool {
	switch w := s.word(j); w {
	case "as", "more", "less", "the", "that", "what", "its", "their", "his", "her", "fewer", "over", "or":
		return true
	default:
		return len(w) > 4 && strings.HasSuffix(w, "er")
	}
}
