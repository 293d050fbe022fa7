package tm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a copy of the memory, as it is at one moment, to the file
// dest; others may read and write meanwhile. A file at dest is replaced only
// where overwrite says so, and only once the copy is whole.
func (s *Store) Backup(ctx context.Context, dest string, overwrite bool) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up to %s: %w", dest, explain(err))
		}
	}()
	info, err := os.Stat(dest)
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a folder; give a file")
	case s.isItself(info):
		return errors.New("it is the memory itself; give another file")
	case !overwrite:
		return fmt.Errorf("there is a file already; say that it may be replaced: %w", os.ErrExist)
	}
	dir := filepath.Dir(dest)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(dir, ".backup-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	copied := filepath.Join(tmp, "memory")
	if _, err := s.read.ExecContext(ctx, "VACUUM INTO ?", copied); err != nil {
		return err
	}
	if err := syncFile(copied); err != nil {
		return err
	}
	if !overwrite { // fails where a file has come up meanwhile
		err := os.Link(copied, dest)
		if err == nil || errors.Is(err, os.ErrExist) {
			return err
		} // a file system without links
	}
	return os.Rename(copied, dest)
}

func (s *Store) isItself(other os.FileInfo) bool {
	own, err := os.Stat(s.path)
	return err == nil && os.SameFile(own, other)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
