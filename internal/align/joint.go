package align

import (
	"cmp"
	"context"
	"slices"
)

// Three versions and more are aligned together: a joint bead is worth the sum
// of what each pair of its sides is worth to the pair's own model, and the
// best chain of joint beads is found by dynamic programming over the tuples of
// boundaries that every pair finds possible. So what two pairs say decides the
// third, and the projections to pairs agree by construction. The tuples kept
// for each number of segments consumed are bounded, which makes the search
// linear in the texts.

const (
	maxJoint   = 4   // versions; more are joined through the best connected one
	jointSlack = 10  // nats by which a pair's path may fall short at a boundary
	jointReach = 2   // segments about the boundaries that pairs find possible
	beamWidth  = 400 // tuples kept for each number of segments consumed
	// outOfReach is what a segment counts, in nats, in a bead that a pair finds
	// impossible, where only such beads leave what is fixed as it is.
	outOfReach = -30.0
)

// tuple is a boundary in each version.
type tuple [maxJoint]int32

// jointState is the best way to a tuple.
type jointState struct {
	at    tuple
	score float64
	from  int32 // the state before, -1 at the beginning
}

// joint is the search over N versions.
type joint struct {
	n      int
	length [maxJoint]int32
	pairs  []*verdict
	hold   *holds // nil: nothing is fixed
	open   bool   // what pairs find impossible is dear, not closed
	states []jointState
	layers [][]int32 // states by the number of segments consumed
	index  []map[tuple]int32
}

// alignJoint finds the best chain of joint beads; nil where the pairs leave no
// way through, which cannot be when open.
func alignJoint(ctx context.Context, sides []*side, pairs []*verdict, h *holds, open bool) ([]tuple, error) {
	j := &joint{n: len(sides), pairs: pairs, hold: h, open: open}
	total := 0
	for k, s := range sides {
		j.length[k] = int32(s.n)
		total += s.n
	}
	j.layers = make([][]int32, total+1)
	j.index = make([]map[tuple]int32, total+1)
	j.put(0, tuple{}, 0, -1)
	for sum := range total {
		if sum%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		layer := j.layers[sum]
		if len(layer) > beamWidth {
			slices.SortFunc(layer, func(a, b int32) int {
				return cmp.Or(cmp.Compare(j.states[b].score, j.states[a].score), cmp.Compare(a, b))
			})
			layer = layer[:beamWidth]
		}
		for _, id := range layer {
			j.expand(sum, id)
		}
		j.layers[sum], j.index[sum] = nil, nil
	}
	if len(j.layers[total]) == 0 {
		return nil, nil
	}
	var path []tuple
	for id := j.layers[total][0]; id >= 0; id = j.states[id].from {
		path = append(path, j.states[id].at)
	}
	slices.Reverse(path)
	return path, nil
}

// put notes a way to a tuple that consumes sum segments.
func (j *joint) put(sum int, at tuple, score float64, from int32) {
	if j.index[sum] == nil {
		j.index[sum] = map[tuple]int32{}
	}
	if id, ok := j.index[sum][at]; ok {
		if s := &j.states[id]; score > s.score {
			s.score, s.from = score, from
		}
		return
	}
	id := int32(len(j.states))
	j.states = append(j.states, jointState{at, score, from})
	j.index[sum][at] = id
	j.layers[sum] = append(j.layers[sum], id)
}

// expand tries every joint bead that may follow a state.
func (j *joint) expand(sum int, id int32) {
	var sizes tuple
	j.choose(sum, id, 0, 0, sizes, j.states[id].score, 0)
}

// choose sets the size of side k and of those after it; score holds what the
// pairs of the sides before are worth, none what those are of which one is
// empty. That a version leaves something out is one event: each version that
// has it tells of it, and the mean of what they say counts, not the sum.
func (j *joint) choose(sum int, id int32, k, filled int, sizes tuple, score, none float64) {
	at := j.states[id].at
	if k == j.n {
		if filled == 0 || filled == 1 && consumed(sizes) > 1 || !j.hold.allows(&at, &sizes, j.n) {
			return
		}
		for v := range j.n {
			at[v] += sizes[v]
		}
		score += none / float64(max(1, filled))
		if j.hold.passes(&at) && (j.open || j.possible(&at)) {
			j.put(sum+consumed(sizes), at, score, id)
		}
		return
	}
	for size := int32(0); size <= min(maxGroup, j.length[k]-at[k]); size++ {
		sizes[k] = size
		s, alone := score, none
		for u := 0; u < k && s != never; u++ {
			if w := j.worth(u, k, &at, sizes[u], size); size == 0 || sizes[u] == 0 {
				alone += w
			} else {
				s += w
			}
		}
		if s == never {
			continue
		}
		more := filled
		if size > 0 {
			more++
		}
		j.choose(sum, id, k+1, more, sizes, s, alone)
	}
}

// worth is what the groups of a segments of version u and b of version v after
// their boundaries count in one bead.
func (j *joint) worth(u, v int, at *tuple, a, b int32) float64 {
	s := j.pair(u, v).value(at[u], at[v], a, b)
	if s == never && j.open {
		return outOfReach * float64(a+b)
	}
	return s
}

func consumed(sizes tuple) int {
	n := int32(0)
	for _, s := range sizes {
		n += s
	}
	return int(n)
}

// pair is that of sides u and v, u < v.
func (j *joint) pair(u, v int) *verdict { return j.pairs[pairIndex(u, v, j.n)] }

func pairIndex(u, v, n int) int { return u*(2*n-u-1)/2 + v - u - 1 }

// possible says that every pair finds its boundary within its corridor.
func (j *joint) possible(at *tuple) bool {
	for u := range j.n {
		for v := u + 1; v < j.n; v++ {
			if !j.pair(u, v).near.has(int(at[u]), int(at[v])) {
				return false
			}
		}
	}
	return true
}
