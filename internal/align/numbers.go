package align

import (
	"strconv"
	"strings"

	"sverka/internal/lexis"
	"sverka/internal/text"
)

// addNumbers notes the numbers of segment i by their normal form and returns
// the whole number that the segment begins with, or -1.
func (s *side) addNumbers(i int, original string) int {
	for _, item := range lexis.ScanKinds(s.lang, original, lexis.Number, lexis.Percent, lexis.Money,
		lexis.Quantity, lexis.Ordinal, lexis.Range, lexis.Date, lexis.Time) {
		if !item.Weak {
			s.numbers.add(i, item.Norm)
		}
	}
	start := -1
	tokens := text.Tokenize(original)
	for k, t := range tokens {
		if t.Kind != text.Number {
			continue
		}
		form := normalNumber(original[t.Start:t.End])
		s.numbers.add(i, form)
		if n, err := strconv.Atoi(form); err == nil && k < 2 && len(form) < 6 {
			start = n
		}
	}
	return start
}

// normalNumber drops the separators of thousands and writes the decimal sign
// as a point: "1 235" and "1,235" are 1235, "5,2" is 5.2.
func normalNumber(s string) string {
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
