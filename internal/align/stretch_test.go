package align

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// A passage of five or six segments that the other version renders as one
// comes out as one bead, whichever side is the longer.
func TestStretch(t *testing.T) {
	for _, size := range []int{5, 6} {
		for _, turned := range []bool{false, true} {
			const from = 2
			joined := slices.Concat(museumEn[:from], []string{strings.Join(museumEn[from:from+size], " ")}, museumEn[from+size:])
			versions := []bitext.Version{version("zh", museumZh...), version("en", joined...)}
			long := 0
			if turned {
				slices.Reverse(versions)
				long = 1
			}
			a, err := Align(context.Background(), versions, Options{Vectors: vector.Default()})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(a.Beads, func(b bitext.Bead) bool {
				return b.Sides[long].From == from && b.Sides[long].Len() == size && b.Sides[1-long].Len() == 1
			}) {
				t.Errorf("%d to 1, turned %v: %s", size, turned, shapes(a))
			}
		}
	}
}

// A stranger beside a bead of four to one stays alone.
func TestStretchLeavesStrangers(t *testing.T) {
	joined := slices.Concat(museumEn[:2], []string{strings.Join(museumEn[2:6], " ")}, museumEn[6:])
	strange := slices.Concat(museumZh[:6], []string{"请订阅我们的邮件通讯！"}, museumZh[6:])
	a, err := Align(context.Background(), []bitext.Version{version("zh", strange...), version("en", joined...)}, Options{Vectors: vector.Default()})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range a.Beads {
		if b.Sides[0].Len() > 4 {
			t.Errorf("a stranger was taken in: %s", shapes(a))
		}
	}
}
