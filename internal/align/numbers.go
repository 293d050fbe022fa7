package align

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/text"
)

// Numbers are compared by value: digits with their separators, times the
// thousand, million or 万 behind them; months by their number in the year.
// That is less than lexis reads, and enough to tell sentences apart, at a
// hundredth of its cost.

// scales are the words that multiply the number before them, folded.
var scales = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12,
	"m": 1e6, "bn": 1e9, "k": 1e3, "mn": 1e6,
	"тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысяча": 1e3, "тысячу": 1e3, "тысячам": 1e3, "тысячами": 1e3,
	"млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "миллионам": 1e6, "миллионами": 1e6,
	"млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "миллиардам": 1e9,
	"трлн": 1e12, "триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12,
}

// hanDigits and hanScales are the values of Chinese numerals.
var (
	hanDigits = map[rune]float64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	hanScales = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}
)

// months are the names of months, folded; of Russian ones their beginnings,
// but for мая and май, which begin other words.
var months = func() map[string]int32 {
	m := map[string]int32{"май": 5, "мая": 5, "мае": 5, "маю": 5}
	for k, names := range []string{"january jan янв…", "february feb фев…", "march mar", "april apr апр…", "", "june jun",
		"july jul", "august aug авг…", "september sept sep сен…", "october oct окт…", "november nov ноя…", "december dec дек…"} {
		for _, name := range strings.Fields(names) {
			m[name] = int32(k + 1)
		}
	}
	for k, name := range map[int32]string{3: "март", 6: "июн", 7: "июл"} {
		for _, end := range []string{"", "а", "е", "у", "ь", "я", "ю"} {
			m[name+end] = k
		}
	}
	return m
}()

// prefixOf is the first n letters of s.
func prefixOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

const monthBit = 1 << 63

func monthKey(m int32) uint64 { return monthBit | uint64(m) }

// numberKey names a number by its value, to twelve digits.
func numberKey(x float64) uint64 { return math.Float64bits(x*(1+1e-13)) >> 12 }

// readNumber notes the number that token k is.
func (r *reader) readNumber(s *side, seg *segment, src string, k int) {
	t := &r.tokens[k]
	form := normalNumber(src[t.Start:t.End])
	x, err := strconv.ParseFloat(form, 64)
	if err != nil {
		s.numbers.add(hashOf(form) >> 1)
		return
	}
	if k < 2 && x == math.Trunc(x) && x < 1e5 {
		seg.start = int32(x)
	}
	next := k + 1
	if next < len(r.tokens) && r.tokens[next].Kind == text.Word {
		if scale := r.word(src[r.tokens[next].Start:r.tokens[next].End]).scale; scale > 0 {
			x *= scale
		}
	}
	for ; next < len(r.tokens) && r.tokens[next].Kind == text.Han; next++ {
		c, _ := utf8.DecodeRuneInString(src[r.tokens[next].Start:])
		if c = r.char(c); c == '月' && x >= 1 && x <= 12 && next == k+1 {
			s.numbers.add(monthKey(int32(x)))
			return
		}
		scale := hanScales[c]
		if scale < 1e3 {
			break
		}
		x *= scale
	}
	s.numbers.add(numberKey(x))
}

// addHanNumbers notes the numbers of two numerals and more in a run.
func addHanNumbers(v *units, run []rune) {
	for from := 0; from < len(run); {
		to, scaled := from, false
		for to < len(run) {
			if _, ok := hanScales[run[to]]; ok {
				scaled = true
			} else if _, ok := hanDigits[run[to]]; !ok {
				break
			}
			to++
		}
		if x := hanNumber(run[from:to], scaled); to-from > 1 && x > 0 && hanScales[run[from]] < 1e3 {
			if to < len(run) && run[to] == '月' && x <= 12 {
				v.add(monthKey(int32(x)))
			} else {
				v.add(numberKey(x))
			}
		}
		from = to + 1
	}
}

// hanNumber is the value of a run of numerals: 二百八十万, or digit by digit
// where nothing scales them: 二〇二五.
func hanNumber(run []rune, scaled bool) float64 {
	total, section, digit := 0.0, 0.0, -1.0
	for _, c := range run {
		d, isDigit := hanDigits[c]
		switch {
		case isDigit && !scaled:
			total = total*10 + d
		case isDigit:
			digit = d
		case hanScales[c] < 1e4:
			section += max(digit, 1) * hanScales[c]
			digit = -1
		default:
			total = (total + section + max(digit, 0)) * hanScales[c]
			section, digit = 0, -1
		}
	}
	return total + section + max(digit, 0)
}

// normalNumber drops the separators of thousands and writes the decimal sign
// as a point: "1 235" and "1,235" are 1235, "5,2" is 5.2.
func normalNumber(s string) string {
	if plainDigits(s) {
		return s
	}
	var b strings.Builder
	rest := s
	for rest != "" {
		digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if digits < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:digits])
		rest = rest[digits:]
		size := 1
		for size < len(rest) && rest[size]&0xC0 == 0x80 {
			size++
		}
		group := strings.IndexFunc(rest[size:], func(r rune) bool { return r < '0' || r > '9' })
		if group < 0 {
			group = len(rest) - size
		}
		if group != 3 {
			b.WriteByte('.')
		}
		rest = rest[size:]
	}
	return b.String()
}

func plainDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
