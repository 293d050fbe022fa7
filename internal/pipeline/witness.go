package pipeline

import (
	"context"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/rendering"
	"sverka/internal/text"
)

const (
	// witnessHits bounds the earlier places of a term that are read, and
	// witnessTerms the terms of one comparison that are asked for.
	witnessHits  = 200
	witnessTerms = 400
	// witnessShare is from which share on a rendering is the usual one, so that
	// versions that both differ from it are worth a word.
	witnessShare = 0.6
)

// witnessed are the categories of findings in which usage has a say.
var witnessed = map[compare.Category]bool{compare.Term: true, compare.Name: true, compare.Quote: true}

// AskMemory adds to the findings about terms, names and quoted titles what a
// memory has for the same words of the source, and which version it agrees
// with. Texts of the memory that are the compared ones themselves do not count.
// progress hears how many findings are behind. The error is that of the memory,
// or that ctx ended.
func AskMemory(ctx context.Context, r *compare.Result, spotter *rendering.Spotter, memory rendering.Source, progress func(done, total int)) error {
	m := witness{r: r, spotter: spotter, memory: memory, known: map[asked]*rendering.LangHistory{}}
	for i := range r.Findings {
		progress(i, len(r.Findings))
		if f := &r.Findings[i]; witnessed[f.Cat] {
			if err := m.hear(ctx, f); err != nil {
				return err
			}
		}
	}
	return nil
}

type witness struct {
	r       *compare.Result
	spotter *rendering.Spotter
	memory  rendering.Source
	known   map[asked]*rendering.LangHistory
}

// asked is a term and the language of its renderings.
type asked struct {
	term     string
	from, to bitext.Lang
}

// claim is what one version has for the words of a finding.
type claim struct {
	name, words string
	lang        bitext.Lang
	span        [2]int // in code points of the bead's text
	version     int
}

// hear asks about one finding.
func (m *witness) hear(ctx context.Context, f *compare.Finding) error {
	claims, term, source := m.claims(f)
	if term == "" || source < 0 {
		return nil
	}
	a := m.r.Alignment
	lang := claims[0].lang
	h, err := m.history(ctx, asked{term, a.Versions[source].Lang, lang})
	if err != nil || h == nil {
		return err
	}
	own := map[string]bool{}
	for v := range a.Versions {
		own[text.Fold(a.Text(&a.Beads[f.Bead], v))] = true
	}
	best, bestCount, all := "", 0, 0
	for g := range h.Groups {
		n := 0
		for _, k := range h.Groups[g].Members {
			p := &h.Places[k]
			if !own[text.Fold(p.Unit.Variants[p.Source].Text)] {
				n++
			}
		}
		all += n
		if n > bestCount {
			best, bestCount = h.Groups[g].Form, n
		}
	}
	if bestCount == 0 {
		return nil
	}
	var agree []string
	for _, c := range claims {
		if c.lang == lang && sameRendering(lang, c.words, best) {
			agree = append(agree, c.name)
		}
	}
	switch {
	case len(agree) == len(claims):
	case len(agree) > 0:
		f.Evidence = append(f.Evidence, say("“%s” was rendered “%s” before (%d of %d): agrees with %s",
			term, best, bestCount, all, strings.Join(agree, ", ")))
	case bestCount > 1 && float64(bestCount) >= witnessShare*float64(all):
		f.Evidence = append(f.Evidence, say("“%s” was rendered “%s” before (%d of %d)", term, best, bestCount, all))
	}
	return nil
}

// say makes a sentence that reports know in other languages.
func say(pattern string, args ...any) compare.Sentence {
	return compare.Sentence{Pattern: pattern, Args: args}
}

// sameRendering says that a version's words are a form of a rendering.
func sameRendering(lang bitext.Lang, words, form string) bool {
	return rendering.GroupKey(lang, words) == rendering.GroupKey(lang, form)
}

// claims gives what the versions have, in one language, and the words of the
// source that they render; source is −1 where they cannot be told.
func (m *witness) claims(f *compare.Finding) (claims []claim, term string, source int) {
	a := m.r.Alignment
	b := &a.Beads[f.Bead]
	isSource := map[int]bool{}
	for _, s := range m.r.Sources {
		isSource[s] = true
	}
	source = -1
	for _, p := range f.Places {
		ver := &a.Versions[p.Version]
		if p.Start == p.End || !b.Sides[p.Version].Has(p.Segment) {
			continue
		}
		if isSource[p.Version] {
			term, source = p.Text, p.Version
			continue
		}
		if len(claims) > 0 && claims[0].lang != ver.Lang {
			continue
		}
		before := text.RuneOffset(ver.Segments[p.Segment].Text, p.Start)
		if side := b.Sides[p.Version]; p.Segment > side.From {
			head := ver.Join(bitext.Range{From: side.From, To: p.Segment}) + ver.Lang.Joiner()
			before += len([]rune(head))
		}
		claims = append(claims, claim{
			name: ver.Name(), words: p.Text, lang: ver.Lang, version: p.Version,
			span: [2]int{before, before + len([]rune(p.Text))},
		})
	}
	if len(claims) == 0 {
		return nil, "", -1
	}
	for _, s := range m.r.Sources {
		if source >= 0 || b.Sides[s].Empty() || a.Versions[s].Lang == claims[0].lang {
			continue
		}
		for _, c := range claims {
			from := rendering.Sentence{Lang: c.lang, Text: a.Text(b, c.version)}
			to := rendering.Sentence{Lang: a.Versions[s].Lang, Text: a.Text(b, s)}
			if found, ok := m.spotter.Spot(from, to, [][2]int{c.span}); ok && tellsOf(found) {
				return claims, found.Form, s
			}
		}
	}
	return claims, strings.TrimSpace(term), source
}

// tellsOf says that a rendering is in one piece, sure and more than a letter.
func tellsOf(r rendering.Rendering) bool {
	return len(r.Spans) == 1 && r.Probability >= rendering.DefaultSure && utf8.RuneCountInString(r.Form) > 1
}

// history gives how the memory renders a term in one language, nil where it
// does not know.
func (m *witness) history(ctx context.Context, q asked) (*rendering.LangHistory, error) {
	if h, ok := m.known[q]; ok || len(m.known) >= witnessTerms {
		return h, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h, err := m.spotter.Find(ctx, m.memory, rendering.Ask{Term: q.term, From: q.from, To: []bitext.Lang{q.to}, MaxHits: witnessHits})
	if err != nil {
		return nil, err
	}
	m.known[q] = nil
	if h.Total > 0 && len(h.Langs) > 0 {
		m.known[q] = &h.Langs[0]
	}
	return m.known[q], nil
}
