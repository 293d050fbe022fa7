package align

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// A channel is one kind of evidence that lies in units: shared numbers, names
// that sound alike, words that the lexicon knows to render each other, words
// learnt to do so. It says of a unit of one side which units of the other
// answer it.
type channel struct {
	x, y         *units
	fromX, fromY arcs
}

// arcs lead from each unit to those that answer it, the most telling first.
type arcs struct {
	off []int32
	all []arc
}

// arc leads to unit to; val says how much the answer is worth, in nats.
type arc struct {
	to  int32
	val float32
}

func (a *arcs) of(unit int32) []arc { return a.all[a.off[unit]:a.off[unit+1]] }

// link joins unit x of one side with unit y of the other.
type link struct {
	x, y int32
	val  float32
}

// equalLinks pairs the units that both sides have.
func equalLinks(x, y *units) []link {
	var links []link
	for id, key := range x.keys {
		if other := y.find(key); other >= 0 {
			links = append(links, link{int32(id), other, 1})
		}
	}
	return links
}

// rarityBase is the number of segments among which a chance meeting is
// reckoned: what lies further off is not in question.
const rarityBase = 150

// rarity is the surprise, in nats, of meeting a unit that stands in dx of nx
// segments and in dy of ny.
func rarity(dx, nx, dy, ny int) float64 {
	f := max(float64(dx)/float64(nx), float64(dy)/float64(ny))
	f = max(f, 1/float64(rarityBase))
	return -math.Log(min(1, f))
}

// leastRarity is what an answer must be worth to count.
const leastRarity = 0.4

// newChannel weighs links, which are in order, by the rarity of their units;
// common ones go.
func newChannel(x, y *units, links []link) *channel {
	if len(links) == 0 {
		return nil
	}
	kept := links[:0]
	for _, l := range links {
		l.val *= float32(rarity(x.df(l.x), x.segments(), y.df(l.y), y.segments()))
		if l.val >= leastRarity {
			kept = append(kept, l)
		}
	}
	return channelOf(x, y, kept)
}

// channelOf makes a channel whose answers are worth alike in both directions.
func channelOf(x, y *units, links []link) *channel {
	c := &channel{x: x, y: y}
	c.fromX = layArcs(len(x.keys), links, func(l *link) (int32, int32) { return l.x, l.y })
	c.fromY = layArcs(len(y.keys), links, func(l *link) (int32, int32) { return l.y, l.x })
	return c
}

func layArcs(n int, links []link, ends func(*link) (from, to int32)) arcs {
	a := arcs{off: make([]int32, n+1), all: make([]arc, len(links))}
	for k := range links {
		from, _ := ends(&links[k])
		a.off[from+1]++
	}
	for k := range n {
		a.off[k+1] += a.off[k]
	}
	next := append(counts.take(0), a.off[:n]...)
	defer counts.give(next)
	for k := range links {
		from, to := ends(&links[k])
		a.all[next[from]] = arc{to, links[k].val}
		next[from]++
	}
	return a
}

// gathering is the room for gathering evidence: what the unit at hand is
// answered by each segment of the other side, and a bit for each segment that
// answers it at all, with a bit for each 64 of these. All is 0 between units.
type gathering struct {
	best  []float32
	hit   []uint64
	stack []uint64
}

var gatherings = sync.Pool{New: func() any { return new(gathering) }}

// A sheet is evidence over a grid: what two segments find in each other, and
// how much of that is found twice, by one segment in two that stand side by
// side: of y in the cell of the latter (overX), of x likewise (overY).
type sheet struct{ sum, overX, overY []float32 }

func newSheet(g *grid) *sheet {
	n := g.cells()
	all := make([]float32, 3*n)
	return &sheet{all[:n:n], all[n : 2*n : 2*n], all[2*n:]}
}

// share is a part of the evidence of a channel that is added to a sheet.
type share struct {
	to    *sheet
	scale float32
}

// gather adds to the shares what the units of each segment of x are answered
// by the segments of y that a grid reaches, and to want what each could find
// at best; turned changes x and y over.
func (c *channel) gather(g *grid, turned bool, want []float32, shares []share) {
	from, to, paths := c.x, c.y, &c.fromX
	lo, hi := g.lo, g.hi
	if turned {
		from, to, paths, lo, hi = c.y, c.x, &c.fromY, g.colLo, g.colHi
	}
	room := gatherings.Get().(*gathering)
	defer gatherings.Put(room)
	room.fit(to.segments())
	for u := range from.keys {
		arcs := paths.of(int32(u))
		if len(arcs) == 0 {
			continue
		}
		at := from.at(int32(u))
		room.meet(to, arcs, lo[at[0]], hi[at[len(at)-1]])
		for _, i := range at {
			want[i] += room.note(g, turned, int(i), lo[i], hi[i], shares)
		}
		room.forget()
	}
}

// fit makes room for the segments of the other side.
func (r *gathering) fit(segments int) {
	if len(r.best) < segments {
		r.best = make([]float32, segments)
		r.hit = make([]uint64, (segments+63)/64)
		r.stack = make([]uint64, (len(r.hit)+63)/64)
	}
}

// longPosting is from how many segments on the first that counts is looked for
// by halving.
const longPosting = 24

// meet finds the segments from lo to hi that answer a unit by its arcs.
func (r *gathering) meet(to *units, arcs []arc, lo, hi int32) {
	best, hit, stack := r.best, r.hit, r.stack
	for k := range arcs {
		val, posts := arcs[k].val, to.at(arcs[k].to)
		from := 0
		if len(posts) > longPosting {
			from, _ = slices.BinarySearch(posts, lo)
		}
		for _, j := range posts[from:] {
			if j >= hi {
				break
			}
			best[j] = max(best[j], val)
			hit[j>>6] |= 1 << (j & 63)
			stack[j>>12] |= 1 << (j >> 6 & 63)
		}
	}
}

// forget brings all to 0 again.
func (r *gathering) forget() {
	for s, words := range r.stack {
		for ; words != 0; words &= words - 1 {
			w := s<<6 + bits.TrailingZeros64(words)
			for b := r.hit[w]; b != 0; b &= b - 1 {
				r.best[w<<6+bits.TrailingZeros64(b)] = 0
			}
			r.hit[w] = 0
		}
		r.stack[s] = 0
	}
}

// note adds what the unit finds from lo to hi, standing in segment i, to the
// shares, and gives the best.
func (r *gathering) note(g *grid, turned bool, i int, lo, hi int32, shares []share) float32 {
	most, before, last := float32(0), float32(0), int32(-2)
	for from := lo; from < hi; from = (from | 63) + 1 {
		b := r.hit[from>>6] >> (from & 63) << (from & 63)
		if end := from | 63; end >= hi {
			b &= 1<<(hi&63) - 1
		}
		for ; b != 0; b &= b - 1 {
			j := from&^63 + int32(bits.TrailingZeros64(b))
			val := r.best[j]
			most = max(most, val)
			over := float32(0)
			if last == j-1 {
				over = min(val, before)
			}
			before, last = val, j
			cell := 0
			if turned {
				cell = g.at(int(j), i)
			} else {
				cell = g.at(i, int(j))
			}
			for _, s := range shares {
				s.to.sum[cell] += s.scale * val
				if over == 0 {
					continue
				}
				if turned {
					s.to.overY[cell] += s.scale * over
				} else {
					s.to.overX[cell] += s.scale * over
				}
			}
		}
	}
	return most
}
