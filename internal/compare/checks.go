package compare

import (
	"slices"
	"sort"
	"unicode"
)

// check is one kind of comparison between two texts.
type check struct {
	info CheckInfo
	run  func(*pair) []Flag
}

// pairChecks are the checks on two texts, in the order in which they run: the
// later ones see what the earlier ones found.
func pairChecks() []check {
	return []check{
		{CheckInfo{"numbers", Number, []Severity{Minor, Major, Critical},
			"numbers, percents, money, quantities and ranges, by value"}, checkNumbers},
		{CheckInfo{"dates", Date, []Severity{Minor, Major, Critical}, "dates and times, by value"}, checkDates},
		{CheckInfo{"names", Name, []Severity{Minor, Critical}, "names of persons, places and bodies, and their spellings"}, checkNames},
		{CheckInfo{"negation", Negation, []Severity{Minor, Major}, "a statement that one text denies and the other does not"}, checkNegation},
		{CheckInfo{"modality", Modality, []Severity{Minor, Major}, "must, should, may, will: how strongly the text binds"}, checkModality},
		{CheckInfo{"offices", Term, []Severity{Info, Major},
			"the offices and ranks of persons: president, chairman, deputy"}, checkOffices},
		{CheckInfo{"antonyms", Antonym, []Severity{Major},
			"opposites at the same place: increase against decrease, before against after"}, checkAntonyms},
		{CheckInfo{"quotes", Quote, []Severity{Minor, Major},
			"a quotation or title that is the same but for a word"}, checkQuotes},
		{CheckInfo{"clauses", Omission, []Severity{Major},
			"a clause that one text has and the other has not"}, checkClauses},
	}
}

// alignmentChecks look at the alignment, not at two texts.
var alignmentChecks = []CheckInfo{
	{"segments", Omission, []Severity{Minor, Major}, "a passage that some versions have and others have not"},
	{checkEncoding, Other, []Severity{Major}, "a text that was read in the wrong encoding"},
	{"terms", Term, []Severity{Info}, "a term that the source repeats and a version renders in several ways"},
	{checkGlossary, Term, []Severity{Info, Minor, Major}, "a term that a version does not render as the glossary says"},
	{"moved", Other, []Severity{Info}, "a passage that stands at another place in another version"},
}

// Checks lists the checks in the order in which they run.
func Checks() []CheckInfo {
	out := slices.Clone(alignmentChecks)
	for _, c := range pairChecks() {
		out = append(out, c.info)
	}
	return out
}

// wants says whether the check of this name is to run.
func (o *Options) wants(name string) bool {
	return (o.Checks == nil || slices.Contains(o.Checks, name)) && !slices.Contains(o.Off, name)
}

// compareSides runs the checks on two texts.
func compareSides(a, b, src *side, opt *Options) []Flag {
	if a.text == b.text && a.lang == b.lang {
		return nil
	}
	if garbled(a.text) != garbled(b.text) {
		return garbledFlag(a, b, opt)
	}
	p := newPair(a, b, src, opt.Vectors)
	for _, c := range pairChecks() {
		if !opt.wants(c.info.Name) {
			continue
		}
		for _, f := range c.run(p) {
			if p.idle(&f) {
				continue
			}
			p.alone(&f)
			f.Check = c.info.Name
			if p.sober(&f, opt.statement); p.dull(&f, opt.statement) {
				continue
			}
			if f.witness.heard() {
				f.Evidence = []Sentence{f.witness.line(say("the source"), say("the first"), say("the second"))}
			}
			p.flags = append(p.flags, f)
		}
	}
	out := p.flags[:0:0]
	for _, f := range p.flags {
		if f.Sev >= opt.MinSeverity {
			out = append(out, f)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].place() < out[j].place() })
	return out
}

// garbledLeast is how many letters a text needs to be called garbled.
const garbledLeast = 20

// garbled says that most letters are of the second half of Latin-1: text of
// another alphabet read in the wrong encoding.
func garbled(s string) bool {
	letters, upper := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if r >= 0xC0 && r <= 0xFF {
				upper++
			}
		}
	}
	return letters >= garbledLeast && 2*upper > letters
}

// garbledFlag says of the one garbled text that nothing can be said of it.
func garbledFlag(a, b *side, opt *Options) []Flag {
	if !opt.wants(checkEncoding) {
		return nil
	}
	return []Flag{{Check: checkEncoding, Cat: Other, Sev: Major, A: &[2]int{0, len(a.text)}, B: &[2]int{0, len(b.text)},
		Message: say("one of the texts looks as if it had been read in the wrong encoding; it was not compared")}}
}

const checkEncoding = "encoding"

// place orders flags by where they stand.
func (f *Flag) place() int {
	if f.B != nil {
		return f.B[0]
	}
	if f.A != nil {
		return f.A[0]
	}
	return 0
}

// Pair compares two texts, src being the source of both where it is given.
// The flags come in the order of b.
func Pair(a, b Text, src *Text, opt Options) []Flag {
	var s *side
	sa := newSide(a.Lang, a.Text)
	if src != nil && src.Text != "" && !(src.Lang == a.Lang && src.Text == a.Text) {
		s = newSide(src.Lang, src.Text)
	}
	sb := newSide(b.Lang, b.Text)
	return append(compareSides(sa, sb, s, &opt), glossaryFlags(sa, sb, s, &opt)...)
}

// at gives the bytes of units from (included) to (not) as a flag wants them.
func (d *side) at(from, to int) *[2]int {
	if from >= to {
		off := len(d.text)
		if from < len(d.units) {
			off = d.units[from].start
		}
		return &[2]int{off, off}
	}
	return &[2]int{d.units[from].start, d.units[to-1].end}
}
