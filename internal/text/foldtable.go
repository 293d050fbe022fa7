package text

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An entry says how one rune folds: to one other rune (the low bits), to
// nothing, or in a manner that asks for foldSegment.
type entry uint32

const (
	runeMask   entry = 1<<21 - 1
	dropEntry  entry = 1 << 21 // the rune vanishes
	slowEntry  entry = 1 << 22 // the rune folds to several, or joins
	joinsEntry entry = 1 << 23 // it may join the rune before it (slowEntry as well)
	openEntry  entry = 1 << 24 // a Chinese character that its phrase decides
	// The rune is no digit and folds to something that begins or ends with one.
	numberEntry entry = 1 << 25
)

// The table is laid out in pages of 256 runes, each made when a rune of it is
// first met: a text uses few, and making all would cost a start of the program
// some 100 ms.
type page [256]entry

var pages [(utf8.MaxRune + 1) / 256]atomic.Pointer[page]

func lookup(r rune) entry {
	p := pages[r>>8].Load()
	if p == nil {
		p = makePage(r &^ 0xff)
		pages[r>>8].Store(p)
	}
	return p[r&0xff]
}

func makePage(first rune) *page {
	p := new(page)
	for i := range p {
		p[i] = makeEntry(first + rune(i))
	}
	return p
}

func makeEntry(r rune) entry {
	if 0x4e00 <= r && r <= 0x9fff { // the bulk of Chinese: nothing to normalise
		return simplifiedEntry(r)
	}
	if foldBefore(r) < 0 {
		return dropEntry
	}
	s := string(r)
	if !norm.NFKC.PropertiesString(s).BoundaryBefore() {
		return slowEntry | joinsEntry
	}
	folded := foldSegment(s)
	to, n := utf8.DecodeRuneInString(folded)
	switch {
	case folded == "":
		return dropEntry
	case !unicode.IsDigit(r) && (isDigit(folded[0]) || isDigit(folded[len(folded)-1])):
		return slowEntry | numberEntry
	case n < len(folded):
		return slowEntry
	}
	return simplifiedEntry(to)
}

// foldBefore is what happens to a rune before normalisation: it vanishes (-1),
// or is a mark that normalisation would take apart into a space and an accent.
func foldBefore(r rune) rune {
	switch {
	case r == '´' || r == '`' || r == '΄':
		return '\''
	case r == '″' || r == '‶':
		return '"'
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return -1
	}
	return r
}

// foldRune folds one rune of normalised text; -1 means that it vanishes.
func foldRune(r rune) rune {
	if r = foldBefore(r); r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if to, ok := marks[r]; ok {
		return to
	}
	return simplified(unicode.ToLower(r))
}

// marks are the quotes and dashes that fold to the ASCII ones, the fraction
// slash, and ё.
var marks = map[rune]rune{
	'ё': 'е', 'Ё': 'е', '⁄': '/',
	'“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '❝': '"', '❞': '"', '〝': '"', '〞': '"', '〟': '"',
	'「': '"', '」': '"', '『': '"', '』': '"', '《': '"', '》': '"', '〈': '"', '〉': '"',
	'‘': '\'', '’': '\'', '‚': '\'', '‛': '\'', 'ʼ': '\'', 'ʹ': '\'', '′': '\'', '‹': '\'', '›': '\'',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '─': '-', '⸺': '-', '⸻': '-', '⁃': '-',
}
