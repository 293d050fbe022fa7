package rendering

import (
	"math"

	"sverka/internal/bitext"
)

// grid holds the words of two texts against each other. Cells are computed when
// they are asked for: to spot a term few of them are needed.
type grid struct {
	s       *Spotter
	a, b    *Text
	weights *[cellFeatures]float32
	cells   []float32 // the log odds that word i of a and word j of b render each other; NaN: not yet asked for
	// own is how often the pair a, b stands in the counts, to be taken off them.
	own   func(i, j int) float64
	plain bool // counts are not looked at
}

func (s *Spotter) grid(a, b *Text) *grid {
	g := &grid{s: s, a: a, b: b, weights: &s.model.cell[0], cells: make([]float32, len(a.words)*len(b.words))}
	if s.counts != nil {
		g.weights = &s.model.cell[1]
	}
	nan := float32(math.NaN())
	for i := range g.cells {
		g.cells[i] = nan
	}
	return g
}

// odds gives the log odds of the cell.
func (g *grid) odds(i, j int) float32 {
	at := &g.cells[i*len(g.b.words)+j]
	if *at != *at {
		var f [cellFeatures]float32
		g.features(i, j, &f)
		var sum float32
		for k, w := range g.weights {
			sum += w * f[k]
		}
		*at = sum
	}
	return *at
}

// The features of a cell.
const (
	cellBias = iota
	cellCos
	cellCos3
	cellCos6
	cellLexForth
	cellLexBack
	cellLexBoth
	cellLexSilent
	cellDistance
	cellNear
	cellNumberSame
	cellNumberOther
	cellNumberOne
	cellSameForm
	cellSound
	cellCommonBoth
	cellCommonOne
	cellWeightGap
	cellWeightSum
	cellSignOne
	cellCountForth
	cellCountBack
	cellCountMass
	cellCountNone
	cellHanOne
	cellCapital
	cellFeatures
)

// lexFloor is the probability below which the lexicon holds nothing.
const lexFloor = 0.01

var lexScale = float32(1 / -math.Log(lexFloor))

// lexLevel brings a probability to 0 (unknown) to 1 (sure), by its logarithm.
func lexLevel(p float64) float32 {
	if p <= lexFloor {
		return 0
	}
	return 1 + lexScale*float32(math.Log(p))
}

// features sets f to what is known of word i of a and word j of b.
func (g *grid) features(i, j int, f *[cellFeatures]float32) {
	u, v := &g.a.words[i], &g.b.words[j]
	p := g.s.known(u.entry, v.entry)
	f[cellBias] = 1
	f[cellCos], f[cellCos3], f[cellCos6] = p.cos, max(0, p.cos-.3), max(0, p.cos-.6)
	f[cellLexForth], f[cellLexBack] = p.forth, p.back
	f[cellLexBoth] = min(p.forth, p.back)
	if p.forth == 0 && p.back == 0 && len(u.keys) > 0 && len(v.keys) > 0 {
		f[cellLexSilent] = 1
	}
	d := (float32(i)+.5)/float32(len(g.a.words)) - (float32(j)+.5)/float32(len(g.b.words))
	if d < 0 {
		d = -d
	}
	f[cellDistance], f[cellNear] = d, max(0, .12-d)*8
	switch un, vn := u.number == u.number, v.number == v.number; {
	case un && vn && u.number == v.number:
		f[cellNumberSame] = 1
	case un && vn:
		f[cellNumberOther] = 1
	case un || vn:
		f[cellNumberOne] = 1
	}
	if u.form == v.form {
		f[cellSameForm] = 1
	}
	if u.capital && v.capital || u.capital && v.lang == bitext.Chinese || v.capital && u.lang == bitext.Chinese {
		f[cellSound] = p.sound
	}
	switch {
	case u.common > 0 && v.common > 0:
		f[cellCommonBoth] = 1
	case u.common > 0 || v.common > 0:
		f[cellCommonOne] = 1
	}
	f[cellWeightGap] = max(u.weight-v.weight, v.weight-u.weight)
	f[cellWeightSum] = u.weight + v.weight
	if u.sign != v.sign {
		f[cellSignOne] = 1
	}
	if oneHan(u) || oneHan(v) {
		f[cellHanOne] = 1
	}
	if u.capital && v.capital {
		f[cellCapital] = 1
	} else if (u.capital || v.capital) && u.lang != bitext.Chinese && v.lang != bitext.Chinese {
		f[cellCapital] = -1
	}
	g.countFeatures(i, j, f)
}

func oneHan(w *word) bool { return w.lang == bitext.Chinese && len(w.form) == 3 }

func (g *grid) countFeatures(i, j int, f *[cellFeatures]float32) {
	c := g.s.counts
	if c == nil || g.plain {
		return
	}
	u, v := &g.a.words[i], &g.b.words[j]
	both, nu, nv := c.Pair(u.lang, u.key, v.lang, v.key)
	if g.own != nil {
		both, nu, nv = max(0, both-g.own(i, j)), max(0, nu-1), max(0, nv-1)
	}
	f[cellCountForth] = float32(math.Sqrt(both / (nu + .5)))
	f[cellCountBack] = float32(math.Sqrt(both / (nv + .5)))
	f[cellCountMass] = float32(math.Log1p(both))
	if least := min(nu, nv); least > 0 {
		f[cellCountNone] = float32(math.Log1p(least) * max(0, 1-both))
	}
}

// knowledge is what vectors, lexicon and sound say of two words.
type knowledge struct {
	cos, forth, back, sound float32
}

// known gives what is known of two words of two languages. What was asked for
// lately is kept: a term of a memory meets the same words over and over.
func (s *Spotter) known(u, v *entry) knowledge {
	var k knowledge
	if u.vec != nil && v.vec != nil {
		k.cos = dot(u.vec, v.vec)
	}
	if s.lex != nil {
		for _, x := range u.keys {
			for _, y := range v.keys {
				forth, back := s.lex.ProbID(u.lang, x.id, v.lang, y.id), s.lex.ProbID(v.lang, y.id, u.lang, x.id)
				if x.part || y.part {
					forth, back = forth*partShare, back*partShare
				}
				k.forth, k.back = max(k.forth, lexLevel(forth)), max(k.back, lexLevel(back))
			}
		}
	}
	return k
}

// partShare is what a character of a longer word says of the word.
const partShare = 0.5
