// Package tm keeps a translation memory in one SQLite file: statements with
// their versions and segments, translation units with variants in any number
// of languages, exact and fuzzy lookup, full-text search, import and export.
//
// A memory has one writing connection and a pool of readers; every change is
// one transaction in which the indexes follow, so that a process killed at
// any moment leaves either all of a change or nothing of it.
package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Options say how a memory is opened.
type Options struct {
	ReadOnly bool // never writes; the file must be there
	// CacheBytes bounds the memory that fuzzy lookup keeps between calls;
	// 0 means 512 MiB.
	CacheBytes int64
}

const defaultCache = 512 << 20

// Store is an open translation memory. Its methods may be called from many
// goroutines at once.
type Store struct {
	path  string
	opts  Options
	write *sql.DB // one connection; nil when read only
	read  *sql.DB
	cache blockCache
	ready map[string]*sql.Stmt // the reads that are made often, see prepared

	once sync.Once
}

// What a file says in its header when it is a memory: "svrk".
const applicationID = 0x7376726b

// Errors that callers tell apart with errors.Is.
var (
	ErrNotMemory = errors.New("not a translation memory")
	ErrNewer     = errors.New("written by a newer version of the program")
	ErrOlder     = errors.New("made by an older version of the program")
	ErrDamaged   = errors.New("the file is damaged")
	ErrReadOnly  = errors.New("the memory is open for reading only")
	ErrUnknown   = errors.New("not in the memory")
)

// readers is the size of the pool; a reader that calls back into the store
// while it iterates takes a further connection.
const readers = 8

// Open opens the memory at path and, unless opts say read only, makes it and
// the folders above it when it is not there, brings an older file up to date
// and indexes it anew when the folding of text has changed. The error says
// what stands at path instead of a memory and wraps ErrNotMemory, ErrNewer or
// ErrDamaged.
func Open(ctx context.Context, path string, opts Options) (_ *Store, err error) {
	if err := inspect(path, opts); err != nil {
		return nil, err
	}
	s := &Store{path: path, opts: opts}
	s.cache.limit = opts.CacheBytes
	if s.cache.limit == 0 {
		s.cache.limit = defaultCache
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("open translation memory %s: %w", path, explain(err))
			s.Close()
		}
	}()
	if !opts.ReadOnly {
		if s.write, err = sql.Open("sqlite", dsn(path, readWrite)); err != nil {
			return nil, err
		}
		s.write.SetMaxOpenConns(1)
		if err := patiently(ctx, func() error { return s.migrate(ctx) }); err != nil {
			return nil, err
		}
	}
	return s, patiently(ctx, func() error { return s.openReaders(ctx) })
}

// openReaders opens the pool of readers. Where nothing can be written beside
// the file, not even what readers tell each other of, and no writer has left a
// journal, the file is read as one that does not change.
func (s *Store) openReaders(ctx context.Context) error {
	err := s.openPool(ctx, readShared)
	if err == nil || !s.opts.ReadOnly || !cannotWrite(err) {
		return err
	}
	if info, statErr := os.Stat(s.path + "-wal"); statErr == nil && info.Size() > 0 {
		return fmt.Errorf("a writer has left changes in %s-wal that only a process which may write here can take in: %w", filepath.Base(s.path), err)
	}
	return s.openPool(ctx, readFixed)
}

func (s *Store) openPool(ctx context.Context, m mode) (err error) {
	if s.read != nil {
		_ = s.read.Close()
	}
	if s.read, err = sql.Open("sqlite", dsn(s.path, m)); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	if s.opts.ReadOnly {
		if err := s.checkVersion(ctx); err != nil {
			return err
		}
	}
	return s.prepare(ctx)
}

// cannotWrite says that SQLite could not make or change a file.
func cannotWrite(err error) bool {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return false
	}
	code := se.Code() & 0xff
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY
}

// prepare has SQLite read the statements of a lookup once and not each time.
func (s *Store) prepare(ctx context.Context) (err error) {
	s.ready = map[string]*sql.Stmt{}
	for _, q := range []string{unitQuery, startQuery, wordsQuery, blockQuery, generationQuery} {
		if s.ready[q], err = s.read.PrepareContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// prepared gives one of the prepared statements within a reading transaction.
func (s *Store) prepared(ctx context.Context, tx *sql.Tx, q string) *sql.Stmt {
	return tx.StmtContext(ctx, s.ready[q])
}

// Path is the file of the memory.
func (s *Store) Path() string { return s.path }

// Close ends all work on the memory.
func (s *Store) Close() error {
	var errs []error
	s.once.Do(func() {
		if s.read != nil {
			errs = append(errs, s.read.Close())
		}
		if s.write != nil {
			errs = append(errs, s.write.Close())
		}
	})
	return errors.Join(errs...)
}

// busyTimeout is how many milliseconds a writer waits for another process.
var busyTimeout = 60_000

// patiently calls open until the file is free, as long as busyTimeout: SQLite
// answers "busy" at once, without waiting, to one of two that turn a new file
// to a write-ahead log, or that meet one who is closing the last such log.
func patiently(ctx context.Context, open func() error) error {
	until := time.Now().Add(time.Duration(busyTimeout) * time.Millisecond)
	for pause := time.Millisecond; ; pause = min(2*pause, 100*time.Millisecond) {
		err := open()
		var se *sqlite.Error
		if !errors.As(err, &se) || se.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// mode is how a file is opened.
type mode int

const (
	readWrite  mode = iota
	readShared      // beside writers
	readFixed       // a file that nobody changes
)

// dsn carries the pragmas, since one given by Exec reaches one connection of a
// pool only.
func dsn(path string, m mode) string {
	q := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", busyTimeout), "foreign_keys(1)", "synchronous(NORMAL)", "temp_store(MEMORY)"}}
	switch m {
	case readWrite:
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "cache_size(-32768)")
		q.Add("_pragma", "journal_size_limit(67108864)")
		q.Set("_txlock", "immediate")
	case readFixed:
		q.Set("immutable", "1")
		fallthrough
	case readShared:
		q.Add("_pragma", "cache_size(-16384)")
		q.Set("mode", "ro")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	return u.String()
}

// inspect looks at what stands at path before SQLite does, for a plain word
// on it, and makes the folders above it.
func inspect(path string, opts Options) error {
	if path == "" || strings.Contains(path, "\x00") {
		return fmt.Errorf("open translation memory %q: give the path of a file", path)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && opts.ReadOnly:
		return fmt.Errorf("open translation memory %s: there is none; add or import into it first: %w", path, err)
	case errors.Is(err, os.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("open translation memory %s: make its folder: %w", path, err)
		}
		return nil
	case err != nil:
		return fmt.Errorf("open translation memory: %w", err)
	case info.IsDir():
		return fmt.Errorf("open translation memory %s: it is a folder; give a file: %w", path, ErrNotMemory)
	case !info.Mode().IsRegular():
		return fmt.Errorf("open translation memory %s: it is no regular file: %w", path, ErrNotMemory)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open translation memory: %w", err)
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	if n == 0 && !opts.ReadOnly {
		return nil
	}
	if err != nil || string(head) != "SQLite format 3\x00" {
		return fmt.Errorf("open translation memory %s: %w", path, ErrNotMemory)
	}
	return nil
}

// explain gives SQLite's words for a file that is damaged, locked or full a
// meaning and a hint.
func explain(err error) error {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return err
	}
	switch se.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w; restore a backup: %w", ErrDamaged, err)
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrNotMemory, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("another process is writing; try again when it is done: %w", err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk is full; nothing was changed: %w", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("the file or its folder cannot be written: %w", err)
	}
	return err
}

// update runs f in the writing transaction; an error of f or of the commit
// undoes all of it.
func (s *Store) update(ctx context.Context, f func(*sql.Tx) error) (err error) {
	if s.write == nil {
		return ErrReadOnly
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
			if ctx.Err() != nil { // database/sql closes what f still uses, and f trips over that
				err = ctx.Err()
			}
			err = explain(err)
		}
	}()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// view runs f in a reading transaction: f sees one state of the memory.
func (s *Store) view(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := f(tx); err != nil {
		return explain(err)
	}
	return nil
}

// each runs f for every row; f scans it.
func each(rows *sql.Rows, err error, f func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
