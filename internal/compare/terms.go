package compare

import (
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
)

// checkGlossary is the name of the check that holds versions against a glossary.
const checkGlossary = "glossary"

// termSide is a text that is held against the glossary.
type termSide struct {
	doc     *glossary.Doc
	side    *side
	source  bool
	matches []glossary.Match
}

// termBreach is an entry that a text does not render as the glossary says.
type termBreach struct {
	text  int // which one
	sev   Severity
	at    *[2]int // what it has instead; nil where that is not known
	shown string
	used  *bitext.Term // the deprecated term that stands there, or nil
}

// termCase is a term of one text and what the others make of it.
type termCase struct {
	text     int // that has the term
	match    glossary.Match
	concept  *bitext.Concept
	lang     bitext.Lang // of those who break with it
	breaches []termBreach
	follow   []int // texts that render it as the glossary says
}

// termJudge holds texts that render each other against the glossary.
type termJudge struct {
	g     *glossary.Glossary
	opt   *Options
	texts []termSide
	asked map[[2]int]bool // text and entry that were judged already
	cases []termCase
}

// termCases judges texts: a source asks of the texts in other languages that
// they render its terms; without a source every text asks the others.
func termCases(texts []termSide, opt *Options) []termCase {
	g := opt.Glossary
	j := &termJudge{g: g, opt: opt, texts: texts, asked: map[[2]int]bool{}}
	sourced := false
	for i := range texts {
		texts[i].doc = g.Doc(texts[i].side.lang, texts[i].side.text)
		texts[i].matches = g.Find(texts[i].doc)
		sourced = sourced || texts[i].source
	}
	for _, rivals := range []bool{false, true} {
		for w := range texts {
			for v := range texts {
				sameLang := texts[v].side.lang == texts[w].side.lang
				if v != w && !texts[v].source && (!sourced || texts[w].source) && sameLang == rivals {
					j.ask(w, v)
				}
			}
		}
	}
	for v := range texts {
		if !texts[v].source && !sourced {
			j.bareDeprecated(v)
		}
	}
	return slices.DeleteFunc(j.cases, func(c termCase) bool { return len(c.breaches) == 0 })
}

// ask holds text v to the terms of text w.
func (j *termJudge) ask(w, v int) {
	for _, m := range j.texts[w].matches {
		concept := m.Refs[0].Concept
		if j.asked[[2]int{v, concept}] {
			continue
		}
		b, ok := j.judge(m.Refs, v)
		if !ok {
			continue
		}
		j.asked[[2]int{v, concept}] = true
		c := j.caseOf(w, m, j.texts[v].side.lang)
		if b == nil {
			c.follow = append(c.follow, v)
			continue
		}
		switch {
		case b.used != nil:
		case j.texts[w].side.lang == c.lang:
			b.sev = Info // a rival has the term: no more than a hint
		default:
			b.at, b.shown = j.insteadOf(w, v, m)
			if j.partOfTerm(v, b.shown, c.concept) {
				b.sev = Info // “Soviet” where the term is “Soviet Union”
			}
		}
		c.breaches = append(c.breaches, *b)
	}
}

// caseOf finds or makes the case of a term of text w for texts in lang.
func (j *termJudge) caseOf(w int, m glossary.Match, lang bitext.Lang) *termCase {
	at := slices.IndexFunc(j.cases, func(c termCase) bool { return c.text == w && c.match.Start == m.Start && c.lang == lang })
	if at < 0 {
		at = len(j.cases)
		j.cases = append(j.cases, termCase{text: w, match: m, concept: j.g.Concept(m.Refs[0].Concept), lang: lang})
	}
	return &j.cases[at]
}

// judge says how text v renders any of the entries that refs name: nil as the
// glossary says, else the breach. ok is false where the glossary has nothing to
// say in its language.
func (j *termJudge) judge(refs []glossary.Ref, v int) (b *termBreach, ok bool) {
	g, d := j.g, &j.texts[v]
	var usable []string
	known := false
	for _, r := range refs {
		for _, t := range g.Concept(r.Concept).In(d.side.lang) {
			known = true
			if t.Usable() {
				usable = append(usable, t.Text)
			}
		}
	}
	if !known {
		return nil, false
	}
	var bad *termBreach
	for _, m := range d.matches {
		for _, r := range m.Refs {
			if !slices.ContainsFunc(refs, func(q glossary.Ref) bool { return q.Concept == r.Concept }) {
				continue
			}
			t := g.Term(r)
			if t.Usable() {
				return nil, true
			}
			if bad == nil {
				bad = &termBreach{text: v, sev: Major, at: &[2]int{m.Start, m.End}, shown: d.side.quoteText(m.Start, m.End), used: t}
			}
		}
	}
	switch {
	case bad != nil:
		return bad, true
	case len(usable) == 0:
		return nil, true
	}
	for _, term := range usable {
		if d.doc.Has(term) == glossary.Present {
			return nil, true
		}
	}
	return &termBreach{text: v, sev: Minor}, true
}

// bareDeprecated notes the deprecated terms of text v that no other text asked
// about.
func (j *termJudge) bareDeprecated(v int) {
	d := &j.texts[v]
	for _, m := range d.matches {
		concept := m.Refs[0].Concept
		if j.asked[[2]int{v, concept}] || slices.ContainsFunc(m.Refs, func(r glossary.Ref) bool { return j.g.Term(r).Usable() }) {
			continue
		}
		j.asked[[2]int{v, concept}] = true
		b := termBreach{text: v, sev: Minor, at: &[2]int{m.Start, m.End}, shown: d.side.quoteText(m.Start, m.End), used: j.g.Term(m.Refs[0])}
		j.cases = append(j.cases, termCase{text: -1, concept: j.g.Concept(concept), lang: d.side.lang, breaches: []termBreach{b}})
	}
}

// glossaryTerms gives the places in d where terms of the glossary stand.
func (r *runner) glossaryTerms(d *side) []termAt {
	if r.opt.Glossary.Len() == 0 {
		return nil
	}
	var out []termAt
	for _, m := range r.opt.Glossary.Find(r.opt.Glossary.Doc(d.lang, d.text)) {
		if from, to := d.span(m.Start, m.End); from < to {
			term := r.opt.Glossary.Term(m.Refs[0])
			out = append(out, termAt{"\x00" + glossary.Key(term.Text), from, to})
		}
	}
	return out
}

// insteadOf finds what text v has where text w, in another language, has the
// term; nil where that is not sure.
func (j *termJudge) insteadOf(w, v int, m glossary.Match) (*[2]int, string) {
	src, d := j.texts[w].side, j.texts[v].side
	from, to := src.span(m.Start, m.End)
	at := termAt{from: from, to: to}
	use, ok := finder(src, d, j.opt, spotLikely)(at)
	if !ok && j.opt.Spot != nil {
		use, ok = rendering(newPair(src, d, nil, j.opt.Vectors), at)
	}
	if !ok {
		return nil, ""
	}
	return &use.at, use.shown
}

// partOfTerm says that what text v has is a part of a usable term of the entry.
func (j *termJudge) partOfTerm(v int, shown string, concept *bitext.Concept) bool {
	lang := j.texts[v].side.lang
	return shown != "" && slices.ContainsFunc(concept.In(lang), func(t bitext.Term) bool {
		return t.Usable() && j.g.Doc(lang, t.Text).Has(shown) == glossary.Present
	})
}

// message puts a case into words; names are the texts' names.
func (c *termCase) message(names []any, texts []termSide) Sentence {
	var said any
	n := 0
	for _, t := range c.concept.In(c.lang) {
		switch {
		case !t.Usable() || n == maxAlternatives:
			continue
		case said == nil:
			said = "“" + t.Text + "”"
		default:
			said = say("%s or %s", said, "“"+t.Text+"”")
		}
		n++
	}
	var rule Sentence
	switch {
	case said == nil:
		rule = say("the glossary wants “%s” avoided", c.breaches[0].used.Text)
	case c.text >= 0 && texts[c.text].side.lang != c.lang:
		rule = say("the glossary renders “%s” as %s", texts[c.text].side.quoteText(c.match.Start, c.match.End), said)
	default:
		rule = say("the glossary wants %s", said)
	}
	var breaches Sentence
	for i, b := range c.breaches {
		var x Sentence
		switch {
		case b.used != nil && said != nil:
			x = say("%s has the deprecated “%s”", names[b.text], b.shown)
		case b.shown != "":
			x = say("%s has “%s”", names[b.text], b.shown)
		default:
			x = say("%s has not", names[b.text])
		}
		if i > 0 {
			x = say("%s, %s", breaches, x)
		}
		breaches = x
	}
	return say("%s; %s", rule, breaches)
}

// maxAlternatives is how many usable terms a message names.
const maxAlternatives = 3

// evidence names the entry and says who follows it.
func (c *termCase) evidence(names []any) []Sentence {
	entry := c.concept.ID
	if c.concept.Subject != "" {
		entry += " (" + c.concept.Subject + ")"
	}
	var langs []bitext.Lang
	for _, t := range c.concept.Terms {
		if !slices.Contains(langs, t.Lang) {
			langs = append(langs, t.Lang)
		}
	}
	var usable, deprecated []string
	for _, l := range langs {
		var good, bad []string
		for _, t := range c.concept.In(l) {
			if t.Usable() {
				good = append(good, "“"+t.Text+"”")
			} else {
				bad = append(bad, "“"+t.Text+"”")
			}
		}
		if good != nil {
			usable = append(usable, string(l)+" "+strings.Join(good, ", "))
		}
		if bad != nil {
			deprecated = append(deprecated, string(l)+" "+strings.Join(bad, ", "))
		}
	}
	line := say("glossary entry %s: %s", entry, strings.Join(usable, "; "))
	if deprecated != nil {
		line = say("%s; deprecated: %s", line, strings.Join(deprecated, "; "))
	}
	out := []Sentence{line}
	for _, v := range c.follow {
		out = append(out, say("%s follows the glossary", names[v]))
	}
	return out
}

func (c *termCase) severity() Severity {
	sev := Info
	for _, b := range c.breaches {
		sev = max(sev, b.sev)
	}
	return sev
}

// glossaryFindings holds every bead against the glossary.
func (r *runner) glossaryFindings() []Finding {
	if r.opt.Glossary.Len() == 0 || !r.opt.wants(checkGlossary) {
		return nil
	}
	a := r.in.Alignment
	var out []Finding
	for b := range a.Beads {
		if r.skip[b] {
			continue
		}
		var texts []termSide
		var names []any
		var versions []int
		for v := range a.Versions {
			if a.Beads[b].Sides[v].Empty() {
				continue
			}
			s := r.sideOf(b, v)
			texts = append(texts, termSide{side: s, source: r.isSource(v)})
			names, versions = append(names, a.Versions[v].Name()), append(versions, v)
		}
		for _, c := range termCases(texts, &r.opt) {
			f := Finding{Check: checkGlossary, Cat: Term, Sev: c.severity(), Bead: b,
				Message: c.message(names, texts), Evidence: c.evidence(names)}
			if c.text >= 0 {
				f.Places = append(f.Places, r.places(b, versions[c.text], [2]int{c.match.Start, c.match.End})...)
			}
			for _, x := range c.breaches {
				if x.at != nil {
					f.Places = append(f.Places, r.places(b, versions[x.text], *x.at)...)
				}
			}
			slices.SortStableFunc(f.Places, comparePlaces)
			out = append(out, f)
		}
	}
	return out
}

// glossaryFlags holds two texts, and their source where there is one, against
// the glossary: a flag for each that breaks with it.
func glossaryFlags(a, b, src *side, opt *Options) []Flag {
	if opt.Glossary.Len() == 0 || !opt.wants(checkGlossary) {
		return nil
	}
	texts := []termSide{{side: a}, {side: b}}
	names := []any{say("the first"), say("the second"), say("the source")}
	switch {
	case src != nil:
		texts = append(texts, termSide{side: src, source: true})
	case a.lang != b.lang:
		texts[0].source = true
	}
	var out []Flag
	for _, c := range termCases(texts, opt) {
		f := Flag{Check: checkGlossary, Cat: Term, Sev: c.severity(), Message: c.message(names, texts), Evidence: c.evidence(names)}
		if f.Sev < opt.MinSeverity {
			continue
		}
		if c.text >= 0 && c.text < 2 {
			f.setPlace(c.text, [2]int{c.match.Start, c.match.End})
		}
		for _, x := range c.breaches {
			if x.at != nil && x.text < 2 {
				f.setPlace(x.text, *x.at)
			}
		}
		out = append(out, f)
	}
	return out
}

// setPlace sets the place of a flag in the first text or the second.
func (f *Flag) setPlace(text int, at [2]int) {
	if text == 0 {
		f.A = &at
	} else {
		f.B = &at
	}
}
