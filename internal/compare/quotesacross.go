package compare

import "sverka/internal/bitext"

const (
	// acrossMost and acrossMostHan bound the content words, or characters, of a
	// quotation that is held against one of another language: a name or a phrase.
	// What is longer is speech.
	acrossMost, acrossMostHan = 4, 6
	// What is foreign to the other quotation has nothing near it there, and what
	// is unsaid has a word of its own that nothing renders.
	acrossForeign, acrossForeignLex = 0.16, 0.03
	acrossUnsaid, acrossUnsaidLex   = 0.3, 0.08
)

// quotesAcross holds the quotations of two languages against each other: one
// word that nothing of the other accounts for, where the others are rendered and
// a word of the other is not.
func (p *pair) quotesAcross() []Flag {
	var out []Flag
	look := func(d, o *side, link, back []int, swap bool) {
		for _, q := range findQuotes(d) {
			r, j, ok := strayAcross(d, o, link, back, q)
			if !ok {
				continue
			}
			f := Flag{Cat: Quote, Sev: Major, A: d.at(j, j+1), B: o.at(r.from, r.to)}
			mine, theirs := d.quoteText(d.units[q.from].start, d.units[q.to-1].end), o.quoteText(f.B[0], f.B[1])
			if swap {
				f.A, f.B, mine, theirs = f.B, f.A, theirs, mine
			}
			f.Message = quoteMessage(mine, theirs)
			out = append(out, f)
		}
	}
	look(p.a, p.b, p.link, p.back, false)
	look(p.b, p.a, p.back, p.link, true)
	return out
}

// strayAcross gives the counterpart of quotation q of d and the one unit of q
// that is foreign to it. Chinese characters say too little by themselves to be
// called so.
func strayAcross(d, o *side, link, back []int, q quoted) (r quoted, j int, ok bool) {
	if n := d.contentCount(q.from, q.to); d.lang == bitext.Chinese || n < 2 || n > acrossMost {
		return r, 0, false
	}
	r, linked, ok := counterpart(d, o, link, q, findQuotes(o))
	most := acrossMost
	if o.lang == bitext.Chinese {
		most = acrossMostHan
	}
	if !ok || linked == 0 || o.contentCount(r.from, r.to) > most {
		return r, 0, false
	}
	j = strayWord(d, o, link, q, r)
	return r, j, j >= 0 && unsays(d, o, back, q, r)
}

// strayWord gives the one unit of quotation q of d that has nothing near it
// in r, -1 where there is none or more than one.
func strayWord(d, o *side, link []int, q, r quoted) int {
	at := -1
	for j := q.from; j < q.to; j++ {
		u := &d.units[j]
		if !u.content || u.item >= 0 || link[j] >= r.from && link[j] < r.to {
			continue
		}
		if within(d, j, o, r) >= acrossForeign || lexiconLink(d, j, o) >= acrossForeignLex || d.row(j) == nil {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = j
	}
	return at
}

// unsays says that a word of quotation r of o is rendered by nothing in q.
func unsays(d, o *side, back []int, q, r quoted) bool {
	for _, g := range o.words() {
		if g.from >= r.from && g.to <= r.to && o.units[g.head].item < 0 && unsaidSpan(d, o, back, q, g) {
			return true
		}
	}
	return false
}

func unsaidSpan(d, o *side, back []int, q quoted, g wordSpan) bool {
	for i := g.from; i < g.to; i++ {
		if back[i] >= 0 || o.row(i) == nil || within(o, i, d, q) >= acrossUnsaid || lexiconLink(o, i, d) >= acrossUnsaidLex {
			return false
		}
	}
	return true
}
