package cli

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// killable is a command that a round of TestKilledAtAnyMoment starts and kills.
type killable struct {
	name  string
	args  []string
	units int // that the memory holds when the command was let finish
}

// TestKilledAtAnyMoment kills an import and an add after ever more of their
// usual time. Whatever the moment, the memory is whole, holds nothing or all
// of it, and the same command again completes it.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	cases := []killable{
		{"import", []string{"import", writeLines(t, dir, "units.tsv", "en\tru\n", 1500, func(i int) string {
			return fmt.Sprintf("Train %d left the station at noon.\tПоезд %d отправился в полдень.\n", i, i)
		})}, 1500},
		{"add", []string{"add", "--statement", "trains", "--segmented",
			"ru=" + writeLines(t, dir, "trains.ru.txt", "", 300, func(i int) string {
				return fmt.Sprintf("Поезд номер %d отправился со станции в полдень и прибыл вечером.\n", i)
			}),
			"en=" + writeLines(t, dir, "trains.en.txt", "", 300, func(i int) string {
				return fmt.Sprintf("Train number %d left the station at noon and arrived in the evening.\n", i)
			})}, 300},
	}
	if path := os.Getenv(killEnv); path != "" {
		killLarge(t, path)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			begun := time.Now()
			whole := filepath.Join(dir, c.name+"-whole.db")
			if out, err := sverkaProcess(whole, c.args...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			usual := time.Since(begun)
			for round := range 4 {
				db := filepath.Join(dir, fmt.Sprintf("%s-%d.db", c.name, round))
				killAfter(t, usual*time.Duration(round+1)/5, db, c.args)
				if n := unitsOrNone(t, db); n != 0 && n != c.units {
					t.Fatalf("round %d: %d units, want none or %d", round, n, c.units)
				}
				if out, err := sverkaProcess(db, c.args...).CombinedOutput(); err != nil {
					t.Fatalf("round %d: the same again: %v: %s", round, err, out)
				}
				if n := unitsOrNone(t, db); n != c.units {
					t.Fatalf("round %d: the same again left %d units, want %d", round, n, c.units)
				}
			}
		})
	}
}

// killEnv names a TSV with the columns en, ru and zh whose import is killed at
// thirty random moments.
const killEnv = "SVERKA_KILL"

// killLarge kills the import of a large file again and again, every other time
// in a memory that holds something already, and lets it through in the end.
func killLarge(t *testing.T, path string) {
	const before = 100
	dir := t.TempDir()
	little := writeLines(t, dir, "little.tsv", "en\tru\n", before, func(i int) string { return fmt.Sprintf("Train %d\tПоезд %d\n", i, i) })
	large := []string{"import", "--columns", "en,ru,zh", path}
	run := func(db string, args ...string) {
		t.Helper()
		if out, err := sverkaProcess(db, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	db := filepath.Join(dir, "large.db")
	begun := time.Now()
	run(db, large...)
	usual, units := time.Since(begun), unitsOrNone(t, db)
	t.Logf("%d units in %s", units, usual)
	none := 0
	for round := range 30 {
		held := 0
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(db + end)
		}
		if round%2 == 1 {
			held = before
			run(db, "import", little)
		}
		after := time.Duration(rand.Int63n(int64(usual) * 11 / 10))
		killAfter(t, after, db, large)
		n := unitsOrNone(t, db)
		if n != held && n != held+units {
			t.Fatalf("round %d, killed after %s: %d units, want %d or %d", round, after, n, held, held+units)
		}
		if n == held {
			none++
		}
		t.Logf("round %d, killed after %s: verify clean, %d units", round, after.Round(time.Millisecond), n)
	}
	t.Logf("of the import nothing %d times, all %d times", none, 30-none)
	run(db, large...)
	if n := unitsOrNone(t, db); n < units {
		t.Errorf("let through in the end: %d units, want %d and more", n, units)
	}
}

func writeLines(t *testing.T, dir, name, head string, n int, line func(int) string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		b.WriteString(line(i))
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// sverkaProcess is the program as a process of its own: the test binary under
// another name.
func sverkaProcess(memory string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "SVERKA_TM="+memory, runAsSverka+"=1")
	return cmd
}

func killAfter(t *testing.T, after time.Duration, memory string, args []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), after)
	defer cancel()
	cmd := sverkaProcess(memory, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	select {
	case <-ctx.Done():
		_ = cmd.Process.Kill()
		<-ended
	case <-ended:
	}
}

// unborn is what is said of a file that was killed before its first
// transaction: there is nothing in it to be whole or not.
var unborn = regexp.MustCompile(`not a translation memory|schema is version 0`)

var unitsLine = regexp.MustCompile(`(?m)^units\s+(\d+)$`)

// unitsOrNone counts the units of a memory that must be whole, or gives 0 when
// there is none.
func unitsOrNone(t *testing.T, memory string) int {
	t.Helper()
	if _, err := os.Stat(memory); os.IsNotExist(err) {
		return 0
	}
	if out, err := sverkaProcess(memory, "tm", "verify").CombinedOutput(); err != nil {
		if unborn.Match(out) {
			return 0
		}
		t.Fatalf("verify: %v: %s", err, out)
	}
	out, err := sverkaProcess(memory, "tm", "stats").Output()
	m := unitsLine.FindSubmatch(out)
	if err != nil || m == nil {
		t.Fatalf("stats: %v: %s", err, out)
	}
	var n int
	_, _ = fmt.Sscan(string(m[1]), &n)
	return n
}
