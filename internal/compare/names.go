package compare

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
	"sverka/internal/text"
)

const (
	// nameSame is how alike two names are from which they name one thing.
	nameSame = 0.75
	// nameContext is how well the surroundings of two names must agree for one
	// to stand for the other.
	nameContext = 0.25
	// nameFloor is the likelihood from which the source has a word of a name:
	// names are near each other in meaning, whomever they name.
	nameFloor = 0.1
)

// checkNames compares names: those of the gazetteer by what they name, others
// word by word.
func checkNames(p *pair) []Flag {
	out := p.knownNames()
	if p.a.lang == p.b.lang {
		out = append(out, p.nameWords()...)
	} else {
		out = append(out, p.namesAcross()...)
	}
	return mergeStrangers(out, p.strangers())
}

// sourced gives what the source has for one of the units, "" for nothing.
func (p *pair) sourced(d *side, from, to int) string {
	v := p.pa
	if d == p.b {
		v = p.pb
	}
	for i := from; i < to; i++ {
		if !d.units[i].content {
			continue
		}
		if v != nil && v.best[i] >= nameFloor {
			for _, l := range v.likely[i] {
				if l.p == v.best[i] {
					u := p.src.units[l.unit]
					return p.src.text[u.start:u.end]
				}
			}
		}
		if w := d.text[d.units[i].start:d.units[i].end]; d.units[i].capital && utf8.RuneCountInString(w) > 3 && p.src.hears(w, d.lang) >= strangerHeard {
			return w
		}
		if has, said := p.src.findName(d, d.units[i].start, d.units[i].end); has {
			return said
		}
	}
	return ""
}

// nameWords compares the names that are told by their shape, word by word:
// Keanu Reeves and Thomas Reeves differ in one.
func (p *pair) nameWords() []Flag {
	inA, inB := nameUnits(p.a), nameUnits(p.b)
	var found []Flag
	look := func(d, o *side, link, back []int, in, oIn []bool, swap bool) {
		for i := 0; i < len(d.units); i++ {
			if !in[i] || link[i] >= 0 {
				continue
			}
			to := i + 1
			for to < len(d.units) && (in[to] && link[to] < 0 || d.units[to].form == "-" && to+1 < len(d.units) && in[to+1] && link[to+1] < 0) {
				to++
			}
			if f, ok := p.nameDiff(d, o, link, back, oIn, i, to, swap); ok {
				found = append(found, f)
			}
			i = to - 1
		}
	}
	look(p.a, p.b, p.link, p.back, inA, inB, false)
	look(p.b, p.a, p.back, p.link, inB, inA, true)
	return append(apart(found), p.variants(inA, inB)...)
}

// apart keeps of flags that overlap on both sides the gravest, and of equals
// the shortest.
func apart(found []Flag) []Flag {
	size := func(f *Flag) int { return f.A[1] - f.A[0] + f.B[1] - f.B[0] }
	sort.SliceStable(found, func(i, j int) bool {
		f, g := &found[i], &found[j]
		if f.Sev != g.Sev {
			return f.Sev > g.Sev
		}
		if m, n := size(f), size(g); m != n {
			return m < n
		}
		return earlier(f.A[0], f.B[0], g.A[0], g.B[0])
	})
	var out []Flag
	for _, f := range found {
		if !slices.ContainsFunc(out, func(g Flag) bool { return overlaps(f.A, g.A) && overlaps(f.B, g.B) }) {
			out = append(out, f)
		}
	}
	return out
}

func overlaps(a, b *[2]int) bool { return a[0] < b[1] && b[0] < a[1] }

// nameUnits marks the units that are words of names told by their shape.
func nameUnits(d *side) []bool {
	out := make([]bool, len(d.units))
	for i := range d.items {
		it := &d.items[i]
		if it.Kind != lexis.Name || it.Weak || known(it) {
			continue
		}
		for k := it.from; k < it.to; k++ {
			out[k] = d.units[k].kind == text.Word && d.units[k].content
		}
	}
	return out
}

// nameDiff judges free words of a name against what the other text has at that
// place.
func (p *pair) nameDiff(d, o *side, link, back []int, oIn []bool, from, to int, swap bool) (Flag, bool) {
	gFrom, gTo := opposite(d, o, link, from, to)
	oFrom, oTo := trimFree(o, back, gFrom, gTo)
	if oTo-oFrom > to-from+2 {
		oTo = oFrom + to - from + 2
	}
	named := false
	for k := oFrom; k < oTo; k++ {
		named = named || oIn[k]
	}
	if named {
		oFrom, oTo = nameWithin(oIn, oFrom, oTo)
	}
	f := Flag{Cat: Name, Sev: Minor, A: d.at(from, to), B: o.at(oFrom, oTo)}
	if swap {
		f.A, f.B = f.B, f.A
	}
	if oTo == oFrom {
		return f, false // a name left out is a matter of clauses
	}
	mine, theirs := d.quoteText(d.units[from].start, d.units[to-1].end), o.quoteText(o.units[oFrom].start, o.units[oTo-1].end)
	first, second := mine, theirs
	if swap {
		first, second = theirs, mine
	}
	f.Message = say("“%s” against “%s”", first, second)
	if !named && o.contentCount(oFrom, oTo) > d.contentCount(from, to) {
		return f, false // words of another turn of the sentence
	}
	if lexis.SameName(mine, theirs, d.lang, o.lang) >= nameSame {
		f.Message = say("“%s” and “%s”: two spellings of one name", first, second)
		f.paired = true
		p.misspelt(&f, first, second)
		return f, true
	}
	if named && d.patronymic(from, to) != o.patronymic(oFrom, oTo) {
		f.paired = true
		return f, true // Nikolai Romanovich is Mr Ivanov, as far as is known
	}
	if acronymOf(d, from, to) != acronymOf(o, oFrom, oTo) {
		return f, named // an acronym and what it stands for
	}
	if allPlain(d, from, to) && allPlain(o, oFrom, oTo) {
		return f, named // words with a capital letter
	}
	if p.src == nil {
		if named {
			f.Sev = Critical
		}
		return f, named
	}
	mineSaid, theirsSaid := p.sourced(d, from, to), p.sourced(o, oFrom, oTo)
	switch {
	case mineSaid != "" && theirsSaid != "":
		return f, false
	case mineSaid == "" && theirsSaid == "":
		return f, named
	}
	if theirsSaid != "" || named {
		f.Sev = Critical // what the source has not got is a name
	}
	f.witness = witness{said: mineSaid + theirsSaid, agrees: agreesA}
	if (mineSaid != "") == swap {
		f.witness.agrees = agreesB
	}
	return f, true
}

// nameWithin narrows units to the first stretch of them that is a name.
func nameWithin(in []bool, from, to int) (int, int) {
	for from < to && !in[from] {
		from++
	}
	end := from
	for end < to && (in[end] || end+1 < to && in[end+1]) { // Jean-Luc is one
		end++
	}
	return from, end
}

// patronymics are the endings of the names by the father, which stand with a
// first name where other languages have Mr and a surname.
var patronymics = map[bitext.Lang][]string{
	bitext.English: {"ovich", "evich", "ovna", "evna", "ichna"},
	bitext.Russian: {"ович", "евич", "овна", "евна", "ична"},
}

// patronymic says that two or more units are a name that ends with the
// father's, in whatever case.
func (d *side) patronymic(from, to int) bool {
	if to-from < 2 {
		return false
	}
	last := d.units[to-1].form
	return slices.ContainsFunc(patronymics[d.lang], func(e string) bool {
		at := strings.LastIndex(last, strings.TrimSuffix(e, "а"))
		return at > 0 && len(last)-at-len(e) <= len("ем")
	})
}

// patronymicAt says that a name at these bytes ends with the father's.
func (d *side) patronymicAt(at *[2]int) bool {
	return slices.ContainsFunc(d.items, func(it item) bool {
		return it.Kind == lexis.Name && it.Start < at[1] && at[0] < it.End && d.patronymic(it.from, it.to)
	})
}

// allPlain says that the units are common words.
func allPlain(d *side, from, to int) bool {
	for i := from; i < to; i++ {
		u := &d.units[i]
		if u.content && !plain(d.lang, u.key, d.text[u.start:u.end]) {
			return false
		}
	}
	return true
}

// acronymOf says that the units are one word of capital letters.
func acronymOf(d *side, from, to int) bool {
	if to-from != 1 {
		return false
	}
	_, ok := acronym(d, from)
	return ok
}

// variants reports names that are linked and spelt in two ways.
func (p *pair) variants(inA, inB []bool) []Flag {
	var out []Flag
	for i, j := range p.link {
		if j < 0 || !inA[i] && !inB[j] || p.a.units[i].key == p.b.units[j].key ||
			!p.a.units[i].capital || !p.b.units[j].capital || spelling(p.a.units[i].form, p.b.units[j].form) == 0 {
			continue
		}
		f := Flag{Cat: Name, Sev: Minor, A: p.a.at(i, i+1), B: p.b.at(j, j+1)}
		first, second := p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1])
		f.Message = say("“%s” and “%s”: two spellings of one name", first, second)
		p.misspelt(&f, first, second)
		out = append(out, f)
	}
	return out
}

// misspelt raises the flag on two spellings of a name where the source tells
// them apart: one sounds as the name does there, the other lacks a consonant.
func (p *pair) misspelt(f *Flag, first, second string) {
	if p.src == nil || p.src.lang == p.a.lang || utf8.RuneCountInString(first) < 3 || utf8.RuneCountInString(second) < 3 {
		return
	}
	x, y := p.src.hears(first, p.a.lang), p.src.hears(second, p.b.lang)
	if max(x, y) < spelltRight || math.Abs(x-y) < spelltWrong {
		return
	}
	f.Sev = Major
	if f.witness = (witness{first, agreesA}); y > x {
		f.witness = witness{second, agreesB}
	}
}

// spelltRight is how well a spelling must be heard in the source, and spelltWrong
// by how much less the other.
const spelltRight, spelltWrong = 0.97, 0.11

// namesAcross compares the names of two languages that are told by their
// shape. Two that stand at one place and do not sound alike are grave; one that
// the other text has in no spelling is mentioned.
func (p *pair) namesAcross() []Flag {
	xs, ys := p.unheard(p.a, p.b, p.link), p.unheard(p.b, p.a, p.back)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	var out []Flag
	spelt := p.a.lang != bitext.Chinese && p.b.lang != bitext.Chinese
	for _, c := range p.couples(xs, ys, usedX, usedY, func(x, y *item) bool { return spelt }) {
		if usedX[c.x] || usedY[c.y] || c.context < nameContext {
			continue
		}
		x, y := xs[c.x], ys[c.y]
		usedX[c.x], usedY[c.y] = true, true
		f := Flag{Cat: Name, Sev: Major, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
		if acronymOf(p.a, x.from, x.to) || acronymOf(p.b, y.from, y.to) {
			f.Sev = Minor // letters of another alphabet tell nothing
		}
		f.Message = say("“%s” against “%s”", p.a.quoteText(x.Start, x.End), p.b.quoteText(y.Start, y.End))
		out = append(out, f)
	}
	lost := func(d, o *side, link []int, x *item, swap bool) {
		oFrom, _ := opposite(d, o, link, x.from, x.to)
		f := Flag{Cat: Name, Sev: Minor, A: d.at(x.from, x.to), B: o.at(oFrom, oFrom)}
		if swap {
			f.A, f.B = f.B, f.A
		}
		f.Message = say("“%s” has no counterpart", d.quoteText(x.Start, x.End))
		out = append(out, f)
	}
	for i, x := range xs {
		if !usedX[i] {
			lost(p.a, p.b, p.link, x, false)
		}
	}
	for i, y := range ys {
		if !usedY[i] {
			lost(p.b, p.a, p.back, y, true)
		}
	}
	return out
}

// unheard gives the names of d, told by their shape, that o has in no spelling.
func (p *pair) unheard(d, o *side, link []int) []*item {
	return d.only(func(x *item) bool {
		return x.Kind == lexis.Name && !x.Weak && !known(x) && x.from < x.to && !p.linkedSome(link, x) && !namesIt(d, x, o)
	})
}

func (p *pair) linkedSome(link []int, x *item) bool {
	for i := x.from; i < x.to; i++ {
		if link[i] >= 0 {
			return true
		}
	}
	return false
}
