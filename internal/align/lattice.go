package align

import (
	"context"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// A lattice holds the score of every bead within a band. A path through it is
// an alignment: segments without counterpart before the first bead (head),
// after the last (tail) and between beads come in runs, those of x first, so
// that one alignment is one path.
type lattice struct {
	*band
	group  int
	scores []float32 // bead (a,b) that ends at a cell: scores[cell*groupPairs+(a-1)*maxGroup+b-1]
	live   []uint16  // by cell, a bit for each bead that has a score
	nullX  [numModes][numNullPlaces][]float64
	nullY  [numModes][numNullPlaces][]float64
	bias   [numModes]float64
	kind   [numModes][groupPairs]float64 // what a mode adds to the beads of each kind
}

const groupPairs = maxGroup * maxGroup

var never = math.Inf(-1)

// rowsAtATime is how many rows of a lattice one worker scores.
const rowsAtATime = 64

func emptyLattice(b *band, group int) *lattice {
	l := &lattice{band: b, group: group, scores: singles.take(b.cells() * groupPairs), live: make([]uint16, b.cells())}
	for m := range numModes {
		for place := range numNullPlaces {
			l.nullX[m][place], l.nullY[m][place] = make([]float64, b.n), make([]float64, b.m)
		}
	}
	return l
}

// newLattice scores every bead of up to group segments a side that an outlook
// leaves open.
func newLattice(ctx context.Context, p *pairing, o *outlook, w *vec, group int) (*lattice, error) {
	b := o.band
	l := emptyLattice(b, group)
	l.setModes(w)
	l.scoreNulls(p, w)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for from := 1; from <= b.n; from += rowsAtATime {
		g.Go(func() error {
			var v vec
			var c view
			for i := from; i < from+rowsAtATime && i <= b.n; i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				for j := max(1, int(b.lo[i])); j <= int(b.hi[i]); j++ {
					if o.open == nil || o.open[l.at(i, j)] {
						l.scoreCell(p, w, i, j, o, &c, &v)
					}
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return l, nil
}

// setModes takes from the weights what the modes are worth in themselves.
func (l *lattice) setModes(w *vec) {
	l.bias[free] = w[fModeFree]
	for k := range l.kind[free] {
		l.kind[free][k] = w[fFreeKind+groupKind(k/maxGroup+1, k%maxGroup+1)]
	}
}

// scoreNulls scores the segments without counterpart: what their place weighs
// is added to what the rest does.
func (l *lattice) scoreNulls(p *pairing, w *vec) {
	var v vec
	for from, n := range [2]int{l.n, l.m} {
		for k := range n {
			for m := range numModes {
				scores := &l.nullX[m]
				if from == 1 {
					scores = &l.nullY[m]
				}
				for place := range numNullPlaces {
					if place > nullMore && place != nullHead {
						continue
					}
					p.null(m, from, k, place, &v)
					scores[place][k] = dotNull(w, m, &v)
				}
				base := nullBase(m)
				edge := scores[nullHead][k] - w[base+nHead]
				scores[nullTail][k] = edge + w[base+nTail]
				scores[nullTailOpen][k] = edge + w[base+nTail] + w[base+nTailOpen]
			}
		}
	}
}

func nullBase(m mode) feature {
	if m == free {
		return fFree
	}
	return fNull
}

func dot(w, v *vec) float64 {
	sum := 0.0
	for k := range w {
		sum += w[k] * v[k]
	}
	return sum
}

// dotNull is dot for a null, which has features of its mode only.
func dotNull(w *vec, m mode, v *vec) float64 {
	base := nullBase(m)
	a, b := w[base:base+numNulls], v[base:base+numNulls]
	sum := 0.0
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}

// dotBead is dot for a bead, which has no feature of a null.
func dotBead(w, v *vec) float64 {
	var s0, s1 float64
	for k := 0; k+1 < int(fNull); k += 2 {
		s0 += w[k] * v[k]
		s1 += w[k+1] * v[k+1]
	}
	if fNull%2 == 1 {
		s0 += w[fNull-1] * v[fNull-1]
	}
	return s0 + s1
}

func (l *lattice) scoreCell(p *pairing, w *vec, i, j int, o *outlook, c *view, v *vec) {
	cell, open := l.at(i, j), o.open
	p.look(c, i, j, min(l.group, i), min(l.group, j))
	for a := 1; a <= c.a; a++ {
		for b := 1; b <= c.b; b++ {
			if !l.has(i-a, j-b) || open != nil && !open[l.at(i-a, j-b)] {
				continue
			}
			known := o.knows(cell, a, b)
			if a+b > 2 && !known && p.hopeless(c, a, b) {
				continue
			}
			if p.hold != nil && !p.hold.allows(i, j, a, b) {
				continue
			}
			k := (a-1)*maxGroup + b - 1
			l.live[cell] |= 1 << k
			if p.mixed != nil {
				l.scores[cell*groupPairs+k] = float32(p.score(c, a, b, w, v))
			} else {
				p.bead(c, a, b, v)
				l.scores[cell*groupPairs+k] = float32(dotBead(w, v))
			}
			if known {
				l.scores[cell*groupPairs+k] += o.worth
			}
		}
	}
}

// Groups whose lengths (in the log) or vectors are further apart are not tried.
const (
	mostApart   = 1.1
	leastCosine = 0.0
)

// hopeless says that a group of several segments is not worth a closer look.
func (p *pairing) hopeless(c *view, a, b int) bool {
	d := p.spanX[a-1][c.i].log - p.spanY[b-1][c.j].log
	if d > mostApart || d < -mostApart {
		return true
	}
	return p.alike != nil && p.alike.cosine(c.dots[a-1][b-1], c.i, c.j, a, b) < leastCosine
}

// score is that of the bead of a and b segments that ends at (i,j).
func (l *lattice) score(i, j, a, b int) float64 {
	cell, k := l.at(i, j), (a-1)*maxGroup+b-1
	if l.live[cell]>>k&1 == 0 {
		return never
	}
	return float64(l.scores[cell*groupPairs+k])
}

// scoreIn is score with what a mode adds.
func (l *lattice) scoreIn(m mode, i, j, a, b int) float64 {
	return l.score(i, j, a, b) + l.kind[m][(a-1)*maxGroup+b-1]
}

// state says what the path has done last.
type state int

const (
	stBead  state = iota
	stHeadX       // also the beginning
	stHeadY
	stNullX
	stNullY
	stTailX
	stTailY
	numStates
)

// lastEntry is the last of the states that a bead may follow.
const lastEntry = stNullY

// step is a null that leads from one state to another.
type step struct {
	from, to state
	place    nullPlace
}

var stepsX = [...]step{
	{stHeadX, stHeadX, nullHead},
	{stBead, stNullX, nullOpen}, {stNullX, stNullX, nullMore},
	{stBead, stTailX, nullTailOpen}, {stTailX, stTailX, nullTail},
}

var stepsY = [...]step{
	{stHeadX, stHeadY, nullHead}, {stHeadY, stHeadY, nullHead},
	{stBead, stNullY, nullOpen}, {stNullX, stNullY, nullMore}, {stNullY, stNullY, nullMore},
	{stBead, stTailY, nullTailOpen}, {stTailX, stTailY, nullTail}, {stTailY, stTailY, nullTail},
}

// mayEnd are the states a path may end in.
var mayEnd = [...]state{stBead, stHeadX, stHeadY, stTailX, stTailY}

// values of the states at one cell.
type values [numStates]float64

var noValues = values{never, never, never, never, never, never, never}

// entry is the best of the states that a bead may follow.
func (v *values) entry() float64 {
	return max(v[stBead], v[stHeadX], v[stHeadY], v[stNullX], v[stNullY])
}

// viterbi gives the value of the best way to each cell in each state.
func (l *lattice) viterbi(m mode) []values {
	f := ways.take(l.cells())
	for i := 0; i <= l.n; i++ {
		for j := int(l.lo[i]); j <= int(l.hi[i]); j++ {
			cell := l.at(i, j)
			v := noValues
			if i == 0 && j == 0 {
				v[stHeadX] = 0
			}
			if l.has(i-1, j) {
				from := &f[l.at(i-1, j)]
				for _, s := range stepsX {
					v[s.to] = max(v[s.to], from[s.from]+l.nullX[m][s.place][i-1])
				}
			}
			if l.has(i, j-1) {
				from := &f[cell-1]
				for _, s := range stepsY {
					v[s.to] = max(v[s.to], from[s.from]+l.nullY[m][s.place][j-1])
				}
			}
			for live := l.live[cell]; live != 0; live &= live - 1 {
				k := trailingBit(live)
				from := &f[l.at(i-1-k/maxGroup, j-1-k%maxGroup)]
				v[stBead] = max(v[stBead], from.entry()+float64(l.scores[cell*groupPairs+k])+l.kind[m][k])
			}
			f[cell] = v
		}
	}
	return f
}
