package evaluate

import (
	"strings"
	"testing"
)

func TestWrongBeads(t *testing.T) {
	gold := [][][]int{{{0}, {0}}, {{1}, {1}}, {{2}, {}}}
	pred := [][][]int{{{0}, {0}}, {{1, 2}, {1}}}
	r := AlignReport{Sets: []SetScore{{Set: "s", Wrong: wrongBeads("d.ru-en", gold, pred)}}}
	var b strings.Builder
	if err := r.WriteWrong(&b); err != nil {
		t.Fatal(err)
	}
	want := "s\td.ru-en\tmissed\t1:1\ns\td.ru-en\tmissed\t2:\ns\td.ru-en\tfound\t1,2:1\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	if w := wrongBeads("d", gold, gold); len(w) != 0 {
		t.Errorf("against itself: %v", w)
	}
}
