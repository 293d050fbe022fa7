package rendering

import (
	"math"

	"sverka/internal/bitext"
)

// Tally counts how often words stand for each other in sentence pairs: each
// pair of words as much as the model without counts believes them to be linked,
// so that a few hundred pairs are enough to learn from. It is Counts for a
// Spotter.
type Tally struct {
	pairs map[tallyPair]float32
	words map[tallyWord]float32
}

type tallyPair struct {
	from, to bitext.Lang
	a, b     string
}

type tallyWord struct {
	lang bitext.Lang
	key  string
}

// NewTally gives an empty tally.
func NewTally() *Tally {
	return &Tally{pairs: map[tallyPair]float32{}, words: map[tallyWord]float32{}}
}

// leastLink is the belief below which a link is not counted.
const leastLink = 0.02

// Add counts a sentence pair, read by s.
func (t *Tally) Add(s *Spotter, a, b *Text) {
	if len(a.words)*len(b.words) == 0 || len(a.words)*len(b.words) > maxTallyCells {
		return
	}
	g := s.plainGrid(a, b)
	defer g.free()
	links := g.links()
	for i := range a.words {
		t.words[tallyWord{a.Lang, a.words[i].key}]++
		for j := range b.words {
			if p := links[i*len(b.words)+j]; p >= leastLink {
				t.pairs[tallyPair{a.Lang, b.Lang, a.words[i].key, b.words[j].key}] += p
			}
		}
	}
	for j := range b.words {
		t.words[tallyWord{b.Lang, b.words[j].key}]++
	}
}

// maxTallyCells bounds the work on one pair of sentences.
const maxTallyCells = 200 * 200

// Pair is part of Counts.
func (t *Tally) Pair(from bitext.Lang, a string, to bitext.Lang, b string) (both, na, nb float64) {
	na, nb = float64(t.words[tallyWord{from, a}]), float64(t.words[tallyWord{to, b}])
	if na == 0 || nb == 0 {
		return 0, na, nb
	}
	return float64(t.pairs[tallyPair{from, to, a, b}] + t.pairs[tallyPair{to, from, b, a}]), na, nb
}

// plainGrid is a grid that does not look at counts.
func (s *Spotter) plainGrid(a, b *Text) *grid {
	g := s.grid(a, b)
	g.weigh(s.model.cell)
	g.plain = true
	return g
}

// links gives how surely each two words are linked: each cell's share of its
// row and of its column, against no link at all, their geometric mean.
func (g *grid) links() []float32 {
	n, m := len(g.a.words), len(g.b.words)
	out := make([]float32, n*m)
	rows, columns := make([]float32, n), make([]float32, m)
	for i := range n {
		for j := range m {
			e := float32(math.Exp(float64(min(12, g.odds(i, j)))))
			out[i*m+j] = e
			rows[i] += e
			columns[j] += e
		}
	}
	for i := range n {
		for j := range m {
			e := out[i*m+j]
			out[i*m+j] = float32(math.Sqrt(float64(e / (1 + rows[i]) * (e / (1 + columns[j])))))
		}
	}
	return out
}
