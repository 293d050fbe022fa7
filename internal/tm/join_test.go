package tm

import (
	"context"
	"testing"

	"sverka/internal/bitext"
)

func unitOf(texts ...string) bitext.Unit {
	var u bitext.Unit
	for i := 0; i < len(texts); i += 2 {
		u.Variants = append(u.Variants, bitext.Variant{Lang: bitext.Lang(texts[i]), Text: texts[i+1]})
	}
	return u
}

func joinImport(t *testing.T, s *Store, units ...bitext.Unit) ImportResult {
	t.Helper()
	r, err := s.Import(context.Background(), seqOf(units...), ImportOptions{Join: true})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	return r
}

func TestJoin(t *testing.T) {
	bridge := unitOf("en", "The bridge is long.", "ru", "Мост длинный.")
	chinese := unitOf("en", "The bridge is long.", "zh", "桥很长。")
	for _, c := range []struct {
		name  string
		first []bitext.Unit // of an import before, in the memory
		units []bitext.Unit
		want  []int // variants of each unit then
	}{
		{"two files", nil, []bitext.Unit{bridge, chinese}, []int{3}},
		{"with the memory", []bitext.Unit{bridge}, []bitext.Unit{chinese}, []int{3}},
		{"a part of one", []bitext.Unit{unitOf("en", "a", "ru", "б", "zh", "甲")}, []bitext.Unit{unitOf("ru", "б", "zh", "甲")}, []int{3}},
		{"more than one", []bitext.Unit{bridge}, []bitext.Unit{unitOf("en", "The bridge is long.", "ru", "Мост длинный.", "zh", "桥很长。")}, []int{3}},
		{"against each other", []bitext.Unit{bridge}, []bitext.Unit{unitOf("en", "The bridge is long.", "ru", "Мост долог.")}, []int{2, 2}},
		{"nothing shared", []bitext.Unit{bridge}, []bitext.Unit{unitOf("en", "The bridge is high.", "zh", "桥很高。")}, []int{2, 2}},
		{"a text of two", []bitext.Unit{unitOf("en", "Yes", "ru", "Да"), unitOf("en", "Yes", "ru", "Ага")}, []bitext.Unit{unitOf("en", "Yes", "zh", "是")}, []int{2, 2, 2}},
		{"texts of two", []bitext.Unit{unitOf("en", "Yes", "ru", "Да"), unitOf("zh", "是", "de", "Ja")}, []bitext.Unit{unitOf("en", "Yes", "zh", "是")}, []int{2, 2, 2}},
		{"another statement", []bitext.Unit{{Statement: bitext.Statement{ID: "s"}, Variants: bridge.Variants}}, []bitext.Unit{chinese}, []int{2, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			if c.first != nil {
				mustImport(t, s, c.first...)
			}
			joinImport(t, s, c.units...)
			check := func(when string) {
				t.Helper()
				got := allUnits(t, s, Filter{})
				for i := range got {
					if len(got) != len(c.want) || len(got[i].Variants) != c.want[i] {
						t.Fatalf("%s: %+v", when, got)
					}
				}
			}
			check("joined")
			for range 2 { // the same again, joined or not, changes nothing
				if r := mustImport(t, s, append(append([]bitext.Unit{}, c.first...), c.units...)...); r.Stored != 0 {
					t.Errorf("the same again is stored: %+v", r)
				}
				joinImport(t, s, c.units...)
				check("again")
			}
		})
	}
}

func TestJoinSays(t *testing.T) {
	s := open(t)
	mustImport(t, s, unitOf("en", "The bridge is long.", "ru", "Мост длинный."))
	u := unitOf("en", "The bridge is long.", "zh", "桥很长。")
	u.Note, u.Status = "by an engine", bitext.StatusReview
	u.Variants[1].Machine = true
	if r := joinImport(t, s, u); r.Stored != 0 || r.Merged != 1 || r.Updated != 1 {
		t.Errorf("%+v", r)
	}
	got := allUnits(t, s, Filter{})[0]
	if got.Status != bitext.StatusReview || got.Note != "by an engine" || !got.Variants[2].Machine {
		t.Errorf("%+v", got)
	}
	if hits := searchTexts(t, s, "桥"); len(hits) != 1 {
		t.Errorf("the joined text is found in %q", hits)
	}
	m, err := s.Lookup(context.Background(), LookupQuery{Text: "桥很长。", To: []bitext.Lang{"ru"}})
	if err != nil || len(m) != 1 || m[0].Targets[0].Text != "Мост длинный." {
		t.Errorf("%+v, %v", m, err)
	}
}
