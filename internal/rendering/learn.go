package rendering

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
)

// Example is a term in a sentence pair with what renders it, to learn from.
type Example struct {
	Source, Target Sentence
	Term, Gold     [][2]int // in code points; no Gold: nothing renders it
}

// Learning is a set of examples and the weights learnt from them.
type Learning struct {
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
	l.s.model.word.scatter(1)
	l.s.model.last.scatter(2)
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

// scatter gives the hidden units small weights, the same each time.
func (n *net) scatter(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	at := n.in
	for range n.hidden {
		for i := range n.in + 2 {
			n.w[at+i] = float32(r.NormFloat64()) * float32(math.Sqrt(1/float64(n.in)))
		}
		n.w[at+n.in] = 0
		at += n.in + 2
	}
}

// Cells learns the first layer: the weights of cells without counts or, where
// tallies are given, with counts, from the examples under each of them.
func (l *Learning) Cells(tallies ...*Tally) {
	at := 1
	if len(tallies) == 0 {
		tallies, at = []*Tally{nil}, 0
	}
	n := newNet(cellFeatures, 0, 0)
	var set trainingSet
	for _, t := range tallies {
		l.Count(t)
		for k := range l.examples {
			l.addCells(&l.examples[k], t, &set)
		}
	}
	loss := fit(n, &set, fitOptions{epochs: 8, rate: .01, decay: 1e-6})
	copy(l.s.model.cell[at][:], n.w)
	fmt.Fprintf(l.log, "cells %d: loss %.4f\n", at, loss)
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
			set.add(f[:], nil, e.gold[j])
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
			c := g.candidates(e.term)
			g.wordLayer(e.term, c)
			cands, terms, grids = append(cands, c), append(terms, e), append(grids, g)
		}
	}
	var set trainingSet
	for k, list := range cands {
		for m := range list {
			c := &list[m]
			set.add(c.x[:], c.signs[:c.nsign], terms[k].gold[c.j])
		}
	}
	loss := fit(l.s.model.word, &set, fitOptions{epochs: 14, rate: .004, decay: 3e-5})
	fmt.Fprintf(l.log, "words: loss %.4f\n", loss)
	var second trainingSet
	for k, list := range cands {
		for m := range list {
			c := &list[m]
			c.logit = l.s.model.word.out(c.x[:], c.signs[:c.nsign])
			c.p = sigmoid(c.logit)
		}
		grids[k].lastLayer(terms[k].term, list)
		for m := range list {
			c := &list[m]
			second.add(c.y[:], c.signs[:c.nsign], terms[k].gold[c.j])
		}
	}
	loss = fit(l.s.model.last, &second, fitOptions{epochs: 10, rate: .003, decay: 3e-5})
	fmt.Fprintf(l.log, "last: loss %.4f\n", loss)
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
			cands := g.candidates(e.term)
			g.judge(e.term, cands)
			chosen, top := pick(cands)
			right := true
			for j := range e.gold {
				right = right && e.gold[j] == slices.Contains(chosen, j)
			}
			var f [trustFeatures]float32
			g.trustFeatures(e.term, cands, top, &f)
			set.add(f[:], nil, right)
		}
	}
	n := newNet(trustFeatures, 0, 0)
	loss := fit(n, &set, fitOptions{epochs: 12, rate: .01, decay: 1e-5})
	copy(l.s.model.trust[:], n.w)
	fmt.Fprintf(l.log, "trust: loss %.4f\n", loss)
}

// Write writes the weights.
func (l *Learning) Write(w io.Writer) error { return l.s.model.write(w) }

// trainingSet is what a net learns from.
type trainingSet struct {
	x     [][]float32
	signs [][]int32
	y     []bool
}

func (t *trainingSet) add(x []float32, signs []int32, y bool) {
	t.x, t.signs, t.y = append(t.x, slices.Clone(x)), append(t.signs, signs), append(t.y, y)
}

type fitOptions struct {
	epochs int
	rate   float32
	decay  float32 // of the weights, each step
}

const batchSize = 64

// fit teaches n the set by logistic loss (Adam, Kingma and Ba 2015, the rate
// falling to nothing) and gives the mean loss of the last epoch.
func fit(n *net, set *trainingSet, o fitOptions) float64 {
	grad, m, v := make([]float32, len(n.w)), make([]float32, len(n.w)), make([]float32, len(n.w))
	order := make([]int, len(set.x))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(11, 13))
	steps := o.epochs * (len(order) + batchSize - 1) / batchSize
	loss, step := 0.0, 0
	b1, b2 := 1.0, 1.0
	for range o.epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss = 0
		for at := 0; at < len(order); at += batchSize {
			clear(grad)
			batch := order[at:min(at+batchSize, len(order))]
			for _, k := range batch {
				p := sigmoid(n.out(set.x[k], set.signs[k]))
				y := float32(0)
				if set.y[k] {
					y = 1
				}
				loss -= math.Log(max(1e-7, float64(1-max(y-p, p-y))))
				n.learn(set.x[k], set.signs[k], (y-p)/float32(len(batch)), grad)
			}
			step++
			b1, b2 = b1*.9, b2*.999
			rate := o.rate * (1 - float32(step)/float32(steps+1))
			n.step(grad, m, v, rate, o.decay, float32(1-b1), float32(1-b2))
		}
	}
	return loss / float64(max(1, len(order)))
}

func (n *net) step(grad, m, v []float32, rate, decay, c1, c2 float32) {
	for i, g := range grad {
		g -= decay * n.w[i]
		m[i] = .9*m[i] + .1*g
		v[i] = .999*v[i] + .001*g*g
		n.w[i] += rate * (m[i] / c1) / (float32(math.Sqrt(float64(v[i]/c2))) + 1e-8)
	}
}

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
