// Command screenshot takes a picture of a page as a browser without a window
// shows it: `go run ./tools/screenshot -o picture.png page.html`. It needs
// Chromium. With -print the picture is the PDF that the browser prints.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func main() {
	out := flag.String("o", "page.png", "write to `FILE`")
	width := flag.Int("width", 1280, "width of the window in `PIXELS`")
	height := flag.Int("height", 900, "height of the window in `PIXELS`")
	scale := flag.Float64("scale", 1, "pixels of the picture for one of the window")
	dark := flag.Bool("dark", false, "prefer dark colours")
	print := flag.Bool("print", false, "print to PDF")
	keys := flag.String("keys", "", "press these `KEYS` first")
	script := flag.String("script", "", "run `JAVASCRIPT` first, and print its value")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "screenshot: name one page")
		os.Exit(2)
	}
	picture, err := take(flag.Arg(0), *width, *height, *scale, *dark, *print, *keys, *script)
	if err == nil {
		err = os.WriteFile(*out, picture, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

func take(file string, width, height int, scale float64, dark, print bool, keys, script string) (picture []byte, err error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && browser == "" {
			browser = p
		}
	}
	if browser == "" {
		return nil, fmt.Errorf("no Chromium on this machine")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(browser), chromedp.NoSandbox,
		chromedp.Headless, chromedp.DisableGPU, chromedp.Flag("hide-scrollbars", true))
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	err = chromedp.Do(ctx,
		chromedp.EmulateViewport(int64(width), int64(height), chromedp.EmulateScale(scale)),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}),
		chromedp.Navigate("file://"+path), chromedp.WaitReady("body"))
	if err != nil {
		return nil, err
	}
	for _, k := range strings.Split(keys, "") {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(k)); err != nil {
			return nil, err
		}
	}
	if script != "" {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[any](script))
		if err != nil {
			return nil, err
		}
		if value != nil {
			fmt.Println(value)
		}
	}
	if print {
		return chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	}
	return chromedp.Run(ctx, chromedp.CaptureScreenshot())
}
