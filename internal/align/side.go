package align

import (
	"context"
	"sync"

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
	// marks[i] is the marks of the segments before i.
	marks []markSum
	// multi says that blocks hold several segments, so that block borders
	// tell something; labelled, that some segment has a speaker; headed,
	// that some segment is a heading and some is not.
	multi, labelled, headed bool

	// Words, by the numbers of the lexicon, and what it does not know by
	// otherWord and their hash; of Chinese, characters and pairs of them.
	keys    *units
	numbers *units // by value
	names   *units // by their sound
	terms   func() *units
	vectors *vectors // nil without an embedder
}

// segment is what one segment shows besides its words.
type segment struct {
	length float32
	marks  markSum
	closed bool  // a sentence-ending mark stands at the end
	start  int32 // the number the segment begins with, or -1
	item   *bitext.Segment
}

// newSide analyses a version; e may be nil.
func newSide(v *bitext.Version, e Embedder, lex *lexicon.Lexicon) *side {
	return readSide(context.Background(), v, e, lex)
}

// looksUp is how many segments are read between two looks at whether to stop.
const looksUp = 128

// readSide is newSide that stops when ctx ends: the side is of no use then.
func readSide(ctx context.Context, v *bitext.Version, e Embedder, lex *lexicon.Lexicon) *side {
	n := len(v.Segments)
	s := &side{
		lang: v.Lang, n: n, segs: make([]segment, n), length: make([]float64, n+1), marks: make([]markSum, n+1),
		keys: newUnits(n), numbers: newUnits(n), names: newUnits(n),
		vectors: embed(ctx, v, e),
	}
	r := getReader(v.Lang, lex)
	defer r.release()
	heads := 0
	for i := range v.Segments {
		if i%looksUp == 0 && ctx.Err() != nil {
			return s
		}
		seg := &v.Segments[i]
		s.segs[i].item = seg
		r.read(s, i, seg.Text)
		s.length[i+1] = s.length[i] + float64(s.segs[i].length)
		s.marks[i+1] = s.marks[i].and(&s.segs[i].marks)
		s.multi = s.multi || i > 0 && v.Segments[i-1].Block == seg.Block && v.Segments[n-1].Block != v.Segments[0].Block
		s.labelled = s.labelled || seg.Speaker != ""
		if seg.Kind == bitext.Heading {
			heads++
		}
	}
	s.keys.index()
	s.numbers.index()
	s.names.index()
	s.headed = heads > 0 && heads < n
	s.terms = sync.OnceValue(func() *units { return termsOf(v) })
	return s
}

// release gives back the room of a side that nobody asks any more.
func (s *side) release() {
	s.keys.release()
	s.numbers.release()
	s.names.release()
	if s.vectors != nil {
		singles.give(s.vectors.at)
		s.vectors = nil
	}
}

// span is the length of segments i to j, j not included.
func (s *side) span(i, j int) float64 { return s.length[j] - s.length[i] }

// termsOf gives the words of a version by their stems, Chinese ones by
// character and pair of characters, and its numbers: what two versions in one
// language share.
func termsOf(v *bitext.Version) *units {
	terms := newUnits(len(v.Segments))
	for i := range v.Segments {
		for _, key := range lexicon.Keys(v.Lang, v.Segments[i].Text) {
			terms.add(hashOf(key))
		}
		for _, t := range text.Tokenize(v.Segments[i].Text) {
			if t.Kind == text.Number {
				terms.add(hashOf(v.Segments[i].Text[t.Start:t.End]))
			}
		}
		terms.close()
	}
	terms.index()
	return terms
}

// otherWord marks the key of a word that the lexicon does not know.
const otherWord = 1 << 63

// hashOf is the FNV-1a hash of s (Fowler, Noll, Vo).
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
