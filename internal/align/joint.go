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
	// tiling is what each border inside a group costs a pair, in nats, when a
	// third version joins what the pair alone would cut.
	tiling = 1.0
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
	pairs  []*jointPair
	states []jointState
	layers [][]int32 // states by the number of segments consumed
	index  []map[tuple]int32
}

// alignJoint finds the best chain of joint beads; nil where the pairs leave no
// way through.
func alignJoint(ctx context.Context, sides []*side, pairs []*jointPair) ([]tuple, error) {
	j := &joint{n: len(sides), pairs: pairs}
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
	j.choose(sum, id, 0, 0, sizes, j.states[id].score)
}

// choose sets the size of side k and of those after it; score holds what the
// pairs of the sides before are worth.
func (j *joint) choose(sum int, id int32, k, filled int, sizes tuple, score float64) {
	at := j.states[id].at
	if k == j.n {
		if filled == 0 || filled == 1 && consumed(sizes) > 1 {
			return
		}
		for v := range j.n {
			at[v] += sizes[v]
		}
		if j.possible(&at) {
			j.put(sum+consumed(sizes), at, score, id)
		}
		return
	}
	for size := int32(0); size <= min(maxGroup, j.length[k]-at[k]); size++ {
		sizes[k] = size
		s := score
		for u := 0; u < k && s != never; u++ {
			s += j.pair(u, k).value(at[u], at[k], sizes[u], size)
		}
		if s == never {
			continue
		}
		more := filled
		if size > 0 {
			more++
		}
		j.choose(sum, id, k+1, more, sizes, s)
	}
}

func consumed(sizes tuple) int {
	n := int32(0)
	for _, s := range sizes {
		n += s
	}
	return int(n)
}

// pair is that of sides u and v, u < v.
func (j *joint) pair(u, v int) *jointPair { return j.pairs[pairIndex(u, v, j.n)] }

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

// jointPair is what a pair of versions says of joint beads.
type jointPair struct {
	st           *stage
	near         *band // boundaries a joint path may touch
	tiled        []float32
	nullX, nullY []float64 // sums before each boundary
}

// newJointPair makes ready what st knows.
func newJointPair(st *stage) *jointPair {
	p := &jointPair{st: st, near: narrow(st.post, jointSlack).wider(jointReach, st.post.l.band)}
	p.nullX, p.nullY = st.post.nullScores()
	p.tile()
	return p
}

// wider is b with r more cells about each, within a corridor.
func (b *band) wider(r int, within *band) *band {
	out := &band{n: b.n, m: b.m, lo: make([]int32, b.n+1), hi: make([]int32, b.n+1)}
	for i := range b.lo {
		out.lo[i] = max(within.lo[i], b.lo[max(0, i-r)]-int32(r))
		out.hi[i] = min(within.hi[i], b.hi[min(b.n, i+r)]+int32(r))
	}
	out.index()
	return out
}

// nullScores gives, summed up to each boundary, what it is worth in the
// likelier mode that a segment has no counterpart, its place in the run being
// the one expected.
func (p *posterior) nullScores() (x, y []float64) {
	l, m := p.l, p.likelier()
	var sums, weights [2][]float64
	for from, n := range [2]int{l.n, l.m} {
		sums[from], weights[from] = make([]float64, n), make([]float64, n)
	}
	note := func(from, k int, place nullPlace, q float64) {
		score := l.nullX[m][place]
		if from == 1 {
			score = l.nullY[m][place]
		}
		sums[from][k] += q * score[k]
		weights[from][k] += q
	}
	p.eachNullOf(m, func(_ mode, from, k int, place nullPlace, q float64) { note(from, k, place, q) })
	for from := range sums {
		for k := range sums[from] {
			note(from, k, nullOpen, 1e-3)
		}
	}
	total := func(from int) []float64 {
		out := make([]float64, len(sums[from])+1)
		for k := range sums[from] {
			out[k+1] = out[k] + sums[from][k]/weights[from][k]
		}
		return out
	}
	return total(0), total(1)
}

// tile computes what each group of a and b segments is worth: as one bead, or,
// when a third version holds them together, as the beads and nulls inside it.
func (p *jointPair) tile() {
	l := p.st.post.l
	best := make([]float64, len(l.scores))
	p.tiled = make([]float32, len(l.scores))
	for i := 0; i <= l.n; i++ {
		for j := int(l.lo[i]); j <= int(l.hi[i]); j++ {
			at := l.at(i, j) * groupPairs
			for a := 1; a <= min(l.group, i); a++ {
				for b := 1; b <= min(l.group, j); b++ {
					k := at + (a-1)*maxGroup + b - 1
					split := never
					if l.has(i-a, j-b) {
						split = p.split(best, i, j, a, b)
					}
					best[k] = max(float64(l.scores[k]), split-tiling)
					p.tiled[k] = float32(best[k])
				}
			}
		}
	}
}

// split is the best value of a group cut in two, the latter part a bead or a
// null.
func (p *jointPair) split(best []float64, i, j, a, b int) float64 {
	l := p.st.post.l
	rest := func(i, j, a, b int) float64 {
		switch {
		case a == 0:
			return p.nullY[j] - p.nullY[j-b]
		case b == 0:
			return p.nullX[i] - p.nullX[i-a]
		case !l.has(i, j):
			return never
		}
		return best[l.at(i, j)*groupPairs+(a-1)*maxGroup+b-1]
	}
	top := max(rest(i-1, j, a-1, b)+p.nullX[i]-p.nullX[i-1], rest(i, j-1, a, b-1)+p.nullY[j]-p.nullY[j-1])
	for c := 1; c <= a; c++ {
		for d := 1; d <= b; d++ {
			if c == a && d == b {
				continue
			}
			if s := l.score(i, j, c, d); s != never {
				top = max(top, s+rest(i-c, j-d, a-c, b-d))
			}
		}
	}
	return top
}

// value is what the groups of a and b segments after boundaries (i,j) are worth
// standing in one joint bead.
func (p *jointPair) value(i, j, a, b int32) float64 {
	l := p.st.post.l
	switch {
	case a == 0 && b == 0:
		return 0
	case b == 0:
		return p.nullX[i+a] - p.nullX[i]
	case a == 0:
		return p.nullY[j+b] - p.nullY[j]
	case !l.has(int(i), int(j)) || !l.has(int(i+a), int(j+b)):
		return never
	}
	return float64(p.tiled[l.at(int(i+a), int(j+b))*groupPairs+int(a-1)*maxGroup+int(b)-1])
}
