package compare

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/text"
	"sverka/internal/vector"
)

var (
	learnTorn   = flag.String("torn", "", "learn data/torn.bin.gz from this folder, which holds mono.en.txt, mono.ru.txt and mono.zh.txt")
	tornWithout = flag.String("without", "", "leave out the sentences in this file, a line each")
	tornRounds  = flag.Int("rounds", 3, "rounds of learning")
)

const (
	tornLeast = 15     // times a word must be met
	tornWords = 14_000 // words of a language
)

// TestLearnTorn learns the networks of data/torn.bin.gz.
func TestLearnTorn(t *testing.T) {
	if *learnTorn == "" {
		t.Skip("-torn names no folder")
	}
	without := make(map[string]bool)
	if *tornWithout != "" {
		for _, s := range lines(t, *tornWithout) {
			without[s] = true
		}
	}
	nets := make(map[bitext.Lang]*tornLearner)
	for _, lang := range bitext.Langs {
		var sides []*side
		for _, s := range lines(t, *learnTorn+"/mono."+string(lang)+".txt") {
			if !without[s] {
				d := newSide(lang, s)
				d.embed(vector.Default())
				sides = append(sides, d)
			}
		}
		l := newTornLearner(sides)
		for round := range *tornRounds {
			loss, held := l.round(sides, round)
			t.Logf("%s, round %d: %d words, loss %.4f, held out %.4f", lang, round+1, len(l.names), loss, held)
		}
		nets[lang] = l
	}
	if err := os.WriteFile("data/torn.bin.gz", encodeTorn(nets), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	out := readLines(t, path)
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// tornLearner is a network that learns: its vectors are not yet cut to bytes.
type tornLearner struct {
	names       []string
	net         *tornNet
	vector      []float32
	vectorSum   []float32 // of squares of the slopes, for each number: Adagrad
	in, inSum   []float32 // a sum for each input
	bias, bSum  []float32
	out, outSum []float32
}

func newTornLearner(sides []*side) *tornLearner {
	count := make(map[string]int)
	for _, d := range sides {
		for _, g := range d.tokens() {
			for _, name := range tornNames(d, g) {
				count[name]++
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	names = slices.DeleteFunc(names, func(s string) bool { return count[s] < tornLeast || len(s) > 60 })
	names = append([]string{"", "", ""}, names[:min(len(names), tornWords)]...)
	l := &tornLearner{names: names, net: &tornNet{ids: make(map[string]int32)}}
	for id, name := range names[tornFirst:] {
		l.net.ids[name] = int32(id) + tornFirst
	}
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func(n int, deviation float64) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32(rng.NormFloat64() * deviation)
		}
		return out
	}
	l.vector = draw(len(names)*tornDim, 0.3)
	clear(l.vector[:tornDim]) // nothing is nothing
	l.in = draw(tornSlots*tornDim*tornHidden, 1/math.Sqrt(tornSlots*tornDim)*2)
	l.bias, l.out = draw(tornHidden, 0.1), draw(tornHidden+1, 0.3)
	sums := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = 0.1
		}
		return out
	}
	l.vectorSum, l.inSum, l.bSum, l.outSum = sums(len(l.vector)), sums(tornSlots*tornDim), sums(len(l.bias)), sums(len(l.out))
	return l
}

const tornRate = 0.05

// tornCase is a place and whether something was taken out there.
type tornCase struct {
	slots [tornSlots]int32
	gone  bool
}

// round goes over all sentences once and gives the mean loss of them, and of
// each fiftieth, from which nothing is learnt.
func (l *tornLearner) round(sides []*side, round int) (loss, held float64) {
	rng := rand.New(rand.NewPCG(7, uint64(round)))
	var n, m float64
	order := rng.Perm(len(sides))
	rate := float32(tornRate / (1 + float64(round)))
	var foreign []int32 // words of the last sentences, to draw from
	for _, k := range order {
		for _, c := range l.cases(sides[k], rng, &foreign) {
			if k%50 == 0 {
				held += l.learn(&c, 0)
				m++
				continue
			}
			loss += l.learn(&c, rate)
			n++
		}
	}
	return loss / n, held / m
}

// cases makes places out of a sentence: as it is, and with a word or a phrase
// taken out. Half of them name a word.
func (l *tornLearner) cases(d *side, rng *rand.Rand, foreign *[]int32) []tornCase {
	t := newTornText(l.net, d)
	tokens := d.tokens()
	for k, g := range tokens {
		if rng.IntN(20) == 0 { // so that the endings are learnt
			names := tornNames(d, g)
			for _, name := range names[1:] {
				if id, ok := l.net.ids[name]; ok {
					t.ids[k] = id
					break
				}
			}
		}
	}
	var out []tornCase
	add := func(from, to int, gone bool, first, last int32) {
		if rng.IntN(2) == 0 {
			first, last = tornNone, tornNone
		}
		c := tornCase{t.slots(from, to), gone}
		c.slots[tornSlots-2], c.slots[tornSlots-1] = first, last
		out = append(out, c)
	}
	n := len(tokens)
	content := func(k int) bool { return d.units[tokens[k].head].content && d.units[tokens[k].head].kind != text.Punct }
	for k := range n + 1 {
		w := tornOther
		if n > 0 && rng.IntN(2) == 0 {
			w = t.ids[rng.IntN(n)]
		} else if len(*foreign) > 0 {
			w = (*foreign)[rng.IntN(len(*foreign))]
		}
		add(k, k, false, w, w)
	}
	for k := range n {
		if content(k) {
			add(k, k+1, true, t.ids[k], t.ids[k])
		}
		to := k + 2 + rng.IntN(5)
		if rng.IntN(2) == 0 && to < n && content(to-1) && d.units[tokens[k].head].kind != text.Punct {
			w := t.ids[to-1]
			add(k, to, true, w, w)
		}
	}
	for k := range n {
		if content(k) && rng.IntN(4) == 0 {
			*foreign = append(*foreign, t.ids[k])
		}
	}
	if over := len(*foreign) - 5000; over > 0 {
		*foreign = (*foreign)[over:]
	}
	return out
}

// learn gives the loss of a case and takes a step down it.
func (l *tornLearner) learn(c *tornCase, rate float32) float64 {
	var h, dh [tornHidden]float32
	copy(h[:], l.bias)
	for k, id := range c.slots {
		if id == tornNone {
			continue
		}
		v := l.vector[int(id)*tornDim:][:tornDim]
		for x, f := range v {
			w := l.in[(k*tornDim+x)*tornHidden:][:tornHidden]
			for j := range h {
				h[j] += f * w[j]
			}
		}
	}
	sum := l.out[tornHidden]
	for j, v := range h {
		sum += max(v, 0) * l.out[j]
	}
	p := 1 / (1 + math.Exp(-float64(sum)))
	y := boolean(c.gone)
	loss := -math.Log(max(1e-9, y*p+(1-y)*(1-p)))
	if rate == 0 {
		return loss
	}
	slope := float32(p - y)
	step := func(w, s *float32, g float32) {
		*s += g * g
		*w -= rate * g / float32(math.Sqrt(float64(*s)))
	}
	step(&l.out[tornHidden], &l.outSum[tornHidden], slope)
	for j, v := range h {
		if v > 0 {
			dh[j] = slope * l.out[j]
			step(&l.out[j], &l.outSum[j], slope*v)
			step(&l.bias[j], &l.bSum[j], dh[j])
		}
	}
	var square float32 // the mean of the squares
	for _, s := range dh {
		square += s * s / tornHidden
	}
	for k, id := range c.slots {
		if id == tornNone {
			continue
		}
		at := int(id) * tornDim
		for x := range tornDim {
			f, row := l.vector[at+x], k*tornDim+x
			w := l.in[row*tornHidden:][:tornHidden]
			l.inSum[row] += f * f * square
			pace := rate * f / float32(math.Sqrt(float64(l.inSum[row])))
			var g float32
			for j, s := range dh {
				g += s * w[j]
				w[j] -= pace * s
			}
			step(&l.vector[at+x], &l.vectorSum[at+x], g)
		}
	}
	return loss
}

func encodeTorn(nets map[bitext.Lang]*tornLearner) []byte {
	var raw bytes.Buffer
	number := func(n int) { raw.Write(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
	floats := func(list ...float32) {
		for _, f := range list {
			number(int(math.Float32bits(f)))
		}
	}
	raw.WriteString(tornMagic)
	number(len(nets))
	for _, lang := range slices.Sorted(maps.Keys(nets)) {
		l := nets[lang]
		raw.WriteString(string(lang))
		number(len(l.names))
		for _, name := range l.names {
			raw.WriteByte(byte(len(name)))
			raw.WriteString(name)
		}
		greatest := float32(0)
		for _, v := range l.vector {
			greatest = max(greatest, min(4, float32(math.Abs(float64(v)))))
		}
		scale := greatest / 127
		floats(scale)
		for _, v := range l.vector {
			raw.WriteByte(byte(int8(math.Round(clamp(float64(v/scale), -127, 127)))))
		}
		floats(l.in...)
		floats(l.bias...)
		floats(l.out...)
	}
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(raw.Bytes())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprint("a buffer refused bytes: ", err))
	}
	return z.Bytes()
}

func TestTornParses(t *testing.T) {
	nets, err := parseTorn(tornData)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range bitext.Langs {
		if n := nets[lang]; n == nil || len(n.ids) < 1000 {
			t.Errorf("%s has no network", lang)
		}
	}
	if _, err := parseTorn([]byte("no such thing")); err == nil {
		t.Error("what is no gzip was read")
	}
	if _, err := parseTorn(tornData[:len(tornData)/2]); err == nil {
		t.Error("half a file was read")
	}
}

// TestTorn holds that the place at which a word was taken out is likelier than
// the same place as it was.
func TestTorn(t *testing.T) {
	for _, c := range []struct {
		lang        bitext.Lang
		whole, gone string
		at          int // the unit before which it was
	}{
		{bitext.English, "Several people tested the old bridge.", "Several people the old bridge.", 2},
		{bitext.English, "They went home because of the storm.", "They went home because of the.", 6},
		{bitext.Russian, "Вчера рабочие открыли новый мост через реку.", "Вчера рабочие новый мост через.", 5},
	} {
		whole, gone := newSide(c.lang, c.whole), newSide(c.lang, c.gone)
		whole.embed(vector.Default())
		gone.embed(vector.Default())
		g := whole.words()[0]
		if x, y := tornBetween(whole, c.at, c.at, whole, g), tornBetween(gone, c.at, c.at, whole, g); y.atAll <= x.atAll {
			t.Errorf("%q: %v, %q: %v", c.whole, x.atAll, c.gone, y.atAll)
		}
	}
}

func FuzzParseTorn(f *testing.F) {
	f.Add(tornData[:200])
	f.Fuzz(func(t *testing.T, data []byte) { parseTorn(data) })
}
