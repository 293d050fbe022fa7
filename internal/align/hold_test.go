package align

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func sides(pairs ...int) bitext.Bead {
	var b bitext.Bead
	for k := 0; k < len(pairs); k += 2 {
		b.Sides = append(b.Sides, bitext.Range{From: pairs[k], To: pairs[k+1]})
	}
	return b
}

// What a person has fixed stays, however unlikely, and the rest goes round it.
func TestFixed(t *testing.T) {
	en, ru, zh := version("en", museumEn...), version("ru", museumRu...), version("zh", museumZh...)
	for _, c := range []struct {
		name     string
		versions []bitext.Version
		fixed    []bitext.Bead
		want     string
	}{
		{"joined", []bitext.Version{zh, en}, []bitext.Bead{sides(1, 3, 1, 3)}, "0:0 1,2:1,2 3:3 4:4 5:5 6:6 7:7 8:8 9:9"},
		{"large", []bitext.Version{zh, en}, []bitext.Bead{sides(1, 7, 1, 7)}, "0:0 1,2,3,4,5,6:1,2,3,4,5,6 7:7 8:8 9:9"},
		{"alone", []bitext.Version{zh, en}, []bitext.Bead{sides(2, 3, 2, 2), sides(2, 2, 2, 3)}, "0:0 1:1 2: :2 3:3 4:4 5:5 6:6 7:7 8:8 9:9"},
		{"as it is", []bitext.Version{en, ru}, []bitext.Bead{sides(4, 6, 4, 5)}, "0:0 1:1 2:2 3:3 4,5:4 :5 6:6 7:7 8:8 9:9"},
		{"three", []bitext.Version{en, ru, zh}, []bitext.Bead{sides(0, 2, 0, 2, 0, 2)}, "0,1:0,1:0,1 2:2:2 3:3:3 4,5:4:4,5 :5: 6:6:6 7:7:7 8:8:8 9:9:9"},
	} {
		a, err := Align(context.Background(), c.versions, Options{Fixed: c.fixed})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if err := a.Validate(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := shapes(a); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if n := strings.Count(bitext.WriteBeads(a.Beads), "accepted"); n != len(c.fixed) {
			t.Errorf("%s: %d beads accepted, want %d", c.name, n, len(c.fixed))
		}
	}
}

func TestFixedRefused(t *testing.T) {
	en, ru := version("en", museumEn...), version("ru", museumRu...)
	for want, fixed := range map[string][]bitext.Bead{
		"no segment 10":                   {sides(10, 11, 0, 1)},
		"in the fixed beads 1 and 2":      {sides(0, 1, 0, 1), sides(0, 1, 1, 2)},
		"cross at segments":               {sides(0, 1, 5, 6), sides(1, 2, 4, 5)},
		"3 sides, 3 with segments, for 2": {sides(0, 1, 0, 1, 0, 1)},
		"0 with segments":                 {sides(0, 0, 0, 0)},
	} {
		if _, err := Align(context.Background(), []bitext.Version{en, ru}, Options{Fixed: fixed}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", fixed, err, want)
		}
	}
}

// Whatever is fixed, in two versions or more, stands in the result, and the
// beads are sound.
func TestFixedAlwaysValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "versions")
		versions := make([]bitext.Version, n)
		for v := range versions {
			versions[v] = drawVersion(t, "v")
		}
		var fixed []bitext.Bead
		next := make([]int, n)
		for range rapid.IntRange(1, 3).Draw(t, "beads") {
			b := bitext.Bead{Sides: make([]bitext.Range, n)}
			for v := range versions {
				left := len(versions[v].Segments)
				from := min(left, next[v]+rapid.IntRange(0, 3).Draw(t, "from"))
				to := min(left, from+rapid.IntRange(0, 5).Draw(t, "size"))
				b.Sides[v] = bitext.Range{From: from, To: to}
			}
			if b.Filled() < 2 {
				continue
			}
			for v := range versions {
				if !b.Sides[v].Empty() {
					next[v] = b.Sides[v].To
				}
			}
			fixed = append(fixed, b)
		}
		a, err := Align(context.Background(), versions, Options{Fixed: fixed})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Validate(); err != nil {
			t.Fatal(err)
		}
		all := " " + shapes(a) + " "
		for k := range fixed {
			line, _, _ := strings.Cut(fixed[k].Line(), "\t")
			if !strings.Contains(all, " "+line+" ") {
				t.Fatalf("%s is not among%s", line, all)
			}
		}
	})
}
