package query

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// key is a token as it is compared: the folded word and its stem, or one
// Chinese character.
type key struct {
	word string // folded
	stem string // equal for all forms of a word; of a character: itself
	han  bool
	// glued says of a character that it follows the one before it without so
	// much as a space.
	glued bool
}

// Token is a word, a number or a Chinese character of an analysed text.
type Token struct {
	Start, End int // bytes of the original text
	key
}

// Doc is a text made ready to be searched.
type Doc struct {
	Text   string // the original
	Tokens []Token
}

// maxWord bounds the bytes of a word that are compared; what is longer (a
// file in base64, say) is cut.
const maxWord = 120

// Analyze folds s and cuts it into tokens with their places in s. Marks are
// left out.
func Analyze(s string) *Doc {
	folded, m := text.FoldMap(s)
	d := &Doc{Text: s, Tokens: make([]Token, 0, len(s)/6+1)}
	eachKey(folded, func(t text.Token, k key) {
		start, end := m.Span(t.Start, t.End) // whole characters: ½ folds to three
		end = start + len(strings.TrimRightFunc(s[start:end], vanishes))
		d.Tokens = append(d.Tokens, Token{start, end, k})
	})
	return d
}

// vanishes says of a character that folding takes it away or makes it a space:
// at the end of a word it is no part of it.
func vanishes(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) }

// keysOf gives the keys of a typed term.
func keysOf(s string) []key {
	var out []key
	eachKey(text.Fold(s), func(_ text.Token, k key) { out = append(out, k) })
	return out
}

func eachKey(folded string, f func(text.Token, key)) {
	hanEnd := -1
	for _, t := range text.Tokenize(folded) {
		w := folded[t.Start:t.End]
		switch t.Kind {
		case text.Word:
			w = cut(w)
			f(t, key{word: w, stem: stem(w)})
		case text.Number:
			w = cut(number(w))
			f(t, key{word: w, stem: w})
		case text.Han:
			f(t, key{word: w, stem: w, han: true, glued: t.Start == hanEnd})
			hanEnd = t.End
		}
	}
}

func cut(w string) string {
	if len(w) <= maxWord {
		return w
	}
	n := maxWord
	for !utf8.RuneStart(w[n]) {
		n--
	}
	return w[:n]
}

// number brings 1,235 and 1235 together; any other comma is read as a point.
func number(w string) string {
	if !strings.ContainsRune(w, ',') {
		return w
	}
	whole, _, _ := strings.Cut(w, ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if (i > 0 && len(g) != 3) || (i == 0 && len(g) > 3) {
			return strings.ReplaceAll(w, ",", ".")
		}
	}
	return strings.ReplaceAll(w, ",", "")
}

// stems remembers the stems of common words: stemming one costs as much as
// the rest of its way into the index.
var stems struct {
	sync.RWMutex
	m map[string]string
}

// maxStems bounds that memory; when it is full it begins anew.
const maxStems = 1 << 16

// stem takes the stemmer by the word's script, so that what is typed and what
// is stored meet whatever language each was said to be in.
func stem(w string) string {
	lang := ""
	for _, r := range w {
		switch {
		case r >= 'a' && r <= 'z':
			lang = "en"
		case r >= 'а' && r <= 'я':
			lang = "ru"
		case r < 0x80:
			continue
		default:
			return w
		}
		break
	}
	if lang == "" || len(w) < 3 {
		return w
	}
	stems.RLock()
	s, ok := stems.m[w]
	stems.RUnlock()
	if ok {
		return s
	}
	if lang == "ru" {
		s = nounStem(w)
	}
	if s == "" {
		s = text.Stem(lang, w)
	}
	if s == "" {
		s = w
	}
	stems.Lock()
	if stems.m == nil || len(stems.m) >= maxStems {
		stems.m = make(map[string]string, 1024)
	}
	stems.m[strings.Clone(w)] = s
	stems.Unlock()
	return s
}

// IndexText gives the words by which s is found, parted by spaces: the stem
// of each word, each number, and for each Chinese character the pair that it
// begins (the last of a run alone), so that a word of two characters is one
// entry and one character the beginning of one.
func IndexText(s string) string { return IndexFolded(text.Fold(s)) }

// IndexFolded is IndexText for text that is folded already.
func IndexFolded(folded string) string {
	var b strings.Builder
	b.Grow(len(folded) + len(folded)/2)
	prev := ""
	flush := func(next string) {
		if prev == "" {
			return
		}
		sep(&b)
		b.WriteString(prev)
		b.WriteString(next)
		prev = ""
	}
	eachKey(folded, func(_ text.Token, k key) {
		if !k.han {
			flush("")
			sep(&b)
			b.WriteString(k.stem)
			return
		}
		if k.glued {
			flush(k.word)
		} else {
			flush("")
		}
		prev = k.word
	})
	flush("")
	return b.String()
}

func sep(b *strings.Builder) {
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
}
