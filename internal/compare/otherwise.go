package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// undone says that a word of nothing is undone by one of lack in its clause:
// "none of that is lacking" says that all is there.
func (d *side) undone(h *poleHit) bool {
	if !emptyWords[d.lang][d.units[h.from].form] {
		return false
	}
	for k := h.to; k < min(len(d.units), h.to+undoneReach); k++ {
		u := &d.units[k]
		if u.kind == text.Punct && isClauseMark(u.form) {
			return false
		}
		if lackWords[d.lang][u.key] {
			return true
		}
	}
	return false
}

// undoneReach is how many units behind a word of nothing one of lack undoes it.
const undoneReach = 7

var (
	emptyWords = map[bitext.Lang]map[string]bool{
		bitext.English: wordSet("none no nothing nobody never few little hardly rarely seldom"),
		bitext.Russian: wordSet("ничто ничего никто никогда мало немногие редко"),
	}
	lackWords = map[bitext.Lang]map[string]bool{
		bitext.English: keySet(bitext.English, "lack lacking absent missing wanting fail fails exception exempt excluded"),
		bitext.Russian: keySet(bitext.Russian, "отсутствует отсутствуют недостает упущено исключено исключение"),
	}
)

// apart says that unit i of a and unit j of b render two different words of the
// source, each its own, which the other text renders elsewhere: they are no
// choice of words for one place.
func (p *pair) apart(i, j int) bool {
	if p.pa == nil || p.pb == nil || p.a.lang != p.b.lang {
		return false
	}
	x, y := p.pa.sole(i), p.pb.sole(j)
	return x >= 0 && y >= 0 && x != y && p.pa.rendersBut(i, y) && p.pb.rendersBut(j, x)
}

// rendersBut says that not unit i renders unit u of the source, but another does.
func (v *pivot) rendersBut(i, u int) bool {
	if v.chance(i, u) >= apartLeast/2 {
		return false
	}
	for k := range v.likely {
		if k != i && v.chance(k, u) >= apartLeast {
			return true
		}
	}
	return false
}

// apartLeast is how surely a word must render one of the source.
const apartLeast = 0.2

// sole gives the unit of the source that unit i renders, where that is sure
// enough; else -1.
func (v *pivot) sole(i int) int {
	if v.best[i] < apartLeast {
		return -1
	}
	for _, l := range v.likely[i] {
		if l.p == v.best[i] {
			return l.unit
		}
	}
	return -1
}

// chance is how likely unit i renders unit u of the source.
func (v *pivot) chance(i, u int) float64 {
	for _, l := range v.likely[i] {
		if l.unit == u {
			return l.p
		}
	}
	return 0
}

// hasToOffer says that "have to" is no duty: what one has to offer.
func (d *side) hasToOffer(it *item) bool {
	if d.lang != bitext.English || !strings.HasPrefix(d.units[it.from].form, "ha") || it.to >= len(d.units) || !offered[d.units[it.to].key] {
		return false
	}
	if d.units[it.to-1].form != "to" {
		return false
	}
	for k := it.from - 1; k >= max(0, it.from-offerReach) && d.units[k].kind != text.Punct; k-- {
		if offerings[d.units[k].form] {
			return true
		}
	}
	return false
}

// offerReach is how far before "have to" stands what one has.
const offerReach = 7

var (
	offered   = keySet(bitext.English, "offer say show give teach contribute gain lose hide fear share sell spare add tell prove")
	offerings = wordSet("what whatever nothing anything something everything much little more lot all")
)
