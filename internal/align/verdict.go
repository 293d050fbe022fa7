package align

import (
	"math"

	"sverka/internal/bitext"
)

// verdict is what a pair of versions says of joint beads, kept when the rest
// of the pair's work is gone.
type verdict struct {
	l              *lattice
	mode           mode
	path           []pair // the pair's own best
	near           *band  // boundaries a joint path may touch
	tiled          []float32
	nullX, nullY   []float64 // scores of segments without counterpart, summed up to each boundary
	aloneX, aloneY []float64 // probability of each segment to have none
	gainX, gainY   []float64 // what they are worth to joint beads, summed likewise
	touch          []float32 // probability that the pair's path goes through a cell
	probs          []float32 // of each bead
	beads, groups  float64   // how many are to be expected, and how many of them are not 1-1
	cut            float64   // price of a border inside a group
	// probability that a bead spans the border before each segment
	spannedX, spannedY []float32
}

// newVerdict takes from st what joint beads need.
func newVerdict(st *stage) *verdict {
	post := st.post
	p := &verdict{l: post.l, mode: post.likelier(), path: post.decode(), aloneX: post.nullX, aloneY: post.nullY,
		touch: make([]float32, post.l.cells()), probs: make([]float32, len(post.l.scores))}
	p.spannedX, p.spannedY = make([]float32, p.l.n+1), make([]float32, p.l.m+1)
	p.near = narrow(post, jointSlack).wider(jointReach, p.l.band)
	p.nullX, p.nullY = post.nullScores()
	p.gainX, p.gainY = nullValues(p.nullX, p.aloneX), nullValues(p.nullY, p.aloneY)
	for k := range p.touch {
		p.touch[k] = float32(post.touch(k))
	}
	post.eachBead(1e-5, func(i, j, a, b int, q float64) {
		p.probs[p.l.at(i, j)*groupPairs+(a-1)*maxGroup+b-1] = float32(q)
		p.beads += q
		if a+b > 2 {
			p.groups += q
		}
		for k := 1; k < a; k++ {
			p.spannedX[i-k] += float32(q)
		}
		for k := 1; k < b; k++ {
			p.spannedY[j-k] += float32(q)
		}
	})
	return p
}

// What is known of the share of groups (beads other than 1-1) before a
// document is seen, and by how much less a border inside one costs than the
// log odds of that share say, in nats: what three versions join comes oftener
// than what two do.
const (
	usualBeads  = 10
	usualGroups = 1.5
	closure     = 0.35
)

// priceCuts sets what each border inside a group costs a pair that would cut
// there alone, when a third version holds it together: the log odds of a
// bead's being no group, after the share of groups that the pairs expect. A
// text rendered sentence by sentence needs stronger evidence for a joined bead
// than one that is often joined.
func priceCuts(pairs []*verdict) {
	groups, beads := usualGroups, float64(usualBeads)
	for _, p := range pairs {
		groups += p.groups / float64(len(pairs))
		beads += p.beads / float64(len(pairs))
	}
	for _, p := range pairs {
		p.cut = math.Log((beads-groups)/groups) - closure
		p.tile()
	}
}

// rate gives the score and probability of two groups, not both empty, standing
// in one bead of several versions: where the pair alone would cut them further,
// the probability that no bead of the pair crosses their borders.
func (p *verdict) rate(x, y bitext.Range) (score, prob float64) {
	l := p.l
	switch {
	case y.Empty():
		return p.nullX[x.To] - p.nullX[x.From], least(p.aloneX[x.From:x.To])
	case x.Empty():
		return p.nullY[y.To] - p.nullY[y.From], least(p.aloneY[y.From:y.To])
	case !l.has(x.From, y.From) || !l.has(x.To, y.To):
		return 0, 0
	}
	if a, b := x.Len(), y.Len(); a <= maxGroup && b <= maxGroup {
		if s := l.scoreIn(p.mode, x.To, y.To, a, b); s != never {
			score, prob = s, float64(p.probs[l.at(x.To, y.To)*groupPairs+(a-1)*maxGroup+b-1])
		}
	}
	edges := float64(min(1, p.touch[l.at(x.From, y.From)], p.touch[l.at(x.To, y.To)]))
	return score, min(1, max(prob, edges))
}

func least(probs []float64) float64 {
	p := 1.0
	for _, q := range probs {
		p = min(p, q)
	}
	return p
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
func (p *verdict) tile() {
	l := p.l
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
					best[k] = max(l.scoreIn(p.mode, i, j, a, b), split-p.cut)
					p.tiled[k] = float32(best[k])
				}
			}
		}
	}
}

// split is the best value of a group cut in two, the latter part a bead or a
// null.
func (p *verdict) split(best []float64, i, j, a, b int) float64 {
	l := p.l
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
			if s := l.scoreIn(p.mode, i, j, c, d); s != never {
				top = max(top, s+rest(i-c, j-d, a-c, b-d))
			}
		}
	}
	return top
}

// value is what the groups of a and b segments after boundaries (i,j) are worth
// standing in one joint bead.
func (p *verdict) value(i, j, a, b int32) float64 {
	l := p.l
	switch {
	case a == 0 && b == 0:
		return 0
	case b == 0:
		return p.gainX[i+a] - p.gainX[i]
	case a == 0:
		return p.gainY[j+b] - p.gainY[j]
	case !l.has(int(i), int(j)) || !l.has(int(i+a), int(j+b)):
		return never
	}
	from, to := l.at(int(i), int(j)), l.at(int(i+a), int(j+b))
	k := to*groupPairs + int(a-1)*maxGroup + int(b) - 1
	q := float64(p.probs[k])
	if a+b > 2 { // the pair may have cut the group further
		q = max(q, float64(min(1, p.touch[from], p.touch[to])))
	}
	return float64(p.tiled[k]) + expectation*(q-worthTaking)
}

// A joint bead is worth its scores and, beside them, the expectation that it
// is right for the pair: what a probability of one counts in nats, and what of
// it a bead must have to gain anything.
const (
	expectation = 2.5
	worthTaking = 0.5
)

// nullValues is what segments without counterpart are worth, summed up to each
// boundary.
func nullValues(sums, alone []float64) []float64 {
	out := make([]float64, len(sums))
	for k, q := range alone {
		out[k+1] = out[k] + sums[k+1] - sums[k] + expectation*(q-worthTaking)
	}
	return out
}
