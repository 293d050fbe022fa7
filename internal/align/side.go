package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

// hanWeight is what a Chinese character counts in a length, in letters: a
// Chinese text comes out about as long as its English or Russian version.
const hanWeight = 3

// side is one version as the model sees it.
type side struct {
	lang bitext.Lang
	n    int
	segs []segment
	// length[i] is the total length of the segments before i.
	length []float64
	// multi says that blocks hold several segments, so that block borders
	// tell something; labelled, that some segment has a speaker; headed,
	// that some segment is a heading and some is not.
	multi, labelled, headed bool

	terms, words, sounds, numbers, keys *vocab
	vectors                             *vectors // nil without an embedder
}

// segment is what one segment shows besides its words.
type segment struct {
	length                                        float64
	questions, exclaims, quotes, brackets, colons int
	closed                                        bool // a sentence-ending mark stands at the end
	start                                         int  // the number the segment begins with, or -1
	item                                          *bitext.Segment
}

// vocab holds one kind of unit (words, numbers, …) of a side.
type vocab struct {
	ids      map[string]int32
	names    []string
	units    [][]int32 // for each segment its distinct units, in the order of first appearance
	postings [][]int32 // for each unit the segments that hold it, in order
}

func newVocab(n int) *vocab {
	return &vocab{ids: map[string]int32{}, units: make([][]int32, n)}
}

// add notes that unit name stands in segment i; segments come in order.
func (v *vocab) add(i int, name string) {
	id, ok := v.ids[name]
	if !ok {
		id = int32(len(v.names))
		name = strings.Clone(name)
		v.ids[name] = id
		v.names = append(v.names, name)
		v.postings = append(v.postings, nil)
	}
	p := v.postings[id]
	if len(p) > 0 && p[len(p)-1] == int32(i) {
		return
	}
	v.postings[id] = append(p, int32(i))
	v.units[i] = append(v.units[i], id)
}

// newSide analyses a version; e may be nil.
func newSide(v *bitext.Version, e Embedder) *side {
	n := len(v.Segments)
	s := &side{
		lang: v.Lang, n: n, segs: make([]segment, n), length: make([]float64, n+1),
		terms: newVocab(n), words: newVocab(n), sounds: newVocab(n), numbers: newVocab(n), keys: newVocab(n),
		vectors: embed(v, e),
	}
	stems := stemmer{lang: v.Lang, known: map[string]string{}}
	heads := 0
	for i := range v.Segments {
		seg := &v.Segments[i]
		folded, at := text.FoldMap(seg.Text)
		tokens := text.Tokenize(folded)
		s.segs[i] = marks(folded, tokens)
		s.segs[i].item = seg
		s.length[i+1] = s.length[i] + s.segs[i].length
		s.addTerms(i, folded, tokens, &stems)
		s.addSounds(i, seg.Text, folded, at, tokens)
		for _, key := range lexicon.Keys(v.Lang, seg.Text) {
			s.keys.add(i, key)
		}
		s.segs[i].start = s.addNumbers(i, seg.Text)
		s.multi = s.multi || i > 0 && v.Segments[i-1].Block == seg.Block && v.Segments[n-1].Block != v.Segments[0].Block
		s.labelled = s.labelled || seg.Speaker != ""
		if seg.Kind == bitext.Heading {
			heads++
		}
	}
	s.headed = heads > 0 && heads < n
	return s
}

// span is the length of segments i to j, j not included.
func (s *side) span(i, j int) float64 { return s.length[j] - s.length[i] }

// marks counts the punctuation of a folded segment.
func marks(folded string, tokens []text.Token) segment {
	var s segment
	for _, t := range tokens {
		switch t.Kind {
		case text.Han:
			s.length += hanWeight
		case text.Punct:
			s.length++
			s.count(folded[t.Start:t.End])
		default:
			s.length += float64(runeLen(folded[t.Start:t.End]))
		}
	}
	for k := len(tokens) - 1; k >= 0 && tokens[k].Kind == text.Punct; k-- {
		switch folded[tokens[k].Start:tokens[k].End] {
		case ".", "。", "!", "?", "…", ";", ":":
			s.closed = true
		}
	}
	return s
}

func (s *segment) count(mark string) {
	switch mark {
	case "?":
		s.questions++
	case "!":
		s.exclaims++
	case "\"":
		s.quotes++
	case "(", "[", "（", "【":
		s.brackets++
	case ":":
		s.colons++
	}
}

func runeLen(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// stemmer stems the words of a language and remembers what it stemmed.
type stemmer struct {
	lang  bitext.Lang
	known map[string]string
}

func (s *stemmer) stem(word string) string {
	if st, ok := s.known[word]; ok {
		return st
	}
	st := text.Stem(string(s.lang), word)
	s.known[strings.Clone(word)] = st
	return st
}

// addTerms notes the units that translations are learnt for (stems; Chinese
// characters and pairs of them) and the Latin-script words, which may stand
// unchanged in another language.
func (s *side) addTerms(i int, folded string, tokens []text.Token, stems *stemmer) {
	for k, t := range tokens {
		word := folded[t.Start:t.End]
		switch t.Kind {
		case text.Han:
			s.terms.add(i, word)
			if k+1 < len(tokens) && tokens[k+1].Kind == text.Han && tokens[k+1].Start == t.End {
				s.terms.add(i, folded[t.Start:tokens[k+1].End])
			}
		case text.Word:
			s.terms.add(i, stems.stem(word))
			if word[0] < 0x80 && len(word) > 1 {
				s.words.add(i, strings.TrimSuffix(word, "'s"))
			}
		case text.Number:
			s.terms.add(i, word)
		}
	}
}

// addSounds notes how the names of the segment sound.
func (s *side) addSounds(i int, original, folded string, at text.OffsetMap, tokens []text.Token) {
	for k := 0; k < len(tokens); k++ {
		t := tokens[k]
		switch t.Kind {
		case text.Word:
			first, _ := utf8.DecodeRuneInString(original[at.Original(t.Start):])
			addWordSound(s.sounds, i, folded[t.Start:t.End], unicode.IsUpper(first))
		case text.Han:
			end := k
			for end < len(tokens) && tokens[end].Kind == text.Han && tokens[end].Start == tokens[k].Start+(end-k)*len("中") {
				end++
			}
			addHanSounds(s.sounds, i, folded[t.Start:tokens[end-1].End])
			k = end - 1
		}
	}
}
