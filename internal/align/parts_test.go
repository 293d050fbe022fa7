package align

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

func TestModel(t *testing.T) {
	m, err := ParseModel(weightsFile)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseModel(m.String())
	if err != nil || again.String() != m.String() {
		t.Errorf("what is written does not read back: %v", err)
	}
	for _, bad := range []string{"bead.1-1 1", "[cross]\nno.such.feature 1", "[cross]\nbead.1-1 x",
		"[cross]\nbead.1-1 NaN", "[cross]\nbead.1-1 1 2", "[third]", "[cross]\nsize 1e9"} {
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
	l := emptyLattice(fullBand(n, m), 3)
	draw := rapid.Float64Range(-3, 3)
	for i := 1; i <= n; i++ {
		for j := 1; j <= m; j++ {
			for a := 1; a <= min(3, i); a++ {
				for b := 1; b <= min(3, j); b++ {
					k := (a-1)*maxGroup + b - 1
					l.live[l.at(i, j)] |= 1 << k
					l.scores[l.at(i, j)*groupPairs+k] = float32(draw.Draw(t, "score"))
				}
			}
		}
	}
	l.bias[free] = draw.Draw(t, "bias")
	for k := range l.kind[free] {
		l.kind[free][k] = draw.Draw(t, "kind")
	}
	for m := range numModes {
		for place := range numNullPlaces {
			for k := range l.n {
				l.nullX[m][place][k] = draw.Draw(t, "null x")
			}
			for k := range l.m {
				l.nullY[m][place][k] = draw.Draw(t, "null y")
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
	if st > lastEntry {
		return
	}
	for a := 1; a <= min(l.group, l.n-i); a++ {
		for b := 1; b <= min(l.group, l.m-j); b++ {
			walk(l, m, i+a, j+b, stBead, score+l.scoreIn(m, i+a, j+b, a, b), do)
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
			v := l.viterbi(m)
			got := never
			for _, s := range mayEnd {
				got = max(got, v[len(v)-1][s])
			}
			if math.Abs(got-most) > 1e-5 {
				t.Fatalf("best path %v, by walking %v", got, most)
			}
			o := l.odds()
			f, g := l.forward(context.Background(), m, o), l.backward(context.Background(), m, o)
			if got := total(&f[len(f)-1]); math.Abs(got-all) > 1e-5 {
				t.Fatalf("total %v, by walking %v", got, all)
			}
			if got := math.Log(g[0].v[stHeadX]) + float64(g[0].exp)*math.Ln2; math.Abs(got-all) > 1e-5 {
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
			if got := inBead[k] + p.nullX[k]; math.Abs(got-1) > 1e-4 {
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

// What two groups find in each other is what each segment's units find at
// best, a unit that the next segment of the other group answers as well being
// counted once.
func TestGather(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 7).Draw(t, "n"), rapid.IntRange(1, 7).Draw(t, "m")
		fill := func(n int, label string) *units {
			u := newUnits(n)
			for range n {
				for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, label) {
					u.add(hashOf(w))
				}
				u.close()
			}
			u.index()
			return u
		}
		x, y := fill(n, "x"), fill(m, "y")
		c := channelOf(x, y, equalLinks(x, y))
		g := newGrid(fullBand(n, m), maxGroup)
		s := newSheet(g)
		wantX, wantY := make([]float32, n), make([]float32, m)
		c.gather(g, false, wantX, []share{{s, 1}})
		c.gather(g, true, wantY, []share{{s, 1}})
		count := func(from, to *units, i, lo, hi int) float32 { // runs of answers to the units of i
			sum := float32(0)
			for _, u := range from.of(i) {
				other, before := to.find(from.keys[u]), false
				for j := lo; j < hi; j++ {
					here := other >= 0 && slices.Contains(to.of(j), other)
					if here && !before {
						sum++
					}
					before = here
				}
			}
			return sum
		}
		for i := 1; i <= n; i++ {
			for j := 1; j <= m; j++ {
				var got [maxGroup][maxGroup]float32
				a, b := min(i, maxGroup), min(j, maxGroup)
				g.sheetGroups(s, i, j, a, b, &got)
				want := float32(0)
				for k := i - a; k < i; k++ {
					want += count(x, y, k, j-b, j)
				}
				for k := j - b; k < j; k++ {
					want += count(y, x, k, i-a, i)
				}
				if got[a-1][b-1] != want {
					t.Fatalf("%d:%d before (%d,%d): %v, want %v", a, b, i, j, got[a-1][b-1], want)
				}
			}
		}
	})
}

func TestCosineOfGroups(t *testing.T) {
	v := version("en", museumEn...)
	vec := embed(context.Background(), &v, letters{})
	g := newGrid(fullBand(10, 10), maxGroup)
	l := newLikeness(context.Background(), vec, vec, g)
	cosine := func(i, j, a, b int) float64 {
		var dots [maxGroup][maxGroup]float32
		g.groups(l.dots, i, j, a, b, &dots)
		return float64(dots[a-1][b-1] * vec.scale[a-1][i] * vec.scale[b-1][j])
	}
	for i := 1; i <= 10; i++ {
		for a := 1; a <= min(4, i); a++ {
			if c := cosine(i, i, a, a); math.Abs(c-1) > 1e-3 {
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
	if got, want := cosine(5, 6, 3, 2), ab/math.Sqrt(aa*bb); math.Abs(got-want) > 1e-3 {
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
	f := newFixed(newSide(&vx, nil, lexicon.Shipped()), newSide(&vy, nil, lexicon.Shipped()), lexicon.Shipped())
	b, err := f.corridor(context.Background())
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
	lex := lexicon.Shipped()
	f := newFixed(newSide(&en, letters{}, lex), newSide(&zh, letters{}, lex), lex)
	o, err := f.look(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := fullBand(len(museumEn), len(museumZh))
	o.band = b
	features, scores := f.lay(o, nil), f.lay(o, &m.cross)
	var v, w vec
	var c, d view
	for i := 1; i <= b.n; i++ {
		for j := 1; j <= b.m; j++ {
			features.look(&c, i, j, min(maxGroup, i), min(maxGroup, j))
			scores.look(&d, i, j, min(maxGroup, i), min(maxGroup, j))
			for a := 1; a <= c.a; a++ {
				for b := 1; b <= c.b; b++ {
					features.bead(&c, a, b, &v)
					got, want := scores.score(&d, a, b, &m.cross, &w), dot(&m.cross, &v)
					if math.Abs(got-want) > 1e-3 {
						t.Fatalf("bead %d:%d before (%d,%d): score %v, by features %v", a, b, i, j, got, want)
					}
				}
			}
		}
	}
}

func TestKth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Float32Range(-5, 5), 1, 40).Draw(t, "v")
		k := rapid.IntRange(0, len(v)-1).Draw(t, "k")
		sorted := slices.Sorted(slices.Values(v))
		if got := kth(v, k); got != sorted[k] {
			t.Errorf("place %d holds %v, want %v", k, got, sorted[k])
		}
	})
}
