package compare

import (
	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

// pivot says which units of a source each content unit of a version may
// render, by the shipped lexicon.
type pivot struct {
	likely  [][]link1 // for each unit of the version
	best    []float64 // the likeliest of them; 0 for none
	known   []bool    // the lexicon knows the unit: an unknown word proves nothing
	covered []float64 // for each unit of the source, how surely it is rendered, by the lexicon
	d, src  *side
	asked   []bool // units of the source whose cover by vectors was asked for
}

// link1 is a unit of the source and how likely it is rendered so.
type link1 struct {
	unit int
	p    float64
}

// glossed is a source prepared for looking up: what its keys are rendered
// with, and where its keys stand.
type glossed struct {
	lang     bitext.Lang
	src      *side
	units    int
	places   map[string][]link1 // key of the source → units and the key's weight
	rendered map[string][]link1 // key of the version → units of the source
}

// loneHan is the weight of a Chinese character by itself.
const loneHan = 0.3

// pivotFloor is the least probability that counts.
const pivotFloor = 0.02

// gloss prepares src for versions in lang.
func gloss(src *side, lang bitext.Lang) *glossed {
	g := &glossed{lang: src.lang, src: src, units: len(src.units), places: make(map[string][]link1), rendered: make(map[string][]link1)}
	lex := lexicon.Shipped()
	for i := range src.units {
		if !src.units[i].content {
			continue
		}
		src.eachKey(i, func(key string, weight float64) {
			g.places[key] = append(g.places[key], link1{i, weight})
			lex.Each(src.lang, key, lang, func(b string, p float64) {
				if p *= weight; p >= pivotFloor {
					g.rendered[b] = append(g.rendered[b], link1{i, p})
				}
			})
		})
	}
	return g
}

// eachKey gives the keys by which the lexicon may know unit i: the word, or
// the character and the two pairs of characters that it stands in. A character
// alone says little beside a pair.
func (d *side) eachKey(i int, f func(key string, weight float64)) {
	u := &d.units[i]
	switch u.kind {
	case text.Word:
		f(u.key, 1)
	case text.Han:
		f(u.key, loneHan)
		if i > 0 && d.units[i-1].kind == text.Han && d.units[i-1].end == u.start {
			f(d.units[i-1].key+u.key, 1)
		}
		if i+1 < len(d.units) && d.units[i+1].kind == text.Han && d.units[i+1].start == u.end {
			f(u.key+d.units[i+1].key, 1)
		}
	}
}

// pivotOf looks up every content unit of d in the source: all in the lexicon,
// those without a link by their vectors too.
func pivotOf(d *side, g *glossed, link []int) *pivot {
	v := &pivot{
		likely: make([][]link1, len(d.units)), best: make([]float64, len(d.units)),
		known: make([]bool, len(d.units)), covered: make([]float64, g.units),
		d: d, src: g.src, asked: make([]bool, g.units),
	}
	lex := lexicon.Shipped()
	scores := make([]float64, g.units)
	var touched []int
	note := func(unit int, p float64) {
		if p > scores[unit] {
			if scores[unit] == 0 {
				touched = append(touched, unit)
			}
			scores[unit] = p
		}
	}
	for i := range d.units {
		if !d.units[i].content {
			continue
		}
		touched = touched[:0]
		d.eachKey(i, func(key string, weight float64) {
			v.known[i] = v.known[i] || lex.Has(d.lang, key)
			for _, l := range g.rendered[key] {
				note(l.unit, l.p*weight)
			}
			lex.Each(d.lang, key, g.lang, func(b string, p float64) {
				for _, l := range g.places[b] {
					if q := p * weight * l.p; q >= pivotFloor {
						note(l.unit, q)
					}
				}
			})
		})
		if link[i] < 0 && d.row(i) != nil {
			v.known[i] = true
			for u := range g.src.units {
				if p := likelihood(cosine(d, i, g.src, u)); p > 0 {
					note(u, p)
				}
			}
		}
		for _, u := range touched {
			v.likely[i] = append(v.likely[i], link1{u, scores[u]})
			v.best[i] = max(v.best[i], scores[u])
			v.covered[u] = max(v.covered[u], scores[u])
			scores[u] = 0
		}
	}
	return v
}

// agree says how surely two units render the same unit of the source, 0 to 1.
func (v *pivot) agree(i int, w *pivot, j int) float64 {
	best := 0.0
	for _, x := range v.likely[i] {
		for _, y := range w.likely[j] {
			if x.unit == y.unit {
				best = max(best, min(x.p/v.best[i], 1)*min(y.p/w.best[j], 1)*min(x.p, y.p, 0.3)/0.3)
			}
		}
	}
	return best
}

// ownShare is how near a word must be to a word of the source, beside the one
// that it is nearest to, to count as rendering it.
const ownShare = 0.7

// covers says how surely some unit of the version renders unit u of the source.
func (v *pivot) covers(u int) float64 {
	if !v.asked[u] && v.covered[u] < foreignFloor {
		for j := range v.d.units {
			if !v.d.units[j].content {
				continue
			}
			c := cosine(v.d, j, v.src, u)
			if p := likelihood(c); p > v.covered[u] && c >= ownShare*nearest(v.d, j, v.src) {
				v.covered[u] = p
			}
		}
	}
	v.asked[u] = true
	return v.covered[u]
}

// uncovered says that what unit i of v renders in the source is not rendered
// by anything in the version of w.
func (v *pivot) uncovered(i int, w *pivot) bool {
	if w == nil || v.best[i] < 0.1 {
		return false
	}
	for _, x := range v.likely[i] {
		if x.p >= 0.5*v.best[i] && w.covers(x.unit) >= foreignFloor {
			return false
		}
	}
	return true
}

// verdict is what the source says of a stretch of free units.
type verdict uint8

const (
	noWord      verdict = iota // there is no content unit
	unknownWord                // the lexicon does not know
	saidToo                    // the other version says it as well, in other words
	unsaidWord                 // the source has it, the other version has not
	foreignWord                // the source has nothing of it
)

// judge gives the gravest verdict on the free units among from to to.
func (v *pivot) judge(d *side, from, to int, link []int, w *pivot) verdict {
	out := noWord
	for i := from; i < to; i++ {
		if !d.units[i].content || link[i] >= 0 {
			continue
		}
		is := saidToo
		switch {
		case !v.known[i]:
			is = unknownWord
		case v.best[i] < foreignFloor:
			is = foreignWord
		case v.uncovered(i, w):
			is = unsaidWord
		}
		out = max(out, is)
	}
	return out
}

// foreignFloor is the likelihood below which the source has nothing of a word.
const foreignFloor = 0.05
