package compare

import (
	"sverka/internal/bitext"
	"sverka/internal/text"
)

// quoteSwap is a word of a quotation that the source has and the other
// quotation has not, and the word that stands there instead: units of d and of
// o, an empty range where there is none.
type quoteSwap struct{ from, to, oFrom, oTo int }

const (
	// swapLex and swapNear are the probability of the lexicon and the cosine from
	// which the source has a word for certain.
	swapLex, swapNear = 0.1, 0.5
	// swapSaid is the cosine from which the other text has a word for it.
	swapSaid = 0.55
	// alienLex and alienNear are what a word may have that the source has not.
	alienLex, alienNear, alienFar, alienSaid = 0.03, 0.3, 0.22, 0.35
	// dropMost and swapMost are the content words of a quotation up to which a
	// word left out and a word put for another are told from rewording.
	dropMost, swapMost, singleMost = 5, 5, 9
)

// quoteSwaps holds the quotations of d against those of o and the source: words
// that the source has and o left out, or replaced by what the source has not.
func quoteSwaps(d, o, src *side, link, back []int) []quoteSwap {
	if src == nil || src.lang == d.lang {
		return nil
	}
	var out []quoteSwap
	oQuotes := findQuotes(o)
	for _, q := range findQuotes(d) {
		n := d.contentCount(q.from, q.to)
		r, linked, ok := counterpart(d, o, link, q, oQuotes)
		if !ok {
			continue
		}
		if x, ok := anchoredSwap(d, o, src, link, back, q, r, n); ok {
			out = append(out, x)
		} else if x, ok := replaced(d, o, src, link, back, q, r); ok {
			out = append(out, x)
		} else if x, ok := shortened(d, o, q, r); ok {
			out = append(out, x)
		} else if x, ok := loneSwap(d, o, src, link, back, q, r, n, linked); ok {
			out = append(out, x)
		}
	}
	return out
}

// alien says that unit j of o is a word that neither src nor d has.
// than is the cosine that it may have with both.
func alien(d, o, src *side, j int, than float64) bool {
	return nearest(o, j, src) < than && lexiconLink(o, j, src) < alienLex && nearest(o, j, d) < than
}

// saidOnly says that src has unit i of d for certain, and o has not.
func saidOnly(d, o, src *side, i int, said float64) bool {
	return (lexiconLink(d, i, src) >= swapLex || nearest(d, i, src) >= swapNear) && nearest(d, i, o) < said
}

// compound says that unit i of a quotation renders the word of the source that
// a word beside it renders, which o has too: two words for one.
func compound(d, src *side, link []int, q quoted, i int) bool {
	at := nearestUnit(d, i, src)
	for _, k := range []int{i - 1, i + 1} {
		if at >= 0 && k >= q.from && k < q.to && d.units[k].content && link[k] >= 0 && nearestUnit(d, k, src) == at {
			return true
		}
	}
	return false
}

// nearestUnit gives the content unit of o that unit i of d is nearest to in
// meaning, -1 where there is none near.
func nearestUnit(d *side, i int, o *side) int {
	best, at := relatedFrom, -1
	for j := range o.units {
		if o.units[j].content {
			if c := cosine(d, i, o, j); c > best {
				best, at = c, j
			}
		}
	}
	return at
}

// anchoredSwap finds a word between two that both quotations have, or between
// one of them and an end of the quotation, in whose place o has one that is alien.
func anchoredSwap(d, o, src *side, link, back []int, q, r quoted, n int) (quoteSwap, bool) {
	for _, i := range freeUnits(d, link, q) {
		from, to, ok := between(d, link, q, r, i)
		if !ok {
			continue
		}
		if theirs := contentIn(o, from, to); len(theirs) == 1 && back[theirs[0]] < 0 && o.units[theirs[0]].item < 0 && n <= swapMost && alien(d, o, src, theirs[0], alienFar) &&
			cosine(d, i, o, theirs[0]) < alienFar && !oneStem(d.units[i].form, o.units[theirs[0]].form) {
			return quoteSwap{i, i + 1, theirs[0], theirs[0] + 1}, true
		} else if len(theirs) == 0 && saidOnly(d, o, src, i, alienSaid) && n <= dropMost && d.units[i].kind != text.Han && lone(d, o, link, back, q, r) {
			return quoteSwap{i, i + 1, from, from}, true
		}
	}
	return quoteSwap{}, false
}

// between gives the units of r that stand between the partners of the content
// words before and behind unit i of q; an end of q stands for an end of r.
func between(d *side, link []int, q, r quoted, i int) (from, to int, ok bool) {
	from, to = r.from, r.to
	for k := i - 1; k >= q.from; k-- {
		if d.units[k].content {
			if link[k] < r.from || link[k] >= r.to {
				return 0, 0, false
			}
			from, ok = link[k]+1, true
			break
		}
	}
	for k := i + 1; k < q.to; k++ {
		if d.units[k].content {
			if link[k] < r.from || link[k] >= r.to {
				return 0, 0, false
			}
			to, ok = link[k], true
			break
		}
	}
	return from, to, ok && from <= to
}

func contentIn(d *side, from, to int) []int {
	var out []int
	for k := from; k < to; k++ {
		if d.units[k].content {
			out = append(out, k)
		}
	}
	return out
}

// loneSwap finds a word that only d and the source have, in a short quotation
// the rest of which both have, and the alien one that o has instead.
func loneSwap(d, o, src *side, link, back []int, q, r quoted, n, linked int) (quoteSwap, bool) {
	mine, theirs := freeUnits(d, link, q), freeUnits(o, back, r)
	most := 1 + n/4
	if d.lang == bitext.Chinese {
		most = 2 + n/4
	}
	than := alienNear
	if len(mine) > most || len(theirs) > most {
		most, than = most+1, alienFar
	}
	single := len(mine) <= 1 && len(theirs) == 1 && n >= 2 && linked > 1
	if single {
		than = alienFar
	}
	if n > swapMost && !(single && n <= singleMost) || len(mine) > most || len(theirs) > most {
		return quoteSwap{}, false // speech, said in other words
	}
	at := -1
	for _, j := range theirs {
		if alien(d, o, src, j, than) {
			at = j
			break
		}
	}
	if single && at >= 0 && len(mine) == 0 && foreignTo(o, src, at, alienMost) {
		from, _ := opposite(o, d, back, at, at+1)
		return quoteSwap{from, from, at, at + 1}, true
	}
	if linked == 0 && max(n, o.contentCount(r.from, r.to)) > 2 {
		return quoteSwap{}, false // another saying
	}
	for _, i := range mine {
		if !saidOnly(d, o, src, i, swapSaid) || len(theirs) == 0 && compound(d, src, link, q, i) {
			continue
		}
		if at >= 0 {
			return quoteSwap{i, i + 1, at, at + 1}, true
		}
		if len(theirs) == 0 && linked > 0 && n <= dropMost && d.units[i].kind != text.Han && lone(d, o, link, back, q, r) {
			from, _ := opposite(d, o, link, i, i+1)
			return quoteSwap{i, i + 1, from, from}, true
		}
	}
	return quoteSwap{}, false
}

// counterpart gives the quotation of o with which q has most links, and how
// many; without any, the one that stands where q does.
func counterpart(d, o *side, link []int, q quoted, oQuotes []quoted) (r quoted, linked int, ok bool) {
	for _, x := range oQuotes {
		n := 0
		for i := q.from; i < q.to; i++ {
			if j := link[i]; d.units[i].content && j >= x.from && j < x.to {
				n++
			}
		}
		if n > linked {
			r, linked, ok = x, n, true
		}
	}
	if ok {
		return r, linked, true
	}
	from, to := opposite(d, o, link, q.from, q.to)
	for _, x := range oQuotes {
		if from <= x.from && x.to <= to {
			return x, 0, true
		}
	}
	return r, 0, false
}

// freeUnits gives the content words of a quotation without a link.
func freeUnits(d *side, link []int, q quoted) []int {
	var out []int
	for i := q.from; i < q.to; i++ {
		if u := &d.units[i]; u.content && link[i] < 0 && u.item < 0 {
			out = append(out, i)
		}
	}
	return out
}
