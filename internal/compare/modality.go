package compare

import (
	"slices"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
)

// checkModality compares how strongly the texts bind: must, should, may, will.
func checkModality(p *pair) []Flag {
	xs, ys := p.a.modals(), p.b.modals()
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	match := func(fit func(x, y *item) bool) {
		for _, c := range p.couples(xs, ys, usedX, usedY, fit) {
			if !usedX[c.x] && !usedY[c.y] {
				usedX[c.x], usedY[c.y] = true, true
			}
		}
	}
	match(func(x, y *item) bool { return x.Strength == y.Strength && x.Norm == y.Norm && p.sameHead(x, y) })
	match(func(x, y *item) bool { return x.Strength == y.Strength && x.Norm == y.Norm })
	match(func(x, y *item) bool { return p.level(p.a, x) == p.level(p.b, y) && p.sameHead(x, y) })
	match(func(x, y *item) bool { return modalLevel(x) == modalLevel(y) })
	var out []Flag
	for _, c := range p.couples(xs, ys, usedX, usedY, func(x, y *item) bool { return true }) {
		if usedX[c.x] || usedY[c.y] {
			continue
		}
		x, y := xs[c.x], ys[c.y]
		if !p.sameHead(x, y) && c.context < 0.3 {
			continue
		}
		usedX[c.x], usedY[c.y] = true, true
		if f, ok := p.modalFlag(x, y); ok {
			out = append(out, f)
		}
	}
	for i, x := range xs {
		if !usedX[i] {
			out = append(out, p.lostModal(p.a, p.b, p.link, x, false)...)
		}
	}
	for i, y := range ys {
		if !usedY[i] {
			out = append(out, p.lostModal(p.b, p.a, p.back, y, true)...)
		}
	}
	return out
}

// modals gives the modal words of d; of "must be able to" only the first.
func (d *side) modals() []*item {
	last := -2
	return d.only(func(it *item) bool {
		if it.Kind != lexis.Modality || it.from >= it.to || d.hasToOffer(it) {
			return false
		}
		after := it.from-last <= 1
		last = it.to
		return !after || modalLevel(it) != 1 || plainMay[d.lang][d.units[it.from].form]
	})
}

// isAdverb says that a modal word is one that says how sure something is.
func isAdverb(it *item) bool {
	return it.Norm == "likely" || it.Norm == "possibly" || it.Norm == "certainly"
}

// sameHead says that what two items govern is linked.
func (p *pair) sameHead(x, y *item) bool {
	i, j := p.a.headOf(x), p.b.headOf(y)
	return p.linked(i, j)
}

// modalFlag reports two modal words of different strength at one place.
func (p *pair) modalFlag(x, y *item) (Flag, bool) {
	steps := p.modalDistance(x, y)
	if steps == 0 {
		return Flag{}, false
	}
	f := Flag{Cat: Modality, Sev: Major, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = say("“%s” against “%s”: not equally strong", p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
	if p.src != nil {
		f.witness = p.testifyModal(x, y)
	}
	decided := f.witness.agrees == agreesA || f.witness.agrees == agreesB
	if steps == 1 && !decided || f.witness.agrees == agreesBoth {
		f.Sev = Minor
	}
	return f, true
}

// modalDistance says how far apart two modal words are: 0 is rewording, 2 a
// difference to act on, 1 one for the source to decide.
func (p *pair) modalDistance(x, y *item) int {
	lx, ly := modalLevel(x), modalLevel(y)
	fx, fy := p.a.frees(x), p.b.frees(y)
	switch {
	case p.a.saysEither(x) || p.b.saysEither(y):
		return 0
	case p.a.lang != p.b.lang && !fx && !fy && (lx < 0 && ly < 0 || p.saysOught(lx, ly)):
		return 0 // никто не может is how "no one shall" is rendered, 应 how "shall" is
	case lx < 0 && ly < 0 || fx || fy:
		return freedom(lx, ly, fx, fy)
	case lx == ly:
		return 0
	case lx == levelWill:
		return willDistance(p.a, x, p.b, y)
	case ly == levelWill:
		return willDistance(p.b, y, p.a, x)
	case lx < 0 != (ly < 0):
		// Which of the two is denied is for another check.
		lx, ly = max(lx, -lx), max(ly, -ly)
	}
	return min(2, max(lx-ly, ly-lx))
}

// saysOught says that one of the texts is Chinese, where "should" and "must"
// are often one word, and that both levels are of these two.
func (p *pair) saysOught(lx, ly int) bool {
	return (p.a.lang == bitext.Chinese || p.b.lang == bitext.Chinese) && min(lx, ly) == 2 && max(lx, ly) == 3
}

// freedom compares two of which both are denied or one says that something
// need not be: "must not" and "need not" are far apart, between "must not" and
// "cannot" the source decides.
func freedom(lx, ly int, fx, fy bool) int {
	switch {
	case fx == fy:
		return min(1, max(lx-ly, ly-lx)/2)
	case fx && ly < 0 || fy && lx < 0:
		return 2
	}
	return 1
}

// willDistance compares what says that something will be, in w, with another
// modal word, in d.
func willDistance(w *side, will *item, d *side, other *item) int {
	form, said := d.units[other.from].form, w.units[will.from].form
	switch {
	case w.lang != d.lang && !plainMust[d.lang][form] && !plainMay[d.lang][form]:
		return 0 // 只能说 is "I will say only"
	case will.Weak && w.lang == bitext.Chinese && will.to == will.from+1:
		return 0 // 将 also marks what is acted on, 会 an ability
	case other.Norm == "certainly" || form == "shall" || said == "shall" && other.Strength > 1:
		return 0
	case will.Strength < 0 || other.Strength < 0:
		return int(boolean(plainMay[d.lang][form])) // "can never" and "will never"
	case modalLevel(other) == 1 && !plainMay[d.lang][form]:
		return 1
	}
	return 2
}

// freeing are the words that, denied, say that something need not be. They are
// the first words of a modal phrase.
var freeing = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("have has had need needs needed needn't required obliged obligated compelled necessary"),
	bitext.Russian: wordSet("обязан обязана обязано обязаны обязательно обязательный надо нужно необходимо требуется требуются приходится пришлось придется"),
	bitext.Chinese: wordSet("不必 无需 无须 不需要 不用 不一定"),
}

// saysEither says that x can mean both that something must not and cannot be.
func (d *side) saysEither(x *item) bool { return d.units[x.from].form == "нельзя" }

// frees says that the modal word x of d says that something need not be.
func (d *side) frees(x *item) bool {
	if x.Strength >= 0 {
		return false
	}
	if d.lang == bitext.Chinese {
		return freeing[d.lang][d.text[x.Start:x.End]]
	}
	return freeing[d.lang][d.units[x.from].form]
}

// level is the strength of a modal word, one that says what need not be apart.
func (p *pair) level(d *side, x *item) int {
	if d.frees(x) {
		return -levelWill
	}
	return modalLevel(x)
}

// levelWill is the level of words that say that something will be.
const levelWill = 9

// modalLevel gives a modal word its strength from 3 for must to 1 for may,
// negative when it is denied.
func modalLevel(it *item) int {
	switch it.Norm {
	case "will":
		return levelWill
	case "likely", "possibly":
		return 1
	case "certainly":
		return 3
	}
	return it.Strength
}

// testifyModal asks to which of two strengths those of the source are nearer:
// those of the word that one of the two governs, or else any.
func (p *pair) testifyModal(x, y *item) witness {
	near, all := p.sourceModals(x, y)
	if len(near) > 0 {
		if w := p.nearerModal(x, y, near); w.agrees != agreesBoth {
			return w
		}
	}
	return p.nearerModal(x, y, all)
}

// sourceModals gives the modal words of the source: those whose head renders
// the head of x or y, and all.
func (p *pair) sourceModals(x, y *item) (near, all []*item) {
	hx, hy := p.a.headOf(x), p.b.headOf(y)
	for i := range p.src.items {
		it := &p.src.items[i]
		if it.Kind != lexis.Modality || it.from >= it.to || len(all) > 0 && it.from-all[len(all)-1].to <= 1 {
			continue // of "must be able to" the first word counts
		}
		all = append(all, it)
		h := p.src.headOf(it)
		if p.pa.renders(hx, h) || p.pb.renders(hy, h) {
			near = append(near, it)
		}
	}
	return near, all
}

// renders says that unit i of the version renders unit u of the source, as
// well as it renders any.
func (v *pivot) renders(i, u int) bool {
	if v == nil || i < 0 || u < 0 {
		return false
	}
	return slices.ContainsFunc(v.likely[i], func(l link1) bool {
		return l.p >= 0.1 && l.p >= 0.5*v.best[i] && l.unit >= u && l.unit <= u+1
	})
}

func (p *pair) nearerModal(x, y *item, among []*item) witness {
	var sx, sy string
	lx, ly := modalLevel(x), modalLevel(y)
	for _, it := range among {
		l := modalLevel(it)
		if l == levelWill && p.src.lang == bitext.Chinese && (lx == 1 || ly == 1) {
			continue // 会 also says what can be
		}
		if l == levelWill && lx != levelWill && ly != levelWill {
			continue
		}
		dx, dy := max(l-lx, lx-l), max(l-ly, ly-l)
		if dx < dy {
			sx = p.src.quoteText(it.Start, it.End)
		}
		if dy < dx {
			sy = p.src.quoteText(it.Start, it.End)
		}
	}
	switch {
	case sx != "" && sy != "":
		return witness{sx + " and " + sy, agreesBoth}
	case sx != "":
		return witness{sx, agreesA}
	case sy != "":
		return witness{sy, agreesB}
	}
	return witness{}
}

// lostModal reports a modal word whose head the other text states flatly. It
// weighs where the source, too, binds in no such way.
func (p *pair) lostModal(d, o *side, link []int, x *item, swap bool) []Flag {
	head := d.headOf(x)
	if head < 0 || link[head] < 0 {
		return nil
	}
	j := link[head]
	if y := o.modalBefore(j); y != nil && !isAdverb(x) && !isAdverb(y) {
		if swap {
			x, y = y, x
		}
		if f, ok := p.modalFlag(x, y); ok {
			return []Flag{f}
		}
		return nil
	}
	if d.lang != o.lang {
		return nil // what a translation leaves to the form of the verb
	}
	f := Flag{Cat: Modality, Sev: Minor, A: d.at(x.from, head+1), B: o.at(j, j+1)}
	if p.src != nil && !p.src.binds(x) && (x.Strength == 3 && plainMust[d.lang][d.units[x.from].form] || x.Strength == 1 && plainMay[d.lang][d.units[x.from].form] && !d.units[x.from].capital) {
		f.Sev = Major
		f.witness = witness{say("nothing so strong"), agreesB}
		if x.Strength == 1 {
			f.witness.said = say("nothing so weak")
		}
		if swap {
			f.witness.agrees = agreesA
		}
	}
	if swap {
		f.A, f.B = f.B, f.A
	}
	f.Message = say("“%s” is said flatly in the other text: “%s”",
		d.quoteText(d.units[x.from].start, d.units[head].end), o.quoteText(o.units[j].start, o.units[j].end))
	return []Flag{f}
}

// modalBefore gives the modal word that stands a little before unit i, or nil.
func (d *side) modalBefore(i int) *item {
	for k := len(d.items) - 1; k >= 0; k-- {
		if it := &d.items[k]; it.Kind == lexis.Modality && it.from < it.to && it.to <= i && i-it.to <= 2 && !d.hasToOffer(it) {
			return it
		}
	}
	return nil
}

// plainMust are the words that bind and say nothing else.
var plainMust = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("must obliged mandatory compulsory"),
	bitext.Russian: wordSet("должен должна должно должны обязан обязана обязаны"),
	bitext.Chinese: wordSet("必 须 务"),
}

// plainMay are the words that say nothing but that something may be; those
// that also mean an ability come and go in translation.
var plainMay = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet("may might"),
	bitext.Russian: wordSet("возможно может могут"),
	bitext.Chinese: wordSet("或"),
}

// binds says that d has a modal word of the strength of x.
func (d *side) binds(x *item) bool {
	for i := range d.items {
		it := &d.items[i]
		if it.Kind == lexis.Modality && (it.Strength == x.Strength || it.Strength == -x.Strength) {
			return true
		}
	}
	return x.Strength == 3 && slices.ContainsFunc(d.units, func(u unit) bool { return bindingNouns[u.form] })
}

// bindingNouns bind without a modal word.
var bindingNouns = wordSet(`requirement requirements require requires required obligation obligations duty
	требование требования требует требуют обязательство обязательства обязанность`)
