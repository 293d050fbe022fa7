package lexis

import "strings"

// compoundParts are the numerals as they stand before another root in Russian
// compounds (восьмидесятилетие, двухсотлетний, пятидневный).
var compoundParts = []struct {
	form string
	val  float64
}{
	{"девяноста", 90}, {"девяносто", 90}, {"восьмидесяти", 80}, {"семидесяти", 70}, {"шестидесяти", 60},
	{"пятидесяти", 50}, {"сорока", 40}, {"тридцати", 30}, {"двадцати", 20},
	{"девятнадцати", 19}, {"восемнадцати", 18}, {"семнадцати", 17}, {"шестнадцати", 16}, {"пятнадцати", 15},
	{"четырнадцати", 14}, {"тринадцати", 13}, {"двенадцати", 12}, {"одиннадцати", 11},
	{"двухсот", 200}, {"трехсот", 300}, {"четырехсот", 400}, {"пятисот", 500}, {"шестисот", 600},
	{"семисот", 700}, {"восьмисот", 800}, {"девятисот", 900}, {"тысяче", 1000}, {"сто", 100},
	{"десяти", 10}, {"девяти", 9}, {"восьми", 8}, {"семи", 7}, {"шести", 6}, {"пяти", 5},
	{"четырех", 4}, {"трех", 3}, {"двух", 2}, {"дву", 2}, {"полутора", 1.5},
}

// compoundHeads are the roots that follow, with what they make of the number.
var compoundHeads = []struct {
	root  string
	class class
	unit  string
}{
	{"лети", cAnniv, ""}, {"летн", cUnit, "12 mo"}, {"годичн", cUnit, "12 mo"}, {"месячн", cUnit, "1 mo"},
	{"недельн", cUnit, "7 d"}, {"дневн", cUnit, "1 d"}, {"суточн", cUnit, "1 d"}, {"часов", cUnit, "3600 s"},
	{"минутн", cUnit, "60 s"}, {"процентн", cPercent, ""}, {"кратн", cTimes, ""}, {"миллионн", cScale, "1000000"},
	{"тысячн", cScale, "1000"}, {"метров", cUnit, "1 m"}, {"километров", cUnit, "1000 m"}, {"тонн", cUnit, "1000 kg"},
	{"этажн", cCard, ""}, {"сторонн", cCommon, ""},
}

// compoundNumeral takes a Russian compound of a numeral and a root apart. The
// phrase that it gives holds the number and, as its text, the unit.
func compoundNumeral(w string) (phrase, bool) {
	total, rest := 0.0, w
	for range 3 {
		found := false
		for _, p := range compoundParts {
			if strings.HasPrefix(rest, p.form) {
				total, rest, found = total+p.val, rest[len(p.form):], true
				break
			}
		}
		if !found {
			break
		}
	}
	if total == 0 {
		return phrase{}, false
	}
	for _, h := range compoundHeads {
		if strings.HasPrefix(rest, h.root) && h.class != cCommon {
			s := sense{class: cCompound, val: total, str: h.root}
			return phrase{mask: cCompound, senses: []sense{s}}, true
		}
	}
	return phrase{}, false
}

// compound makes the item of a Russian compound numeral at token i.
func (s *scanner) compound(i int) (Item, int, bool) {
	m, n := s.find(i, cCompound)
	if n == 0 {
		return Item{}, 0, false
	}
	for _, h := range compoundHeads {
		if h.root != m.str {
			continue
		}
		it := s.item(Quantity, i, i+1, "")
		it.Value = m.val
		factor, base, _ := strings.Cut(h.unit, " ")
		switch h.class {
		case cAnniv:
			it.Norm = formatNumber(m.val) + " anniv"
			if m.val == 10 { // десятилетие is a decade oftener than an anniversary
				it.Norm, it.Value, it.Weak = "120 mo", 120, true
			}
		case cPercent:
			it.Kind, it.Norm = Percent, formatNumber(m.val)+"%"
		case cTimes:
			it.Norm = formatNumber(m.val) + "x"
		case cScale:
			it.Kind, it.Value = Number, m.val*parseFactor(factor)
			it.Norm = formatNumber(it.Value)
		case cCard:
			it.Kind, it.Norm = Number, formatNumber(m.val)
		default:
			it.Value = m.val * parseFactor(factor)
			it.Norm = formatNumber(it.Value) + " " + base
		}
		return it, i + 1, true
	}
	return Item{}, 0, false
}
