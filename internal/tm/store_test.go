package tm

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "memory.tm"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// sound fails the test when the memory is not whole.
func sound(t testing.TB, s *Store) {
	t.Helper()
	problems, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("verify: %s: %s", p.Check, p.What)
	}
}

func version(lang bitext.Lang, label string, segments ...string) bitext.Version {
	v := bitext.Version{Lang: lang, Label: label}
	for _, s := range segments {
		v.Segments = append(v.Segments, bitext.Segment{Text: s, Space: " "})
	}
	return v
}

// oneToOne aligns versions of equal length segment by segment.
func oneToOne(versions ...bitext.Version) *bitext.Alignment {
	al := &bitext.Alignment{Versions: versions}
	for i := range versions[0].Segments {
		b := bitext.Bead{Prob: 0.95, Status: bitext.StatusOK}
		for range versions {
			b.Sides = append(b.Sides, bitext.Range{From: i, To: i + 1})
		}
		al.Beads = append(al.Beads, b)
	}
	return al
}

func pair(en, ru string) bitext.Unit {
	return bitext.Unit{Variants: []bitext.Variant{{Lang: "en", Text: en}, {Lang: "ru", Text: ru}}}
}

func seqOf(units ...bitext.Unit) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

func mustImport(t testing.TB, s *Store, units ...bitext.Unit) ImportResult {
	t.Helper()
	res, err := s.Import(context.Background(), seqOf(units...), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func searchTexts(t testing.TB, s *Store, typed string) []string {
	t.Helper()
	q, err := query.Parse(typed)
	if err != nil {
		t.Fatal(err)
	}
	hits, total, err := s.Search(context.Background(), q, query.Page{Limit: 1000, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	if total != len(hits) {
		t.Errorf("search %s counts %d and gives %d", typed, total, len(hits))
	}
	var out []string
	for _, h := range hits {
		out = append(out, h.Unit.Variants[h.Variant].Text)
	}
	return out
}

var (
	bridge = bitext.Statement{ID: "bridge-talk", Title: "A talk on bridges", Date: "2024-03-05", Speaker: "I. Petrova"}
	ruTalk = version("ru", "", "Мы построим новый мост.", "Он соединит оба берега.", "Спасибо за внимание.")
	zhTalk = version("zh", "", "我们将建造一座新桥。", "它将连接两岸。", "谢谢大家。")
	enTalk = version("en", "office", "We shall build a new bridge.", "It will join both banks.", "Thank you for your attention.")
)

func TestAddThenFind(t *testing.T) {
	s, ctx := open(t), context.Background()
	res, err := s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk, enTalk))
	if err != nil {
		t.Fatal(err)
	}
	if res.Units != 3 || res.Stored != 3 || !res.New || !res.Changed || res.Versions[2] != (VersionChange{"en@office", Added}) {
		t.Errorf("first add: %+v", res)
	}
	sound(t, s)
	for typed, want := range map[string]string{
		"мосты": "Мы построим новый мост.", "新桥": "我们将建造一座新桥。", "桥": "我们将建造一座新桥。",
		"bridges": "We shall build a new bridge.", "соед*": "Он соединит оба берега.", "lang:zh 连接": "它将连接两岸。",
	} {
		if got := searchTexts(t, s, typed); len(got) != 1 || got[0] != want {
			t.Errorf("search %s = %q, want %q", typed, got, want)
		}
	}
	matches, err := s.Lookup(ctx, LookupQuery{Text: "We shall build an old bridge.", From: []bitext.Lang{"en"}, To: []bitext.Lang{"ru"}})
	if err != nil || len(matches) != 1 {
		t.Fatalf("lookup: %v, %v", matches, err)
	}
	if m := matches[0]; m.Percent != 86 || m.Targets[0].Text != "Мы построим новый мост." || m.Unit.Statement != bridge {
		t.Errorf("match %+v", m)
	}
}

func TestAddTwice(t *testing.T) {
	s, ctx := open(t), context.Background()
	al := oneToOne(ruTalk, zhTalk, enTalk)
	if _, err := s.Add(ctx, bridge, al); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Add(ctx, bridge, al)
	if err != nil || res.Changed || res.New || res.Stored+res.Removed != 0 || res.Units != 3 {
		t.Errorf("second add: %+v, %v", res, err)
	}
	after, _ := os.ReadFile(s.Path())
	if string(before) != string(after) {
		t.Error("the second add wrote to the file")
	}
	corrected := version("en", "office", "We shall build a new bridge.", "It will join both shores.", "Thank you for your attention.")
	res, err = s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk, corrected))
	if err != nil || res.Versions[2].Change != Replaced || res.Versions[0].Change != Unchanged || res.Stored != 1 || res.Removed != 1 || res.Units != 3 {
		t.Errorf("corrected: %+v, %v", res, err)
	}
	if got := searchTexts(t, s, "banks"); got != nil {
		t.Errorf("the old text is still found: %q", got)
	}
	sound(t, s)
}

func TestAddFurtherVersion(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk)); err != nil {
		t.Fatal(err)
	}
	_, err := s.Add(ctx, bridge, oneToOne(ruTalk, enTalk))
	var incomplete *IncompleteError
	if !errors.As(err, &incomplete) || strings.Join(incomplete.Missing, " ") != "zh" {
		t.Fatalf("a version without the others: %v", err)
	}
	st, versions, err := s.Versions(ctx, bridge.ID)
	if err != nil || st != bridge || len(versions) != 2 || versions[0].Rejoin() != ruTalk.Rejoin() {
		t.Fatalf("versions: %v %v %v", st, versions, err)
	}
	res, err := s.Add(ctx, bridge, oneToOne(append(versions, enTalk)...))
	if err != nil || res.Units != 3 || res.Removed != 3 || res.New {
		t.Errorf("all together: %+v, %v", res, err)
	}
	res, err = s.Add(ctx, bridge, oneToOne(ruTalk, enTalk))
	if err != nil || res.Changed {
		t.Errorf("known versions, not all: %+v, %v", res, err)
	}
	sound(t, s)
}

func TestOneSidedBead(t *testing.T) {
	s, ctx := open(t), context.Background()
	al := oneToOne(version("ru", "", "Первое.", "Второе."), version("en", "", "First.", "Second."))
	al.Versions[1].Segments = append(al.Versions[1].Segments, bitext.Segment{Text: "Subscribe now."})
	al.Beads = append(al.Beads, bitext.Bead{Sides: []bitext.Range{{From: 2, To: 2}, {From: 2, To: 3}}})
	res, err := s.Add(ctx, bridge, al)
	if err != nil || res.OneSided != 1 || res.Units != 2 {
		t.Fatalf("%+v, %v", res, err)
	}
	if got := searchTexts(t, s, "subscribe"); got != nil {
		t.Errorf("found: %q", got)
	}
	if _, vs, _ := s.Versions(ctx, bridge.ID); len(vs[1].Segments) != 3 {
		t.Errorf("segments: %v", vs[1].Segments)
	}
}
