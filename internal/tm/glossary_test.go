package tm

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"testing"

	"sverka/internal/bitext"
)

func concepts(cs ...bitext.Concept) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func storedConcepts(t *testing.T, s *Store) []bitext.Concept {
	t.Helper()
	var out []bitext.Concept
	for c, err := range s.Concepts(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func put(t *testing.T, s *Store, opt GlossaryOptions, cs ...bitext.Concept) string {
	t.Helper()
	r, err := s.PutConcepts(context.Background(), concepts(cs...), opt)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d read, %d stored, %d updated, %d unchanged, %d skipped", r.Read, r.Stored, r.Updated, r.Unchanged, r.Skipped)
}

func TestPutConcepts(t *testing.T) {
	s := open(t)
	world := bitext.Concept{Terms: []bitext.Term{
		{Lang: "ru", Text: "многополярный мир"}, {Lang: "en", Text: "multipolar world", Status: bitext.TermPreferred},
	}}
	chart := bitext.Concept{ID: "chart", Created: "2020", Terms: []bitext.Term{{Lang: "zh", Text: "宪章"}}}
	bad := bitext.Concept{ID: "bad"}
	if got := put(t, s, GlossaryOptions{}, world, chart, bad); got != "3 read, 2 stored, 0 updated, 0 unchanged, 1 skipped" {
		t.Error(got)
	}
	if got := put(t, s, GlossaryOptions{}, world, chart); got != "2 read, 0 stored, 0 updated, 2 unchanged, 0 skipped" {
		t.Error(got)
	}
	// An entry without an id joins the one that has its head, whatever its case.
	more := bitext.Concept{Note: "n", Terms: []bitext.Term{{Lang: "en", Text: "Multipolar World"}, {Lang: "zh", Text: "多极世界"}}}
	if got := put(t, s, GlossaryOptions{}, more); got != "1 read, 0 stored, 1 updated, 0 unchanged, 0 skipped" {
		t.Error(got)
	}
	// What is said anew takes the place of what was there; what is not said stays.
	if got := put(t, s, GlossaryOptions{}, bitext.Concept{ID: "chart", Modified: "2021", Terms: []bitext.Term{{Lang: "zh", Text: "宪章", Status: bitext.TermDeprecated}}}); got != "1 read, 0 stored, 1 updated, 0 unchanged, 0 skipped" {
		t.Error(got)
	}
	want := []bitext.Concept{
		{ID: "chart", Created: "2020", Modified: "2021", Terms: []bitext.Term{{Lang: "zh", Text: "宪章", Status: bitext.TermDeprecated}}},
		{ID: "multipolar-world", Note: "n", Terms: []bitext.Term{
			{Lang: "ru", Text: "многополярный мир"}, {Lang: "en", Text: "multipolar world", Status: bitext.TermPreferred},
			{Lang: "en", Text: "Multipolar World"}, {Lang: "zh", Text: "多极世界"},
		}},
	}
	if got := storedConcepts(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := put(t, s, GlossaryOptions{Replace: true}, bitext.Concept{ID: "chart", Terms: []bitext.Term{{Lang: "en", Text: "charter"}}}); got != "1 read, 0 stored, 1 updated, 0 unchanged, 0 skipped" {
		t.Error(got)
	}
	if got := storedConcepts(t, s)[0]; got.Created != "" || len(got.Terms) != 1 || got.Terms[0].Text != "charter" {
		t.Errorf("%+v", got)
	}
	sound(t, s)
}

func TestPutConceptsAllOrNone(t *testing.T) {
	s := open(t)
	ctx := context.Background()
	fail := errors.New("the file ends here")
	_, err := s.PutConcepts(ctx, func(yield func(bitext.Concept, error) bool) {
		_ = yield(bitext.Concept{ID: "a", Terms: []bitext.Term{{Lang: "en", Text: "a"}}}, nil) && yield(bitext.Concept{}, fail)
	}, GlossaryOptions{})
	if !errors.Is(err, fail) || len(storedConcepts(t, s)) != 0 {
		t.Errorf("%v; %v", err, storedConcepts(t, s))
	}
	if _, err := s.PutConcepts(ctx, concepts(bitext.Concept{ID: "a"}), GlossaryOptions{}); !errors.Is(err, ErrNothing) {
		t.Errorf("nothing usable: %v", err)
	}
}

func TestRemoveConceptsAndTerms(t *testing.T) {
	s := open(t)
	ctx := context.Background()
	put(t, s, GlossaryOptions{},
		bitext.Concept{ID: "a", Terms: []bitext.Term{{Lang: "en", Text: "a"}, {Lang: "ru", Text: "а"}}},
		bitext.Concept{ID: "b", Terms: []bitext.Term{{Lang: "en", Text: "b"}}})
	if err := s.RemoveConcepts(ctx, []string{"b", "c"}); !errors.Is(err, ErrUnknown) || len(storedConcepts(t, s)) != 2 {
		t.Errorf("one of two is unknown: %v", err)
	}
	if err := s.RemoveTerm(ctx, "a", "en", "A"); err != nil {
		t.Error(err)
	}
	if err := s.RemoveTerm(ctx, "a", "en", "a"); !errors.Is(err, ErrUnknown) {
		t.Errorf("twice: %v", err)
	}
	if err := s.RemoveTerm(ctx, "b", "en", "b"); err != nil { // its last
		t.Error(err)
	}
	got := storedConcepts(t, s)
	if !slices.EqualFunc(got, []string{"a"}, func(c bitext.Concept, id string) bool { return c.ID == id && len(c.Terms) == 1 }) {
		t.Errorf("%+v", got)
	}
}

func BenchmarkPutConcepts(b *testing.B) {
	s := open(b)
	for b.Loop() {
		_, err := s.PutConcepts(context.Background(), func(yield func(bitext.Concept, error) bool) {
			for i := range 1000 {
				c := bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: fmt.Sprint("term ", i)}, {Lang: "ru", Text: fmt.Sprint("термин ", i)}}}
				if !yield(c, nil) {
					return
				}
			}
		}, GlossaryOptions{})
		if err != nil {
			b.Fatal(err)
		}
	}
}
