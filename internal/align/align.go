// Package align finds the beads of two or more versions of a statement: which
// segments of each render each other, and which have no counterpart.
//
// A candidate bead is scored by a linear model over its evidence (lengths,
// shared numbers and words, names that sound alike, punctuation, layout, and
// the word pairs that the document itself teaches), and the best alignment is
// found exactly by dynamic programming within a corridor. The same model,
// read as log-linear, gives each bead its probability.
package align

import (
	"context"
	"fmt"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

// Embedder turns a text into a vector of Dim numbers; texts that mean the same
// in any language come out close by their cosine.
type Embedder interface {
	Dim() int
	Embed(lang bitext.Lang, text string, dst []float32)
}

// Options says how to align.
type Options struct {
	Model    *Model                // nil: DefaultModel
	Vectors  Embedder              // nil: none
	Lexicon  *lexicon.Lexicon      // nil: the one that the program carries
	MaxGroup int                   // most segments of one version in a bead, 1 to 4; 0: 4
	Progress func(done, total int) // called after each pass over a pair of versions; nil: none
}

// passes over a pair of versions: the first and those with what was learnt.
const passes = 2

// Align joins two or more versions of one statement. The alignment's sides
// stand in the order of the versions; it always passes Validate. The error is
// ctx's, or says that there are fewer than two versions.
func Align(ctx context.Context, versions []bitext.Version, opt Options) (*bitext.Alignment, error) {
	if len(versions) < 2 {
		return nil, fmt.Errorf("align: %d version(s) given; give at least two", len(versions))
	}
	if opt.Model == nil {
		opt.Model = DefaultModel()
	}
	if opt.MaxGroup < 1 || opt.MaxGroup > maxGroup {
		opt.MaxGroup = maxGroup
	}
	if opt.Lexicon == nil {
		opt.Lexicon = lexicon.Shipped()
	}
	sides := make([]*side, len(versions))
	var work sync.WaitGroup
	for k := range versions {
		work.Go(func() { sides[k] = newSide(&versions[k], opt.Vectors) })
	}
	work.Wait()
	rows, err := alignAll(ctx, sides, opt)
	if err != nil {
		return nil, err
	}
	opt.Model.trust.tell(rows)
	return &bitext.Alignment{Versions: versions, Beads: rows}, nil
}

// stage is the alignment of a pair after some passes.
type stage struct {
	f       *fixed
	model   *Model
	group   int
	tells   int // the pass, from 0, whose features are asked for; -1: none
	pass    int
	pairing *pairing
	post    *posterior
}

// newStage makes the first pass. The pass tells, from 0, will be able to tell
// features; -1 stands for none.
func newStage(ctx context.Context, f *fixed, m *Model, group, tells int) (*stage, error) {
	b, err := corridor(ctx, f)
	if err != nil {
		return nil, err
	}
	st := &stage{f: f, model: m, group: group, tells: tells}
	st.pairing = f.first(b, st.weights())
	return st, st.run(ctx, b, &m.of(f.x, f.y).first)
}

// weights are those of the pass at hand, or nil where it is to tell features.
func (st *stage) weights() *vec {
	switch st.pass {
	case st.tells:
		return nil
	case 0:
		return &st.model.of(st.f.x, st.f.y).first
	}
	return &st.model.of(st.f.x, st.f.y).later
}

func (st *stage) run(ctx context.Context, b *band, w *vec) error {
	l, err := newLattice(ctx, st.pairing, b, w, st.group)
	if err != nil {
		return err
	}
	if st.pairing.mixed != nil { // large, and now told by the scores
		st.pairing.mixed, st.pairing.plain = nil, nil
	}
	st.post = newPosterior(l)
	return nil
}

// advance makes a further pass with what the one before has taught.
func (st *stage) advance(ctx context.Context) error {
	b, h := narrow(st.post, corridorSlack), st.pairing.hindsight(st.post)
	st.pairing, st.post = nil, nil // large, and not needed any more
	st.pass++
	st.pairing = st.f.next(b, h, st.weights())
	return st.run(ctx, b, &st.model.of(st.f.x, st.f.y).later)
}

func alignPair(ctx context.Context, f *fixed, opt Options, work *meter) (*stage, error) {
	st, err := newStage(ctx, f, opt.Model, opt.MaxGroup, -1)
	work.add()
	for pass := 1; err == nil && pass < passes; pass++ {
		err = st.advance(ctx)
		work.add()
	}
	return st, err
}

// meter tells how much of the work is done.
type meter struct {
	tell        func(done, total int)
	done, total int
}

func newMeter(tell func(done, total int), total int) *meter {
	if tell == nil {
		tell = func(int, int) {}
	}
	return &meter{tell: tell, total: total}
}

func (m *meter) add() {
	m.done++
	m.tell(m.done, m.total)
}
