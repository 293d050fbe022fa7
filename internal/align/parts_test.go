package align

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

func TestNormalNumber(t *testing.T) {
	for in, want := range map[string]string{
		"1,235": "1235", "1 235": "1235", "5.2": "5.2", "5,2": "5.2", "2,800,000": "2800000",
		"43": "43", "1,23": "1.23", "007": "007",
	} {
		if got := normalNumber(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"путин", "putin"}, {"жуков", "zhukov"}, {"шульман", "schulman"}, {"владивосток", "vladivostok"},
		{"филипп", "philip"}, {"джон", "jon"},
	} {
		if a, b := skeleton(c.a), skeleton(c.b); a != b {
			t.Errorf("%s sounds %s, %s sounds %s", c.a, a, c.b, b)
		}
	}
}

func TestSoundLinks(t *testing.T) {
	en, zh := newVocab(1), newVocab(1)
	addWordSound(en, 0, "welles", true)
	addHanSounds(zh, 0, "威尔士")
	if len(soundLinks(en, zh)) == 0 {
		t.Errorf("Welles (%v) and 威尔士 (%v) do not meet", en.names, zh.names)
	}
	other := newVocab(1)
	addWordSound(other, 0, "bogdanov", true)
	if links := soundLinks(other, zh); len(links) > 0 {
		t.Errorf("Bogdanov and 威尔士 meet: %v", links)
	}
}

func TestHanSounds(t *testing.T) {
	if len(hanSounds) < 400 {
		t.Fatalf("%d characters", len(hanSounds))
	}
	for r, class := range hanSounds {
		if strings.Trim(class, "PTKHSFMNL") != "" {
			t.Errorf("%c has the class %q", r, class)
		}
	}
}

func TestModel(t *testing.T) {
	m, err := ParseModel(weightsFile)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseModel(m.String())
	if err != nil || again.String() != m.String() {
		t.Errorf("what is written does not read back: %v", err)
	}
	for _, bad := range []string{"bead.1-1 1", "[first]\nno.such.feature 1", "[first]\nbead.1-1 x",
		"[first]\nbead.1-1 NaN", "[first]\nbead.1-1 1 2", "[third]", "[first]\nsize 1e9"} {
		if _, err := ParseModel(bad); err == nil || !strings.Contains(err.Error(), "line") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func FuzzParseModel(f *testing.F) {
	f.Add(weightsFile)
	f.Add("[trust]\npair.slope 1 # so\n")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseModel(s)
		if err != nil {
			return
		}
		if _, err := ParseModel(m.String()); err != nil {
			t.Errorf("what is written does not read back: %v", err)
		}
	})
}

// randomLattice is a small lattice with drawn scores.
func randomLattice(t *rapid.T) *lattice {
	n, m := rapid.IntRange(0, 4).Draw(t, "n"), rapid.IntRange(0, 4).Draw(t, "m")
	l := &lattice{band: fullBand(n, m), group: 3}
	draw := rapid.Float64Range(-3, 3)
	l.scores = make([]float32, l.cells()*groupPairs)
	for k := range l.scores {
		l.scores[k] = float32(draw.Draw(t, "score"))
	}
	l.bias[free] = draw.Draw(t, "bias")
	for m := range numModes {
		for place := range numNullPlaces {
			for range l.n {
				l.nullX[m][place] = append(l.nullX[m][place], draw.Draw(t, "null x"))
			}
			for range l.m {
				l.nullY[m][place] = append(l.nullY[m][place], draw.Draw(t, "null y"))
			}
		}
	}
	return l
}

// walk calls do with the score of every path from a cell and state.
func walk(l *lattice, m mode, i, j int, st state, score float64, do func(float64)) {
	if i == l.n && j == l.m {
		for _, s := range mayEnd {
			if s == st {
				do(score)
			}
		}
	}
	for _, s := range stepsX {
		if s.from == st && i < l.n {
			walk(l, m, i+1, j, s.to, score+l.nullX[m][s.place][i], do)
		}
	}
	for _, s := range stepsY {
		if s.from == st && j < l.m {
			walk(l, m, i, j+1, s.to, score+l.nullY[m][s.place][j], do)
		}
	}
	for _, s := range beadFrom {
		if s != st {
			continue
		}
		for a := 1; a <= min(l.group, l.n-i); a++ {
			for b := 1; b <= min(l.group, l.m-j); b++ {
				walk(l, m, i+a, j+b, stBead, score+l.score(i+a, j+b, a, b), do)
			}
		}
	}
}

// The forward pass, the backward pass and the walk over every single path
// agree; the best path is worth the best score; probabilities add up.
func TestLatticeExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := randomLattice(t)
		for m := range numModes {
			most, all := never, never
			walk(l, m, 0, 0, stHeadX, 0, func(s float64) { most, all = max(most, s), logAdd(all, s) })
			f := l.forward(m, better)
			if got := l.total(f, better); math.Abs(got-most) > 1e-6 {
				t.Fatalf("best path %v, by walking %v", got, most)
			}
			f = l.forward(m, logAdd)
			if got := l.total(f, logAdd); math.Abs(got-all) > 1e-3 {
				t.Fatalf("total %v, by walking %v", got, all)
			}
			if got := l.backward(m, logAdd)[0][stHeadX]; math.Abs(got-all) > 1e-3 {
				t.Fatalf("total backwards %v, by walking %v", got, all)
			}
		}
		p := newPosterior(l)
		inBead := make([]float64, l.n)
		p.eachBead(1e-9, func(i, _, a, _ int, q float64) {
			for k := i - a; k < i; k++ {
				inBead[k] += q
			}
		})
		for k := range inBead {
			if got := inBead[k] + p.nullX[k]; math.Abs(got-1) > 0.01 {
				t.Fatalf("segment %d is in a bead or null with probability %v", k, got)
			}
		}
		i, j := 0, 0
		for _, b := range p.decode() {
			i, j = i+b.a, j+b.b
			if b.i != i || b.j != j {
				t.Fatalf("the path jumps to (%d,%d)", b.i, b.j)
			}
		}
		if i != l.n || j != l.m {
			t.Fatalf("the path ends at (%d,%d) of (%d,%d)", i, j, l.n, l.m)
		}
	})
}

// What gather sums up by windows is what a plain count over the window finds.
func TestGather(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 7).Draw(t, "n"), rapid.IntRange(1, 7).Draw(t, "m")
		fill := func(n int, label string) *vocab {
			v := newVocab(n)
			for i := range n {
				for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, label) {
					v.add(i, w)
				}
			}
			return v
		}
		x, y := fill(n, "x"), fill(m, "y")
		c := newChannel(x, y, equalLinks(x, y))
		g := newGrid(fullBand(n, m), maxGroup)
		got := newGathered(g)
		gather(c, g, n, m, []share{{got, 1}})
		got.finish()
		for i := range n {
			for j := range m {
				for w := 1; w <= windows; w++ {
					want := float32(0)
					for _, u := range x.units[i] {
						best := float32(0)
						for _, h := range c.hits(0, u, i, max(0, j-w+1), j+1, nil) {
							best = max(best, h.val)
						}
						want += best
					}
					if d := got.ofX[w-1][g.at(i, j)] - want; d > 1e-4 || d < -1e-4 {
						t.Fatalf("segment %d in %d segments up to %d: %v, want %v", i, w, j, got.ofX[w-1][g.at(i, j)], want)
					}
				}
			}
		}
	})
}

func TestCosineOfGroups(t *testing.T) {
	v := version("en", museumEn...)
	vec := embed(&v, letters{})
	g := newGrid(fullBand(10, 10), maxGroup)
	l := newLikeness(vec, vec, g)
	for i := 1; i <= 10; i++ {
		for a := 1; a <= min(4, i); a++ {
			if c := l.cosine(i, i, a, a); math.Abs(c-1) > 1e-3 {
				t.Errorf("%d segments before %d have cosine %v with themselves", a, i, c)
			}
		}
	}
	sum := func(from, to int) []float64 {
		out := make([]float64, vec.dim)
		for i := from; i < to; i++ {
			for k, x := range vec.of(i) {
				out[k] += float64(x)
			}
		}
		return out
	}
	a, b := sum(2, 5), sum(4, 6)
	var ab, aa, bb float64
	for k := range a {
		ab, aa, bb = ab+a[k]*b[k], aa+a[k]*a[k], bb+b[k]*b[k]
	}
	if got, want := l.cosine(5, 6, 3, 2), ab/math.Sqrt(aa*bb); math.Abs(got-want) > 1e-3 {
		t.Errorf("cosine %v, want %v", got, want)
	}
}

// The corridor of a long document is narrow, and holds the true path.
func TestCorridor(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var x, y []string
	for range 1200 {
		s := strings.Repeat("слово ", 3+rng.IntN(9)) + words[rng.IntN(len(words))]
		if rng.IntN(4) == 0 {
			s += " " + strings.Repeat("9", 1+rng.IntN(3)) + string(rune('0'+rng.IntN(10))) + string(rune('0'+rng.IntN(10)))
		}
		x, y = append(x, s), append(y, s)
	}
	vx, vy := version("ru", x...), version("en", y...)
	f := newFixed(newSide(&vx, nil), newSide(&vy, nil), lexicon.Shipped())
	b, err := corridor(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1201 {
		if !b.has(i, i) {
			t.Fatalf("the corridor leaves the diagonal at %d", i)
		}
	}
	if b.cells() > 1200*150 {
		t.Errorf("the corridor has %d cells", b.cells())
	}
}

func TestBandsStayConnected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(0, 30).Draw(t, "n"), rapid.IntRange(0, 30).Draw(t, "m")
		b := fullBand(n, m)
		for i := range b.lo {
			b.lo[i] = int32(rapid.IntRange(0, m).Draw(t, "lo"))
			b.hi[i] = int32(rapid.IntRange(0, m).Draw(t, "hi"))
		}
		b.smooth(fullBand(n, m), 1)
		if b.lo[0] != 0 || int(b.hi[n]) != m {
			t.Fatal("the corners are cut off")
		}
		for i := range b.lo {
			if b.lo[i] > b.hi[i] || i > 0 && (b.lo[i] > b.hi[i-1] || b.lo[i] < b.lo[i-1] || b.hi[i] < b.hi[i-1]) {
				t.Fatalf("row %d: %v to %v", i, b.lo, b.hi)
			}
		}
	})
}

func TestStar(t *testing.T) {
	// The pivot's segments 1 and 2 are one in version 1; version 2 lacks 0.
	beads := [][]pair{nil,
		{{i: 1, j: 1, a: 1, b: 1}, {i: 3, j: 2, a: 2, b: 1}},
		{{i: 1, j: 0, a: 1}, {i: 2, j: 1, a: 1, b: 1}, {i: 2, j: 2, b: 1}, {i: 3, j: 3, a: 1, b: 1}, {i: 3, j: 4, b: 1}},
	}
	got := star([]int{3, 2, 4}, 0, beads)
	want := [][]span{
		{{0, 1}, {0, 1}, {0, 0}},
		{{1, 3}, {1, 2}, {0, 3}},
		{{3, 3}, {2, 2}, {3, 4}},
	}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for k := range want {
		for v := range want[k] {
			if got[k][v] != want[k][v] {
				t.Errorf("bead %d: %v, want %v", k, got[k], want[k])
			}
		}
	}
}

func TestPlatt(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var x, y []float64
	for range 4000 {
		o := rng.Float64()*8 - 4
		x = append(x, o)
		y = append(y, oneIf(rng.Float64() < logistic(0.5*o+1)))
	}
	slope, offset := platt(x, y)
	if math.Abs(slope-0.5) > 0.1 || math.Abs(offset-1) > 0.2 {
		t.Errorf("slope %v, offset %v; drawn with 0.5 and 1", slope, offset)
	}
}

// Learning makes the gold likelier than it was.
func TestFit(t *testing.T) {
	s := Sample{Name: "museum", X: version("en", museumEn...), Y: version("ru", museumRu...), Weight: 1}
	s.Gold = [][2][]int{{{0}, {0}}, {{1}, {1}}, {{2}, {2}}, {{3}, {3}}, {{4, 5}, {4}}, {nil, {5}}, {{6}, {6}}, {{7}, {7}}, {{8}, {8}}, {{9}, {9}}}
	start := &Model{trust: plainTrust}
	m, err := Fit(context.Background(), []Sample{s}, start, FitOptions{Rounds: 1, Epochs: 30, Rate: 0.1, Shrink: 0.001, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Align(context.Background(), []bitext.Version{s.X, s.Y}, Options{Model: m})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shapes(a), "0:0 1:1 2:2 3:3 4,5:4 :5 6:6 7:7 8:8 9:9"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if *start != (Model{trust: plainTrust}) {
		t.Error("the model that learning began with was changed")
	}
}

// A gold bead with gaps or too large for a candidate leaves open what lies
// inside it.
func TestGoldMap(t *testing.T) {
	s := Sample{X: version("en", "a", "b", "c", "d"), Y: version("ru", "a", "b", "c"),
		Gold: [][2][]int{{{0, 2}, {0}}, {{1}, nil}, {{3}, {1}}, {nil, {2}}}}
	g := newGoldMap(&s)
	for _, c := range []struct {
		i, j, a, b int
		want       bool
	}{{4, 2, 1, 1, true}, {3, 1, 3, 1, true}, {1, 1, 1, 1, true}, {4, 2, 2, 1, false}, {4, 3, 1, 1, false}} {
		if g.allows(c.i, c.j, c.a, c.b) != c.want {
			t.Errorf("bead %d:%d before (%d,%d) allowed: %v", c.a, c.b, c.i, c.j, !c.want)
		}
	}
	if g.free(0, 3) || !g.free(0, 1) || !g.free(1, 2) {
		t.Error("the segments without counterpart are wrong")
	}
}

// The score by blended channels is the dot product of weights and features.
func TestBlend(t *testing.T) {
	m := DefaultModel()
	en, zh := version("en", museumEn...), version("zh", museumZh...)
	f := newFixed(newSide(&en, letters{}), newSide(&zh, letters{}), lexicon.Shipped())
	b := fullBand(len(museumEn), len(museumZh))
	features, scores := f.first(b, nil), f.first(b, &m.cross.later)
	var v, w vec
	for i := 1; i <= b.n; i++ {
		for j := 1; j <= b.m; j++ {
			for a := 1; a <= min(maxGroup, i); a++ {
				for c := 1; c <= min(maxGroup, j); c++ {
					features.bead(i, j, a, c, &v)
					got, want := scores.score(i, j, a, c, &m.cross.later, &w), dot(&m.cross.later, &v)
					if math.Abs(got-want) > 1e-3 {
						t.Fatalf("bead %d:%d before (%d,%d): score %v, by features %v", a, c, i, j, got, want)
					}
				}
			}
		}
	}
}
