package bitext

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestReadBeads(t *testing.T) {
	for _, c := range []struct {
		in   string
		want string // sides of each bead, or a piece of the error
	}{
		{"0,1:2\t3.5\tok\n", "[[[0 1] [2]]]"},
		{"\ufeff0:0\r\n\r\n1:\r\n", "[[[0] [0]] [[1] []]]"},
		{":4:", "[[[] [4] []]]"},
		{"0,2:1", "[[[0 2] [1]]]"},
		{"", "[]"},
		{"0:0\n12\n", "line 2"},
		{"0:0\n:\n", "line 2"},
		{"0:0\n1:1:1\n", "line 2: 3 sides"},
		{"a:0", "line 1"},
		{"-1:0", "line 1"},
		{"0:0\tx", "line 1: score"},
		{"999999999999:0", "line 1"},
	} {
		beads, err := ReadBeads(c.in)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q: error %v, want %s", c.in, err, c.want)
			}
			continue
		}
		sides := [][][]int{}
		for _, b := range beads {
			sides = append(sides, b.Sides)
		}
		if got := fmt.Sprint(sides); got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestBeadsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "versions")
		next := make([]int, n)
		var beads []Bead
		for range rapid.IntRange(0, 8).Draw(t, "beads") {
			b := Bead{Score: float64(rapid.IntRange(-100, 100).Draw(t, "score")) / 16, Status: StatusReview}
			for v := range n {
				size := rapid.IntRange(0, 3).Draw(t, "size")
				if v == n-1 && b.Filled() == 0 {
					size++
				}
				b.Sides = append(b.Sides, Range{next[v], next[v] + size})
				next[v] += size
			}
			beads = append(beads, b)
		}
		lines, err := ReadBeads(WriteBeads(beads))
		if err != nil || len(lines) != len(beads) {
			t.Fatalf("%d beads of %d, error %v", len(lines), len(beads), err)
		}
		for k, l := range lines {
			if l.Score != beads[k].Score || l.Status != beads[k].Status {
				t.Fatalf("bead %d: %+v of %+v", k, l, beads[k])
			}
			for v, r := range beads[k].Sides {
				var want []int
				for i := r.From; i < r.To; i++ {
					want = append(want, i)
				}
				if !reflect.DeepEqual(l.Sides[v], want) {
					t.Fatalf("bead %d, side %d: %v of %v", k, v, l.Sides[v], want)
				}
			}
		}
	})
}

func FuzzReadBeads(f *testing.F) {
	f.Add("0,1:2\t1.5\tok\n:3\n")
	f.Add("0::1\n")
	f.Fuzz(func(t *testing.T, s string) {
		beads, err := ReadBeads(s)
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("the error names no line: %v", err)
			}
			return
		}
		for _, b := range beads {
			if len(b.Sides) != len(beads[0].Sides) || len(b.Sides) < 2 {
				t.Fatalf("%d sides", len(b.Sides))
			}
		}
	})
}
