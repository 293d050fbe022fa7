package compare

import (
	"sort"

	"sverka/internal/lexis"
	"sverka/internal/text"
	"sverka/internal/vector"
)

// pair is two texts with their words linked, and the source of both.
type pair struct {
	a, b, src *side
	link      []int // unit of a → unit of b, or -1
	back      []int // unit of b → unit of a, or -1
	// pa and pb say what the units of a and b render in the source; nil where
	// there is none in another language.
	pa, pb *pivot
	flags  []Flag // found so far
	// gapsA and gapsB are what stands in a and in b without a link.
	gapsA, gapsB []gap
	// facts are the flags on numbers and dates, once they are matched.
	facts   []Flag
	matched bool
}

func newPair(a, b, src *side, vectors *vector.Table) *pair {
	p := &pair{a: a, b: b, src: src}
	if vectors == nil {
		vectors = vector.Default()
	}
	a.embed(vectors)
	b.embed(vectors)
	if src != nil {
		src.embed(vectors)
	}
	p.link = fill(len(a.units))
	p.back = fill(len(b.units))
	p.linkRuns()
	switch {
	case a.lang != b.lang:
		// Across languages the first text is its own source.
		p.pa, p.pb = pivotOf(a, gloss(b, a.lang), p.link), pivotOf(b, gloss(a, b.lang), p.back)
	case src != nil && src.lang != a.lang:
		g := gloss(src, a.lang)
		p.pa, p.pb = pivotOf(a, g, p.link), pivotOf(b, g, p.back)
	}
	p.linkNames()
	p.linkJoined()
	p.linkAcronyms()
	if a.lang == b.lang {
		p.linkAlike()
	} else {
		p.linkAcross()
	}
	p.gapsA = findGaps(a, b, p.link, p.back)
	p.gapsB = findGaps(b, a, p.back, p.link)
	return p
}

func fill(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

func (p *pair) join(i, j int) { p.link[i], p.back[j] = j, i }

// run is a stretch of units that both texts have with the same keys.
type run struct {
	i, j, n int
	weight  float64
}

// linkCells bounds the work of linkRuns; beyond it only near places are tried.
const linkCells = 1 << 18

// linkRuns links equal stretches, the heaviest first (greedy string tiling,
// Wise 1993): a long stretch says where the short, frequent words belong.
func (p *pair) linkRuns() {
	na, nb := len(p.a.units), len(p.b.units)
	if na == 0 || nb == 0 {
		return
	}
	band := nb
	if na*nb > linkCells {
		band = linkCells/na + 1
	}
	at := make(map[string][]int, nb)
	for j := range p.b.units {
		k := p.b.units[j].key
		at[k] = append(at[k], j)
	}
	seen := make(map[[2]int]bool)
	var runs []run
	for i := range p.a.units {
		mid := i * nb / na
		for _, j := range at[p.a.units[i].key] {
			if j < mid-band || j > mid+band || seen[[2]int{i, j}] {
				continue
			}
			n := 0
			for i+n < na && j+n < nb && p.a.units[i+n].key == p.b.units[j+n].key {
				seen[[2]int{i + n, j + n}] = true
				n++
			}
			runs = append(runs, p.weigh(run{i: i, j: j, n: n}))
		}
	}
	for len(runs) > 0 {
		sort.Slice(runs, func(x, y int) bool { return runBefore(runs[x], runs[y]) })
		runs = p.takeRuns(runs)
	}
}

func runBefore(x, y run) bool {
	if x.weight != y.weight {
		return x.weight > y.weight
	}
	return earlier(x.i, x.j, y.i, y.j)
}

// earlier orders places in two texts so that the order is the same when the
// texts change sides.
func earlier(i, j, k, l int) bool {
	if i+j != k+l {
		return i+j < k+l
	}
	if di, dk := max(i-j, j-i), max(k-l, l-k); di != dk {
		return di < dk
	}
	return i < k
}

// takeRuns links the runs in order; what is partly taken is cut to what is
// free and comes back for another round.
func (p *pair) takeRuns(runs []run) []run {
	var rest []run
	for _, r := range runs {
		for k := 0; k < r.n; {
			if p.link[r.i+k] >= 0 || p.back[r.j+k] >= 0 {
				k++
				continue
			}
			n := 1
			for k+n < r.n && p.link[r.i+k+n] < 0 && p.back[r.j+k+n] < 0 {
				n++
			}
			cut := p.weigh(run{i: r.i + k, j: r.j + k, n: n})
			switch {
			case n < r.n:
				rest = append(rest, cut)
			case cut.weight > 0:
				for q := range n {
					p.join(cut.i+q, cut.j+q)
				}
			}
			k += n
		}
	}
	return rest
}

// weigh gives a run the sum of its units' weights less its distance from the
// diagonal: a lone function word is linked only near where it is expected.
func (p *pair) weigh(r run) run {
	for k := range r.n {
		switch u, v := &p.a.units[r.i+k], &p.b.units[r.j+k]; {
		case u.kind == text.Punct:
			r.weight += 0.05
		case !u.content || !v.content:
			r.weight += 0.2
		case u.kind == text.Han:
			r.weight += 0.4
		default:
			r.weight++
		}
	}
	r.weight -= 0.6 * p.distance(r.i, r.j)
	return r
}

// distance says how far apart two units stand in their texts, 0 to 1.
func (p *pair) distance(i, j int) float64 {
	d := (float64(i)+0.5)/float64(len(p.a.units)) - (float64(j)+0.5)/float64(len(p.b.units))
	if d < 0 {
		return -d
	}
	return d
}

// alike is a possible link between two different words.
type alike struct {
	i, j  int
	score float64
}

// linkAlike links content words that are not equal but near: spelt nearly
// alike, or near in meaning where word vectors are at hand.
func (p *pair) linkAlike() {
	var ia, jb []int
	for i := range p.a.units {
		if p.link[i] < 0 && p.a.units[i].content && p.a.units[i].kind != text.Punct {
			ia = append(ia, i)
		}
	}
	for j := range p.b.units {
		if p.back[j] < 0 && p.b.units[j].content && p.b.units[j].kind != text.Punct {
			jb = append(jb, j)
		}
	}
	if len(ia)*len(jb) > linkCells/4 {
		return
	}
	var found []alike
	for _, i := range ia {
		for _, j := range jb {
			if s := p.likeness(i, j); s > 0.5 {
				found = append(found, alike{i, j, s + p.neighbours(i, j) - 0.2*p.distance(i, j)})
			}
		}
	}
	p.joinBest(found)
}

// linkAcross links words of two languages that the lexicon knows as renderings
// of each other.
func (p *pair) linkAcross() {
	var found []alike
	for j, list := range p.pb.likely {
		for _, l := range list {
			if l.p >= 0.05 && p.link[l.unit] < 0 && p.back[j] < 0 {
				found = append(found, alike{l.unit, j, l.p + p.neighbours(l.unit, j) - 0.3*p.distance(l.unit, j)})
			}
		}
	}
	p.joinBest(found)
}

// joinBest links the likeliest first, each unit once.
func (p *pair) joinBest(found []alike) {
	sort.Slice(found, func(x, y int) bool {
		if found[x].score != found[y].score {
			return found[x].score > found[y].score
		}
		return earlier(found[x].i, found[x].j, found[y].i, found[y].j)
	})
	for _, f := range found {
		if p.link[f.i] < 0 && p.back[f.j] < 0 {
			p.join(f.i, f.j)
		}
	}
}

// likeness says how likely two different content words stand for the same: 0 to 1.
func (p *pair) likeness(i, j int) float64 {
	u, v := &p.a.units[i], &p.b.units[j]
	if opposed(p.a.lang, u.key, p.b.lang, v.key) {
		return 0
	}
	s := 0.0
	if u.item >= 0 || v.item >= 0 {
		return 0
	}
	if p.a.lang == p.b.lang {
		x, y := u.name, v.name
		if x >= 0 && y >= 0 && p.differ(&p.a.items[x], &p.b.items[y]) {
			return 0
		}
		s = spelling(u.form, v.form)
		if s > 0 && (x >= 0 || y >= 0) {
			if lexis.SameName(p.a.text[u.start:u.end], p.b.text[v.start:v.end], p.a.lang, p.b.lang) < nameSame {
				s = 0
			}
		}
	}
	if p.pa != nil && s < 0.9 {
		s = max(s, p.pa.agree(i, p.pb, j))
	}
	if s < 0.9 {
		s = max(s, nearness(cosine(p.a, i, p.b, j)))
	}
	return s
}

// differ says that the gazetteer knows two names, and that they are not one.
func (p *pair) differ(x, y *item) bool { return known(x) && known(y) && x.Norm != y.Norm }

// nearness turns the cosine of two words of one language into a likeness:
// above a half from the cosine at which words are taken for synonyms.
func nearness(cosine float64) float64 { return min(0.95, max(0, cosine+synonymShift)) }

const synonymShift = 0.16

// neighbours is 0.1 for each neighbour of i that is linked to a neighbour of j.
func (p *pair) neighbours(i, j int) float64 {
	s := 0.0
	for d := -2; d <= 2; d++ {
		if d == 0 || i+d < 0 || i+d >= len(p.link) || p.link[i+d] < 0 {
			continue
		}
		if e := p.link[i+d] - j; -2 <= e && e <= 2 {
			s += 0.1
		}
	}
	return s
}

// spelling says how alike two words are spelt: 1 for equal, 0 below six tenths.
// Words that a prefix of denial parts are not alike.
func spelling(a, b string) float64 {
	ra, rb := []rune(a), []rune(b)
	if len(ra) < 4 || len(rb) < 4 {
		return 0
	}
	long := max(len(ra), len(rb))
	if long > 40 {
		return 0
	}
	pre := 0
	for pre < min(len(ra), len(rb)) && ra[pre] == rb[pre] {
		pre++
	}
	if pre == 0 {
		return 0
	}
	s := 1 - float64(text.Levenshtein(ra, rb))/float64(long)
	if c := float64(pre) / float64(long); pre >= 4 && c > s {
		s = c
	}
	if s < 0.6 {
		return 0
	}
	return s
}

// context says how well the surroundings of unit i of a and unit j of b agree:
// the share of the four nearest content words on each side whose partner
// stands within eight units of the other, the mean of both directions; 1 where
// there is nothing to judge by.
func (p *pair) context(i, j int) float64 {
	return (company(p.a, p.link, i, j) + company(p.b, p.back, j, i)) / 2
}

func company(d *side, link []int, i, j int) float64 {
	n, hit := 0, 0
	look := func(k int) {
		n++
		if q := link[k]; q >= 0 && q-j <= 8 && j-q <= 8 {
			hit++
		}
	}
	for k, c := i-1, 0; k >= 0 && c < 4; k-- {
		if d.units[k].content {
			look(k)
			c++
		}
	}
	for k, c := i+1, 0; k < len(link) && c < 4; k++ {
		if d.units[k].content {
			look(k)
			c++
		}
	}
	if n == 0 {
		return 1
	}
	return float64(hit) / float64(n)
}
