package cli

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// choice is a piece of a sentence: Russian, and two ways to say it in English.
type choice struct{ ru, a, b string }

var (
	actors = []choice{{"Министр", "The minister", "the minister"}, {"Посол", "The ambassador", "the envoy"}, {"Комиссия", "The commission", "the commission"},
		{"Завод", "The plant", "the factory"}, {"Университет", "The university", "the university"}, {"Город", "The city", "the town"}}
	deeds = []choice{{"обсуждал", "discussed", "talked over"}, {"поддержал", "supported", "backed"}, {"изучал", "studied", "examined"}, {"одобрил", "approved", "approved"}}
	goods = []choice{{"новый договор", "a new treaty", "a new agreement"}, {"план развития", "the development plan", "the plan of development"},
		{"проект моста", "the bridge project", "the project of the bridge"}, {"доклад о торговле", "the report on trade", "the trade report"}}
	towns  = []choice{{"в Москве", "in Moscow", "in Moscow"}, {"в Пекине", "in Beijing", "in Beijing"}, {"в Казани", "in Kazan", "in Kazan"}, {"в Харбине", "in Harbin", "in Harbin"}}
	months = []choice{{"января", "January", "January"}, {"марта", "March", "March"}, {"июля", "July", "July"}, {"октября", "October", "October"}}
	turns  = []choice{{"потому что рабочие просили об этом", "because the workers had asked for it", "since the workers had asked for it"},
		{"хотя погода была плохой", "although the weather was bad", "even though the weather was poor"}, {"после долгих переговоров", "after long talks", "after lengthy negotiations"}}
)

// writeLongStatement writes a statement of n segments in Russian and two
// English versions, a tenth of the segments with a date or figure changed.
func writeLongStatement(tb testing.TB, dir string, n int) {
	tb.Helper()
	r := rand.New(rand.NewPCG(5, 7))
	of := func(list []choice) choice { return list[r.IntN(len(list))] }
	var ru, a, b strings.Builder
	for range n {
		s, v, o, p, m, w := of(actors), of(deeds), of(goods), of(towns), of(months), of(turns)
		day, year, guests := 1+r.IntN(28), 1950+r.IntN(75), 100+r.IntN(9000)
		otherDay, otherGuests := day, guests
		switch r.IntN(20) {
		case 0:
			otherDay = day%28 + 1
		case 1:
			otherGuests += 1 + r.IntN(50)
		}
		fmt.Fprintf(&ru, "%s %s %s %s %d %s %d года, %s, а в зале было %d гостей.\n", s.ru, v.ru, o.ru, p.ru, day, m.ru, year, w.ru, guests)
		fmt.Fprintf(&a, "%s %s %s %s on %d %s %d, %s, and there were %d guests in the hall.\n", s.a, v.a, o.a, p.a, day, m.a, year, w.a, guests)
		fmt.Fprintf(&b, "On %s %d, %d, %s %s %s %s, %s; %d guests were in the hall.\n", m.b, otherDay, year, s.b, v.b, o.b, p.b, w.b, otherGuests)
	}
	for name, text := range map[string]string{"ru.txt": ru.String(), "a.txt": a.String(), "b.txt": b.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkCompareLongStatement is the whole command: 10,000 segments in two
// versions with their source, read, aligned, compared and written as a page.
func BenchmarkCompareLongStatement(b *testing.B) {
	for _, format := range []string{"html", "xlsx", "jsonl"} {
		b.Run(format, func(b *testing.B) {
			dir := b.TempDir()
			writeLongStatement(b, dir, 10_000)
			in := func(name string) string { return filepath.Join(dir, name) }
			env := Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: os.Stderr, Getenv: func(string) string { return "" }}
			for b.Loop() {
				status := Run(context.Background(), []string{"compare", "--segmented", "en@a=" + in("a.txt"), "en@b=" + in("b.txt"),
					"--source", "ru=" + in("ru.txt"), "-o", in("report." + format)}, env)
				if status != statusDone {
					b.Fatalf("status %d", status)
				}
			}
		})
	}
}
