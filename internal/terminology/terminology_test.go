package terminology

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
	"sverka/internal/text"
)

func stem(lang bitext.Lang, form string) string { return text.Stem(string(lang), form) }

func key(lang bitext.Lang, form string) string {
	var out []string
	for _, w := range strings.Fields(text.Fold(form)) {
		out = append(out, text.Stem(string(lang), w))
	}
	return strings.Join(out, " ")
}

// tableLinker finds a rendering by a table: for each beginning of a term, what
// may stand for it, the first that the target has.
func tableLinker(table map[string][]string) Linker {
	return func(a, b *bitext.Variant) func(int, int) (Rendered, bool) {
		return func(start, end int) (Rendered, bool) {
			for begin, forms := range table {
				if !strings.HasPrefix(strings.ToLower(a.Text[start:end]), begin) {
					continue
				}
				for _, f := range forms {
					if i := strings.Index(b.Text, f); i >= 0 {
						return Rendered{Form: f, At: [2]int{i, i + len(f)}, Prob: 0.9}, true
					}
				}
			}
			return Rendered{}, false
		}
	}
}

func units(us ...bitext.Unit) Units {
	return func() iter.Seq2[bitext.Unit, error] {
		return func(yield func(bitext.Unit, error) bool) {
			for _, u := range us {
				if !yield(u, nil) {
					return
				}
			}
		}
	}
}

func unit(statement, date string, texts ...string) bitext.Unit {
	u := bitext.Unit{ID: statement, Statement: bitext.Statement{ID: statement, Date: date}}
	for _, t := range texts {
		name, s, _ := strings.Cut(t, "=")
		lang, label, _ := strings.Cut(name, "@")
		u.Variants = append(u.Variants, bitext.Variant{Lang: bitext.Lang(lang), Label: label, Text: s})
	}
	return u
}

func TestExtract(t *testing.T) {
	all := units(
		unit("a", "", "ru=Стороны говорили о многополярном мире и торговле.", "en=The sides spoke of a multipolar world and of trade."),
		unit("b", "", "ru=Мы за многополярный мир. Это самый важный вопрос.", "en=We are for a multipolar world. This is the most important question."),
		unit("c", "", "ru=Строительство многополярного мира; общий дом.", "en=Building a multi-polar world; a common home."),
		unit("d", "", "ru=В многополярном мире общий дом нужен всем.", "en=In a multipolar world everybody needs a common home."),
		unit("e", "", "ru=Наш общий дом велик."),
	)
	opt := ExtractOptions{
		From: "ru", To: []bitext.Lang{"en", "zh"}, MinCount: 2, Stem: stem, Key: key,
		Link: tableLinker(map[string][]string{"многополярн": {"multipolar world", "multi-polar world"}, "общ": {"common home"}}),
	}
	got, err := Extract(context.Background(), all, opt)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range got {
		said = append(said, fmt.Sprint(p.Term, " ", p.Count, " ", p.Concept("ru").Terms[1:]))
	}
	want := []string{
		"многополярный мир 4 [{en multipolar world preferred  3 of 4  }]", // an alternative must stand twice
		"общий дом 2 [{en common home preferred  2 of 2  }]",
	}
	if !slices.Equal(said, want) {
		t.Errorf("got %q\nwant %q", said, want)
	}
	opt.Known = func(_ bitext.Lang, term string) bool { return term == "общий дом" }
	if got, err = Extract(context.Background(), all, opt); err != nil || len(got) != 1 {
		t.Errorf("known terms come again: %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Extract(ctx, all, opt); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got, err = Extract(context.Background(), units(), opt); err != nil || got != nil {
		t.Errorf("nothing: %v, %v", got, err)
	}
}

func TestExtractChinese(t *testing.T) {
	all := units(
		unit("a", "", "zh=构建人类命运共同体", "en=Building a shared future."),
		unit("b", "", "zh=人类命运共同体的理念", "en=The idea of a shared future."),
		unit("c", "", "zh=共建人类命运共同体，加强合作", "en=A shared future and cooperation."),
		unit("d", "", "zh=我们谈到人类命运共同体", "en=We spoke of a shared future."),
	)
	got, err := Extract(context.Background(), all, ExtractOptions{
		From: "zh", To: []bitext.Lang{"en"}, Stem: stem, Key: key, Link: tableLinker(map[string][]string{"人类命运共同体": {"shared future"}}),
	})
	if err != nil || len(got) != 1 || got[0].Term != "人类命运共同体" || got[0].Count != 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestGramsCountEveryRun holds the level-wise counts against counting by hand.
func TestGramsCountEveryRun(t *testing.T) {
	texts := []string{"red blue green red blue", "blue green, red blue green", "green red blue green"}
	g := newGrams("en", stem)
	naive := map[string]int{}
	for _, s := range texts {
		g.add(s)
		for part := range strings.SplitSeq(s, ", ") {
			w := strings.Fields(part)
			for i := range w {
				for n := 1; n <= 4 && i+n <= len(w); n++ {
					naive[strings.Join(w[i:i+n], " ")]++
				}
			}
		}
	}
	const least = 2
	g.count(least, 4)
	names := make([]string, len(g.words))
	for w, id := range g.ids {
		names[id] = map[string]string{stem("en", "red"): "red", stem("en", "blue"): "blue", stem("en", "green"): "green"}[w]
	}
	known := map[run]string{}
	for id := range g.levels[0].count {
		known[run{1, int32(id)}] = names[id]
	}
	for n := 2; n <= len(g.levels); n++ {
		for k, id := range g.levels[n-1].next {
			known[run{n, id}] = known[run{n - 1, k[0]}] + " " + names[k[1]]
		}
	}
	seen := 0
	for r, name := range known {
		if g.frequency(r) != naive[name] {
			t.Errorf("%q stands %d times, counted %d", name, naive[name], g.frequency(r))
		}
		seen++
	}
	for name, n := range naive {
		if n >= least && !slices.Contains(slices.Collect(func(yield func(string) bool) {
			for _, k := range known {
				if !yield(k) {
					return
				}
			}
		}), name) {
			t.Errorf("%q was not counted", name)
		}
	}
}

func TestAudit(t *testing.T) {
	g := glossary.New([]bitext.Concept{
		{ID: "talks", Terms: []bitext.Term{
			{Lang: "ru", Text: "переговоры"}, {Lang: "en", Text: "talks", Status: bitext.TermPreferred}, {Lang: "en", Text: "parley", Status: bitext.TermDeprecated},
		}},
		{ID: "home", Terms: []bitext.Term{{Lang: "ru", Text: "общий дом"}, {Lang: "en", Text: "common home"}}},
	}, stem)
	all := units(
		unit("a", "2020-01-01", "ru=Идут переговоры.", "en@x=Talks go on.", "en@y=A parley goes on."),
		unit("a", "2020-01-01", "ru=Начались переговоры.", "en@x=Talks began.", "en@y=The parley began."),
		unit("b", "2021-01-01", "ru=О переговорах.", "en@x=On the talks.", "en@y=On the negotiations."),
		unit("b", "2021-01-01", "ru=Общий дом, общий дом.", "en@x=A common home, a common home.", "en@y=Nothing."),
	)
	got, err := Audit(context.Background(), g, all, AuditOptions{Key: key, Link: tableLinker(map[string][]string{"переговор": {"negotiations"}})})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	a := got[0]
	if a.Entry != "talks" || a.Count != 6 || a.Uncertain != 0 || a.Cause != "version" || a.Within != 0 {
		t.Errorf("%+v", a)
	}
	var ways []string
	for _, g := range a.Groups {
		ways = append(ways, fmt.Sprint(g.Form, " ", g.Status, " ", g.Count, " ", g.First, " ", g.Last, " ", g.Versions, " ", g.Statements, " ", g.Example.Target[g.Example.At[0]:g.Example.At[1]]))
	}
	want := []string{
		"Talks preferred 3 2020-01-01 2021-01-01 [{en@x 3}] [{a 2} {b 1}] Talks",
		"parley deprecated 2 2020-01-01 2020-01-01 [{en@y 2}] [{a 2}] parley",
		"negotiations  1 2021-01-01 2021-01-01 [{en@y 1}] [{b 1}] negotiations",
	}
	if !slices.Equal(ways, want) {
		t.Errorf("got %q\nwant %q", ways, want)
	}
	if got, _ := Audit(context.Background(), g, all, AuditOptions{From: []bitext.Lang{"zh"}, Key: key, Link: tableLinker(nil)}); got != nil {
		t.Errorf("from a language that is not there: %+v", got)
	}
}

// TestAuditLooksEvenly holds that of many places some are looked at, from all of
// the memory.
func TestAuditLooksEvenly(t *testing.T) {
	g := glossary.New([]bitext.Concept{{ID: "talks", Terms: []bitext.Term{{Lang: "ru", Text: "переговоры"}, {Lang: "en", Text: "talks"}, {Lang: "en", Text: "parley"}}}}, stem)
	var us []bitext.Unit
	for i := range 1000 {
		en := "Talks."
		if i >= 500 {
			en = "A parley."
		}
		us = append(us, unit(fmt.Sprint(i), "", "ru=Переговоры.", "en="+en))
	}
	got, err := Audit(context.Background(), g, units(us...), AuditOptions{From: []bitext.Lang{"ru"}, Samples: 50, Key: key, Link: tableLinker(nil)})
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	if a := got[0]; a.Places != 1000 || a.Looked < 50 || a.Looked > 100 || a.Looked != a.Count || a.Groups[1].Count < a.Looked*2/5 {
		t.Errorf("%d places, %d looked at, %+v", a.Places, a.Looked, a.Groups)
	}
}

func TestWhole(t *testing.T) {
	v := &bitext.Variant{Lang: "en", Text: "the Years of Education and, later, the Year of Culture"}
	for _, c := range []struct {
		form, want string
		at         [2]int
	}{
		{"Years … Education", "Years of Education", [2]int{4, 22}},
		{"Years", "Years", [2]int{4, 9}},
		{"Years … Culture", "Years … Culture", [2]int{4, 54}},
	} {
		if got := (Rendered{Form: c.form, At: c.at}).whole(v); got != c.want {
			t.Errorf("%q: %q", c.form, got)
		}
	}
}

// BenchmarkExtract proposes terms from 20,000 units.
func BenchmarkExtract(b *testing.B) {
	var us []bitext.Unit
	for i := range 20000 {
		us = append(us, unit("s", "", fmt.Sprintf("ru=Стороны %d обсудили многополярный мир, торговые связи региона %d и общий дом народов %d.", i, i%97, i%31),
			"en=The sides discussed a multipolar world, trade ties and a common home of peoples."))
	}
	link := tableLinker(map[string][]string{"многополярн": {"multipolar world"}})
	for b.Loop() {
		if _, err := Extract(context.Background(), units(us...), ExtractOptions{From: "ru", To: []bitext.Lang{"en"}, Stem: stem, Key: key, Link: link}); err != nil {
			b.Fatal(err)
		}
	}
}
