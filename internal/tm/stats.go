package tm

import (
	"context"
	"database/sql"
	"os"
)

// Stats counts what the memory holds.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	out := Stats{Path: s.path}
	if info, err := os.Stat(s.path); err == nil {
		out.Bytes = info.Size()
	}
	err := s.view(ctx, func(tx *sql.Tx) error {
		for _, q := range []struct {
			sql string
			to  *int
		}{
			{"PRAGMA user_version", &out.Schema},
			{"SELECT value FROM meta WHERE key = 'fold'", &out.Fold},
			{"SELECT count(*) FROM statement", &out.Statements},
			{"SELECT count(*) FROM version", &out.Versions},
			{"SELECT count(*) FROM segment", &out.Segments},
			{"SELECT count(*) FROM unit", &out.Units},
			{"SELECT count(*) FROM unit WHERE status = 1", &out.Review},
			{"SELECT coalesce(sum(uses), 0) FROM origin", &out.Variants},
			{"SELECT count(*) FROM concept", &out.Entries},
			{"SELECT count(*) FROM term", &out.Terms},
		} {
			if err := tx.QueryRowContext(ctx, q.sql).Scan(q.to); err != nil {
				return err
			}
		}
		err := tx.QueryRowContext(ctx, `SELECT coalesce(min(date), ''), coalesce(max(date), '') FROM
			(SELECT date FROM origin UNION ALL SELECT date FROM statement) WHERE date <> ''`).Scan(&out.Since, &out.Until)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT lang, sum(uses) AS n FROM origin GROUP BY lang ORDER BY n DESC, lang")
		return each(rows, err, func(r *sql.Rows) error {
			var c LangCount
			err := r.Scan(&c.Lang, &c.Variants)
			out.Langs = append(out.Langs, c)
			return err
		})
	})
	return out, err
}
