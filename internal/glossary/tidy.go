package glossary

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Bounds on an entry; what is beyond them is no entry of a glossary.
const (
	maxTermBytes = 1000
	maxTerms     = 1000
	maxIDBytes   = 200
)

// Tidy brings an entry into the form in which it is kept: no white space round
// its parts, terms and ids on one line, the terms of a language side by side
// and each of them once, what two of the same say being put together. It gives
// the reason why the entry cannot be kept, or "".
func Tidy(c *bitext.Concept) string {
	c.ID = text.Line(c.ID)
	for _, s := range []*string{&c.Subject, &c.Definition, &c.Note, &c.Source, &c.Created, &c.Modified} {
		*s = strings.TrimSpace(*s)
	}
	kept := make([]bitext.Term, 0, len(c.Terms))
	for _, t := range c.Terms {
		if t.Text = text.Line(t.Text); t.Text == "" {
			continue
		}
		for _, s := range []*string{&t.PartOfSpeech, &t.Note, &t.Source, &t.Date} {
			*s = strings.TrimSpace(*s)
		}
		if reason := badTerm(&t); reason != "" {
			return reason
		}
		if i := slices.IndexFunc(kept, func(k bitext.Term) bool { return k.Lang == t.Lang && k.Text == t.Text }); i >= 0 {
			MergeTerm(&kept[i], &t)
			continue
		}
		kept = append(kept, t)
	}
	c.Terms = kept
	groupLangs(c)
	switch {
	case len(kept) == 0:
		return "no term"
	case len(kept) > maxTerms:
		return fmt.Sprintf("more than %d terms", maxTerms)
	case len(c.ID) > maxIDBytes:
		return fmt.Sprintf("its id is longer than %d bytes", maxIDBytes)
	}
	for _, d := range []string{c.Created, c.Modified} {
		if reason := badDate(d); reason != "" {
			return reason
		}
	}
	return ""
}

func badTerm(t *bitext.Term) string {
	switch {
	case t.Lang == "":
		return fmt.Sprintf("term %q has no language", short(t.Text))
	case len(t.Text) > maxTermBytes:
		return fmt.Sprintf("a term is longer than %d bytes: %q", maxTermBytes, short(t.Text))
	case strings.ContainsRune(t.Text, '\ufffd'):
		return "a term has characters that could not be read (wrong encoding?)"
	case !strings.ContainsFunc(t.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return fmt.Sprintf("term %q has no letter", short(t.Text))
	case t.Status != "" && !slices.Contains(bitext.TermStatuses, t.Status):
		return fmt.Sprintf("%q is no status of a term (preferred, admitted, deprecated)", short(string(t.Status)))
	}
	return badDate(t.Date)
}

func badDate(s string) string {
	const layout = "2006-01-02"
	if s == "" {
		return ""
	}
	if len(s) <= len(layout) {
		if _, err := time.Parse(layout[:len(s)], s); err == nil && len(s) != 6 && len(s) != 9 {
			return ""
		}
	}
	return fmt.Sprintf("%q is not a date; write it as 2025-08-29, 2025-08 or 2025", short(s))
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// MergeTerm puts what more says of the same term into t: what is said newly
// takes the place of what was there, what is not said changes nothing. It
// reports whether t changed.
func MergeTerm(t, more *bitext.Term) bool {
	changed := merge(&t.PartOfSpeech, more.PartOfSpeech)
	changed = merge(&t.Note, more.Note) || changed
	changed = merge(&t.Source, more.Source) || changed
	changed = merge(&t.Date, more.Date) || changed
	status := string(t.Status)
	if merge(&status, string(more.Status)) {
		t.Status, changed = bitext.TermStatus(status), true
	}
	return changed
}

// groupLangs brings the terms of one language together, the languages in the
// order in which they first appear.
func groupLangs(c *bitext.Concept) {
	first := map[bitext.Lang]int{}
	for i, t := range c.Terms {
		if _, ok := first[t.Lang]; !ok {
			first[t.Lang] = i
		}
	}
	slices.SortStableFunc(c.Terms, func(a, b bitext.Term) int { return first[a.Lang] - first[b.Lang] })
}

// Merge puts what more says into c, as MergeTerm does, with terms that c has
// not behind its own. It reports whether c changed.
func Merge(c, more *bitext.Concept) bool {
	changed := merge(&c.Subject, more.Subject)
	changed = merge(&c.Definition, more.Definition) || changed
	changed = merge(&c.Note, more.Note) || changed
	changed = merge(&c.Source, more.Source) || changed
	changed = merge(&c.Created, more.Created) || changed
	changed = merge(&c.Modified, more.Modified) || changed
	for i := range more.Terms {
		t := &more.Terms[i]
		at := slices.IndexFunc(c.Terms, func(k bitext.Term) bool { return k.Lang == t.Lang && k.Text == t.Text })
		if at < 0 {
			c.Terms, changed = append(c.Terms, *t), true
			continue
		}
		changed = MergeTerm(&c.Terms[at], t) || changed
	}
	groupLangs(c)
	return changed
}

func merge(s *string, said string) bool {
	if said == "" || said == *s {
		return false
	}
	*s = said
	return true
}

// Head is the term by which an entry without an id is known: the first usable
// one in English, else in Russian, in Chinese, in any language. The entry has
// one term at least.
func Head(c *bitext.Concept) *bitext.Term {
	for _, lang := range []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese} {
		for i := range c.Terms {
			if t := &c.Terms[i]; t.Lang == lang && t.Usable() {
				return t
			}
		}
	}
	return &c.Terms[0]
}

// IDFor makes an id of the head of an entry: lower case, words joined by
// hyphens. It is the same for the same head.
func IDFor(c *bitext.Concept) string {
	var b strings.Builder
	gap := false
	for _, r := range text.Fold(Head(c).Text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
		}
		gap = false
		if b.WriteRune(r); b.Len() > 80 {
			break
		}
	}
	if b.Len() == 0 {
		return "entry"
	}
	return b.String()
}

// Key is the form by which equal terms are known: folded.
func Key(term string) string { return text.Fold(text.Line(term)) }
