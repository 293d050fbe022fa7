package rendering

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Item is a term in a sentence pair.
type Item struct {
	Source, Target Sentence
	Term           [][2]int // in code points
}

// Batch spots many terms, knowing what stands for what in all their sentences
// together, and in others that were counted.
type Batch struct {
	s     *Spotter
	items []Item
	tally *Tally
	texts map[Sentence]*Text
	pairs map[[2]*Text]bool
}

// NewBatch prepares items to be spotted by s.
func NewBatch(s *Spotter, items []Item) *Batch {
	b := &Batch{s: s, items: items, tally: NewTally(), texts: map[Sentence]*Text{}, pairs: map[[2]*Text]bool{}}
	for i := range items {
		b.texts[items[i].Source], b.texts[items[i].Target] = nil, nil
	}
	return b
}

// Count counts further sentence pairs.
func (b *Batch) Count(ctx context.Context, pairs [][2]Sentence) error {
	return b.count(ctx, len(pairs), func(k int) (x, y *Text) {
		return b.s.Read(pairs[k][0].Lang, pairs[k][0].Text), b.s.Read(pairs[k][1].Lang, pairs[k][1].Text)
	})
}

func (b *Batch) count(ctx context.Context, n int, pair func(k int) (x, y *Text)) error {
	shares := make([]*Tally, runtime.GOMAXPROCS(0))
	for w := range shares {
		shares[w] = NewTally()
	}
	err := inParallel(ctx, n, len(shares), func(w, k int) {
		x, y := pair(k)
		shares[w].Add(b.s, x, y)
	})
	for _, t := range shares {
		b.tally.merge(t)
	}
	return err
}

func (t *Tally) merge(o *Tally) {
	if len(t.words) == 0 {
		*t = *o
		return
	}
	for k, v := range o.pairs {
		t.pairs[k] += v
	}
	for k, v := range o.words {
		t.words[k] += v
	}
}

// Spot gives the rendering of each item, in their order; one without spans
// where none is sure. Each pair of sentences is counted once, and taken off the
// counts again where it is spotted in itself.
func (b *Batch) Spot(ctx context.Context) ([]Rendering, error) {
	for s := range b.texts {
		b.texts[s] = b.s.Read(s.Lang, s.Text)
	}
	var pairs [][2]*Text
	for i := range b.items {
		x, y := b.texts[b.items[i].Source], b.texts[b.items[i].Target]
		if !b.pairs[[2]*Text{x, y}] && !b.pairs[[2]*Text{y, x}] {
			b.pairs[[2]*Text{x, y}] = true
			pairs = append(pairs, [2]*Text{x, y})
		}
	}
	if err := b.count(ctx, len(pairs), func(k int) (x, y *Text) { return pairs[k][0], pairs[k][1] }); err != nil {
		return nil, err
	}
	counting := b.s.WithCounts(b.tally)
	out := make([]Rendering, len(b.items))
	err := inParallel(ctx, len(b.items), runtime.GOMAXPROCS(0), func(_, k int) {
		x, y := b.texts[b.items[k].Source], b.texts[b.items[k].Target]
		term := x.wordsAt(b.items[k].Term)
		if len(term) == 0 || len(y.words) == 0 {
			return
		}
		g := counting.grid(x, y)
		defer g.free()
		g.leaveOut(b.s.plainGrid(x, y).links())
		if chosen, p := counting.choose(g, term); len(chosen) > 0 {
			out[k] = y.rendering(chosen, p)
		}
	})
	return out, err
}

// inParallel runs f for 0 to n-1 on some workers until ctx ends.
func inParallel(ctx context.Context, n, workers int, f func(worker, k int)) error {
	var g errgroup.Group
	for w := range workers {
		g.Go(func() error {
			for k := w; k < n; k += workers {
				if k%64 == w && ctx.Err() != nil {
					return ctx.Err()
				}
				f(w, k)
			}
			return nil
		})
	}
	return g.Wait()
}
