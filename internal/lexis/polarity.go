package lexis

import (
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// polarity reads negation, modality and quantifiers.
func (s *scanner) polarity() {
	const want = cNeg | cModal | cQuant
	for i := 0; i < len(s.toks); {
		k := &s.toks[i]
		if k.mask&(want|cNegNo) == 0 {
			if k.kind == text.Word && len(k.w) > 5 {
				s.prefixed(i)
			}
			i++
			continue
		}
		_, n := s.find(i, want|cNegNo)
		free := n > 0
		if _, no := s.find(i, cNegNo); no >= n && n > 0 {
			free = false
		}
		_, other := s.find(i, cName|cMonth)
		if other > n || n > 0 && s.used != nil && s.used[i] != 0 && k.mask&cMonth != 0 {
			free = false
		}
		if n == 0 {
			i++
			continue
		}
		// A set phrase that is no negation may still be a modality (不得不).
		s.polarityAt(i, n, free)
		i += n
	}
}

// polarityAt makes the items of the phrase of n tokens at i. free says that
// nothing speaks against a negation or quantifier there.
func (s *scanner) polarityAt(i, n int, free bool) {
	if m, k := s.find(i, cNeg); k == n && free {
		it := s.item(Negation, i, i+n, m.str)
		it.Weak = m.str == "weak" || s.word(i+n-1) != "не" && s.doubled(i)
		it.Head = s.head(i + n)
		if s.lang == bitext.Chinese && n > 1 && it.Weak {
			it.Head = strings.TrimLeft(s.low[s.toks[i].s:s.toks[i+n-1].e], "不非无未")
		}
		s.out = append(s.out, it)
	}
	_, _, month := s.month(i, false)
	if m, k := s.find(i, cModal); k == n && !(s.lang == bitext.English && (month || s.used != nil && s.used[i] != 0)) && !s.isNoun(i) && !s.isOr(i, n) {
		s.modality(i, n, m)
	}
	if m, k := s.find(i, cQuant); k == n && free {
		s.out = append(s.out, s.weakIf(m.weak, s.item(Quantifier, i, i+n, m.str)))
	}
}

// mayBe are the characters before which 或 says that something may be; before
// others it says "or".
const mayBe = "将会可能成为被需要已有致达遭受面令让于"

// isOr says that the modal phrase of n tokens at i is a Chinese "or".
func (s *scanner) isOr(i, n int) bool {
	return n == 1 && s.word(i) == "或" && (s.word(i+1) == "" || !strings.Contains(mayBe, s.word(i+1)))
}

var modalNames = [...]string{"", "may", "should", "must"}

// modality makes the item of the modal phrase of n tokens at i, denied where a
// negation stands with it.
func (s *scanner) modality(i, n int, m sense) {
	it := s.item(Modality, i, i+n, m.str)
	if m.val != 0 {
		it.Strength = int(m.val)
		it.Norm = modalNames[max(it.Strength, -it.Strength)]
		if it.Strength > 0 && s.denied(i, n) {
			it.Strength = -it.Strength
		}
	} else {
		it.Weak = true
	}
	if s.lang == bitext.Chinese && n == 1 && (it.Strength == 2 && s.word(i) == "要" || it.Norm == "will" || s.word(i) == "或" || s.word(i) == "可") {
		it.Weak = true
	}
	it.Head = s.head(i + n)
	s.out = append(s.out, it)
}

// denied says that a negation stands just before, in or behind the modal
// phrase of n tokens at i: не должен, cannot, may not, do not have to.
func (s *scanner) denied(i, n int) bool {
	if s.lang == bitext.Chinese {
		m, k := s.before(i, cNeg)
		return k == 1 && m.str == "neg"
	}
	if m, k := s.find(i, cNeg); k == n && m.str == "neg" {
		return true
	}
	if s.lang == bitext.English && s.deniedFromAfar(i, n) {
		return true
	}
	for _, j := range []int{i - 1, i - 2, i + n} {
		if j < 0 || j >= len(s.toks) || j == i-2 && s.toks[i-1].mask&cAux == 0 {
			continue
		}
		m, k := s.find(j, cNeg)
		if k != 1 || m.str != "neg" {
			continue
		}
		if _, no := s.find(j, cNegNo); no > 0 {
			continue
		}
		switch w := s.word(j); {
		case s.lang == bitext.Russian:
			if w == "не" && j < i {
				return true
			}
		case j >= i || w == "not" || strings.HasSuffix(w, "n't"):
			if w == "not" || w == "never" || strings.HasSuffix(w, "n't") {
				return true
			}
		}
	}
	return false
}

// negativeSubjects deny the verb that follows them: no one shall, nor may.
var negativeSubjects = words("no nobody nothing none nor neither")

// subjectReach is how many words before its verb a subject may begin.
const subjectReach = 8

// deniedFromAfar says that the subject of the English modal phrase of n tokens
// at i denies it, or "in no case" and the like behind it.
func (s *scanner) deniedFromAfar(i, n int) bool {
	if s.word(i+n+1) == "no" && preposition[s.word(i+n)] {
		return true
	}
	for j := i - 1; j >= max(0, i-subjectReach); j-- {
		k := &s.toks[j]
		if _, modal := s.find(j, cModal); modal > 0 || k.kind == text.Punct {
			return false
		}
		if negativeSubjects[k.w] && !preposition[s.word(j-1)] {
			_, no := s.find(j, cNegNo)
			return no == 0
		}
	}
	return false
}

// preposition are those that stand before "no" in phrases that deny a verb.
var preposition = words("in under at on by for with of to")

// isNoun says that the English word at i, which may be modal, is a noun: the
// will of the people, this will shall.
func (s *scanner) isNoun(i int) bool {
	if s.lang != bitext.English || !wills[s.word(i)] {
		return false
	}
	switch before := s.word(i - 1); {
	case determiners[before] || strings.HasSuffix(before, "'s"):
		return true
	case before == "this" || before == "that":
		return s.word(i+1) == "of" || i+1 < len(s.toks) && s.toks[i+1].mask&cModal != 0
	}
	return false
}

var (
	wills       = words("will might must can")
	determiners = words("the a an his her its their our my your whose free good ill political popular military")
)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// maxConcession is how many words "ни" may stand behind the "бы" of "wherever".
const maxConcession = 4

// doubled says that the negative pronoun or particle at i goes with the
// negation of its verb (никто не пришёл) and so adds none.
func (s *scanner) doubled(i int) bool {
	w := s.word(i)
	switch s.lang {
	case bitext.Russian:
		if !strings.HasPrefix(w, "ни") {
			return false
		}
		for j := max(0, i-6); j < min(len(s.toks), i+7); j++ {
			if j != i && (s.word(j) == "не" || s.word(j) == "нет" || s.word(j) == "нельзя") {
				return true
			}
			if j < i && w == "ни" && (s.word(j) == "ни" || s.word(j) == "бы" && i-j <= maxConcession) {
				return true // ни …, ни …; где бы он ни был
			}
		}
	case bitext.English:
		if w == "nor" {
			for j := max(0, i-12); j < i; j++ {
				if s.toks[j].mask&cNeg != 0 {
					return true
				}
			}
		}
	}
	return false
}

// head gives the stem of the first word of weight at token j or behind it, in
// the same clause; of Chinese, the next two characters.
func (s *scanner) head(j int) string {
	for end := min(len(s.toks), j+6); j < end; j++ {
		k := &s.toks[j]
		switch k.kind {
		case text.Punct:
			if k.w == "-" || k.w == "\"" || k.w == "'" {
				continue
			}
			return ""
		case text.Number:
			return k.w
		case text.Han:
			if k.mask&cAux != 0 {
				continue
			}
			if j+1 < len(s.toks) && s.toks[j+1].kind == text.Han && !s.toks[j+1].gap {
				return k.w + s.toks[j+1].w
			}
			return k.w
		case text.Word:
			if k.mask&cAux == 0 {
				return text.Stem(string(s.lang), k.w)
			}
		}
	}
	return ""
}

// negativePrefixes are the prefixes of English words that deny; what remains
// must be as long as the number says to be a word of its own.
var negativePrefixes = []struct {
	form string
	rest int
}{{"un", 5}, {"non", 5}, {"im", 6}, {"il", 5}, {"ir", 6}, {"in", 7}, {"dis", 6}}

// negativeIn are words with in-, im-, il-, ir- or dis- that deny: only these
// few, as most words with such beginnings do not.
var negativeStems = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`possible possibly probable legal legally legitimate regular regularly relevant
	responsible responsibility reversible accurate adequate appropriate capable complete comprehensible consistent
	convenient correct correctly credible decisive definite dependent direct directly effective efficient efficiency
	equality eligible evitable explicable formal frequent justice secure security sensitive separable significant
	stability sufficient tolerable tolerance valid variable visible moral mobile mortal mature patient perfect
	permissible polite practical precise proper properly partial peaceable legible literate logical rational
	resistible replaceable violable accessible active applicable audible comparable competent conclusive
	conceivable curable destructible disputable exact exhaustible experienced expensive flexible humane numerable operative
	tangible balance measurable movable passable penetrable personal plausible prudent rational reconcilable recoverable
	reducible refutable advantage agree agreed agreement appear appeared approve approval band belief connect
	content honest like obey order respect satisfied satisfaction trust union unity loyal proportionate interested`) {
		negativeStems[w] = true
	}
}

// prefixed reads a word denied by its prefix (unlawful, незаконный) as a weak
// negation with the stem of the rest as its head.
func (s *scanner) prefixed(i int) {
	k := &s.toks[i]
	if k.mask&(cCommon|cName) != 0 || k.caps != capNone && i > 0 && k.caps != capAll && !s.opens(i) {
		return
	}
	rest := ""
	switch s.lang {
	case bitext.Russian:
		if r, ok := strings.CutPrefix(k.w, "не"); ok && utf8.RuneCountInString(r) >= 5 {
			rest = r
		}
	case bitext.English:
		for _, p := range negativePrefixes {
			r, ok := strings.CutPrefix(k.w, p.form)
			if !ok || (p.form != "un" && p.form != "non") && !negativeStems[r] || len(r) < p.rest && !negativeStems[r] {
				continue
			}
			rest = r
			break
		}
	}
	if rest == "" {
		return
	}
	it := s.item(Negation, i, i+1, "weak")
	it.Weak, it.Head = true, text.Stem(string(s.lang), rest)
	s.out = append(s.out, it)
}

// opens says that token i opens a sentence, so that its capital says nothing.
func (s *scanner) opens(i int) bool {
	for j := i - 1; j >= 0; j-- {
		k := &s.toks[j]
		if k.kind != text.Punct {
			return false
		}
		switch k.w {
		case ".", "!", "?", ":", ";", "…", "。", "！", "？", "•", "*":
			return true
		case "\"", "'", "(", "[", "-":
			continue
		}
		return false
	}
	return true
}
