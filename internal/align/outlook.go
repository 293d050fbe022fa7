package align

import (
	"context"
	"math"
	"slices"
)

// An outlook is what a first, cheap look at two sides shows: where the
// alignment must lie, how long the texts are for each other, how much of them
// seems to have no counterpart, and which words they teach.
type outlook struct {
	band   *band
	open   []bool    // cells of the band that beads may touch; nil: all
	alike  *likeness // nil without vectors
	ratio  float64
	noise  float64
	learnt *channel
	// What a memory knows: beads by their cell, as in lattice.live, and what
	// each of them is worth; nil: none. And that it has taught words.
	known  []uint16
	worth  float32
	taught bool
}

// In nats, for chains by vectors: what a good rendering is worth, what joining
// two costs in itself, what leaving one alone costs, and the reach.
const (
	anchorCosine = 6.0
	anchorCost   = 1.5
	anchorLength = 1.0
	anchorSkip   = 0.6
	anchorSlack  = 12.0
)

// usualNoise is about the share of segments without counterpart between clean
// and noisy documents.
const usualNoise = 0.2

// look takes the first look: a chain of segments joined one to one.
func (f *fixed) look(ctx context.Context) (*outlook, error) {
	wide, err := f.corridor(ctx)
	if err != nil {
		return nil, err
	}
	o := &outlook{band: wide, ratio: guessRatio(f.x, f.y)}
	if f.x.n == 0 || f.y.n == 0 {
		return o, nil
	}
	o.alike = newLikeness(ctx, f.x.vectors, f.y.vectors, newGrid(wide, 1))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, slack := f.coarse, float32(coarseSlack)
	if o.alike != nil {
		c, slack = func(b *band, _ int) *chain { return f.anchors(o, b) }, anchorSlack
	}
	r, err := c(wide, 1).reach(ctx, slack, 1)
	if err != nil {
		return nil, err
	}
	if o.alike != nil {
		o.band, o.open = r.band, r.open
	}
	if f.hold != nil {
		o.band, o.open = f.hold.clip(o.band), nil
	}
	f.judge(o, r.partner)
	return o, nil
}

// anchors is the chain of segments by their vectors and lengths.
func (f *fixed) anchors(o *outlook, b *band) *chain {
	c := newChain(b, anchorSkip)
	l := o.alike
	lx, ly := logLengths(f.x, 1), logLengths(f.y, o.ratio)
	for i := 1; i <= b.n; i++ {
		for j := max(1, int(b.lo[i])); j <= int(b.hi[i]); j++ {
			d := lx[i-1] - ly[j-1]
			rel := l.cosine(l.dots[l.grid.at(i-1, j-1)], i, j, 1, 1)
			c.worth[b.at(i, j)] = anchorCosine*rel - anchorCost - anchorLength*min(d*d, 1)
		}
	}
	return c
}

// ratioWeight is how many letters of matched text the usual ratio is worth.
const ratioWeight = 1500

// joined is the relative cosine from which a segment beside a joined pair is
// taken to belong to it.
const joined = 0.3

// judge sets the ratio of lengths and the noise from the chain: partner holds
// for each segment of x the one of y that it is joined with, or -1. A segment
// that is left alone beside a pair that it resembles belongs to the pair.
func (f *fixed) judge(o *outlook, partner []int32) {
	usual := usualRatio(f.x.lang, f.y.lang)
	lx, ly := ratioWeight*math.Sqrt(usual), ratioWeight/math.Sqrt(usual)
	alone := 0.0
	back := slices.Repeat([]int32{-1}, f.y.n)
	for i, j := range partner {
		if j < 0 {
			if f.belongs(o, partner, i, func(i int, j int32) float32 { return o.relative(i, int(j)) }) {
				lx += float64(f.x.segs[i].length)
			} else {
				alone++
			}
			continue
		}
		back[j] = int32(i)
		lx += float64(f.x.segs[i].length)
		ly += float64(f.y.segs[j].length)
	}
	for j, i := range back {
		if i < 0 {
			if f.belongs(o, back, j, func(j int, i int32) float32 { return o.relative(int(i), j) }) {
				ly += float64(f.y.segs[j].length)
			} else {
				alone++
			}
		}
	}
	o.ratio = lx / ly
	o.noise = alone/float64(f.x.n+f.y.n) - usualNoise
}

// belongs says that segment k, left alone, resembles what its neighbours are
// joined with.
func (f *fixed) belongs(o *outlook, partner []int32, k int, relative func(k int, other int32) float32) bool {
	if o.alike == nil {
		return false
	}
	for _, near := range [2]int{k - 1, k + 1} {
		if near >= 0 && near < len(partner) && partner[near] >= 0 && relative(k, partner[near]) > joined {
			return true
		}
	}
	return false
}

// relative is the relative cosine of two segments, -1 outside the grid.
func (o *outlook) relative(i, j int) float32 {
	l := o.alike
	if !l.grid.has(i, j) {
		return -1
	}
	return l.cosine(l.dots[l.grid.at(i, j)], i+1, j+1, 1, 1)
}

// likelyBead is the probability of beads that tell the ratio of lengths, and
// surePair that of those that words are learnt from.
const (
	likelyBead = 0.3
	surePair   = 0.5
)

// rareCell is the probability of a path's going through a cell below which the
// next pass does without it.
const rareCell = 1e-6

// lookAgain is the outlook that an alignment gives.
func (st *stage) lookAgain(first *outlook) *outlook {
	f, post := st.f, st.post
	if f.x.n == 0 || f.y.n == 0 {
		return first
	}
	o := &outlook{alike: first.alike, band: first.band, open: make([]bool, first.band.cells())}
	for cell := range o.open {
		o.open[cell] = post.touch(cell) > rareCell
	}
	usual := usualRatio(f.x.lang, f.y.lang)
	lx, ly := ratioWeight*math.Sqrt(usual), ratioWeight/math.Sqrt(usual)
	var joined [][2]int32
	post.eachBead(likelyBead, func(i, j, a, b int, q float64) {
		lx += q * f.x.span(i-a, i)
		ly += q * f.y.span(j-b, j)
		for k := i - a; k < i && q > surePair; k++ {
			for m := j - b; m < j; m++ {
				joined = append(joined, [2]int32{int32(k), int32(m)})
			}
		}
	})
	o.ratio = lx / ly
	o.noise = (sum(post.nullX)+sum(post.nullY))/float64(f.x.n+f.y.n) - usualNoise
	if f.x.lang != f.y.lang {
		var more *taught
		if f.memory != nil && f.memory.words.fits(f.x.keys, f.y.keys, joined) {
			more = f.memory.words
		}
		o.taught = more != nil
		o.learnt = learn(f.x.keys, f.y.keys, joined, more)
	}
	f.memory.tell(o, post)
	return o
}

func sum(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t
}
