package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// A disk that is full undoes all of an import and says so; what was there stays
// whole, and with room again the same import goes through.
func TestDiskFull(t *testing.T) {
	s, ctx := open(t), context.Background()
	mustImport(t, s, pair("One", "Один"))
	var pages int
	if err := s.write.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	setPages := func(n int) {
		if _, err := s.write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	large := func(yield func(bitext.Unit, error) bool) {
		for i := range 3000 {
			if !yield(pair(fmt.Sprintf("Wagon %d of the long train is loaded with timber", i), fmt.Sprintf("Вагон %d длинного поезда гружён лесом", i)), nil) {
				return
			}
		}
	}
	setPages(pages + 20)
	_, err := s.Import(ctx, large, ImportOptions{})
	if err == nil || !strings.Contains(err.Error(), "the disk is full; nothing was changed") {
		t.Errorf("import: %v", err)
	}
	if _, err := s.Add(ctx, bridge, longAlignment(2000)); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("add: %v", err)
	}
	sound(t, s)
	if n := len(allUnits(t, s, Filter{})); n != 1 {
		t.Errorf("%d units, want 1", n)
	}
	setPages(1 << 30)
	if r, err := s.Import(ctx, large, ImportOptions{}); err != nil || r.Stored != 3000 {
		t.Errorf("with room again: %+v, %v", r, err)
	}
	sound(t, s)
}

func longAlignment(n int) *bitext.Alignment {
	ru, en := bitext.Version{Lang: "ru"}, bitext.Version{Lang: "en"}
	for i := range n {
		ru.Segments = append(ru.Segments, bitext.Segment{Text: fmt.Sprintf("Предложение номер %d этой длинной речи.", i), Space: " "})
		en.Segments = append(en.Segments, bitext.Segment{Text: fmt.Sprintf("Sentence number %d of this long speech.", i), Space: " "})
	}
	return oneToOne(ru, en)
}

// A memory that another process writes is waited for, then given up with a word
// on what to do; reading goes on meanwhile.
func TestLocked(t *testing.T) {
	defer func(old int) { busyTimeout = old }(busyTimeout)
	busyTimeout = 200
	s, ctx := open(t), context.Background()
	mustImport(t, s, pair("One", "Один"))
	db, err := sql.Open("sqlite", s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"import":  func() error { _, err := s.Import(ctx, seqOf(pair("Two", "Два")), ImportOptions{}); return err },
		"delete":  func() error { _, err := s.Delete(ctx, "none", ""); return err },
		"compact": func() error { _, err := s.Compact(ctx); return err },
		"correct": func() error {
			_, err := s.Correct(ctx, Correction{Unit: "1", Lang: "ru", Text: "Раз", By: "x"})
			return err
		},
	} {
		if err := do(); err == nil || !strings.Contains(err.Error(), "another process is writing; try again") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if m, err := s.Lookup(ctx, LookupQuery{Text: "One"}); err != nil || len(m) != 1 {
		t.Errorf("lookup meanwhile: %v, %v", m, err)
	}
	if err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy"), false); err != nil {
		t.Errorf("backup meanwhile: %v", err)
	}
	if _, err := other.ExecContext(ctx, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	mustImport(t, s, pair("Two", "Два"))
	sound(t, s)
}

// A memory cut off anywhere, or with pages of nonsense, is refused or found
// damaged by verify; it is never taken for whole, and nothing panics.
func TestDamaged(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Import(ctx, func(yield func(bitext.Unit, error) bool) {
		for i := range 300 {
			if !yield(pair(fmt.Sprintf("Wagon %d of the long train", i), fmt.Sprintf("Вагон %d длинного поезда", i)), nil) {
				return
			}
		}
	}, ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	if err := s.Backup(ctx, whole, false); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string][]byte{}
	for _, part := range []int{1, 2, 5, 9} {
		damages[fmt.Sprintf("cut at %d tenths", part)] = data[:len(data)*part/10]
	}
	for _, page := range []int{2, 3, len(data)/4096 - 2} {
		bad := append([]byte{}, data...)
		copy(bad[(page-1)*4096:], strings.Repeat("nonsense", 512))
		damages[fmt.Sprintf("page %d is nonsense", page)] = bad
	}
	for name, bad := range damages {
		path := filepath.Join(t.TempDir(), "bad")
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := tryDamaged(ctx, path); err == nil {
			t.Errorf("%s: nobody sees it", name)
		} else if !errors.Is(err, ErrDamaged) && !errors.Is(err, errFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// errFound is what tryDamaged wraps where verify found the damage.
var errFound = errors.New("found by verify")

func tryDamaged(ctx context.Context, path string) error {
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	problems, err := s.Verify(ctx)
	if err == nil && len(problems) > 0 {
		err = errFound
	}
	_, _ = s.Lookup(ctx, LookupQuery{Text: "Wagon 7 of the long train"})
	_, _ = s.Import(ctx, seqOf(pair("One", "Один")), ImportOptions{})
	return err
}
