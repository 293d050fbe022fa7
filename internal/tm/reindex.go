package tm

import (
	"context"
	"database/sql"
	"fmt"

	"sverka/internal/bitext"
)

// Reindex makes everything anew that rests on the folding of text: the keys of
// exact lookup, the search index and the lookup index, in one transaction.
// Others may read meanwhile.
func (s *Store) Reindex(ctx context.Context) error {
	err := s.update(ctx, func(tx *sql.Tx) error { return reindex(ctx, tx) })
	if err != nil {
		return fmt.Errorf("make the indexes anew: %w", err)
	}
	return nil
}

// bringIndex is Reindex where the file's indexes were made with another folding.
func (s *Store) bringIndex(ctx context.Context) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		if fold, err := metaValue(ctx, tx, "fold"); err != nil || fold == foldVersion {
			return err // another process was quicker
		}
		return reindex(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("make the indexes anew: %w", err)
	}
	return nil
}

func reindex(ctx context.Context, tx *sql.Tx) error {
	for _, q := range []string{
		"DELETE FROM word_segment", "DELETE FROM word_start", "DELETE FROM word_block", "DELETE FROM word_gone",
		"DELETE FROM block", "DELETE FROM block_data", "DELETE FROM codebook",
	} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	w, err := newWriter(ctx, tx)
	if err != nil {
		return err
	}
	defer w.words.discard()
	if err := w.indexAll(); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'fold'", foldVersion); err != nil {
		return err
	}
	return w.close()
}

// indexAll puts all stored variants into the emptied indexes.
func (w *writer) indexAll() error {
	type row struct {
		id   int64
		lang bitext.Lang
		text string
	}
	w.fuzzy.newest = 0
	for last := int64(-1); ; {
		var batch []row
		rows, err := w.tx.QueryContext(w.ctx, `SELECT v.id, o.lang, v.text FROM variant v CROSS JOIN origin o ON o.id = v.origin
			WHERE v.id > ? ORDER BY v.id LIMIT 512`, last)
		err = each(rows, err, func(r *sql.Rows) error {
			var x row
			err := r.Scan(&x.id, &x.lang, &x.text)
			batch = append(batch, x)
			return err
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, x := range batch {
			last = x.id
			v := prepareText(x.text)
			v.id = x.id
			lang, err := w.lang(x.lang)
			if err != nil {
				return err
			}
			if err := w.words.add(x.id, &v); err != nil {
				return err
			}
			if err := w.fuzzy.add(lang, v.entry); err != nil {
				return err
			}
		}
	}
}
