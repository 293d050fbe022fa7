// Package deps holds the modules in go.mod until their users are laid.
package deps

import (
	_ "codeberg.org/readeck/go-readability/v2"
	_ "github.com/chromedp/chromedp"
	_ "github.com/clipperhouse/uax29/v2/sentences"
	_ "github.com/clipperhouse/uax29/v2/words"
	_ "github.com/dlclark/regexp2"
	_ "github.com/jedib0t/go-pretty/v6/table"
	_ "github.com/kljensen/snowball"
	_ "github.com/ledongthuc/pdf"
	_ "github.com/pemistahl/lingua-go"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/schollz/progressbar/v3"
	_ "github.com/sergi/go-diff/diffmatchpatch"
	_ "github.com/urfave/cli/v2"
	_ "github.com/wlynxg/chardet"
	_ "github.com/yuin/goldmark"
	_ "golang.org/x/net/html"
	_ "golang.org/x/net/html/charset"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/term"
	_ "golang.org/x/text/encoding/simplifiedchinese"
	_ "golang.org/x/text/unicode/norm"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)
