package align

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func version(lang bitext.Lang, lines ...string) bitext.Version {
	v := bitext.Version{Lang: lang}
	for _, l := range lines {
		v.Segments = append(v.Segments, bitext.Segment{Text: l, Space: "\n", Question: strings.HasSuffix(l, "?")})
	}
	return v
}

var museumEn = []string{
	"The museum of river boats opens in Tver on 12 May.",
	"It took eight years and 43 million roubles to restore the old warehouse.",
	"Why does a small town need a museum like this?",
	"“Every family here had somebody on the water,” says director Anna Belova.",
	"The oldest boat on show was built in 1871.",
	"It was found under a collapsed pier, and nobody expected the wood to survive.",
	"Visitors may touch almost everything.",
	"A ticket costs 250 roubles; children under seven enter free.",
	"Next year the museum plans to send three boats to an exhibition in Harbin.",
	"The Chinese partners will lend a dragon boat in return.",
}

var museumRu = []string{
	"12 мая в Твери открывается музей речных судов.",
	"На восстановление старого склада ушло восемь лет и 43 миллиона рублей.",
	"Зачем маленькому городу такой музей?",
	"«У каждой семьи здесь кто-то работал на воде», — говорит директор Анна Белова.",
	"Самое старое судно экспозиции построено в 1871 году. Его нашли под обрушившимся причалом, и никто не ждал, что дерево сохранится.",
	"Подпишитесь на нашу рассылку!",
	"Посетителям можно трогать почти всё.",
	"Билет стоит 250 рублей; дети до семи лет проходят бесплатно.",
	"В следующем году музей собирается отправить три судна на выставку в Харбин.",
	"Китайские партнёры взамен одолжат драконью лодку.",
}

var museumZh = []string{
	"河船博物馆将于5月12日在特维尔开放。",
	"修复旧仓库花了八年时间和4300万卢布。",
	"小城为什么需要这样一座博物馆？",
	"“这里家家都有人在水上干活，”馆长安娜·别洛娃说。",
	"展出的最古老的船建于1871年。",
	"它是在一座倒塌的码头下被发现的，没有人想到木头能保存下来。",
	"参观者几乎可以触摸所有展品。",
	"门票250卢布；七岁以下儿童免费。",
	"明年博物馆计划将三艘船送往哈尔滨参加展览。",
	"作为回报，中方伙伴将借出一艘龙舟。",
}

// shapes writes the beads without scores.
func shapes(a *bitext.Alignment) string {
	var out []string
	for k := range a.Beads {
		line, _, _ := strings.Cut(a.Beads[k].Line(), "\t")
		out = append(out, line)
	}
	return strings.Join(out, " ")
}

func mustAlign(t *testing.T, versions ...bitext.Version) *bitext.Alignment {
	t.Helper()
	a, err := Align(context.Background(), versions, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Validate(); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAlign(t *testing.T) {
	en, ru, zh := version("en", museumEn...), version("ru", museumRu...), version("zh", museumZh...)
	for _, c := range []struct {
		name     string
		versions []bitext.Version
		want     string
	}{
		{"en-ru", []bitext.Version{en, ru}, "0:0 1:1 2:2 3:3 4,5:4 :5 6:6 7:7 8:8 9:9"},
		{"zh-en", []bitext.Version{zh, en}, "0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9"},
		{"ru-zh", []bitext.Version{ru, zh}, "0:0 1:1 2:2 3:3 4:4,5 5: 6:6 7:7 8:8 9:9"},
		{"three", []bitext.Version{en, ru, zh}, "0:0:0 1:1:1 2:2:2 3:3:3 4,5:4:4,5 :5: 6:6:6 7:7:7 8:8:8 9:9:9"},
		{"itself", []bitext.Version{en, en}, "0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9"},
	} {
		if got := shapes(mustAlign(t, c.versions...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Two versions in one language that say the same in other words, one of them
// with a site's words about it.
func TestSameLanguage(t *testing.T) {
	b := []string{
		"Posted by admin. Comments are closed.",
		"On May 12 a museum of river boats will open its doors in Tver.",
		"Restoring the old warehouse took eight years and 43 million roubles.",
		"What does a small town want with such a museum?",
		"“Each family here had someone who worked on the water,” Anna Belova, its director, says.",
		"The oldest of the boats was built in 1871; it was found beneath a fallen pier, and no one thought that the wood would survive.",
		"Nearly everything may be touched by visitors.",
		"Tickets are 250 roubles, free for children younger than seven.",
		"The museum is planning to send three boats next year to an exhibition in Harbin.",
		"In return its Chinese partners are going to lend a dragon boat.",
		"Subscribe to our channel.",
	}
	want := ":0 0:1 1:2 2:3 3:4 4,5:5 6:6 7:7 8:8 9:9 :10"
	if got := shapes(mustAlign(t, version("en", museumEn...), version("en", b...))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAlignEdges(t *testing.T) {
	one := version("en", "Only one.")
	none := version("ru")
	for _, c := range []struct {
		name     string
		versions []bitext.Version
		beads    int
	}{
		{"nothing", []bitext.Version{none, none}, 0},
		{"one and nothing", []bitext.Version{one, none}, 1},
		{"three and nothing", []bitext.Version{one, none, none}, 1},
		{"five", []bitext.Version{one, one, one, one, one}, 1},
	} {
		if a := mustAlign(t, c.versions...); len(a.Beads) != c.beads {
			t.Errorf("%s: %d beads, want %d: %s", c.name, len(a.Beads), c.beads, shapes(a))
		}
	}
	if _, err := Align(context.Background(), []bitext.Version{one}, Options{}); err == nil {
		t.Error("one version was aligned")
	}
}

func TestMaxGroup(t *testing.T) {
	a, err := Align(context.Background(), []bitext.Version{version("en", museumEn...), version("ru", museumRu...)}, Options{MaxGroup: 1})
	if err != nil {
		t.Fatal(err)
	}
	for k := range a.Beads {
		for _, r := range a.Beads[k].Sides {
			if r.Len() > 1 {
				t.Errorf("a bead of %s with groups of one", a.Beads[k].Shape())
			}
		}
	}
}

func TestAlignStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v := []bitext.Version{version("en", museumEn...), version("ru", museumRu...), version("zh", museumZh...)}
	if _, err := Align(ctx, v, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestProgress(t *testing.T) {
	var seen []int
	v := []bitext.Version{version("en", museumEn...), version("ru", museumRu...), version("zh", museumZh...)}
	_, err := Align(context.Background(), v, Options{Progress: func(done, total int) {
		if done > total {
			t.Errorf("%d of %d done", done, total)
		}
		seen = append(seen, done)
	}})
	if err != nil || len(seen) == 0 || !slices.IsSorted(seen) {
		t.Errorf("progress went %v, error %v", seen, err)
	}
}

// Lines that a site sets before and after a text, however many, do not lead
// the corridor astray.
func TestLongBoilerplate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var x, y []string
	for range 600 {
		y = append(y, fmt.Sprintf("Item %d, seen %d times.", rng.IntN(900), rng.IntN(900)))
	}
	for k := range 150 {
		n := 10_000 + 37*k
		x = append(x, fmt.Sprintf("The ship %d left the harbour and came back after %d days.", n, n/3))
		y = append(y, fmt.Sprintf("Корабль %d вышел из гавани и вернулся через %d дней.", n, n/3))
	}
	a := mustAlign(t, version("en", x...), version("ru", y...))
	right := 0
	for k := range a.Beads {
		if s := a.Beads[k].Sides; s[0].Len() == 1 && s[1].Len() == 1 && s[1].From == s[0].From+600 {
			right++
		}
	}
	if right < 145 {
		t.Errorf("%d of 150 beads found behind 600 lines of something else", right)
	}
}

var words = []string{"river", "река", "河", "Путин", "Putin", "普京", "12", "1,235", "?", "\"", "the", "и", "的", "(", ":", "Tver.", "1871"}

func drawVersion(t *rapid.T, label string) bitext.Version {
	v := bitext.Version{Lang: rapid.SampledFrom([]bitext.Lang{"ru", "zh", "en", "fr", ""}).Draw(t, label+" lang")}
	n := rapid.SampledFrom([]int{0, 1, 2, 5, 12}).Draw(t, label+" size")
	block := 0
	for range n {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(t, label), " ")
		block += rapid.IntRange(0, 1).Draw(t, label+" block")
		v.Segments = append(v.Segments, bitext.Segment{
			Text: text, Block: block, Kind: bitext.BlockKind(rapid.IntRange(0, 2).Draw(t, label+" kind")),
			Speaker:  rapid.SampledFrom([]string{"", "", "Q"}).Draw(t, label+" speaker"),
			Question: rapid.Bool().Draw(t, label+" asks"),
		})
	}
	return v
}

// Whatever the versions, the beads cover each segment once and in order, and
// the same versions give the same beads.
func TestAlwaysValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		versions := make([]bitext.Version, rapid.IntRange(2, 5).Draw(t, "versions"))
		for k := range versions {
			versions[k] = drawVersion(t, fmt.Sprint("v", k))
		}
		opt := Options{MaxGroup: rapid.IntRange(0, 5).Draw(t, "group")}
		if rapid.Bool().Draw(t, "vectors") {
			opt.Vectors = letters{}
		}
		a, err := Align(context.Background(), versions, opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Validate(); err != nil {
			t.Fatal(err)
		}
		for k := range a.Beads {
			if b := &a.Beads[k]; !(b.Prob >= 0 && b.Prob <= 1) || b.Score != b.Score {
				t.Fatalf("bead %d has probability %v and score %v", k, b.Prob, b.Score)
			}
		}
		again, err := Align(context.Background(), versions, opt)
		if err != nil || !reflect.DeepEqual(a.Beads, again.Beads) {
			t.Fatal("the second run gave other beads")
		}
	})
}

// letters embeds a text by the letters it holds.
type letters struct{}

func (letters) Dim() int { return 32 }

func (letters) Embed(_ bitext.Lang, text string, dst []float32) {
	for _, r := range text {
		dst[r%32]++
	}
}

func FuzzAlign(f *testing.F) {
	f.Add(strings.Join(museumEn, "\n"), strings.Join(museumZh, "\n"))
	f.Add("a\n\n\xff\nb", "«»\n1.\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 4000 {
			t.Skip()
		}
		cut := func(lang bitext.Lang, s string) bitext.Version {
			return version(lang, strings.Split(s, "\n")...)
		}
		al, err := Align(context.Background(), []bitext.Version{cut("zh", a), cut("en", b)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := al.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}

// The signs add up to the score of the bead.
func TestExplain(t *testing.T) {
	for _, versions := range [][]bitext.Version{
		{version("en", museumEn...), version("ru", museumRu...)},
		{version("en", museumEn...), version("ru", museumRu...), version("zh", museumZh...)},
	} {
		a, err := Align(context.Background(), versions, Options{Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		plain := mustAlign(t, versions...)
		for k := range a.Beads {
			b := &a.Beads[k]
			if b.Line() != plain.Beads[k].Line() {
				t.Errorf("explained, bead %d is %s, else %s", k, b.Line(), plain.Beads[k].Line())
			}
			pairs := b.Filled() * (b.Filled() - 1) / 2
			if len(b.Evidence) != max(1, pairs) {
				t.Errorf("bead %d has %d pieces of evidence for %d sides", k, len(b.Evidence), b.Filled())
			}
			sum := 0.0
			for _, e := range b.Evidence {
				for _, s := range e.Signs {
					sum += s.Value
				}
			}
			if d := sum - b.Score; len(versions) == 2 && (d > 0.01 || d < -0.01) {
				t.Errorf("bead %d: the signs add up to %.3f, the score is %.3f", k, sum, b.Score)
			}
		}
	}
}
