package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"sverka/internal/bitext"
)

// Add stores the versions of a statement and, as units, the beads that join
// them, in one transaction. Beads with one side only are kept as segments of
// their version and make no unit.
//
// A version that is there already, by language and label, is replaced when its
// text differs. The alignment given takes the place of the statement's former
// one: units whose texts are the same keep their ids, notes and acceptance,
// the others go, new ones come. The same again changes nothing.
//
// When the statement has versions that are not given, nothing can be said of
// how those go with new text: the error is then an *IncompleteError; align all
// of them (Versions has the stored ones) and add them together.
func (s *Store) Add(ctx context.Context, st bitext.Statement, al *bitext.Alignment) (AddResult, error) {
	var res AddResult
	err := checkAlignment(st, al)
	if err == nil {
		err = s.update(ctx, func(tx *sql.Tx) error {
			w, err := newWriter(ctx, tx)
			if err != nil {
				return err
			}
			defer w.words.discard()
			a := &adder{writer: w, al: al, st: st, res: AddResult{Statement: st.ID}}
			err = a.run()
			res = a.res
			return err
		})
	}
	if err != nil {
		return AddResult{Statement: st.ID}, fmt.Errorf("add statement %s: %w", st.ID, err)
	}
	return res, nil
}

func checkAlignment(st bitext.Statement, al *bitext.Alignment) error {
	if st.ID == "" {
		return errors.New("it has no id")
	}
	if len(al.Versions) < 2 {
		return errors.New("it takes at least two versions")
	}
	seen := map[string]bool{}
	for i := range al.Versions {
		v := &al.Versions[i]
		if v.Lang == "" {
			return fmt.Errorf("the language of version %d is not known", i+1)
		}
		if seen[v.Name()] {
			return fmt.Errorf("two versions are called %s; give them labels (%s@NAME)", v.Name(), v.Lang)
		}
		seen[v.Name()] = true
		if len(v.Segments) == 0 {
			return fmt.Errorf("version %s is empty", v.Name())
		}
	}
	return al.Validate()
}

type adder struct {
	*writer
	al  *bitext.Alignment
	st  bitext.Statement
	id  any // of the statement
	res AddResult
}

// storedVersion is a version as the file has it.
type storedVersion struct {
	id   int64
	hash int64
	info bitext.Version // without segments
}

func (a *adder) run() error {
	id, wrote, err := a.statement(a.st, true)
	if err != nil {
		return err
	}
	a.id, a.res.Changed = id, wrote
	stored, err := storedVersions(a.ctx, a.tx, id.(int64))
	if err != nil {
		return err
	}
	a.res.New = wrote && len(stored) == 0
	missing, fresh := a.compare(stored)
	if len(missing) > 0 && fresh {
		return &IncompleteError{a.st.ID, missing}
	}
	for i := range a.al.Versions {
		if err := a.version(i, stored); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		if err := a.replaceUnits(); err != nil {
			return err
		}
	} else if err := a.updateOrigins(); err != nil {
		return err
	}
	if a.res.Changed {
		if err := a.close(); err != nil {
			return err
		}
	}
	return a.tx.QueryRowContext(a.ctx, "SELECT count(*) FROM unit WHERE statement = ?", a.id).Scan(&a.res.Units)
}

// compare gives the stored versions that were not given, and whether any of
// the given ones brings a new text.
func (a *adder) compare(stored map[string]storedVersion) (missing []string, fresh bool) {
	given := map[string]bool{}
	for i := range a.al.Versions {
		v := &a.al.Versions[i]
		given[v.Name()] = true
		old, ok := stored[v.Name()]
		fresh = fresh || !ok || old.hash != versionHash(v)
	}
	for name := range stored {
		if !given[name] {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing, fresh
}

func storedVersions(ctx context.Context, db querier, statement int64) (map[string]storedVersion, error) {
	out := map[string]storedVersion{}
	rows, err := db.QueryContext(ctx, `SELECT id, hash, lang, label, path, title, date, speaker, source, translator, machine, lead
		FROM version WHERE statement = ?`, statement)
	return out, each(rows, err, func(r *sql.Rows) error {
		var v storedVersion
		err := r.Scan(&v.id, &v.hash, &v.info.Lang, &v.info.Label, &v.info.Path, &v.info.Title, &v.info.Date,
			&v.info.Speaker, &v.info.Source, &v.info.Translator, &v.info.Machine, &v.info.Lead)
		out[v.info.Name()] = v
		return err
	})
}

// versionHash is a digest of a version's segments and all that lies between.
func versionHash(v *bitext.Version) int64 {
	parts := make([]string, 0, 3*len(v.Segments)+1)
	parts = append(parts, v.Lead)
	for _, s := range v.Segments {
		parts = append(parts, s.Text, s.Space, fmt.Sprint(s.Block, s.Kind, s.Line, s.Question, s.Speaker))
	}
	return digest(parts)
}

// version stores version i of the alignment.
func (a *adder) version(i int, stored map[string]storedVersion) error {
	v := &a.al.Versions[i]
	old, known := stored[v.Name()]
	hash := versionHash(v)
	change := Unchanged
	switch {
	case !known:
		change = Added
	case old.hash != hash:
		segments, err := segmentsOf(a.ctx, a.tx, old.id)
		if err != nil {
			return err
		}
		before := bitext.Version{Lead: old.info.Lead, Segments: segments}
		if change = Updated; before.Rejoin() != v.Rejoin() {
			change = Replaced
		}
	default:
		bare := *v
		bare.Segments = nil
		if !sameInfo(&bare, &old.info) {
			change = Updated
		}
	}
	a.res.Versions = append(a.res.Versions, VersionChange{v.Name(), change})
	if change == Unchanged {
		return nil
	}
	a.res.Changed = true
	var id int64
	err := a.tx.QueryRowContext(a.ctx, `INSERT INTO version
		(statement, ordinal, lang, label, path, title, date, speaker, source, translator, machine, lead, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (statement, lang, label) DO UPDATE SET ordinal = excluded.ordinal, path = excluded.path,
		title = excluded.title, date = excluded.date, speaker = excluded.speaker, source = excluded.source,
		translator = excluded.translator, machine = excluded.machine, lead = excluded.lead, hash = excluded.hash RETURNING id`,
		a.id, i, string(v.Lang), v.Label, v.Path, v.Title, v.Date, v.Speaker, v.Source, v.Translator, v.Machine, v.Lead, hash).Scan(&id)
	if err != nil || known && old.hash == hash {
		return err
	}
	return a.segments(id, v)
}

// sameInfo compares what is said of two versions; where a file lies is no
// matter of the memory's.
func sameInfo(a, b *bitext.Version) bool {
	return a.Title == b.Title && a.Date == b.Date && a.Speaker == b.Speaker &&
		a.Source == b.Source && a.Translator == b.Translator && a.Machine == b.Machine
}

func (a *adder) segments(version int64, v *bitext.Version) error {
	if _, err := a.tx.ExecContext(a.ctx, "DELETE FROM segment WHERE version = ?", version); err != nil {
		return err
	}
	rows := rowsInsert{head: "INSERT INTO segment VALUES ", cols: 9, rows: insertRows}
	for i, s := range v.Segments {
		rows.add(version, i, s.Text, s.Space, s.Block, int(s.Kind), s.Line, s.Speaker, s.Question)
	}
	return rows.flush(a.ctx, a.tx)
}

// oldUnit is a stored unit that the new alignment may keep.
type oldUnit struct {
	id     int64
	hash   int64
	pos    int
	prob   float64
	status int
}

// replaceUnits puts the alignment's beads in the place of the statement's units.
func (a *adder) replaceUnits() error {
	old, err := a.oldUnits()
	if err != nil {
		return err
	}
	m := &matcher{adder: a, byHash: map[int64][]oldUnit{}, kept: map[int64]bool{}}
	for _, o := range old {
		m.byHash[o.hash] = append(m.byHash[o.hash], o)
	}
	if err := m.corrections(old); err != nil {
		return err
	}
	var fresh []*prepared
	for i := range a.al.Beads {
		if a.al.Beads[i].Filled() < 2 {
			a.res.OneSided++
			continue
		}
		p, same, err := m.match(i)
		if err != nil {
			return fmt.Errorf("bead %d: %w", i, err)
		}
		if same == nil {
			fresh = append(fresh, p)
			continue
		}
		m.kept[same.id] = true
		if err := a.keep(*same, &p.unit); err != nil {
			return err
		}
	}
	for _, p := range fresh {
		if err := a.insert(p, a.id); err != nil {
			return err
		}
		if err := a.adopt(p, a.next); err != nil {
			return err
		}
	}
	for _, o := range old {
		if !m.kept[o.id] {
			if _, err := a.removeUnit(o.id); err != nil {
				return err
			}
			a.res.Removed++
		}
	}
	a.res.Stored = len(fresh)
	a.res.Changed = a.res.Changed || a.res.Stored+a.res.Removed > 0
	return nil
}

// oldUnits gives the statement's units whose variants all belong to given
// versions, in order; others came by an import and stay.
func (a *adder) oldUnits() ([]oldUnit, error) {
	given := map[string]bool{}
	for i := range a.al.Versions {
		given[a.al.Versions[i].Name()] = true
	}
	var out []oldUnit
	foreign := map[int64]bool{}
	rows, err := a.tx.QueryContext(a.ctx, `SELECT u.id, u.hash, u.pos, u.prob, u.status, o.lang, o.label FROM unit u
		CROSS JOIN variant v ON v.id BETWEEN u.id * 256 AND u.id * 256 + 255
		CROSS JOIN origin o ON o.id = v.origin WHERE u.statement = ? ORDER BY u.pos, u.id, v.id`, a.id)
	err = each(rows, err, func(r *sql.Rows) error {
		var o oldUnit
		var v bitext.Version
		if err := r.Scan(&o.id, &o.hash, &o.pos, &o.prob, &o.status, &v.Lang, &v.Label); err != nil {
			return err
		}
		foreign[o.id] = foreign[o.id] || !given[v.Name()]
		if len(out) == 0 || out[len(out)-1].id != o.id {
			out = append(out, o)
		}
		return nil
	})
	return slices.DeleteFunc(out, func(o oldUnit) bool { return foreign[o.id] }), err
}

// unit makes a unit of bead i.
func (a *adder) unit(i int) bitext.Unit {
	b := &a.al.Beads[i]
	u := bitext.Unit{Statement: a.st, Position: i, Prob: b.Prob, Status: b.Status}
	for v := range a.al.Versions {
		if !b.Sides[v].Empty() {
			u.Variants = append(u.Variants, a.variant(v, a.al.Text(b, v)))
		}
	}
	return u
}

func (a *adder) variant(i int, s string) bitext.Variant {
	v := &a.al.Versions[i]
	return bitext.Variant{Lang: v.Lang, Label: v.Label, Text: s, Date: v.Date,
		Source: v.Source, Translator: v.Translator, Machine: v.Machine}
}

// keep brings a stored unit with the same texts to its new place.
func (a *adder) keep(o oldUnit, u *bitext.Unit) error {
	status := statusCode(u.Status)
	if statusOf(o.status) == bitext.StatusAccepted {
		status = o.status
	}
	if o.pos != u.Position || o.prob != u.Prob || o.status != status {
		a.res.Changed = true
		if _, err := a.tx.ExecContext(a.ctx, "UPDATE unit SET pos = ?, prob = ?, status = ? WHERE id = ?", u.Position, u.Prob, status, o.id); err != nil {
			return err
		}
	}
	return a.setOrigins(o.id)
}

// setOrigins gives the variants of a kept unit what their versions say now.
func (a *adder) setOrigins(unit int64) error {
	stored, err := loadUnit(a.ctx, a.tx, unit)
	if err != nil {
		return err
	}
	for i := range stored.unit.Variants {
		was := originOf(&stored.unit.Variants[i])
		for j := range a.al.Versions {
			v := a.variant(j, "")
			if now := originOf(&v); v.Lang == was.lang && v.Label == was.label && now != was {
				a.res.Changed = true
				if err := a.moveOrigin(stored.ids[i], was, now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// updateOrigins carries new particulars of versions to all of the statement's
// variants; used where only some of its versions were given.
func (a *adder) updateOrigins() error {
	ids, err := ints(a.tx.QueryContext(a.ctx, "SELECT id FROM unit WHERE statement = ? ORDER BY id", a.id))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := a.setOrigins(id); err != nil {
			return err
		}
	}
	return nil
}
