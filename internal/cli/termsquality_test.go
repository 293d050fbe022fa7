package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGlossaryQuality holds as a golden file what the versions of corpus/ are
// reproached with by corpus/glossary.csv. The official versions keep to it, so
// that each line of theirs is a false alarm.
func TestGlossaryQuality(t *testing.T) {
	corpus := filepath.Join("..", "..", "corpus")
	var all bytes.Buffer
	for _, name := range []string{"briefing", "declaration", "interview", "telegram"} {
		for _, files := range [][2]string{
			{"ru=ru.txt", "en@official=en@official.txt"}, {"ru=ru.txt", "en@weblog=en@weblog.html"}, {"ru=ru.txt", "zh=zh.txt"},
			{"zh=zh.txt", "en@official=en@official.txt"}, {"zh=zh.txt", "ru=ru.txt"},
		} {
			args := []string{"check", "--checks", "glossary", "--glossary", filepath.Join(corpus, "glossary.csv")}
			for _, f := range files {
				spec, file, _ := strings.Cut(f, "=")
				args = append(args, spec+"="+filepath.Join(corpus, name, file))
			}
			var out, errs bytes.Buffer
			env := Env{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
			if status := Run(context.Background(), args, env); status != 0 {
				t.Fatalf("%v: status %d: %s", args, status, errs.String())
			}
			all.WriteString(name + ", " + files[0] + " " + files[1] + "\n")
			for line := range strings.Lines(out.String()) {
				if strings.Contains(line, " term  ") {
					_, said, _ := strings.Cut(line, "  ")
					// What stands there instead hangs on other parts of the program.
					said, _, _ = strings.Cut(said, " has")
					said = strings.TrimPrefix(strings.TrimPrefix(said, "minor term  "), "info term  ")
					all.WriteString("    " + said + "\n")
				}
			}
		}
	}
	path := filepath.Join("testdata", "quality", "glossary.txt")
	if *update {
		if err := os.WriteFile(path, all.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(all.Bytes(), want) {
		t.Errorf("the findings changed; if that is meant, go test -update writes them anew\n%s", all.String())
	}
}
