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
	nullX  [numModes][numNullPlaces][]float64
	nullY  [numModes][numNullPlaces][]float64
	bias   [numModes]float64
}

const groupPairs = maxGroup * maxGroup

var never = math.Inf(-1)

// rowsAtATime is how many rows of a lattice one worker scores.
const rowsAtATime = 64

// newLattice scores every bead of up to group segments a side within a band.
func newLattice(ctx context.Context, p *pairing, b *band, w *vec, group int) (*lattice, error) {
	l := &lattice{band: b, group: group, scores: make([]float32, b.cells()*groupPairs)}
	var v vec
	l.bias[free] = w[fModeFree]
	for m := range numModes {
		for place := range numNullPlaces {
			l.nullX[m][place] = make([]float64, b.n)
			l.nullY[m][place] = make([]float64, b.m)
			for k := range b.n {
				p.null(m, 0, k, place, &v)
				l.nullX[m][place][k] = dot(w, &v)
			}
			for k := range b.m {
				p.null(m, 1, k, place, &v)
				l.nullY[m][place][k] = dot(w, &v)
			}
		}
	}
	for k := range l.scores {
		l.scores[k] = float32(never)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for from := 1; from <= b.n; from += rowsAtATime {
		g.Go(func() error {
			var v vec
			for i := from; i < from+rowsAtATime && i <= b.n; i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				for j := int(b.lo[i]); j <= int(b.hi[i]); j++ {
					l.scoreCell(p, w, i, j, &v)
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

func dot(w, v *vec) float64 {
	sum := 0.0
	for k := range w {
		sum += w[k] * v[k]
	}
	return sum
}

// dotBead is dot for a bead, which has no feature of a null.
func dotBead(w, v *vec) float64 {
	sum := 0.0
	for k := range w[:fNull] {
		sum += w[k] * v[k]
	}
	return sum
}

func (l *lattice) scoreCell(p *pairing, w *vec, i, j int, v *vec) {
	cell := l.at(i, j) * groupPairs
	for a := 1; a <= min(l.group, i); a++ {
		for b := 1; b <= min(l.group, j); b++ {
			if !l.has(i-a, j-b) || a+b > 2 && p.outOfScale(i, j, a, b) {
				continue
			}
			at := cell + (a-1)*maxGroup + b - 1
			if p.mixed != nil {
				l.scores[at] = float32(p.score(i, j, a, b, w, v))
				continue
			}
			p.bead(i, j, a, b, v)
			l.scores[at] = float32(dotBead(w, v))
		}
	}
}

// outOfScale says that the lengths of a group are too far apart to try it.
func (p *pairing) outOfScale(i, j, a, b int) bool {
	const most = 1.1 // in the log
	return math.Abs(p.spanX[a-1][i].log-p.spanY[b-1][j].log) > most
}

// score is that of the bead of a and b segments that ends at (i,j).
func (l *lattice) score(i, j, a, b int) float64 {
	return float64(l.scores[l.at(i, j)*groupPairs+(a-1)*maxGroup+b-1])
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

// beadFrom are the states that a bead may follow.
var beadFrom = [...]state{stBead, stHeadX, stHeadY, stNullX, stNullY}

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

// semiring says how the values of two paths to one state are joined: the
// better of them (Viterbi), or the log of the sum of their exponentials.
type semiring func(a, b float64) float64

func better(a, b float64) float64 { return max(a, b) }

func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if b == never || a-b > 36 {
		return a
	}
	x := (a - b) * softSteps
	k := int(x)
	return a + softTable[k] + (softTable[k+1]-softTable[k])*(x-float64(k))
}

// softTable holds log(1+exp(-x)) for x in steps of 1/softSteps; between them
// it is read linearly, which is right to 1e-5.
const softSteps = 128

var softTable = func() (t [36*softSteps + 2]float64) {
	for k := range t {
		t[k] = math.Log1p(math.Exp(-float64(k) / softSteps))
	}
	return t
}()

// forward gives the value of reaching each cell in each state.
func (l *lattice) forward(m mode, plus semiring) []values {
	f := make([]values, l.cells())
	enter := make([]float64, l.cells()) // of the states that a bead may follow
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
					v[s.to] = plus(v[s.to], from[s.from]+l.nullX[m][s.place][i-1])
				}
			}
			if l.has(i, j-1) {
				from := &f[cell-1]
				for _, s := range stepsY {
					v[s.to] = plus(v[s.to], from[s.from]+l.nullY[m][s.place][j-1])
				}
			}
			v[stBead] = l.beadsInto(i, j, enter, plus)
			f[cell] = v
			enter[cell] = never
			for _, s := range beadFrom {
				enter[cell] = plus(enter[cell], v[s])
			}
		}
	}
	return f
}

// beadsInto joins the values of all beads that end at (i,j).
func (l *lattice) beadsInto(i, j int, enter []float64, plus semiring) float64 {
	sum := never
	at := l.at(i, j) * groupPairs
	for a := 1; a <= min(l.group, i); a++ {
		for b := 1; b <= min(l.group, j); b++ {
			if s := float64(l.scores[at+(a-1)*maxGroup+b-1]); s != never {
				sum = plus(sum, enter[l.at(i-a, j-b)]+s)
			}
		}
	}
	return sum
}

// backward gives the value of going on to the end from each cell and state.
func (l *lattice) backward(m mode, plus semiring) []values {
	g := make([]values, l.cells())
	for i := l.n; i >= 0; i-- {
		for j := int(l.hi[i]); j >= int(l.lo[i]); j-- {
			v := noValues
			if i == l.n && j == l.m {
				for _, s := range mayEnd {
					v[s] = 0
				}
			}
			if l.has(i+1, j) {
				to := &g[l.at(i+1, j)]
				for _, s := range stepsX {
					v[s.from] = plus(v[s.from], to[s.to]+l.nullX[m][s.place][i])
				}
			}
			if l.has(i, j+1) {
				to := &g[l.at(i, j+1)]
				for _, s := range stepsY {
					v[s.from] = plus(v[s.from], to[s.to]+l.nullY[m][s.place][j])
				}
			}
			out := never
			for a := 1; a <= min(l.group, l.n-i); a++ {
				for b := 1; b <= min(l.group, l.m-j); b++ {
					if !l.has(i+a, j+b) {
						continue
					}
					if s := l.score(i+a, j+b, a, b); s != never {
						out = plus(out, g[l.at(i+a, j+b)][stBead]+s)
					}
				}
			}
			for _, s := range beadFrom {
				v[s] = plus(v[s], out)
			}
			g[l.at(i, j)] = v
		}
	}
	return g
}

// total joins the values of all paths.
func (l *lattice) total(f []values, plus semiring) float64 {
	sum := never
	for _, s := range mayEnd {
		sum = plus(sum, f[len(f)-1][s])
	}
	return sum
}
