package rendering

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// numberOf reads a folded word as a number: figures in the notation of its
// language, Roman numerals of two letters and more, Chinese numerals. It gives
// NaN for any other word; what words say (three, тысяча) vectors and lexicon know.
func numberOf(lang bitext.Lang, form string) float64 {
	switch first, _ := utf8.DecodeRuneInString(form); {
	case '0' <= first && first <= '9':
		return figures(lang, form)
	case lang == bitext.Chinese:
		return hanNumber(form)
	}
	return roman(form)
}

func figures(lang bitext.Lang, form string) float64 {
	s := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '.' || r == ',' {
			return r
		}
		return -1
	}, form)
	if grouped(s) {
		s = strings.ReplaceAll(s, ",", "")
	} else if lang == bitext.Russian || !strings.Contains(s, ".") {
		s = strings.ReplaceAll(s, ",", ".")
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return v
	}
	return math.NaN()
}

// grouped says that the commas of a number part groups of three figures.
func grouped(s string) bool {
	whole, _, _ := strings.Cut(s, ".")
	parts := strings.Split(whole, ",")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return len(parts) > 1 && len(parts[0]) > 0 && len(parts[0]) <= 3 && parts[0] != "0"
}

var romanValues = map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}

func roman(form string) float64 {
	if len(form) < 2 || len(form) > 8 {
		return math.NaN()
	}
	sum, last := 0, 0
	for _, r := range form {
		v, ok := romanValues[r]
		if !ok {
			return math.NaN()
		}
		if sum += v; v > last && last > 0 {
			sum -= 2 * last
		}
		last = v
	}
	return float64(sum)
}

const hanDigits = "〇一二三四五六七八九"

// hanNumber reads a Chinese word that is all numerals: 十六, 三, 百.
func hanNumber(form string) float64 {
	sum, digit := 0, -1
	for _, r := range form {
		if i := strings.IndexRune(hanDigits, r); i >= 0 {
			digit = i / len("〇")
			continue
		}
		unit := 0
		switch r {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		case '两':
			digit = 2
			continue
		default:
			return math.NaN()
		}
		if digit < 0 {
			digit = 1
		}
		sum += digit * unit
		digit = -1
	}
	if digit > 0 {
		sum += digit
	}
	return float64(sum)
}
