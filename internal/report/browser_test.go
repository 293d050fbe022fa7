package report

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts a headless Chromium with a window of the given width; the
// test skips where there is none.
func browser(t *testing.T, width int) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine: the page is not tried in a browser")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Headless, chromedp.WindowSize(width, 900),
		chromedp.Flag("disable-background-networking", true))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute) // a page that never answers
	t.Cleanup(cancel)
	return ctx
}

// ask runs a script on the page and gives its value.
func ask[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// press presses keys one after the other.
func press(t *testing.T, ctx context.Context, keys ...string) {
	t.Helper()
	for _, k := range keys {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(k)); err != nil {
			t.Fatal(err)
		}
	}
}

// openPage writes a page, opens it and watches for errors of its script from the
// first line on; they are asked for as `complaints`.
func openPage(t *testing.T, ctx context.Context, page []byte, width int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	watch := []byte("<head><script>window.complaints=[];addEventListener('error',e=>complaints.push(e.message));" +
		"addEventListener('securitypolicyviolation',e=>complaints.push(e.violatedDirective))</script>")
	if err := os.WriteFile(file, bytes.Replace(page, []byte("<head>"), watch, 1), 0o644); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900),
		chromedp.Navigate("file://"+file), chromedp.WaitReady("#text"))
	if err != nil {
		t.Fatal(err)
	}
}

// expect asks the page for a string.
func expect(t *testing.T, ctx context.Context, what, script, want string) {
	t.Helper()
	if got := ask[string](t, ctx, script); got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// The whole of a report is used by keyboard alone, at two widths.
func TestReportByKeyboard(t *testing.T) {
	for _, width := range []int{1280, 400} {
		ctx := browser(t, width)
		var page bytes.Buffer
		if err := Compare(&page, sample(), Options{Format: "html"}); err != nil {
			t.Fatal(err)
		}
		openPage(t, ctx, page.Bytes(), width)
		if n := ask[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); n > 0 {
			t.Errorf("at %d pixels the page is %d pixels too wide", width, n)
		}
		expect(t, ctx, "the count", `shown.textContent`, "findings: 3 of 3 · passages: 5 of 5")
		walkFindings(t, ctx)
		filterFindings(t, ctx)
		if bad := ask[[]string](t, ctx, `complaints`); len(bad) > 0 {
			t.Errorf("at %d pixels the page complains: %v", width, bad)
		}
	}
}

func walkFindings(t *testing.T, ctx context.Context) {
	t.Helper()
	const here, focus = `document.querySelector(".here").id`, `document.activeElement.id`
	press(t, ctx, "j", "n")
	expect(t, ctx, "j n", here, "f-00112233445566ab")
	press(t, ctx, "j")
	expect(t, ctx, "a step into what is folded", here, "f-00112233445566ab")
	press(t, ctx, "k")
	expect(t, ctx, "k", focus, "f-00112233445566aa")
	press(t, ctx, "f")
	if ask[bool](t, ctx, `document.querySelector(".here details").open`) {
		t.Error("f did not fold the finding")
	}
	press(t, ctx, "F")
	if !ask[bool](t, ctx, `[...document.querySelectorAll("details")].every(d => d.open)`) {
		t.Error("F did not unfold everything")
	}
	press(t, ctx, "t")
	expect(t, ctx, "t", focus, "b-3")
	press(t, ctx, "t")
	expect(t, ctx, "t again", focus, "f-00112233445566aa")
	press(t, ctx, "w", "j", "w")
	expect(t, ctx, "the waived", `document.querySelector("#waivers textarea").value`,
		"00112233445566aa  # number: 1 “1,235” against “1,325”\n"+
			"00112233445566ab  # omission: 2 “<script>alert(\"x\")</script> & \"quotes\" <b onmouseover=alert(1)>bold</b> javascript:void(0) U+202EtxetU+202C” has no counterpart\n")
	press(t, ctx, "w")
	expect(t, ctx, "the button", `document.querySelector(".here [data-do=waive]").textContent`, "Waive")
	press(t, ctx, "?")
	if !ask[bool](t, ctx, `help.open`) {
		t.Error("? did not open the help")
	}
	press(t, ctx, kb.Escape)
	if ask[bool](t, ctx, `help.open`) {
		t.Error("Escape did not close the help")
	}
}

func filterFindings(t *testing.T, ctx context.Context) {
	t.Helper()
	press(t, ctx, "/")
	expect(t, ctx, "/", `document.activeElement.id`, "find")
	// The protocol sends the character to the field that the key went to; a
	// keyboard would not.
	ask[any](t, ctx, `document.getElementById("find").value = ""`)
	press(t, ctx, "g", "r", "a", "t", "e")
	expect(t, ctx, "a search", `shown.textContent`, "findings: 1 of 3 · passages: 1 of 5")
	press(t, ctx, kb.Escape, kb.Escape)
	expect(t, ctx, "no search", `shown.textContent`, "findings: 3 of 3 · passages: 5 of 5")
	ask[any](t, ctx, `document.querySelector("input[value=number]").click()`)
	expect(t, ctx, "without numbers", `shown.textContent`, "findings: 2 of 3 · passages: 5 of 5")
	ask[any](t, ctx, `document.querySelector("input[value=info]").click()`)
	expect(t, ctx, "without info", `shown.textContent`, "findings: 1 of 3 · passages: 5 of 5")
	ask[any](t, ctx, `only.click()`)
	expect(t, ctx, "passages with findings", `shown.textContent`, "findings: 1 of 3 · passages: 1 of 5")
	ask[any](t, ctx, `document.getElementById("version").value = "2", document.getElementById("filter").dispatchEvent(new Event("input"))`)
	expect(t, ctx, "about the other version", `shown.textContent`, "findings: 0 of 3 · passages: 0 of 5")
	// A link to what is filtered away shows it.
	ask[any](t, ctx, `location.hash = "#f-00112233445566ac"`)
	if err := chromedp.Do(ctx, chromedp.WaitReady("#f-00112233445566ac")); err != nil {
		t.Error(err)
	}
}

// The page of an alignment steps through what wants a look.
func TestAlignmentByKeyboard(t *testing.T) {
	ctx := browser(t, 900)
	var page bytes.Buffer
	if err := Align(&page, sample().Alignment, Options{Format: "html", Lang: "ru"}); err != nil {
		t.Fatal(err)
	}
	openPage(t, ctx, page.Bytes(), 900)
	press(t, ctx, "j")
	expect(t, ctx, "j", `document.activeElement.id`, "b-4")
	ask[any](t, ctx, `only.click()`)
	expect(t, ctx, "what wants a look", `shown.textContent`, "отрывки: 1 из 5")
	if bad := ask[[]string](t, ctx, `complaints`); len(bad) > 0 {
		t.Errorf("the page complains: %v", bad)
	}
}

// What a browser calls the accessible name of each control is not empty, and
// each page has its landmarks and one first heading.
func TestPageHasNamesAndLandmarks(t *testing.T) {
	ctx := browser(t, 900)
	var page bytes.Buffer
	if err := Compare(&page, sample(), Options{Format: "html", Lang: "zh"}); err != nil {
		t.Fatal(err)
	}
	openPage(t, ctx, page.Bytes(), 900)
	for script, want := range map[string]int{
		`document.querySelectorAll("main, header.top, footer, form[role=search]").length`:                                                 4,
		`document.querySelectorAll("h1").length`:                                                                                          1,
		`[...document.querySelectorAll("section")].filter(s => !s.getAttribute("aria-labelledby")).length`:                                0,
		`[...document.querySelectorAll("button, a[href]")].filter(b => !(b.textContent.trim() || b.getAttribute("aria-label"))).length`:   0,
		`[...document.querySelectorAll("input, select, textarea")].filter(i => !i.labels.length && !i.getAttribute("aria-label")).length`: 0,
		`[...document.querySelectorAll("td[data-v], dd")].filter(n => !n.lang && !n.closest("dialog")).length`:                            0,
		`[...document.querySelectorAll("[id]")].length - new Set([...document.querySelectorAll("[id]")].map(n => n.id)).size`:             0,
	} {
		if got := ask[int](t, ctx, script); got != want {
			t.Errorf("%s: %d, want %d", script, got, want)
		}
	}
	expect(t, ctx, "the language", `document.documentElement.lang`, "zh")
}
