package tm

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

func TestSearchForms(t *testing.T) {
	s := open(t)
	u := func(en, ru, zh string) bitext.Unit {
		v := []bitext.Variant{{Lang: "en", Text: en}, {Lang: "ru", Text: ru}}
		if zh != "" {
			v = append(v, bitext.Variant{Lang: "zh", Text: zh, Date: "2024-06-01", Translator: "Li Hua", Label: "agency"})
		}
		return bitext.Unit{Variants: v}
	}
	mustImport(t, s,
		u("The harbour's lights were running.", "Огни порта горели всё ярче.", "港口的灯光越来越亮。"),
		u("Trade grew by 1,235 tonnes.", "Торговля выросла на 1235 тонн.", "贸易增长了1235吨。"),
		u("A C++ file: read_me.txt", "Файл «прочти» на языке C++", ""),
		u("Fish and chips OR pies", "Рыба и картофель", "鱼和薯条"))
	for _, c := range []struct {
		typed string
		want  int
	}{
		{"run", 1}, {"light", 1}, {"harbours", 1}, {"порту", 1}, {"ПОРТОВ", 1}, {"все", 1}, {"огнём", 1}, {"огню", 1},
		{"灯", 1}, {"灯光", 1}, {"港口的灯光", 1}, {"光灯", 0}, {"燈光", 1}, {"越来", 1}, {"亮", 1},
		{"1235", 3}, {"1,235", 3}, {"1.235", 0}, {"增长了1235吨", 1}, {"长了1235", 1}, {"了1235", 1}, {"增 长", 1},
		{"harb*", 1}, {"running*", 1}, {"runn*", 1}, {"торг*", 1}, {"торговля*", 1}, {"торговлей*", 0}, {"灯*", 1},
		{`"lights were"`, 1}, {`"were lights"`, 0}, {`"fish and chips or pies"`, 1}, {"fish OR trade", 2}, {"or", 1},
		{"lang:ru 1235", 1}, {"1235 -lang:ru", 2}, {"1235 -тонн", 2}, {"1235 NOT (lang:en OR lang:zh)", 1},
		{"label:agency 1235", 1}, {"by:li 鱼", 1}, {"by:wang 鱼", 0}, {"since:2024 鱼", 1}, {"until:2023 鱼", 0}, {"1235 since:2024-06-01 until:2024", 1},
		{"read_me", 1}, {`"C++"`, 2}, {"in:none 鱼", 0}, {`"NEAR("`, 0}, {"words:fish OR fish*", -1}, {`"fish"" OR ""x"`, 0}, {"рыба и", 1},
	} {
		if c.want < 0 {
			if _, err := query.Parse(c.typed); err == nil {
				t.Errorf("%s is parsed", c.typed)
			}
			continue
		}
		if got := searchTexts(t, s, c.typed); len(got) != c.want {
			t.Errorf("search %s: %q, want %d", c.typed, got, c.want)
		}
	}
}

func TestSearchPages(t *testing.T) {
	s := open(t)
	var units []bitext.Unit
	for _, w := range []string{"a", "b", "c", "d", "e"} {
		units = append(units, pair("bridge "+w, "мост"))
	}
	mustImport(t, s, units...)
	for _, typed := range []string{"bridge", "bri*", "lang:en bridge"} {
		q, err := query.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for at := 0; at < 6; at += 2 {
			hits, total, err := s.Search(context.Background(), q, query.Page{Limit: 2, Offset: at, Count: at == 0})
			if err != nil || at == 0 && total != 5 || at > 0 && total != -1 {
				t.Errorf("%s from %d: %d in all, %v", typed, at, total, err)
			}
			for _, h := range hits {
				got = append(got, h.Unit.Variants[h.Variant].Text)
			}
		}
		if want := []string{"bridge e", "bridge d", "bridge c", "bridge b", "bridge a"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", typed, got)
		}
	}
}

// What the index finds is what trying every text finds.
func TestSearchAgainstScan(t *testing.T) {
	s := open(t)
	gen := rapid.Custom(func(t *rapid.T) bitext.Unit { u := drawUnit(t); u.Status = ""; return u })
	var units []bitext.Unit
	for i := range 150 {
		units = append(units, gen.Example(i))
	}
	mustImport(t, s, units...)
	stored := allUnits(t, s, Filter{})
	rapid.Check(t, func(t *rapid.T) {
		var atom func(depth int) string
		atom = func(depth int) string {
			lang := rapid.SampledFrom(bitext.Langs).Draw(t, "lang")
			w := rapid.SampledFrom(vocabulary[lang]).Draw(t, "word")
			switch rapid.IntRange(0, 7).Draw(t, "kind") {
			case 0:
				return `"` + w + " " + rapid.SampledFrom(vocabulary[lang]).Draw(t, "next") + `"`
			case 1:
				r := []rune(w)
				return string(r[:min(len(r), rapid.IntRange(2, 9).Draw(t, "cut"))]) + "*"
			case 2:
				return "-" + w
			case 3:
				return "lang:" + string(lang)
			case 4:
				if depth < 3 {
					return "(" + atom(depth+1) + " OR " + atom(depth+1) + ")"
				}
			case 5:
				if depth < 3 {
					return "NOT (" + atom(depth+1) + " " + atom(depth+1) + ")"
				}
			}
			return w
		}
		typed := atom(0) + " " + atom(0)
		q, err := query.Parse(typed)
		if err != nil {
			t.Skip(err)
		}
		hits, total, err := s.Search(context.Background(), q, query.Page{Limit: 100000, Count: true})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, u := range stored {
			for i := range u.Variants {
				if q.Match(query.Analyze(u.Variants[i].Text), &query.Meta{Statement: u.Statement, Variant: &u.Variants[i]}) {
					want++
				}
			}
		}
		if len(hits) != want || total != want {
			t.Errorf("search %s: %d hits, %d counted; trying all finds %d", typed, len(hits), total, want)
		}
	})
}
