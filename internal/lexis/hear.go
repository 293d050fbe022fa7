package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Ear is a text prepared for being asked whether a name is heard in it: the
// sounds of its words, or of its Chinese characters.
type Ear struct {
	words []heardWord
	han   []string // the sounds of each run of Chinese characters
	edges [][]bool // for each run, whether a syllable begins at that class; one more for the end
	first string   // the sounds with which the words begin of which only the first letter stands
}

type heardWord struct {
	sound   string
	capital bool
}

// NewEar prepares s, written in lang.
func NewEar(lang bitext.Lang, s string) *Ear {
	e := &Ear{}
	var run string
	var edge []bool
	flush := func() {
		if run != "" {
			e.han, e.edges = append(e.han, run), append(e.edges, append(edge, true))
		}
		run, edge = "", nil
	}
	end := -1
	for _, t := range text.Tokenize(s) {
		raw := s[t.Start:t.End]
		switch t.Kind {
		case text.Han:
			if t.Start != end {
				flush()
			}
			c := syllableSounds(pinyin()[text.Fold(raw)])
			for k := range len(c) {
				edge = append(edge, k == 0)
			}
			run, end = run+c, t.End
			continue
		case text.Word:
			e.add(lang, raw)
		}
		if raw == "·" || raw == "・" || raw == "•" {
			end = t.End // the dot within a foreign name
			continue
		}
		flush()
	}
	flush()
	return e
}

func (e *Ear) add(lang bitext.Lang, raw string) {
	r, n := utf8.DecodeRuneInString(raw)
	if n == len(raw) && unicode.IsUpper(r) {
		e.first += sounds(text.Fold(raw))
	}
	for _, c := range soundings(lang, raw) {
		e.words = append(e.words, heardWord{c, unicode.IsUpper(r)})
	}
}

// soundings gives the ways in which a word may sound: a Russian adjective of
// a place as the place, and letters that languages read in two ways.
func soundings(lang bitext.Lang, word string) []string {
	w := text.Fold(word)
	if n := utf8.RuneCountInString(w); n > maxNameLetters {
		return nil
	}
	var out []string
	add := func(w string) {
		if c := sounds(w); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if lang == bitext.Russian {
		w = caseless(w)
		add(w)
		for _, e := range []string{"ск", "ов", "ев"} { // an adjective, a plural
			if stem, ok := strings.CutSuffix(w, e); ok && utf8.RuneCountInString(stem) > 3 {
				add(stem)
			}
		}
		return out
	}
	add(w)
	if stem, ok := strings.CutSuffix(w, "s"); ok && len(stem) > 4 {
		add(stem)
	}
	for _, r := range otherReadings {
		if strings.Contains(w, r.letters) {
			add(strings.ReplaceAll(w, r.letters, r.as))
		}
	}
	if k := strings.Index(w, "ng"); k >= 0 && k+2 < len(w) && !strings.ContainsRune("aeiou", rune(w[k+2])) {
		add(w[:k+1] + w[k+2:]) // Mengqi: the letters part two syllables
	}
	return out
}

// otherReadings are letters that are read in another way in some names.
var otherReadings = []struct{ letters, as string }{
	{"wh", "h"}, {"ch", "k"}, {"ch", "h"}, {"j", "y"}, {"w", "u"}, {"x", "h"}, {"c", "s"}, {"th", "s"}, {"g", "h"},
}

// lowerCost is by how much a word that is not written as a name is heard less.
const lowerCost = 0.15

// hanCost is by how much a stretch of Chinese characters is heard less: among
// the many stretches of a sentence one sounds like any name.
const hanCost = 0.05

// Hears says how well one word of a name, written in lang, is heard in the
// text: 1 as it sounds, 0 not at all.
func (e *Ear) Hears(word string, lang bitext.Lang) float64 {
	best := 0.0
	for _, c := range soundings(lang, word) {
		for i := range e.words {
			s := 1 - soundDistance(c, e.words[i].sound)
			if !e.words[i].capital {
				s -= lowerCost
			}
			best = max(best, s)
		}
		for i := range e.han {
			best = max(best, 1-within(c, e.han[i], e.edges[i])-hanCost)
		}
	}
	return best
}

// HearsInitial says that the text has a capital letter by itself with which
// the word begins, as it sounds: Д. for Daria.
func (e *Ear) HearsInitial(word string) bool {
	c := sounds(text.Fold(word))
	return c != "" && strings.Contains(e.first, c[:1])
}

// within is the cheapest way from a to some stretch of b that begins and ends
// at edges (Sellers 1980), as a share of the weight of a.
func within(a, b string, edges []bool) float64 {
	const far = 1e9
	row := make([]float64, len(b)+1)
	for j := range row {
		row[j] = far
		if edges[j] {
			row[j] = 0
		} else if j > 0 {
			row[j] = row[j-1] + gap(b[j-1])
		}
	}
	for i := range a {
		diagonal := row[0]
		row[0] += gap(a[i])
		for j := range b {
			next := min(diagonal+swap(a[i], b[j]), row[j]+gap(b[j]), row[j+1]+gap(a[i]))
			diagonal, row[j+1] = row[j+1], next
		}
	}
	best := far
	for j := range row {
		if edges[j] {
			best = min(best, row[j])
		}
	}
	return min(1, best/max(weigh(a), 1))
}
