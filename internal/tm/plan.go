package tm

import (
	"sverka/internal/postings"
	"sverka/internal/query"
)

// planner makes of a parsed query what to ask the search index for.
type planner struct{ index *postings.Index }

// docs gives every variant that answers n. inexact says that it gives others
// as well. It is nil where the index cannot help, which the parser rules out
// for a whole query.
func (p planner) docs(n query.Node) (found postings.Docs, inexact bool, err error) {
	switch n := n.(type) {
	case *query.Term:
		return p.term(n)
	case query.And:
		return p.and(n)
	case query.Or:
		var sets []postings.Docs
		for _, c := range n {
			set, loose, err := p.docs(c)
			if set == nil || err != nil {
				return nil, true, err
			}
			sets = append(sets, set)
			inexact = inexact || loose
		}
		return postings.Or(sets...), inexact, nil
	}
	return nil, true, nil // a filter, or what is not to be found
}

func (p planner) and(nodes query.And) (found postings.Docs, inexact bool, err error) {
	var sets, not []postings.Docs
	for _, c := range nodes {
		if neg, ok := c.(query.Not); ok {
			set, loose, err := p.docs(neg.Node)
			if err != nil {
				return nil, true, err
			}
			if set != nil && !loose {
				not = append(not, set)
				continue
			}
		}
		set, loose, err := p.docs(c)
		if err != nil {
			return nil, true, err
		}
		if set != nil {
			sets = append(sets, set)
		}
		inexact = inexact || loose
	}
	if len(sets) == 0 {
		return nil, true, nil
	}
	found = postings.And(sets...)
	for _, set := range not {
		found = postings.Without(found, set)
	}
	return found, inexact, nil
}

func (p planner) term(t *query.Term) (found postings.Docs, inexact bool, err error) {
	var sets []postings.Docs
	for _, ph := range t.Phrases() {
		var words []postings.Word
		for i, w := range ph.Words {
			word := p.index.Term(w)
			if ph.Prefix && i == len(ph.Words)-1 {
				if word, err = p.index.Prefix(w); err != nil {
					return nil, true, err
				}
			}
			words = append(words, word)
		}
		sets = append(sets, postings.Phrase(words...))
		inexact = inexact || ph.Inexact
	}
	return postings.Or(sets...), inexact, nil
}

// onlyFilters gives the filters of a query whose other parts the index answers
// exactly, nil when there are others.
func (p planner) onlyFilters(n query.Node) (*query.Query, error) {
	and, ok := n.(query.And)
	if !ok {
		return nil, nil
	}
	var filters, rest query.And
	for _, c := range and {
		inner := c
		if not, ok := c.(query.Not); ok {
			inner = not.Node
		}
		if _, ok := inner.(*query.Filter); ok {
			filters = append(filters, c)
		} else {
			rest = append(rest, c)
		}
	}
	if len(filters) == 0 {
		return nil, nil
	}
	_, inexact, err := p.and(rest)
	if inexact || err != nil {
		return nil, err
	}
	return &query.Query{Root: filters}, nil
}
