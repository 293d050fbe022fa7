package tm

import (
	"sverka/internal/bitext"
)

// trust orders statuses: a merge never lowers it.
func trust(s bitext.Status) int {
	switch s {
	case bitext.StatusAccepted:
		return 2
	case bitext.StatusOK, "":
		return 1
	}
	return 0
}

// combine overlays unit a with what b, the same unit said later, says beyond
// it, and tells whether that changes a.
func combine(a, b *bitext.Unit) bool {
	changed := false
	if b.Prob > 0 && b.Prob != a.Prob {
		a.Prob, changed = b.Prob, true
	}
	if trust(b.Status) > trust(a.Status) {
		a.Status, changed = b.Status, true
	}
	if b.Note != "" && b.Note != a.Note {
		a.Note, changed = b.Note, true
	}
	for i := range a.Variants {
		for j := range b.Variants {
			if a.Variants[i].Lang == b.Variants[j].Lang && a.Variants[i].Label == b.Variants[j].Label {
				changed = combineOrigin(&a.Variants[i], &b.Variants[j]) || changed
			}
		}
	}
	return changed
}

func combineOrigin(a, b *bitext.Variant) bool {
	old := originOf(a)
	a.Date = overlay(a.Date, b.Date, true)
	a.Source = overlay(a.Source, b.Source, true)
	a.Translator = overlay(a.Translator, b.Translator, true)
	a.Machine = a.Machine || b.Machine
	return originOf(a) != old
}

// merge overlays the stored unit with what u says beyond it; it tells whether
// that changed anything.
func (w *writer) merge(id int64, u *bitext.Unit) (bool, error) {
	stored, err := loadUnit(w.ctx, w.tx, id)
	if err != nil {
		return false, err
	}
	before := make([]originKey, len(stored.unit.Variants))
	for i := range before {
		before[i] = originOf(&stored.unit.Variants[i])
	}
	if !combine(&stored.unit, u) {
		return false, nil
	}
	for i := range before {
		now := originOf(&stored.unit.Variants[i])
		if now == before[i] {
			continue
		}
		if err := w.moveOrigin(stored.ids[i], before[i], now); err != nil {
			return false, err
		}
	}
	_, err = w.tx.ExecContext(w.ctx, "UPDATE unit SET prob = ?, status = ?, note = nullif(?, '') WHERE id = ?",
		stored.unit.Prob, statusCode(stored.unit.Status), stored.unit.Note, id)
	return true, err
}

func (w *writer) moveOrigin(variant int64, from, to originKey) error {
	old, err := w.origin(from)
	if err != nil {
		return err
	}
	now, err := w.origin(to)
	if err != nil {
		return err
	}
	w.uses[old]--
	w.uses[now]++
	_, err = w.tx.ExecContext(w.ctx, "UPDATE variant SET origin = ? WHERE id = ?", now, variant)
	return err
}
