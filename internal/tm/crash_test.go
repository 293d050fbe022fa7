package tm

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sverka/internal/bitext"
)

const childEnv = "SVERKA_TM_TEST_CHILD"

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		if role := os.Getenv(roleEnv); role != "" {
			soaker(path, role)
		}
		child(path)
	}
	os.Exit(m.Run())
}

// crashBatch is how many units each import of the child has.
const crashBatch = 400

// child adds to and imports into the memory until it is killed.
func child(path string) {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("ready")
	for round := time.Now().UnixNano(); ; round++ {
		_, err := s.Import(ctx, func(yield func(bitext.Unit, error) bool) {
			for i := range crashBatch {
				if !yield(pair(fmt.Sprintf("Number %d of round %d", i, round), fmt.Sprintf("Номер %d круга %d", i, round)), nil) {
					return
				}
			}
		}, ImportOptions{})
		if err == nil {
			al := oneToOne(version("ru", "", "Первое.", fmt.Sprintf("Круг %d.", round)), version("en", "", "First.", fmt.Sprintf("Round %d.", round)))
			_, err = s.Add(ctx, bridge, al)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// A process that is killed at any moment leaves whole imports and additions.
func TestKilled(t *testing.T) {
	rounds := 4
	if testing.Short() {
		rounds = 2
	}
	path := filepath.Join(t.TempDir(), "memory.tm")
	for range rounds {
		kill(t, path)
		s, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s)
		stats, err := s.Stats(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if rest := stats.Units % crashBatch; rest != 0 && rest != 2 {
			t.Errorf("%d units: part of an import was kept", stats.Units)
		}
		s.Close()
	}
}

func kill(t *testing.T, path string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 8)); err != nil {
		t.Errorf("the child does not begin: %v", err)
	}
	time.Sleep(time.Duration(rand.Intn(250)) * time.Millisecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); cmd.ProcessState.Exited() {
		t.Errorf("the child ended by itself: %v", err)
	}
}

// Of many that make one memory at once each gets it. The moments in which they
// can meet are short, so they try often.
func TestOpenTogether(t *testing.T) {
	for range 20 {
		openTogether(t)
	}
}

func openTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory.tm")
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s, err := Open(context.Background(), path, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Import(context.Background(), seqOf(pair(fmt.Sprint("Number ", g), "Номер")), ImportOptions{}); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	s, err := Open(context.Background(), path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := len(allUnits(t, s, Filter{})); n != 6 {
		t.Errorf("%d units, want 6", n)
	}
}

// Many write and read at once, through two openings of the file, while it is
// backed up.
func TestTogether(t *testing.T) {
	s, ctx := open(t), context.Background()
	other, err := Open(ctx, s.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	dir := t.TempDir()
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			store := []*Store{s, other}[g%2]
			for i := range 8 {
				var err error
				switch {
				case g < 3:
					_, err = store.Import(ctx, seqOf(pair(fmt.Sprintf("Writer %d says %d", g, i), "Да"), pair("All say this", "Все")), ImportOptions{})
				case g == 3:
					err = store.Backup(ctx, filepath.Join(dir, fmt.Sprint(i)), false)
				default:
					_, err = store.Lookup(ctx, LookupQuery{Text: "Writer 1 says 2"})
				}
				if err != nil {
					t.Errorf("worker %d: %v", g, err)
				}
			}
		}()
	}
	wg.Wait()
	if n := len(allUnits(t, s, Filter{})); n != 25 {
		t.Errorf("%d units, want 25", n)
	}
	sound(t, s)
	for i := range 8 {
		copied, err := Open(ctx, filepath.Join(dir, fmt.Sprint(i)), Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, copied)
		copied.Close()
	}
}
