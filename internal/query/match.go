package query

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Span is a run of bytes, Start included, End not.
type Span struct{ Start, End int }

// Meta is where a text comes from, as the filters ask for it.
type Meta struct {
	Statement bitext.Statement
	Variant   *bitext.Variant
}

// Hit is a variant that answers a query.
type Hit struct {
	Unit    bitext.Unit
	Variant int // its place in Unit.Variants
}

// Page chooses a part of the answers to a query.
type Page struct {
	Limit  int  // most hits; 0 means 20
	Offset int  // hits to pass over
	Count  bool // count all hits as well
}

// Match says that the text answers the query.
func (q *Query) Match(d *Doc, m *Meta) bool { return q.Root.match(d, m) }

func (a And) match(d *Doc, m *Meta) bool {
	for _, n := range a {
		if !n.match(d, m) {
			return false
		}
	}
	return true
}

func (o Or) match(d *Doc, m *Meta) bool {
	for _, n := range o {
		if n.match(d, m) {
			return true
		}
	}
	return false
}

func (n Not) match(d *Doc, m *Meta) bool { return !n.Node.match(d, m) }

func (t *Term) match(d *Doc, _ *Meta) bool {
	for i := range d.Tokens {
		if t.at(d, i) {
			return true
		}
	}
	return false
}

// at says that the term stands at token i of d.
func (t *Term) at(d *Doc, i int) bool {
	if i+len(t.keys) > len(d.Tokens) {
		return false
	}
	last := len(t.keys) - 1
	for j, k := range t.keys {
		tok := &d.Tokens[i+j]
		switch {
		case k.glued && j > 0 && !tok.glued:
			return false // characters of one word stand side by side
		case t.Prefix && j == last && !k.han:
			if !strings.HasPrefix(tok.word, k.word) {
				return false
			}
		case tok.stem != k.stem:
			return false
		}
	}
	return true
}

// exact says that the term stands at token i just as typed, folded.
func (t *Term) exact(d *Doc, i int) bool {
	for j, k := range t.keys {
		if d.Tokens[i+j].word != k.word {
			return false
		}
	}
	return true
}

// Spans gives the places in the original text where terms of the query stand,
// in order, without overlaps (of two that begin together the longer), and how
// many of them stand just as typed rather than in another form.
func (q *Query) Spans(d *Doc) (spans []Span, exact int) {
	terms := q.Terms()
	for i := 0; i < len(d.Tokens); {
		best, same := 0, false
		for _, t := range terms {
			if n := len(t.keys); n > best && t.at(d, i) {
				best, same = n, t.exact(d, i)
			}
		}
		if best == 0 {
			i++
			continue
		}
		spans = append(spans, Span{d.Tokens[i].Start, d.Tokens[i+best-1].End})
		if same {
			exact++
		}
		i += best
	}
	return spans, exact
}

func (f *Filter) match(_ *Doc, m *Meta) bool {
	for _, v := range f.Values {
		if f.one(v, m) {
			return true
		}
	}
	return false
}

func (f *Filter) one(v string, m *Meta) bool {
	switch f.Field {
	case "lang":
		return string(m.Variant.Lang) == v
	case "label":
		return text.Fold(m.Variant.Label) == text.Fold(v)
	case "in":
		return m.Statement.ID == v || has(m.Statement.Title, v)
	case "by":
		return has(m.Variant.Translator, v) || has(m.Statement.Speaker, v) || has(m.Variant.Source, v)
	case "since":
		d := date(m)
		return d != "" && d >= v[:min(len(v), len(d))]
	case "until":
		d := date(m)
		return d != "" && d <= v
	}
	return false
}

// date is the day of the text: the version's own, else the statement's.
func date(m *Meta) string {
	if m.Variant.Date != "" {
		return m.Variant.Date
	}
	return m.Statement.Date
}

func has(s, part string) bool {
	return s != "" && strings.Contains(text.Fold(s), text.Fold(part))
}
