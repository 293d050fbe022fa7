package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/tm"
)

func TestParseSpec(t *testing.T) {
	cases := []struct {
		word string
		want Spec
		err  string
	}{
		{"a.txt", Spec{Path: "a.txt"}, ""},
		{"-", Spec{Path: "-"}, ""},
		{"ru=a.txt", Spec{Lang: "ru", Path: "a.txt"}, ""},
		{"RU=a=b.txt", Spec{Lang: "ru", Path: "a=b.txt"}, ""},
		{"en@kremlin=page.html", Spec{Lang: "en", Label: "kremlin", Path: "page.html"}, ""},
		{"@blog=page.html", Spec{Label: "blog", Path: "page.html"}, ""},
		{"zh-Hant=-", Spec{Lang: "zh", Path: "-"}, ""},
		{"dir/x=y.txt", Spec{Path: "dir/x=y.txt"}, ""},
		{"", Spec{}, "names no file"},
		{"ru=", Spec{}, "names no file"},
		{"=a.txt", Spec{}, "equals sign"},
		{"en@=a.txt", Spec{}, "without a label"},
		{"fr=a.txt", Spec{}, "reads ru, zh, en, not fr"},
		{"9=a.txt", Spec{}, "not a language tag"},
	}
	for _, c := range cases {
		got, err := ParseSpec(c.word)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%q: %v, want %q", c.word, err, c.err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%q: %+v, %v; want %+v", c.word, got, err, c.want)
		}
	}
}

func TestLabelsTellVersionsApart(t *testing.T) {
	cases := []struct{ paths, want []string }{
		{[]string{"en@official.txt", "en@blog.html"}, []string{"en@official", "en@blog"}},
		{[]string{"a/one.txt", "b/two.txt"}, []string{"en@one", "en@two"}},
		{[]string{"a/x.txt", "b/x.txt"}, []string{"en@x", "en@x2"}},
		{[]string{"-", "x.en.txt"}, []string{"en@stdin", "en@x"}},
		{[]string{"x.txt"}, []string{"en"}},
	}
	for _, c := range cases {
		var versions []bitext.Version
		for _, p := range c.paths {
			versions = append(versions, bitext.Version{Lang: "en", Path: p})
		}
		label(versions)
		for i := range versions {
			if got := versions[i].Name(); got != c.want[i] {
				t.Errorf("%v: version %d is called %q, want %q", c.paths, i, got, c.want[i])
			}
		}
	}
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// The whole way: files, alignment, memory, and a third version that joins the
// two that are remembered.
func TestJourneys(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	ru := Spec{Path: write(t, dir, "ru.txt", "Переговоры прошли в Пекине 3 сентября. Подписано 20 документов. Следующая встреча будет в Москве.\n")}
	en := Spec{Path: write(t, dir, "en.txt", "The talks were held in Beijing on 3 September. 20 documents were signed. The next meeting will be in Moscow.\n")}
	zh := Spec{Path: write(t, dir, "zh.txt", "会谈于9月3日在北京举行。签署了20份文件。下次会晤将在莫斯科举行。\n")}

	two, err := ReadVersions(ctx, []Spec{ru, en}, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if two[0].Name() != "ru" || two[1].Name() != "en" || len(two[0].Segments) != 3 {
		t.Fatalf("read %s and %s with %d segments", two[0].Name(), two[1].Name(), len(two[0].Segments))
	}
	store, err := tm.Open(ctx, filepath.Join(dir, "memory.db"), tm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s := bitext.Statement{ID: "talks"}
	if r, err := Remember(ctx, store, s, two, align.Options{}); err != nil || r.Units != 3 {
		t.Fatalf("two versions: %+v, %v", r, err)
	}
	third, err := ReadVersions(ctx, []Spec{zh}, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Remember(ctx, store, s, third, align.Options{})
	if err != nil || len(r.Versions) != 3 || r.Units != 3 {
		t.Fatalf("the third version: %+v, %v", r, err)
	}
	for u, err := range store.Units(ctx, tm.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(u.Variants) != 3 {
			t.Errorf("a unit has %d variants, want 3", len(u.Variants))
		}
	}
	if r, err = Remember(ctx, store, s, two, align.Options{}); err != nil || r.Changed {
		t.Errorf("the first two again: changed %v, %v", r.Changed, err)
	}
}

func TestOneVersionAloneIsRefused(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	v, err := ReadVersions(ctx, []Spec{{Path: write(t, dir, "en.txt", "The talks were held in Beijing.\n")}}, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := tm.Open(ctx, filepath.Join(dir, "memory.db"), tm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := Remember(ctx, store, bitext.Statement{ID: "x"}, v, align.Options{}); err == nil {
		t.Error("a statement of one version was remembered")
	}
}

func TestIdenticalVersionsHaveNoFindings(t *testing.T) {
	dir := t.TempDir()
	text := "Trade grew by 15 per cent in 2024. We do not agree with the sanctions. The next meeting must be held in Moscow.\n"
	a := Spec{Path: write(t, dir, "a.txt", text)}
	b := Spec{Path: write(t, dir, "b.txt", text)}
	r, err := CompareFiles(context.Background(), nil, []Spec{a, b}, ReadOptions{}, align.Options{}, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) != 0 || len(r.Outside) != 0 {
		t.Errorf("findings in identical texts: %+v %+v", r.Findings, r.Outside)
	}
}
