package tm

import (
	"database/sql"
	"errors"

	"sverka/internal/bitext"
)

// matcher finds, for the beads of an alignment, the stored units that say the
// same already, those that a person has corrected since included.
type matcher struct {
	*adder
	byHash     map[int64][]oldUnit
	kept       map[int64]bool // units that were found
	times      occurrences
	rewordings []*rewording
}

// rewording is what all corrections of one text of a unit come to.
type rewording struct {
	unit        int64
	lang        bitext.Lang
	label       string
	first, last string // the wording before the first and after the last
	used        bool
}

// match makes a unit of bead i and gives the stored one that is the same, nil
// where there is none.
func (m *matcher) match(i int) (*prepared, *oldUnit, error) {
	u := m.unit(i)
	p, same, err := m.find(u, i)
	if err != nil || same != nil {
		return p, same, err
	}
	// A text that was corrected comes in its first wording, beside others that
	// have changed: the correction goes with it.
	adopted := m.reword(&u)
	if adopted == nil {
		return p, nil, nil
	}
	if p, same, err = m.find(u, i); err == nil && same == nil {
		p.adopts = adopted
	}
	return p, same, err
}

func (m *matcher) find(u bitext.Unit, place int) (*prepared, *oldUnit, error) {
	p := prepare(u)
	if p.skip != "" {
		return nil, nil, errors.New(p.skip)
	}
	first := p.hash
	k := m.times.number(first, place)
	p.hash = occurrence(first, k)
	same := take(m.byHash[p.hash], m.kept)
	if same != nil || k == 0 {
		return p, same, nil
	}
	// Older memories have all places of a text under the hash of the first.
	if same = take(m.byHash[first], m.kept); same == nil || same.hash != first {
		return p, same, nil
	}
	_, err := m.tx.ExecContext(m.ctx, "UPDATE unit SET hash = ? WHERE id = ?", p.hash, same.id)
	return p, same, err
}

// take gives the first of the units that is not kept yet, nil where there is none.
func take(units []oldUnit, kept map[int64]bool) *oldUnit {
	for i := range units {
		if !kept[units[i].id] {
			return &units[i]
		}
	}
	return nil
}

// reword gives the texts of u the wordings that corrections gave them, each
// correction once.
func (m *matcher) reword(u *bitext.Unit) (adopted []*rewording) {
	for i := range u.Variants {
		v := &u.Variants[i]
		for _, r := range m.rewordings {
			if !r.used && !m.kept[r.unit] && r.lang == v.Lang && r.label == v.Label && r.first == v.Text {
				r.used = true
				v.Text, u.Status = r.last, bitext.StatusAccepted
				adopted = append(adopted, r)
				break
			}
		}
	}
	return adopted
}

// corrections reads what was corrected in the statement's units: the text as it
// was added does not undo that.
func (m *matcher) corrections(old []oldUnit) error {
	byID := make(map[int64]oldUnit, len(old))
	for _, o := range old {
		byID[o.id] = o
	}
	type text struct {
		unit        int64
		lang, label string
	}
	seen := map[text]*rewording{}
	rows, err := m.tx.QueryContext(m.ctx, `SELECT c.was, c.unit, c.lang, c.label, c.old, c.new
		FROM correction c CROSS JOIN unit u ON u.id = c.unit WHERE u.statement = ? ORDER BY c.id`, m.id)
	return each(rows, err, func(r *sql.Rows) error {
		var was int64
		var t text
		var before, after string
		if err := r.Scan(&was, &t.unit, &t.lang, &t.label, &before, &after); err != nil {
			return err
		}
		if o, ok := byID[t.unit]; ok {
			m.byHash[was] = append(m.byHash[was], o)
		}
		w := seen[t]
		if w == nil {
			w = &rewording{unit: t.unit, lang: bitext.Lang(t.lang), label: t.label, first: before}
			seen[t] = w
			m.rewordings = append(m.rewordings, w)
		}
		w.last = after
		return nil
	})
}

// adopt gives the history of the texts that p took over to the new unit.
func (w *writer) adopt(p *prepared, id int64) error {
	if len(p.adopts) == 0 {
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	for _, r := range p.adopts {
		if _, err := w.tx.ExecContext(w.ctx, "UPDATE correction SET unit = ? WHERE unit = ? AND lang = ? AND label = ?",
			id, r.unit, string(r.lang), r.label); err != nil {
			return err
		}
	}
	return nil
}
