package tm

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"path"
	"sort"

	"sverka/internal/text"
)

//go:embed migrations/*.sql
var migrations embed.FS

// wordsVersion is to be raised whenever the tokens or the stems of a text
// change, as text.FoldVersion is when its folding does.
const wordsVersion = 2

// foldVersion is kept in the file: a memory with another one is indexed anew
// when it is opened. A test holds a digest of what it stands for.
const foldVersion = text.FoldVersion*1000 + wordsVersion

// steps gives the migrations in order; the nth makes schema version n.
func steps() ([]string, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.Strings(names)
	var out []string
	for _, n := range names {
		b, err := migrations.ReadFile(path.Join("migrations", n))
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	return out, nil
}

// migrate brings the file's schema and indexes up to date, each step in a
// transaction of its own.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := steps()
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.write, len(steps))
	if err != nil {
		return err
	}
	for v := version; v < len(steps); v++ {
		if err := s.update(ctx, func(tx *sql.Tx) error { return apply(ctx, tx, v, steps[v]) }); err != nil {
			return fmt.Errorf("bring the schema from version %d to %d: %w", v, v+1, err)
		}
	}
	fold, err := metaValue(ctx, s.write, "fold")
	if err != nil {
		return err
	}
	if fold != foldVersion {
		return s.bringIndex(ctx)
	}
	return nil
}

// apply makes version v+1 of the schema unless another process was quicker.
func apply(ctx context.Context, tx *sql.Tx, v int, step string) error {
	var now int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now); err != nil {
		return err
	}
	if now > v {
		return nil
	}
	if _, err := tx.ExecContext(ctx, step); err != nil {
		return err
	}
	if v == 0 {
		if _, err := tx.ExecContext(ctx, "INSERT INTO meta VALUES ('fold', ?), ('unit', 0), ('generation', 0)", foldVersion); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, v+1))
	return err
}

type querier interface {
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// schemaVersion reads the version of the schema, 0 for an empty file, and
// refuses what is no memory or is newer than known.
func schemaVersion(ctx context.Context, db querier, known int) (int, error) {
	var app, version, tables int
	// one statement sees one state of the file, however many are making it
	err := db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&app, &version, &tables)
	if err != nil {
		return 0, err
	}
	switch {
	case app == 0 && version == 0 && tables == 0:
		return 0, nil
	case app != applicationID:
		return 0, fmt.Errorf("%w but a database of another program", ErrNotMemory)
	case version > known:
		return 0, fmt.Errorf("%w: the file has schema version %d, this program knows up to %d; update the program", ErrNewer, version, known)
	}
	return version, nil
}

// checkVersion refuses to read a file that only writing could bring up to date.
func (s *Store) checkVersion(ctx context.Context) error {
	steps, err := steps()
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.read, len(steps))
	if err != nil {
		return err
	}
	if version < len(steps) {
		return fmt.Errorf("%w: its schema is version %d, not %d; open it for writing once to bring it up to date", ErrOlder, version, len(steps))
	}
	fold, err := metaValue(ctx, s.read, "fold")
	if err != nil {
		return err
	}
	if fold != foldVersion {
		return fmt.Errorf("%w: its index is of another kind; open it for writing once to make it anew", ErrOlder)
	}
	return nil
}

func metaValue(ctx context.Context, db querier, key string) (v int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	if err != nil {
		err = fmt.Errorf("read %q from the memory's settings: %w", key, err)
	}
	return v, err
}
