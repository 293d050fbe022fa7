package rendering

import (
	"math"
	"slices"

	"sverka/internal/bitext"
)

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
		y[lastReverse], y[lastReverseTop] = g.reversed(term, c)
		if k != top {
			g.besideTop(c, &cands[top])
			y[lastComplete] = g.completes(term, &cands[top], c)
			y[lastCompleteLex] = min(c.x[wordForth], c.x[wordBack])
		}
		if cover := g.b.words[c.j].cover; cover != nil {
			if k > 0 && cands[k-1].j == c.j-1 && g.b.words[c.j-1].cover == cover {
				y[lastCoverLeft] = cands[k-1].p
			}
			if k+1 < len(cands) && cands[k+1].j == c.j+1 && g.b.words[c.j+1].cover == cover {
				y[lastCoverRight] = cands[k+1].p
			}
		}
		if g.b.Lang == bitext.Chinese {
			g.hanFacts(c, &cands[top])
		}
		if v := &g.b.words[c.j]; k != top && v.entry == g.b.words[cands[top].j].entry {
			y[lastSame] = 1
		}
	}
}

func (g *grid) copyFacts(c *candidate) {
	for _, p := range [...][2]int{{lastCommon, wordCommon}, {lastTermMore, wordTermMore}, {lastTermCommon, wordTermCommon},
		{lastHanTo, wordHanTo}, {lastHanOne, wordHanOne}, {lastRow, wordRow}, {lastColumn, wordColumn}, {lastWeight, wordWeight},
		{lastSound, wordSound}, {lastJoin, wordJoin}, {lastInside2, wordInside}, {lastCalendar, wordCalendar}, {lastGluedLeft, wordGluedLeft}, {lastGluedRight, wordGluedRight}} {
		c.y[p[0]] = c.x[p[1]]
	}
	c.y[lastLeftGlued] = c.x[wordGluedLeft] * c.y[lastLeft]
}

// hanFacts asks whether a candidate is one word with those beside it that are
// likely: by the dictionary's longer words, as a character that hangs on to a
// word or leads it, as a part of a name written by its sound.
func (g *grid) hanFacts(c, top *candidate) {
	v, w := &g.b.words[c.j], &g.b.words[top.j]
	y := &c.y
	if c.j != top.j && v.longFrom <= top.j && top.j < v.longTo && w.longFrom <= c.j && c.j < w.longTo {
		y[lastLong] = 1
	}
	left := v.glued
	right := c.j+1 < len(g.b.words) && g.b.words[c.j+1].glued
	if oneHan(v) {
		if left {
			y[lastHangs] = v.han.Last * y[lastLeft]
		}
		if right {
			y[lastLeads] = v.han.First * y[lastRight]
		}
	}
	if oneHan(v) && oneHan(w) && (c.j == top.j-1 && w.glued || c.j == top.j+1 && v.glued) {
		y[lastPair] = 1 - c.x[wordColumnP]
	}
	if oneHan(w) && (c.j == top.j-1 && w.glued) {
		y[lastHost] = w.han.Last
	} else if oneHan(w) && c.j == top.j+1 && v.glued {
		y[lastHost] = w.han.First
	}
	if left && c.j > 0 {
		y[lastName2] = v.han.Name * g.b.words[c.j-1].han.Name * y[lastLeft]
	}
	if right {
		y[lastName2] = max(y[lastName2], v.han.Name*g.b.words[c.j+1].han.Name*y[lastRight])
	}
	y[lastName2] = min(1, 20*y[lastName2])
}

// besideTop asks what speaks for a candidate as a part of one word with the
// likeliest: one name in which both are heard, a hyphen, and, where they stand
// side by side, what vectors and lexicon say of the two as one word.
func (g *grid) besideTop(c, top *candidate) {
	u, v, w := &g.a.words[top.best], &g.b.words[top.j], &g.b.words[c.j]
	if h, ok := g.heard[u.entry]; ok && w.lang == bitext.Chinese && h.from <= c.j && c.j < h.to && h.from <= top.j && top.j < h.to {
		c.y[lastName] = h.alike
	}
	left, right := min(c.j, top.j), max(c.j, top.j)
	if right > left+1 {
		c.y[lastFar] = 1
		for j := left; j < right; j++ {
			if !g.b.words[j+1].glued {
				return
			}
		}
		if right > left+2 {
			return
		}
	} else {
		c.y[lastBesideTop] = 1
	}
	if w.lang != bitext.Chinese {
		if right == left+1 && w.lang == bitext.Russian && g.hyphened(left) {
			c.y[lastHyphen] = 1
		}
		return
	}
	if !g.b.words[right].glued || v.lang != bitext.Chinese {
		return
	}
	merged := g.s.entryOf(g.b.Lang, g.b.Text[g.b.words[left].start:g.b.words[right].end])
	both, alone := g.s.known(u.entry, merged), g.s.known(u.entry, v.entry)
	c.y[lastMergeCos] = both.cos - alone.cos
	if len(merged.keys) > 0 && !merged.keys[0].part {
		c.y[lastMergeLex] = min(both.forth, both.back) - min(alone.forth, alone.back)
	}
}

// completes says how much nearer the likeliest and the candidate together are to
// the whole term, by their vectors, than the likeliest alone: what adds to the
// meaning belongs to the rendering (中亚: Asia, Central Asia).
func (g *grid) completes(term []int, top, c *candidate) float32 {
	v, w := &g.b.words[top.j], &g.b.words[c.j]
	if v.vec == nil || w.vec == nil {
		return 0
	}
	var tv, tw, tt float32
	for _, i := range term {
		u := &g.a.words[i]
		if u.vec == nil {
			continue
		}
		tv += u.weight * g.s.known(u.entry, v.entry).cos
		tw += u.weight * g.s.known(u.entry, w.entry).cos
		for _, k := range term {
			if x := &g.a.words[k]; x.vec != nil {
				tt += u.weight * x.weight * dot(u.vec, x.vec)
			}
		}
	}
	both := v.weight*v.weight + w.weight*w.weight + 2*v.weight*w.weight*dot(v.vec, w.vec)
	if tt <= 0 || both <= 0 {
		return 0
	}
	length := float32(math.Sqrt(float64(tt)))
	return (v.weight*tv+w.weight*tw)/(length*float32(math.Sqrt(float64(both)))) - tv/length
}

// reversed asks the other way round: how likely is it that the term renders the
// candidate? It gives that, and 1 where the term is what renders it likeliest.
func (g *grid) reversed(term []int, c *candidate) (p, top float32) {
	if c.p < .03 || c.p > .97 {
		return c.p, 0
	}
	g.reverse()
	cands := g.back.candidates([]int{c.j}, g.back.room)
	g.back.room = cands
	g.back.wordLayer([]int{c.j}, cands)
	best := 0
	for k := range cands {
		cands[k].p = sigmoid(g.s.model.word.out(cands[k].x[:]))
		if cands[k].p > cands[best].p {
			best = k
		}
		if slices.Contains(term, cands[k].j) {
			p = max(p, cands[k].p)
		}
	}
	if len(cands) > 0 && slices.Contains(term, cands[best].j) {
		top = 1
	}
	return p, top
}
