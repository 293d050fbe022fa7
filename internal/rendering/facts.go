package rendering

import "sverka/internal/bitext"

// termFacts are what does not hang on the candidate.
type termFacts struct {
	common, allCommon, more, weight, capital, number float32
	words                                            int
}

func (g *grid) termFacts(term []int) termFacts {
	t := termFacts{allCommon: 1, words: len(term)}
	for _, i := range term {
		w := &g.a.words[i]
		if w.common > 0 {
			t.common = 1
		} else {
			t.allCommon = 0
		}
		t.weight += w.weight / float32(len(term))
		if w.capital {
			t.capital = 1
		}
		if w.number == w.number {
			t.number = 1
		}
	}
	t.more = min(3, float32(len(term)-1))
	return t
}

func (g *grid) wordFacts(t termFacts, c *candidate) {
	x, v := &c.x, &g.b.words[c.j]
	if v.common > 0 {
		x[wordCommon] = 1
	}
	x[wordTermCommon] = t.allCommon
	x[wordBothCommon] = x[wordCommon] * t.allCommon
	x[wordTermMore] = t.more
	x[wordWeight], x[wordTermWeight] = v.weight, t.weight
	if g.a.Lang == bitext.Chinese {
		x[wordHanFrom] = 1
	}
	if v.lang == bitext.Chinese {
		x[wordHanTo] = 1
	}
	if oneHan(v) {
		x[wordHanOne] = 1
	}
	if v.capital {
		x[wordCapital] = 2*t.capital - 1
	}
	if v.glued && v.lang != bitext.Chinese {
		x[wordGluedLeft] = 1
	}
	if c.j+1 < len(g.b.words) && g.b.words[c.j+1].glued && v.lang != bitext.Chinese {
		x[wordGluedRight] = 1
	}
	k := g.s.known(g.a.words[c.best].entry, v.entry)
	x[wordCos], x[wordForth], x[wordBack] = k.cos, k.forth, k.back
	var f [cellFeatures]float32
	g.features(c.best, c.j, &f)
	x[wordSound], x[wordSoundLong], x[wordCover], x[wordJoin] = f[cellSound], f[cellSoundLong], f[cellCover], f[cellJoin]
	x[wordNumberSame] = f[cellNumberSame]
	if v.cover != nil {
		x[wordCovered] = 1
	}
	if v.inside {
		x[wordInside] = 1
	}
	g.numberFacts(t, c)
	x[wordCountForth], x[wordCountBack], x[wordCountMass] = f[cellCountForth], f[cellCountBack], f[cellCountSure]
	x[wordCountNone] = f[cellCountNone]
	if v.number == v.number {
		x[wordNumber] = 2*t.number - 1
	}
	if c.j > 0 && g.hyphened(c.j-1) || c.j+1 < len(g.b.words) && g.hyphened(c.j) {
		x[wordHyphen] = 1
	}
	x[wordLengthShare] = float32(t.words) / float32(len(g.a.words))
}

// numberFacts looks for numbers beside the candidate and the term: 1961 and
// 1961年.
func (g *grid) numberFacts(t termFacts, c *candidate) {
	if c.j > 0 && g.b.words[c.j-1].figure() {
		c.x[wordAfterNumber] = 2*t.number - 1
	}
	v := &g.b.words[c.j]
	if c.j > 0 && t.number > 0 && g.b.words[c.j-1].figure() && calendar(v.entry) {
		c.x[wordCalendar] = -1
		if g.a.words[c.best].number == g.b.words[c.j-1].number {
			c.x[wordCalendar] = 1
		}
	}
	if c.best > 0 && v.figure() && g.a.words[c.best-1].number == v.number {
		c.x[wordBesideNumber] = 1
	}
}

// figure says that a word is a number in figures.
func (w *word) figure() bool { return w.form != "" && w.form[0] <= '9' && w.number == w.number }

// hyphened says that a hyphen and nothing else parts word j and the next.
func (g *grid) hyphened(j int) bool {
	gap := g.b.Text[g.b.words[j].end:g.b.words[j+1].start]
	return gap == "-" || gap == "‑" || gap == "‐"
}

// calendar says that a word counts years, months, days or age.
func calendar(e *entry) bool {
	switch e.form {
	case "年", "月", "日", "号", "岁", "г", "гг", "года", "году", "год", "годов", "лет":
		return true
	}
	return false
}
