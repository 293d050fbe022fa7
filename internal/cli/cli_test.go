package cli

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// runAsSverka is the variable that makes the test binary the program itself.
const runAsSverka = "SVERKA_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(runAsSverka) != "" {
		os.Exit(Run(context.Background(), os.Args[1:], System()))
	}
	testscript.Main(m, map[string]func(){
		"sverka": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			os.Exit(Run(ctx, os.Args[1:], System()))
		},
	})
}

// TestScripts runs the sessions in testdata/script. The first word of a
// script's name is the command that it is about.
func TestScripts(t *testing.T) {
	corpus, err := filepath.Abs(filepath.Join("..", "..", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			vectors, err := filepath.Abs(filepath.Join("..", "vector", "vectors.bin"))
			if err != nil {
				return err
			}
			e.Setenv("VECTORS", vectors)
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("SVERKA_TM", filepath.Join(e.WorkDir, "memory.db"))
			e.Setenv("CORPUS", corpus)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"encode": encodeFile,
			"status": status,
			"same":   same,
		},
	})
}

// encodeFile is `encode NAME FILE`: FILE is written anew in the encoding NAME.
func encodeFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: encode NAME FILE")
	}
	text := ts.ReadFile(args[1])
	var out string
	var err error
	switch args[0] {
	case "windows-1251":
		out, err = charmap.Windows1251.NewEncoder().String(text)
	case "koi8-r":
		out, err = charmap.KOI8R.NewEncoder().String(text)
	case "gb18030":
		out, err = simplifiedchinese.GB18030.NewEncoder().String(text)
	case "utf-16":
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	case "bytes": // \xNN and \n escapes
		out = strings.NewReplacer(`\x00`, "\x00", `\xff`, "\xff", `\xfe`, "\xfe", `\x01`, "\x01").Replace(strings.TrimSuffix(text, "\n"))
	case "cut": // within the last letter
		out = strings.TrimSuffix(text, "\n")
		out = out[:len(out)-1]
	default:
		ts.Fatalf("unknown encoding %s", args[0])
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(out), 0o644))
}

// status is `status N sverka …`: the command must end with exit status N.
func status(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

// same is `same A B`: two files have the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	equal := ts.ReadFile(args[0]) == ts.ReadFile(args[1])
	if equal == neg {
		ts.Fatalf("%s and %s: equal is %v", args[0], args[1], equal)
	}
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	app := newApp(Env{Stdin: &bytes.Buffer{}, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: os.Getenv})
	cases := []struct{ in, want string }{
		{"align a b --format tsv", "align --format tsv -- a b"},
		{"align a --format=tsv b", "align --format=tsv -- a b"},
		{"align -o x a -", "align -o x -- a -"},
		{"tm backup f --tm m.db", "tm backup --tm m.db -- f"},
		{"compare a b --source ru=c --source zh=d", "compare --source ru=c --source zh=d -- a b"},
		{"lookup -- --min", "lookup -- --min"},
		{"--version", "--version"},
		{"nonsense --format tsv", "--format -- nonsense tsv"},
	}
	for _, c := range cases {
		got := strings.Join(flagsFirst(app, strings.Fields(c.in)), " ")
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}
