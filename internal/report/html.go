package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

//go:embed page
var pageFiles embed.FS

// page is what every page of the family has. Templates begin with
// {{template "top" .}} and end with {{template "bottom" .}}.
type page struct {
	Lang  bitext.Lang
	Kind  string // what sort of page it is, over the title
	Sort  string // the same in a word, behind the title in the window's name
	Title string
	// CSS and JS make a page stand alone; the script's hash lets the page
	// forbid any other.
	CSS        template.CSS
	More       template.CSS // what a page adds to the style of all
	JS         template.JS
	ScriptHash string
}

// newPage begins a page that speaks as w; kind and sort are keys of its table.
func newPage(w *words, kind, sort, title string) page {
	css, js := asset("page/page.css"), asset("page/page.js")
	sum := sha256.Sum256(js)
	return page{
		Lang: w.lang, Kind: w.t(kind), Sort: w.t(sort), Title: title,
		CSS: template.CSS(css), JS: template.JS(js), ScriptHash: base64.StdEncoding.EncodeToString(sum[:]),
	}
}

func asset(name string) []byte {
	b, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot be missing in a program that was built
	}
	return b
}

// pages holds the templates with the words of each language bound to them.
var pages = sync.OnceValue(func() map[bitext.Lang]*template.Template {
	out := map[bitext.Lang]*template.Template{}
	for lang, w := range speakers {
		out[lang] = template.Must(template.New("").Funcs(template.FuncMap{
			"t": w.t, "show": show, "lang": func() string { return string(w.lang) },
		}).ParseFS(pageFiles, "page/*.tmpl"))
	}
	return out
})

// writePage fills the template of this name in the language of w.
func writePage(out io.Writer, w *words, name string, data any) error {
	return pages()[w.lang].ExecuteTemplate(out, name, data)
}

// show makes text of others fit a page: what would steer it unseen (control
// characters, marks that turn the direction of writing, bytes that are no
// UTF-8) is shown by its number.
func show(s string) template.HTML {
	var b strings.Builder
	writeShown(&b, s)
	return template.HTML(b.String())
}

func writeShown(b *strings.Builder, s string) {
	from := 0
	for i, r := range s {
		to, code := "", false
		switch {
		case r == '&':
			to = "&amp;"
		case r == '<':
			to = "&lt;"
		case r == '>':
			to = "&gt;"
		case r == '"':
			to = "&#34;"
		case r == '\'':
			to = "&#39;"
		case r >= ' ' && r < utf8.RuneSelf-1, r == '\n', r == '\t', r == '\r':
			continue
		case steers(r):
			code = true
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			to = string(utf8.RuneError) // a byte that is no UTF-8
		default:
			continue
		}
		b.WriteString(s[from:i])
		_, size := utf8.DecodeRuneInString(s[i:])
		if from = i + size; code {
			fmt.Fprintf(b, `<span class="ctl">U+%04X</span>`, r)
		} else {
			b.WriteString(to)
		}
	}
	b.WriteString(s[from:])
}

// steers says that a character shows nothing and changes how others are shown.
func steers(r rune) bool {
	return unicode.IsControl(r) || r >= '\u200e' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' ||
		r >= '\u2066' && r <= '\u2069' || r == '\u061c' || r >= 0xE0000 && r <= 0xE007F
}

type alignRow struct {
	Bead    int
	Review  bool
	Prob    string
	Partial bool
	Cells   []alignCell
}

type alignCell struct {
	Version, Lang string
	Segments      []string
	Heading       bool
}

// alignHTML writes the versions side by side as one page that needs no other
// file and no network.
func alignHTML(out io.Writer, a *bitext.Alignment, w *words) error {
	data := struct {
		page
		Aligned  string
		Versions []versionView
		Chunks   [][]alignRow
	}{page: newPage(w, "Aligned versions", "aligned", titleOf(a, nil)), Aligned: alignedWords(w, a, nil)}
	for v := range a.Versions {
		data.Versions = append(data.Versions, describe(w, a, v, false))
	}
	var rows []alignRow
	for i := range a.Beads {
		b := &a.Beads[i]
		row := alignRow{
			Bead: i + 1, Review: b.Status == bitext.StatusReview, Prob: fmt.Sprintf("%.2f", b.Prob),
			Partial: b.Filled() < len(b.Sides),
		}
		for v := range a.Versions {
			ver := &a.Versions[v]
			c := alignCell{Version: ver.Name(), Lang: string(ver.Lang)}
			for _, s := range ver.Segments[b.Sides[v].From:b.Sides[v].To] {
				c.Segments = append(c.Segments, s.Text)
				c.Heading = c.Heading || s.Kind == bitext.Heading
			}
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	data.Chunks = chunks(rows)
	return writePage(out, w, "align.html.tmpl", data)
}
