package tm

import (
	"context"
	"math/rand"
	"testing"

	"sverka/internal/bitext"
)

func TestOccurrence(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 1000 {
		hash, k := r.Int63()-r.Int63(), r.Intn(1<<24)
		if got, ok := occurrenceOf(occurrence(hash, k), hash); got != k || !ok {
			t.Fatalf("occurrence %d of %d comes back as %d, %v", k, hash, got, ok)
		}
		if _, ok := occurrenceOf(r.Int63(), hash); ok {
			t.Fatal("any hash is an occurrence of any other")
		}
	}
}

// What a statement says twice stays twice, on every way into a memory, and the
// same again changes nothing.
func TestRepeatedSentences(t *testing.T) {
	ctx := context.Background()
	ru, en := version("ru", "", "Спасибо.", "Мост длинный.", "Спасибо.", "Спасибо."), version("en", "", "Thank you.", "The bridge is long.", "Thank you.", "Thank you.")
	s := open(t)
	if r, err := s.Add(ctx, bridge, oneToOne(ru, en)); err != nil || r.Units != 4 {
		t.Fatalf("%+v, %v", r, err)
	}
	sound(t, s)
	if r, err := s.Add(ctx, bridge, oneToOne(ru, en)); err != nil || r.Changed {
		t.Errorf("the same addition: %+v, %v", r, err)
	}
	units := allUnits(t, s, Filter{})
	if r := mustImport(t, s, units...); r.Stored != 0 || r.Merged != 4 {
		t.Errorf("its own units: %+v", r)
	}
	other := open(t)
	for range 2 {
		mustImport(t, other, append(append([]bitext.Unit{}, units...), units...)...)
		if n := len(allUnits(t, other, Filter{})); n != 4 {
			t.Errorf("%d units after a journey, want 4", n)
		}
		sound(t, other)
	}
	shifted := allUnits(t, s, Filter{})
	for i := range shifted {
		shifted[i].Position += 10
	}
	if r := mustImport(t, other, shifted...); r.Stored != 0 {
		t.Errorf("at other places: %+v", r)
	}
	// A version that goes leaves the places of the others apart.
	zh := version("zh", "", "谢谢。", "桥很长。", "谢谢。", "谢谢。")
	if _, err := s.Add(ctx, bridge, oneToOne(ru, en, zh)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Delete(ctx, bridge.ID, "zh"); err != nil {
		t.Fatal(err)
	}
	if r := mustImport(t, s, units...); r.Stored != 0 {
		t.Errorf("after a version went: %+v", r)
	}
	sound(t, s)
}

// Of units that belong to no statement, those with the same texts are one.
func TestRepeatedWithoutStatement(t *testing.T) {
	s := open(t)
	u := pair("Thank you.", "Спасибо.")
	if r := mustImport(t, s, u, pair("One", "Один"), u); r.Stored != 2 || r.Merged != 1 {
		t.Errorf("%+v", r)
	}
}
