package tm

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sverka/internal/bitext"
)

var noon = time.Date(2025, 3, 4, 12, 0, 0, 5, time.UTC)

func mustCorrect(t *testing.T, s *Store, c Correction) Change {
	t.Helper()
	if c.By == "" {
		c.By = "An editor"
	}
	if c.At.IsZero() {
		c.At = noon
	}
	done, err := s.Correct(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestCorrect(t *testing.T) {
	s, ctx := open(t), context.Background()
	mustImport(t, s, pair("The bridge is long", "Мост длинный"), pair("The bridge is high", "Мост высокий"))
	done := mustCorrect(t, s, Correction{Unit: "1", Lang: "ru", Text: " Мост длинён ", Why: "style"})
	want := Change{Unit: "1", Variant: "ru", Old: "Мост длинный", New: "Мост длинён", By: "An editor", Why: "style", At: noon.Truncate(time.Second)}
	if done != want {
		t.Errorf("%+v, want %+v", done, want)
	}
	mustCorrect(t, s, Correction{Unit: "1", Lang: "ru", Text: "Мост велик", By: "Another", At: noon.AddDate(0, 1, 0)})
	sound(t, s)
	if got := searchTexts(t, s, "велик"); len(got) != 1 {
		t.Errorf("the new wording is found in %q", got)
	}
	if got := searchTexts(t, s, "длинный"); len(got) != 0 {
		t.Errorf("the old wording is found in %q", got)
	}
	if u := allUnits(t, s, Filter{})[0]; u.Variants[1].Text != "Мост велик" || u.Status != bitext.StatusAccepted {
		t.Errorf("%+v", u)
	}
	m, err := s.Lookup(ctx, LookupQuery{Text: "Мост велик", Min: 100})
	if err != nil || len(m) != 1 {
		t.Errorf("exact lookup of the new wording: %v, %v", m, err)
	}
	history, err := s.History(ctx, HistoryQuery{Unit: "1"})
	if err != nil || len(history) != 2 || history[0] != want || history[1].Old != "Мост длинён" || history[1].By != "Another" {
		t.Errorf("%+v, %v", history, err)
	}
	for q, n := range map[HistoryQuery]int{
		{}: 2, {Unit: "2"}: 0, {By: "Ano"}: 1, {Since: "2025-03-05"}: 1, {Until: "2025-03-04"}: 1, {Until: "2025-03"}: 1, {Until: "2025"}: 2, {Since: "2026-01-01"}: 0,
	} {
		if got, err := s.History(ctx, q); err != nil || len(got) != n {
			t.Errorf("%+v: %v, %v", q, got, err)
		}
	}
}

func TestCorrectRefuses(t *testing.T) {
	s, ctx := open(t), context.Background()
	mustImport(t, s, bitext.Unit{Variants: []bitext.Variant{
		{Lang: "ru", Text: "Да"}, {Lang: "en", Label: "a", Text: "Yes"}, {Lang: "en", Label: "b", Text: "Aye"},
	}})
	for _, c := range []struct {
		Correction
		is   error
		says string
	}{
		{Correction{Unit: "1", Lang: "ru", Text: "Да", By: "x"}, ErrSame, ""},
		{Correction{Unit: "1", Lang: "en", Text: "Yea", By: "x"}, ErrUnknown, "en@a and en@b"},
		{Correction{Unit: "1", Lang: "en", Label: "c", Text: "Yea", By: "x"}, ErrUnknown, "say which"},
		{Correction{Unit: "1", Lang: "zh", Text: "是", By: "x"}, ErrUnknown, "no text in zh"},
		{Correction{Unit: "2", Lang: "ru", Text: "Нет", By: "x"}, ErrUnknown, ""},
		{Correction{Unit: "one", Lang: "ru", Text: "Нет", By: "x"}, ErrUnknown, "no number"},
		{Correction{Unit: "1", Lang: "ru", Text: " \n", By: "x"}, nil, "empty"},
		{Correction{Unit: "1", Lang: "ru", Text: "a\x00b", By: "x"}, nil, "NUL"},
		{Correction{Unit: "1", Lang: "ru", Text: "\xff", By: "x"}, nil, "not UTF-8"},
		{Correction{Unit: "1", Lang: "ru", Text: "Нет"}, nil, "say who"},
	} {
		_, err := s.Correct(ctx, c.Correction)
		if err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c.Correction, err)
		}
	}
	if h, err := s.History(ctx, HistoryQuery{}); err != nil || len(h) != 0 {
		t.Errorf("what was refused is remembered: %v, %v", h, err)
	}
	if _, err := s.History(ctx, HistoryQuery{Statement: "none"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("history of an unknown statement: %v", err)
	}
}

// What was corrected stays corrected, and single, when the text as it was comes
// again by an import or an addition.
func TestCorrectedStays(t *testing.T) {
	s, ctx := open(t), context.Background()
	first := pair("The bridge is long", "Мост длинный")
	mustImport(t, s, first)
	mustCorrect(t, s, Correction{Unit: "1", Lang: "ru", Text: "Мост долог"})
	mustCorrect(t, s, Correction{Unit: "1", Lang: "ru", Text: "Мост велик"})
	for _, u := range []bitext.Unit{first, pair("The bridge is long", "Мост долог"), pair("The bridge is long", "Мост велик")} {
		if r := mustImport(t, s, u); r.Stored != 0 || r.Merged != 1 {
			t.Errorf("%q is stored anew: %+v", u.Variants[1].Text, r)
		}
	}
	al := oneToOne(ruTalk, zhTalk, enTalk)
	if _, err := s.Add(ctx, bridge, al); err != nil {
		t.Fatal(err)
	}
	mustCorrect(t, s, Correction{Unit: "2", Lang: "en", Label: "office", Text: "Quite another wording."})
	r, err := s.Add(ctx, bridge, al)
	if err != nil || r.Stored+r.Removed != 0 {
		t.Errorf("the same addition again: %+v, %v", r, err)
	}
	sound(t, s)
	if got := searchTexts(t, s, "wording"); len(got) != 1 {
		t.Errorf("the correction is lost: %q", got)
	}
	// A unit that goes takes its history with it.
	if _, err := s.Delete(ctx, bridge.ID, ""); err != nil {
		t.Fatal(err)
	}
	if h, err := s.History(ctx, HistoryQuery{}); err != nil || len(h) != 2 {
		t.Errorf("history behind a deletion: %v, %v", h, err)
	}
	sound(t, s)
}

// A correction survives that its statement is aligned anew with a further
// version, or with a version that has changed elsewhere; it goes with its version.
func TestCorrectionGoesOn(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk)); err != nil {
		t.Fatal(err)
	}
	mustCorrect(t, s, Correction{Unit: "1", Lang: "zh", Text: "第一种说法。"})
	mustCorrect(t, s, Correction{Unit: "1", Lang: "zh", Text: "第二种说法。"})
	history := func() int {
		t.Helper()
		sound(t, s)
		h, err := s.History(ctx, HistoryQuery{Statement: bridge.ID})
		if err != nil {
			t.Fatal(err)
		}
		return len(h)
	}
	changed := ruTalk
	changed.Segments = append([]bitext.Segment{}, ruTalk.Segments...)
	changed.Segments[0].Text = "Совсем другое начало."
	for what, al := range map[string]*bitext.Alignment{"a further version": oneToOne(ruTalk, zhTalk, enTalk), "another text": oneToOne(changed, zhTalk, enTalk)} {
		if _, err := s.Add(ctx, bridge, al); err != nil {
			t.Fatal(err)
		}
		if got := searchTexts(t, s, "第二种说法"); len(got) != 1 || history() != 2 {
			t.Errorf("%s: found %q, %d corrections", what, got, history())
		}
	}
	if _, err := s.Delete(ctx, bridge.ID, "zh"); err != nil {
		t.Fatal(err)
	}
	if n := history(); n != 0 {
		t.Errorf("%d corrections of a version that is no more", n)
	}
}

func TestCompact(t *testing.T) {
	s, ctx := open(t), context.Background()
	var units []bitext.Unit
	for i := range 4000 {
		u := pair(fmt.Sprintf("Wagon %d of the long train is loaded with timber from the north", i), fmt.Sprintf("Вагон %d длинного поезда гружён лесом с севера", i))
		u.Statement.ID = []string{"kept", "gone"}[i%2]
		units = append(units, u)
	}
	mustImport(t, s, units...)
	if _, err := s.Delete(ctx, "gone", ""); err != nil {
		t.Fatal(err)
	}
	r, err := s.Compact(ctx)
	if err != nil || r.After >= r.Before*3/4 {
		t.Errorf("%+v, %v", r, err)
	}
	sound(t, s)
	if n := len(allUnits(t, s, Filter{})); n != 2000 {
		t.Errorf("%d units", n)
	}
	other, err := Open(ctx, s.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Compact(ctx); !errors.Is(err, ErrReadOnly) {
		t.Errorf("read only: %v", err)
	}
}

// A memory as the first version of the program made it is brought up to date
// with all that it holds.
func TestMigrateFirst(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "old.tm")
	steps, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	u := pair("The bridge is long", "Мост длинный")
	u.Statement.ID = "talks"
	execSQL(t, path, steps[0], "INSERT INTO meta VALUES ('fold', 1), ('unit', 1), ('generation', 0)",
		"INSERT INTO statement (id, slug, title) VALUES (1, 'talks', 'The talks')",
		"INSERT INTO origin VALUES (1, 'en', '', '', '', '', 0, 1), (2, 'ru', '', '2025-03-04', '', 'A body', 0, 1)",
		fmt.Sprintf("INSERT INTO unit VALUES (1, 1, 0, 0.5, 0, %d, 'a note')", unitHash(&u)),
		"INSERT INTO variant VALUES (256, 1, 0, 'The bridge is long'), (257, 2, 0, 'Мост длинный')",
		fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = 1")
	if _, err := Open(ctx, path, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "bring it up to date") {
		t.Errorf("read only: %v", err)
	}
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sound(t, s)
	if r := mustImport(t, s, u); r.Stored != 0 {
		t.Errorf("the same unit is stored anew: %+v", r)
	}
	got := allUnits(t, s, Filter{})
	if len(got) != 1 || got[0].Note != "a note" || got[0].Statement.Title != "The talks" || got[0].Variants[1].Translator != "A body" {
		t.Errorf("%+v", got)
	}
	if got := searchTexts(t, s, "мосты"); len(got) != 1 {
		t.Errorf("search: %q", got)
	}
	mustCorrect(t, s, Correction{Unit: "1", Lang: "ru", Text: "Мост велик"})
}
