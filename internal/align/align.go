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

	"sverka/internal/bitext"
)

// Embedder turns a text into a vector of Dim numbers; texts that mean the same
// in any language come out close by their cosine.
type Embedder interface {
	Dim() int
	Embed(lang bitext.Lang, text string, dst []float32)
}

// Options says how to align.
type Options struct {
	Model    *Model   // nil: DefaultModel
	Vectors  Embedder // nil: none
	MaxGroup int      // most segments of one version in a bead, 1 to 4; 0: 4
	Progress func(done, total int)
}

// passes over a pair of versions: the first and those with what was learnt.
const passes = 3

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
	sides := make([]*side, len(versions))
	for k := range versions {
		sides[k] = newSide(&versions[k], opt.Vectors)
	}
	r, err := alignPair(ctx, newFixed(sides[0], sides[1]), opt)
	if err != nil {
		return nil, err
	}
	out := &bitext.Alignment{Versions: versions}
	for _, p := range r.post.decode() {
		out.Beads = append(out.Beads, bitext.Bead{
			Sides: []bitext.Range{{From: p.i - p.a, To: p.i}, {From: p.j - p.b, To: p.j}},
			Score: p.score, Prob: p.prob, Status: bitext.StatusOK,
		})
	}
	return out, nil
}

// stage is the alignment of a pair after some passes.
type stage struct {
	f       *fixed
	model   *Model
	group   int
	pairing *pairing
	post    *posterior
}

// newStage makes the first pass.
func newStage(ctx context.Context, f *fixed, m *Model, group int) (*stage, error) {
	b, err := corridor(ctx, f)
	if err != nil {
		return nil, err
	}
	st := &stage{f: f, model: m, group: group, pairing: f.first(b)}
	return st, st.run(ctx, b, &m.first)
}

func (st *stage) run(ctx context.Context, b *band, w *vec) error {
	l, err := newLattice(ctx, st.pairing, b, w, st.group)
	if err != nil {
		return err
	}
	st.post = newPosterior(l)
	return nil
}

// advance makes a further pass with what the one before has taught.
func (st *stage) advance(ctx context.Context) error {
	b := narrow(st.post, corridorSlack)
	st.pairing = st.f.next(b, st.pairing, st.post)
	return st.run(ctx, b, &st.model.later)
}

func alignPair(ctx context.Context, f *fixed, opt Options) (*stage, error) {
	st, err := newStage(ctx, f, opt.Model, opt.MaxGroup)
	for pass := 1; err == nil && pass < passes; pass++ {
		err = st.advance(ctx)
	}
	return st, err
}
