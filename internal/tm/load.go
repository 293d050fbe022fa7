package tm

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"sverka/internal/bitext"
)

// storedUnit is a unit with the ids of its variants.
type storedUnit struct {
	unit bitext.Unit
	ids  []int64
}

const unitColumns = `u.id, coalesce(s.slug, ''), coalesce(s.title, ''), coalesce(s.date, ''), coalesce(s.speaker, ''),
	u.pos, u.prob, u.status, coalesce(u.note, ''), v.id, o.lang, o.label, o.date, o.source, o.translator, o.machine, v.text`

const unitQuery = "SELECT " + unitColumns + ` FROM unit u LEFT JOIN statement s ON s.id = u.statement
	CROSS JOIN variant v ON v.id BETWEEN u.id * 256 AND u.id * 256 + 255
	CROSS JOIN origin o ON o.id = v.origin WHERE u.id = ? ORDER BY v.id`

// loadUnit reads one unit with its variants.
func loadUnit(ctx context.Context, db querier, id int64) (*storedUnit, error) {
	rows, err := db.QueryContext(ctx, unitQuery, id)
	return scanUnit(rows, err, id)
}

// scanUnit reads the unit that the rows of unitQuery hold.
func scanUnit(rows *sql.Rows, err error, id int64) (*storedUnit, error) {
	var out storedUnit
	if err := each(rows, err, out.scan); err != nil {
		return nil, err
	}
	if out.unit.ID == "" {
		return nil, fmt.Errorf("unit %d: %w", id, ErrUnknown)
	}
	return &out, nil
}

// scan takes a row of unitColumns: a further variant of the unit.
func (s *storedUnit) scan(r *sql.Rows) error {
	var (
		u          = &s.unit
		v          bitext.Variant
		id, vid    int64
		lang       string
		statusCode int
	)
	err := r.Scan(&id, &u.Statement.ID, &u.Statement.Title, &u.Statement.Date, &u.Statement.Speaker,
		&u.Position, &u.Prob, &statusCode, &u.Note, &vid, &lang, &v.Label, &v.Date, &v.Source, &v.Translator, &v.Machine, &v.Text)
	if err != nil {
		return err
	}
	v.Lang = bitext.Lang(lang)
	u.Position = max(u.Position, 0) // stored below 0 where the unit has no statement
	u.ID, u.Status = strconv.FormatInt(id, 10), statusOf(statusCode)
	u.Variants = append(u.Variants, v)
	s.ids = append(s.ids, vid)
	return nil
}
