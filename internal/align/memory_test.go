package align

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/vector"
)

// earlier are units in English and Russian.
func earlier(pairs ...[2]string) []bitext.Unit {
	units := make([]bitext.Unit, len(pairs))
	for k, p := range pairs {
		units[k].Variants = []bitext.Variant{{Lang: bitext.English, Text: p[0]}, {Lang: bitext.Russian, Text: p[1]}}
	}
	return units
}

func recalling(units []bitext.Unit) func(context.Context, []bitext.Version) ([]bitext.Unit, error) {
	return func(context.Context, []bitext.Version) ([]bitext.Unit, error) { return units, nil }
}

// remembered are the one-to-one beads of a made text, every third left out,
// each with the second side of the one that stands so many beads further on.
func remembered(x, y bitext.Version, want []int, further int) []bitext.Unit {
	var at []int
	for i, j := range want {
		if j >= 0 && i > 0 && i+1 < len(want) && want[i+1] == j+1 && want[i-1] == j-1 {
			at = append(at, i)
		}
	}
	var pairs [][2]string
	for k := range at {
		if k%3 > 0 {
			other := at[(k+further)%len(at)]
			pairs = append(pairs, [2]string{x.Segments[at[k]].Text, y.Segments[want[other]].Text})
		}
	}
	return earlier(pairs...)
}

// A memory of the text helps; one that is beside its place throughout, or of
// another text and torn, does no harm.
func TestMemory(t *testing.T) {
	x, y, want := newMade().text(400, 0)
	m := newMade()
	for range 50 {
		m.sentence()
	}
	ox, oy, other := m.text(400, 0)
	share := func(units []bitext.Unit) float64 {
		a, err := Align(context.Background(), []bitext.Version{x, y}, Options{Vectors: vector.Default(), Recall: recalling(units)})
		if err != nil {
			t.Fatal(err)
		}
		return rightShare(a, want, 0, len(want))
	}
	plain := share(nil)
	for _, c := range []struct {
		name  string
		units []bitext.Unit
		least float64
	}{
		{"right", remembered(x, y, want, 0), plain},
		{"one further", remembered(x, y, want, 1), plain - 0.01},
		{"far off", remembered(x, y, want, 57), plain - 0.01},
		{"of another text", remembered(ox, oy, other, 0), plain - 0.01},
		{"of another text, one further", remembered(ox, oy, other, 1), plain - 0.01},
	} {
		if got := share(c.units); got < c.least {
			t.Errorf("%s (%d units): %.4f right, %.4f without a memory", c.name, len(c.units), got, plain)
		}
	}
}

// Whatever a memory holds, what comes out is an alignment, the same each time;
// and a unit that says of a bead what all signs say makes it no less probable.
func TestMemoryIsSound(t *testing.T) {
	x, y, _ := newMade().text(12, 0)
	texts := []string{"", " ", "No such sentence.", "Нет такого предложения."}
	for k := range x.Segments {
		texts = append(texts, x.Segments[k].Text)
	}
	for k := range y.Segments {
		texts = append(texts, y.Segments[k].Text, y.Join(bitext.Range{From: k, To: min(k+3, len(y.Segments))}))
	}
	rapid.Check(t, func(t *rapid.T) {
		var pairs [][2]string
		for range rapid.IntRange(0, 40).Draw(t, "units") {
			pairs = append(pairs, [2]string{rapid.SampledFrom(texts).Draw(t, "en"), rapid.SampledFrom(texts).Draw(t, "ru")})
		}
		versions := []bitext.Version{x, y}
		if rapid.Bool().Draw(t, "three") {
			z := x
			z.Label = "other"
			versions = append(versions, z)
		}
		opt := Options{Vectors: vector.Default(), Recall: recalling(earlier(pairs...)), Explain: true}
		a, err := Align(context.Background(), versions, opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Validate(); err != nil {
			t.Fatal(err)
		}
		b, _ := Align(context.Background(), versions, opt)
		if fmt.Sprint(a.Beads) != fmt.Sprint(b.Beads) {
			t.Fatal("aligned twice, the beads differ")
		}
	})
}

// The explanation names what a memory said, and that it taught words.
func TestMemoryIsNamed(t *testing.T) {
	x, y, want := newMade().text(120, 0)
	a, err := Align(context.Background(), []bitext.Version{x, y}, Options{
		Vectors: vector.Default(), Explain: true, Recall: recalling(remembered(x, y, want, 0))})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{}
	for k := range a.Beads {
		for _, e := range a.Beads[k].Evidence {
			for _, s := range e.Signs {
				said[s.Name]++
			}
		}
	}
	if said["memory"] < 40 || said["learnt words and memory"] == 0 || said["learnt words"] > 0 {
		t.Errorf("the signs are %v", said)
	}
}

// Words that only a memory teaches join; a memory whose words fit nothing does
// not teach.
func TestTaught(t *testing.T) {
	x, y, want := newMade().text(200, 0)
	f := newFixed(newSide(&x, nil, lexicon.Shipped()), newSide(&y, nil, lexicon.Shipped()), lexicon.Shipped())
	var joined [][2]int32
	for i, j := range want {
		if j >= 0 {
			joined = append(joined, [2]int32{int32(i), int32(j)})
		}
	}
	for _, c := range []struct {
		further int
		fits    bool
	}{{0, true}, {1, false}, {31, false}} {
		m := newMemory(remembered(x, y, want, c.further), f.x, f.y, lexicon.Shipped())
		if got := m.words.fits(f.x.keys, f.y.keys, joined); got != c.fits {
			t.Errorf("a memory whose sides stand %d apart fits: %v", c.further, got)
		}
	}
	if m := newMemory(nil, f.x, f.y, lexicon.Shipped()); m != nil {
		t.Error("nothing is something")
	}
	m := newMemory(remembered(x, y, want, 0), f.x, f.y, lexicon.Shipped())
	for _, b := range m.beads {
		if want[b.i-b.a] != b.j-b.b && !slices.Contains(want, b.j-b.b) {
			t.Errorf("the known bead %+v stands nowhere", b)
		}
	}
}
