package tm

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

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
	run := search{q: q, page: page}
	run.match, run.inexact = ftsExpression(q.Root)
	err := s.view(ctx, func(tx *sql.Tx) error {
		return run.do(ctx, tx, &loader{s.prepared(ctx, tx, unitQuery)})
	})
	if err != nil {
		return nil, 0, fmt.Errorf("search %s: %w", q, err)
	}
	if !page.Count {
		run.total = -1
	}
	return run.hits, run.total, nil
}

type search struct {
	q       *query.Query
	page    query.Page
	match   string
	inexact bool // each candidate is to be tried
	hits    []query.Hit
	total   int
}

func (s *search) do(ctx context.Context, tx *sql.Tx, load *loader) error {
	if !s.inexact && s.page.Count {
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM search WHERE search MATCH ?", s.match).Scan(&s.total); err != nil {
			return err
		}
	}
	rows, err := tx.QueryContext(ctx, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC", s.match)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for n := 0; rows.Next(); {
		if len(s.hits) == s.page.Limit && (!s.inexact || !s.page.Count) {
			break
		}
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if !s.inexact && n < s.page.Offset {
			n++
			continue
		}
		hit, err := load.hit(ctx, id)
		if err != nil {
			return err
		}
		if s.inexact && !s.answers(&hit) {
			continue
		}
		if n++; n > s.page.Offset && len(s.hits) < s.page.Limit {
			s.hits = append(s.hits, hit)
		}
		if s.inexact {
			s.total = n
		}
	}
	return rows.Err()
}

func (s *search) answers(h *query.Hit) bool {
	v := &h.Unit.Variants[h.Variant]
	return s.q.Match(query.Analyze(v.Text), &query.Meta{Statement: h.Unit.Statement, Variant: v})
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
