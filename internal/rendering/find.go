package rendering

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"sverka/internal/bitext"
	"sverka/internal/hanword"
	"sverka/internal/query"
	"sverka/internal/text"
)

// Source is where terms are searched: a translation memory.
type Source interface {
	// Search gives the variants that answer q in a fixed order, a page of
	// them, and how many there are in all (−1 where they are not counted).
	Search(ctx context.Context, q *query.Query, page query.Page) ([]query.Hit, int, error)
}

// Ask says whose renderings are wanted.
type Ask struct {
	Term string
	From bitext.Lang   // of the term; "": by its letters
	To   []bitext.Lang // wanted; none: the other two
	// The renderings' versions; a list that is empty lets all pass.
	Statements, Labels, Translators []string
	Since, Until                    string // dates, included; YYYY, YYYY-MM or YYYY-MM-DD
	MaxHits                         int    // texts with the term that are read; 0 means DefaultMaxHits
	Sure                            float64
}

// Defaults of Ask.
const (
	DefaultMaxHits = 2000
	DefaultSure    = 0.4
)

// History is how a term was rendered.
type History struct {
	Term      string
	From      bitext.Lang
	Hits      int // texts that were read
	Total     int // texts that hold the term
	Split     int // of Hits: those where other words part the term
	Langs     []LangHistory
	Nearby    []Near        // where the term is nowhere: what is near it
	Elsewhere []bitext.Lang // languages in which the term does stand
}

// LangHistory is how a term was rendered in one language.
type LangHistory struct {
	Lang   bitext.Lang
	Places []Occurrence   // with a rendering, in the order of the memory
	Groups []HistoryGroup // of those that are sure; Members are indexes of Places
	Unsure []HistoryGroup
	None   int    // places where nothing was found to render the term
	Trend  *Trend // nil where the preferred rendering did not change
}

// Occurrence is one place of the term and its rendering.
type Occurrence struct {
	Unit           bitext.Unit
	Source, Target int      // of Unit.Variants
	Term           [][2]int // places in the source, in code points
	Rendering
	Date string
}

// Near is a word or phrase that a term that is nowhere may have meant.
type Near struct {
	Form  string
	Count int // texts that hold it
}

// Find asks src how a term was rendered. Every form of the term is found, also
// split by a few other words; each text's rendering is spotted twice, the
// second time knowing what the first saw in the others.
func (s *Spotter) Find(ctx context.Context, src Source, a Ask) (*History, error) {
	if a.From == "" {
		a.From = LangOf(a.Term)
	}
	if len(a.To) == 0 {
		for _, l := range bitext.Langs {
			if l != a.From {
				a.To = append(a.To, l)
			}
		}
	}
	if a.MaxHits <= 0 {
		a.MaxHits = DefaultMaxHits
	}
	if a.Sure == 0 {
		a.Sure = DefaultSure
	}
	f := finder{s: s, src: src, ask: a, h: &History{Term: a.Term, From: a.From}}
	err := f.search(ctx, f.ask.Term)
	if err == nil && f.h.Total == 0 {
		err = f.searchForms(ctx)
	}
	if err != nil {
		return nil, err
	}
	if f.h.Total == 0 {
		return f.h, f.near(ctx)
	}
	for _, to := range a.To {
		l, err := f.lang(ctx, to)
		if err != nil {
			return nil, err
		}
		f.h.Langs = append(f.h.Langs, *l)
	}
	return f.h, nil
}

// langOf tells a term's language from its letters.
func LangOf(term string) bitext.Lang {
	for _, r := range term {
		switch {
		case text.IsHan(r):
			return bitext.Chinese
		case unicode.Is(unicode.Cyrillic, r):
			return bitext.Russian
		}
	}
	return bitext.English
}

type finder struct {
	s    *Spotter
	src  Source
	ask  Ask
	h    *History
	hits []termHit
}

// termHit is a text that holds the term.
type termHit struct {
	query.Hit
	term [][2]int // in code points
}

// search finds the texts that hold the term in one piece, then those that hold
// its words apart.
func (f *finder) search(ctx context.Context, term string) error {
	filters := filterWords("lang", string(f.ask.From)) + filterWords("in", f.ask.Statements...)
	whole, err := query.Parse(phrase(term) + filters)
	if err != nil {
		return fmt.Errorf("term %q: %w", term, err)
	}
	hits, total, err := f.src.Search(ctx, whole, query.Page{Limit: f.ask.MaxHits, Count: true})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, h := range hits {
		spans, _ := whole.Spans(query.Analyze(h.Unit.Variants[h.Variant].Text))
		for _, s := range spans[:min(len(spans), maxPlaces)] {
			f.add(h, []query.Span{s})
		}
		if len(spans) > 0 {
			seen[hitID(h)] = true
			f.h.Hits++
		}
	}
	f.h.Total = total
	parts := partsOf(f.ask.From, term)
	if len(parts) > 1 && len(hits) < f.ask.MaxHits {
		if err := f.searchSplit(ctx, parts, filters, seen); err != nil {
			return err
		}
	}
	return nil
}

// maxPlaces bounds the places of the term in one text that are looked at.
const maxPlaces = 8

func hitID(h query.Hit) string {
	return h.Unit.ID + "\x00" + h.Unit.Variants[h.Variant].Name()
}

func (f *finder) add(h query.Hit, spans []query.Span) {
	index := text.NewRuneIndex(h.Unit.Variants[h.Variant].Text)
	hit := termHit{Hit: h}
	for _, s := range spans {
		hit.term = append(hit.term, [2]int{index.Runes(s.Start), index.Runes(s.End)})
	}
	f.hits = append(f.hits, hit)
}

// maxSplitHits bounds the texts that are tried for a term with other words
// between its own.
const maxSplitHits = 2000

func (f *finder) searchSplit(ctx context.Context, parts []string, filters string, seen map[string]bool) error {
	var typed strings.Builder
	queries := make([]*query.Query, len(parts))
	for i, p := range parts {
		q, err := query.Parse(phrase(p))
		if err != nil {
			return nil // a part that is no word: then there is nothing to split
		}
		queries[i] = q
		typed.WriteString(phrase(p) + " ")
	}
	all, err := query.Parse(typed.String() + filters)
	if err != nil {
		return nil
	}
	hits, _, err := f.src.Search(ctx, all, query.Page{Limit: min(maxSplitHits, f.ask.MaxHits)})
	if err != nil {
		return err
	}
	for _, h := range hits {
		if seen[hitID(h)] || len(f.hits) >= f.ask.MaxHits {
			continue
		}
		if spans := apart(query.Analyze(h.Unit.Variants[h.Variant].Text), queries); spans != nil {
			f.add(h, spans)
			f.h.Split++
			f.h.Hits++
			f.h.Total++
		}
	}
	return nil
}

// maxApart is how many words or Chinese characters may stand between two parts
// of a term.
const maxApart = 3

// apart gives the first place where the parts stand in order with few words
// between them, nil where there is none.
func apart(d *query.Doc, parts []*query.Query) []query.Span {
	places := make([][]query.Span, len(parts))
	for i, q := range parts {
		places[i], _ = q.Spans(d)
	}
	for _, first := range places[0] {
		out := []query.Span{first}
		for _, next := range places[1:] {
			last := out[len(out)-1]
			k := slices.IndexFunc(next, func(s query.Span) bool {
				return s.Start >= last.End && tokensBetween(d, last.End, s.Start) <= maxApart
			})
			if k < 0 {
				break
			}
			out = append(out, next[k])
		}
		if len(out) == len(parts) {
			return out
		}
	}
	return nil
}

func tokensBetween(d *query.Doc, from, to int) int {
	n := 0
	for _, t := range d.Tokens {
		if t.Start >= from && t.End <= to {
			n++
		}
	}
	return n
}

// partsOf gives the words of a term between which others may stand. Chinese
// words of one character go with their neighbour.
func partsOf(lang bitext.Lang, term string) []string {
	if lang != bitext.Chinese {
		return strings.FieldsFunc(term, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) && r != '\'' && r != '’' })
	}
	var out []string
	folded := text.Fold(term)
	last := 0
	for _, end := range hanword.Cut(folded, nil) {
		word := folded[last:end]
		if len(word) <= 3 && len(out) > 0 {
			out[len(out)-1] += word
		} else {
			out = append(out, word)
		}
		last = end
	}
	for _, p := range out {
		if len(p) <= 3 {
			return nil
		}
	}
	return out
}

func phrase(s string) string {
	return `"` + strings.NewReplacer(`"`, " ", "“", " ", "”", " ").Replace(s) + `"`
}

func filterWords(field string, values ...string) string {
	var b strings.Builder
	for i, v := range values {
		if i == 0 {
			b.WriteString(" " + field + ":")
		} else {
			b.WriteString(",")
		}
		b.WriteString(`"` + strings.ReplaceAll(v, `"`, "") + `"`)
	}
	return b.String()
}

// wanted says that a variant passes the filters.
func (f *finder) wanted(u *bitext.Unit, v *bitext.Variant) bool {
	a := &f.ask
	if len(a.Labels) > 0 && !slices.Contains(a.Labels, v.Label) {
		return false
	}
	if len(a.Translators) > 0 && !slices.ContainsFunc(a.Translators, func(t string) bool {
		return strings.Contains(text.Fold(v.Translator), text.Fold(t))
	}) {
		return false
	}
	date := dateOf(u, v)
	if a.Since != "" && date < a.Since {
		return false
	}
	return a.Until == "" || date != "" && date[:min(len(date), len(a.Until))] <= a.Until
}

func dateOf(u *bitext.Unit, v *bitext.Variant) string {
	if v.Date != "" {
		return v.Date
	}
	return u.Statement.Date
}

// lang spots the renderings in one language.
func (f *finder) lang(ctx context.Context, to bitext.Lang) (*LangHistory, error) {
	var all []occurrence
	for k := range f.hits {
		h := &f.hits[k]
		for t := range h.Unit.Variants {
			v := &h.Unit.Variants[t]
			if v.Lang == to && t != h.Variant && f.wanted(&h.Unit, v) {
				all = append(all, occurrence{hit: h, target: t})
			}
		}
	}
	if err := f.spotAll(ctx, all); err != nil {
		return nil, err
	}
	l := &LangHistory{Lang: to}
	for k := range all {
		o := &all[k]
		if !o.ok {
			l.None++
			continue
		}
		u := &o.hit.Unit
		l.Places = append(l.Places, Occurrence{Unit: *u, Source: o.hit.Variant, Target: o.target, Term: o.hit.term,
			Rendering: o.r, Date: dateOf(u, &u.Variants[o.target])})
	}
	l.group(f.ask.Sure)
	return l, nil
}

type occurrence struct {
	hit    *termHit
	target int
	a, b   *Text
	term   []int
	words  []likelyWord
	p      float64
	r      Rendering
	ok     bool
}

// spotAll reads and spots all occurrences on all processors, first without,
// then with what is known of the others.
func (f *finder) spotAll(ctx context.Context, all []occurrence) error {
	counts := newTermCounts()
	shares := make([]*termCounts, runtime.GOMAXPROCS(0))
	err := inParallel(ctx, len(all), len(shares), func(worker, k int) {
		if shares[worker] == nil {
			shares[worker] = newTermCounts()
		}
		o := &all[k]
		u := &o.hit.Unit
		o.a = f.s.Read(f.ask.From, u.Variants[o.hit.Variant].Text)
		o.b = f.s.Read(u.Variants[o.target].Lang, u.Variants[o.target].Text)
		if o.term = o.a.wordsAt(o.hit.term); len(o.term) > 0 {
			shares[worker].add(f.s, o.a, o.b, o.term)
		}
	})
	if err != nil {
		return err
	}
	for _, s := range shares {
		counts.merge(s)
	}
	counting := f.s
	if len(all) >= minCounted {
		counting = f.s.WithCounts(counts)
	}
	err = inParallel(ctx, len(all), len(shares), func(_, k int) {
		o := &all[k]
		if len(o.term) == 0 || len(o.b.words) == 0 {
			return
		}
		g := counting.grid(o.a, o.b)
		defer g.free()
		if counting != f.s {
			counts.leaveOut(f.s, g, o.term)
		}
		cands, p := counting.weigh(g, o.term)
		o.p, o.words = p, g.likelyWords(o.term, cands)
	})
	if err != nil {
		return err
	}
	agree(all)
	for k := range all {
		o := &all[k]
		if chosen := o.chosen(); len(chosen) > 0 && o.p >= leastTrust {
			o.r, o.ok = o.b.rendering(o.b.filled(chosen), o.p), true
		}
	}
	return nil
}

// minCounted is the number of texts from which on the others are asked.
const minCounted = 3
