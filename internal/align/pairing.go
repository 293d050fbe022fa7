package align

import (
	"math"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

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

// fixed is the evidence between two sides that does not change from pass to
// pass.
type fixed struct {
	x, y           *side
	channels       [numChannels]*channel // the learnt one is nil
	aloneX, aloneY []float64
}

func newFixed(x, y *side, lex *lexicon.Lexicon) *fixed {
	f := &fixed{x: x, y: y}
	f.channels[chNumber] = newChannel(x.numbers, y.numbers, equalLinks(x.numbers, y.numbers))
	if x.lang == y.lang {
		f.channels[chWord] = newChannel(x.terms, y.terms, equalLinks(x.terms, y.terms))
	} else {
		f.channels[chWord] = newChannel(x.words, y.words, equalLinks(x.words, y.words))
		f.channels[chLexicon] = lexiconChannel(x, y, lex)
		f.channels[chSound] = newChannel(x.sounds, y.sounds, soundLinks(x.sounds, y.sounds))
	}
	f.aloneX, f.aloneY = lacking(x.numbers, y.numbers), lacking(y.numbers, x.numbers)
	return f
}

// lexiconChannel joins the words of two sides that the lexicon knows to render
// each other, by how much more often they do so than would come by chance.
func lexiconChannel(x, y *side, lex *lexicon.Lexicon) *channel {
	c := &channel{x: x.keys, y: y.keys, fromX: make([][]arc, len(x.keys.names)), fromY: make([][]arc, len(y.keys.names))}
	join := func(from, to *side, arcs [][]arc) {
		for id, key := range from.keys.names {
			lex.Each(from.lang, key, to.lang, func(b string, p float64) {
				other, ok := to.keys.ids[b]
				if !ok {
					return
				}
				df := float64(len(to.keys.postings[other]))
				chance := max(df/float64(to.n), 1/float64(rarityBase))
				if val := math.Log(p / chance); val > lexiconLeast {
					arcs[id] = append(arcs[id], arc{other, float32(min(val, lexiconMost))})
				}
			})
		}
	}
	join(x, y, c.fromX)
	join(y, x, c.fromY)
	return c
}

// The nats that an answer of the lexicon must be worth to count, and may count
// at most.
const (
	lexiconLeast = 0.3
	lexiconMost  = 4.5
)

// lacking counts the numbers that the other side lacks, up to each boundary.
func lacking(v, other *vocab) []float64 {
	out := make([]float64, len(v.units)+1)
	for i, units := range v.units {
		n := 0
		for _, u := range units {
			if _, ok := other.ids[v.names[u]]; !ok {
				n++
			}
		}
		out[i+1] = out[i] + float64(min(n, 3))
	}
	return out
}

// first lays the pairing of a first pass within band b, nothing learnt yet:
// to score with w, or to tell features when w is nil.
func (f *fixed) first(b *band, w *vec) *pairing {
	p := f.lay(b)
	p.setSpans()
	p.gatherAll(&f.channels, w)
	return p
}

func (f *fixed) lay(b *band) *pairing {
	p := &pairing{x: f.x, y: f.y, ratio: guessRatio(f.x, f.y), grid: newGrid(b, maxGroup),
		aloneX: f.aloneX, aloneY: f.aloneY}
	p.alike = newLikeness(f.x.vectors, f.y.vectors, p.grid)
	return p
}

// hindsight is what a pass teaches the next one.
type hindsight struct {
	ratio float64
	noise float64
	prior *pairPosterior
}

func (p *pairing) hindsight(post *posterior) hindsight {
	return hindsight{
		ratio: documentRatio(p, post),
		noise: (sum(post.nullX)+sum(post.nullY))/float64(p.x.n+p.y.n) - usualNoise,
		prior: post.pairs(newGrid(post.l.band, maxGroup)),
	}
}

// next lays the pairing of a further pass within band b.
func (f *fixed) next(b *band, h hindsight, w *vec) *pairing {
	p := f.lay(b)
	p.ratio, p.noise = h.ratio, h.noise
	p.setSpans()
	channels := f.channels
	if f.x.lang != f.y.lang {
		channels[chLearnt] = learn(f.x, f.y, h.prior)
	}
	p.gatherAll(&channels, w)
	return p
}

// usualNoise is about the share of segments without counterpart between clean
// and noisy documents.
const usualNoise = 0.2

func sum(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t
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

// ratioWeight is how many letters of matched text the usual ratio is worth.
const ratioWeight = 1500

// documentRatio takes the ratio of lengths from the beads that are likely,
// shrunk towards the usual one.
func documentRatio(old *pairing, post *posterior) float64 {
	usual := usualRatio(old.x.lang, old.y.lang)
	lx, ly := ratioWeight*math.Sqrt(usual), ratioWeight/math.Sqrt(usual)
	post.eachBead(0.2, func(i, j, a, b int, q float64) {
		lx += q * old.x.span(i-a, i)
		ly += q * old.y.span(j-b, j)
	})
	return lx / ly
}
