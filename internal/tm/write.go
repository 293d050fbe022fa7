package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// writer changes units within one transaction, with everything that follows
// from them: origins and how often they are used, the search index and the
// index of lookup. close must be called before the transaction is committed.
type writer struct {
	ctx     context.Context
	tx      *sql.Tx
	fuzzy   *fuzzyWriter
	gen     int64
	next    int64 // the last unit's id that was given out
	origins map[originKey]int64
	uses    map[int64]int // changes of origin.uses
	langs   map[bitext.Lang]int64
	slugs   map[string]int64
	units   rowsInsert
	texts   rowsInsert
	words   *wordWriter

	anyFormer *bool // see former; nil where nobody asked
}

type originKey struct {
	lang                            bitext.Lang
	label, date, source, translator string
	machine                         bool
}

func originOf(v *bitext.Variant) originKey {
	return originKey{v.Lang, v.Label, v.Date, v.Source, v.Translator, v.Machine}
}

func newWriter(ctx context.Context, tx *sql.Tx) (*writer, error) {
	w := &writer{
		ctx: ctx, tx: tx,
		origins: map[originKey]int64{}, uses: map[int64]int{},
		langs: map[bitext.Lang]int64{}, slugs: map[string]int64{},
		units: rowsInsert{head: "INSERT INTO unit VALUES ", cols: 7, rows: insertRows},
		texts: rowsInsert{head: "INSERT INTO variant VALUES ", cols: 3, rows: insertRows},
		words: newWordWriter(ctx, tx),
	}
	var err error
	if w.next, err = metaValue(ctx, tx, "unit"); err != nil {
		return nil, err
	}
	if w.gen, err = metaValue(ctx, tx, "generation"); err != nil {
		return nil, err
	}
	w.gen++
	w.fuzzy = newFuzzyWriter(ctx, tx, w.gen, w.next<<8|255)
	return w, nil
}

// flush writes the units and variants that wait to be written many at a time.
func (w *writer) flush() error {
	if err := w.units.flush(w.ctx, w.tx); err != nil {
		return err
	}
	return w.texts.flush(w.ctx, w.tx)
}

// close writes all that is still in memory.
func (w *writer) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.fuzzy.flush(); err != nil {
		return err
	}
	for id, n := range w.uses {
		if _, err := w.tx.ExecContext(w.ctx, "UPDATE origin SET uses = uses + ? WHERE id = ?", n, id); err != nil {
			return err
		}
	}
	if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM origin WHERE uses = 0"); err != nil {
		return err
	}
	if err := w.words.close(false); err != nil {
		return fmt.Errorf("write the search index: %w", err)
	}
	_, err := w.tx.ExecContext(w.ctx, "REPLACE INTO meta VALUES ('unit', ?), ('generation', ?)", w.next, w.gen)
	return err
}

// origin finds or makes the origin of a variant.
func (w *writer) origin(k originKey) (int64, error) {
	if id, ok := w.origins[k]; ok {
		return id, nil
	}
	_, err := w.tx.ExecContext(w.ctx, `INSERT INTO origin (lang, label, date, source, translator, machine)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, string(k.lang), k.label, k.date, k.source, k.translator, k.machine)
	if err != nil {
		return 0, err
	}
	var id int64
	err = w.tx.QueryRowContext(w.ctx, `SELECT id FROM origin
		WHERE lang = ? AND label = ? AND date = ? AND source = ? AND translator = ? AND machine = ?`,
		string(k.lang), k.label, k.date, k.source, k.translator, k.machine).Scan(&id)
	w.origins[k] = id
	return id, err
}

// lang finds or makes the number of a language in the index of lookup.
func (w *writer) lang(l bitext.Lang) (int64, error) {
	if id, ok := w.langs[l]; ok {
		return id, nil
	}
	if _, err := w.tx.ExecContext(w.ctx, "INSERT INTO language (tag) VALUES (?) ON CONFLICT DO NOTHING", string(l)); err != nil {
		return 0, err
	}
	var id int64
	err := w.tx.QueryRowContext(w.ctx, "SELECT id FROM language WHERE tag = ?", string(l)).Scan(&id)
	w.langs[l] = id
	return id, err
}

// statement finds or makes a statement and fills in what was not known of it;
// overwrite also puts new particulars in the place of old ones. It gives nil
// for a statement without an ID, and says whether anything was written.
func (w *writer) statement(st bitext.Statement, overwrite bool) (id any, wrote bool, err error) {
	if st.ID == "" {
		return nil, false, nil
	}
	if id, ok := w.slugs[st.ID]; ok && !overwrite {
		return id, false, nil
	}
	var rowid int64
	var old bitext.Statement
	err = w.tx.QueryRowContext(w.ctx, "SELECT id, title, date, speaker FROM statement WHERE slug = ?", st.ID).
		Scan(&rowid, &old.Title, &old.Date, &old.Speaker)
	if errors.Is(err, sql.ErrNoRows) {
		r, err := w.tx.ExecContext(w.ctx, "INSERT INTO statement (slug, title, date, speaker) VALUES (?, ?, ?, ?)",
			st.ID, st.Title, st.Date, st.Speaker)
		if err != nil {
			return nil, false, err
		}
		rowid, err = r.LastInsertId()
		w.slugs[st.ID] = rowid
		return rowid, true, err
	}
	if err != nil {
		return nil, false, err
	}
	w.slugs[st.ID] = rowid
	merged := bitext.Statement{
		ID:      st.ID,
		Title:   overlay(old.Title, st.Title, overwrite),
		Date:    overlay(old.Date, st.Date, overwrite),
		Speaker: overlay(old.Speaker, st.Speaker, overwrite),
	}
	old.ID = st.ID
	if merged == old {
		return rowid, false, nil
	}
	_, err = w.tx.ExecContext(w.ctx, "UPDATE statement SET title = ?, date = ?, speaker = ? WHERE id = ?",
		merged.Title, merged.Date, merged.Speaker, rowid)
	return rowid, true, err
}

// overlay gives the new value unless it says nothing or may not overwrite.
func overlay(old, new string, overwrite bool) string {
	if new == "" || old != "" && !overwrite {
		return old
	}
	return new
}

// insert stores a unit that is not there yet. The rows are written by flush.
func (w *writer) insert(p *prepared, statement any) error {
	w.next++
	id := w.next
	pos := p.unit.Position
	if statement == nil {
		pos = -1
	}
	var note any
	if p.unit.Note != "" {
		note = p.unit.Note
	}
	w.units.add(id, statement, pos, p.unit.Prob, statusCode(p.unit.Status), p.hash, note)
	for i := range p.variants {
		if err := w.addVariant(id<<8|int64(i), &p.unit.Variants[i], &p.variants[i]); err != nil {
			return err
		}
	}
	if len(w.units.args)/w.units.cols >= insertRows {
		return w.flush()
	}
	return nil
}

// addVariant stores v under id, in the indexes as well. Its row is written by
// flush.
func (w *writer) addVariant(id int64, v *bitext.Variant, p *preparedVariant) error {
	p.id = id
	origin, err := w.origin(originOf(v))
	if err != nil {
		return err
	}
	lang, err := w.lang(v.Lang)
	if err != nil {
		return err
	}
	w.uses[origin]++
	w.texts.add(id, origin, v.Text)
	if err := w.words.add(id, p); err != nil {
		return err
	}
	return w.fuzzy.add(lang, p.entry)
}

// remove takes one variant out of the file and its indexes.
func (w *writer) remove(variant int64) error {
	var origin int64
	var lang bitext.Lang
	var s string
	err := w.tx.QueryRowContext(w.ctx, "SELECT v.origin, o.lang, v.text FROM variant v JOIN origin o ON o.id = v.origin WHERE v.id = ?",
		variant).Scan(&origin, &lang, &s)
	if err != nil {
		return err
	}
	if err := w.words.remove(variant); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM variant WHERE id = ?", variant); err != nil {
		return err
	}
	w.uses[origin]--
	number, err := w.lang(lang)
	if err != nil {
		return err
	}
	_, runes := sign(text.Fold(s))
	return w.fuzzy.remove(number, variant, runes)
}

// removeUnit takes a unit with all its variants out; it gives their number.
func (w *writer) removeUnit(id int64) (int, error) {
	ids, err := ints(w.tx.QueryContext(w.ctx, "SELECT id FROM variant WHERE id BETWEEN ? AND ? ORDER BY id", id<<8, id<<8|255))
	if err != nil {
		return 0, err
	}
	for _, v := range ids {
		if err := w.remove(v); err != nil {
			return 0, fmt.Errorf("remove unit %d: %w", id, err)
		}
	}
	_, err = w.tx.ExecContext(w.ctx, "DELETE FROM unit WHERE id = ?", id)
	return len(ids), err
}

func ints(rows *sql.Rows, err error) ([]int64, error) {
	var out []int64
	err = each(rows, err, func(r *sql.Rows) error {
		var v int64
		err := r.Scan(&v)
		out = append(out, v)
		return err
	})
	return out, err
}

// insertRows is how many units are written with one statement.
const insertRows = 64

// rowsInsert gathers rows and writes many with one statement.
type rowsInsert struct {
	head string
	cols int
	rows int // most rows of one statement
	args []any
	full map[int]*sql.Stmt // by number of rows
}

func (r *rowsInsert) add(args ...any) { r.args = append(r.args, args...) }

func (r *rowsInsert) flush(ctx context.Context, tx *sql.Tx) error {
	for at := 0; at < len(r.args); {
		rows := r.rows
		for rows > 1 && at+rows*r.cols > len(r.args) {
			rows /= 8
		}
		rows = max(rows, 1)
		stmt, err := r.stmt(ctx, tx, rows)
		if err != nil {
			return err
		}
		if _, err := stmt.ExecContext(ctx, r.args[at:at+rows*r.cols]...); err != nil {
			return err
		}
		at += rows * r.cols
	}
	clear(r.args)
	r.args = r.args[:0]
	return nil
}

func (r *rowsInsert) stmt(ctx context.Context, tx *sql.Tx, rows int) (*sql.Stmt, error) {
	if s := r.full[rows]; s != nil {
		return s, nil
	}
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", r.cols), ",") + ")"
	s, err := tx.PrepareContext(ctx, r.head+strings.TrimSuffix(strings.Repeat(one+",", rows), ","))
	if err != nil {
		return nil, err
	}
	if r.full == nil {
		r.full = map[int]*sql.Stmt{}
	}
	r.full[rows] = s
	return s, nil
}

// The numbers that stand for statuses in the file.
var statuses = []bitext.Status{bitext.StatusOK, bitext.StatusReview, bitext.StatusAccepted}

func statusCode(s bitext.Status) int {
	for i, known := range statuses {
		if s == known {
			return i
		}
	}
	return 1 // an unknown word: a person should look
}

func statusOf(code int) bitext.Status {
	if code < 0 || code >= len(statuses) {
		return bitext.StatusReview
	}
	return statuses[code]
}
