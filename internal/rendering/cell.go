package rendering

import (
	"math"
	"sync"
	"sync/atomic"

	"sverka/internal/bitext"
)

// grid holds the words of two texts against each other. Cells are computed when
// they are asked for: to spot a term few of them are needed.
type grid struct {
	s       *Spotter
	a, b    *Text
	weights [cellFeatures]float32
	cells   []float32 // the log odds that word i of a and word j of b render each other; NaN: not yet asked for
	// own is how often the pair a, b stands in the counts, to be taken off them.
	own   func(i, j int) float64
	plain bool  // counts are not looked at
	back  *grid // the other way round
	sound *hanSounds
	heard map[*entry]heard // where each name is heard in the Chinese text
	// Room that candidates need for a while.
	rows []float32
	best []int
	room []candidate
}

func (s *Spotter) grid(a, b *Text) *grid {
	g := grids.Get().(*grid)
	n := len(a.words) * len(b.words)
	g.s, g.a, g.b = s, a, b
	if cap(g.cells) < n {
		g.cells = make([]float32, n)
	}
	g.cells = g.cells[:n]
	g.weigh(s.model.cell)
	if s.counts != nil {
		g.weigh(s.model.counted)
	}
	nan := float32(math.NaN())
	for i := range g.cells {
		g.cells[i] = nan
	}
	return g
}

// grids holds grids that are no longer needed, for their room.
var grids = sync.Pool{New: func() any { return new(grid) }}

// maxKeptCells bounds the room that is kept.
const maxKeptCells = 1 << 14

// free gives the grid back. Nothing of it may be used any more.
func (g *grid) free() {
	if g.back != nil {
		g.back.free()
	}
	if cap(g.cells) <= maxKeptCells {
		*g = grid{cells: g.cells, rows: g.rows, best: g.best, room: g.room}
		grids.Put(g)
	}
}

// reverse gives the grid the other way round.
func (g *grid) reverse() *grid {
	if g.back == nil {
		g.back = g.s.grid(g.b, g.a)
		g.back.plain, g.back.weights = g.plain, g.weights
		if own := g.own; own != nil {
			g.back.own = func(i, j int) float64 { return own(j, i) }
		}
	}
	return g.back
}

// weigh sets the weights of cells to a layer, which has no products of features.
func (g *grid) weigh(l layer) {
	clear(g.weights[:])
	for i := range l {
		g.weights[l[i].a] += l[i].weight
	}
}

// odds gives the log odds of the cell.
func (g *grid) odds(i, j int) float32 {
	at := &g.cells[i*len(g.b.words)+j]
	if *at != *at {
		var f [cellFeatures]float32
		g.features(i, j, &f)
		*at = dot(g.weights[:], f[:])
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
	cellCountSure
	cellHanOne
	cellCapital
	cellSoundLong
	cellCover
	cellCoverLex
	cellJoin
	cellInside
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
	f[cellSound], f[cellSoundLong] = g.soundOf(i, j)
	g.coverFeatures(u, v, p, f)
	if u.inside != v.inside {
		f[cellInside] = 1
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

// coverFeatures asks for the longer words that a Chinese word may be a part of.
func (g *grid) coverFeatures(u, v *word, p knowledge, f *[cellFeatures]float32) {
	han, other := v, u
	if u.lang == bitext.Chinese {
		han, other = u, v
	}
	f[cellCover], f[cellCoverLex] = p.cos, 0
	if han.cover != nil {
		k := g.s.known(other.entry, han.cover)
		f[cellCover], f[cellCoverLex] = k.cos, min(k.forth, k.back)
	}
	for _, x := range han.joins {
		for _, y := range other.keys {
			forth := lexLevel(g.s.lex.ProbID(other.lang, y.id, han.lang, x.id))
			back := lexLevel(g.s.lex.ProbID(han.lang, x.id, other.lang, y.id))
			f[cellJoin] = max(f[cellJoin], min(forth, back))
		}
	}
}

// heard is where a name is heard.
type heard struct {
	from, to int
	alike    float32
}

// soundOf says how alike two words sound, 0 to 1, and that times how much there
// is to be heard. Of Chinese words it says how alike the stretch sounds that
// they stand in.
func (g *grid) soundOf(i, j int) (alike, weighed float32) {
	u, v := &g.a.words[i], &g.b.words[j]
	switch {
	case u.lang == bitext.Chinese && v.lang == bitext.Chinese:
		return 0, 0
	case v.lang == bitext.Chinese && u.capital && !v.latin:
		return g.hear(g.b, u, j)
	case u.lang == bitext.Chinese && v.capital && !u.latin:
		return g.hear(g.a, v, i)
	case u.capital && v.capital && len(u.sound) > 1 && len(v.sound) > 1 && u.latin != v.latin:
		alike = soundAlike(u.sound, v.sound)
		return alike, alike * min(1, float32(min(len(u.sound), len(v.sound)))/6)
	}
	return 0, 0
}

func (g *grid) hear(han *Text, name *word, at int) (alike, weighed float32) {
	if len(name.sound) < 3 || name.common > 0 {
		return 0, 0
	}
	h, ok := g.heard[name.entry]
	if !ok {
		if g.sound == nil {
			g.sound, g.heard = soundsOf(han), map[*entry]heard{}
		}
		h.from, h.to, h.alike = g.sound.find(name.sound)
		g.heard[name.entry] = h
	}
	if at < h.from || at >= h.to {
		return 0, 0
	}
	return h.alike, h.alike * min(1, float32(len(name.sound))/8)
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
	f[cellCountForth] = lexLevel(both / (nu + 1))
	f[cellCountBack] = lexLevel(both / (nv + 1))
	f[cellCountMass] = min(f[cellCountForth], f[cellCountBack])
	f[cellCountSure] = min(1, float32(math.Log1p(both))/3)
	if both < .3 {
		f[cellCountNone] = min(1, float32(math.Log1p(min(nu, nv)))/4)
	}
}

// knowledge is what vectors and lexicon say of two words.
type knowledge struct {
	cos, forth, back float32
	part             float32 // of a Chinese word's characters the one that the other word is likeliest for, both ways
}

// metSlots is how many pairs of words are remembered, each in the one slot that
// is its own: a later pair takes the place of an earlier one.
const metSlots = 1 << 18

// met is what is known of a pair of words, packed, and the pair with that mixed
// in: a slot of which two writers wrote one half each is seen to be neither's
// (Hyatt and Mann, A lock-less transposition table, 2002).
type met struct{ mixed, packed atomic.Uint64 }

// known gives what is known of two words of two languages. What was asked for
// lately is remembered: a term of a memory meets the same words over and over.
func (s *Spotter) known(u, v *entry) knowledge {
	if u.id > v.id {
		k := s.known(v, u)
		k.forth, k.back = k.back, k.forth
		return k
	}
	slot := &s.memory.met[(uint32(u.id)*0x9e3779b1^uint32(v.id)*0x85ebca6b)>>(32-18)]
	pair := uint64(u.id)<<32 | uint64(v.id)
	packed := slot.packed.Load()
	if slot.mixed.Load()^packed != pair {
		packed = s.learnt(u, v).pack()
		slot.packed.Store(packed)
		slot.mixed.Store(packed ^ pair)
	}
	return unpack(packed)
}

// step is what a packed number counts in.
const step = 1.0 / (1<<15 - 1)

func (k knowledge) pack() uint64 {
	part := func(x float32) uint64 { return uint64(uint16(int16(math.Round(float64(max(-1, min(1, x))) / step)))) }
	return part(k.cos) | part(k.forth)<<16 | part(k.back)<<32 | part(k.part)<<48
}

func unpack(p uint64) knowledge {
	return knowledge{cos: step * float32(int16(p)), forth: step * float32(int16(p>>16)),
		back: step * float32(int16(p>>32)), part: step * float32(int16(p>>48))}
}

func (s *Spotter) learnt(u, v *entry) knowledge {
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
		k.part = max(s.part(u, v), s.part(v, u))
	}
	return k
}

// part looks for a character of a Chinese word that stands for another word.
func (s *Spotter) part(han, other *entry) (best float32) {
	for _, x := range han.chars {
		for _, y := range other.keys {
			p := min(s.lex.ProbID(han.lang, x, other.lang, y.id), s.lex.ProbID(other.lang, y.id, han.lang, x))
			best = max(best, lexLevel(p))
		}
	}
	return best
}

// partShare is what a character of a longer word says of the word.
const partShare = 0.5
