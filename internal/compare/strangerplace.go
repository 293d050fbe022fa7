package compare

import (
	"unicode/utf8"

	"sverka/internal/lexis"
	"sverka/internal/text"
)

// outheard says that the partner of unit i, or the lone name that stands where
// it does, is heard in the source, and by much better than it is itself.
func outheard(d, o, src *side, link []int, i int, w string) bool {
	if d.lang != o.lang {
		return false
	}
	j := partner(o, link, i)
	if j < 0 {
		return false
	}
	u := &o.units[j]
	if u.name < 0 || u.kind != text.Word || utf8.RuneCountInString(u.form) < 4 {
		return false
	}
	there := o.text[u.start:u.end]
	h := src.hears(there, o.lang)
	return h >= outheardLeast && h-src.hears(w, d.lang) >= outheardBy && d.hears(there, o.lang) < strangerHeard && o.hears(w, d.lang) < strangerHeard
}

// partner gives the unit of o to which unit i is linked, else the one beside
// the partner of its neighbour; -1 for none.
func partner(o *side, link []int, i int) int {
	switch {
	case link[i] >= 0:
		return link[i]
	case i+1 < len(link) && link[i+1] > 0:
		return link[i+1] - 1
	case i > 0 && link[i-1] >= 0 && link[i-1]+1 < len(o.units):
		return link[i-1] + 1
	}
	return -1
}

// respelt says that what stands in o at the place of a word w of d is another
// spelling of it.
func respelt(d, o *side, link []int, i int, w string) bool {
	if d.lang != o.lang {
		return false
	}
	j := partner(o, link, i)
	return j >= 0 && o.units[j].kind == text.Word && o.units[j].capital &&
		lexis.SameName(w, o.text[o.units[j].start:o.units[j].end], d.lang, o.lang) >= otherHeard
}

// outsaid says that the word beside the partner of unit i's neighbour renders
// a word of the source, which unit i, standing there instead, does not: not a
// sound of it by more than chance, no meaning.
func outsaid(d, o, src *side, link []int, i int, w string) bool {
	if d.lang != o.lang || link[i] >= 0 {
		return false
	}
	j := partner(o, link, i)
	if j < 0 || o.units[j].kind != text.Word || !o.units[j].content {
		return false
	}
	for k := range d.units {
		if d.units[k].key == o.units[j].key {
			return false
		}
	}
	return lexiconLink(o, j, src) >= outsaidLeast && src.hears(w, d.lang) < outheardLeast && o.hears(w, d.lang) < strangerHeard &&
		lexiconLink(d, i, src) < strangerLex/2 && nearest(d, i, src) < acrossNear &&
		!plain(d.lang, d.units[i].key, w)
}

// outsaidLeast is the probability with which the lexicon must know the better word.
const outsaidLeast = 0.1

// How well the better name is heard, and by how much better.
const outheardLeast, outheardBy = 0.9, 0.2
