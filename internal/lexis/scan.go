// Package lexis reads the facts in a text of three languages that a
// translation must keep: numbers, per cents, sums of money, quantities, dates
// and times, names, quoted passages, negation, modality and quantifiers. Each
// has its place and a normal form that does not hang on notation or language,
// so that comparing texts is comparing normal forms.
//
// Word lists stand in data/, the grammar in Go: a file for each kind.
package lexis

import (
	"cmp"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Scan reads all kinds of item in text, which is written in lang. The items
// come sorted by Start, the longer first; no byte is in two items of the
// numeric kinds. A language that is not known gives numbers in digits only.
// Time is linear in the text.
func Scan(lang bitext.Lang, text string) []Item {
	return scan(lang, text, 1<<kinds-1)
}

// ScanKinds is Scan for some kinds of item only, which saves time. Asking for
// one of the numeric kinds costs as much as asking for all of them.
func ScanKinds(lang bitext.Lang, text string, which ...Kind) []Item {
	var set uint
	for _, k := range which {
		set |= 1 << k
	}
	return scan(lang, text, set)
}

const numericSet = 1<<(Time+1) - 1

func scan(lang bitext.Lang, src string, set uint) []Item {
	if src == "" || set == 0 {
		return nil
	}
	s := newScanner(lang, src)
	defer s.release()
	if set&(numericSet|1<<Name) != 0 {
		s.numeric()
	}
	if set&(1<<Negation|1<<Modality|1<<Quantifier) != 0 {
		s.polarity()
	}
	if set&(1<<Name) != 0 {
		s.names()
	}
	if set&(1<<Title) != 0 {
		s.quotes()
	}
	if set != 1<<kinds-1 {
		s.out = slices.DeleteFunc(s.out, func(it Item) bool { return set&(1<<it.Kind) == 0 })
	}
	slices.SortStableFunc(s.out, func(a, b Item) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, int(a.Kind)-int(b.Kind))
	})
	return s.out
}

// numericClasses are the roles of the words that can open an item of the
// numeric kinds.
const numericClasses = cCard | cScale | cOrd | cFrac | cVague | cMult | cCurrency | cMonth | cWeekday |
	cDecade | cDaypart | cRelative | cSeason | cMinus | cSkip | cArticle | cHalfday | cAnniv | cCompound | cWhole | cUnit

// numeric reads dates, times and numbers, dates first.
func (s *scanner) numeric() {
	s.used = make([]int32, len(s.toks))
	for i := 0; i < len(s.toks); {
		k := &s.toks[i]
		if k.kind != text.Number && k.mask&(numericClasses|cName) == 0 && !s.mayOpen(k) {
			i++
			continue
		}
		if _, n := s.find(i, cSkip); n > 0 && n == s.longest(i) {
			i += n
			continue
		}
		if _, n := s.find(i, cName); n > 1 { // World War II, G20
			i += n
			continue
		}
		it, next, ok := s.numericAt(i)
		if !ok || next <= i {
			i++
			continue
		}
		if n := len(s.out); n > 0 && it.Start < s.out[n-1].End { // two parts of one character, such as ㏠
			i = next
			continue
		}
		s.out = append(s.out, it)
		for j := i; j < next && j < len(s.toks); j++ {
			s.used[j] = int32(len(s.out))
		}
		i = next
	}
}

// mayOpen says that a token without a sense in the table may still open a
// number: a Chinese numeral, a Roman one, a sign.
func (s *scanner) mayOpen(k *tok) bool {
	switch k.kind {
	case text.Word:
		return k.caps != capNone && romanLetter(k.w)
	case text.Han:
		if s.lang != bitext.Chinese {
			return false
		}
		switch k.w {
		case "第", "数", "几", "上", "成", "好", "公", "本", "半":
			return true
		}
		_, digit := hanDigits[k.w]
		_, scale := hanScales[k.w]
		return digit || scale
	}
	return k.w == "-" || k.w == "."
}

func romanLetter(w string) bool {
	switch w[0] {
	case 'i', 'v', 'x':
		return true
	}
	return len(w) > 1 && w[:2] == "х"
}

func (s *scanner) numericAt(i int) (Item, int, bool) {
	if it, next, ok := s.date(i); ok {
		return it, next, true
	}
	if it, next, ok := s.clock(i); ok {
		return it, next, true
	}
	if it, next, ok := s.numeral(i); ok {
		return it, next, true
	}
	if it, next, ok := s.compound(i); ok {
		return it, next, true
	}
	if m, n := s.find(i, cWhole); n > 0 {
		factor, base, _ := strings.Cut(m.str, " ")
		it := s.item(Quantity, i, i+n, m.str)
		it.Value = parseFactor(factor)
		it.Norm = formatNumber(it.Value) + " " + base
		return it, i + n, true
	}
	if m, n := s.find(i, cMult); n > 0 {
		it := s.item(Quantity, i, i+n, formatNumber(m.val)+"x")
		it.Value, it.Weak = m.val, m.weak
		if m.count && !(s.lang == bitext.English && s.compares(i+n)) { // twice a week, дважды
			it.Kind, it.Norm = Number, formatNumber(m.val)
		}
		return it, i + n, true
	}
	if m, n := s.find(i, cAnniv); n > 0 && m.val > 0 { // столетие
		it := s.item(Quantity, i, i+n, formatNumber(m.val)+" anniv")
		it.Value = m.val
		return it, i + n, true
	}
	return s.roman(i)
}
