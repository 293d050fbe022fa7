package rendering

import (
	"fmt"
	"io"
	"slices"
)

// Example is a term in a sentence pair with what renders it, to learn from.
type Example struct {
	Source, Target Sentence
	Term, Gold     [][2]int // in code points; no Gold: nothing renders it
}

// Learning is a set of examples and the weights learnt from them.
type Learning struct {
	// Seed sets the order of the examples: other orders give somewhat other weights.
	Seed     uint64
	s        *Spotter
	examples []lesson
	texts    map[Sentence]*Text
	log      io.Writer
}

type lesson struct {
	a, b *Text
	term []int
	gold []bool // of each word of b
}

// NewLearning prepares to learn from examples; o says by which evidence. What
// is learnt is written to log as it goes.
func NewLearning(o Options, examples []Example, log io.Writer) *Learning {
	l := &Learning{s: New(o), log: log}
	l.s.model = emptyModel()
	l.texts = map[Sentence]*Text{}
	for _, e := range examples {
		if n := l.lesson(e); len(n.term) > 0 && len(n.b.words) > 0 {
			l.examples = append(l.examples, n)
		}
	}
	return l
}

// lesson reads an example.
func (l *Learning) lesson(e Example) lesson {
	n := lesson{a: l.read(e.Source), b: l.read(e.Target)}
	n.term = n.a.wordsAt(e.Term)
	n.gold = make([]bool, len(n.b.words))
	for _, j := range n.b.wordsAt(e.Gold) {
		n.gold[j] = true
	}
	return n
}

func (l *Learning) read(x Sentence) *Text {
	if l.texts[x] == nil {
		l.texts[x] = l.s.Read(x.Lang, x.Text)
	}
	return l.texts[x]
}

// Cells learns the first layer: the weights of cells without counts or, where
// tallies are given, with counts, from the examples under each of them.
func (l *Learning) Cells(tallies ...*Tally) {
	name, part := "counted", &l.s.model.counted
	if len(tallies) == 0 {
		name, part, tallies = "cell", &l.s.model.cell, []*Tally{nil}
	}
	var set trainingSet
	for _, t := range tallies {
		l.Count(t)
		for k := range l.examples {
			l.addCells(&l.examples[k], t, &set)
		}
	}
	l.fit(name, part, &set, 0, keepCell)
}

// fit teaches a layer and says how it went.
func (l *Learning) fit(name string, part *layer, set *trainingSet, products, keep int) {
	set.seed = l.Seed
	loss := part.learn(set, products, keep)
	fmt.Fprintf(l.log, "%s: %d weights, loss %.4f\n", name, len(*part), loss)
}

func (l *Learning) addCells(e *lesson, counts *Tally, set *trainingSet) {
	g := l.grid(e, counts)
	for j := range e.b.words {
		if e.gold[j] && len(e.term) > 1 {
			continue // which of the words it renders is not said
		}
		for _, i := range e.term {
			var f [cellFeatures]float32
			g.features(i, j, &f)
			set.add(f[:], e.gold[j])
		}
	}
}

// grid makes the grid of an example; what its own pair gave to the counts is
// taken off.
func (l *Learning) grid(e *lesson, counts *Tally) *grid {
	g := l.s.grid(e.a, e.b)
	if counts != nil {
		g.leaveOut(l.s.plainGrid(e.a, e.b).links())
	}
	return g
}

// leaveOut says what this pair of texts itself gave to the counts.
func (g *grid) leaveOut(links []float32) {
	m := len(g.b.words)
	g.own = func(i, j int) float64 {
		if p := links[i*m+j]; p >= leastLink {
			return float64(p)
		}
		return 0
	}
}

// Tally counts the pairs of the examples, each once.
func (l *Learning) Tally() *Tally {
	t := NewTally()
	l.Count(nil)
	l.AddTo(t)
	return t
}

// AddTo counts the pairs of the examples in t, each once.
func (l *Learning) AddTo(t *Tally) {
	seen := map[[2]*Text]bool{}
	for k := range l.examples {
		e := &l.examples[k]
		if seen[[2]*Text{e.a, e.b}] || seen[[2]*Text{e.b, e.a}] {
			continue
		}
		seen[[2]*Text{e.a, e.b}] = true
		t.Add(l.s, e.a, e.b)
	}
}

// Spotter gives a spotter with the weights so far.
func (l *Learning) Spotter() *Spotter { return l.s }

// Words learns the second and the third layer from the examples under each of
// the conditions: without counts (nil) and with each tally given.
func (l *Learning) Words(conditions ...*Tally) {
	var cands [][]candidate
	var terms []*lesson
	var grids []*grid
	for _, counts := range conditions {
		l.Count(counts)
		for k := range l.examples {
			e := &l.examples[k]
			g := l.grid(e, counts)
			c := g.candidates(e.term, nil)
			g.wordLayer(e.term, c)
			cands, terms, grids = append(cands, c), append(terms, e), append(grids, g)
		}
	}
	var set trainingSet
	for k, list := range cands {
		for m := range list {
			c := &list[m]
			set.add(c.x[:], terms[k].gold[c.j])
		}
	}
	l.fit("word", &l.s.model.word, &set, wordProducts, keepWord)
	var second trainingSet
	for k, list := range cands {
		for m := range list {
			c := &list[m]
			c.logit = l.s.model.word.out(c.x[:])
			c.p = sigmoid(c.logit)
		}
		grids[k].lastLayer(terms[k].term, list)
		for m := range list {
			c := &list[m]
			second.add(c.y[:], terms[k].gold[c.j])
		}
	}
	l.fit("last", &l.s.model.last, &second, lastProducts, keepLast)
}

// Trust learns how far what is found can be believed, under each of the
// conditions; examples whose target has nothing to do with the source teach it
// to doubt.
func (l *Learning) Trust(strangers []Example, conditions ...*Tally) {
	lessons := l.examples
	for _, e := range strangers {
		if n := l.lesson(e); len(n.term) > 0 && len(n.b.words) > 0 {
			lessons = append(lessons[:len(lessons):len(lessons)], n)
		}
	}
	var set trainingSet
	for _, counts := range conditions {
		l.Count(counts)
		for k := range lessons {
			e := &lessons[k]
			g := l.grid(e, counts)
			cands := g.candidates(e.term, nil)
			g.judge(e.term, cands)
			chosen, top := pick(cands)
			right := true
			for j := range e.gold {
				right = right && e.gold[j] == slices.Contains(chosen, j)
			}
			var f [trustFeatures]float32
			g.trustFeatures(e.term, cands, top, &f)
			set.add(f[:], right)
		}
	}
	l.fit("trust", &l.s.model.trust, &set, 0, keepTrust)
}

// Write writes the weights.
func (l *Learning) Write(w io.Writer) error { return l.s.model.write(w) }

// Take takes over what another Learning has learnt.
func (l *Learning) Take(o *Learning) { l.s.model = o.s.model }

// Count sets the counts to spot by; nil for none.
func (l *Learning) Count(t *Tally) {
	l.s.counts = nil
	if t != nil {
		l.s.counts = t
	}
}

// Spot is Spotter.Spot for an example; what its pair gave to the counts is
// taken off them.
func (l *Learning) Spot(e Example) (Rendering, bool) {
	n := l.lesson(e)
	if len(n.term) == 0 || len(n.b.words) == 0 {
		return Rendering{}, false
	}
	t, _ := l.s.counts.(*Tally)
	chosen, p := l.s.choose(l.grid(&n, t), n.term)
	if len(chosen) == 0 {
		return Rendering{Probability: p}, false
	}
	return n.b.rendering(chosen, p), true
}
