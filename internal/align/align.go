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
	Model    *Model           // nil: DefaultModel
	Vectors  Embedder         // nil: none
	Lexicon  *lexicon.Lexicon // nil: the one that the program carries
	MaxGroup int              // most segments of one version in a bead, 1 to 4; 0: 4
	// Fixed are beads that a person has settled: they come out as they are,
	// accepted, and the rest is aligned around them.
	Fixed []bitext.Bead
	// Recall gives units known from before that may say something about the
	// versions, as a memory holds them; nil: none. The aligner takes them for
	// what they are worth in the document at hand.
	Recall func(ctx context.Context, versions []bitext.Version) ([]bitext.Unit, error)
	// Explain notes on each bead what each kind of evidence said.
	Explain  bool
	Progress func(done, total int) // called after each step of each pair of versions; nil: none
}

// Align joins two or more versions of one statement. The alignment's sides
// stand in the order of the versions; it always passes Validate. The error is
// ctx's, or says that there are fewer than two versions, or what is wrong with
// the fixed beads.
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
	h, err := newHolds(opt.Fixed, versions)
	if err != nil {
		return nil, err
	}
	var recalled []bitext.Unit
	if opt.Recall != nil {
		if recalled, err = opt.Recall(ctx, versions); err != nil {
			return nil, err
		}
	}
	sides := make([]*side, len(versions))
	var work sync.WaitGroup
	for k := range versions {
		work.Go(func() { sides[k] = readSide(ctx, &versions[k], opt.Vectors, opt.Lexicon) })
	}
	work.Wait()
	defer func() {
		for _, s := range sides {
			s.release()
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rows, err := alignAll(ctx, sides, h, recalled, opt)
	if err != nil {
		return nil, err
	}
	opt.Model.trust.tell(rows)
	return &bitext.Alignment{Versions: versions, Beads: rows}, nil
}

// stage is the alignment of a pair.
type stage struct {
	f       *fixed
	outlook *outlook // of the last pass
	pairing *pairing
	post    *posterior
}

// newStage aligns a pair: once by what a first look shows, and again by what
// that alignment shows of the document. When it is asked to tell, its pairing
// tells features.
func newStage(ctx context.Context, f *fixed, m *Model, group int, tells bool) (*stage, error) {
	o, err := f.look(ctx)
	if err != nil {
		return nil, err
	}
	w := m.of(f.x, f.y)
	laidFor := w
	if tells {
		laidFor = nil
	}
	f.work.add()
	st := &stage{f: f, pairing: f.lay(o, laidFor)}
	if err := st.pass(ctx, o, w, group); err != nil {
		return nil, err
	}
	f.work.add()
	o = st.lookAgain(o)
	st.release()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	st.outlook = o
	st.pairing.see(o)
	st.pairing.gather(int(chLearnt), o.learnt, laidFor)
	return st, st.pass(ctx, o, w, group)
}

// release gives back what a pass has filled, when it has been asked all.
func (st *stage) release() {
	st.post.release()
	st.post.l.release()
	st.post = nil
}

// pass aligns by an outlook.
func (st *stage) pass(ctx context.Context, o *outlook, w *vec, group int) error {
	l, err := newLattice(ctx, st.pairing, o, w, group)
	if err != nil {
		return err
	}
	if st.post = sumPaths(ctx, l); st.post == nil {
		return ctx.Err()
	}
	if st.post.z == never && o.open != nil {
		st.release()
		o.open = nil // too much was closed
		return st.pass(ctx, o, w, group)
	}
	return nil
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

// steps are those that aligning a pair takes, as the meter counts them.
const steps = 3

// add says that a step more is done.
func (m *meter) add() {
	if m == nil {
		return
	}
	m.done++
	m.tell(m.done, m.total)
}
