package compare

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/lexis"
	"sverka/internal/text"
)

// A stranger is a word of a name that neither the other text nor the source
// has: not by its letters, its sound, the lexicon or its meaning. One that
// stands in one version only is a name that was put for another.
const (
	strangerHeard = 0.75 // how well it may be heard
	otherHeard    = 0.6  // how like what stands at its place: beyond it is a spelling of that
	strangerLex   = 0.03 // the probability that the lexicon may give it
	strangerNear  = 0.42 // the cosine that it may have
	// Across languages there is no second text to speak for it, and less is allowed.
	acrossHeard, acrossNear = 0.7, 0.34
)

// strangers reports the names of both texts that the source has not. Across
// languages the first text is the source of the second, and the other way round.
func (p *pair) strangers() []stranger {
	across := p.a.lang != p.b.lang
	if !across && (p.src == nil || p.src.lang == p.a.lang) {
		return nil
	}
	var out []stranger
	look := func(d, o *side, link []int, swap bool) {
		src := p.src
		if across {
			src = o
		}
		for _, r := range strangerRuns(d, o, src, link) {
			f := Flag{Cat: Name, Sev: Critical, A: d.at(r.from, r.to), B: standIn(d, o, link, r.from, r.to)}
			name := d.quoteText(d.units[r.from].start, d.units[r.to-1].end)
			if f.B[0] == f.B[1] {
				if k := missed(d, o, src); k >= 0 {
					f.B = o.at(k, k+1)
				}
			}
			there := o.quoteText(f.B[0], f.B[1])
			switch {
			case there == "":
				f.Message = say("“%s”: the other text names nothing like it", name)
				f.Sev = Minor
				if across && !r.partly && (o.lang == bitext.Chinese || r.inside) {
					f.Sev = Major // short Chinese names do not show; the rest of the name does
				}
			case swap:
				f.Message = say("“%s” against “%s”", there, name)
			default:
				f.Message = say("“%s” against “%s”", name, there)
			}
			if !across && o.patronymicAt(f.B) {
				f.Sev, f.paired = Minor, true // the same person may be meant
			}
			if r.partly && across && missed(d, o, src) < 0 {
				f.Sev = Minor // a first name that the source leaves out
			}
			if !across {
				f.witness = witness{"no such name", agreesB}
			}
			if swap {
				f.A, f.B, f.witness.agrees = f.B, f.A, agreesA
			}
			if across {
				f.witness = witness{}
				if !swap {
					f.Sev = Minor
				}
			}
			out = append(out, stranger{f, swap})
		}
	}
	look(p.a, p.b, p.link, false)
	look(p.b, p.a, p.back, true)
	return out
}

// stranger is a flag on a name that is strange, and whether the second text
// has it.
type stranger struct {
	Flag
	second bool
}

// own is the place of the name itself.
func (s *stranger) own(f *Flag) *[2]int {
	if s.second {
		return f.B
	}
	return f.A
}

// mergeStrangers adds strangers to what the other ways found: what is only
// mentioned at the place of a stranger goes, and a stranger goes where
// something grave is said of it.
func mergeStrangers(found []Flag, strangers []stranger) []Flag {
	var out []Flag
	for _, f := range found {
		if f.Sev >= Major || !slices.ContainsFunc(strangers, func(s stranger) bool { return overlaps(s.own(&f), s.own(&s.Flag)) }) {
			out = append(out, f)
		}
	}
	for i, s := range strangers {
		grave := slices.ContainsFunc(found, func(f Flag) bool { return f.Sev >= Major && overlaps(s.own(&f), s.own(&s.Flag)) })
		twice := slices.ContainsFunc(strangers[:i], func(t stranger) bool { return overlaps(s.A, t.A) && overlaps(s.B, t.B) })
		if !grave && !twice {
			out = append(out, s.Flag)
		}
	}
	return out
}

// strangerRun is a stretch of units that are strangers, in a name of which
// other words may be none.
type strangerRun struct {
	from, to int
	partly   bool
	inside   bool // other words of the name have a partner in the other text
}

// strangerRuns gives the stretches of units of d that are strangers to o and src.
func strangerRuns(d, o, src *side, link []int) []strangerRun {
	var out []strangerRun
	for i := range d.items {
		it := &d.items[i]
		if it.Kind != lexis.Name || known(it) || it.from >= it.to {
			continue
		}
		if d.lang == bitext.Chinese {
			if strangeRun(d, o, src, it) {
				out = append(out, strangerRun{from: it.from, to: it.to})
			}
			continue
		}
		n, at, inside := 0, len(out), false
		for k := it.from; k < it.to; k++ {
			if !d.units[k].content {
				continue
			}
			if !strange(d, o, src, link, it, k) {
				inside = inside || link[k] >= 0
				if w := d.text[d.units[k].start:d.units[k].end]; src.hears(w, d.lang) >= strangerHeard && !plain(d.lang, d.units[k].key, w) {
					n++
				}
				continue
			}
			if m := len(out); m > at && out[m-1].to == k {
				out[m-1].to++
				continue
			}
			out = append(out, strangerRun{from: k, to: k + 1})
		}
		for m := at; m < len(out); m++ {
			out[m].partly, out[m].inside = n > 0 || besideKnown(d, it), inside
		}
	}
	return out
}

// besideKnown says that a known name stands beside the name: Antony before
// Blinken.
func besideKnown(d *side, it *item) bool {
	for i := range d.items {
		if x := &d.items[i]; known(x) && (x.to == it.from || x.from == it.to) {
			return true
		}
	}
	return false
}

// missed gives a unit of o that is of a name which src has, where src is
// another text, and d has not; -1 for none.
func missed(d, o, src *side) int {
	for i := range o.items {
		it := &o.items[i]
		if it.Kind != lexis.Name || it.Weak || it.from >= it.to || it.from >= len(o.units) {
			continue
		}
		if known(it) {
			has, _ := src.hasName(it.Norm)
			there, _ := d.hasName(it.Norm)
			if has && !there && !namesIt(o, it, d) {
				return it.from
			}
			continue
		}
		for k := it.from; k < it.to; k++ {
			u := &o.units[k]
			w := o.text[u.start:u.end]
			if u.kind != text.Word || !u.capital || utf8.RuneCountInString(u.form) < 4 || plain(o.lang, u.key, w) {
				continue
			}
			if d.hears(w, o.lang) < acrossHeard && src.hears(w, o.lang) >= strangerHeard && nearest(o, k, d) < strangerNear {
				return k
			}
		}
	}
	return -1
}

// strange says that unit i of d, a word of a name, is a stranger to o and src.
func strange(d, o, src *side, link []int, it *item, i int) bool {
	u := &d.units[i]
	if u.kind != text.Word || !u.content || !u.capital || utf8.RuneCountInString(u.form) < 3 {
		return false
	}
	if j := link[i]; j >= 0 && o.units[j].key == u.key || i > 0 && (d.units[i-1].form == "@" || d.units[i-1].form == "#") {
		return false // a user's name says nothing
	}
	w := strings.TrimSuffix(strings.TrimSuffix(d.text[u.start:u.end], "'s"), "’s")
	if src.hearsInitial(w) || o.hearsInitial(w) {
		return false
	}
	heard, near := strangerHeard, strangerNear
	if d.lang != o.lang {
		heard, near = acrossHeard, acrossNear
	}
	if respelt(d, o, link, i, w) {
		return false
	}
	if outheard(d, o, src, link, i, w) || outsaid(d, o, src, link, i, w) {
		return true
	}
	if o.hears(w, d.lang) >= heard || src.hears(w, d.lang) >= heard || strings.Contains(src.text, w) {
		return false
	}
	if letters, ok := acronym(d, i); ok && (spelt(letters, o) || src.lang != bitext.Chinese) {
		return false // letters of another alphabet tell nothing
	}
	if nearest(d, i, src) >= near || lexiconLink(d, i, src) >= strangerLex {
		return false
	}
	if d.lang == o.lang && akin(o, u.form) {
		return false
	}
	return !plain(d.lang, u.key, w) && !(abstract(d.lang, u.form) || it.Weak && derived(d.lang, u.form)) || againstName(d, o, src, link, i)
}

// akin says that o has a word that begins like the name w: an adjective or a
// people of it.
func akin(o *side, w string) bool {
	n := utf8.RuneCountInString(w)
	if n < 6 {
		return false
	}
	stem := string([]rune(w)[:max(5, n*2/3)])
	for j := range o.units {
		if strings.HasPrefix(o.units[j].form, stem) {
			return true
		}
	}
	return false
}

// derived says that the ending of a word that opens a sentence shows it to be
// a common one. Russian ones are all taken for such.
func derived(lang bitext.Lang, w string) bool {
	if lang != bitext.English {
		return true
	}
	for _, e := range []string{"wise", "ing", "ed", "ly", "tion", "ness", "ment", "ity", "ship", "ings", "tions", "ments", "ities", "able", "ous", "ive", "ful", "less"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// abstract says that the ending of a word shows it to be no name anywhere.
func abstract(lang bitext.Lang, w string) bool {
	return lang == bitext.English && (strings.HasSuffix(w, "iness") || strings.HasSuffix(w, "ational") || strings.HasSuffix(w, "ization") || strings.HasSuffix(w, "isation"))
}

// againstName says that o has a name that is known and the source's where d
// has unit i, so that even a common word stands for a name there.
func againstName(d, o, src *side, link []int, i int) bool {
	if d.lang != o.lang || link[i] >= 0 {
		return false
	}
	from, to := opposite(d, o, link, i, i+1)
	for j := from; j < to && j < from+4; j++ {
		if n := o.units[j].name; n >= 0 && known(&o.items[n]) {
			has, _ := src.hasName(o.items[n].Norm)
			there, _ := d.hasName(o.items[n].Norm)
			return has && !there
		}
	}
	return false
}

// strangeRun says that a Chinese name, heard as a whole and by the parts that
// a dot joins, is a stranger to o and src.
func strangeRun(d, o, src *side, it *item) bool {
	name := d.text[it.Start:it.End]
	if utf8.RuneCountInString(name) < 3 || strings.Contains(o.text, name) || !text.IsHan([]rune(name)[0]) {
		return false
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '·' || r == '・' || r == '•' }) {
		if o.hears(part, d.lang) >= strangerHeard || src.hears(part, d.lang) >= strangerHeard {
			return false
		}
	}
	for i := it.from; i < it.to; i++ {
		if nearest(d, i, src) >= strangerNear || lexiconLink(d, i, src) >= strangerLex {
			return false
		}
	}
	return true
}

// hears says how well a word of a name is heard in d.
func (d *side) hears(w string, lang bitext.Lang) float64 {
	if d.ear == nil {
		d.ear = lexis.NewEar(d.lang, d.text)
	}
	return d.ear.Hears(w, lang)
}

// hearsInitial says that d has the first letter of w by itself.
func (d *side) hearsInitial(w string) bool {
	d.hears("", d.lang) // makes the ear
	return d.ear.HearsInitial(w)
}

// spelt says that letters are the first ones of some words of o.
func spelt(letters []rune, o *side) bool {
	for j := range o.units {
		if initials(o, j, letters) != nil {
			return true
		}
	}
	return false
}

// lexiconLink is the greatest probability with which the lexicon renders unit
// i of d by a unit of src.
func lexiconLink(d *side, i int, src *side) float64 {
	lex := lexicon.Shipped()
	best := 0.0
	d.eachKey(i, func(dk string, dw float64) {
		if !lex.Has(d.lang, dk) {
			return
		}
		for u := range src.units {
			if !src.units[u].content {
				continue
			}
			src.eachKey(u, func(sk string, sw float64) {
				best = max(best, dw*sw*lex.Prob(d.lang, dk, src.lang, sk), dw*sw*lex.Prob(src.lang, sk, d.lang, dk))
			})
		}
	})
	return best
}

// standIn gives the bytes of o that stand where d has units from to to: the
// partners of these units, else what is free between those of their
// neighbours.
func standIn(d, o *side, link []int, from, to int) *[2]int {
	oFrom, oTo := -1, -1
	for i := from; i < to; i++ {
		if j := link[i]; j >= 0 {
			if oFrom < 0 || j < oFrom {
				oFrom = j
			}
			oTo = max(oTo, j+1)
		}
	}
	if oFrom >= 0 && oTo-oFrom <= to-from+2 {
		return o.at(oFrom, oTo)
	}
	oFrom, oTo = opposite(d, o, link, from, to)
	for oFrom < oTo && (!o.units[oFrom].content || o.units[oFrom].kind == text.Punct) {
		oFrom++
	}
	for oTo > oFrom && !o.units[oTo-1].content {
		oTo--
	}
	if oTo-oFrom > to-from+2 {
		return o.at(oFrom, oFrom)
	}
	return o.at(oFrom, oTo)
}
