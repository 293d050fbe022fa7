package rendering

import "sverka/internal/bitext"

// setSigns notes which common word the candidate is, and which the term.
func (c *candidate) setSigns(g *grid, term []int) {
	set := func(n int32) {
		if c.nsign < len(c.signs) {
			c.signs[c.nsign] = n
			c.nsign++
		}
	}
	if v := &g.b.words[c.j]; v.common > 0 {
		set(signOf(v.entry, 0))
	}
	if u := &g.a.words[term[0]]; len(term) == 1 && u.common > 0 {
		set(signOf(u.entry, 1))
	}
}

// A sign is a common word of a language in the target (0) or the source (1).
func signOf(e *entry, side int32) int32 {
	lang := int32(0)
	switch e.lang {
	case bitext.Russian:
		lang = 1
	case bitext.Chinese:
		lang = 2
	}
	return (side*3+lang)*maxCommon + int32(e.common) - 1
}

const signCount = 6 * maxCommon

// lastLayer fills the features of the third layer, which knows the second's
// answers for all candidates.
func (g *grid) lastLayer(term []int, cands []candidate) {
	top := 0
	var sum float32
	for k := range cands {
		sum += cands[k].p
		if cands[k].p > cands[top].p {
			top = k
		}
	}
	for k := range cands {
		c := &cands[k]
		y := &c.y
		other := float32(-oddsMax)
		for m := range cands {
			if m != k {
				other = max(other, cands[m].logit)
			}
		}
		y[lastBias] = 1
		y[lastLogit], y[lastP] = squash(c.logit), c.p
		y[lastOther], y[lastOtherP] = squash(other), sigmoid(other)
		if k > 0 && cands[k-1].j == c.j-1 {
			y[lastLeft] = cands[k-1].p
		}
		if k+1 < len(cands) && cands[k+1].j == c.j+1 {
			y[lastRight] = cands[k+1].p
		}
		y[lastSum] = sum - c.p
		if k == top {
			y[lastIsTop] = 1
		}
		y[lastGap] = min(4, float32(abs(c.j-cands[top].j))) / 4
		y[lastInside] = y[lastLeft] * y[lastRight]
		y[lastWanted] = c.x[wordTermMore]/3 - min(2, sum-c.p)/2
		g.copyFacts(c)
		if cover := g.b.words[c.j].cover; cover != nil {
			if k > 0 && cands[k-1].j == c.j-1 && g.b.words[c.j-1].cover == cover {
				y[lastCoverLeft] = cands[k-1].p
			}
			if k+1 < len(cands) && cands[k+1].j == c.j+1 && g.b.words[c.j+1].cover == cover {
				y[lastCoverRight] = cands[k+1].p
			}
		}
		if v := &g.b.words[c.j]; k != top && v.entry == g.b.words[cands[top].j].entry {
			y[lastSame] = 1
		}
	}
}

func (g *grid) copyFacts(c *candidate) {
	for _, p := range [...][2]int{{lastCommon, wordCommon}, {lastTermMore, wordTermMore}, {lastTermCommon, wordTermCommon},
		{lastHanTo, wordHanTo}, {lastHanOne, wordHanOne}, {lastRow, wordRow}, {lastColumn, wordColumn}, {lastWeight, wordWeight},
		{lastSound, wordSound}, {lastJoin, wordJoin}, {lastInside2, wordInside}, {lastGluedLeft, wordGluedLeft}, {lastGluedRight, wordGluedRight}} {
		c.y[p[0]] = c.x[p[1]]
	}
	c.y[lastLeftGlued] = c.x[wordGluedLeft] * c.y[lastLeft]
}
