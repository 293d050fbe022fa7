package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/postings"
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
	err := s.view(ctx, func(tx *sql.Tx) error {
		run.tx = tx
		index, err := s.wordIndex(ctx, tx)
		if err != nil {
			return err
		}
		p := planner{index}
		if run.found, run.inexact, err = p.docs(q.Root); err != nil {
			return err
		}
		if run.inexact {
			run.filters, err = p.onlyFilters(q.Root)
		}
		if err != nil {
			return err
		}
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
	found   postings.Docs // the candidates
	inexact bool          // each candidate is to be tried
	filters *query.Query  // where it is enough to try the filters
	places  map[place]*query.Meta
	tried   map[place]bool // by filters
	hits    []query.Hit
	total   int
}

// candidate is a variant that the index gives; place and text are read where
// it is to be tried.
type candidate struct {
	id   int64
	at   place
	text string
}

// Candidates that are to be tried are read many at a time: a few first, since
// a page is often found among them.
const (
	fewCandidates  = 32
	mostCandidates = 512
)

// do goes through the candidates, the latest first. Where none is to be tried
// the index counts, and only the page is read.
func (s *search) do(load *loader) error {
	n := 0
	for from, batch := int64(math.MaxInt64), fewCandidates; from != postings.None; batch = min(2*batch, mostCandidates) {
		if len(s.hits) == s.page.Limit && !s.page.Count {
			return nil
		}
		var found []candidate
		var err error
		if found, from, err = s.candidates(from, batch); err != nil {
			return err
		}
		for i := range found {
			c := &found[i]
			if s.inexact {
				ok, err := s.answers(c.at, c.text)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
			}
			s.total++
			if n++; n <= s.page.Offset || len(s.hits) == s.page.Limit {
				continue
			}
			hit, err := load.hit(s.ctx, c.id)
			if err != nil {
				return err
			}
			s.hits = append(s.hits, hit)
		}
	}
	return nil
}

// candidates gives the next candidates, and where to go on.
func (s *search) candidates(from int64, batch int) ([]candidate, int64, error) {
	out := make([]candidate, 0, batch)
	for len(out) < batch {
		id, err := s.found.AtMost(from)
		if err != nil {
			return nil, 0, err
		}
		if id == postings.None {
			from = id
			break
		}
		out = append(out, candidate{id: id})
		from = id - 1
	}
	if !s.inexact || len(out) == 0 {
		return out, from, nil
	}
	return out, from, s.read(out)
}

// read fills in where candidates come from and, where it is asked for, what
// they say.
func (s *search) read(list []candidate) error {
	text := "v.text"
	if s.filters != nil {
		text = "''"
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].id
	}
	i := 0
	rows, err := s.tx.QueryContext(s.ctx, "SELECT v.id, v.origin, coalesce(u.statement, 0), "+text+
		" FROM variant v CROSS JOIN unit u ON u.id = v.id >> 8 WHERE v.id IN (?"+
		strings.Repeat(",?", len(list)-1)+") ORDER BY v.id DESC", args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var c candidate
		if err := r.Scan(&c.id, &c.at.origin, &c.at.statement, &c.text); err != nil {
			return err
		}
		if i == len(list) || list[i].id != c.id {
			return errWords
		}
		list[i] = c
		i++
		return nil
	})
	if err == nil && i < len(list) {
		err = errWords
	}
	return err
}

var errWords = errors.New("the search index names a variant that is not there; sverka tm reindex makes it anew")

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
	return query.Hit{}, errWords
}
