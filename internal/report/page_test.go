package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// luminance is the relative luminance of WCAG 2 of a colour, #rgb or #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	h := strings.TrimPrefix(colour, "#")
	if len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(h[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// Whatever is written is readable on whatever it stands on, in light, dark and
// print: a contrast of 4.5 at least, of 3 for what is no text.
func TestContrast(t *testing.T) {
	css := string(asset("page/page.css"))
	colour := regexp.MustCompile(`--([a-z-]+):(#[0-9a-f]{3,6})\b`)
	themes := regexp.MustCompile(`:root\{[^}]*\}`).FindAllString(css, -1)
	if len(themes) != 3 {
		t.Fatalf("%d themes, want light, dark and print", len(themes))
	}
	light := map[string]string{}
	for n, theme := range themes {
		c := map[string]string{}
		for k, v := range light {
			c[k] = v
		}
		for _, m := range colour.FindAllStringSubmatch(theme, -1) {
			c[m[1]] = m[2]
		}
		if n == 0 {
			light = c
		}
		check := func(front, back string, least float64) {
			x, y := luminance(t, c[front]), luminance(t, c[back])
			if r := (max(x, y) + 0.05) / (min(x, y) + 0.05); r < least {
				t.Errorf("theme %d: %s on %s has a contrast of %.2f, want %.1f", n, front, back, r, least)
			}
		}
		for _, back := range []string{"bg", "card", "source"} {
			for _, front := range []string{"fg", "soft", "link", "critical", "major", "minor", "info"} {
				check(front, back, 4.5)
			}
			for _, front := range []string{"diff", "place-line", "focus", "edge"} {
				check(front, back, 3)
			}
		}
		check("fg", "place", 4.5)
	}
}

func TestWorkbook(t *testing.T) {
	for _, lang := range Langs {
		var a, b bytes.Buffer
		for _, out := range []*bytes.Buffer{&a, &b} {
			if err := Compare(out, sample(), Options{Format: "xlsx", Lang: lang}); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two workbooks of the same findings differ", lang)
		}
		f, err := excelize.OpenReader(&a)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := wordsOf(lang)
		if got := fmt.Sprint(f.GetSheetList()); got != fmt.Sprint([]string{w.t("Findings"), w.t("Text"), w.t("Summary")}) {
			t.Errorf("%s: the sheets are %s", lang, got)
		}
		rows, err := f.GetRows(w.t("Findings"))
		if err != nil || len(rows) != 4 {
			t.Fatalf("%s: %d rows of findings, %v", lang, len(rows), err)
		}
		want := []string{"1", w.t("critical"), w.t("number"), w.t("“%s” against “%s”", "1,235", "1,325"),
			w.t("%s has %s: agrees with %s", "ru", "1235", "en@official"),
			"Поставлено 1235 самолётов.", "1,235 aircraft were delivered.", "They delivered 1,325 aircraft.",
			"", "2", "3", "3", w.t("open"), "", "00112233445566aa"}
		if fmt.Sprint(rows[1]) != fmt.Sprint(want) {
			t.Errorf("%s: the first finding is\n%q, want\n%q", lang, rows[1], want)
		}
		runs, err := f.GetCellRichText(w.t("Findings"), "H2")
		if err != nil || len(runs) < 2 {
			t.Fatalf("%s: the words that differ are not marked: %v %v", lang, runs, err)
		}
		marked := ""
		for _, r := range runs {
			if r.Font != nil && r.Font.Bold {
				marked += r.Text
			}
		}
		if marked != "1,325" {
			t.Errorf("%s: %q is bold, want 1,325", lang, marked)
		}
		text, err := f.GetRows(w.t("Text"))
		if err != nil || len(text) != 6 {
			t.Errorf("%s: %d rows of text, %v", lang, len(text), err)
		}
	}
}

// No part of a workbook tells when it was made, and none is a formula.
func TestWorkbookHasNoClockAndNoFormula(t *testing.T) {
	r := sample()
	r.Alignment.Versions[1].Segments[1].Text = `=HYPERLINK("http://example.com","1,235") aircraft`
	var out bytes.Buffer
	if err := Compare(&out, r, Options{Format: "xlsx"}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s says %v", f.Name, f.Modified)
		}
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("<f>")) {
			t.Errorf("%s has a formula", f.Name)
		}
	}
}

// What would steer a page or a terminal unseen is shown or left out.
func TestControlCharactersAreShown(t *testing.T) {
	for in, want := range map[string]string{
		"a\u202eb":              `a<span class="ctl">U+202E</span>b`,
		"a\x1b[31mb":            `a<span class="ctl">U+001B</span>[31mb`,
		"a\xed\xa0\x80b":        "a\ufffd\ufffd\ufffdb", // half of a surrogate pair
		"<b>&\"'</b>":           "&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;",
		"Ёж\tи\n合作":             "Ёж\tи\n合作",
		"\ufffd":                "\ufffd",
		"x\u2066y\u2069\u200fz": `x<span class="ctl">U+2066</span>y<span class="ctl">U+2069</span><span class="ctl">U+200F</span>z`,
	} {
		if got := string(show(in)); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
	r := sample()
	r.Alignment.Versions[2].Segments[2].Text = "They \x1b[2J delivered \x071,325 aircraft.\u202e"
	r.Findings[0].Places = r.Findings[0].Places[:1]
	for _, format := range []string{"text", "md"} {
		var b bytes.Buffer
		if err := Compare(&b, r, Options{Format: format}); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(b.String(), "\x1b\x07\u202e") {
			t.Errorf("%s lets control characters through", format)
		}
	}
}

// Colour is for a terminal alone, and adds nothing but colour.
func TestColourOnlyWhenAsked(t *testing.T) {
	var plain, painted bytes.Buffer
	for colour, out := range map[bool]*bytes.Buffer{false: &plain, true: &painted} {
		if err := Compare(out, sample(), Options{Format: "text", Colour: colour}); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(painted.String(), "\x1b[1;31mcritical number\x1b[0m") {
		t.Errorf("plain:\n%s\npainted:\n%s", plain.String(), painted.String())
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(painted.String(), ""); got != plain.String() {
		t.Errorf("without its colours the text is\n%s\nwant\n%s", got, plain.String())
	}
}
