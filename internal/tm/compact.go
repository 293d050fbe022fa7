package tm

import (
	"context"
	"database/sql"
	"fmt"
	"os"
)

// CompactResult says what Compact gained.
type CompactResult struct {
	Before, After int64 // bytes of the file and its journal
}

// Compact gives back the room of what was deleted and lays the file and its
// search index out anew. Others may read meanwhile; writers wait. While it
// works it needs room on the disk for a second copy of the memory.
func (s *Store) Compact(ctx context.Context) (res CompactResult, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("compact %s: %w", s.path, explain(err))
		}
	}()
	if s.write == nil {
		return res, ErrReadOnly
	}
	res.Before = s.bytes()
	if err := s.update(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		if err := w.words.close(true); err != nil {
			return err
		}
		return w.close()
	}); err != nil {
		return res, err
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return res, err
	}
	defer func() { _ = conn.Close() }()
	// The copy is to lie on the disk and not in memory.
	for _, q := range []string{"PRAGMA temp_store = FILE", "VACUUM", "PRAGMA temp_store = MEMORY", "PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return res, err
		}
	}
	res.After = s.bytes()
	return res, nil
}

// bytes is how much the memory takes on the disk, its journal included.
func (s *Store) bytes() (n int64) {
	for _, path := range []string{s.path, s.path + "-wal"} {
		if info, err := os.Stat(path); err == nil {
			n += info.Size()
		}
	}
	return n
}
