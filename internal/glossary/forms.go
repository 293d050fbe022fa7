package glossary

import (
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// Stemmer gives the key of one folded word of a language: equal for its forms.
type Stemmer func(lang bitext.Lang, form string) string

// script is the alphabet of a word's first letter, which says how it inflects.
type script uint8

const (
	otherScript script = iota
	latin
	cyrillic
)

func scriptOf(w string) script {
	for _, r := range w {
		switch {
		case r >= 'a' && r <= 'z':
			return latin
		case r >= 'а' && r <= 'я':
			return cyrillic
		case r >= 0x80:
			return otherScript
		}
	}
	return otherScript
}

// root takes the stemmer by the word's script.
func (s Stemmer) root(w string) string {
	switch scriptOf(w) {
	case latin:
		return s(bitext.English, strings.TrimSuffix(w, "'s"))
	case cyrillic:
		return s(bitext.Russian, w)
	}
	return w
}

// WordKey gives a key of one folded word by which its forms meet, and no other
// words than they: of Russian by its endings, of English by stem.
func WordKey(stem Stemmer, form string) string {
	if scriptOf(form) == cyrillic {
		return russianKeys(form)[0]
	}
	return stem.root(form)
}

// Endings of Russian nouns and adjectives. A stemmer for search takes more: it
// makes one of безопасный and безопасность, and two of визит and визита, since
// -ит is an ending of verbs.
var (
	nounEndings = set(`а я о е ь и ы у ю й ев ов ей ой ий ем ом ам ям ами ями ах ях ью ия ии ию ие ий ией ием иям иями иях ья ье ьи ью ьей ьем ьям ьями ьях`)
	adjEndings  = set(`ый ий ой ого его ому ему ым им ом ем ая яя ей ую юю ое ее ые ие ых их ыми ими ою ею`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

const (
	longestEnding = 4 // letters
	shortestStem  = 3
)

// russianKeys gives the keys of a Russian word: its stem and, where what looks
// like an ending may belong to the stem (диплом, остров), the word itself.
func russianKeys(w string) []string {
	r := []rune(w)
	n := len(r)
	cut := 0
	for k := min(longestEnding, n-shortestStem); k > 0; k-- {
		if end := string(r[n-k:]); nounEndings[end] || adjEndings[end] {
			cut = k
			break
		}
	}
	keys := []string{withoutFleeting(string(r[:n-cut]))}
	if cut > 1 && !strings.ContainsRune("аеиоуыьэюяй", r[n-1]) {
		keys = append(keys, withoutFleeting(w))
	}
	return keys
}

// withoutFleeting takes the vowel that comes and goes out of the end of a
// Russian stem: порядок, порядк-е.
func withoutFleeting(s string) string {
	if !strings.HasSuffix(s, "к") && !strings.HasSuffix(s, "ц") {
		return s
	}
	r := []rune(s)
	n := len(r)
	if n < 4 || r[n-2] != 'о' && r[n-2] != 'е' || strings.ContainsRune("аеиоуыэюя", r[n-3]) {
		return s
	}
	return string(r[:n-2]) + string(r[n-1])
}

// sameWord says that two words with a key in common are forms of one word.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	n := common(a, b)
	switch scriptOf(a) {
	case latin:
		return !derived[a[n:]] && !derived[b[n:]]
	case cyrillic:
		return sameRussian(a, b, n)
	}
	return true
}

// common is how many bytes two words begin with alike, in whole characters.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

// sameRussian says that what follows some beginning that two words share are
// endings of one kind of word in both. A vowel that comes and goes is let pass.
func sameRussian(a, b string, n int) bool {
	for back := 0; back <= longestEnding; back++ {
		x, y := a[n:], b[n:]
		if x == "" || nounEndings[x] {
			if y == "" || nounEndings[y] {
				return true
			}
		}
		if adjEndings[x] && adjEndings[y] {
			return true
		}
		_, size := utf8.DecodeLastRuneInString(a[:n])
		if n -= size; n < 2*shortestStem {
			break
		}
	}
	return strings.HasSuffix(a, "ок") || strings.HasSuffix(b, "ок") || strings.HasSuffix(a, "ек") || strings.HasSuffix(b, "ек") ||
		strings.HasSuffix(a, "ец") || strings.HasSuffix(b, "ец")
}

// derived are endings that make another word of an English one, behind what the
// two have in common: universe and university have one stem.
var derived = set(`ity ities ization isation izations isations ation ations ative atives ive ives al als ally
	ment ments ism isms ist ists ly ness ful able ible ion ions or ors er ers ance ence ary ic ical ics ically ity's ion's`)

// related says that two words begin alike and part late: East and Eastern,
// militarism and militarist.
func related(a, b string) bool {
	const least, rest = 4, 4
	n := common(a, b)
	return utf8.RuneCountInString(a[:n]) >= least &&
		utf8.RuneCountInString(a[n:]) <= rest && utf8.RuneCountInString(b[n:]) <= rest
}
