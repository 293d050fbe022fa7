package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"sverka/internal/bitext"
	"sverka/internal/concordance"
	"sverka/internal/query"
)

// units is a source of hits in memory.
type units []bitext.Unit

// Search tries every variant.
func (u units) Search(_ context.Context, q *query.Query, page query.Page) ([]query.Hit, int, error) {
	var out []query.Hit
	for i := range u {
		for j := range u[i].Variants {
			if q.Match(query.Analyze(u[i].Variants[j].Text), &query.Meta{Statement: u[i].Statement, Variant: &u[i].Variants[j]}) {
				out = append(out, query.Hit{Unit: u[i], Variant: j})
			}
		}
	}
	total := len(out)
	return out[min(page.Offset, total):min(page.Offset+page.Limit, total)], total, nil
}

func sampleConcordance(t *testing.T) []byte {
	t.Helper()
	talk := bitext.Statement{ID: "bridge-talk", Title: "A talk on <b>bridges</b>", Date: "2025-03-04", Speaker: "I. Petrova"}
	src := units{
		{ID: "7", Statement: talk, Variants: []bitext.Variant{
			{Lang: "en", Label: "office", Text: "Both bridges, old and new, will be joined by <script>alert(1)</script> one road; the bridge in the north is the longest of all that were built in this part of the country."},
			{Lang: "ru", Text: "Оба моста, старый и новый, соединит одна дорога.", Translator: "A. Sidorov"},
			{Lang: "zh", Text: "新旧两座桥将由一条路连接。", Machine: true},
		}},
		{ID: "8", Variants: []bitext.Variant{{Lang: "en", Text: "A bridge."}, {Lang: "ru", Text: "Мост."}}},
	}
	q, err := query.Parse("bridge")
	if err != nil {
		t.Fatal(err)
	}
	r, err := concordance.Find(context.Background(), src, q, concordance.Options{Limit: 20, Count: true, Width: 96})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Concordance(&b, r, "bridge", 1); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestConcordance(t *testing.T) {
	page := sampleConcordance(t)
	golden(t, "concordance.html", page)
	if strings.Contains(string(page), "<script>alert") || strings.Contains(string(page), "<b>") {
		t.Error("hostile text became markup")
	}
	var b bytes.Buffer
	if err := Concordance(&b, &concordance.Result{}, "nothing", 1); err != nil || !strings.Contains(b.String(), "No hit.") {
		t.Errorf("of nothing: %v\n%s", err, b.String())
	}
}

func TestConcordanceInBrowser(t *testing.T) {
	page := sampleConcordance(t)
	for _, width := range []int{1280, 400} {
		ctx := browser(t, width)
		path := filepath.Join(t.TempDir(), "search.html")
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
			t.Fatal(err)
		}
		if wide := ask[bool](t, ctx, `document.documentElement.scrollWidth > innerWidth`); wide {
			t.Errorf("at %d pixels the page is wider than the window", width)
		}
		if n := ask[int](t, ctx, `document.querySelectorAll("summary .line > mark").length`); n != 2 {
			t.Errorf("%d keywords, want 2", n)
		}
		// The keywords stand under one another, and the left context ends at them.
		if width > 1000 {
			if d := ask[int](t, ctx, `(m => Math.round(Math.abs((m[0].left + m[0].right) - (m[1].left + m[1].right)) / 2))([...document.querySelectorAll("summary .line > mark")].map(e => e.getBoundingClientRect()))`); d > 30 {
				t.Errorf("the keywords stand %d pixels apart", d)
			}
		}
		if n := ask[int](t, ctx, `(document.querySelector("#l1 summary").click(), document.querySelectorAll("#l1[open] .whole mark").length)`); n != 2 {
			t.Errorf("the opened line marks %d places, want 2", n)
		}
	}
}
