package tm

import (
	"context"
	"database/sql"
	"strings"

	"sverka/internal/query"
)

// verifySearch tries that the search index holds exactly the words of all
// variants. SQLite does that by itself, but only where it may write.
func (s *Store) verifySearch(ctx context.Context, v *verifier) error {
	if s.write == nil {
		return s.view(ctx, v.ownWords)
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
		if err != nil {
			v.add("search index", "it does not agree with the texts: %v", err)
		}
		return nil
	})
}

// maxOwnWords bounds the variants that a memory open for reading only is tried
// with, each by a search of its own: those of a larger one are a sample, evenly
// spread.
const maxOwnWords = 20_000

// ownWords looks for variants by their own words.
func (v *verifier) ownWords(tx *sql.Tx) error {
	find, err := tx.PrepareContext(v.ctx, "SELECT count(*) FROM search WHERE search MATCH ? AND rowid = ?")
	if err != nil {
		return err
	}
	defer func() { _ = find.Close() }()
	var all int
	if err := tx.QueryRowContext(v.ctx, "SELECT count(*) FROM variant").Scan(&all); err != nil {
		return err
	}
	step, seen := all/maxOwnWords+1, -1
	rows, err := tx.QueryContext(v.ctx, "SELECT id, text FROM variant ORDER BY id")
	return each(rows, err, func(r *sql.Rows) error {
		var id int64
		var s string
		if err := r.Scan(&id, &s); err != nil {
			return err
		}
		if seen++; seen%step != 0 {
			return nil
		}
		words := strings.Fields(query.IndexText(s))
		if len(words) == 0 {
			return nil
		}
		words = words[:min(len(words), 100)]
		var n int
		if err := find.QueryRowContext(v.ctx, `"`+strings.Join(words, `" + "`)+`"`, id).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			v.add("search index", "variant %d is not found by its own words", id)
		}
		return nil
	})
}
