package compare

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

var learn = flag.Bool("learn", false, "learn data/gapmodel.txt from the pairs in $SVERKA_EVAL/compare")

func TestGapModelParses(t *testing.T) {
	if _, err := parseGapModel(gapModelData); err != nil {
		t.Fatal(err)
	}
	if _, err := parseGapModel("size\t1\n"); err == nil {
		t.Error("a short model was read")
	}
	if _, err := parseGapModel("no feature\t1\n"); err == nil {
		t.Error("an unknown feature was read")
	}
}

// goldPair is a pair with what was changed in it.
type goldPair struct {
	ID, View, Label, Category, Lang, A, B string
	Src                                   *string
	SrcLang                               string   `json:"src_lang"`
	ASpans                                [][2]int `json:"a_spans"`
	BSpans                                [][2]int `json:"b_spans"`
	Verified                              *string
}

func readGold(t *testing.T) []goldPair {
	t.Helper()
	dir := os.Getenv("SVERKA_EVAL")
	if dir == "" {
		t.Skip("SVERKA_EVAL is not set")
	}
	f, err := os.Open(filepath.Join(dir, "compare", "bench_dev.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	var out []goldPair
	for sc.Scan() {
		var g goldPair
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// sample is one gap with its label.
type sample struct {
	x      []float64
	y      float64
	weight float64
	fold   int
}

// TestLearnGapModel learns the weights and writes them; without -learn it says
// how well the weights that ship tell the gaps apart.
func TestLearnGapModel(t *testing.T) {
	gold := readGold(t)
	var samples []sample
	for i := range gold {
		samples = append(samples, gold[i].samples()...)
	}
	loss := 0.0
	for fold := range 5 {
		w := logistic(samples, func(s *sample) bool { return s.fold != fold })
		loss += logLoss(samples, w, func(s *sample) bool { return s.fold == fold }) / 5
	}
	all := func(*sample) bool { return true }
	t.Logf("%d gaps, cross-validated loss %.4f, of the shipped weights %.4f", len(samples), loss, logLoss(samples, gapModel, all))
	if !*learn {
		return
	}
	var b strings.Builder
	b.WriteString("# Weights of the features of a gap between texts of two languages. Learnt by\n# go test ./internal/compare -run TestLearnGapModel -learn\n")
	model := logistic(samples, all)
	for i, name := range gapFeatures {
		fmt.Fprintf(&b, "%s\t%.4f\n", name, model[i])
	}
	if err := os.WriteFile("data/gapmodel.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// samples gives the gaps of a pair: of the kind that was made, and of pairs in
// which nothing was changed.
func (g *goldPair) samples() []sample {
	changed := g.Label == "discrepancy"
	if g.View != "xling" || changed && g.Category != "omission" && g.Category != "addition" {
		return nil
	}
	p := newPair(newSide(bitext.Lang(g.SrcLang), g.A), newSide(bitext.Lang(g.Lang), g.B), nil, nil)
	weight := 1.0
	if !changed && g.Verified != nil && *g.Verified == "clean" {
		weight = 3
	}
	h := fnv.New32a()
	h.Write([]byte(strings.Join(strings.SplitN(g.ID, "-", 3)[:2], "-")))
	var out []sample
	for _, x := range p.gaps() {
		s := sample{x.features(), 0, weight, int(h.Sum32() % 5)}
		if changed {
			if !g.hit(p, &x) {
				continue
			}
			s.y = 1
		}
		out = append(out, s)
	}
	return out
}

// hit says that the gap is what was taken away or put in.
func (g *goldPair) hit(p *pair, x *gapView) bool {
	own, other := g.ASpans, g.BSpans
	if x.d == p.b {
		own, other = other, own
	}
	if (x.d == p.a) != (g.Category == "omission") {
		return false
	}
	at, there := x.d.at(x.g.from, x.g.to), x.o.at(x.g.oFrom, x.g.oFrom)
	from, to := text.RuneOffset(x.d.text, at[0]), text.RuneOffset(x.d.text, at[1])
	for _, s := range own {
		if from < s[1] && s[0] < to {
			return true
		}
	}
	if len(own) > 0 {
		return false
	}
	for _, s := range other {
		if d := text.RuneOffset(x.o.text, there[0]) - s[0]; -12 <= d && d <= 12 {
			return true
		}
	}
	return false
}

// logistic fits a logistic model by Newton's method with a ridge of 0.3.
func logistic(samples []sample, use func(*sample) bool) []float64 {
	n := len(gapFeatures)
	w := make([]float64, n)
	for range 40 {
		grad := make([]float64, n)
		hess := make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			hess[i][i] = 0.3
			grad[i] = 0.3 * w[i]
		}
		for k := range samples {
			s := &samples[k]
			if !use(s) {
				continue
			}
			p := sigmoid(s.x, w)
			for i := range n {
				grad[i] += s.weight * (p - s.y) * s.x[i]
				for j := range n {
					hess[i][j] += s.weight * p * (1 - p) * s.x[i] * s.x[j]
				}
			}
		}
		step := solve(hess, grad)
		most := 0.0
		for i := range w {
			w[i] -= step[i]
			most = math.Max(most, math.Abs(step[i]))
		}
		if most < 1e-6 {
			break
		}
	}
	return w
}

func sigmoid(x, w []float64) float64 {
	s := 0.0
	for i := range x {
		s += x[i] * w[i]
	}
	return 1 / (1 + math.Exp(-s))
}

func logLoss(samples []sample, w []float64, use func(*sample) bool) float64 {
	loss, total := 0.0, 0.0
	for k := range samples {
		s := &samples[k]
		if use(s) {
			p := math.Min(math.Max(sigmoid(s.x, w), 1e-9), 1-1e-9)
			loss -= s.weight * (s.y*math.Log(p) + (1-s.y)*math.Log(1-p))
			total += s.weight
		}
	}
	return loss / total
}

// solve solves a positive definite system by Gaussian elimination.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}
