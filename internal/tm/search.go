package tm

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

// Search gives the variants that answer q, the latest stored first, from
// page.Offset on, at most page.Limit; and, where page.Count says so, how many
// there are in all, else −1. A variant answers when its own text holds what is
// asked for and it comes from where the filters say.
func (s *Store) Search(ctx context.Context, q *query.Query, page query.Page) ([]query.Hit, int, error) {
	if page.Limit <= 0 {
		page.Limit = 20
	}
	run := search{ctx: ctx, q: q, page: page, places: map[place]*query.Meta{}, tried: map[place]bool{}}
	run.match, run.inexact = ftsExpression(q.Root)
	run.filters = onlyFilters(q.Root)
	err := s.view(ctx, func(tx *sql.Tx) error {
		run.tx = tx
		return run.do(&loader{s.prepared(ctx, tx, unitQuery)})
	})
	if err != nil {
		return nil, 0, fmt.Errorf("search %s: %w", q, err)
	}
	if !page.Count {
		run.total = -1
	}
	return run.hits, run.total, nil
}

// search is one call of Search.
type search struct {
	ctx     context.Context
	tx      *sql.Tx
	q       *query.Query
	page    query.Page
	match   string
	inexact bool         // each candidate is to be tried
	filters *query.Query // where it is enough to try the filters
	places  map[place]*query.Meta
	tried   map[place]bool // by filters
	hits    []query.Hit
	total   int
}

const (
	candidateQuery = "SELECT rowid, 0, 0, '' FROM search WHERE search MATCH ? ORDER BY rowid DESC"
	// To be tried each candidate is read with where it comes from.
	tryQuery    = "SELECT v.id, v.origin, coalesce(u.statement, 0), v.text" + tryFrom
	filterQuery = "SELECT v.id, v.origin, coalesce(u.statement, 0), ''" + tryFrom
	tryFrom     = ` FROM search s CROSS JOIN variant v ON v.id = s.rowid
		CROSS JOIN unit u ON u.id = v.id >> 8 WHERE s.search MATCH ? ORDER BY s.rowid DESC`
)

// do goes through the candidates. Where none is to be tried the index counts,
// and only the page is read.
func (s *search) do(load *loader) error {
	if !s.inexact && s.page.Count {
		if err := s.tx.QueryRowContext(s.ctx, "SELECT count(*) FROM search WHERE search MATCH ?", s.match).Scan(&s.total); err != nil {
			return err
		}
	}
	q := candidateQuery
	if s.filters != nil {
		q = filterQuery
	} else if s.inexact {
		q = tryQuery
	}
	rows, err := s.tx.QueryContext(s.ctx, q, s.match)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for n := 0; rows.Next(); {
		if len(s.hits) == s.page.Limit && (!s.inexact || !s.page.Count) {
			break
		}
		var id int64
		var at place
		var text string
		if err := rows.Scan(&id, &at.origin, &at.statement, &text); err != nil {
			return err
		}
		if s.inexact {
			ok, err := s.answers(at, text)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			s.total++
		}
		if n++; n <= s.page.Offset || len(s.hits) == s.page.Limit {
			continue
		}
		hit, err := load.hit(s.ctx, id)
		if err != nil {
			return err
		}
		s.hits = append(s.hits, hit)
	}
	return rows.Err()
}

// place is where a candidate comes from.
type place struct{ origin, statement int64 }

// answers tries a candidate.
func (s *search) answers(at place, text string) (bool, error) {
	if s.filters == nil {
		meta, err := s.meta(at)
		if err != nil {
			return false, err
		}
		meta.Variant.Text = text
		return s.q.Match(query.Analyze(text), meta), nil
	}
	ok, known := s.tried[at]
	if !known {
		meta, err := s.meta(at)
		if err != nil {
			return false, err
		}
		ok = s.filters.Match(nil, meta)
		s.tried[at] = ok
	}
	return ok, nil
}

// meta reads what the filters ask for, once for each place.
func (s *search) meta(at place) (*query.Meta, error) {
	if m := s.places[at]; m != nil {
		return m, nil
	}
	m := &query.Meta{Variant: &bitext.Variant{}}
	v, st := m.Variant, &m.Statement
	err := s.tx.QueryRowContext(s.ctx, "SELECT lang, label, date, source, translator, machine FROM origin WHERE id = ?", at.origin).
		Scan(&v.Lang, &v.Label, &v.Date, &v.Source, &v.Translator, &v.Machine)
	if err == nil && at.statement != 0 {
		err = s.tx.QueryRowContext(s.ctx, "SELECT slug, title, date, speaker FROM statement WHERE id = ?", at.statement).
			Scan(&st.ID, &st.Title, &st.Date, &st.Speaker)
	}
	s.places[at] = m
	return m, err
}

// onlyFilters gives the filters of a query whose other parts the index answers
// exactly, nil when there are others.
func onlyFilters(n query.Node) *query.Query {
	and, ok := n.(query.And)
	if !ok {
		return nil
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
	if _, inexact := ftsExpression(rest); inexact || len(filters) == 0 {
		return nil
	}
	return &query.Query{Root: filters}
}

// loader reads the units of many hits.
type loader struct{ stmt *sql.Stmt }

func (l *loader) hit(ctx context.Context, variant int64) (query.Hit, error) {
	rows, err := l.stmt.QueryContext(ctx, variant>>8)
	u, err := scanUnit(rows, err, variant>>8)
	if err != nil {
		return query.Hit{}, err
	}
	for i, id := range u.ids {
		if id == variant {
			return query.Hit{Unit: u.unit, Variant: i}, nil
		}
	}
	return query.Hit{}, fmt.Errorf("variant %d is in the search index only; run verify", variant)
}

// ftsExpression gives what to ask the search index for: every variant that
// answers n is found. inexact says that others are found as well. The
// expression is empty when the index cannot help, which the parser rules out
// for a whole query.
func ftsExpression(n query.Node) (expr string, inexact bool) {
	switch n := n.(type) {
	case *query.Term:
		return termExpression(n)
	case query.And:
		return andExpression(n)
	case query.Or:
		var parts []string
		for _, c := range n {
			e, loose := ftsExpression(c)
			if e == "" {
				return "", true
			}
			parts = append(parts, e)
			inexact = inexact || loose
		}
		return "(" + strings.Join(parts, " OR ") + ")", inexact
	}
	return "", true // a filter, or what is not to be found
}

func andExpression(nodes query.And) (expr string, inexact bool) {
	var parts, not []string
	for _, c := range nodes {
		if neg, ok := c.(query.Not); ok {
			if e, loose := ftsExpression(neg.Node); e != "" && !loose {
				not = append(not, e)
				continue
			}
		}
		e, loose := ftsExpression(c)
		if e != "" {
			parts = append(parts, e)
		}
		inexact = inexact || loose
	}
	if len(parts) == 0 {
		return "", true
	}
	expr = "(" + strings.Join(parts, " AND ") + ")"
	for _, e := range not {
		expr = "(" + expr + " NOT " + e + ")"
	}
	return expr, inexact
}

// termExpression quotes each word: of what was typed nothing is left that the
// index could take for an operator.
func termExpression(t *query.Term) (expr string, inexact bool) {
	var parts []string
	for _, p := range t.Phrases() {
		var b strings.Builder
		for i, w := range p.Words {
			if i > 0 {
				b.WriteString(" + ")
			}
			b.WriteString(`"` + strings.ReplaceAll(w, `"`, `""`) + `"`)
		}
		if p.Prefix {
			b.WriteString(" *")
		}
		parts = append(parts, b.String())
		inexact = inexact || p.Inexact
	}
	return "(" + strings.Join(parts, " OR ") + ")", inexact
}
