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
		sides[k] = newSide(&versions[k])
	}
	r, err := alignPair(ctx, newFixed(sides[0], sides[1]), opt)
	if err != nil {
		return nil, err
	}
	out := &bitext.Alignment{Versions: versions}
	for _, p := range r.path {
		out.Beads = append(out.Beads, bitext.Bead{
			Sides: []bitext.Range{{From: p.i - p.a, To: p.i}, {From: p.j - p.b, To: p.j}},
			Score: p.score, Prob: p.prob, Status: bitext.StatusOK,
		})
	}
	return out, nil
}

// pairResult is what is known of two versions after the last pass.
type pairResult struct {
	pairing *pairing
	post    *posterior
	path    []pair
}

func alignPair(ctx context.Context, f *fixed, opt Options) (*pairResult, error) {
	b := fullBand(f.x.n, f.y.n)
	p := f.first(b)
	w := &opt.Model.first
	for pass := range passes {
		l, err := newLattice(ctx, p, b, w, opt.MaxGroup)
		if err != nil {
			return nil, err
		}
		post := newPosterior(l)
		if pass == passes-1 {
			return &pairResult{pairing: p, post: post, path: post.decode()}, nil
		}
		p = f.next(b, p, post)
		w = &opt.Model.later
	}
	return nil, nil
}
