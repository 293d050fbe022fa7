package align

import (
	"cmp"
	"math"
	"slices"
)

// A channel is one kind of evidence that lies in units: shared numbers, shared
// words, names that sound alike, words learnt to translate each other. Each
// asks of a unit of one side which units of the other would answer it.
type channel struct {
	x, y   *vocab
	fromX  [][]arc // for each unit of x the units of y that answer it
	fromY  [][]arc
	learnt *teaching // nil: the arcs' values hold as they are
}

// arc leads to unit to; val says how much the answer is worth.
type arc struct {
	to  int32
	val float32
}

// link joins unit x of one side with unit y of the other.
type link struct {
	x, y int32
	val  float32
}

func sortedLinks(m map[[2]int32]float32) []link {
	links := make([]link, 0, len(m))
	for k, v := range m {
		links = append(links, link{k[0], k[1], v})
	}
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y))
	})
	return links
}

// equalLinks pairs the units that both sides have.
func equalLinks(x, y *vocab) []link {
	var links []link
	for id, name := range x.names {
		if other, ok := y.ids[name]; ok {
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

// newChannel weighs links by the rarity of their units; common ones go.
func newChannel(x, y *vocab, links []link) *channel {
	c := &channel{x: x, y: y, fromX: make([][]arc, len(x.names)), fromY: make([][]arc, len(y.names))}
	nx, ny := len(x.units), len(y.units)
	for _, l := range links {
		val := l.val * float32(rarity(len(x.postings[l.x]), nx, len(y.postings[l.y]), ny))
		if val < 0.4 {
			continue
		}
		c.fromX[l.x] = append(c.fromX[l.x], arc{l.y, val})
		c.fromY[l.y] = append(c.fromY[l.y], arc{l.x, val})
	}
	return c
}

// A hit says that segment at answers a unit, worth val.
type hit struct {
	at  int32
	val float32
}

// hits lists the segments of the other side within [lo,hi) that answer unit u
// of segment seg, in order, each once. from is the side asked: 0 for x.
func (c *channel) hits(from int, u int32, seg, lo, hi int, out []hit) []hit {
	out = out[:0]
	arcs, other := c.fromX, c.y
	if from == 1 {
		arcs, other = c.fromY, c.x
	}
	for _, a := range arcs[u] {
		posts := other.postings[a.to]
		if posts[len(posts)-1] < int32(lo) || posts[0] >= int32(hi) {
			continue
		}
		k := searchPosting(posts, int32(lo))
		if int(posts[k]) >= hi {
			continue
		}
		val := a.val
		if c.learnt != nil {
			val = c.learnt.value(from, u, a, posts, seg)
		}
		if val <= 0 {
			continue
		}
		for ; k < len(posts) && int(posts[k]) < hi; k++ {
			out = append(out, hit{posts[k], val})
		}
	}
	if len(arcs[u]) < 2 {
		return out
	}
	slices.SortFunc(out, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.val, a.val))
	})
	return slices.CompactFunc(out, func(a, b hit) bool { return a.at == b.at })
}

func (c *channel) unitsOf(from, seg int) []int32 {
	if from == 1 {
		return c.y.units[seg]
	}
	return c.x.units[seg]
}

func searchPosting(posts []int32, from int32) int {
	if len(posts) < 8 {
		k := 0
		for k < len(posts) && posts[k] < from {
			k++
		}
		return k
	}
	k, _ := slices.BinarySearch(posts, from)
	return k
}
