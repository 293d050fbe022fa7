package concordance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

// texts is a source that holds texts and tries them one by one.
type texts []bitext.Unit

func (s texts) Search(_ context.Context, q *query.Query, page query.Page) ([]query.Hit, int, error) {
	var all []query.Hit
	for _, u := range s {
		for i := range u.Variants {
			if q.Match(query.Analyze(u.Variants[i].Text), &query.Meta{Statement: u.Statement, Variant: &u.Variants[i]}) {
				all = append(all, query.Hit{Unit: u, Variant: i})
			}
		}
	}
	total := -1
	if page.Count {
		total = len(all)
	}
	from := min(page.Offset, len(all))
	return all[from:min(from+page.Limit, len(all))], total, nil
}

func unit(date string, variants ...string) bitext.Unit {
	u := bitext.Unit{Statement: bitext.Statement{Date: date}}
	for i, v := range variants {
		u.Variants = append(u.Variants, bitext.Variant{Lang: bitext.Langs[i], Text: v})
	}
	return u
}

func find(t testing.TB, s Source, typed string, o Options) *Result {
	t.Helper()
	q, err := query.Parse(typed)
	if err != nil {
		t.Fatal(err)
	}
	res, err := Find(context.Background(), s, q, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestFind(t *testing.T) {
	s := texts{
		unit("2023-01-01", "Старый мост цел.", "老桥完好无损。", "The old bridge is whole."),
		unit("2024-01-01", "Мосты строят долго.", "建桥需要很长时间。", "Bridges take long to build."),
		unit("2022-01-01", "Моста нет, есть паром.", "没有桥，有渡船。", "There is no bridge but a ferry; a bridge is planned."),
	}
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"bridge", []string{"The old [bridge] is whole.", "There is no [bridge] but a ferry; a {bridge} is planned.", "[Bridges] take long to build."}},
		{"мосты", []string{"[Мосты] строят долго.", "Старый [мост] цел.", "[Моста] нет, есть паром."}},
		{"桥", []string{"建[桥]需要很长时间。", "老[桥]完好无损。", "没有[桥]，有渡船。"}},
	} {
		res := find(t, s, c.typed, Options{Count: true})
		var got []string
		for _, l := range res.Lines {
			got = append(got, show(l))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") || res.Total != len(c.want) || res.More {
			t.Errorf("%s: %d in all\n%s", c.typed, res.Total, strings.Join(got, "\n"))
		}
	}
	l := find(t, s, "ferry", Options{Langs: []bitext.Lang{"zh", "ru"}}).Lines[0]
	if l.Lang != "en" || len(l.Others) != 2 || l.Others[0].Lang != "zh" || l.Others[1].Text != "Моста нет, есть паром." {
		t.Errorf("%+v", l)
	}
	if l = find(t, s, "ferry", Options{}).Lines[0]; len(l.Others) != 2 || l.Others[0].Lang != "ru" {
		t.Errorf("%+v", l)
	}
}

// show marks the key with [] and the further places with {}.
func show(l Line) string {
	mark := func(s string, spans []query.Span) string {
		for i := len(spans) - 1; i >= 0; i-- {
			s = s[:spans[i].Start] + "{" + s[spans[i].Start:spans[i].End] + "}" + s[spans[i].End:]
		}
		return s
	}
	return mark(l.Left, l.LeftSpans) + "[" + l.Key + "]" + mark(l.Right, l.RightSpans)
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		width       int
		want        string
	}{
		{"bridge", "a long way before the bridge and a long way behind it", 30, "…before the [bridge] and a long…"},
		{"bridge", "bridge and a long way behind it", 20, "[bridge] and a long…"},
		{"bridge", "a long way before the bridge", 20, "…before the [bridge]"},
		{"bridge", "bridge", 3, "[bridge]"},
		{"bridge", "over a bridge by", 2, "…[bridge]…"},
		{"桥", "我们将在这条大河上建造一座新桥，它将连接两岸的城市和乡村。", 20, "…造一座新[桥]，它将连…"},
		{"bridge", "line\nbreak \x1b[31m bridge\x1b[0m\u0085end", 80, "line break  [31m [bridge] [0m\u00a0end"},
		{"bridge", strings.Repeat("e\u0301", 50) + " bridge " + strings.Repeat("e\u0301", 50), 16, "…" + strings.Repeat("e\u0301", 3) + " [bridge] " + strings.Repeat("e\u0301", 3) + "…"},
	} {
		l := find(t, texts{unit("", c.text)}, c.typed, Options{Width: c.width}).Lines[0]
		if got := show(l); got != c.want {
			t.Errorf("%s at %d: %q, want %q", c.typed, c.width, got, c.want)
		}
	}
}

func TestPages(t *testing.T) {
	var s texts
	for i := range 2*chunk + 30 {
		form := []string{"bridge", "bridges"}[i%2]
		s = append(s, unit(fmt.Sprintf("20%02d-01-01", i%50), fmt.Sprintf("%s %d", form, i)))
	}
	all := find(t, s, "bridge", Options{Limit: 1000, Count: true})
	if len(all.Lines) != len(s) || all.Total != len(s) || all.More {
		t.Fatalf("%d lines of %d, more %v", len(all.Lines), all.Total, all.More)
	}
	var got []string
	for at := 0; ; at += 7 {
		res := find(t, s, "bridge", Options{Limit: 7, Offset: at})
		for _, l := range res.Lines {
			got = append(got, l.Text)
		}
		if res.More != (at+7 < len(s)) {
			t.Errorf("at %d: more %v", at, res.More)
		}
		if !res.More {
			break
		}
	}
	for i, l := range all.Lines {
		if i >= len(got) || got[i] != l.Text {
			t.Fatalf("line %d of the pages is another one", i)
		}
	}
	if all.Lines[0].Exact == 0 || all.Lines[0].date() < all.Lines[1].date() {
		t.Errorf("the first line is %+v", all.Lines[0])
	}
}

func TestFindErrors(t *testing.T) {
	q, _ := query.Parse("bridge")
	if _, err := Find(context.Background(), texts{}, q, Options{Offset: -1}); err == nil {
		t.Error("an offset under 0 is taken")
	}
	if _, err := Find(context.Background(), failing{}, q, Options{}); !errors.Is(err, errSource) {
		t.Errorf("error %v", err)
	}
}

var errSource = errors.New("no source")

type failing struct{}

func (failing) Search(context.Context, *query.Query, query.Page) ([]query.Hit, int, error) {
	return nil, 0, errSource
}

// However wide, the line fits, its parts are of the text, and the marks stand
// on what was looked for.
func TestCutProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom([]rune("ab мост桥新e\u0301\u200d\n\x1b，。ｆ"))
		s := rapid.StringOfN(r, 0, 60, -1).Draw(t, "before") + " bridge " + rapid.StringOfN(r, 0, 60, -1).Draw(t, "behind") +
			rapid.SampledFrom([]string{"", " bridges", "bridge"}).Draw(t, "end")
		w := rapid.IntRange(1, 90).Draw(t, "width")
		q, _ := query.Parse("bridge")
		res, err := Find(context.Background(), texts{unit("", s)}, q, Options{Width: w})
		if err != nil || len(res.Lines) != 1 {
			t.Fatalf("%q: %v %v", s, res, err)
		}
		l := res.Lines[0]
		if n := Cells(l.Left + l.Key + l.Right); n > max(w, Cells(l.Key)+2) {
			t.Fatalf("%d cells for %d: %q %q %q", n, w, l.Left, l.Key, l.Right)
		}
		inner := strings.TrimPrefix(l.Left, ellipsis) + l.Key + strings.TrimSuffix(l.Right, ellipsis)
		if !strings.Contains(plain(s), inner) || !utf8.ValidString(inner) {
			t.Fatalf("%q is not of %q", inner, s)
		}
		for _, sp := range l.RightSpans {
			if got := l.Right[sp.Start:sp.End]; !strings.HasPrefix(got, "bridge") {
				t.Fatalf("marked %q", got)
			}
		}
		for _, sp := range l.LeftSpans {
			if got := l.Left[sp.Start:sp.End]; !strings.HasPrefix(got, "bridge") {
				t.Fatalf("marked %q", got)
			}
		}
	})
}

func TestCells(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "мост": 4, "新桥": 4, "，": 2, "ｆ": 2, "e\u0301": 1, "…": 1, "\u200d": 0} {
		if got := Cells(s); got != want {
			t.Errorf("Cells(%q) = %d, want %d", s, got, want)
		}
	}
}
