package terminology

import (
	"cmp"
	"math"
	"slices"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// grams counts runs of words of many texts, level by level: a run is counted
// only where the two runs that are shorter by one word are frequent, so that
// the counts of a large memory stay small.
type grams struct {
	lang   bitext.Lang
	stem   Keyer
	ids    map[string]int32 // key of a word → its number
	words  []wordInfo
	texts  [][]int32 // numbers of the words of each text; cut where a mark parts them
	levels []level
}

// cut stands in a text where no term goes across.
const cut = int32(-1)

// wordInfo is what is known of a word by its key.
type wordInfo struct {
	inner bool // may stand within a term, not at its ends
	noEnd bool // ends no term
	never bool // stands in no term
}

// level is the runs of one length.
type level struct {
	next  map[[2]int32]int32 // run of the level below and the word behind it → run
	count []int32
	parts [][2]int32 // the run without its last word, and without its first
	ends  [][2]int32 // its first word and its last
}

func newGrams(lang bitext.Lang, stem Keyer) *grams {
	return &grams{lang: lang, stem: stem, ids: map[string]int32{}}
}

// token is a word of a text that may be part of a term.
type token struct {
	id         int32
	start, end int // bytes
}

// read cuts a text into words; where a mark parts them a token says cut.
func (g *grams) read(s string) []token {
	tokens := text.Tokenize(s)
	out := make([]token, 0, len(tokens))
	for _, t := range tokens {
		raw := s[t.Start:t.End]
		switch {
		case t.Kind == text.Punct && joins(raw):
			continue
		case t.Kind == text.Punct, t.Kind == text.Number, (t.Kind == text.Han) != (g.lang == bitext.Chinese):
			if len(out) > 0 && out[len(out)-1].id != cut {
				out = append(out, token{id: cut, start: t.Start, end: t.End})
			}
			continue
		}
		out = append(out, token{id: g.word(text.Fold(raw)), start: t.Start, end: t.End})
	}
	return out
}

// joins says of a mark that a term may go across it.
func joins(mark string) bool {
	return mark == "-" || mark == "‑" || mark == "–" || mark == "’" || mark == "'"
}

// word numbers a folded word by its key.
func (g *grams) word(form string) int32 {
	key := form
	if g.lang != bitext.Chinese {
		key = g.stem(g.lang, form)
	}
	kind := kindOf(g.lang, form)
	if kind == neverIn {
		key = "\x00" + key
	}
	id, ok := g.ids[key]
	if !ok {
		id = int32(len(g.words))
		g.ids[key] = id
		g.words = append(g.words, wordInfo{inner: kind == innerOnly, never: kind == neverIn, noEnd: endsNone(g.lang, form)})
	}
	return id
}

// add takes a text in; it is known by its number, from 0.
func (g *grams) add(s string) {
	tokens := g.read(s)
	ids := make([]int32, len(tokens))
	for i, t := range tokens {
		ids[i] = t.id
		if t.id != cut && g.words[t.id].never {
			ids[i] = cut
		}
	}
	g.texts = append(g.texts, ids)
}

// count counts runs of up to most words that stand least times.
func (g *grams) count(least, most int) {
	rows := make([][]int32, len(g.texts)) // the run of the level below that begins at each place
	one := level{count: make([]int32, len(g.words))}
	for t, ids := range g.texts {
		rows[t] = slices.Clone(ids)
		for _, id := range ids {
			if id != cut {
				one.count[id]++
			}
		}
	}
	g.levels = []level{one}
	for n := 2; n <= most && len(g.levels[n-2].count) > 0; n++ {
		l := level{next: map[[2]int32]int32{}}
		for t, ids := range g.texts {
			l.extend(&g.levels[n-2], rows[t], ids, n, int32(least))
		}
		g.levels = append(g.levels, l)
	}
}

// extend counts the runs of n words of one text; row has the runs that are
// shorter by one and gets these.
func (l *level) extend(below *level, row, ids []int32, n int, least int32) {
	for i := range row {
		end := i + n - 1
		if end >= len(ids) || ids[end] == cut || row[i] == cut || row[i+1] == cut ||
			below.count[row[i]] < least || below.count[row[i+1]] < least {
			row[i] = cut
			continue
		}
		key := [2]int32{row[i], ids[end]}
		id, ok := l.next[key]
		if !ok {
			id = int32(len(l.count))
			l.next[key] = id
			l.count = append(l.count, 0)
			l.parts = append(l.parts, [2]int32{row[i], row[i+1]})
			l.ends = append(l.ends, [2]int32{ids[i], ids[end]})
		}
		l.count[id]++
		row[i] = id
	}
}

// run names a run of words: its length and its number on that level.
type run struct {
	n  int
	id int32
}

func (g *grams) frequency(r run) int { return int(g.levels[r.n-1].count[r.id]) }

// fitsTerm says that no end of a run is a word that stands within terms only.
func (g *grams) fitsTerm(r run) bool {
	if r.n == 1 {
		return !g.words[r.id].inner && !g.words[r.id].never
	}
	e := g.levels[r.n-1].ends[r.id]
	return !g.words[e[0]].inner && !g.words[e[1]].inner && !g.words[e[1]].noEnd
}

// within calls f once for each shorter run within r.
func (g *grams) within(r run, f func(run)) {
	layer := []int32{r.id}
	for n := r.n; n > 1; n-- {
		var below []int32
		for _, id := range layer {
			for _, p := range g.levels[n-1].parts[id] {
				if !slices.Contains(below, p) {
					below = append(below, p)
					f(run{n - 1, p})
				}
			}
		}
		layer = below
	}
}

// scored is a run with its C-value.
type scored struct {
	run
	value float64
}

// best gives the runs of at least so many words that stand least times and score
// best, by the C-value of Frantzi, Ananiadou and Mima ("Automatic recognition
// of multi-word terms", 2000): often, long, and not only within longer ones.
func (g *grams) best(words, least, most int) []scored {
	type nest struct{ sum, n int }
	nested := map[run]nest{}
	var all []run
	for n := len(g.levels); n >= 1; n-- {
		for id, count := range g.levels[n-1].count {
			r := run{n, int32(id)}
			if int(count) < least || !g.fitsTerm(r) {
				continue
			}
			if n >= words {
				all = append(all, r)
			}
			g.within(r, func(in run) {
				x := nested[in]
				x.sum += int(count)
				x.n++
				nested[in] = x
			})
		}
	}
	out := make([]scored, 0, len(all))
	for _, r := range all {
		f := float64(g.frequency(r))
		if x := nested[r]; x.n > 0 {
			f -= float64(x.sum) / float64(x.n)
		}
		if value := math.Log2(float64(r.n)+1) * f; f >= 1 {
			out = append(out, scored{r, value})
		}
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.value, a.value), b.n-a.n, int(a.id-b.id))
	})
	return out[:min(most, len(out))]
}

// at gives the longest of the chosen runs that begins at place i of a text.
func (g *grams) at(ids []int32, i int, chosen map[run]int) (which, n int) {
	which, id := -1, ids[i]
	for k := 1; ; k++ {
		if c, ok := chosen[run{k, id}]; ok {
			which, n = c, k
		}
		if k == len(g.levels) || i+k >= len(ids) || ids[i+k] == cut {
			return which, n
		}
		next, ok := g.levels[k].next[[2]int32{id, ids[i+k]}]
		if !ok {
			return which, n
		}
		id = next
	}
}
