package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sverka/internal/bitext"
)

// Correction is a new wording for one text of a unit.
type Correction struct {
	Unit  string // its id
	Lang  bitext.Lang
	Label string // of the version; needed only where several are in Lang
	Text  string // the new wording
	By    string // who says so
	Why   string // may be ""
	At    time.Time
}

// Change is a correction that was made, as the memory remembers it.
type Change struct {
	Unit     string
	Variant  string // "en", "en@kremlin"
	Old, New string
	By, Why  string
	At       time.Time // in UTC, to the second
}

// ErrSame is what a correction wraps that would change nothing.
var ErrSame = errors.New("the text says just that already")

// Correct puts a new wording in the place of one text of a unit and keeps what
// it was. A person has looked at the unit then: its status is accepted. An
// import or an addition that brings the former wording again finds the unit
// corrected and leaves it so. The error wraps ErrUnknown where there is no such
// unit or text, and ErrSame where there is nothing to change.
func (s *Store) Correct(ctx context.Context, c Correction) (Change, error) {
	var done Change
	err := s.update(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.words.discard()
		if done, err = w.correct(c); err != nil {
			return err
		}
		return w.close()
	})
	if err != nil {
		return Change{}, fmt.Errorf("correct unit %s: %w", c.Unit, err)
	}
	return done, nil
}

func (w *writer) correct(c Correction) (Change, error) {
	if strings.TrimSpace(c.By) == "" {
		return Change{}, errors.New("say who corrects it")
	}
	id, err := unitNumber(c.Unit)
	if err != nil {
		return Change{}, err
	}
	stored, err := loadUnit(w.ctx, w.tx, id)
	if err != nil {
		return Change{}, err
	}
	at, err := stored.find(c.Lang, c.Label)
	if err != nil {
		return Change{}, err
	}
	var was int64
	if err := w.tx.QueryRowContext(w.ctx, "SELECT hash FROM unit WHERE id = ?", id).Scan(&was); err != nil {
		return Change{}, err
	}
	v := &stored.unit.Variants[at]
	done := Change{Unit: c.Unit, Variant: variantName(v), Old: v.Text, New: strings.TrimSpace(c.Text),
		By: c.By, Why: c.Why, At: c.At.UTC().Truncate(time.Second)}
	v.Text = done.New
	switch bad := refuse(v); {
	case done.New == "":
		return Change{}, errors.New("the new wording is empty")
	case bad != "":
		return Change{}, errors.New("the new wording is " + bad)
	case done.Old == done.New:
		return Change{}, ErrSame
	}
	if err := w.replaceText(stored.ids[at], v); err != nil {
		return Change{}, err
	}
	_, err = w.tx.ExecContext(w.ctx, "UPDATE unit SET hash = ?, status = ? WHERE id = ?",
		unitHash(&stored.unit), statusCode(bitext.StatusAccepted), id)
	if err != nil {
		return Change{}, err
	}
	_, err = w.tx.ExecContext(w.ctx, "INSERT INTO correction (unit, lang, label, old, new, by, at, why, was) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, string(v.Lang), v.Label, done.Old, done.New, done.By, done.At.Format(time.RFC3339), done.Why, was)
	return done, err
}

func unitNumber(id string) (int64, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no number of a unit: %w", id, ErrUnknown)
	}
	return n, nil
}

func variantName(v *bitext.Variant) string {
	return (&bitext.Version{Lang: v.Lang, Label: v.Label}).Name()
}

// find gives the place of the text in the given language and label; the label
// may be left out where only one text is in the language.
func (s *storedUnit) find(lang bitext.Lang, label string) (int, error) {
	at, inLang := -1, []string{}
	for i := range s.unit.Variants {
		v := &s.unit.Variants[i]
		if v.Lang != lang {
			continue
		}
		if inLang = append(inLang, variantName(v)); v.Label == label {
			at = i
		} else if label == "" && at < 0 {
			at = i
		}
	}
	switch {
	case at >= 0 && (s.unit.Variants[at].Label == label || len(inLang) == 1):
		return at, nil
	case len(inLang) > 0:
		return 0, fmt.Errorf("it has %s; say which: %w", strings.Join(inLang, " and "), ErrUnknown)
	}
	return 0, fmt.Errorf("it has no text in %s: %w", lang, ErrUnknown)
}

// replaceText stores v under the id of a variant, in the indexes as well.
func (w *writer) replaceText(id int64, v *bitext.Variant) error {
	if err := w.remove(id); err != nil {
		return err
	}
	p := prepareText(v.Text)
	return w.addVariant(id, v, &p)
}

// former gives, for the hashes of units as they were before a correction or
// before they were joined, the ids of the units that have taken their place.
func (w *writer) former(hashes []int64) (map[int64]int64, error) {
	if w.anyFormer == nil {
		var any bool
		err := w.tx.QueryRowContext(w.ctx, "SELECT EXISTS (SELECT 1 FROM correction) OR EXISTS (SELECT 1 FROM former)").Scan(&any)
		if err != nil {
			return nil, err
		}
		w.anyFormer = &any
	}
	out := map[int64]int64{}
	if !*w.anyFormer || len(hashes) == 0 {
		return out, nil
	}
	args := make([]any, len(hashes))
	for i, h := range hashes {
		args[i] = h
	}
	in := " IN (" + strings.TrimSuffix(strings.Repeat("?,", len(args)), ",") + ") "
	for _, q := range []string{
		"SELECT hash, min(unit) FROM former WHERE hash" + in + "GROUP BY hash",
		"SELECT was, min(unit) FROM correction WHERE was" + in + "GROUP BY was",
	} {
		rows, err := w.tx.QueryContext(w.ctx, q, args...)
		if err := each(rows, err, func(r *sql.Rows) error {
			var hash, id int64
			err := r.Scan(&hash, &id)
			out[hash] = id
			return err
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// HistoryQuery chooses corrections; the zero value chooses all.
type HistoryQuery struct {
	Unit      string
	Statement string
	By        string // any part of the name
	Since     string // YYYY-MM-DD, included
	Until     string // YYYY-MM-DD, YYYY-MM or YYYY, included
}

// History gives the corrections that fit q, the earliest first. The error
// wraps ErrUnknown where q names a unit or a statement that is not there.
func (s *Store) History(ctx context.Context, q HistoryQuery) ([]Change, error) {
	var out []Change
	where, args := []string{"1"}, []any{}
	err := s.view(ctx, func(tx *sql.Tx) error {
		if q.Unit != "" {
			id, err := unitNumber(q.Unit)
			if err != nil {
				return err
			}
			if _, err := loadUnit(ctx, tx, id); err != nil {
				return err
			}
			where, args = append(where, "c.unit = ?"), append(args, id)
		}
		if q.Statement != "" {
			id, _, err := findStatement(ctx, tx, q.Statement)
			if err != nil {
				return err
			}
			where, args = append(where, "u.statement = ?"), append(args, id)
		}
		for _, w := range []struct{ cond, value string }{
			{"instr(c.by, ?) > 0", q.By}, {"substr(c.at, 1, 10) >= ?", q.Since},
			{fmt.Sprintf("substr(c.at, 1, %d) <= ?", len(q.Until)), q.Until},
		} {
			if w.value != "" {
				where, args = append(where, w.cond), append(args, w.value)
			}
		}
		rows, err := tx.QueryContext(ctx, `SELECT c.unit, c.lang, c.label, c.old, c.new, c.by, c.why, c.at
			FROM correction c JOIN unit u ON u.id = c.unit WHERE `+strings.Join(where, " AND ")+" ORDER BY c.id", args...)
		return each(rows, err, func(r *sql.Rows) error {
			var c Change
			var v bitext.Variant
			var at string
			err := r.Scan(&c.Unit, &v.Lang, &v.Label, &c.Old, &c.New, &c.By, &c.Why, &at)
			if err != nil {
				return err
			}
			c.Variant = variantName(&v)
			c.At, err = time.Parse(time.RFC3339, at)
			out = append(out, c)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return out, nil
}
