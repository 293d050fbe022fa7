package align

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// made makes sentences in English and Russian that render each other, out of
// parts: few enough that many sentences resemble each other.
type made struct{ rng *rand.Rand }

var parts = [][][2]string{
	{{"The governor", "Губернатор"}, {"The fishermen", "Рыбаки"}, {"Our teacher", "Наш учитель"}, {"A young doctor", "Молодой врач"},
		{"The old miller", "Старый мельник"}, {"Two sailors", "Два матроса"}, {"The village council", "Сельский совет"},
		{"Her brother", "Её брат"}, {"The railway company", "Железнодорожная компания"}, {"The orchestra", "Оркестр"}},
	{{"opened", "открыл"}, {"described", "описал"}, {"sold", "продал"}, {"remembered", "вспомнил"}, {"repaired", "починил"},
		{"criticised", "раскритиковал"}, {"bought", "купил"}, {"painted", "нарисовал"}, {"lost", "потерял"}},
	{{"the bridge", "мост"}, {"a new school", "новую школу"}, {"the harbour", "порт"}, {"an expensive boat", "дорогую лодку"},
		{"the winter market", "зимний рынок"}, {"a letter from the capital", "письмо из столицы"}, {"the forest road", "лесную дорогу"},
		{"a library", "библиотеку"}, {"the hospital garden", "больничный сад"}, {"a barrel of honey", "бочку мёда"}},
	{{"in spring", "весной"}, {"after the storm", "после бури"}, {"without any money", "без денег"}, {"near the lake", "у озера"},
		{"during the war", "во время войны"}, {"before sunrise", "до восхода солнца"}, {"in the mountains", "в горах"},
		{"for the second time", "во второй раз"}},
	{{"and nobody was surprised", "и никто не удивился"}, {"because the river was frozen", "потому что река замёрзла"},
		{"though the price had risen", "хотя цена выросла"}, {"while the children slept", "пока дети спали"},
		{"and the newspapers wrote about it", "и газеты об этом написали"}, {"so the guests went home", "и гости разошлись по домам"}},
}

func (m made) sentence() (en, ru string) {
	var e, r []string
	for _, part := range parts {
		p := part[m.rng.IntN(len(part))]
		e, r = append(e, p[0]), append(r, p[1])
	}
	if m.rng.IntN(5) == 0 {
		n := m.rng.IntN(9000)
		e, r = append(e, fmt.Sprintf("in %d houses", n)), append(r, fmt.Sprintf("в %d домах", n))
	}
	return strings.Join(e, " ") + ".", strings.Join(r, " ") + "."
}

// text makes n sentences a side, some of them joined or left out, with a block
// of other sentences in the middle of the first side. The bead of the first
// side's segment k begins with segment want[k] of the second, or it is -1.
func (m made) text(n, block int) (x, y bitext.Version, want []int) {
	x.Lang, y.Lang = bitext.English, bitext.Russian
	add := func(v *bitext.Version, s string) {
		v.Segments = append(v.Segments, bitext.Segment{Text: s, Space: "\n"})
	}
	for len(x.Segments) < n {
		if len(want) >= n/2 && block > 0 {
			for ; block > 0; block-- {
				add(&x, fmt.Sprintf("Advertisement %d: subscribe to our letter, comment %d below.", m.rng.IntN(900), m.rng.IntN(900)))
				want = append(want, -1)
			}
		}
		en, ru := m.sentence()
		switch m.rng.IntN(20) {
		case 0: // the second side has two sentences for one
			en2, ru2 := m.sentence()
			add(&x, en+" "+en2)
			want = append(want, len(y.Segments))
			add(&y, ru)
			add(&y, ru2)
		case 1:
			add(&x, en)
			want = append(want, -1)
		case 2:
			add(&y, ru)
		default:
			add(&x, en)
			want = append(want, len(y.Segments))
			add(&y, ru)
		}
	}
	return x, y, want
}

// rightShare is the share of the first side's segments from lo to hi whose bead
// begins where it should.
func rightShare(a *bitext.Alignment, want []int, lo, hi int) float64 {
	got := make([]int, len(want))
	for k := range a.Beads {
		s := a.Beads[k].Sides
		for i := s[0].From; i < s[0].To; i++ {
			got[i] = -1
			if !s[1].Empty() {
				got[i] = s[1].From
			}
		}
	}
	right := 0
	for i := lo; i < hi; i++ {
		if got[i] == want[i] {
			right++
		}
	}
	return float64(right) / float64(hi-lo)
}

func newMade() made { return made{rand.New(rand.NewPCG(17, 4))} }

// A long block without counterpart in the middle of one side leaves both sides
// of it aligned.
func TestBlockInTheMiddle(t *testing.T) {
	x, y, want := newMade().text(4000, 1500)
	a, err := Align(context.Background(), []bitext.Version{x, y}, Options{Vectors: vector.Default()})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][2]int{{0, 1990}, {2010, 3490}, {3510, len(want)}} {
		if share := rightShare(a, want, part[0], part[1]); share < 0.94 {
			t.Errorf("segments %d to %d: %.3f right", part[0], part[1], share)
		}
	}
}

// Cost grows linearly from a thousand segments to a hundred thousand.
func BenchmarkAlign(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmark(b, n, 2, n/20) })
	}
	b.Run("three/10000", func(b *testing.B) { benchmark(b, 10_000, 3, 0) })
}

func benchmark(b *testing.B, n, versions, block int) {
	x, y, want := newMade().text(n, block)
	v := []bitext.Version{x, y, x}[:versions]
	opt := Options{Vectors: vector.Default()}
	total, right := 0, 0.0
	for _, one := range v {
		total += len(one.Segments)
	}
	b.ReportAllocs()
	for b.Loop() {
		a, err := Align(context.Background(), v, opt)
		if err != nil {
			b.Fatal(err)
		}
		right = rightShare(a, want, 0, len(want))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(total*b.N)/b.Elapsed().Seconds(), "segments/s")
	b.ReportMetric(right, "right")
	b.ReportMetric(float64(m.HeapSys)/1e6, "heap-MB")
}
