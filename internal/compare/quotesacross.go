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
	if p.b.lang == bitext.Chinese {
		return nil // characters say too little by themselves
	}
	theirs := findQuotes(p.a)
	for _, q := range findQuotes(p.b) {
		if n := p.b.contentCount(q.from, q.to); n < 2 || n > acrossMost {
			continue
		}
		r, linked, ok := counterpart(p.b, p.a, p.back, q, theirs)
		most := acrossMost
		if p.a.lang == bitext.Chinese {
			most = acrossMostHan
		}
		if !ok || linked == 0 || p.a.contentCount(r.from, r.to) > most {
			continue
		}
		j := p.foreignWord(q, r)
		if j < 0 || !p.unsays(q, r) {
			continue
		}
		f := Flag{Cat: Quote, Sev: Major, A: p.a.at(r.from, r.to), B: p.b.at(j, j+1)}
		f.Message = quoteMessage(p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(p.b.units[q.from].start, p.b.units[q.to-1].end))
		out = append(out, f)
	}
	return out
}

// foreignWord gives the one unit of quotation q of b that has nothing near it
// in r, -1 where there is none or more than one.
func (p *pair) foreignWord(q, r quoted) int {
	at := -1
	for j := q.from; j < q.to; j++ {
		u := &p.b.units[j]
		if !u.content || u.item >= 0 || p.back[j] >= r.from && p.back[j] < r.to {
			continue
		}
		if within(p.b, j, p.a, r) >= acrossForeign || lexiconLink(p.b, j, p.a) >= acrossForeignLex || p.b.row(j) == nil {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = j
	}
	return at
}

// unsays says that a word of quotation r of a is rendered by nothing in q.
func (p *pair) unsays(q, r quoted) bool {
	for _, g := range p.a.words() {
		if g.from >= r.from && g.to <= r.to && p.a.units[g.head].item < 0 && p.unsaidSpan(q, g) {
			return true
		}
	}
	return false
}

func (p *pair) unsaidSpan(q quoted, g wordSpan) bool {
	for i := g.from; i < g.to; i++ {
		if p.link[i] >= 0 || p.a.row(i) == nil || within(p.a, i, p.b, q) >= acrossUnsaid || lexiconLink(p.a, i, p.b) >= acrossUnsaidLex {
			return false
		}
	}
	return true
}
