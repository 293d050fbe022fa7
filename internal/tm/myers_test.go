package tm

import (
	"math/rand"
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// levenshtein is the textbook's table, for comparison.
func levenshtein(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		prev := row[0]
		row[0] = i + 1
		for j := range y {
			d := prev
			if x[i] != y[j] {
				d = min(prev, row[j], row[j+1]) + 1
				d = min(d, prev+1)
			}
			prev, row[j+1] = row[j+1], min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// similarTexts gives a text of any length up to some hundreds, and another one,
// unrelated or an edited copy.
func similarTexts(t *rapid.T) (string, string) {
	alphabet := []rune(rapid.SampledFrom([]string{"ab", "abcdefgh ", "абвг дежз", "中国人民ab", "a𠀀𠀁я"}).Draw(t, "alphabet"))
	most := rapid.SampledFrom([]int{3, 40, 130, 500}).Draw(t, "most")
	r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
	random := func() []rune {
		out := make([]rune, r.Intn(most+1))
		for i := range out {
			out[i] = alphabet[r.Intn(len(alphabet))]
		}
		return out
	}
	a := random()
	if rapid.Bool().Draw(t, "unrelated") {
		return string(a), string(random())
	}
	b := append([]rune(nil), a...)
	for range rapid.IntRange(0, most/2).Draw(t, "edits") {
		i, c := r.Intn(len(b)+1), alphabet[r.Intn(len(alphabet))]
		switch op := r.Intn(3); {
		case op == 0:
			b = slices.Insert(b, i, c)
		case i < len(b) && op == 1:
			b[i] = c
		case i < len(b):
			b = slices.Delete(b, i, i+1)
		}
	}
	return string(a), string(b)
}

func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := similarTexts(t)
		k := rapid.IntRange(0, 300).Draw(t, "k")
		want := levenshtein(a, b)
		p := newPattern(a, k)
		got := p.distance([]byte(b), utf8.RuneCountInString(b), k)
		if want <= k && got != want || want > k && got <= k {
			t.Fatalf("distance(%q, %q) up to %d = %d, want %d", a, b, k, got, want)
		}
	})
}

func TestSignatureBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := similarTexts(t)
		sa, _ := sign(a)
		sb, _ := sign(b)
		w := sa.wide()
		if got, want := w.bound(sb[0], sb[1]), levenshtein(a, b); got > want {
			t.Fatalf("bound %d is over the distance %d of %q and %q", got, want, a, b)
		}
		ca, suma := sa.clip()
		cb, sumb := sb.clip()
		p := ca.surplus(cb[0], cb[1])
		if q := cb.surplus(ca[0], ca[1]); q != p-suma+sumb {
			t.Fatalf("surplus %d one way, %d the other, sums %d and %d", p, q, suma, sumb)
		} else if got, want := max(p, q), levenshtein(a, b); got > want {
			t.Fatalf("clipped bound %d is over the distance %d of %q and %q", got, want, a, b)
		}
	})
}

func TestGramBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := similarTexts(t)
		n, m := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
		words := rapid.SampledFrom([]int{4, 8, 16, 32, 64, 128}).Draw(t, "words")
		if longer := max(n, m); fitsGrams(longer, words) {
			x, y := make([]uint64, words), make([]uint64, words)
			addGrams(x, []byte(a))
			addGrams(y, []byte(b))
			if got, want := gramBound(x, y, longer), levenshtein(a, b); got > want {
				t.Fatalf("bound %d is over the distance %d of %q and %q", got, want, a, b)
			}
		}
	})
}

func TestLengthClass(t *testing.T) {
	for n := range 100000 {
		if lengthClass(n) > lengthClass(n+1) {
			t.Fatalf("class of %d is over that of %d", n, n+1)
		}
	}
	if lengthClass(63) == lengthClass(64) {
		t.Error("63 and 64 share a class")
	}
}
