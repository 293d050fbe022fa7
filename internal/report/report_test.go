package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

var update = flag.Bool("update", false, "write the golden files anew")

func segments(texts ...string) []bitext.Segment {
	out := make([]bitext.Segment, len(texts))
	for i, t := range texts {
		out[i] = bitext.Segment{Text: t, Space: "\n", Block: i}
	}
	out[0].Kind = bitext.Heading
	return out
}

// hostile is text that tries to be markup.
const hostile = `<script>alert("x")</script> & "quotes" <b onmouseover=alert(1)>bold</b> javascript:void(0) ` + "\u202etxet\u202c"

// sample is a comparison of two versions with a source: a number, a dropped
// sentence, a site's menu and hostile text.
func sample() *compare.Result {
	a := &bitext.Alignment{Versions: []bitext.Version{
		{Lang: "ru", Path: "texts/ru.txt", Title: "О <поставках>", Segments: segments("О поставках", "Поставлено 1235 самолётов.", "Мы благодарны.", "Конец.")},
		{Lang: "en", Label: "official", Path: "texts/official.txt", Segments: segments("On deliveries", "1,235 aircraft were delivered.", "We are grateful.", "The end.")},
		{Lang: "en", Label: "blog", Path: "texts/blog.html", Machine: true, Segments: segments("Menu "+hostile, "About deliveries", "They delivered 1,325 aircraft.", "The end.")},
	}}
	r := func(from, to int) bitext.Range { return bitext.Range{From: from, To: to} }
	bead := func(status bitext.Status, prob float64, sides ...bitext.Range) bitext.Bead {
		return bitext.Bead{Sides: sides, Prob: prob, Status: status, Score: prob * 3}
	}
	a.Beads = []bitext.Bead{
		bead("ok", .99, r(0, 0), r(0, 0), r(0, 1)),
		bead("ok", .97, r(0, 1), r(0, 1), r(1, 2)),
		bead("ok", .98, r(1, 2), r(1, 2), r(2, 3)),
		bead("review", .55, r(2, 3), r(2, 3), r(3, 3)),
		bead("ok", .9, r(3, 4), r(3, 4), r(3, 4)),
	}
	return &compare.Result{
		Alignment: a, Sources: []int{0},
		Findings: []compare.Finding{
			{ID: "00112233445566aa", Check: "number", Cat: compare.Number, Sev: compare.Critical, Bead: 2,
				Message: compare.Sentence{Pattern: "“%s” against “%s”", Args: []any{"1,235", "1,325"}}, Evidence: []compare.Sentence{{Pattern: "%s has %s: agrees with %s", Args: []any{"ru", "1235", "en@official"}}},
				Places: []compare.Place{{Version: 1, Segment: 1, Start: 0, End: 5, Text: "1,235"}, {Version: 2, Segment: 2, Start: 15, End: 20, Text: "1,325"}}},
			{ID: "00112233445566ab", Check: "omission", Cat: compare.Omission, Sev: compare.Major, Bead: 3,
				Message: compare.Sentence{Pattern: "“%s” has no counterpart", Args: []any{hostile}}, Places: []compare.Place{{Version: 1, Segment: 2, Start: 0, End: 16, Text: "We are grateful."}}},
			{ID: "00112233445566ac", Check: "addition", Cat: compare.Addition, Sev: compare.Info, Bead: 4,
				Message: compare.Sentence{Pattern: "only %s has “%s”", Args: []any{"en@blog", "end"}}, Places: []compare.Place{{Version: 2, Segment: 3, Start: 3, End: 3}}},
		},
		Outside: []compare.Outside{{Version: 2, Segments: r(0, 1), Where: "head", Bead: 0}},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the golden file; go test -update writes it anew\n--- got\n%s", name, got)
	}
}

func TestCompareIsGolden(t *testing.T) {
	for _, format := range CompareFormats {
		if format == "xlsx" {
			continue // not for eyes; TestWorkbook reads it
		}
		for _, lang := range Langs {
			var b bytes.Buffer
			if err := Compare(&b, sample(), Options{Format: format, Lang: lang}); err != nil {
				t.Fatal(err)
			}
			name := "compare." + format
			if lang != bitext.English {
				name = "compare." + string(lang) + "." + format
			}
			if lang == bitext.English || format == "text" || format == "md" {
				golden(t, name, b.Bytes())
			}
		}
	}
}

func TestAlignIsGolden(t *testing.T) {
	for _, format := range AlignFormats {
		var b bytes.Buffer
		if err := Align(&b, sample().Alignment, Options{Format: format}); err != nil {
			t.Fatal(err)
		}
		golden(t, "align."+format, b.Bytes())
	}
}

func TestSameInputSameBytes(t *testing.T) {
	for _, format := range CompareFormats {
		var a, b bytes.Buffer
		if err := Compare(&a, sample(), Options{Format: format, Title: "t"}); err != nil {
			t.Fatal(err)
		}
		if err := Compare(&b, sample(), Options{Format: format, Title: "t"}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two runs differ", format)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	for _, write := range []func(*bytes.Buffer) error{
		func(b *bytes.Buffer) error { return Compare(b, sample(), Options{Format: "html", Title: hostile}) },
		func(b *bytes.Buffer) error { return Align(b, sample().Alignment, Options{Format: "html"}) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		if n := strings.Count(page, "<script>"); n != 1 {
			t.Errorf("%d script elements, want the page's own only", n)
		}
		if strings.Contains(page, "<b onmouseover") {
			t.Error("markup of the text became markup of the page")
		}
		if !strings.Contains(page, "&lt;script&gt;alert(") {
			t.Error("the hostile text is not shown")
		}
	}
}

func TestUnknownFormats(t *testing.T) {
	if err := Compare(&bytes.Buffer{}, sample(), Options{Format: "docx"}); err == nil {
		t.Error("a comparison was written as docx")
	}
	if err := Align(&bytes.Buffer{}, sample().Alignment, Options{Format: "docx"}); err == nil {
		t.Error("an alignment was written as docx")
	}
}

// Marks never cut a character and always give the text back.
func TestRunsRejoin(t *testing.T) {
	text := "Ёж и 合作, 1,235."
	for from := 0; from <= len(text); from++ {
		for to := from; to <= len(text); to += 3 {
			m := newMarks(text, nil)
			if from == to {
				m.gaps[from] = graveGap
			} else {
				set(m.placed, from, to)
			}
			set(m.differs, 2, 9)
			var b strings.Builder
			for _, r := range m.runs(text) {
				b.WriteString(r.Text)
			}
			if b.String() != text {
				t.Fatalf("marks %d to %d: runs give %q", from, to, b.String())
			}
		}
	}
}
