package tm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

// roleEnv says what a process of the soak does: "writer 3 2s" or "reader 5 2s".
const roleEnv = "SVERKA_TM_TEST_ROLE"

// soakEnv is how long the soak takes, such as 1m; by default it is short.
const soakEnv = "SVERKA_SOAK"

// soakBatch is how many units each statement of the soak has.
const soakBatch = 20

// TestSoak has four processes write and eight read one memory at once, while it
// is backed up: nobody fails, nobody sees half of anything, nothing is lost.
func TestSoak(t *testing.T) {
	last := 2 * time.Second
	if s := os.Getenv(soakEnv); s != "" {
		var err error
		if last, err = time.ParseDuration(s); err != nil {
			t.Fatal(err)
		}
	}
	dir, ctx := t.TempDir(), context.Background()
	path := filepath.Join(dir, "memory.tm")
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var roles []string
	for i := range 12 {
		roles = append(roles, fmt.Sprintf("%s %d %s", []string{"writer", "reader"}[min(i/4, 1)], i, last))
	}
	said := runSoakers(t, path, roles)
	backups := 0
	for end := time.Now().Add(last); time.Now().Before(end); backups++ {
		copied := filepath.Join(dir, fmt.Sprint("copy-", backups))
		if err := s.Backup(ctx, copied, false); err != nil {
			t.Error(err)
		}
		checkCopy(t, copied)
		time.Sleep(200 * time.Millisecond)
	}
	units, corrected, reads := 0, 0, 0
	for _, line := range said() {
		var n, m int
		if _, err := fmt.Sscanf(line, "wrote %d %d", &n, &m); err == nil {
			units, corrected = units+n, corrected+m
		} else if _, err := fmt.Sscanf(line, "read %d", &n); err == nil {
			reads += n
		} else {
			t.Errorf("a process says %q", line)
		}
	}
	sound(t, s)
	if os.Getenv(soakEnv) != "" && (reads < 100 || units < 100*soakBatch) {
		t.Errorf("only %d units written and %d readings", units, reads)
	}
	if n := len(allUnits(t, s, Filter{})); n != units {
		t.Errorf("%d units, want %d", n, units)
	}
	if h, err := s.History(ctx, HistoryQuery{}); err != nil || len(h) != corrected {
		t.Errorf("%d corrections, want %d: %v", len(h), corrected, err)
	}
	t.Logf("%d units written, %d corrected, %d readings, %d backups in %s", units, corrected, reads, backups, last)
}

// runSoakers starts a process for each role; the function that it gives waits
// for all and tells what they said.
func runSoakers(t *testing.T, path string, roles []string) func() []string {
	var wg sync.WaitGroup
	out := make([]bytes.Buffer, len(roles))
	for i, role := range roles {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+path, roleEnv+"="+role)
		cmd.Stdout, cmd.Stderr = &out[i], &out[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := cmd.Wait(); err != nil {
				t.Errorf("%s: %v: %s", role, err, out[i].String())
			}
		}()
	}
	return func() (said []string) {
		wg.Wait()
		for i := range out {
			said = append(said, strings.TrimSpace(out[i].String()))
		}
		return said
	}
}

func checkCopy(t *testing.T, path string) {
	t.Helper()
	s, err := Open(context.Background(), path, Options{ReadOnly: true})
	if err != nil {
		t.Error(err)
		return
	}
	defer s.Close()
	sound(t, s)
	for _, u := range allUnits(t, s, Filter{}) {
		if len(u.Variants) != 2 {
			t.Errorf("%s: half a unit: %+v", path, u)
		}
	}
}

// soaker is one process of the soak.
func soaker(path, role string) {
	var kind, length string
	var id int
	_, err := fmt.Sscan(role, &kind, &id, &length)
	last, parseErr := time.ParseDuration(length)
	if err = errors.Join(err, parseErr); err == nil {
		ctx := context.Background()
		var s *Store
		if s, err = Open(ctx, path, Options{ReadOnly: kind == "reader"}); err == nil {
			end := time.Now().Add(last)
			if kind == "writer" {
				err = soakWrite(ctx, s, id, end)
			} else {
				err = soakRead(ctx, s, id, end)
			}
			err = errors.Join(err, s.Close())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// soakWrite stores, corrects and deletes statements of its own, and says how
// many units and corrections it leaves.
func soakWrite(ctx context.Context, s *Store, id int, end time.Time) error {
	units, corrected := 0, 0
	for round := 0; round == 0 || time.Now().Before(end); round++ {
		st := bitext.Statement{ID: fmt.Sprintf("writer-%d-%d", id, round)}
		_, err := s.Import(ctx, func(yield func(bitext.Unit, error) bool) {
			for i := range soakBatch {
				if !yield(pair(fmt.Sprintf("Sentence %d of round %d by writer %d", i, round, id), fmt.Sprintf("Предложение %d круга %d писателя %d", i, round, id)), nil) {
					return
				}
			}
		}, ImportOptions{Statement: st})
		if err != nil {
			return err
		}
		units += soakBatch
		switch round % 4 {
		case 1:
			for u, err := range s.Units(ctx, Filter{Statements: []string{st.ID}}) {
				if err != nil {
					return err
				}
				c := Correction{Unit: u.ID, Lang: "ru", Text: "Исправлено: " + u.Variants[1].Text, By: fmt.Sprint("Writer ", id), At: time.Now()}
				if _, err := s.Correct(ctx, c); err != nil {
					return err
				}
				corrected++
				break
			}
		case 2:
			if _, err := s.Delete(ctx, st.ID, ""); err != nil {
				return err
			}
			units -= soakBatch
		}
	}
	fmt.Println("wrote", units, corrected)
	return nil
}

// soakRead looks, searches and reads whole statements: each has all its units.
func soakRead(ctx context.Context, s *Store, id int, end time.Time) error {
	r := rand.New(rand.NewSource(int64(id)))
	n := 0
	for ; n == 0 || time.Now().Before(end); n++ {
		matches, err := s.Lookup(ctx, LookupQuery{Text: fmt.Sprintf("Sentence %d of round %d by writer %d", r.Intn(soakBatch), r.Intn(20), r.Intn(4))})
		if err != nil {
			return err
		}
		for _, m := range matches {
			if len(m.Unit.Variants) != 2 || len(m.Targets) == 0 {
				return fmt.Errorf("half a match: %+v", m)
			}
		}
		list, err := s.Statements(ctx)
		if err != nil {
			return err
		}
		for _, st := range list {
			if st.Units != soakBatch {
				return fmt.Errorf("statement %s has %d units", st.Statement.ID, st.Units)
			}
		}
		if n%10 == 0 {
			if err := soakSearch(ctx, s, id); err != nil {
				return err
			}
		}
	}
	fmt.Println("read", n)
	return nil
}

func soakSearch(ctx context.Context, s *Store, id int) error {
	q, err := query.Parse(fmt.Sprintf("sentence writer %d", id%4))
	if err != nil {
		return err
	}
	hits, _, err := s.Search(ctx, q, query.Page{Limit: 5, Count: true})
	if err != nil {
		return err
	}
	for _, h := range hits {
		if len(h.Unit.Variants) != 2 {
			return fmt.Errorf("half a hit: %+v", h)
		}
	}
	return nil
}
