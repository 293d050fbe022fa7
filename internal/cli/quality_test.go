package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
		figures(t, name, output(t, args...))
	}
}

// TestCheckQuality lists what a check of each version against each of its
// sources calls grave.
func TestCheckQuality(t *testing.T) {
	var list bytes.Buffer
	for _, source := range files(t, filepath.Join("..", "..", "corpus", "*", "[rz][uh].txt")) {
		dir := filepath.Dir(source)
		lang, _, _ := strings.Cut(filepath.Base(source), ".")
		for _, version := range append(files(t, filepath.Join(dir, "en@official.*")), files(t, filepath.Join(dir, "en@weblog.html"))...) {
			label, _, _ := strings.Cut(filepath.Base(version), ".")
			for line := range bytes.Lines(output(t, "check", "--severity", "major", "--format", "jsonl", lang+"="+source, label+"="+version)) {
				var f struct{ Cat, Sev, Message string }
				if err := json.Unmarshal(line, &f); err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&list, "%s\t%s\t%s\t%s\t%s\t%s\n", filepath.Base(dir), lang, label, f.Sev, f.Cat, f.Message)
			}
		}
	}
	figures(t, "check.tsv", list.Bytes())
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(list), err)
	}
	return list
}

// output gives what the program writes.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	env := Env{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
	if status := Run(context.Background(), args, env); status != 0 {
		t.Fatalf("%v: status %d: %s", args, status, errs.String())
	}
	return out.Bytes()
}

// figures holds figures against a golden file, or writes it with -update.
func figures(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "quality", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: the figures changed; if that is meant, go test -update writes them anew\n%s", name, got)
	}
}
