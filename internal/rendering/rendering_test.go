package rendering

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

var shipped = Shipped()

// spanOf gives the first place of term in s, in code points.
func spanOf(t testing.TB, s, term string) [][2]int {
	at := strings.Index(s, term)
	if at < 0 {
		t.Fatalf("%q is not in %q", term, s)
	}
	from := utf8.RuneCountInString(s[:at])
	return [][2]int{{from, from + utf8.RuneCountInString(term)}}
}

func TestSpot(t *testing.T) {
	ru, zh, en := bitext.Russian, bitext.Chinese, bitext.English
	for _, c := range []struct {
		from         bitext.Lang
		source, term string
		to           bitext.Lang
		target, want string
	}{
		{ru, "Стороны подтвердили приверженность всеобъемлющему партнёрству.", "всеобъемлющему партнёрству",
			en, "The parties reaffirmed their commitment to comprehensive partnership.", "comprehensive partnership"},
		{en, "The two ministers discussed trade and energy.", "energy", ru, "Два министра обсудили торговлю и энергетику.", "энергетику"},
		{en, "The agreement was signed in Beijing on Tuesday.", "agreement", zh, "协议于星期二在北京签署。", "协议"},
		{zh, "两国政府反对制裁。", "制裁", en, "The governments of both countries oppose sanctions.", "sanctions"},
		{zh, "两国政府反对制裁。", "政府", ru, "Правительства двух стран выступают против санкций.", "Правительства"},
		{ru, "Президент России прибыл в Астану.", "Президент России", zh, "俄罗斯总统抵达阿斯塔纳。", "俄罗斯总统"},
		{en, "The plant employs 1,200 people.", "1,200", ru, "На заводе работает 1200 человек.", "1200"},
	} {
		r, ok := shipped.Spot(Sentence{c.from, c.source}, Sentence{c.to, c.target}, spanOf(t, c.source, c.term))
		if !ok || r.Form != c.want {
			t.Errorf("%s in %q: %q (%.2f), want %q", c.term, c.target, r.Form, r.Probability, c.want)
		}
	}
}

func TestSpotAbstains(t *testing.T) {
	for _, c := range []struct{ source, term, target string }{
		{"The weather was fine.", "weather", "Стороны подписали договор о торговле."},
		{"The weather was fine.", "weather", ""},
		{"…", "…", "Да."},
		{"The weather was fine.", "weather", "Да \ufe0f 5 дней."}, // a sign that folds to nothing
	} {
		r, ok := shipped.Spot(Sentence{"en", c.source}, Sentence{"ru", c.target}, spanOf(t, c.source, c.term))
		if ok && r.Probability > .3 {
			t.Errorf("%s in %q: %q (%.2f)", c.term, c.target, r.Form, r.Probability)
		}
	}
}

func TestSpansLieInTheTarget(t *testing.T) {
	sentence := rapid.StringOf(rapid.RuneFrom([]rune("abc de'é-—«»абв ё中国的政府,.%$12𠮷\u0301\ufe0f")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := sentence.Draw(t, "source"), sentence.Draw(t, "target")
		n := utf8.RuneCountInString(a)
		from := rapid.IntRange(0, n).Draw(t, "from")
		to := rapid.IntRange(from, n).Draw(t, "to")
		r, ok := shipped.Spot(Sentence{"en", a}, Sentence{"zh", b}, [][2]int{{from, to}})
		last := 0
		for _, s := range r.Spans {
			if s[0] < last || s[1] <= s[0] || s[1] > utf8.RuneCountInString(b) {
				t.Fatalf("spans %v in %q", r.Spans, b)
			}
			last = s[1]
		}
		if ok != (len(r.Spans) > 0) || r.Probability < 0 || r.Probability > 1 {
			t.Fatalf("%v, %v", r, ok)
		}
	})
}

func TestGroupFoundJoinsForms(t *testing.T) {
	for _, c := range []struct {
		forms string
		want  int
	}{
		{"системы систему система системой", 1},
		{"доброволец добровольцами", 1},
		{"система системные", 2},
		{"команда командир", 2},
		{"война войны войну", 1},
		{"мир мера", 2},
	} {
		var found []Found
		for f := range strings.FieldsSeq(c.forms) {
			found = append(found, Found{Form: f, Lang: bitext.Russian})
		}
		if got := GroupFound(found); len(got) != c.want {
			t.Errorf("%s: %d groups, want %d", c.forms, len(got), c.want)
		}
	}
}

func TestGroupFound(t *testing.T) {
	found := []Found{
		{Form: "всеобъемлющего партнёрства", Lang: "ru", Date: "2024-05-16", Probability: .9},
		{Form: "Всеобъемлющее партнерство", Lang: "ru", Date: "2023-01-01", Probability: .8},
		{Form: "стратегическое партнёрство", Lang: "ru", Probability: .7},
		{Form: "the partnership", Lang: "en"}, {Form: "partnerships", Lang: "en"}, {Form: "partnership", Lang: "en"},
		{Form: "夥伴關係", Lang: "zh"}, {Form: "伙伴关系", Lang: "zh"},
	}
	var got []string
	for _, g := range GroupFound(found) {
		got = append(got, strings.Join([]string{g.Form, g.First, g.Last}, "/"))
	}
	want := []string{"partnership//", "Всеобъемлющее партнерство/2023-01-01/2024-05-16", "伙伴关系//", "стратегическое партнёрство//"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTrend(t *testing.T) {
	l := &LangHistory{Lang: bitext.English}
	for _, p := range []struct{ form, date string }{
		{"common destiny", "2015-01-01"}, {"common destiny", "2016-01-01"}, {"shared future", "2016-05-01"}, {"common destiny", "2017-01-01"},
		{"shared future", "2019-01-01"}, {"shared future", "2020-01-01"}, {"shared future", "2021-01-01"}, {"something else", ""},
	} {
		l.Places = append(l.Places, Occurrence{
			Unit: bitext.Unit{Variants: []bitext.Variant{{Lang: "en"}}}, Date: p.date, Rendering: Rendering{Form: p.form, Probability: .9},
		})
	}
	l.Places[7].Probability = .1
	l.group(.4)
	want := Trend{"common destiny", "shared future", "2017-01-01", "2019-01-01", 3, 3, 4, 3}
	if l.Trend == nil || *l.Trend != want {
		t.Errorf("trend %+v, want %+v", l.Trend, want)
	}
	if len(l.Groups) != 2 || l.Groups[0].Form != "shared future" || len(l.Unsure) != 1 {
		t.Errorf("groups %+v, unsure %+v", l.Groups, l.Unsure)
	}
}
