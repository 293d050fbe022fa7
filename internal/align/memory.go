package align

import (
	"cmp"
	"math"
	"slices"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

// A memory of earlier translations says two things of a pair of versions:
// which groups of segments were renderings of each other before, word for
// word, and which words its units teach to render each other. It may be of
// other texts, out of date or wrong. So both are held against what the first
// pass makes of the document by itself, and count for as much as they agree
// with it where it can tell: a memory has to earn its trust.

const (
	// What it is worth, in nats, that a bead stands in a memory that is right
	// throughout; and the share of known beads that the first pass must find
	// too for the memory to count at all.
	knownWorth = 8.0
	leastTrust = 0.6
	// The known beads that a memory is given credit for beforehand: those taken
	// for right, of all.
	creditRight, creditAll = 5.0, 6.0
	// mostPlaces bounds the places where the two texts of one unit may stand
	// against each other: what stands everywhere says nothing.
	mostPlaces = 24
	// What words of a memory say of joined segments must be so much more than
	// what they say of segments that have nothing to do with each other.
	leastSupport = 1.2
	leastSigmas  = 1.4
)

// memory is what a memory knows about two sides.
type memory struct {
	beads []pair // known before; without score
	words *taught
}

// hashedText is an FNV-1a hash going on from h, of folded text without its
// spaces, so that the hash of a group is that of its segments in turn.
func hashedText(h uint64, folded string) uint64 {
	for i := range len(folded) {
		if folded[i] != ' ' {
			h = (h ^ uint64(folded[i])) * 1099511628211
		}
	}
	return h
}

const emptyHash = uint64(14695981039346656037)

// newMemory finds what units say of two sides; nil where that is nothing.
func newMemory(units []bitext.Unit, x, y *side, lex *lexicon.Lexicon) *memory {
	type texts struct{ x, y uint64 }
	seen := map[texts]bool{}
	var known []texts
	vx, vy := bitext.Version{Lang: x.lang}, bitext.Version{Lang: y.lang}
	for k := range units {
		of := units[k].Variants
		for a := range of {
			for b := range of {
				if a == b || of[a].Lang != x.lang || of[b].Lang != y.lang {
					continue
				}
				t := texts{hashedText(emptyHash, text.Fold(of[a].Text)), hashedText(emptyHash, text.Fold(of[b].Text))}
				if seen[t] {
					continue
				}
				seen[t] = true
				known = append(known, t)
				vx.Segments = append(vx.Segments, bitext.Segment{Text: of[a].Text})
				vy.Segments = append(vy.Segments, bitext.Segment{Text: of[b].Text})
			}
		}
	}
	if len(known) == 0 {
		return nil
	}
	m := &memory{}
	wantX, wantY := map[uint64][]pair{}, map[uint64][]pair{}
	for _, t := range known {
		wantX[t.x], wantY[t.y] = nil, nil
	}
	x.places(wantX)
	y.places(wantY)
	for _, t := range known {
		inX, inY := wantX[t.x], wantY[t.y]
		if len(inX)*len(inY) > mostPlaces {
			continue
		}
		for _, p := range inX {
			for _, q := range inY {
				m.beads = append(m.beads, pair{i: p.i, a: p.a, j: q.i, b: q.a})
			}
		}
	}
	if x.lang != y.lang {
		m.words = newTaught(x.keys, y.keys, newSide(&vx, nil, lex).keys, newSide(&vy, nil, lex).keys)
	}
	return m
}

// places adds to the hashes of texts where they stand: a segments before
// boundary i.
func (s *side) places(want map[uint64][]pair) {
	folded := make([]string, s.n)
	for i := range folded {
		folded[i] = text.Fold(s.segs[i].item.Text)
	}
	for from := range folded {
		h := emptyHash
		for a := 1; a <= maxGroup && from+a <= s.n; a++ {
			h = hashedText(h, folded[from+a-1])
			if at, ok := want[h]; ok && len(at) <= mostPlaces {
				want[h] = append(at, pair{i: from + a, a: a})
			}
		}
	}
}

// worth is what a known bead is worth by what the first pass says of the known
// beads: of those for one group of x the likeliest counts.
func (m *memory) worth(post *posterior) float64 {
	type group struct{ i, a int }
	best := map[group]float64{}
	for _, b := range m.beads {
		q := 0.0
		if l := post.l; l.has(b.i, b.j) && l.has(b.i-b.a, b.j-b.b) {
			q = post.bead(b.i, b.j, b.a, b.b)
		}
		at := group{b.i, b.a}
		best[at] = max(best[at], q)
	}
	right := creditRight
	for _, q := range best {
		right += q
	}
	trust := right / (creditAll + float64(len(best)))
	if trust < leastTrust {
		return 0
	}
	return knownWorth * (2*trust - 1)
}

// tell notes the known beads in an outlook after the first pass.
func (m *memory) tell(o *outlook, post *posterior) {
	if m == nil || len(m.beads) == 0 {
		return
	}
	if o.worth = float32(m.worth(post)); o.worth == 0 {
		return
	}
	o.known = make([]uint16, o.band.cells())
	for _, b := range m.beads {
		if !o.band.has(b.i, b.j) || !o.band.has(b.i-b.a, b.j-b.b) {
			continue
		}
		from, to := o.band.at(b.i-b.a, b.j-b.b), o.band.at(b.i, b.j)
		o.known[to] |= 1 << ((b.a-1)*maxGroup + b.b - 1)
		if o.open != nil {
			o.open[from], o.open[to] = true, true
		}
	}
}

// knows says that a memory holds the bead of a and b segments that ends at a
// cell.
func (o *outlook) knows(cell, a, b int) bool {
	return o.known != nil && o.known[cell]>>((a-1)*maxGroup+b-1)&1 != 0
}

// taught are the pairs of texts of a memory by the units of the two sides that
// they hold.
type taught struct {
	pairs      int
	mine       []int32 // for each unit of x its number in memX, or -1
	memX       *units
	offY, rows []int32 // for each pair the units of y in its text
	dfX, dfY   []int32 // pairs that hold a unit
}

func newTaught(x, y, memX, memY *units) *taught {
	t := &taught{pairs: memX.segments(), memX: memX, mine: make([]int32, len(x.keys)),
		offY: make([]int32, 1, memX.segments()+1), dfX: make([]int32, len(x.keys)), dfY: make([]int32, len(y.keys))}
	byKey := memX.byKey()
	for u, key := range x.keys {
		at, ok := byKey[key]
		if !ok {
			t.mine[u] = -1
			continue
		}
		t.mine[u], t.dfX[u] = at, int32(memX.df(at))
	}
	return t.fill(y, memY)
}

// byKey gives the units by their keys.
func (u *units) byKey() map[uint64]int32 {
	out := make(map[uint64]int32, len(u.keys))
	for id, key := range u.keys {
		out[key] = int32(id)
	}
	return out
}

// fill notes the texts of y.
func (t *taught) fill(y, memY *units) *taught {
	byKey := y.byKey()
	for p := range t.pairs {
		for _, u := range memY.of(p) {
			if at, ok := byKey[memY.keys[u]]; ok {
				t.rows = append(t.rows, at)
				t.dfY[at]++
			}
		}
		t.offY = append(t.offY, int32(len(t.rows)))
	}
	return t
}

// of are the pairs that hold a unit of x.
func (t *taught) of(u int) []int32 {
	if t == nil || t.mine[u] < 0 {
		return nil
	}
	return t.memX.at(t.mine[u])
}

// fits says that what the words of a memory alone teach agrees with segments
// that the first pass has joined, better than with others: with segments of
// nearly as many words, since long segments find more in any. The sum of the
// differences is to be far above what it would come to by chance, were they as
// often below 0 as above.
func (t *taught) fits(x, y *units, joined [][2]int32) bool {
	if t == nil || t.pairs == 0 || len(joined) == 0 {
		return false
	}
	c := learn(x, y, nil, t)
	if c == nil {
		return false
	}
	bySize := make([]int32, 0, len(joined))
	for _, p := range joined {
		bySize = append(bySize, p[1])
	}
	slices.SortFunc(bySize, func(a, b int32) int {
		return cmp.Or(cmp.Compare(len(y.of(int(a))), len(y.of(int(b)))), cmp.Compare(a, b))
	})
	bySize = slices.Compact(bySize)
	place := make(map[int32]int, len(bySize))
	for k, j := range bySize {
		place[j] = k
	}
	right, other, squares := 0.0, 0.0, 0.0
	step := 1 + len(joined)/mostSupport
	for k := 0; k < len(joined); k += step {
		i, j := joined[k][0], joined[k][1]
		// The one before in the order of sizes, and behind the first the next.
		near := bySize[max(place[j]-1, min(1-place[j], len(bySize)-1))]
		is, not := c.support(i, j), c.support(i, near)
		right, other = right+is, other+not
		squares += (is - not) * (is - not)
	}
	return right > leastSupport*other && right-other > leastSigmas*math.Sqrt(squares)
}

// mostSupport is how many joined segments a memory's words are held against.
const mostSupport = 400

// support is what segment i of x finds in segment j of y.
func (c *channel) support(i, j int32) float64 {
	sum := 0.0
	in := c.y.of(int(j))
	for _, u := range c.x.of(int(i)) {
		best := float32(0)
		for _, a := range c.fromX.of(u) {
			for _, w := range in {
				if w == a.to {
					best = max(best, a.val)
				}
			}
		}
		sum += float64(best)
	}
	return math.Min(sum, 20)
}
