package report

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
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

func press(t *testing.T, ctx context.Context, keys ...string) {
	t.Helper()
	for _, k := range keys {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(k)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReportInABrowser(t *testing.T) {
	for _, width := range []int{1280, 400} {
		ctx := browser(t, width)
		var page bytes.Buffer
		if err := Compare(&page, sample(), "html", ""); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "report.html")
		// Errors of scripts are caught from the first line on.
		watch := []byte("<head><script>window.complaints=[];addEventListener('error',e=>complaints.push(e.message));" +
			"addEventListener('securitypolicyviolation',e=>complaints.push(e.violatedDirective))</script>")
		html := bytes.Replace(page.Bytes(), []byte("<head>"), watch, 1)
		if err := os.WriteFile(file, html, 0o644); err != nil {
			t.Fatal(err)
		}
		err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900),
			chromedp.Navigate("file://"+file), chromedp.WaitVisible("#h-findings"))
		if err != nil {
			t.Fatal(err)
		}
		if n := ask[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); n > 0 {
			t.Errorf("at %d pixels the page is %d pixels too wide", width, n)
		}
		if shown := ask[string](t, ctx, `document.getElementById("shown").textContent`); shown != "3 of 3 findings, 5 of 5 passages" {
			t.Errorf("the filter says %q", shown)
		}
		press(t, ctx, "j", "j")
		if id := ask[string](t, ctx, `document.querySelector(".here").id`); id != "f-00112233445566ab" {
			t.Errorf("j j went to %q", id)
		}
		press(t, ctx, "k")
		if id := ask[string](t, ctx, `document.activeElement.id`); id != "f-00112233445566aa" {
			t.Errorf("k went to %q", id)
		}
		press(t, ctx, "f")
		if !ask[bool](t, ctx, `document.getElementById("slight").open`) {
			t.Error("f did not unfold the slighter remarks")
		}
		if n := ask[int](t, ctx, `document.querySelector("input[value=number]").click(), document.querySelectorAll(".finding[hidden]").length`); n != 1 {
			t.Errorf("the filter hides %d findings, want 1", n)
		}
		if bad := ask[[]string](t, ctx, `complaints`); len(bad) > 0 {
			t.Errorf("at %d pixels the page complains: %v", width, bad)
		}
	}
}
