package tm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// vocabulary keeps random texts near one another.
var vocabulary = map[bitext.Lang][]string{
	"en": {"the", "bridge", "Bridges", "river", "joins", "both", "banks", "of", "a", "city.", "“new”", "Café"},
	"ru": {"мост", "Моста", "через", "реку", "ёлка", "елка", "берег", "город", "и", "новый", "«дом»"},
	"zh": {"我们", "建造", "新", "桥", "河", "城市", "，", "连接", "两岸", "。"},
}

func drawText(t *rapid.T, lang bitext.Lang) string {
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary[lang]), 1, 14).Draw(t, "words")
	if lang == "zh" {
		return strings.Join(words, "")
	}
	return strings.Join(words, " ")
}

func drawUnit(t *rapid.T) bitext.Unit {
	u := bitext.Unit{
		Prob:   rapid.SampledFrom([]float64{0, 0.3, 0.9}).Draw(t, "prob"),
		Status: rapid.SampledFrom([]bitext.Status{bitext.StatusOK, bitext.StatusReview, bitext.StatusAccepted}).Draw(t, "status"),
	}
	for _, lang := range bitext.Langs {
		if rapid.IntRange(0, 3).Draw(t, "has") > 0 || len(u.Variants) == 0 && lang == "en" {
			u.Variants = append(u.Variants, bitext.Variant{Lang: lang, Text: drawText(t, lang),
				Machine: rapid.IntRange(0, 4).Draw(t, "machine") == 0})
		}
	}
	if len(u.Variants) == 1 {
		u.Variants = append(u.Variants, bitext.Variant{Lang: "de", Text: "Brücke"})
	}
	return u
}

// bruteForce looks up q by comparing with every unit.
func bruteForce(units []bitext.Unit, q LookupQuery) []int {
	folded := text.Fold(q.Text)
	said := map[string]int{}
	for i := range units {
		for j, v := range units[i].Variants {
			if len(q.From) > 0 && !slices.Contains(q.From, v.Lang) {
				continue
			}
			l := lookup{q: &q}
			m := Match{Unit: units[i], Source: v}
			if m.Targets = l.targets(&units[i], j); len(m.Targets) == 0 {
				continue
			}
			other := text.Fold(v.Text)
			d := levenshtein(folded, other)
			m.Base = percent(d, max(utf8.RuneCountInString(folded), utf8.RuneCountInString(other)))
			if d == 0 && v.Text != q.Text {
				m.Base = 99
			}
			l.punish(&m)
			key := fmt.Sprint(v.Lang, "|", v.Text)
			for _, t := range m.Targets {
				key += fmt.Sprint("|", t.Lang, "|", t.Text)
			}
			if m.Percent >= q.Min {
				said[key] = max(said[key], m.Percent)
			}
		}
	}
	out := slices.Sorted(maps.Values(said))
	slices.Reverse(out)
	return out[:min(len(out), q.Max)]
}

func percents(matches []Match) []int {
	out := []int{}
	for _, m := range matches {
		out = append(out, m.Percent)
	}
	return out
}

// Lookup finds exactly what comparing with every unit finds, also after units
// were taken out again.
func TestLookupAgainstBruteForce(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		n++
		s, err := Open(ctx, fmt.Sprintf("%s/%d.tm", dir, n), Options{CacheBytes: int64(rapid.SampledFrom([]int{1, 1 << 20}).Draw(t, "cache"))})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		units := rapid.SliceOfN(rapid.Custom(drawUnit), 1, 60).Draw(t, "units")
		for i := range units {
			units[i].Statement.ID = rapid.SampledFrom([]string{"one", "two"}).Draw(t, "statement")
			units[i].Note = fmt.Sprint(i)
		}
		if _, err := s.Import(ctx, seqOf(units...), ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Delete(ctx, "one", ""); err != nil && len(units) > 8 {
			t.Logf("nothing to delete: %v", err)
		}
		var left []bitext.Unit
		for u, err := range s.Units(ctx, Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			left = append(left, u)
		}
		for range 5 {
			lang := rapid.SampledFrom(bitext.Langs).Draw(t, "lang")
			q := LookupQuery{
				Text:      drawText(t, lang),
				From:      rapid.SampledFrom([][]bitext.Lang{nil, {lang}, {"en", "ru"}}).Draw(t, "from"),
				To:        rapid.SampledFrom([][]bitext.Lang{nil, {"zh"}, {"ru", "en"}}).Draw(t, "to"),
				Min:       rapid.IntRange(1, 100).Draw(t, "min"),
				Max:       rapid.IntRange(1, 12).Draw(t, "max"),
				Penalties: rapid.SampledFrom([]*Penalties{&DefaultPenalties, {}, {Machine: 30}}).Draw(t, "penalties"),
			}
			got, err := s.Lookup(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if want := bruteForce(left, q); !slices.Equal(percents(got), append([]int{}, want...)) {
				t.Fatalf("lookup %+v: %v, want %v", q, percents(got), want)
			}
		}
	})
}

func TestLookupSameText(t *testing.T) {
	s := open(t)
	mustImport(t, s, pair("The «new» bridge", "Новый мост"), pair("Ёлка", "Fir"))
	for _, c := range []struct {
		text string
		want int
	}{
		{"The «new» bridge", 100}, {" The «new» bridge ", 88}, {`the "new" bridge`, 99}, {"THE «NEW» BRIDGE", 99}, {"The «new» bridges", 94},
	} {
		m, err := s.Lookup(context.Background(), LookupQuery{Text: c.text})
		if err != nil || len(m) != 1 || m[0].Percent != c.want {
			t.Errorf("lookup %q = %v, %v; want %d %%", c.text, percents(m), err, c.want)
		}
	}
}

// Units that say the same are one match, the latest of them, and counted.
func TestLookupTimes(t *testing.T) {
	s := open(t)
	var units []bitext.Unit
	for _, id := range []string{"a", "b", "c"} {
		u := pair("Thank you.", "Спасибо.")
		u.Statement.ID = id
		units = append(units, u)
	}
	other := pair("Thank you.", "Благодарю.")
	mustImport(t, s, append(units, other)...)
	m, err := s.Lookup(context.Background(), LookupQuery{Text: "Thank you."})
	if err != nil || len(m) != 2 || m[0].Times != 1 || m[1].Times != 3 || m[1].Unit.Statement.ID != "c" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestLookupContext(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Add(ctx, bridge, oneToOne(ruTalk, enTalk)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		prev, next string
		want       int
	}{
		{"", "", 100},
		{"We shall build a new bridge.", "", 101},
		{"", "Thank you for your attention.", 101},
		{"We shall build a new BRIDGE.", "Thank you for your attention.", 101},
		{"We shall build a new bridge.", "Goodbye.", 100},
	} {
		m, err := s.Lookup(ctx, LookupQuery{Text: "It will join both banks.", Prev: c.prev, Next: c.next})
		if err != nil || len(m) != 1 || m[0].Percent != c.want || m[0].Context != (c.want == 101) {
			t.Errorf("between %q and %q: %v, %v; want %d", c.prev, c.next, percents(m), err, c.want)
		}
	}
}

func TestLookupPenalties(t *testing.T) {
	s := open(t)
	u := pair("A machine made this.", "Это сделала машина.")
	u.Variants[1].Machine = true
	u.Status, u.Prob = bitext.StatusReview, 0.4
	mustImport(t, s, u)
	m, err := s.Lookup(context.Background(), LookupQuery{Text: u.Variants[0].Text})
	if err != nil || len(m) != 1 {
		t.Fatal(m, err)
	}
	want := []Penalty{{"machine", 3}, {"review", 5}, {"probability", 5}}
	if m[0].Base != 100 || m[0].Percent != 87 || !slices.Equal(m[0].Penalties, want) {
		t.Errorf("%+v", m[0])
	}
}

func TestLookupOddQueries(t *testing.T) {
	s := open(t)
	mustImport(t, s, pair("…", "。。。"), pair("\u200bzero width", "ноль"), pair(strings.Repeat("long ", 6000), "долго"))
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0}, {"   ", 0}, {"\u200b", 0}, {"…", 1}, {"zero width", 1}, {"\xff\xfe", 0},
		{strings.Repeat("long ", 6000), 1}, {strings.Repeat("long ", 5999), 0},
	} {
		m, err := s.Lookup(context.Background(), LookupQuery{Text: c.text})
		if err != nil || len(m) != c.want {
			t.Errorf("lookup %.20q: %d matches, %v; want %d", c.text, len(m), err, c.want)
		}
	}
	if _, err := s.Lookup(context.Background(), LookupQuery{Text: strings.Repeat("a", maxQuery+1)}); err == nil {
		t.Error("a text of over a megabyte is looked up")
	}
}
