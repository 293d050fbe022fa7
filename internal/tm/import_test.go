package tm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

type badUnit struct{ line int }

func (b badUnit) Error() string { return fmt.Sprintf("line %d: no text", b.line) }
func (b badUnit) Skip() bool    { return true }

func allUnits(t testing.TB, s *Store, f Filter) []bitext.Unit {
	t.Helper()
	var out []bitext.Unit
	for u, err := range s.Units(context.Background(), f) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, u)
	}
	return out
}

func TestImportTwice(t *testing.T) {
	s := open(t)
	units := []bitext.Unit{pair("One", "Один"), pair("Two", "Два"), pair("One", "Один"), pair("One", "Раз")}
	res := mustImport(t, s, units...)
	if res.Read != 4 || res.Stored != 3 || res.Merged != 1 {
		t.Errorf("first import: %+v", res)
	}
	before := allUnits(t, s, Filter{})
	res = mustImport(t, s, units...)
	if res.Stored != 0 || res.Merged != 4 || res.Updated != 0 {
		t.Errorf("second import: %+v", res)
	}
	if after := allUnits(t, s, Filter{}); !reflect.DeepEqual(before, after) {
		t.Errorf("the second import changed\n%v to\n%v", before, after)
	}
	sound(t, s)
}

func TestImportMerges(t *testing.T) {
	s := open(t)
	u := pair("One", "Один")
	u.Status = bitext.StatusAccepted
	mustImport(t, s, u)
	u.Status, u.Note, u.Prob = bitext.StatusReview, "seen", 0.9
	u.Variants[1].Translator, u.Variants[1].Date = "A. Ivanov", "2024-01-02"
	if res := mustImport(t, s, u); res.Merged != 1 || res.Updated != 1 || res.Stored != 0 {
		t.Errorf("%+v", res)
	}
	got := allUnits(t, s, Filter{})
	want := u
	want.ID, want.Status, want.Position = "1", bitext.StatusAccepted, 0
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("merged\n%+v, want\n%+v", got, want)
	}
	sound(t, s)
}

func TestImportSkips(t *testing.T) {
	s, ctx := open(t), context.Background()
	twins := pair("One", "Один")
	twins.Variants = append(twins.Variants, bitext.Variant{Lang: "ru", Text: "Раз"})
	same := pair("Three", "Три")
	same.Variants = append(same.Variants, same.Variants[1])
	units := []bitext.Unit{pair("One", "Один"), pair("Two", " "), twins, pair("", ""), pair("bad\xff", "x"), pair("nul\x00", "x"), same,
		{Variants: []bitext.Variant{{Text: "a"}, {Lang: "en", Text: "b"}}}}
	seq := func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
		yield(bitext.Unit{}, fmt.Errorf("wrapped: %w", badUnit{9}))
	}
	var told int
	res, err := s.Import(ctx, seq, ImportOptions{Progress: func(n int) { told = n }})
	if err != nil {
		t.Fatal(err)
	}
	want := []Skipped{{2, "text in one version only"}, {3, "two texts in one language without labels that tell them apart"},
		{4, "no text"}, {5, "a text that is not UTF-8"}, {6, "a text with a NUL character"}, {8, "a variant without a language"},
		{9, "wrapped: line 9: no text"}}
	if res.Stored != 2 || res.SkippedAll != 7 || !reflect.DeepEqual(res.Skipped, want) || told != 9 {
		t.Errorf("%+v, told %d", res, told)
	}
	sound(t, s)
}

func TestImportFailsWhole(t *testing.T) {
	s, ctx := open(t), context.Background()
	broken := errors.New("the file ends early")
	_, err := s.Import(ctx, func(yield func(bitext.Unit, error) bool) {
		for i := range 1000 {
			if !yield(pair(fmt.Sprint("Number ", i), fmt.Sprint("Номер ", i)), nil) {
				return
			}
		}
		yield(bitext.Unit{}, broken)
	}, ImportOptions{})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if got := allUnits(t, s, Filter{}); len(got) != 0 {
		t.Errorf("%d units of a failed import are there", len(got))
	}
	_, err = s.Import(ctx, seqOf(pair("Two", "")), ImportOptions{})
	if !errors.Is(err, ErrNothing) || !strings.Contains(err.Error(), "text in one version only (1)") {
		t.Errorf("nothing to import: %v", err)
	}
	if _, err = s.Import(ctx, seqOf(), ImportOptions{}); !errors.Is(err, ErrNothing) {
		t.Errorf("empty import: %v", err)
	}
	sound(t, s)
}

func TestImportStatements(t *testing.T) {
	s := open(t)
	a, b := pair("One", "Один"), pair("One", "Один")
	a.Statement = bitext.Statement{ID: "first", Title: "The first"}
	res, err := s.Import(context.Background(), seqOf(a, b), ImportOptions{Statement: bitext.Statement{ID: "glossary", Date: "2024-01-01"}})
	if err != nil || res.Stored != 2 {
		t.Fatal(res, err)
	}
	list, err := s.Statements(context.Background())
	if err != nil || len(list) != 2 || list[0].Statement.ID != "first" || list[1].Statement.Date != "2024-01-01" || list[1].Units != 1 {
		t.Errorf("statements %+v, %v", list, err)
	}
}

func TestUnitsFilter(t *testing.T) {
	s := open(t)
	u := func(id, date string, vs ...bitext.Variant) bitext.Unit {
		return bitext.Unit{Statement: bitext.Statement{ID: id, Date: date}, Variants: vs}
	}
	v := func(lang bitext.Lang, label, date, who, text string) bitext.Variant {
		return bitext.Variant{Lang: lang, Label: label, Date: date, Translator: who, Text: text}
	}
	mustImport(t, s,
		u("a", "2024-05-01", v("en", "", "", "", "1"), v("ru", "", "", "", "1"), v("zh", "", "", "", "1")),
		u("b", "2023-01-01", v("en", "office", "2023-02-01", "J. Smith", "2"), v("ru", "", "", "", "2")),
		u("", "", v("en", "", "", "", "3"), v("zh", "", "", "", "3")))
	for _, c := range []struct {
		name string
		f    Filter
		want string
	}{
		{"all", Filter{}, "en ru zh|en ru|en zh"},
		{"two languages", Filter{Langs: []bitext.Lang{"en", "ru"}}, "en ru|en ru"},
		{"one language", Filter{Langs: []bitext.Lang{"zh"}}, "zh|zh"},
		{"statement", Filter{Statements: []string{"b"}}, "en ru"},
		{"label", Filter{Labels: []string{"office"}, MinVariants: 1}, "en"},
		{"translator", Filter{Translators: []string{"SMITH"}, MinVariants: 1}, "en"},
		{"since", Filter{Since: "2023-01-15"}, "en ru zh"},
		{"until", Filter{Until: "2023-12-31"}, "en ru"},
		{"until a year", Filter{Until: "2023"}, "en ru"},
		{"status", Filter{Statuses: []bitext.Status{bitext.StatusReview}}, ""},
	} {
		var units []string
		for _, u := range allUnits(t, s, c.f) {
			var langs []string
			for _, v := range u.Variants {
				langs = append(langs, string(v.Lang))
			}
			units = append(units, strings.Join(langs, " "))
		}
		if got := strings.Join(units, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestUnitsStop(t *testing.T) {
	s := open(t)
	mustImport(t, s, pair("1", "1"), pair("2", "2"), pair("3", "3"))
	for range 2 * readers { // a reader that stops gives its connection back
		for range s.Units(context.Background(), Filter{}) {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range s.Units(ctx, Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestImportCancelled(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := s.Import(ctx, func(yield func(bitext.Unit, error) bool) {
		for i := 0; yield(pair(fmt.Sprint(i), "x"), nil); i++ {
			if i == 2000 {
				cancel()
			}
		}
	}, ImportOptions{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled import: %v", err)
	}
	if n := len(allUnits(t, s, Filter{})); n != 0 {
		t.Errorf("%d units of a cancelled import are there", n)
	}
	sound(t, s)
}

func TestBackup(t *testing.T) {
	s, ctx := open(t), context.Background()
	mustImport(t, s, pair("One", "Один"))
	dest := filepath.Join(t.TempDir(), "new", "copy.tm")
	if err := s.Backup(ctx, dest, false); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, dest, false); !errors.Is(err, os.ErrExist) {
		t.Errorf("over another file: %v", err)
	}
	mustImport(t, s, pair("Two", "Два"))
	if err := s.Backup(ctx, dest, true); err != nil {
		t.Error(err)
	}
	if err := s.Backup(ctx, s.Path(), true); err == nil {
		t.Error("a memory is backed up over itself")
	}
	if err := s.Backup(ctx, filepath.Dir(dest), true); err == nil {
		t.Error("a memory is backed up over a folder")
	}
	entries, _ := os.ReadDir(filepath.Dir(dest))
	if len(entries) != 1 {
		t.Errorf("something is left beside the backup: %v", entries)
	}
	for _, readOnly := range []bool{true, false} {
		c, err := Open(ctx, dest, Options{ReadOnly: readOnly})
		if err != nil {
			t.Fatal(err)
		}
		if got := searchTexts(t, c, "two"); len(got) != 1 {
			t.Errorf("search in the backup: %q", got)
		}
		sound(t, c)
		c.Close()
	}
}
