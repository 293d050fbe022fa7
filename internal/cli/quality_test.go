package cli

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestQuality holds what the program reaches on corpus/ as golden files, so
// that a change in quality shows in a diff: the beads of each statement
// against its gold, the wrong ones by name, and each planted discrepancy with what was found.
func TestQuality(t *testing.T) {
	corpus := filepath.Join("..", "..", "corpus")
	statements, err := filepath.Glob(filepath.Join(corpus, "*", plantedFile))
	if err != nil || len(statements) < 4 {
		t.Fatalf("%d statements in corpus/ (%v)", len(statements), err)
	}
	compareArgs := []string{"eval", "compare"}
	alignArgs := []string{"eval", "align", "--format", "tsv"}
	wrongArgs := []string{"eval", "align", "--wrong"}
	for _, s := range statements {
		compareArgs = append(compareArgs, filepath.Dir(s))
		gold := filepath.Join(filepath.Dir(s), "gold")
		alignArgs, wrongArgs = append(alignArgs, gold), append(wrongArgs, gold)
	}
	for name, args := range map[string][]string{"align.tsv": alignArgs, "align-wrong.tsv": wrongArgs, "compare.txt": compareArgs} {
		var out, errs bytes.Buffer
		env := Env{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
		if status := Run(context.Background(), args, env); status != 0 {
			t.Fatalf("%v: status %d: %s", args, status, errs.String())
		}
		path := filepath.Join("testdata", "quality", name)
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s: the figures changed; if that is meant, go test -update writes them anew\n%s", name, out.String())
		}
	}
}
