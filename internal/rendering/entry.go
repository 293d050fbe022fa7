package rendering

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/hanword"
	"sverka/internal/lexicon"
	"sverka/internal/text"
	"sverka/internal/vector"
)

// entry is what is known of a word of one language, whatever text it stands in.
type entry struct {
	id     int32
	lang   bitext.Lang
	form   string // folded
	key    string // of the lexicon: the stem, or the Chinese word
	vec    []float32
	weight float32 // how much the word says by the vectors, about 1
	keys   []lexKey
	chars  []lexicon.ID // of a Chinese word of several characters
	number float64      // its value, NaN where it is no number
	latin  bool         // of Latin letters
	sign   bool
	sound  string
	han    hanword.Character // what its characters do in words; of several the least
	common int8              // place among the function words of its language, from 1; 0: none
}

// lexKey is a word of the lexicon that an entry is looked up by.
type lexKey struct {
	id   lexicon.ID
	part bool // a character of a longer word
}

// maxEntries bounds the words that a spotter remembers.
const maxEntries = 1 << 17

func (s *Spotter) entryOf(lang bitext.Lang, form string) *entry {
	m := s.memory
	at := entryKey{lang, form}
	m.mu.RLock()
	e, ok := m.entries[at]
	m.mu.RUnlock()
	if ok {
		return e
	}
	e = s.makeEntry(lang, text.Fold(form))
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.entries) >= maxEntries {
		clear(m.entries)
	}
	folded := entryKey{lang, e.form}
	if known, ok := m.entries[folded]; ok {
		e = known
	} else {
		m.nextID++
		e.id = m.nextID
		m.entries[folded] = e
	}
	at.form = strings.Clone(form)
	m.entries[at] = e
	return e
}

type entryKey struct {
	lang bitext.Lang
	form string
}

func (s *Spotter) makeEntry(lang bitext.Lang, form string) *entry {
	form = strings.Clone(form)
	e := &entry{lang: lang, form: form, number: math.NaN()}
	first, _ := utf8.DecodeRuneInString(form)
	e.latin = 'a' <= first && first <= 'z'
	e.sign = unicode.IsSymbol(first)
	e.common = commonPlace(lang, form)
	e.key = lexicon.Key(lang, form)
	e.number = numberOf(lang, form)
	e.sound = soundOf(lang, form)
	if lang == bitext.Chinese {
		e.han = characterOf(form)
	}
	s.embed(e)
	if s.lex == nil {
		return e
	}
	if lang == bitext.Chinese && len(form) > 3 {
		for _, r := range form {
			if id, ok := s.lex.Word(lang, string(r)); ok {
				e.chars = append(e.chars, id)
			}
		}
	}
	if id, ok := s.lex.Word(lang, e.key); ok {
		e.keys = append(e.keys, lexKey{id, false})
	} else if lang == bitext.Chinese {
		for _, r := range form {
			if id, ok := s.lex.Word(lang, string(r)); ok {
				e.keys = append(e.keys, lexKey{id, true})
			}
		}
	}
	return e
}

func characterOf(form string) hanword.Character {
	c := hanword.Character{Last: 1, First: 1, Name: 1}
	for _, r := range form {
		x := hanword.Of(r)
		c.Last, c.First, c.Name = min(c.Last, x.Last), min(c.First, x.First), min(c.Name, x.Name)
	}
	return c
}

// embed gives e its vector, less what all words of its language have in common,
// turned by the map, of length 1.
func (s *Spotter) embed(e *entry) {
	if s.vectors == nil {
		return
	}
	v := make([]float32, s.vectors.Dim())
	s.vectors.Embed(e.lang, e.form, v)
	e.weight = vector.Unit(v)
	if e.weight == 0 {
		return
	}
	if mean := s.means[e.lang]; mean != nil {
		for i := range v {
			v[i] -= mean[i]
		}
		vector.Unit(v)
	}
	e.vec = v
	if s.turn != nil {
		e.vec = s.turn.apply(e.lang, v)
	}
}

// dot is the inner product of two vectors of one length.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for len(a) >= 8 && len(b) >= 8 {
		s0 += a[0]*b[0] + a[4]*b[4]
		s1 += a[1]*b[1] + a[5]*b[5]
		s2 += a[2]*b[2] + a[6]*b[6]
		s3 += a[3]*b[3] + a[7]*b[7]
		a, b = a[8:], b[8:]
	}
	return s0 + s1 + s2 + s3
}
