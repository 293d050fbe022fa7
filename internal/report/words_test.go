package report

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// saidInCode gives the literal first arguments of calls to functions of these
// names in the Go files of a folder.
func saidInCode(t *testing.T, folder string, functions ...string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go files in %s: %v", folder, err)
	}
	var out []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch f := call.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if !slices.Contains(functions, name) {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, s)
			}
			return true
		})
	}
	return out
}

var templateSays = regexp.MustCompile(`\bt "((?:[^"\\]|\\.)*)"`)

// allSaid gives every English pattern that a report can say.
func allSaid(t *testing.T) []string {
	out := saidInCode(t, "../compare", "say")
	if len(out) < 20 {
		t.Fatalf("only %d sentences found in the checks", len(out))
	}
	out = append(out, saidInCode(t, "../pipeline", "say")...)
	out = append(out, saidInCode(t, ".", "t")...)
	pages, err := filepath.Glob("page/*.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range templateSays.FindAllStringSubmatch(string(b), -1) {
			out = append(out, m[1])
		}
	}
	for s := compare.Info; s <= compare.Critical; s++ {
		out = append(out, s.String(), "%d "+s.String()+"|%d "+s.String())
	}
	for _, c := range compare.Categories {
		out = append(out, string(c))
	}
	for _, l := range bitext.Langs {
		out = append(out, l.Name())
	}
	out = append(out, "head", "tail", "inside", "Comparison of translations", "Translation checked against its source",
		"Aligned versions", "comparison", "aligned", "Findings", "Slighter remarks")
	slices.Sort(out)
	return slices.Compact(out)
}

var verb = regexp.MustCompile(`%(\[\d+\])?[sd]`)

// verbs gives what a pattern takes, each argument once, in rising order.
func verbs(pattern string) string {
	var out []string
	for i, v := range verb.FindAllStringSubmatch(pattern, -1) {
		n := fmt.Sprintf("[%d]", i+1)
		if v[1] != "" {
			n = v[1]
		}
		out = append(out, n+v[0][len(v[0])-1:])
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "")
}

// Whatever a report says in English it says in its other languages, with the
// same arguments and as many forms as the language has; and nothing else stands
// in the tables.
func TestTablesOfWordsAreComplete(t *testing.T) {
	said := allSaid(t)
	forms := map[bitext.Lang]int{bitext.Russian: 3, bitext.Chinese: 1}
	for _, lang := range Langs[1:] {
		table := wordsOf(lang).table
		for _, english := range said {
			got, ok := table[english]
			if !ok {
				t.Errorf("%s: no words for %q", lang, english)
				continue
			}
			want := 1
			if strings.Contains(english, "|") {
				want = forms[lang]
			}
			each := strings.Split(got, "|")
			if len(each) != want {
				t.Errorf("%s: %q has %d forms, want %d", lang, got, len(each), want)
			}
			one, _, _ := strings.Cut(english, "|")
			for _, form := range each {
				if verbs(form) != verbs(one) {
					t.Errorf("%s: %q takes other arguments than %q", lang, form, english)
				}
			}
		}
		for english := range table {
			if !slices.Contains(said, english) {
				t.Errorf("%s: %q is said nowhere", lang, english)
			}
		}
	}
}

// A check says what it says through the table, never as a string of its own.
func TestTablesAreInTheirScript(t *testing.T) {
	scripts := map[bitext.Lang]*unicode.RangeTable{bitext.Russian: unicode.Cyrillic, bitext.Chinese: unicode.Han}
	for lang, script := range scripts {
		for english, said := range wordsOf(lang).table {
			letters := strings.IndexFunc(verb.ReplaceAllString(english, ""), unicode.IsLetter) >= 0
			if letters && strings.IndexFunc(said, func(r rune) bool { return unicode.Is(script, r) }) < 0 {
				t.Errorf("%s: %q for %q", lang, said, english)
			}
		}
	}
}

func TestRussianNumerals(t *testing.T) {
	w := wordsOf(bitext.Russian)
	for n, want := range map[int]string{
		0: "0 сегментов", 1: "1 сегмент", 2: "2 сегмента", 4: "4 сегмента", 5: "5 сегментов", 11: "11 сегментов",
		12: "12 сегментов", 14: "14 сегментов", 21: "21 сегмент", 22: "22 сегмента", 101: "101 сегмент",
		111: "111 сегментов", 112: "112 сегментов", 1003: "1003 сегмента",
	} {
		if got := w.t("%d segment|%d segments", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := wordsOf(bitext.English).t("%d segment|%d segments", 1); got != "1 segment" {
		t.Errorf("English: %q", got)
	}
}

func TestSentencesWithinSentences(t *testing.T) {
	s := compare.Sentence{Pattern: "%s has %s: does not decide", Args: []any{
		compare.Sentence{Pattern: "the source"}, compare.Sentence{Pattern: "%d negation|%d negations", Args: []any{2}},
	}}
	for lang, want := range map[bitext.Lang]string{
		"": "the source has 2 negations: does not decide", "ru": "источник: 2 отрицания; не решает", "zh": "原文 为 2 处否定：无法判定",
	} {
		if got := wordsOf(lang).say(s); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
