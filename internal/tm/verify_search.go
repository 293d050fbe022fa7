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

// ownWords looks for every variant by its own words.
func (v *verifier) ownWords(tx *sql.Tx) error {
	find, err := tx.PrepareContext(v.ctx, "SELECT count(*) FROM search WHERE search MATCH ? AND rowid = ?")
	if err != nil {
		return err
	}
	defer func() { _ = find.Close() }()
	rows, err := tx.QueryContext(v.ctx, "SELECT id, text FROM variant ORDER BY id")
	return each(rows, err, func(r *sql.Rows) error {
		var id int64
		var s string
		if err := r.Scan(&id, &s); err != nil {
			return err
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
