package rendering

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/text"
)

// nearHits bounds the texts that are read to find what is near a term.
const nearHits = 100

// maxNear is how many near terms are named.
const maxNear = 6

// near looks for what a term that is nowhere may have meant: the words of a
// phrase, words that are spelt alike, parts of a Chinese term, the same term in
// texts of another language.
func (f *finder) near(ctx context.Context) error {
	lang := filterWords("lang", string(f.ask.From))
	for _, l := range bitext.Langs {
		if l == f.ask.From {
			continue
		}
		if _, n, err := f.count(ctx, phrase(f.ask.Term)+filterWords("lang", string(l))); err != nil {
			return err
		} else if n > 0 {
			f.h.Elsewhere = append(f.h.Elsewhere, l)
		}
	}
	parts := pieces(f.ask.From, f.ask.Term)
	for _, p := range parts {
		_, n, err := f.count(ctx, phrase(p)+lang)
		if err != nil {
			return err
		}
		if n > 0 && p != f.ask.Term {
			f.h.Nearby = append(f.h.Nearby, Near{p, n})
		} else if f.ask.From != bitext.Chinese {
			if err := f.alike(ctx, p, lang); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(f.h.Nearby, func(a, b Near) int {
		return cmp.Or(utf8.RuneCountInString(b.Form)-utf8.RuneCountInString(a.Form), b.Count-a.Count)
	})
	if len(f.h.Nearby) > maxNear {
		f.h.Nearby = f.h.Nearby[:maxNear]
	}
	return nil
}

func (f *finder) count(ctx context.Context, typed string) ([]query.Hit, int, error) {
	q, err := query.Parse(typed)
	if err != nil {
		return nil, 0, nil
	}
	return f.src.Search(ctx, q, query.Page{Limit: 1, Count: true})
}

// pieces gives the words of a term; of a Chinese term all stretches of two
// characters and more.
func pieces(lang bitext.Lang, term string) []string {
	if lang != bitext.Chinese {
		var out []string
		for _, w := range partsOf(lang, term) {
			if commonPlace(lang, text.Fold(w)) == 0 && utf8.RuneCountInString(w) > 2 {
				out = append(out, w)
			}
		}
		return out
	}
	runes := []rune(term)
	if len(runes) > 12 {
		runes = runes[:12]
	}
	var out []string
	for n := len(runes) - 1; n >= 2; n-- {
		for i := 0; i+n <= len(runes); i++ {
			out = append(out, string(runes[i:i+n]))
		}
	}
	return out
}

// maxOff is how many letters a form may differ in that is taken for the same
// word.
const maxOff = 2

// searchForms searches a term once more whose words stand nowhere as the search
// reads them, in forms that do: stemming parts some (визит, визита).
func (f *finder) searchForms(ctx context.Context) error {
	lang := filterWords("lang", string(f.ask.From))
	parts := partsOf(f.ask.From, f.ask.Term)
	changed := false
	for i, w := range parts {
		if f.ask.From == bitext.Chinese || utf8.RuneCountInString(w) < 5 {
			continue
		}
		_, n, err := f.count(ctx, phrase(w)+lang)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		before := len(f.h.Nearby)
		if err := f.alike(ctx, w, lang); err != nil {
			return err
		}
		if len(f.h.Nearby) > before {
			form := f.h.Nearby[before].Form
			if text.Levenshtein([]rune(text.Fold(w)), []rune(text.Fold(form))) <= maxOff {
				parts[i], changed = form, true
			}
		}
		f.h.Nearby = f.h.Nearby[:before]
	}
	if !changed {
		return nil
	}
	return f.search(ctx, strings.Join(parts, " "))
}

// alike adds words that begin like w and are spelt nearly alike.
func (f *finder) alike(ctx context.Context, w, lang string) error {
	runes := []rune(text.Fold(w))
	for n := len(runes) - 1; n >= 3 && 2*n >= len(runes); n-- {
		q, err := query.Parse(string(runes[:n]) + "*" + lang)
		if err != nil {
			return nil
		}
		hits, _, err := f.src.Search(ctx, q, query.Page{Limit: nearHits})
		if err != nil {
			return err
		}
		counts := map[string]int{}
		for _, h := range hits {
			t := h.Unit.Variants[h.Variant].Text
			spans, _ := q.Spans(query.Analyze(t))
			for _, s := range spans {
				counts[strings.ToLower(t[s.Start:s.End])]++
			}
		}
		best, least := "", len(runes)/2+1
		for form := range counts {
			d := text.Levenshtein(runes, []rune(text.Fold(form)))
			if d < least || d == least && best != "" && (counts[form] > counts[best] || counts[form] == counts[best] && form < best) {
				best, least = form, d
			}
		}
		if best != "" {
			f.h.Nearby = append(f.h.Nearby, Near{best, counts[best]})
			return nil
		}
	}
	return nil
}
