package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"sverka/internal/bitext"
	"sverka/internal/terminology"
)

func sampleAudit() []terminology.Audited {
	use := func(source, target string, at, to [2]int) terminology.Use {
		return terminology.Use{Statement: "interview", Version: "en@blog", Source: source, Target: target, TermAt: at, At: to, Prob: 1}
	}
	return []terminology.Audited{
		{
			Entry: "talks", Term: "переговоры", From: "ru", To: "en", Count: 5, Uncertain: 1, Entropy: 0.97, Cause: "version", Explained: 0.8, Within: 2,
			Groups: []terminology.AuditGroup{
				{Group: terminology.Group{Key: "talk", Form: "talks", Count: 3, Share: 0.6}, Status: bitext.TermPreferred, First: "2020-01-01", Last: "2025-08-29",
					Versions: []terminology.Tally{{Name: "en@official", Count: 3}}, Translators: []terminology.Tally{{Name: "A body", Count: 2}},
					Statements: []terminology.Tally{{Name: "interview", Count: 2}, {Name: "declaration", Count: 1}},
					Example:    use("Идут переговоры.", "Talks go on.", [2]int{9, 29}, [2]int{0, 5})},
				{Group: terminology.Group{Key: "parley", Form: "parley", Count: 2, Share: 0.4}, Status: bitext.TermDeprecated,
					Versions: []terminology.Tally{{Name: "en@a", Count: 1}, {Name: "en@b", Count: 1}, {Name: "en@c", Count: 1}, {Name: "en@d", Count: 1}, {Name: "en@e", Count: 1}},
					Example:  use("Переговоры.", "The parley.", [2]int{0, 20}, [2]int{4, 10})},
			},
		},
		{
			Entry: "hostile", Term: hostile, From: "en", To: "zh", Count: 2, Entropy: 1,
			Groups: []terminology.AuditGroup{
				{Group: terminology.Group{Key: "1", Form: hostile, Count: 1, Share: 0.5}, Example: use(hostile, hostile, [2]int{0, len(hostile)}, [2]int{0, 8})},
				{Group: terminology.Group{Key: "2", Form: strings.Repeat("長", 300), Count: 1, Share: 0.5}, Example: use("x", "長", [2]int{0, 1}, [2]int{0, 3})},
			},
		},
	}
}

func TestAudit(t *testing.T) {
	for _, f := range AuditFormats {
		var b bytes.Buffer
		if err := Audit(&b, sampleAudit(), f, "", 3); err != nil {
			t.Fatal(err)
		}
		golden(t, "audit."+f, b.Bytes())
		if f == "html" && (strings.Count(b.String(), "<script") != 1 || strings.Contains(b.String(), "<b onmouseover")) {
			t.Error("hostile text became markup")
		}
		b.Reset()
		if err := Audit(&b, nil, f, "Nothing", 0); err != nil || f != "tsv" && !strings.Contains(b.String(), "o term is rendered in more than one way") {
			t.Errorf("%s of nothing: %v\n%s", f, err, b.String())
		}
	}
	if err := Audit(&bytes.Buffer{}, nil, "pdf", "", 0); err == nil {
		t.Error("an unknown format")
	}
}

func TestAuditInBrowser(t *testing.T) {
	for _, width := range []int{1280, 400} {
		ctx := browser(t, width)
		path := filepath.Join(t.TempDir(), "audit.html")
		var b bytes.Buffer
		if err := Audit(&b, sampleAudit(), "html", "", 0); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
			t.Fatal(err)
		}
		if wide := ask[bool](t, ctx, `document.documentElement.scrollWidth > innerWidth`); wide {
			t.Errorf("at %d pixels the page is wider than the window", width)
		}
		if n := ask[int](t, ctx, `document.querySelectorAll("main article li").length`); n != 4 {
			t.Errorf("%d renderings, want 4", n)
		}
		if w := ask[int](t, ctx, `Math.round(100 * document.querySelector("rect").getBoundingClientRect().width / document.querySelector(".bar").getBoundingClientRect().width)`); w != 60 {
			t.Errorf("the bar of 60 %% fills %d %%", w)
		}
		if n := ask[int](t, ctx, `document.querySelectorAll("details[open]").length`); n != 0 {
			t.Errorf("%d examples are open", n)
		}
		if said := ask[string](t, ctx, `(document.querySelector("summary").click(), document.querySelector("blockquote mark").textContent)`); said != "переговоры" {
			t.Errorf("the example marks %q", said)
		}
	}
}

func TestProposals(t *testing.T) {
	groups := []terminology.Group{{Key: "a", Form: "multipolar world", Count: 3, Share: .6}, {Key: "b", Form: "multi|polar", Count: 2, Share: .4}}
	found := []terminology.Proposal{
		{Term: "многополярный мир", Count: 7, Pieces: []terminology.Renderings{{Lang: "en", Asked: 5, Found: 5, Groups: groups}, {Lang: "zh", Asked: 2}}},
		{Term: "\"дом\", общий", Count: 2, Pieces: []terminology.Renderings{{Lang: "zh", Asked: 4, Found: 3, Groups: groups[:1]}}},
	}
	var all bytes.Buffer
	if err := ProposalsText(&all, found); err != nil {
		t.Fatal(err)
	}
	for _, tabs := range []bool{false, true} {
		if err := ProposalsTable(&all, found, "ru", []bitext.Lang{"en", "zh"}, tabs); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "proposals.text", all.Bytes())
}
