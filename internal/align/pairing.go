package align

import (
	"math"

	"sverka/internal/lexicon"
)

// fixed is the evidence between two sides that does not change from pass to
// pass.
type fixed struct {
	x, y           *side
	hold           *pairHold             // nil: nothing is fixed
	work           *meter                // nil: nobody asks
	memory         *memory               // nil: none, or it has nothing to say
	channels       [numChannels]*channel // nil where a channel has nothing to say
	aloneX, aloneY []float32             // numbers that the other side has nowhere, in the segments before a boundary
}

func newFixed(x, y *side, lex *lexicon.Lexicon) *fixed {
	f := &fixed{x: x, y: y}
	f.channels[chNumber] = newChannel(x.numbers, y.numbers, equalLinks(x.numbers, y.numbers))
	if x.lang == y.lang {
		tx, ty := x.terms(), y.terms()
		f.channels[chWord] = newChannel(tx, ty, equalLinks(tx, ty))
	} else {
		f.channels[chLexicon] = lexiconChannel(x, y, lex)
		f.channels[chSound] = newChannel(x.names, y.names, soundLinks(x.names, y.names))
	}
	f.aloneX, f.aloneY = lacking(x.numbers, y.numbers), lacking(y.numbers, x.numbers)
	return f
}

// spanned is what the length of a group says: its log, and its share in the
// size of a bead.
type spanned struct{ log, size float32 }

// pairing is what the model knows about two sides within a corridor.
type pairing struct {
	x, y    *side
	hold    *pairHold
	laidOut bool                // headings, speakers or blocks tell something
	ratio   float64             // length of x for one of y
	noise   float64             // how much of the document seems to have no counterpart, less the usual
	tilt    float64             // log of how much longer the segments of x are than those of y
	spanX   [maxGroup][]spanned // for the groups of 1, 2, … segments that end before a boundary
	spanY   [maxGroup][]spanned
	grid    *grid
	alike   *likeness // nil without vectors

	aloneX, aloneY []float32
	// What two segments find in each other, by cell of the grid: by all
	// channels together; by all weighed, when only scores are asked for; by
	// each, when features are.
	plain, mixed *sheet
	found        [numChannels]*sheet
	// What each segment could find at best: of x and y, by channel.
	want [2][numChannels][]float32
	// The same of all channels, summed up to each boundary, and what missing
	// it costs.
	allX, allY, missX, missY []float32
}

// lay makes the pairing within a band, to score with w, or to tell features
// when w is nil.
func (f *fixed) lay(o *outlook, w *vec) *pairing {
	p := &pairing{x: f.x, y: f.y, hold: f.hold, grid: newGrid(o.band, maxGroup), aloneX: f.aloneX, aloneY: f.aloneY}
	p.laidOut = p.x.headed && p.y.headed || p.x.multi || p.y.multi || p.x.labelled || p.y.labelled
	p.alike = o.alike.within(p.grid)
	n, m := p.x.n, p.y.n
	p.plain = newSheet(p.grid)
	p.allX, p.allY = make([]float32, n+1), make([]float32, m+1)
	if w != nil {
		p.mixed = newSheet(p.grid)
		p.missX, p.missY = make([]float32, n+1), make([]float32, m+1)
	}
	for c, ch := range f.channels {
		p.gather(c, ch, w)
	}
	p.see(o)
	return p
}

// see takes from an outlook what it says of the document.
func (p *pairing) see(o *outlook) {
	p.ratio, p.noise = o.ratio, o.noise
	for g := range maxGroup {
		p.spanX[g], p.spanY[g] = p.x.spans(g+1, 1), p.y.spans(g+1, p.ratio)
	}
	lx, ly := p.x.span(0, p.x.n), p.y.span(0, p.y.n)
	if lx > 0 && ly > 0 {
		p.tilt = max(-1, min(1, math.Log(lx/float64(p.x.n)/(ly/float64(p.y.n))/p.ratio)))
	}
}

// gather gathers the evidence of channel c, which may be nil.
func (p *pairing) gather(c int, ch *channel, w *vec) {
	if ch == nil {
		return
	}
	shares := []share{{p.plain, 1}}
	miss := float32(0)
	if w != nil {
		found := float32(w[fFound+2*feature(c)] / 2)
		miss = float32(w[fFound+2*feature(c)+1] / 2)
		shares = append(shares, share{p.mixed, found - miss})
	} else {
		p.found[c] = newSheet(p.grid)
		shares = append(shares, share{p.found[c], 1})
	}
	all, missed := [2][]float32{p.allX, p.allY}, [2][]float32{p.missX, p.missY}
	for side, n := range [2]int{p.x.n, p.y.n} {
		want := make([]float32, n)
		ch.gather(p.grid, side == 1, want, shares)
		p.want[side][c] = want
		sum := float32(0)
		for k, x := range want {
			sum += x
			all[side][k+1] += sum
			if w != nil {
				missed[side][k+1] += miss * sum
			}
		}
	}
}

// lengthMargin keeps the ratio of very short texts from saying much.
const lengthMargin = 8

func (s *side) spans(group int, scale float64) []spanned {
	out := make([]spanned, s.n+1)
	for i := group; i <= s.n; i++ {
		l := s.span(i-group, i) * scale
		out[i] = spanned{float32(math.Log(l + lengthMargin)), float32(math.Log2(1+l/50) / 2)}
	}
	return out
}

// view is what the groups that end at a cell have in common, by their sizes.
type view struct {
	i, j               int
	a, b               int // sizes looked at
	plain, mixed, dots [maxGroup][maxGroup]float32
}

// look sums up the evidence of all groups of up to a and b segments that end
// at (i,j).
func (p *pairing) look(c *view, i, j, a, b int) {
	c.i, c.j, c.a, c.b = i, j, a, b
	p.grid.sheetGroups(p.plain, i, j, a, b, &c.plain)
	if p.mixed != nil {
		p.grid.sheetGroups(p.mixed, i, j, a, b, &c.mixed)
	}
	if p.alike != nil {
		p.grid.groups(p.alike.dots, i, j, a, b, &c.dots)
	}
}

// groups sums up the values of a grid over all groups that end at (i,j).
func (g *grid) groups(of []float32, i, j, a, b int, out *[maxGroup][maxGroup]float32) {
	for k := range a {
		row := i - 1 - k
		lo := int(g.lo[row])
		base := g.off[row] - lo
		sum := float32(0)
		for l := range b {
			if col := j - 1 - l; col >= lo && col < int(g.hi[row]) {
				sum += of[base+col]
			}
			out[k][l] = sum
			if k > 0 {
				out[k][l] += out[k-1][l]
			}
		}
	}
}

// sheetGroups is groups for a sheet, what was found twice counted once.
func (g *grid) sheetGroups(of *sheet, i, j, a, b int, out *[maxGroup][maxGroup]float32) {
	for k := range a {
		row := i - 1 - k
		lo, hi := int(g.lo[row]), int(g.hi[row])
		base := g.off[row] - lo
		sum := float32(0)
		for l := range b {
			col := j - 1 - l
			if col >= lo && col < hi {
				sum += of.sum[base+col]
				if l > 0 && col+1 < hi {
					sum -= of.overX[base+col+1]
				}
			}
			out[k][l] = sum
		}
		if k == 0 {
			continue
		}
		above := row + 1
		lo, hi, base = int(g.lo[above]), int(g.hi[above]), g.off[above]-int(g.lo[above])
		twice := float32(0)
		for l := range b {
			if col := j - 1 - l; col >= lo && col < hi {
				twice += of.overY[base+col]
			}
			out[k][l] += out[k-1][l] - twice
		}
	}
}

// row sums up a row's values in the b columns before j.
func (g *grid) row(of []float32, row, j, b int) float32 {
	if row < 0 || row >= len(g.lo) {
		return 0
	}
	sum := float32(0)
	base := g.off[row] - int(g.lo[row])
	for col := max(j-b, int(g.lo[row])); col < min(j, int(g.hi[row])); col++ {
		sum += of[base+col]
	}
	return sum
}

// column sums up a column's values in the a rows before i.
func (g *grid) column(of []float32, col, i, a int) float32 {
	sum := float32(0)
	c := int32(col)
	for row := max(0, i-a); row < i; row++ {
		if lo := g.lo[row]; c >= lo && c < g.hi[row] {
			sum += of[g.off[row]+int(c-lo)]
		}
	}
	return sum
}

// outside is what the groups that end at (i,j) find in the segments just
// outside.
func (p *pairing) outside(of []float32, i, j, a, b int) float32 {
	g := p.grid
	return g.row(of, i, j, b) + g.row(of, i-a-1, j, b) + g.column(of, j, i, a) + g.column(of, j-b-1, i, a)
}

// weakest is the least that a member of either group finds.
func (p *pairing) weakest(of []float32, i, j, a, b int) float32 {
	w := float32(math.Inf(1))
	if a > 1 {
		for row := i - a; row < i; row++ {
			w = min(w, p.grid.row(of, row, j, b))
		}
	}
	if b > 1 {
		for col := j - b; col < j; col++ {
			w = min(w, p.grid.column(of, col, i, a))
		}
	}
	return w
}

// score is the dot product of w, the weights that the pairing was laid with,
// and the features of a bead.
func (p *pairing) score(c *view, a, b int, w, v *vec) float64 {
	p.plainFeatures(c, a, b, v)
	i, j := c.i, c.j
	return dotBead(w, v) + float64(c.mixed[a-1][b-1]+p.missX[i]-p.missX[i-a]+p.missY[j]-p.missY[j-b])
}

// bead sets v to the features of a bead, when the pairing tells features.
func (p *pairing) bead(c *view, a, b int, v *vec) {
	p.plainFeatures(c, a, b, v)
	for ch, of := range p.found {
		if of == nil {
			continue
		}
		var groups [maxGroup][maxGroup]float32
		p.grid.sheetGroups(of, c.i, c.j, a, b, &groups)
		found, want := float64(groups[a-1][b-1]), 0.0
		for row := c.i - a; row < c.i; row++ {
			want += float64(p.want[0][ch][row])
		}
		for col := c.j - b; col < c.j; col++ {
			want += float64(p.want[1][ch][col])
		}
		v[fFound+2*feature(ch)], v[fFound+2*feature(ch)+1] = found/2, (want-found)/2
	}
}
