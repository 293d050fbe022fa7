package align

import "math"

// Beads beyond maxGroup. The lattice does not hold them, for their number and
// their rarity; where one passage renders five or more segments it finds a
// bead of some of them with the others left alone beside it. They are taken in
// afterwards, where that makes the sides more alike by their vectors and the
// lengths agree: a stranger beside a bead makes them less alike.

const (
	maxStretched = 8    // most segments of a side in a stretched bead
	lengthOff    = 0.4  // how far apart the lengths (in the log) may be
	cosineGain   = 0.03 // how much more alike the sides must become, on the document's scale
)

// stretch takes into beads the segments left alone beside them that make a
// group larger than the lattice holds. A stretched bead is told as half as
// likely as the bead was, so that a person looks at it.
func (st *stage) stretch(path []pair) []pair {
	if st.pairing.alike == nil {
		return path
	}
	out := path[:0:0]
	for k := 0; k < len(path); k++ {
		p := path[k]
		if p.a == 0 || p.b == 0 {
			out = append(out, p)
			continue
		}
		ahead := st.reach(p, out, path[k+1:])
		if ahead.a == 0 && ahead.b == 0 {
			out = append(out, p)
			continue
		}
		before, after := ahead.i, ahead.j
		out = out[:len(out)-before]
		p.prob /= 2
		if ahead.a > 0 {
			p.i, p.a = p.i+after, p.a+before+after
		} else {
			p.j, p.b = p.j+after, p.b+before+after
		}
		out = append(out, p)
		k += after
	}
	return out
}

// reach says how many of the nulls just before (i) and after (j) a bead it
// takes in, and of which side (a or b is 1); a and b are 0 where none.
func (st *stage) reach(p pair, before, after []pair) pair {
	_, alike := st.fit(p)
	best, found := alike+cosineGain, pair{}
	for _, side := range [2]pair{{a: 1}, {b: 1}} {
		if side.a == 1 && p.a < p.b || side.b == 1 && p.b < p.a {
			continue // the longer side grows
		}
		lone := func(n *pair) bool { return n.a == side.a && n.b == side.b }
		size := max(p.a*side.a, p.b*side.b)
		for back := 0; back == 0 || back <= len(before) && lone(&before[len(before)-back]); back++ {
			for on := 0; on == 0 || on <= len(after) && lone(&after[on-1]); on++ {
				if n := size + back + on; n <= maxGroup || back+on == 0 {
					continue
				} else if n > maxStretched {
					break
				}
				q := pair{i: p.i + on*side.a, j: p.j + on*side.b, a: p.a + (back+on)*side.a, b: p.b + (back+on)*side.b}
				if l, c := st.fit(q); l <= lengthOff && c >= best {
					best, found = c, pair{i: back, j: on, a: side.a, b: side.b}
				}
			}
			if size+back >= maxStretched {
				break
			}
		}
	}
	return found
}

// fit says how far the lengths of a bead's sides are apart, in the log, and
// how alike its sides are on the document's scale.
func (st *stage) fit(p pair) (length float64, alike float32) {
	t := st.pairing
	lx, ly := t.x.span(p.i-p.a, p.i), t.y.span(p.j-p.b, p.j)*t.ratio
	x, y := t.alike.x.sum(p.i-p.a, p.i), t.alike.y.sum(p.j-p.b, p.j)
	norm := float32(math.Sqrt(float64(dot32(x, x)) * float64(dot32(y, y))))
	if norm <= 1e-9 {
		return math.Abs(math.Log((lx + lengthMargin) / (ly + lengthMargin))), t.alike.relative(0)
	}
	return math.Abs(math.Log((lx + lengthMargin) / (ly + lengthMargin))), t.alike.relative(dot32(x, y) / norm)
}

// sum is the vector of segments from to to.
func (v *vectors) sum(from, to int) []float32 {
	out := make([]float32, v.dim)
	for i := from; i < to; i++ {
		addScaled(out, v.of(i), 1)
	}
	return out
}
