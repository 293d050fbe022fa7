package compare

import (
	"sort"

	"sverka/internal/lexis"
)

// checkAntonyms pairs opposites that stand free of any link at places that
// agree otherwise.
func checkAntonyms(p *pair) []Flag {
	if p.a.lang != p.b.lang {
		return nil
	}
	ha, hb := freeHits(p.a, p.b, findPoles(p.a), p.link), freeHits(p.b, p.a, findPoles(p.b), p.back)
	usedA, usedB := make([]bool, len(ha)), make([]bool, len(hb))
	type couple struct {
		x, y  int
		score float64
	}
	var couples []couple
	for x, h := range ha {
		for y, k := range hb {
			if h.pair != k.pair {
				continue
			}
			c := p.context(h.from, k.from)
			if h.pole == k.pole {
				// Two words of one pole are rewording.
				couples = append(couples, couple{x, y, c + samePole})
				continue
			}
			if deniedNear(p.a, &h) != deniedNear(p.b, &k) || p.a.undone(&h) != p.b.undone(&k) {
				continue // "not lawful" and "illegal" say the same
			}
			if p.apart(h.from, k.from) {
				continue
			}
			if c >= antonymContext && (c >= lightContext || !h.light && !k.light) {
				couples = append(couples, couple{x, y, c})
			}
		}
	}
	sort.SliceStable(couples, func(i, j int) bool {
		c, d := couples[i], couples[j]
		if c.score != d.score {
			return c.score > d.score
		}
		return earlier(ha[c.x].from, hb[c.y].from, ha[d.x].from, hb[d.y].from)
	})
	var out []Flag
	var last [2]poleHit
	for _, c := range couples {
		if usedA[c.x] || usedB[c.y] {
			continue
		}
		usedA[c.x], usedB[c.y] = true, true
		p.spread(ha, usedA)
		p.spread(hb, usedB)
		h, k := ha[c.x], hb[c.y]
		if h.pole == k.pole {
			continue
		}
		if beside(last[0], h) && beside(last[1], k) {
			out = out[:len(out)-1] // "more unequal" and "less equal" say the same
			last = [2]poleHit{}
			continue
		}
		last = [2]poleHit{h, k}
		sa, sb := p.a.at(h.from, h.to), p.b.at(k.from, k.to)
		f := Flag{Cat: Antonym, Sev: Major, A: sa, B: sb}
		if advice[h.pair] {
			f.Cat = Modality
			f.Message = say("“%s” against “%s”: not equally strong", p.a.quoteText(sa[0], sa[1]), p.b.quoteText(sb[0], sb[1]))
		} else {
			f.Message = say("“%s” against “%s”: opposites", p.a.quoteText(sa[0], sa[1]), p.b.quoteText(sb[0], sb[1]))
		}
		out = append(out, f)
	}
	return out
}

// beside says that two hits stand side by side.
func beside(x, y poleHit) bool { return x.to > 0 && (x.to == y.from || y.to == x.from) }

// deniedNear says that a negation stands a little before a hit, or denies what
// follows it: "accepting no attempt".
func deniedNear(d *side, h *poleHit) bool {
	for k := range d.items {
		it := &d.items[k]
		if it.Kind != lexis.Negation || it.Weak {
			continue
		}
		if it.to <= h.from && h.from-it.to <= 3 || it.from == h.to && d.units[it.from].form == "no" {
			return true
		}
	}
	return false
}

// antonymContext is how well the surroundings of two opposites must agree.
const (
	antonymContext = 0.25
	lightContext   = 0.6 // for words of many uses
	// samePole is how much better the surroundings of opposites must agree
	// than those of words that mean the same.
	samePole = 0.15
)

// freeHits keeps the hits of which a unit has no partner of the same word.
func freeHits(d, o *side, hits []poleHit, link []int) []poleHit {
	out := hits[:0]
	for _, h := range hits {
		for i := h.from; i < h.to; i++ {
			if link[i] < 0 || o.units[link[i]].key != d.units[i].key {
				out = append(out, h)
				break
			}
		}
	}
	return out
}

// spread marks every reading of a place as used where one of them is.
func (p *pair) spread(hits []poleHit, used []bool) {
	for x := range hits {
		for y := range hits {
			if used[x] && hits[y].from < hits[x].to && hits[x].from < hits[y].to {
				used[y] = true
			}
		}
	}
}
