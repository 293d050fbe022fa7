package compare

import (
	"math"
	"slices"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// wordSpan is a word as the vectors know it: a unit, or the Chinese characters
// of one piece. head is its first content unit.
type wordSpan struct{ from, to, head int }

// words gives the content words of d, once its pieces are known.
func (d *side) words() []wordSpan {
	if d.wordSpans != nil {
		return d.wordSpans
	}
	d.wordSpans = d.spans(func(u *unit) bool { return u.content && u.kind != text.Punct })
	return d.wordSpans
}

// spans gives the units of d that are wanted, as words: Chinese characters of
// one piece that stand side by side are one.
func (d *side) spans(wanted func(*unit) bool) []wordSpan {
	out := make([]wordSpan, 0, len(d.units))
	piece, last := 0, -1
	for i := range d.units {
		u := &d.units[i]
		if !wanted(u) {
			continue
		}
		for piece < len(d.pieces) && d.pieces[piece].End <= u.start {
			piece++
		}
		if n := len(out); u.kind == text.Han && u.item < 0 && last == piece && n > 0 && out[n-1].to == i {
			out[n-1].to = i + 1
			continue
		}
		last = -1
		if u.kind == text.Han && u.item < 0 {
			last = piece
		}
		out = append(out, wordSpan{i, i + 1, i})
	}
	return out
}

// doubts looks at the words of one text that the other has not in the same
// form, and measures what speaks for their being missing there.
type doubts struct {
	d, o, src  *side
	link, back []int
	v, w       *pivot // nil without a source
	same       []bool // for each word of d: the other text has it in the same form
	oSame      []bool // for each word of o
	claim      []float64
	freeSource []bool    // for each word of src: rendered by no word that both texts have
	claimFree  []float64 // for each unit of src: how surely a word of o that d has not renders it
	lost       [2]int    // words of src that d alone and that o alone renders
	gaps       []gap
	free       [2]int // free content units of d and of o
	shared     float64
	length     float64
}

func newDoubts(p *pair, x *gapView, gaps []gap) *doubts {
	q := &doubts{d: x.d, o: x.o, src: x.src, link: x.link, back: x.back, v: x.v, w: x.w, gaps: gaps}
	q.free = [2]int{x.free, x.oFree}
	q.same, q.oSame = sameWords(q.d, q.o, q.link), sameWords(q.o, q.d, q.back)
	n := 0
	for _, s := range q.same {
		if s {
			n++
		}
	}
	q.shared = float64(n) / math.Max(1, float64(len(q.same)))
	q.length = x.lengthEvidence()
	if q.v == nil {
		q.src = nil
	}
	if q.src != nil {
		q.claimSource()
	}
	return q
}

// sameWords says of each word of d whether a unit of it is linked to one of
// the same key.
func sameWords(d, o *side, link []int) []bool {
	words := d.words()
	out := make([]bool, len(words))
	for k, g := range words {
		for i := g.from; i < g.to; i++ {
			if j := link[i]; j >= 0 && o.units[j].key == d.units[i].key {
				out[k] = true
			}
		}
	}
	return out
}

// claimSource says of each unit of the source how surely a word that both
// texts have renders it.
func (q *doubts) claimSource() {
	q.claim = make([]float64, len(q.src.units))
	for k, g := range q.d.words() {
		if !q.same[k] {
			continue
		}
		for i := g.from; i < g.to; i++ {
			for _, l := range q.v.likely[i] {
				q.claim[l.unit] = math.Max(q.claim[l.unit], l.p)
			}
		}
	}
	words := q.src.words()
	q.freeSource = make([]bool, len(words))
	for k, g := range words {
		q.freeSource[k] = !slices.ContainsFunc(q.claim[g.from:g.to], func(c float64) bool { return c >= claimed })
		if q.w == nil {
			continue
		}
		mine, theirs := slices.Max(q.v.covered[g.from:g.to]), slices.Max(q.w.covered[g.from:g.to])
		switch {
		case mine >= claimed && theirs < foreignFloor:
			q.lost[0]++
		case theirs >= claimed && mine < foreignFloor:
			q.lost[1]++
		}
	}
	q.claimFree = make([]float64, len(q.src.units))
	if q.w == nil {
		return
	}
	for k, g := range q.o.words() {
		if q.oSame[k] {
			continue
		}
		for i := g.from; i < g.to; i++ {
			for _, l := range q.w.likely[i] {
				q.claimFree[l.unit] = math.Max(q.claimFree[l.unit], l.p)
			}
		}
	}
}

// claimed is the likelihood from which a word of the source is held to be
// rendered.
const claimed = 0.15

// suspect says that word k of d is one to be measured.
func (q *doubts) suspect(k int) bool {
	return !q.same[k] && q.d.units[q.d.words()[k].head].item < 0
}

// doubtFeatures names what doubts.measure gives.
var doubtFeatures = []string{
	"link", "near", "near free", "near there", "taken",
	"source", "source near", "source free", "source near free", "cover", "foreign", "known",
	"weight", "prior", "capital", "name", "length",
	"gap", "free there", "words there", "left linked", "right linked", "orderly",
	"left mark", "right mark", "clause free", "clause size",
	"free", "other free", "surplus", "shared", "size", "length evidence", "size ratio", "source ratio",
	"at end", "chinese", "russian", "stop before", "word behind",
	"gap near", "gap source free", "gap hard",
	"source chinese", "source russian", "cover free", "meet", "lost", "gained", "seam",
	"torn", "torn by it", "needed", "paraphrase", "paraphrase free",
	"nearer", "nearer source", "whole near", "whole source",
}

// measured is what is known of one word.
type measured struct {
	near, nearFree, nearThere         float64
	taken                             bool
	source, sourceFree                float64
	sourceNear, sourceNearFree        float64
	cover, coverFree, meet            float64
	foreign, known                    bool
	weight, prior                     float64
	oFrom, oTo, wordsThere, freeThere int
}

// look measures word k against the words of the other text and of the source.
func (q *doubts) look(k int) (m measured) {
	g := q.d.words()[k]
	m.oFrom, m.oTo = opposite(q.d, q.o, q.link, g.from, g.to)
	for j, h := range q.o.words() {
		c := cosine(q.d, g.head, q.o, h.head)
		if c > m.near {
			m.near, m.taken = c, q.oSame[j]
		}
		if !q.oSame[j] {
			m.nearFree = math.Max(m.nearFree, c)
		}
		if h.head >= m.oFrom-2 && h.head < m.oTo+2 {
			m.nearThere = math.Max(m.nearThere, c)
		}
		if h.head >= m.oFrom && h.head < m.oTo {
			m.wordsThere++
			if q.back[h.head] < 0 {
				m.freeThere++
			}
		}
	}
	m.weight = q.d.weight(g.head)
	m.prior = priorOf(q.d, g)
	m.known = q.d.row(g.head) != nil
	if q.src != nil {
		q.lookAtSource(g, &m)
	}
	return m
}

func (q *doubts) lookAtSource(g wordSpan, m *measured) {
	for k, h := range q.src.words() {
		c := cosine(q.d, g.head, q.src, h.head)
		m.sourceNear = math.Max(m.sourceNear, c)
		if q.freeSource[k] {
			m.sourceNearFree = math.Max(m.sourceNearFree, c)
		}
	}
	for i := g.from; i < g.to; i++ {
		m.source = math.Max(m.source, q.v.best[i])
		m.known = m.known || q.v.known[i]
	}
	for i := g.from; i < g.to; i++ {
		for _, l := range q.v.likely[i] {
			if q.claim[l.unit] < l.p {
				m.sourceFree = math.Max(m.sourceFree, l.p)
			}
			m.meet = math.Max(m.meet, math.Min(l.p, q.claimFree[l.unit]))
			if q.w != nil && l.p >= 0.5*m.source {
				m.coverFree = math.Max(m.coverFree, q.claimFree[l.unit])
				m.cover = math.Max(m.cover, q.w.covers(l.unit))
			}
		}
	}
	m.foreign = m.source < foreignFloor
}

// measure gives the features of every suspect word, nil for the others.
func (q *doubts) measure() [][]float64 {
	words := q.d.words()
	ms := make([]measured, len(words))
	out := make([][]float64, len(words))
	for k := range words {
		if q.suspect(k) {
			ms[k] = q.look(k)
		}
	}
	for k := range words {
		if q.suspect(k) {
			out[k] = q.features(k, ms)
		}
	}
	return out
}

func (q *doubts) features(k int, ms []measured) []float64 {
	d, m := q.d, &ms[k]
	g := d.words()[k]
	u := &d.units[g.head]
	x := gapView{d: d, o: q.o, link: q.link, g: gap{from: g.from, to: g.to}}
	left, right := x.bounds()
	clauseN, clauseFree := x.clauseShare()
	linked := 0.0
	if j := q.link[g.head]; j >= 0 {
		linked = 0.3 + math.Max(0, cosine(d, g.head, q.o, j))
	}
	leftLinked, rightLinked, orderly := q.sides(g)
	size, near, free, hard := q.around(k, ms)
	n := float64(q.gapSize(g))
	var torn tornPlaces
	if q.src != nil {
		torn = tornBetween(q.o, m.oFrom, m.oTo, d, g)
	}
	para, paraFree := q.paraphrase(k)
	nearerSource, wholeSource := 0.0, 0.0
	if q.src != nil {
		nearerSource, wholeSource = nearer(d, g.head, q.src), likeSums(d, q.src)-likeSums(q.o, q.src)
	}
	return []float64{
		linked, m.near, m.nearFree, m.nearThere, boolean(m.taken),
		m.source, m.sourceNear, m.sourceFree, m.sourceNearFree, m.cover, boolean(m.foreign), boolean(m.known),
		m.weight, m.prior, boolean(u.capital), boolean(u.name >= 0), float64(utf8.RuneCountInString(u.form)),
		n, float64(m.freeThere), float64(m.wordsThere), leftLinked, rightLinked, orderly,
		left, right, clauseFree / math.Max(1, clauseN), clauseN,
		float64(q.free[0]), float64(q.free[1]), float64(q.free[0] - q.free[1]), q.shared, float64(len(d.words())), q.length,
		math.Log(float64(len(d.words())+1) / float64(len(q.o.words())+1)), q.sourceRatio(),
		boolean(g.to >= len(d.units)-1), boolean(d.lang == bitext.Chinese), boolean(d.lang == bitext.Russian),
		boolean(g.from > 0 && !d.units[g.from-1].content), boolean(g.to < len(d.units) && d.units[g.to].content),
		near / size, free / size, hard,
		boolean(q.src != nil && q.src.lang == bitext.Chinese), boolean(q.src != nil && q.src.lang == bitext.Russian),
		m.coverFree, m.meet, float64(q.lost[0]), float64(q.lost[1]), q.o.seam(m.oFrom, m.oTo),
		torn.atAll, torn.named, torn.needed, para, paraFree,
		nearer(d, g.head, q.o), nearerSource, likeSums(d, q.o), wholeSource,
	}
}

// sides says whether the words beside g are linked, and whether their partners
// follow each other.
func (q *doubts) sides(g wordSpan) (left, right, orderly float64) {
	l, r := -1, -1
	for i := g.from - 1; i >= 0; i-- {
		if q.d.units[i].content {
			l = q.link[i]
			break
		}
	}
	for i := g.to; i < len(q.d.units); i++ {
		if q.d.units[i].content {
			r = q.link[i]
			break
		}
	}
	left, right = boolean(l >= 0), boolean(r >= 0)
	if l >= 0 && r > l && r-l <= 4 {
		orderly = 1
	}
	return left, right, orderly
}

// gapSize counts the free content units of the gap that g stands in.
func (q *doubts) gapSize(g wordSpan) int {
	for _, x := range q.gaps {
		if x.from <= g.head && g.head < x.to {
			return x.n
		}
	}
	return 0
}

// around sums over the suspect words that stand in a row with word k: how
// many, how near the other text and the free part of the source are, and how
// many are near to neither.
func (q *doubts) around(k int, ms []measured) (size, near, free, hard float64) {
	count := func(i int) {
		size++
		near += ms[i].near
		free += ms[i].sourceFree
		if ms[i].near < 0.35 && ms[i].sourceFree < foreignFloor {
			hard++
		}
	}
	count(k)
	for i := k - 1; i >= 0 && q.suspect(i); i-- {
		count(i)
	}
	for i := k + 1; i < len(ms) && q.suspect(i); i++ {
		count(i)
	}
	return size, near, free, hard
}

// sourceRatio says how many words d has to those of the source.
func (q *doubts) sourceRatio() float64 {
	if q.src == nil {
		return 0
	}
	return math.Log(float64(len(q.d.words())+1) / float64(len(q.src.words())+1))
}

// wordText gives the folded text of a word.
func (d *side) wordText(g wordSpan) string {
	if g.to == g.from+1 {
		return d.units[g.from].form
	}
	return text.Fold(d.text[d.units[g.from].start:d.units[g.to-1].end])
}

// doubts looks at b where back says so, else at a.
func (p *pair) doubts(back bool) *doubts {
	freeA, freeB := countFree(p.a, p.link), countFree(p.b, p.back)
	if back {
		return newDoubts(p, &gapView{p.src, p.b, p.a, p.back, p.link, p.pb, p.pa, gap{}, freeB, freeA}, p.gapsB)
	}
	return newDoubts(p, &gapView{p.src, p.a, p.b, p.link, p.back, p.pa, p.pb, gap{}, freeA, freeB}, p.gapsA)
}
