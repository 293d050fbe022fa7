package report

import (
	"fmt"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// Langs are the languages in which reports speak; the first is the default.
var Langs = []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese}

// SpeaksLang says whether reports speak l.
func SpeaksLang(l bitext.Lang) bool { return slices.Contains(Langs, l) }

// words is how a report speaks: a table from the English that stands in the
// templates and in the checks to its own. Forms for a number of things are
// parted by "|": one and many in English; one, few and many in Russian; one
// form in Chinese.
type words struct {
	lang  bitext.Lang
	table map[string]string
	form  func(n int) int
}

var speakers = map[bitext.Lang]*words{
	bitext.English: {lang: bitext.English, form: englishForm},
	bitext.Russian: {lang: bitext.Russian, table: russianWords, form: russianForm},
	bitext.Chinese: {lang: bitext.Chinese, table: chineseWords, form: func(int) int { return 0 }},
}

// wordsOf gives the words of l; English where l is "" or not spoken.
func wordsOf(l bitext.Lang) *words {
	if w, ok := speakers[l]; ok {
		return w
	}
	return speakers[bitext.English]
}

func englishForm(n int) int {
	if n == 1 {
		return 0
	}
	return 1
}

// russianForm is the rule of Russian numerals: 1, 21, 101 have the first form;
// 2 to 4, 22 to 24 the second; all others, 11 to 14 among them, the third.
func russianForm(n int) int {
	n = max(n, -n) % 100
	switch {
	case n%10 == 1 && n != 11:
		return 0
	case n%10 >= 2 && n%10 <= 4 && (n < 12 || n > 14):
		return 1
	}
	return 2
}

// pattern gives the words for the English pattern; of several forms, the one
// for n.
func (w *words) pattern(english string, n int) string {
	s, ok := w.table[english]
	form := w.form(n)
	if !ok {
		s, form = english, englishForm(n)
	}
	forms := strings.Split(s, "|")
	return forms[min(form, len(forms)-1)]
}

// t says a pattern with its arguments.
func (w *words) t(english string, args ...any) string {
	n := -1
	for _, a := range args {
		if i, ok := a.(int); ok {
			n = i
			break
		}
	}
	p := w.pattern(english, n)
	if len(args) == 0 {
		return p
	}
	return fmt.Sprintf(p, args...)
}

// say says what a check says.
func (w *words) say(s compare.Sentence) string { return s.In(w.pattern) }

func (w *words) lines(evidence []compare.Sentence) []string {
	var out []string
	for _, s := range evidence {
		out = append(out, w.say(s))
	}
	return out
}

// list joins parts of a sentence.
func (w *words) list(parts []string) string {
	if w.lang == bitext.Chinese {
		return strings.Join(parts, "，")
	}
	return strings.Join(parts, ", ")
}

// sentence ends a list with a full stop.
func (w *words) sentence(parts []string) string {
	if w.lang == bitext.Chinese {
		return w.list(parts) + "。"
	}
	return w.list(parts) + "."
}
