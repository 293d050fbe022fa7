package rendering

import (
	"math"
	"slices"
)

// candidate is a word of the target that may belong to the rendering.
type candidate struct {
	j     int
	row   float32 // the greatest odds of a word of the term
	best  int     // that word
	x     [wordFeatures]float32
	y     [lastFeatures]float32
	signs [4]int32
	nsign int
	logit float32 // as the second layer sees it
	p     float32
	last  float32 // logit of the third layer
	prob  float32
}

// The features of a candidate in the second layer.
const (
	wordBias = iota
	wordRow
	wordRowP
	wordRowLead
	wordSecond
	wordColumn
	wordColumnLead
	wordColumnP
	wordLeft
	wordRight
	wordBefore
	wordAfter
	wordCross
	wordLeftTaken
	wordRightTaken
	wordDeviation
	wordAnchored
	wordCommon
	wordTermCommon
	wordBothCommon
	wordTermMore
	wordWeight
	wordTermWeight
	wordHanFrom
	wordHanTo
	wordHanOne
	wordCapital
	wordGluedLeft
	wordGluedRight
	wordCos
	wordForth
	wordBack
	wordCountForth
	wordCountBack
	wordCountMass
	wordCountNone
	wordGap
	wordIsTop
	wordNumber
	wordHyphen
	wordLengthShare
	wordSound
	wordSoundLong
	wordCover
	wordJoin
	wordCovered
	wordInside
	wordAfterNumber
	wordBesideNumber
	wordNumberSame
	wordFeatures
)

// The features of a candidate in the third layer.
const (
	lastBias = iota
	lastLogit
	lastP
	lastOther
	lastOtherP
	lastLeft
	lastRight
	lastSum
	lastIsTop
	lastGap
	lastInside
	lastCommon
	lastTermMore
	lastTermCommon
	lastHanTo
	lastHanOne
	lastRow
	lastColumn
	lastWeight
	lastGluedLeft
	lastGluedRight
	lastLeftGlued
	lastSame
	lastWanted
	lastCoverLeft
	lastCoverRight
	lastSound
	lastJoin
	lastInside2
	lastFeatures
)

const (
	// rowFloor is the log odds below which a word is no candidate, unless it
	// stands beside the likeliest.
	rowFloor = -4.5
	oddsMax  = 8
	// anchorReach is how many words on each side of the term are asked where
	// they link to.
	anchorReach = 3
)

func squash(x float32) float32 { return max(-oddsMax, min(oddsMax, x)) / 4 }

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// choose gives the words of b that render the term, words of a, and how likely
// that is to be right; no word where it is likelier that none does.
func (s *Spotter) choose(g *grid, term []int) ([]int, float64) {
	cands := g.candidates(term)
	if len(cands) == 0 {
		return nil, 0
	}
	g.judge(term, cands)
	chosen, top := pick(cands)
	var f [trustFeatures]float32
	g.trustFeatures(term, cands, top, &f)
	p := float64(sigmoid(product(s.model.trust[:], f[:])))
	if p < leastTrust {
		return nil, p
	}
	return chosen, p
}

// pick chooses the candidates that are likelier in than out, and the likeliest
// in any case; top is its place in cands.
func pick(cands []candidate) (chosen []int, top int) {
	for i := range cands {
		if cands[i].prob > cands[top].prob {
			top = i
		}
	}
	for i := range cands {
		if i == top || cands[i].prob >= .5 {
			chosen = append(chosen, cands[i].j)
		}
	}
	return chosen, top
}

// leastTrust is how likely a rendering must be for it to be given.
const leastTrust = 0.02

// candidates gives the words of b that may belong to the rendering of the term,
// in order.
func (g *grid) candidates(term []int) []candidate {
	n := len(g.b.words)
	rows := make([]float32, n)
	best := make([]int, n)
	top := 0
	for j := range n {
		rows[j] = float32(math.Inf(-1))
		for _, i := range term {
			if o := g.odds(i, j); o > rows[j] {
				rows[j], best[j] = o, i
			}
		}
		if rows[j] > rows[top] {
			top = j
		}
	}
	var out []candidate
	for j, row := range rows {
		if row > rowFloor || top-1 <= j && j <= top+1 {
			out = append(out, candidate{j: j, row: row, best: best[j]})
		}
	}
	return out
}

// judge gives each candidate its probability.
func (g *grid) judge(term []int, cands []candidate) {
	g.wordLayer(term, cands)
	for k := range cands {
		c := &cands[k]
		c.logit = g.s.model.word.out(c.x[:], c.signs[:c.nsign])
		c.p = sigmoid(c.logit)
	}
	g.lastLayer(term, cands)
	for k := range cands {
		c := &cands[k]
		c.last = g.s.model.last.out(c.y[:], c.signs[:c.nsign])
		c.prob = sigmoid(c.last)
	}
}

// wordLayer fills the features of the second layer.
func (g *grid) wordLayer(term []int, cands []candidate) {
	top, second := 0, -1
	for k := range cands {
		switch {
		case k == top:
		case cands[k].row > cands[top].row:
			top, second = k, top
		case second < 0 || cands[k].row > cands[second].row:
			second = k
		}
	}
	anchors := g.anchors(term)
	t := g.termFacts(term)
	for k := range cands {
		c := &cands[k]
		x := &c.x
		other := float32(-oddsMax)
		if k != top {
			other = cands[top].row
		} else if second >= 0 {
			other = cands[second].row
		}
		x[wordBias] = 1
		x[wordRow], x[wordRowP] = squash(c.row), sigmoid(c.row)
		x[wordRowLead] = squash(c.row - other)
		x[wordSecond] = squash(g.secondRow(term, c))
		column := g.column(term, c.j)
		x[wordColumn], x[wordColumnP] = squash(column), sigmoid(column)
		x[wordColumnLead] = squash(c.row - column)
		g.neighbourhood(term, c)
		x[wordDeviation], x[wordAnchored] = deviation(anchors, c, len(g.a.words), len(g.b.words))
		g.wordFacts(t, c)
		x[wordGap] = min(4, float32(abs(c.j-cands[top].j))) / 4
		if k == top {
			x[wordIsTop] = 1
		}
		c.setSigns(g, term)
	}
}

func abs(x int) int { return max(x, -x) }

// secondRow is the greatest odds of a word of the term other than the best.
func (g *grid) secondRow(term []int, c *candidate) float32 {
	second := float32(-oddsMax)
	for _, i := range term {
		if i != c.best {
			second = max(second, g.odds(i, c.j))
		}
	}
	return second
}

// column is the greatest odds of word j with a word outside the term.
func (g *grid) column(term []int, j int) float32 {
	best := float32(-oddsMax)
	for i := range g.a.words {
		if !slices.Contains(term, i) {
			best = max(best, g.odds(i, j))
		}
	}
	return best
}

// taken is how surely a word near the term outside it links to j.
func (g *grid) taken(term []int, j int) float32 {
	if j < 0 || j >= len(g.b.words) {
		return -oddsMax
	}
	best := float32(-oddsMax)
	for i := term[0] - anchorReach; i <= term[len(term)-1]+anchorReach; i++ {
		if i >= 0 && i < len(g.a.words) && !slices.Contains(term, i) {
			best = max(best, g.odds(i, j))
		}
	}
	return best
}

// neighbourhood looks at the words beside the candidate and beside the term.
func (g *grid) neighbourhood(term []int, c *candidate) {
	row := func(j int) float32 {
		if j < 0 || j >= len(g.b.words) {
			return -oddsMax
		}
		best := float32(-oddsMax)
		for _, i := range term {
			best = max(best, g.odds(i, j))
		}
		return best
	}
	beside := func(i, j int) float32 {
		if i < 0 || j < 0 || i >= len(g.a.words) || j >= len(g.b.words) {
			return -oddsMax
		}
		return g.odds(i, j)
	}
	x := &c.x
	x[wordLeft], x[wordRight] = squash(row(c.j-1)), squash(row(c.j+1))
	x[wordBefore] = squash(beside(term[0]-1, c.j-1))
	x[wordAfter] = squash(beside(term[len(term)-1]+1, c.j+1))
	x[wordCross] = squash(max(beside(term[0]-1, c.j+1), beside(term[len(term)-1]+1, c.j-1)))
	x[wordLeftTaken], x[wordRightTaken] = squash(g.taken(term, c.j-1)), squash(g.taken(term, c.j+1))
}

// anchor is a word beside the term and where it links to.
type anchor struct {
	i, j int
	p    float32
}

func (g *grid) anchors(term []int) []anchor {
	out := make([]anchor, 0, 2*anchorReach)
	look := func(i int) {
		if g.a.words[i].common > 0 {
			return
		}
		best := 0
		for j := range g.b.words {
			if g.odds(i, j) > g.odds(i, best) {
				best = j
			}
		}
		if o := g.odds(i, best); o > -1 {
			out = append(out, anchor{i, best, sigmoid(o)})
		}
	}
	for i := max(0, term[0]-anchorReach); i < min(len(g.a.words), term[len(term)-1]+anchorReach+1); i++ {
		if !slices.Contains(term, i) {
			look(i)
		}
	}
	return out
}

// deviation says how far a candidate stands from where the words beside the
// term link to, as a share of the sentence, and how surely that is known.
func deviation(anchors []anchor, c *candidate, na, nb int) (far, sure float32) {
	ratio := float32(nb) / float32(na)
	var sum, weight float32
	for _, a := range anchors {
		at := float32(a.j) + float32(c.best-a.i)*ratio
		d := at - float32(c.j)
		w := a.p / float32(abs(c.best-a.i)+1)
		sum += w * min(10, max(d, -d))
		weight += w
	}
	if weight == 0 {
		return 0, 0
	}
	return sum / weight / 5, weight
}
