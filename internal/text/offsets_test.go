package text

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestRuneIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText(t) + drawText(t) + drawText(t) + drawText(t)
		x := NewRuneIndex(s)
		n := 0
		for i := range s {
			if got := x.Runes(i); got != n || got != RuneOffset(s, i) {
				t.Fatalf("Runes(%d) of %q = %d, want %d", i, s, got, n)
			}
			if got := x.Byte(n); got != i {
				t.Fatalf("Byte(%d) of %q = %d, want %d", n, s, got, i)
			}
			n++
		}
		if x.Runes(len(s)) != utf8.RuneCountInString(s) || x.Byte(n) != len(s) || x.Byte(n+5) != len(s) {
			t.Fatalf("the end of %q: %d runes, byte %d", s, x.Runes(len(s)), x.Byte(n))
		}
	})
}

func TestRuneIndexOutside(t *testing.T) {
	x := NewRuneIndex("при")
	if x.Runes(-1) != 0 || x.Runes(99) != 3 || x.Byte(-1) != 0 || x.Runes(3) != 2 {
		t.Errorf("%d %d %d %d", x.Runes(-1), x.Runes(99), x.Byte(-1), x.Runes(3))
	}
	if x := NewRuneIndex(""); x.Runes(0) != 0 || x.Byte(0) != 0 {
		t.Error("the empty text")
	}
}
