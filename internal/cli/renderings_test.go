package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/rendering"
	"sverka/internal/tm"
)

// rememberCorpus gives a memory of the statements of corpus/.
func rememberCorpus(t *testing.T) *tm.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "memory.db")
	for _, dir := range []string{"briefing", "declaration", "interview", "telegram"} {
		dir := filepath.Join("..", "..", "corpus", dir)
		args := []string{"add", "--tm", path, "--statement", filepath.Base(dir)}
		for _, v := range []string{"ru", "zh", "en@official", "en@weblog"} {
			args = append(args, v+"="+filepath.Join(dir, v+".txt"))
		}
		var out, errs bytes.Buffer
		env := Env{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
		if status := Run(context.Background(), args, env); status != 0 {
			t.Fatalf("%v: status %d: %s", args, status, errs.String())
		}
	}
	store, err := tm.Open(context.Background(), path, tm.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// TestRenderingsOfCorpus asks the memory of corpus/ for named terms and holds
// the top renderings as a golden file.
func TestRenderingsOfCorpus(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "renderings", "terms.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	store := rememberCorpus(t)
	spotter := rendering.Shipped()
	var out strings.Builder
	terms, right := 0, 0
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 4 {
			continue
		}
		terms++
		good := true
		fmt.Fprintf(&out, "%s  %s\n", f[0], f[1])
		for _, want := range f[2:] {
			lang, forms, _ := strings.Cut(want, "=")
			h, err := spotter.Find(context.Background(), store, rendering.Ask{Term: f[1], From: bitext.Lang(f[0]), To: []bitext.Lang{bitext.Lang(lang)}})
			if err != nil {
				t.Fatal(err)
			}
			ok := describeTop(&out, h, bitext.Lang(lang), strings.Split(forms, "|"))
			good = good && ok
		}
		if good {
			right++
		}
	}
	fmt.Fprintf(&out, "right in both languages: %d of %d\n", right, terms)
	if terms != 40 || right < 30 {
		t.Errorf("the top rendering is right for %d of %d terms", right, terms)
	}
	golden(t, filepath.Join("testdata", "renderings", "found.txt"), out.String())
}

// describeTop writes the first groups and says whether the top one is wanted.
func describeTop(out *strings.Builder, h *rendering.History, lang bitext.Lang, want []string) bool {
	if len(h.Langs) == 0 {
		fmt.Fprintf(out, "    %s  WRONG  the term is not found\n", lang)
		return false
	}
	groups := append(slices.Clone(h.Langs[0].Groups), h.Langs[0].Unsure...)
	var shown []string
	for _, g := range groups[:min(3, len(groups))] {
		shown = append(shown, fmt.Sprintf("%s (%d)", g.Form, g.Count))
	}
	ok := len(groups) > 0 && slices.ContainsFunc(want, func(w string) bool {
		return rendering.GroupKey(lang, w) == groups[0].Key
	})
	word := "right"
	if !ok {
		word = "WRONG"
	}
	fmt.Fprintf(out, "    %s  %s  %s\n", lang, word, strings.Join(shown, ", "))
	return ok
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look, then run the test with -update:\n%s", path, got)
	}
}
