package langdetect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// script is a group of letters.
type script uint8

const (
	noScript script = iota
	latin
	cyrillic
	han
	kana
	hangul
	arabic
	greek
	hebrew
	thai
	devanagari
	georgian
	armenian
	scripts // how many there are
)

// scriptLangs are the languages that a script alone tells; of Devanagari, the
// commonest.
var scriptLangs = map[script]bitext.Lang{
	kana: "ja", hangul: "ko", greek: "el", hebrew: "he", thai: "th", devanagari: "hi", georgian: "ka", armenian: "hy",
}

// otherNames are names that lingua lacks.
var otherNames = map[bitext.Lang]string{"nb": "Norwegian"}

// scriptRanges are where the letters lie, the commonest first.
var scriptRanges = []struct {
	lo, hi rune
	s      script
}{
	{'a', 'z', latin}, {'A', 'Z', latin}, {0x400, 0x52f, cyrillic}, {0x4e00, 0x9fff, han},
	{0xc0, 0x24f, latin}, {0x1e00, 0x1eff, latin}, {0x3400, 0x4dbf, han}, {0x3040, 0x30ff, kana},
	{0xac00, 0xd7a3, hangul}, {0x1100, 0x11ff, hangul}, {0x370, 0x3ff, greek}, {0x530, 0x58f, armenian},
	{0x590, 0x5ff, hebrew}, {0x600, 0x6ff, arabic}, {0x750, 0x77f, arabic}, {0xe00, 0xe7f, thai},
	{0x900, 0x97f, devanagari}, {0x10a0, 0x10ff, georgian}, {0x20000, 0x3ffff, han},
}

func scriptOf(r rune) script {
	for _, x := range scriptRanges {
		if x.lo <= r && r <= x.hi {
			if r > 0x7f && !unicode.IsLetter(r) {
				return noScript
			}
			return x.s
		}
	}
	return noScript
}

// scriptCounts counts the letters of each script.
type scriptCounts [scripts]int

// countScripts counts the letters of text, of a long one in parts.
func countScripts(text string) scriptCounts {
	var c scriptCounts
	for _, part := range windows(text, 8, 64<<10) {
		for _, r := range part {
			c[scriptOf(r)]++
		}
	}
	c[noScript] = 0
	return c
}

func (c scriptCounts) total() int {
	n := 0
	for _, k := range c {
		n += k
	}
	return n
}

// hanWeight is how many letters a Chinese character counts for: it says
// as much, and Chinese texts quote more names in Latin letters than English ones
// in Chinese.
const hanWeight = 4

// weights are the counts as far as they tell of a text's language, and their
// sum.
func (c scriptCounts) weights() (weight [scripts]float64, sum float64) {
	for s, n := range c {
		weight[s] = float64(n)
		if script(s) == han || script(s) == kana || script(s) == hangul {
			weight[s] *= hanWeight
		}
		sum += weight[s]
	}
	return weight, sum
}

// kanaShare is how much of Japanese is kana at the least; Chinese texts quote
// a word of it now and then.
const kanaShare = 0.12

// commonest gives the script that most of the text is in, and its share.
// Japanese and Korean count their Chinese characters as their own.
func (c scriptCounts) commonest() (script, float64) {
	weight, sum := c.weights()
	if sum == 0 {
		return noScript, 0
	}
	if east := weight[han] + weight[kana]; weight[kana] > 0 && weight[kana] >= kanaShare*east {
		weight[kana], weight[han] = east, 0
	}
	if weight[hangul] > weight[han]/2 {
		weight[hangul] += weight[han]
		weight[han] = 0
	}
	best := noScript
	for s := range scripts {
		if weight[s] > weight[best] {
			best = s
		}
	}
	return best, weight[best] / sum
}

// windows gives n parts of text of at most size bytes together, evenly spread;
// all of it where that is no more.
func windows(text string, n, size int) []string {
	if len(text) <= size {
		return []string{text}
	}
	parts := make([]string, 0, n)
	for i := range n {
		at := i * (len(text) - size/n) / max(n-1, 1)
		for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
			at--
		}
		parts = append(parts, strings.ToValidUTF8(text[at:min(at+size/n, len(text))], ""))
	}
	return parts
}

// sampleOf gathers words of one script from all over the text, up to so many
// letters: what a text quotes in another script tells nothing.
func sampleOf(text string, s script, letters int) string {
	const parts = 8
	var b strings.Builder
	for _, part := range windows(text, parts, 16*letters) {
		n := 0
		for _, w := range strings.FieldsFunc(part, func(r rune) bool { return scriptOf(r) != s && !isInner(r) }) {
			if w = strings.Trim(w, "'’-"); w == "" {
				continue
			}
			b.WriteString(w)
			b.WriteByte(' ')
			if n += utf8.RuneCountInString(w); n >= letters/parts && len(text) > 16*letters || n >= letters {
				break
			}
		}
	}
	return b.String()
}

// isInner says that r stands within words.
func isInner(r rune) bool { return unicode.IsMark(r) || r == '\'' || r == '’' || r == '-' }

// plainLetters is how long a sample must be for the short cuts below.
const plainLetters = 300

// plainlyRussian knows Russian by its letters: ы and э, which Ukrainian,
// Bulgarian, Serbian and Macedonian lack, and hardly any that Russian lacks,
// which Belarusian and the languages of Asia are full of.
func plainlyRussian(sample string) bool {
	own, foreign, n := 0, 0, 0
	for _, r := range sample {
		switch {
		case r == 'ы' || r == 'э' || r == 'Э':
			own++
		case 'а' <= r && r <= 'я' || 'А' <= r && r <= 'Я' || r == 'ё' || r == 'Ё':
		case scriptOf(r) == cyrillic:
			foreign++
		}
		n++
	}
	return n >= plainLetters && own*100 >= n && foreign*300 <= n
}

// englishWords are the commonest English ones; the first three stand in no
// other language's text.
var englishWords = wordSet("the of and to in a is that for it on was with as be are this have by not from at his we he")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// plainlyEnglish knows English by its little words.
func plainlyEnglish(sample string) bool {
	n, common, telling := 0, 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(sample)) {
		n++
		if englishWords[w] {
			common++
		}
		if w == "the" || w == "of" || w == "and" {
			telling++
		}
	}
	return len(sample) >= plainLetters && common*5 >= n && telling*16 >= n
}
