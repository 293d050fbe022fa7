package evaluate

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/compare"
)

func openTest(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestScorePairs holds the tables against those that the scorer of the sets
// made of the same files.
func TestScorePairs(t *testing.T) {
	gold, err := ReadGoldPairs(openTest(t, "pairs.jsonl"), "pairs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	flags, err := ReadPairFlags(openTest(t, "flags.jsonl"), "flags.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := ScorePairs(gold, flags, true).WriteText(&got); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "pairs.want.md"))
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestFlagPair holds that what is compared here is what the pairs are: the
// first text of a pair across languages is in the language of the source.
func TestFlagPair(t *testing.T) {
	gold, err := ReadGoldPairs(openTest(t, "pairs.jsonl"), "pairs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"n1-rw": true, "n1-twin": false, "x1": true, "x1-twin": false, "t1": false, "xt1": false, "r1": false}
	for i := range gold {
		g := &gold[i]
		flagged := false
		for _, f := range FlagPair(g, compare.Options{}) {
			flagged = flagged || f.grave()
		}
		if w, ok := want[g.ID]; ok && flagged != w {
			t.Errorf("%s: flagged %v", g.ID, flagged)
		}
	}
}

func TestGoldPairsRefused(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "no pair"},
		{"\n{\"id\":\"a\"}\n", `gold:2: a gold pair needs "id", "view", "label" and "lang"`},
		{"[1]", "gold:1: not a gold pair"},
	} {
		if _, err := ReadGoldPairs(strings.NewReader(c.in), "gold"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.in, err, c.want)
		}
	}
	for _, in := range []string{"{", `{"flags":[]}`} {
		if _, err := ReadPairFlags(strings.NewReader(in), "flags"); err == nil || !strings.Contains(err.Error(), "flags:1: ") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

// TestMoreFlagsDetectMore holds that a further grave flag never lowers what is
// detected and never raises what is won beyond what is located.
func TestMoreFlagsDetectMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := GoldPair{ID: "a", View: "rewrite", Label: "discrepancy", Category: "number", Lang: "en", Twin: "b",
			A: strings.Repeat("a", 40), B: strings.Repeat("b", 40), BSpans: [][2]int{{10, 14}}}
		span := func(name string) *[2]int {
			from := rapid.IntRange(0, 40).Draw(t, name)
			return &[2]int{from, rapid.IntRange(from, 40).Draw(t, name)}
		}
		var flags []PairFlag
		last := -1
		for range rapid.IntRange(1, 4).Draw(t, "flags") {
			flags = append(flags, PairFlag{Cat: "number", A: span("a"), B: span("b")})
			p := ScorePairs([]GoldPair{g}, map[string][]PairFlag{"a": flags}, false).positive["rewrite|number"]
			if p.detected < last || p.won != p.located || p.located > p.detected {
				t.Fatalf("%+v", p)
			}
			last = p.detected
		}
	})
}

func FuzzReadGoldPairs(f *testing.F) {
	f.Add([]byte(`{"id":"a","view":"xling","label":"discrepancy","lang":"en","a":"т","b":"t","b_spans":[[0,1]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		gold, err := ReadGoldPairs(bytes.NewReader(data), "gold")
		if err != nil {
			return
		}
		if err := ScorePairs(gold, nil, true).WriteText(&bytes.Buffer{}); err != nil {
			t.Error(err)
		}
	})
}

func FuzzReadRenderings(f *testing.F) {
	f.Add(`{"id":"a","from":"en","to":"ru","source":"a b","target":"в г","term":"a","term_span":[0,1],"gold":[[0,1]],"words":1}`)
	f.Add(`{"id":"a","gold":[[5,1]]}`)
	f.Add("\n[")
	f.Fuzz(func(t *testing.T, data string) {
		gold, err := ReadRenderings(strings.NewReader(data), "gold.jsonl")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "gold.jsonl") {
				t.Fatalf("the error names no file: %v", err)
			}
			return
		}
		found := map[string][][2]int{}
		for _, g := range gold {
			found[g.ID] = g.Gold
		}
		if err := WriteRenderings(io.Discard, ScoreRenderings(gold, found)); err != nil {
			t.Fatal(err)
		}
	})
}
