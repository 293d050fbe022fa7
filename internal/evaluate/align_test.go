package evaluate

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func beadsOf(t *testing.T, s string) [][][]int {
	t.Helper()
	lines, err := bitext.ReadBeads(strings.ReplaceAll(s, " ", "\n"))
	if err != nil {
		t.Fatal(err)
	}
	out := make([][][]int, len(lines))
	for k := range lines {
		out[k] = lines[k].Sides
	}
	return out
}

// The figures were worked out by hand.
func TestScoreBeads(t *testing.T) {
	gold := "0:0 1,2:1 3: :2 4:3,4 5:5"
	for _, c := range []struct {
		name, pred string
		want       map[Measure]Count
	}{
		{"itself", gold, map[Measure]Count{
			Strict: {6, 6, 4, 4}, Lax: {6, 6, 4, 4}, Filled: {4, 4, 4, 4}, Many: {2, 2, 2, 2}, Tiles: {4, 4, 4, 4}, Null: {2, 2, 2, 2}}},
		{"cut too fine", "0:0 1:1 2: 3: :2 4:3 :4 5:5", map[Measure]Count{
			Strict: {4, 8, 2, 4}, Lax: {6, 8, 4, 4}, Filled: {2, 4, 2, 4}, Many: {0, 0, 0, 2}, Tiles: {2, 4, 2, 4}, Null: {2, 4, 2, 2}}},
		{"inside a tile", "0:0 1,2:1 3:2 4:3 4:4 5:5", map[Measure]Count{
			Strict: {3, 6, 3, 4}, Lax: {5, 6, 4, 4}, Filled: {3, 6, 3, 4}, Many: {1, 1, 1, 2}, Tiles: {4, 5, 4, 4}, Null: {0, 0, 0, 2}}},
		{"nothing", "0:0", map[Measure]Count{
			Strict: {1, 1, 1, 4}, Lax: {1, 1, 1, 4}, Filled: {1, 1, 1, 4}, Many: {0, 0, 0, 2}, Tiles: {1, 1, 1, 4}, Null: {2, 10, 2, 2}}},
	} {
		got := scoreBeads(project(beadsOf(t, gold), 0, 1), project(beadsOf(t, c.pred), 0, 1))
		for m, want := range c.want {
			if got[m] != want {
				t.Errorf("%s: %s is %+v, want %+v", c.name, m, got[m], want)
			}
		}
	}
	c := Count{3, 4, 3, 6}
	if c.Precision() != 0.75 || c.Recall() != 0.5 || c.F1() != 0.6 || (Count{}).F1() != 0 {
		t.Errorf("precision %v, recall %v, F1 %v", c.Precision(), c.Recall(), c.F1())
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var harbour = map[string]string{
	"harbour.ru":                   "Порт открыли в 1907 году.\nСегодня здесь работают 340 человек.\nРеклама.\n",
	"harbour.zh":                   "港口于1907年开放。\n如今这里有340人工作。\n",
	"harbour.en@weblog":            "The port was opened in 1907.\nToday 340 people work here.\n",
	"harbour.ru-zh-en@weblog.gold": "0:0:0\n1:1:1\n2::\n",
	"pair.ru":                      "Порт открыли в 1907 году.\n",
	"pair.en":                      "The port was opened in 1907.\n",
	"pair.ru-en.gold":              "0:0\n",
}

func TestAlignSets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "harbours")
	write(t, dir, harbour)
	out := t.TempDir()
	calls := 0
	r, err := AlignSets(context.Background(), []string{dir}, AlignOptions{Predictions: out, Progress: func(_, _ int) { calls++ }})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range r.Sets[0].Pairs {
		names = append(names, p.Pair)
		if p.Counts[Strict].F1() != 1 {
			t.Errorf("%s: strict F1 %v", p.Pair, p.Counts[Strict].F1())
		}
	}
	if got := strings.Join(names, " "); got != "ru-zh ru-en@weblog zh-en@weblog ru-en" || calls != 2 {
		t.Errorf("pairs %s, %d calls", got, calls)
	}
	if s := r.Sets[0]; s.Documents != 2 || s.Segments != 9 || s.Trust.Beads != 4 || s.Trust.Wrong != 0 {
		t.Errorf("%+v", s)
	}
	given, err := AlignSets(context.Background(), []string{dir}, AlignOptions{Given: out})
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range given.Sets[0].Pairs {
		if p != r.Sets[0].Pairs[k] {
			t.Errorf("what was written scores %+v, aligning %+v", p, r.Sets[0].Pairs[k])
		}
	}
	var text, tsv, js bytes.Buffer
	if r.WriteText(&text) != nil || r.WriteTSV(&tsv) != nil || r.WriteJSON(&js) != nil {
		t.Fatal("a report could not be written")
	}
	if lines := strings.Count(tsv.String(), "\n"); lines != 1+4*len(Measures) {
		t.Errorf("%d lines of TSV", lines)
	}
	if !strings.Contains(text.String(), "harbours") || !strings.Contains(js.String(), `"pair": "ru-zh"`) {
		t.Errorf("text %s\njson %s", text.String(), js.String())
	}
}

func TestReadSetErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"no language", "pair.gold", "0:0\n", "pair"},
		{"one language", "pair.ru.gold", "0:0\n", "names 1 version"},
		{"no text", "pair.ru-zh.gold", "0:0\n", "pair.zh"},
		{"no bead", "pair.ru-en.gold", "0:0\n0-0\n", "line 2"},
		{"too many sides", "pair.ru-en.gold", "0:0:0\n", "3 sides for 2 versions"},
		{"beyond the text", "pair.ru-en.gold", "0:0\n1:\n", "segment 1 of ru does not exist"},
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{"pair.ru": harbour["pair.ru"], "pair.en": harbour["pair.en"], c.file: c.text})
		if _, err := ReadSet(dir); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "pair") {
			t.Errorf("%s: error %v, want a word of %q", c.name, err, c.want)
		}
	}
	if _, err := ReadSet(t.TempDir()); err == nil {
		t.Error("an empty folder was read")
	}
}

func TestTrust(t *testing.T) {
	bead := func(i int, prob float64, s bitext.Status) bitext.Bead {
		return bitext.Bead{Sides: []bitext.Range{{From: i, To: i + 1}, {From: i, To: i + 1}}, Prob: prob, Status: s}
	}
	gold := [][][]int{{{0}, {0}}, {{1}, {1}}, {{2}, nil}}
	got := trustOf(gold, []bitext.Bead{bead(0, 0.95, "ok"), bead(1, 0.95, "ok"), bead(2, 0.4, "review"), bead(3, 0.6, "ok")})
	// Two of .95 that are right, one of .4 and one of .6 that are wrong.
	if want := (0.1 + 0.4 + 0.6) / 4; math.Abs(got.CalibrationError()-want) > 1e-9 {
		t.Errorf("calibration error %v, want %v", got.CalibrationError(), want)
	}
	if got.FlaggedShare() != 0.25 || got.Caught() != 0.5 {
		t.Errorf("flagged %v, caught %v", got.FlaggedShare(), got.Caught())
	}
	if (&Trust{}).CalibrationError() != 0 {
		t.Error("no beads have a calibration error")
	}
}

// goldDirs are the folders of development data, where there are any.
func goldDirs(t *testing.T) (root string, dirs []string) {
	root = os.Getenv("SVERKA_EVAL")
	if root == "" {
		t.Skip("SVERKA_EVAL names no development data")
	}
	root = filepath.Join(root, "align")
	all, err := filepath.Glob(filepath.Join(root, "*-*"))
	if err != nil || len(all) == 0 {
		t.Skip("there is no alignment data")
	}
	return root, all
}

// The scorer that comes with the gold gives the same figures to four places.
func TestSameAsScorer(t *testing.T) {
	root, dirs := goldDirs(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	out := t.TempDir()
	r, err := AlignSets(context.Background(), dirs, AlignOptions{Predictions: out})
	if err != nil {
		t.Fatal(err)
	}
	for k, dir := range dirs {
		s := &r.Sets[k]
		theirs, err := exec.Command(python, filepath.Join(root, "score.py"), dir, filepath.Join(out, s.Set)).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", dir, err, theirs)
		}
		for _, p := range s.Pairs {
			for _, m := range Measures {
				c := p.Counts[m]
				line := fmt.Sprintf("%s %-7s P %.4f R %.4f F1 %.4f\n", p.Pair, m, c.Precision(), c.Recall(), c.F1())
				if !strings.Contains(string(theirs), line) {
					t.Errorf("%s: theirs lack %s", s.Set, line)
				}
			}
		}
	}
}

// What the aligner reached once it must not lose.
func TestDevelopmentFigures(t *testing.T) {
	_, dirs := goldDirs(t)
	r, err := AlignSets(context.Background(), dirs, AlignOptions{})
	if err != nil {
		t.Fatal(err)
	}
	floor := map[string]float64{"mac-zh-en": 0.84, "pud-ru-en": 0.98, "pud-ru-zh": 0.96, "pud-zh-en": 0.97,
		"ntrex-ru-en": 0.96, "ntrex-ru-zh": 0.93, "ntrex-zh-en": 0.97, "pud-tri": 0.89, "ntrex-tri": 0.91}
	for _, s := range r.Sets {
		for _, p := range s.Pairs {
			if f := p.Counts[Strict].F1(); f < floor[s.Set] {
				t.Errorf("%s %s: strict F1 %.4f, once above %.2f", s.Set, p.Pair, f, floor[s.Set])
			}
		}
		if e := s.Trust.CalibrationError(); e > 0.08 {
			t.Errorf("%s: calibration error %.4f", s.Set, e)
		}
	}
}
