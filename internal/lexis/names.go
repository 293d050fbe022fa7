package lexis

import (
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// names reads the names of the gazetteer, and others by their shape: runs of
// capitals in English and Russian, transcriptions and surnames in Chinese.
func (s *scanner) names() {
	shouting := s.shouting()
	for i := 0; i < len(s.toks); {
		if _, n := s.find(i, cCommon); n > 1 && n == s.longest(i) && s.lang == bitext.Chinese { // 发展中国家
			i += n
			continue
		}
		if m, n := s.findName(i); n > 0 {
			it := s.item(Name, i, i+n, m.str)
			s.out = append(s.out, it)
			i += n
			continue
		}
		var n int
		switch {
		case s.lang == bitext.Chinese:
			n = s.chineseName(i)
		case s.toks[i].kind == text.Word:
			n = s.capitals(i, shouting)
		}
		i += max(n, 1)
	}
}

// findName finds the longest name of the gazetteer at token i that is written
// as it must be.
func (s *scanner) findName(i int) (sense, int) {
	m, n := s.nameAt(i)
	if n == 0 {
		return m, 0
	}
	if c := s.longest(i); c > n && s.lang == bitext.Chinese && !s.culture(i) {
		return m, 0 // part of another word
	}
	k := &s.toks[i]
	switch m.val {
	case nameCapital:
		if k.caps == capNone && k.kind == text.Word {
			return m, 0
		}
	case nameAllCaps:
		if k.caps != capAll && !strings.Contains(k.w, ".") && n == 1 || k.caps == capNone {
			return m, 0
		}
	case nameAnyCase:
		if s.lang == bitext.Chinese && n <= 2 && s.partOfRun(i, n) {
			return m, 0
		}
	case nameShort:
		if !s.shortName(i) {
			return m, 0
		}
	}
	if s.used != nil && n == 1 && s.used[i] != 0 && (s.lang == bitext.Chinese || s.out[s.used[i]-1].Kind == Money) {
		return m, 0
	}
	return m, n
}

// nameAt finds the longest name of the gazetteer at token i; in 中俄文化 the
// country stands alone and is not that of 俄文, its language.
func (s *scanner) nameAt(i int) (sense, int) {
	m, n := s.find(i, cName)
	if n == 2 && s.culture(i) {
		m.val, n = nameShort, 1
	}
	return m, n
}

// culture says that the Chinese character at i is followed by "culture".
func (s *scanner) culture(i int) bool { return s.word(i+1) == "文" && s.word(i+2) == "化" }

// shortName says that the one Chinese character at i stands for a country:
// beside another one (中俄) or in set company (驻华, 美媒).
func (s *scanner) shortName(i int) bool {
	short := func(j int) bool {
		m, n := s.nameAt(j)
		return n == 1 && m.val == nameShort && (s.used == nil || s.used[j] == 0)
	}
	alone := func(j int) bool { // not the begin of a longer word
		return s.longest(j) <= 1 || s.culture(j)
	}
	if i+1 < len(s.toks) && short(i+1) && alone(i+1) || i > 0 && short(i-1) && alone(i-1) {
		return s.word(i) != s.word(i+1)
	}
	switch s.word(i - 1) {
	case "驻", "赴", "访", "援", "抗", "反", "亲", "旅", "留", "涉", "对":
		return !(s.word(i-1) == "对" && s.word(i) != "华" && s.word(i) != "俄" && s.word(i) != "美" && s.word(i) != "台") && s.word(i) != "中" && s.word(i) != "非"
	}
	switch s.word(i + 1) {
	case "媒", "籍", "企", "股":
		return s.word(i) != "中" && s.word(i) != "非"
	}
	return false
}

// shouting says that most words of the text are capital, as in a headline, so
// that capitals tell nothing.
func (s *scanner) shouting() bool {
	words, caps := 0, 0
	for i := range s.toks {
		if k := &s.toks[i]; k.kind == text.Word && utf8.RuneCountInString(k.w) > 3 && k.mask&cName == 0 {
			words++
			if k.caps != capNone {
				caps++
			}
		}
	}
	return words >= 5 && caps*5 > words*4
}

// particles may stand within a name in lower case.
var particles = map[string]bool{"de": true, "da": true, "di": true, "del": true, "la": true, "van": true,
	"von": true, "der": true, "den": true, "bin": true, "ibn": true, "al": true, "el": true, "ul": true,
	"du": true, "dos": true, "le": true, "ben": true, "де": true, "ван": true, "фон": true, "дер": true,
	"аль": true, "эль": true, "бен": true, "ибн": true, "ад": true, "ан": true, "да": true}

// capitals reads a run of capital words at token i as one name and gives its
// length in tokens. Titles and words that are capital by rule part runs; a
// word that opens a sentence counts only with more behind it.
func (s *scanner) capitals(i int, shouting bool) int {
	if !s.nameWord(i) {
		return 0
	}
	j := i + 1
	for j < len(s.toks) {
		k := &s.toks[j]
		switch {
		case s.nameWord(j):
			if _, n := s.findName(j); n > 0 {
				goto done
			}
			j++
		case k.w == "." && !k.gap && s.initial(j-1) && s.nameWord(j+1):
			j++
		case (k.w == "-" || k.w == "'") && !k.gap && s.joined(j+1) && s.nameWord(j+1):
			j++
		case particles[k.w] && (s.nameWord(j+1) || j+2 < len(s.toks) && (particles[s.word(j+1)] || s.word(j+1) == "-") && s.nameWord(j+2)):
			j++
		default:
			goto done
		}
	}
done:
	opening := s.opens(i)
	first := i
	if opening && j > i+1 && s.toks[i].mask&(cAux|cQuant|cModal|cNeg) != 0 {
		first = i + 1
	}
	it := s.item(Name, first, j, s.nameNorm(first, j))
	it.Weak = shouting || opening && j == i+1 && s.toks[i].caps != capAll || it.Norm == ""
	if it.Norm != "" {
		s.out = append(s.out, it)
	}
	return j - i
}

// nameWord says that token i may be a word of a name.
func (s *scanner) nameWord(i int) bool {
	if i < 0 || i >= len(s.toks) {
		return false
	}
	k := &s.toks[i]
	if k.kind != text.Word || k.caps == capNone {
		return false
	}
	if s.used != nil && s.used[i] != 0 {
		return false
	}
	if k.mask&(cTitle|cSeason|cNegNo|cCommon|cCurrency|cMeasure) != 0 && k.mask&cName == 0 {
		return false
	}
	if k.mask&(cAux|cQuant|cModal|cNeg|cAnd|cTo|cFrom|cArticle|cApprox|cCard|cOrd) != 0 && s.opens(i) {
		return false
	}
	return utf8.RuneCountInString(k.w) > 1 || s.word(i+1) == "." && s.joined(i+1)
}

// initial says that token i is one capital letter.
func (s *scanner) initial(i int) bool {
	return s.toks[i].kind == text.Word && utf8.RuneCountInString(s.toks[i].w) == 1 && s.toks[i].caps != capNone
}

// nameNorm is the normal form of a name: its folded words, initials left out
// where more is said, Russian ones without their case.
func (s *scanner) nameNorm(i, j int) string {
	var words []string
	for k := i; k < j; k++ {
		t := &s.toks[k]
		if t.kind != text.Word || utf8.RuneCountInString(t.w) == 1 {
			continue
		}
		w := t.w
		if strings.Contains(w, ".") && len(w) <= 8 { // initials
			if t.caps == capAll && s.lang == bitext.English && j == i+1 {
				w = strings.ReplaceAll(w, ".", "")
			} else if j > i+1 {
				continue
			}
		}
		if s.lang == bitext.Russian && t.caps != capAll {
			w = caseless(w)
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// caseEndings are the endings that a Russian name takes in its cases, the
// longest first.
var caseEndings = []string{"скими", "ского", "скому", "ским", "ском", "ский", "ская", "ской", "скую", "ские", "ских",
	"овым", "евым", "иным", "ыным", "овой", "евой", "иной", "ами", "ями", "ого", "ому", "его", "ему",
	"ией", "ием", "иям", "иях", "ам", "ям", "ах", "ях", "ом", "ем", "ой", "ей", "ою", "ею", "ия", "ии", "ию", "ий", "ый", "ая",
	"ым", "им", "ую", "а", "я", "у", "ю", "е", "и", "ы", "о", "ь", "й"}

// caseless takes the ending of its case from a Russian name, so that its forms
// fall together.
func caseless(w string) string {
	for _, e := range caseEndings {
		stem, ok := strings.CutSuffix(w, e)
		if !ok || utf8.RuneCountInString(stem) < 3 {
			continue
		}
		switch e {
		case "овым", "овой", "евым", "евой", "иным", "иной", "ыным":
			return stem + string([]rune(e)[:2])
		}
		if strings.HasPrefix(e, "ск") {
			return stem + "ск"
		}
		return stem
	}
	return w
}
