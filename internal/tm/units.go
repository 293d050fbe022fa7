package tm

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Units gives the units that fit f, in the order in which they were stored,
// from one state of the memory. Variants that do not fit are left out. After
// an error there is nothing more.
func (s *Store) Units(ctx context.Context, f Filter) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		stopped := false
		err := s.view(ctx, func(tx *sql.Tx) error {
			return eachUnit(ctx, tx, func(u *storedUnit) bool {
				if f.choose(&u.unit) && !yield(u.unit, nil) {
					stopped = true
				}
				return !stopped
			})
		})
		if err != nil && !stopped {
			yield(bitext.Unit{}, err)
		}
	}
}

// eachUnit runs f for all units by id until f says stop.
func eachUnit(ctx context.Context, db querier, f func(*storedUnit) bool) error {
	var u storedUnit
	more := true
	rows, err := db.QueryContext(ctx, "SELECT "+unitColumns+` FROM unit u LEFT JOIN statement s ON s.id = u.statement
		CROSS JOIN variant v ON v.id BETWEEN u.id * 256 AND u.id * 256 + 255
		CROSS JOIN origin o ON o.id = v.origin ORDER BY u.id, v.id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for more && rows.Next() {
		var next storedUnit
		if err := next.scan(rows); err != nil {
			return err
		}
		switch {
		case next.unit.ID == u.unit.ID:
			u.unit.Variants = append(u.unit.Variants, next.unit.Variants...)
			u.ids = append(u.ids, next.ids...)
			continue
		case u.unit.ID != "":
			more = f(&u)
		}
		u = next
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if more && u.unit.ID != "" {
		f(&u)
	}
	return nil
}

// choose leaves out the variants of u that do not fit and tells whether enough
// are left.
func (f *Filter) choose(u *bitext.Unit) bool {
	if len(f.Statements) > 0 && !slices.Contains(f.Statements, u.Statement.ID) ||
		len(f.Statuses) > 0 && !slices.Contains(f.Statuses, u.Status) {
		return false
	}
	least := f.MinVariants
	if least == 0 {
		if least = 2; len(f.Langs) == 1 {
			least = 1
		}
	}
	u.Variants = slices.DeleteFunc(u.Variants, func(v bitext.Variant) bool { return !f.fits(&v, u.Statement.Date) })
	return len(u.Variants) >= least
}

func (f *Filter) fits(v *bitext.Variant, date string) bool {
	if len(f.Langs) > 0 && !slices.Contains(f.Langs, v.Lang) ||
		len(f.Labels) > 0 && !slices.Contains(f.Labels, v.Label) {
		return false
	}
	if v.Date != "" {
		date = v.Date
	}
	if f.Since != "" && date < f.Since || f.Until != "" && (date == "" || upTo(date, f.Until) > f.Until) {
		return false
	}
	if len(f.Translators) == 0 {
		return true
	}
	name := text.Fold(v.Translator)
	return slices.ContainsFunc(f.Translators, func(t string) bool { return strings.Contains(name, text.Fold(t)) })
}

// upTo cuts a date to the length of another: the whole of 2025-08 is within 2025-08.
func upTo(date, other string) string { return date[:min(len(date), len(other))] }
