package compare

import "sverka/internal/bitext"

// lone says that one word, and no more, parts two quotations: all others of
// both have a partner in the other one.
func lone(d, o *side, link, back []int, q, r quoted) bool {
	return outside(d, link, q, r) == 1 && outside(o, back, r, q) == 0
}

// outside counts the content words of q, figures too, without a partner in r.
func outside(d *side, link []int, q, r quoted) int { return len(strays(d, link, q, r)) }

// strays gives the content words of q, figures too, without a partner in r.
func strays(d *side, link []int, q, r quoted) []int {
	var out []int
	for i := q.from; i < q.to; i++ {
		if d.units[i].content && (link[i] < r.from || link[i] >= r.to) {
			out = append(out, i)
		}
	}
	return out
}

// oneStem says that two words begin alike, as forms of one do.
func oneStem(a, b string) bool {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n >= 4
}

// foreignTo says that nothing in src is nearer to unit j of o than most.
func foreignTo(o, src *side, j int, most float64) bool {
	return nearest(o, j, src) < most && lexiconLink(o, j, src) < alienLex
}

// within gives the greatest cosine of unit i of d with a content unit of r in o.
func within(d *side, i int, o *side, r quoted) float64 {
	best := 0.0
	for j := r.from; j < r.to; j++ {
		if o.units[j].content {
			best = max(best, cosine(d, i, o, j))
		}
	}
	return best
}

// quotedNear gives the greatest cosine of unit i of d with what src quotes; with
// all of src where it quotes nothing.
func quotedNear(d *side, i int, src *side) float64 {
	quotes := findQuotes(src)
	if len(quotes) == 0 {
		return nearest(d, i, src)
	}
	best := 0.0
	for _, q := range quotes {
		best = max(best, within(d, i, src, q))
	}
	return best
}

// alienMost is the cosine that a word may have which nothing accounts for, and
// the others are what replaced asks of the words that differ.
const (
	alienMost                              = 0.145
	replacedMost                           = 5
	foreignNear, foreignLex, foreignWithin = 0.23, 0.12, 0.22
	ownNear, ownLex, ownWithin             = 0.37, 0.2, 0.33
	oneNear, oneLex, leftLex               = 0.3, 0.05, 0.4
)

// replaced finds the one word of quotation r that has no partner in q and is
// foreign to both q and the source, and the one of q, or of two, that the source
// has and r has not. Both quotations are otherwise the same. So is a word that
// the source has and r lacks.
func replaced(d, o, src *side, link, back []int, q, r quoted) (quoteSwap, bool) {
	n, m := d.contentCount(q.from, q.to), o.contentCount(r.from, r.to)
	mine, theirs := strays(d, link, q, r), strays(o, back, r, q)
	if d.lang == bitext.Chinese || max(n, m) > replacedMost || len(theirs) > 1 || len(mine) == 0 || len(mine) > 2 || n == 1 && m != 1 {
		return quoteSwap{}, false
	}
	near, lex, support := ownNear, ownLex, nearest
	from, to := -1, -1
	switch {
	case len(theirs) == 1:
		j := theirs[0]
		if o.units[j].item >= 0 || quotedNear(o, j, src) >= foreignNear || lexiconLink(o, j, src) >= foreignLex || within(o, j, d, q) >= foreignWithin {
			return quoteSwap{}, false
		}
		if from, to = j, j+1; n == 1 { // "flew out" and "walked out"
			near, lex = oneNear, oneLex
			if m != 1 || q.to-q.from == 1 || q.to-q.from != r.to-r.from || !foreignTo(o, src, j, alienMost) {
				return quoteSwap{}, false
			}
		}
	case len(mine) != 1 || m == 0:
		return quoteSwap{}, false
	default:
		lex, support = leftLex, quotedNear
	}
	for _, i := range mine {
		if d.units[i].item >= 0 || within(d, i, o, r) >= ownWithin || support(d, i, src) < near && lexiconLink(d, i, src) < lex {
			continue
		}
		first, last, ok := between(d, link, q, r, i)
		if from < 0 {
			return quoteSwap{i, i + 1, first, first}, ok && !compound(d, src, link, q, i)
		}
		if n > 1 && ok && (from < first || last < to) && !(d.units[i].capital && o.units[from].capital) {
			continue // not at one place
		}
		return quoteSwap{i, i + 1, from, to}, true
	}
	return quoteSwap{}, false
}

// shortened finds what a Chinese title lacks that the other has, where it is the
// same for the rest: 《…》 is to be repeated.
func shortened(d, o *side, q, r quoted) (quoteSwap, bool) {
	if d.lang != bitext.Chinese || !d.titled(q) || !o.titled(r) {
		return quoteSwap{}, false
	}
	lost := (q.to - q.from) - (r.to - r.from)
	if lost < 2 || lost > 4 || r.to-r.from < 4 {
		return quoteSwap{}, false
	}
	head := 0
	for r.from+head < r.to && d.units[q.from+head].key == o.units[r.from+head].key {
		head++
	}
	for i := head; r.from+i < r.to; i++ {
		if d.units[q.from+lost+i].key != o.units[r.from+i].key {
			return quoteSwap{}, false
		}
	}
	return quoteSwap{q.from + head, q.from + head + lost, r.from + head, r.from + head}, true
}
