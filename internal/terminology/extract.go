package terminology

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/hanword"
	"sverka/internal/text"
)

// ExtractOptions say which terms are sought.
type ExtractOptions struct {
	From     bitext.Lang   // the language that terms are sought in
	To       []bitext.Lang // those that their renderings are sought in
	MinCount int           // how often a term stands at least; default 3
	MinWords int           // words (characters in Chinese) of a term, at least; default 2 (3)
	MaxWords int           // at most; default 5 (8)
	Limit    int           // most terms; default 200
	Samples  int           // places of a term whose renderings are looked at; default 50
	Stem     Keyer         // joins the forms of a word
	Key      Keyer         // joins the forms of a rendering
	Link     Linker
	Target   func(*bitext.Variant) bool // whose renderings are looked at; nil means all
	// Known says of a term that it is no news; nil means that all are.
	Known func(lang bitext.Lang, term string) bool
	// Progress, if not nil, is told what is being done and how far it has come;
	// the total is not known beforehand.
	Progress func(what string, done int)
}

func (o ExtractOptions) withDefaults() ExtractOptions {
	set := func(n *int, def int) {
		if *n <= 0 {
			*n = def
		}
	}
	set(&o.MinCount, 3)
	set(&o.Limit, 200)
	set(&o.Samples, 50)
	if o.From == bitext.Chinese {
		set(&o.MinWords, 3)
		set(&o.MaxWords, 8)
	}
	set(&o.MinWords, 2)
	set(&o.MaxWords, 5)
	o.MaxWords = max(o.MaxWords, o.MinWords)
	if o.Progress == nil {
		o.Progress = func(string, int) {}
	}
	return o
}

// Proposal is a term that was found, with its renderings.
type Proposal struct {
	Term   string
	Count  int     // how often it stands
	Score  float64 // what it is sorted by
	Pieces []Renderings
}

// Renderings is how a term is rendered in one language.
type Renderings struct {
	Lang   bitext.Lang
	Asked  int     // places that were looked at
	Found  int     // of these: a rendering was found
	Groups []Group // the most frequent first
}

// Consistency is the share of places looked at that have the most frequent
// rendering.
func (r *Renderings) Consistency() float64 {
	if r.Asked == 0 || len(r.Groups) == 0 {
		return 0
	}
	return float64(r.Groups[0].Count) / float64(r.Asked)
}

// Extract proposes terms: runs of words that stand often and by themselves (the
// C-value), whose renderings agree. It goes through the units twice. The error
// is the first of units, or that ctx ended.
func Extract(ctx context.Context, units Units, opt ExtractOptions) ([]Proposal, error) {
	opt = opt.withDefaults()
	g := newGrams(opt.From, opt.Stem)
	n := 0
	for u, err := range units() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		source := u.Variant(opt.From)
		if !hasAny(&u, opt.To) || source == nil {
			g.texts = append(g.texts, nil)
		} else {
			g.add(source.Text)
		}
		if n++; n%512 == 0 {
			opt.Progress("reading", n)
		}
	}
	g.count(opt.MinCount, opt.MaxWords)
	const spare = 3 // some will have no rendering that agrees
	found := g.best(opt.MinWords, opt.MinCount, spare*opt.Limit)
	x := &extractor{opt: opt, grams: g, found: found, at: map[int][]place{}}
	x.sample()
	if err := x.render(ctx, units); err != nil {
		return nil, err
	}
	return x.proposals(), nil
}

func hasAny(u *bitext.Unit, langs []bitext.Lang) bool {
	return slices.ContainsFunc(langs, func(l bitext.Lang) bool { return u.Variant(l) != nil })
}

// place is where a chosen run stands in a text; look says that its rendering is
// looked at, else only its form is.
type place struct {
	which, from, n int
	look           bool
}

type extractor struct {
	opt   ExtractOptions
	grams *grams
	found []scored
	at    map[int][]place // by the number of the text
	forms []map[string]int
	asked []map[bitext.Lang]int
	whole []int // places where the run begins and ends with a word; Chinese only
	all   []int // places that were looked at
	said  []map[bitext.Lang]*grouper
}

// sample chooses the places of each run whose renderings are looked at, evenly
// over the memory.
func (x *extractor) sample() {
	chosen := map[run]int{}
	every := make([]int, len(x.found))
	seen := make([]int, len(x.found))
	for i, s := range x.found {
		chosen[s.run] = i
		every[i] = (x.grams.frequency(s.run) + x.opt.Samples - 1) / x.opt.Samples
	}
	for t, ids := range x.grams.texts {
		for i := 0; i < len(ids); {
			which, n := -1, 0
			if ids[i] != cut {
				which, n = x.grams.at(ids, i, chosen)
			}
			if which < 0 {
				i++
				continue
			}
			look := seen[which]%every[which] == 0
			if look || x.opt.From == bitext.Russian { // whose terms want a dictionary's form
				x.at[t] = append(x.at[t], place{which, i, n, look})
			}
			seen[which]++
			i += n
		}
	}
}

// render looks at the chosen places.
func (x *extractor) render(ctx context.Context, units Units) error {
	x.forms = make([]map[string]int, len(x.found))
	x.asked = make([]map[bitext.Lang]int, len(x.found))
	x.said = make([]map[bitext.Lang]*grouper, len(x.found))
	x.whole, x.all = make([]int, len(x.found)), make([]int, len(x.found))
	for i := range x.found {
		x.forms[i], x.asked[i], x.said[i] = map[string]int{}, map[bitext.Lang]int{}, map[bitext.Lang]*grouper{}
	}
	t, looked := -1, 0
	for u, err := range units() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		t++
		source := u.Variant(x.opt.From)
		if len(x.at[t]) == 0 || source == nil {
			continue
		}
		x.unit(&u, source, x.at[t])
		if looked++; looked%64 == 0 {
			x.opt.Progress("looking at renderings", looked)
		}
	}
	return nil
}

func (x *extractor) unit(u *bitext.Unit, source *bitext.Variant, places []place) {
	tokens := x.grams.read(source.Text)
	look := slices.ContainsFunc(places, func(p place) bool { return p.look })
	for _, lang := range x.opt.To {
		for i := range u.Variants {
			target := &u.Variants[i]
			if !look || target.Lang != lang || target.Text == "" || x.opt.Target != nil && !x.opt.Target(target) {
				continue
			}
			link := x.opt.Link(source, target)
			for _, p := range places {
				if !p.look || p.from+p.n > len(tokens) {
					continue // or the memory has changed meanwhile
				}
				start, end := tokens[p.from].start, tokens[p.from+p.n-1].end
				x.asked[p.which][lang]++
				if r, ok := link(start, end); ok {
					by := x.said[p.which]
					if by[lang] == nil {
						by[lang] = &grouper{}
					}
					form := text.Line(r.whole(target))
					by[lang].add(x.opt.Key(lang, form), form)
				}
			}
		}
	}
	ends := wordEnds(x.opt.From, source.Text)
	for _, p := range places {
		if p.from+p.n <= len(tokens) {
			if p.look {
				x.all[p.which]++
			}
			if p.look && (ends == nil || ends[tokens[p.from].start] && ends[tokens[p.from+p.n-1].end]) {
				x.whole[p.which]++
			}
			x.forms[p.which][text.Line(source.Text[tokens[p.from].start:tokens[p.from+p.n-1].end])]++
		}
	}
}

// leastAlone is the part of its places of which a term must stand in one by
// itself, not within a longer one.
const leastAlone = 8

// leastConsistent is the share of places with the most frequent rendering below
// which a run is no term in a language.
const leastConsistent = 0.3

// proposals gives the runs whose renderings agree in one language at least.
func (x *extractor) proposals() []Proposal {
	var out []Proposal
	for i, s := range x.found {
		p := Proposal{Term: baseForm(x.opt.From, x.forms[i]), Count: x.grams.frequency(s.run)}
		expected := min(p.Count, x.opt.Samples)
		if x.all[i] < x.opt.MinCount || leastAlone*x.all[i] < expected || 2*x.whole[i] < x.all[i] {
			continue // it stands mostly within longer terms, or is a piece of words
		}
		if p.Term == "" || x.opt.Known != nil && x.opt.Known(x.opt.From, p.Term) {
			continue
		}
		best := 0.0
		for _, lang := range x.opt.To {
			r := Renderings{Lang: lang, Asked: x.asked[i][lang]}
			if by := x.said[i][lang]; by != nil {
				r.Groups, r.Found = by.groups(), by.total
			}
			if c := r.Consistency(); c >= leastConsistent && r.Groups[0].Count >= 2 && !isEmpty(lang, r.Groups[0].Form) {
				best = max(best, c)
			}
			if r.Asked > 0 {
				p.Pieces = append(p.Pieces, r)
			}
		}
		if best == 0 {
			continue
		}
		p.Score = s.value * best
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Term, b.Term))
	})
	return out[:min(len(out), x.opt.Limit)]
}

// wordEnds gives the bytes of a Chinese text where a word ends or begins; nil for
// another language, whose words are parted anyway.
func wordEnds(lang bitext.Lang, s string) map[int]bool {
	if lang != bitext.Chinese {
		return nil
	}
	out := map[int]bool{}
	tokens := text.Tokenize(s)
	for i := 0; i < len(tokens); i++ {
		if tokens[i].Kind != text.Han {
			continue
		}
		first := i
		for i+1 < len(tokens) && tokens[i+1].Kind == text.Han && tokens[i+1].Start == tokens[i].End {
			i++
		}
		run, m := text.FoldMap(s[tokens[first].Start:tokens[i].End])
		out[tokens[first].Start] = true
		for _, e := range hanword.Cut(run, nil) {
			out[tokens[first].Start+m.Original(e)] = true
		}
	}
	return out
}

// isEmpty says of a rendering that it has small words only: what it renders is
// no term but an adverb or the like.
func isEmpty(lang bitext.Lang, form string) bool {
	folded := text.Fold(form)
	for _, t := range text.Tokenize(folded) {
		if t.Kind != text.Punct && kindOf(lang, folded[t.Start:t.End]) == anywhere {
			return false
		}
	}
	return true
}

// baseForm chooses among the forms of a term that were seen the one nearest to
// that of a dictionary: the most frequent, where in Russian a form that begins
// like a nominative counts for more; without the capital of a sentence.
func baseForm(lang bitext.Lang, forms map[string]int) string {
	best, bestCount := "", 0
	for form, n := range forms {
		if lang == bitext.Russian {
			n *= nominative(form)
		}
		if n > bestCount || n == bestCount && (len(form) < len(best) || len(form) == len(best) && form < best) {
			best, bestCount = form, n
		}
	}
	r, n := utf8.DecodeRuneInString(best)
	for form := range forms {
		// A capital that some forms do without is that of a sentence.
		if f, _ := utf8.DecodeRuneInString(form); unicode.IsUpper(r) && unicode.IsLower(f) {
			return string(unicode.ToLower(r)) + best[n:]
		}
	}
	return best
}

// leastAlternative is the share from which a rendering beside the most frequent
// one is proposed too.
const leastAlternative = 0.2

// Alternatives gives the renderings in r that are worth proposing: the most
// frequent one, and others that stand twice and have a fair share.
func (r *Renderings) Alternatives() []Group {
	var out []Group
	for i, g := range r.Groups {
		if i == 0 || g.Count >= 2 && g.Share >= leastAlternative {
			out = append(out, g)
		}
	}
	return out
}

// Concept gives the proposal as an entry of a glossary, without an id: the term
// in lang and the most frequent renderings are preferred, others admitted.
func (p *Proposal) Concept(lang bitext.Lang) bitext.Concept {
	c := bitext.Concept{Terms: []bitext.Term{{
		Lang: lang, Text: p.Term, Status: bitext.TermPreferred, Note: fmt.Sprintf("stands %d times", p.Count),
	}}}
	for i := range p.Pieces {
		r := &p.Pieces[i]
		for k, g := range r.Alternatives() {
			t := bitext.Term{Lang: r.Lang, Text: g.Form, Status: bitext.TermPreferred, Note: fmt.Sprintf("%d of %d", g.Count, r.Asked)}
			if k > 0 {
				t.Status = bitext.TermAdmitted
			}
			c.Terms = append(c.Terms, t)
		}
	}
	return c
}
