package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
)

// GlossaryOptions say how entries are taken into the glossary.
type GlossaryOptions struct {
	// Replace puts an entry in the place of the stored one of its id; else
	// what it says is put into that one.
	Replace bool
	// Progress, if not nil, is told now and then how many entries were read.
	Progress func(read int)
}

// GlossaryResult counts what was done with entries.
type GlossaryResult struct {
	Read      int    // entries read
	Stored    int    // of these: new
	Updated   int    // put into entries that were there
	Unchanged int    // there already, the same in all
	Last      string // id of the last entry that was taken
	Skipped   int
	Reasons   map[string]int // reason → entries left out for it
}

const conceptColumns = "c.id, c.name, c.subject, c.definition, c.note, c.source, c.created, c.modified"

// PutConcepts takes entries into the glossary in one transaction. An entry is
// put into the stored one of its id; one without an id into the first stored
// one that has its head ([glossary.Head]), and else it gets an id made of it
// ([glossary.IDFor]). So the same input can be given again without doubling.
//
// An error in seq whose chain has a method Skip() bool that says true leaves
// out its entry; any other undoes all. Input without a usable entry is an
// error too (ErrNothing).
func (s *Store) PutConcepts(ctx context.Context, seq iter.Seq2[bitext.Concept, error], opts GlossaryOptions) (GlossaryResult, error) {
	res := GlossaryResult{Reasons: map[string]int{}}
	err := s.update(ctx, func(tx *sql.Tx) error {
		w := &conceptWriter{ctx: ctx, tx: tx, opts: opts, res: &res}
		for c, err := range seq {
			if err := w.take(&c, err); err != nil {
				return err
			}
		}
		if res.Read == res.Skipped {
			return fmt.Errorf("%w%s", ErrNothing, (&ImportResult{SkippedAll: res.Skipped, Reasons: res.Reasons}).why())
		}
		return nil
	})
	if err != nil {
		return res, fmt.Errorf("glossary: %w", err)
	}
	return res, nil
}

type conceptWriter struct {
	ctx   context.Context
	tx    *sql.Tx
	opts  GlossaryOptions
	res   *GlossaryResult
	heads map[string]string // language and folded term → id of the first entry that has it
}

func (w *conceptWriter) take(c *bitext.Concept, err error) error {
	if w.res.Read++; w.opts.Progress != nil && w.res.Read%256 == 0 {
		w.opts.Progress(w.res.Read)
	}
	var s skipper
	switch {
	case err == nil:
	case errors.As(err, &s) && s.Skip():
		w.skip(err.Error())
		return w.ctx.Err()
	default:
		return err
	}
	if reason := glossary.Tidy(c); reason != "" {
		w.skip(reason)
		return nil
	}
	if c.ID == "" {
		if err := w.identify(c); err != nil {
			return err
		}
	}
	return w.put(c)
}

func (w *conceptWriter) skip(reason string) {
	w.res.Skipped++
	if _, ok := w.res.Reasons[reason]; !ok && len(w.res.Reasons) >= maxReasons {
		reason = "other reasons"
	}
	w.res.Reasons[reason]++
}

// identify gives c the id of the stored entry that has its head, or a new one.
func (w *conceptWriter) identify(c *bitext.Concept) error {
	if w.heads == nil {
		w.heads = map[string]string{}
		err := eachConcept(w.ctx, w.tx, "", nil, func(k *bitext.Concept) error {
			w.remember(k)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if id, ok := w.heads[headKey(glossary.Head(c))]; ok {
		c.ID = id
		return nil
	}
	c.ID = glossary.IDFor(c)
	return nil
}

func headKey(t *bitext.Term) string { return string(t.Lang) + " " + glossary.Key(t.Text) }

func (w *conceptWriter) remember(c *bitext.Concept) {
	if w.heads == nil {
		return
	}
	for i := range c.Terms {
		k := headKey(&c.Terms[i])
		if _, ok := w.heads[k]; !ok {
			w.heads[k] = c.ID
		}
	}
}

// put stores c or puts it into the entry of its id.
func (w *conceptWriter) put(c *bitext.Concept) error {
	var row int64
	var stored bitext.Concept
	w.res.Last = c.ID
	err := eachConcept(w.ctx, w.tx, "WHERE c.name = ?", []any{c.ID}, func(k *bitext.Concept) error {
		stored = *k
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case stored.ID == "":
		w.res.Stored++
		r, err := w.tx.ExecContext(w.ctx, `INSERT INTO concept (name, subject, definition, note, source, created, modified)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, c.ID, c.Subject, c.Definition, c.Note, c.Source, c.Created, c.Modified)
		if err != nil {
			return err
		}
		if row, err = r.LastInsertId(); err != nil {
			return err
		}
		w.remember(c)
		return w.terms(row, c.Terms)
	case w.opts.Replace && same(&stored, c), !w.opts.Replace && !glossary.Merge(&stored, c):
		w.res.Unchanged++
		return nil
	case w.opts.Replace:
		stored = *c
	}
	w.res.Updated++
	err = w.tx.QueryRowContext(w.ctx, `UPDATE concept SET subject = ?, definition = ?, note = ?, source = ?, created = ?, modified = ?
		WHERE name = ? RETURNING id`, stored.Subject, stored.Definition, stored.Note, stored.Source, stored.Created, stored.Modified, stored.ID).Scan(&row)
	if err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM term WHERE concept = ?", row); err != nil {
		return err
	}
	w.remember(&stored)
	return w.terms(row, stored.Terms)
}

func same(a, b *bitext.Concept) bool {
	x, y := *a, *b
	x.Terms, y.Terms = nil, nil
	if fmt.Sprint(x) != fmt.Sprint(y) || len(a.Terms) != len(b.Terms) {
		return false
	}
	for i := range a.Terms {
		if a.Terms[i] != b.Terms[i] {
			return false
		}
	}
	return true
}

func (w *conceptWriter) terms(row int64, terms []bitext.Term) error {
	for i, t := range terms {
		_, err := w.tx.ExecContext(w.ctx, "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			row, i, t.Lang, t.Text, t.Status, t.PartOfSpeech, t.Note, t.Source, t.Date)
		if err != nil {
			return err
		}
	}
	return nil
}

// Concepts gives the entries of the glossary by id, from one state of the
// memory. After an error there is nothing more.
func (s *Store) Concepts(ctx context.Context) iter.Seq2[bitext.Concept, error] {
	errStop := errors.New("stopped")
	return func(yield func(bitext.Concept, error) bool) {
		err := s.view(ctx, func(tx *sql.Tx) error {
			return eachConcept(ctx, tx, "", nil, func(c *bitext.Concept) error {
				if !yield(*c, nil) {
					return errStop
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(bitext.Concept{}, err)
		}
	}
}

// eachConcept runs f for the entries that where chooses, by id.
func eachConcept(ctx context.Context, db querier, where string, args []any, f func(*bitext.Concept) error) error {
	var now bitext.Concept
	last := int64(-1)
	rows, err := db.QueryContext(ctx, "SELECT "+conceptColumns+`, t.lang, t.text, t.status, t.pos, t.note, t.source, t.date
		FROM concept c JOIN term t ON t.concept = c.id `+where+" ORDER BY c.name, t.ordinal", args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var id int64
		var c bitext.Concept
		var t bitext.Term
		err := r.Scan(&id, &c.ID, &c.Subject, &c.Definition, &c.Note, &c.Source, &c.Created, &c.Modified,
			&t.Lang, &t.Text, &t.Status, &t.PartOfSpeech, &t.Note, &t.Source, &t.Date)
		if err != nil {
			return err
		}
		if id != last {
			if last >= 0 {
				if err := f(&now); err != nil {
					return err
				}
			}
			now, last = c, id
		}
		now.Terms = append(now.Terms, t)
		return nil
	})
	if err == nil && last >= 0 {
		err = f(&now)
	}
	return err
}

// RemoveConcepts takes the entries with these ids out of the glossary, all or
// none. The error wraps ErrUnknown when there is none with one of the ids.
func (s *Store) RemoveConcepts(ctx context.Context, ids []string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			r, err := tx.ExecContext(ctx, "DELETE FROM concept WHERE name = ?", id)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, fmt.Errorf("glossary entry %q: %w", id, ErrUnknown))
			}
		}
		return nil
	})
}

// RemoveTerm takes the terms of an entry that are term in lang, in any case, out
// of it, and the entry with its last term. The error wraps ErrUnknown when
// there is no such entry or term.
func (s *Store) RemoveTerm(ctx context.Context, id string, lang bitext.Lang, term string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		var stored bitext.Concept
		err := eachConcept(ctx, tx, "WHERE c.name = ?", []any{id}, func(c *bitext.Concept) error {
			stored = *c
			return nil
		})
		if err != nil {
			return err
		}
		if stored.ID == "" {
			return fmt.Errorf("glossary entry %q: %w", id, ErrUnknown)
		}
		kept := make([]bitext.Term, 0, len(stored.Terms))
		var names []string
		for _, t := range stored.Terms {
			if t.Lang != lang || glossary.Key(t.Text) != glossary.Key(term) {
				kept = append(kept, t)
			}
			if t.Lang == lang {
				names = append(names, t.Text)
			}
		}
		if len(kept) == len(stored.Terms) {
			return fmt.Errorf("%s term %q of entry %q: %w (it has %s)", lang, term, id, ErrUnknown, strings.Join(names, ", "))
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM term WHERE concept = (SELECT id FROM concept WHERE name = ?)", id); err != nil {
			return err
		}
		if len(kept) == 0 {
			_, err := tx.ExecContext(ctx, "DELETE FROM concept WHERE name = ?", id)
			return err
		}
		var row int64
		if err := tx.QueryRowContext(ctx, "SELECT id FROM concept WHERE name = ?", id).Scan(&row); err != nil {
			return err
		}
		return (&conceptWriter{ctx: ctx, tx: tx}).terms(row, kept)
	})
}
