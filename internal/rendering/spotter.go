// Package rendering says how a term was rendered: given two sentences that
// render each other and the place of a term in one, it finds the words of the
// other that stand for it, with a probability, and groups what it found in many
// sentences.
//
// The evidence is a linear model's over the words of the two sentences: the
// cosine of their vectors, the shipped lexicon, counts of a memory, places,
// numbers and names by normal form; then what competes with a word for its
// partner, and what its neighbours link to.
package rendering

import (
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
	"sverka/internal/vector"
)

// Sentence is a text with its language.
type Sentence struct {
	Lang bitext.Lang
	Text string
}

// Rendering is what stands for a term in a sentence.
type Rendering struct {
	// Form is its words as they stand in the target, " … " where others part them.
	Form string
	// Spans are its places in the target, in order, [start, end) in code
	// points: whole words, several where others stand between them.
	Spans [][2]int
	// Probability is how likely it is that these words, and no other, render
	// the term.
	Probability float64
}

// Counts says how often words stood for each other elsewhere.
type Counts interface {
	// Pair gives how often a word of the one language stood for one of the
	// other, and how often each stood in a sentence at all. Words are keys of
	// the lexicon (lexicon.Key).
	Pair(from bitext.Lang, a string, to bitext.Lang, b string) (both, na, nb float64)
}

// Options say what a Spotter knows. Each part may be missing.
type Options struct {
	Vectors *vector.Table
	Lexicon *lexicon.Lexicon
	Counts  Counts
	// Unturned leaves the vectors of words as they are, without the map that was
	// learnt for them: to learn it anew.
	Unturned bool
}

// Spotter finds renderings. It may be used from several goroutines at once.
type Spotter struct {
	vectors *vector.Table
	lex     *lexicon.Lexicon
	counts  Counts
	model   *model
	means   map[bitext.Lang][]float32
	turn    *wordMap // nil for vectors that are not the shipped ones
	memory  *memory
}

// memory holds the words that were met.
type memory struct {
	mu      sync.RWMutex
	entries map[entryKey]*entry
	nextID  int32
	met     [metSlots]met
}

// New gives a spotter that knows what o says.
func New(o Options) *Spotter {
	s := &Spotter{vectors: o.Vectors, lex: o.Lexicon, counts: o.Counts, model: shippedModel(), memory: &memory{entries: map[entryKey]*entry{}}}
	if s.vectors != nil {
		s.means = wordMeans(s.vectors)
	}
	if s.vectors == vector.Default() && !o.Unturned {
		s.turn = shippedMap()
	}
	return s
}

// Shipped gives a spotter that knows what comes with the program.
func Shipped() *Spotter {
	return New(Options{Vectors: vector.Default(), Lexicon: lexicon.Shipped()})
}

// WithCounts gives a spotter that knows counts as well, and shares all else
// with s.
func (s *Spotter) WithCounts(c Counts) *Spotter {
	return &Spotter{vectors: s.vectors, lex: s.lex, counts: c, model: s.model, means: s.means, turn: s.turn, memory: s.memory}
}

// Spot finds what renders the words at spans of source, in code points, in
// target, another language. ok is false where nothing does for all that is
// known; then Probability is how likely that is to be wrong. Time is linear in
// the product of the sentences' lengths at worst.
func (s *Spotter) Spot(source, target Sentence, spans [][2]int) (r Rendering, ok bool) {
	a, b := s.Read(source.Lang, source.Text), s.Read(target.Lang, target.Text)
	return s.SpotIn(a, b, spans)
}

// SpotIn is Spot for texts that were read.
func (s *Spotter) SpotIn(a, b *Text, spans [][2]int) (r Rendering, ok bool) {
	term := a.wordsAt(spans)
	if len(term) == 0 || len(b.words) == 0 {
		return Rendering{}, false
	}
	g := s.grid(a, b)
	defer g.free()
	chosen, p := s.choose(g, term)
	if len(chosen) == 0 {
		return Rendering{Probability: p}, false
	}
	return b.rendering(chosen, p), true
}

// wordsAt gives the words that spans of code points touch.
func (t *Text) wordsAt(spans [][2]int) []int {
	index := text.NewRuneIndex(t.Text)
	var out []int
	for _, s := range spans {
		from, to := t.at(index.Byte(s[0]), index.Byte(s[1]))
		for i := from; i < to; i++ {
			if len(out) == 0 || out[len(out)-1] < i {
				out = append(out, i)
			}
		}
	}
	return out
}

// spans gives the places of words, in order, in code points; words that follow
// one another are one place.
func (t *Text) spans(words []int) [][2]int {
	index := text.NewRuneIndex(t.Text)
	var out [][2]int
	last := -2
	for _, j := range words {
		w := &t.words[j]
		start, end := index.Runes(w.start), index.Runes(w.end)
		if j == last+1 && t.adjoin(last, j) {
			out[len(out)-1][1] = end
		} else {
			out = append(out, [2]int{start, end})
		}
		last = j
	}
	return out
}

// rendering gives words of t as what renders a term.
func (t *Text) rendering(words []int, p float64) Rendering {
	r := Rendering{Spans: t.spans(words), Probability: p}
	var b strings.Builder
	for k, j := range words {
		w := &t.words[j]
		switch {
		case k == 0:
		case j == words[k-1]+1 && t.adjoin(j-1, j):
			b.WriteString(t.Text[t.words[j-1].end:w.start])
		default:
			b.WriteString(" … ")
		}
		b.WriteString(t.Text[w.start:w.end])
	}
	r.Form = b.String()
	return r
}

// adjoin says that nothing that shows parts two words but a hyphen.
func (t *Text) adjoin(i, j int) bool {
	for _, r := range t.Text[t.words[i].end:t.words[j].start] {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && !unicode.Is(unicode.Cf, r) && r != '\'' && r != '’' {
			return false
		}
	}
	return true
}

// wordMeans gives for each language what the vectors of its words have in
// common: the mean of the pieces of its script, each of length 1.
func wordMeans(t *vector.Table) map[bitext.Lang][]float32 {
	sums := map[bitext.Lang][]float64{}
	v := make([]float32, t.Dim())
	for id := int32(1); int(id) < t.Len(); id++ {
		lang := scriptOf(t.Name(id))
		if lang == "" {
			continue
		}
		t.Vector(id, v)
		if vector.Unit(v) == 0 {
			continue
		}
		sum := sums[lang]
		if sum == nil {
			sum = make([]float64, len(v))
			sums[lang] = sum
		}
		for i, x := range v {
			sum[i] += float64(x)
		}
	}
	return lengthOne(t, sums)
}

func lengthOne(t *vector.Table, sums map[bitext.Lang][]float64) map[bitext.Lang][]float32 {
	n := map[bitext.Lang]int{}
	for id := int32(1); int(id) < t.Len(); id++ {
		n[scriptOf(t.Name(id))]++
	}
	out := map[bitext.Lang][]float32{}
	for lang, sum := range sums {
		mean := make([]float32, len(sum))
		for i, x := range sum {
			mean[i] = float32(x / math.Max(1, float64(n[lang])))
		}
		out[lang] = mean
	}
	return out
}

func scriptOf(piece string) bitext.Lang {
	if len(piece) > 0 && piece[0] == ' ' {
		piece = piece[1:]
	}
	r, _ := utf8.DecodeRuneInString(piece)
	switch {
	case 'a' <= r && r <= 'z':
		return bitext.English
	case 'а' <= r && r <= 'я':
		return bitext.Russian
	case text.IsHan(r):
		return bitext.Chinese
	}
	return ""
}
