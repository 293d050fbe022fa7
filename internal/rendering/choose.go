package rendering

import (
	"math"
	"slices"
)

// candidate is a word of the target that may belong to the rendering.
type candidate struct {
	j     int
	row   float32 // the greatest odds of a word of the term
	col   float32 // the greatest odds of a word outside the term
	best  int     // that word
	x     [wordFeatures]float32
	y     [lastFeatures]float32
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
	wordRowHigh
	wordRowLow
	wordColumnHigh
	wordShareRow
	wordShareColumn
	wordShareBoth
	wordTwinNearer
	wordTwinFarther
	wordHanOneRow
	wordCommonRow
	wordCommonBeside
	wordMoreRow
	wordNearRow
	wordHanRow
	wordCalendar
	wordForthLead
	wordBackLead
	wordOnlyHere
	wordPart
	wordPartLead
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
	lastName
	lastMergeCos
	lastMergeLex
	lastHyphen
	lastFar
	lastCalendar
	lastBesideTop
	lastComplete
	lastCompleteLex
	lastReverse
	lastReverseTop
	lastLong
	lastHangs
	lastLeads
	lastHost
	lastName2
	lastPair
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
	cands, p := s.weigh(g, term)
	if len(cands) == 0 || p < leastTrust {
		return nil, p
	}
	chosen, _ := pick(cands)
	return chosen, p
}

// weigh gives the candidates with their probabilities, and how likely it is that
// those chosen are right.
func (s *Spotter) weigh(g *grid, term []int) ([]candidate, float64) {
	cands := g.candidates(term, nil)
	if len(cands) == 0 {
		return nil, 0
	}
	g.judge(term, cands)
	_, top := pick(cands)
	var f [trustFeatures]float32
	g.trustFeatures(term, cands, top, &f)
	return cands, float64(sigmoid(s.model.trust.out(f[:])))
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
const leastTrust = 0.004

// candidates gives the words of b that may belong to the rendering of the term,
// in order, in room where it suffices.
func (g *grid) candidates(term []int, room []candidate) []candidate {
	n := len(g.b.words)
	if len(g.rows) < n {
		g.rows, g.best = make([]float32, n), make([]int, n)
	}
	rows, best := g.rows[:n], g.best[:n]
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
	from, to := top-1, top+2
	if w := &g.b.words[top]; w.longTo > 0 {
		from, to = min(from, w.longFrom), max(to, w.longTo)
	}
	fits := func(j int) bool { return rows[j] > rowFloor || from <= j && j < to }
	count := 0
	for j := range rows {
		if fits(j) {
			count++
		}
	}
	out := room[:0]
	if cap(out) < count {
		out = make([]candidate, 0, count)
	}
	for j, row := range rows {
		if fits(j) {
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
		c.logit = g.s.model.word.out(c.x[:])
		c.p = sigmoid(c.logit)
	}
	g.lastLayer(term, cands)
	for k := range cands {
		c := &cands[k]
		c.last = g.s.model.last.out(c.y[:])
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
	rowSum := float32(1)
	for k := range cands {
		rowSum += exp(cands[k].row)
	}
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
		c.col = g.column(term, c.j)
		column := c.col
		x[wordColumn], x[wordColumnP] = squash(column), sigmoid(column)
		x[wordColumnLead] = squash(c.row - column)
		g.neighbourhood(term, c)
		x[wordDeviation], x[wordAnchored] = deviation(anchors, c, len(g.a.words), len(g.b.words))
		g.wordFacts(t, c)
		g.shares(term, c, rowSum)
		x[wordGap] = min(4, float32(abs(c.j-cands[top].j))) / 4
		if k == top {
			x[wordIsTop] = 1
		}
	}
	g.twins(cands)
}

func exp(x float32) float32 { return float32(math.Exp(float64(min(12, x)))) }

// shares puts a candidate's odds against all that compete with them, on the
// scales on which they tell.
func (g *grid) shares(term []int, c *candidate, rowSum float32) {
	x := &c.x
	inside, all := float32(0), float32(1)
	for i := range g.a.words {
		e := exp(g.odds(i, c.j))
		all += e
		if slices.Contains(term, i) {
			inside += e
		}
	}
	g.leads(term, c)
	x[wordRowHigh], x[wordRowLow] = sigmoid(c.row-2), sigmoid(c.row+2)
	x[wordColumnHigh] = sigmoid(c.col - 2)
	x[wordShareRow], x[wordShareColumn] = exp(c.row)/rowSum, inside/all
	both := x[wordShareRow] * x[wordShareColumn]
	x[wordShareBoth] = float32(math.Sqrt(float64(both)))
	p := x[wordRowP]
	x[wordHanOneRow] = x[wordHanOne] * p
	x[wordHanRow] = x[wordHanTo] * p
	x[wordCommonRow] = x[wordCommon] * p
	x[wordMoreRow] = x[wordTermMore] * p
	x[wordCommonBeside] = x[wordCommon] * max(sigmoid(4*x[wordLeft]), sigmoid(4*x[wordRight]))
	x[wordNearRow] = max(0, 1-2*x[wordDeviation]) * min(1, x[wordAnchored]) * p
}

// leads says how much more the lexicon sees of the candidate in the term than in
// any other word: a word that nothing else explains belongs to what explains it,
// were it as a part of a longer word.
func (g *grid) leads(term []int, c *candidate) {
	var forth, back, elsewhere, part, partElsewhere float32
	v := g.b.words[c.j].entry
	if len(v.keys) == 0 {
		return
	}
	for i := range g.a.words {
		k := g.s.known(g.a.words[i].entry, v)
		if slices.Contains(term, i) {
			forth, back, part = max(forth, k.forth), max(back, k.back), max(part, k.part)
		} else {
			elsewhere = max(elsewhere, k.forth, k.back)
			partElsewhere = max(partElsewhere, k.part, min(k.forth, k.back))
		}
	}
	c.x[wordPart], c.x[wordPartLead] = part, part-partElsewhere
	c.x[wordForthLead], c.x[wordBackLead] = forth-elsewhere, back-elsewhere
	if elsewhere == 0 && max(forth, back) > 0 {
		c.x[wordOnlyHere] = max(forth, back)
	}
}

// twins looks for the same word elsewhere in the sentence: of two the one that
// stands where the neighbours say is likelier.
func (g *grid) twins(cands []candidate) {
	for k := range cands {
		for m := range cands {
			if k == m || g.b.words[cands[k].j].entry != g.b.words[cands[m].j].entry {
				continue
			}
			a, b := cands[k].x[wordDeviation], cands[m].x[wordDeviation]
			if a < b {
				cands[k].x[wordTwinFarther] = 1
			} else if b < a {
				cands[k].x[wordTwinNearer] = 1
			}
		}
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
