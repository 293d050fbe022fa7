package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sverka/internal/bitext"
)

// Versions gives a statement with its stored versions, segments included, in
// the order in which they were added. The error wraps ErrUnknown when there is
// no such statement.
func (s *Store) Versions(ctx context.Context, statement string) (bitext.Statement, []bitext.Version, error) {
	var st bitext.Statement
	var out []bitext.Version
	err := s.view(ctx, func(tx *sql.Tx) error {
		id, found, err := findStatement(ctx, tx, statement)
		if err != nil {
			return err
		}
		st = found
		var ids []int64
		rows, err := tx.QueryContext(ctx, `SELECT id, lang, label, path, title, date, speaker, source, translator, machine, lead
			FROM version WHERE statement = ? ORDER BY ordinal, id`, id)
		err = each(rows, err, func(r *sql.Rows) error {
			var id int64
			var v bitext.Version
			err := r.Scan(&id, &v.Lang, &v.Label, &v.Path, &v.Title, &v.Date, &v.Speaker, &v.Source, &v.Translator, &v.Machine, &v.Lead)
			ids, out = append(ids, id), append(out, v)
			return err
		})
		if err != nil {
			return err
		}
		for i := range out {
			if out[i].Segments, err = segmentsOf(ctx, tx, ids[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return st, out, err
}

func findStatement(ctx context.Context, db querier, slug string) (int64, bitext.Statement, error) {
	st := bitext.Statement{ID: slug}
	var id int64
	err := db.QueryRowContext(ctx, "SELECT id, title, date, speaker FROM statement WHERE slug = ?", slug).
		Scan(&id, &st.Title, &st.Date, &st.Speaker)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("statement %q: %w", slug, ErrUnknown)
	}
	return id, st, err
}

func segmentsOf(ctx context.Context, db querier, version int64) ([]bitext.Segment, error) {
	var out []bitext.Segment
	rows, err := db.QueryContext(ctx, `SELECT text, space, block, kind, line, speaker, question
		FROM segment WHERE version = ? ORDER BY pos`, version)
	return out, each(rows, err, func(r *sql.Rows) error {
		var s bitext.Segment
		err := r.Scan(&s.Text, &s.Space, &s.Block, &s.Kind, &s.Line, &s.Speaker, &s.Question)
		out = append(out, s)
		return err
	})
}

// Statements lists the statements with their versions, by date and id.
func (s *Store) Statements(ctx context.Context) ([]StatementInfo, error) {
	var out []StatementInfo
	at := map[int64]int{}
	err := s.view(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, slug, title, date, speaker,
			(SELECT count(*) FROM unit WHERE statement = statement.id) FROM statement ORDER BY date, slug`)
		err = each(rows, err, func(r *sql.Rows) error {
			var id int64
			var st StatementInfo
			err := r.Scan(&id, &st.Statement.ID, &st.Statement.Title, &st.Statement.Date, &st.Statement.Speaker, &st.Units)
			at[id] = len(out)
			out = append(out, st)
			return err
		})
		if err != nil {
			return err
		}
		rows, err = tx.QueryContext(ctx, `SELECT statement, lang, label, path, title, date, speaker, source, translator, machine, lead,
			(SELECT count(*) FROM segment WHERE version = version.id) FROM version ORDER BY statement, ordinal, id`)
		return each(rows, err, func(r *sql.Rows) error {
			var id int64
			var i VersionInfo
			v := &i.Version
			err := r.Scan(&id, &v.Lang, &v.Label, &v.Path, &v.Title, &v.Date, &v.Speaker, &v.Source, &v.Translator, &v.Machine, &v.Lead, &i.Segments)
			if n, ok := at[id]; ok {
				out[n].Versions = append(out[n].Versions, i)
			}
			return err
		})
	})
	return out, err
}

// Delete takes a statement with all its units out of the memory, or, where
// version names one ("en@kremlin"), that version: its variants go, and units
// that are left with one variant. The error wraps ErrUnknown when there is no
// such statement or version.
func (s *Store) Delete(ctx context.Context, statement, version string) (DeleteResult, error) {
	var res DeleteResult
	err := s.update(ctx, func(tx *sql.Tx) error {
		id, _, err := findStatement(ctx, tx, statement)
		if err != nil {
			return err
		}
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.words.discard()
		d := deleter{writer: w, statement: id}
		if err := d.run(version); err != nil {
			return err
		}
		if res = d.res; res == (DeleteResult{}) && version != "" {
			return fmt.Errorf("version %s of statement %q: %w", version, statement, ErrUnknown)
		}
		return w.close()
	})
	if err != nil {
		return DeleteResult{}, fmt.Errorf("delete: %w", err)
	}
	return res, nil
}

type deleter struct {
	*writer
	statement int64
	res       DeleteResult
}

func (d *deleter) run(version string) error {
	units, err := ints(d.tx.QueryContext(d.ctx, "SELECT id FROM unit WHERE statement = ? ORDER BY id", d.statement))
	if err != nil {
		return err
	}
	for _, id := range units {
		if err := d.unit(id, version); err != nil {
			return err
		}
	}
	stored, err := storedVersions(d.ctx, d.tx, d.statement)
	if err != nil {
		return err
	}
	for name, v := range stored {
		if version != "" && version != name {
			continue
		}
		d.res.Versions++
		if _, err := d.tx.ExecContext(d.ctx, "DELETE FROM version WHERE id = ?", v.id); err != nil {
			return err
		}
	}
	if version == "" {
		_, err = d.tx.ExecContext(d.ctx, "DELETE FROM statement WHERE id = ?", d.statement)
	}
	return err
}

// unit deletes a unit, or its variant in the given version.
func (d *deleter) unit(id int64, version string) error {
	stored, err := loadUnit(d.ctx, d.tx, id)
	if err != nil {
		return err
	}
	at := -1
	for i := range stored.unit.Variants {
		v := &stored.unit.Variants[i]
		if name := (&bitext.Version{Lang: v.Lang, Label: v.Label}).Name(); version == name {
			at = i
		}
	}
	switch {
	case version != "" && at < 0:
		return nil
	case version == "" || len(stored.ids) <= 2:
		d.res.Units++
		d.res.Variants += len(stored.ids)
		_, err := d.removeUnit(id)
		return err
	}
	d.res.Variants++
	var hash int64
	if err := d.tx.QueryRowContext(d.ctx, "SELECT hash FROM unit WHERE id = ?", id).Scan(&hash); err != nil {
		return err
	}
	k, _ := occurrenceOf(hash, unitHash(&stored.unit))
	if err := d.remove(stored.ids[at]); err != nil {
		return err
	}
	// What the unit was with this text it is no more: the same again is to come
	// back whole. The history of the text goes with it.
	v := stored.unit.Variants[at]
	for _, q := range []string{
		"DELETE FROM former WHERE unit = ?1", "UPDATE correction SET was = 0 WHERE unit = ?1",
		"DELETE FROM correction WHERE unit = ?1 AND lang = ?2 AND label = ?3",
	} {
		if _, err := d.tx.ExecContext(d.ctx, q, id, string(v.Lang), v.Label); err != nil {
			return err
		}
	}
	stored.unit.Variants = append(stored.unit.Variants[:at], stored.unit.Variants[at+1:]...)
	_, err = d.tx.ExecContext(d.ctx, "UPDATE unit SET hash = ? WHERE id = ?", occurrence(unitHash(&stored.unit), k), id)
	return err
}
