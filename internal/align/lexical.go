package align

import (
	"math"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

// The nats that an answer of the lexicon must be worth to count, and may count
// at most.
const (
	lexiconLeast = 0.3
	lexiconMost  = 4.5
)

// lexiconChannel joins the words of two sides that the lexicon knows to render
// each other, by how much more often they do so than would come by chance.
func lexiconChannel(x, y *side, lex *lexicon.Lexicon) *channel {
	c := &channel{x: x.keys, y: y.keys}
	c.fromX = lexiconArcs(x, y, lex)
	c.fromY = lexiconArcs(y, x, lex)
	return c
}

// locals are tables of a side's units by the lexicon's numbers, plus one, all 0
// between uses.
var locals = sync.Pool{New: func() any { return new([]int32) }}

func lexiconArcs(from, to *side, lex *lexicon.Lexicon) arcs {
	room := locals.Get().(*[]int32)
	defer locals.Put(room)
	if len(*room) < lex.Size(to.lang) {
		*room = make([]int32, lex.Size(to.lang))
	}
	local := *room // all 0
	chance := make([]float32, len(to.keys.keys))
	for unit, id := range to.keys.keys {
		if id&otherWord != 0 {
			continue
		}
		local[id] = int32(unit) + 1
		df := float64(to.keys.df(int32(unit)))
		chance[unit] = float32(math.Log(max(df/float64(to.n), 1/float64(rarityBase))))
	}
	a := arcs{off: make([]int32, len(from.keys.keys)+1), all: make([]arc, 0, 2*len(from.keys.keys))}
	for unit, id := range from.keys.keys {
		r := lexicon.Renderings{}
		if id&otherWord == 0 {
			r = lex.Of(from.lang, lexicon.ID(id), to.lang)
		}
		for k := range r.Len() {
			other, p := r.At(k)
			if at := local[other]; at > 0 {
				if val := p - chance[at-1]; val > lexiconLeast {
					a.all = append(a.all, arc{at - 1, min(val, lexiconMost)})
				}
			}
		}
		a.off[unit+1] = int32(len(a.all))
	}
	for _, id := range to.keys.keys {
		if id&otherWord == 0 {
			local[id] = 0
		}
	}
	return a
}

// priorRatio is the usual length of a text in one language for one in another,
// in letters with a Chinese character as hanWeight: of Russian, Chinese and
// English renderings of the same text.
var priorRatio = map[bitext.Lang]float64{
	bitext.Russian: 1.10,
	bitext.Chinese: 1.00,
	bitext.English: 1.00,
}

// usualRatio is the length of x to expect for one of y.
func usualRatio(x, y bitext.Lang) float64 {
	of := func(l bitext.Lang) float64 {
		if r, ok := priorRatio[l]; ok {
			return r
		}
		return 1
	}
	return of(x) / of(y)
}

// wholeWeight is how many segments a side must have for the ratio of the whole
// texts to say as much as the usual ratio: short ones may be mostly noise.
const wholeWeight = 80

// guessRatio is the ratio before anything is aligned: between the usual one
// and that of the whole texts.
func guessRatio(x, y *side) float64 {
	usual := usualRatio(x.lang, y.lang)
	lx, ly := x.span(0, x.n), y.span(0, y.n)
	if lx == 0 || ly == 0 {
		return usual
	}
	n := float64(min(x.n, y.n))
	own := max(-0.7, min(0.7, math.Log(lx/ly/usual)))
	return usual * math.Exp(own*n/(n+wholeWeight))
}

// lacking counts the numbers that the other side lacks, up to each boundary.
func lacking(v, other *units) []float32 {
	out := make([]float32, v.segments()+1)
	for i := range v.segments() {
		n := 0
		for _, u := range v.of(i) {
			if other.find(v.keys[u]) < 0 {
				n++
			}
		}
		out[i+1] = out[i] + float32(min(n, 3))
	}
	return out
}
