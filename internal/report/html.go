package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"sverka/internal/bitext"
)

//go:embed page
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "page/*.tmpl"))

// assets are what makes a page stand alone: its style and its script, and the
// script's hash, which lets the page forbid any other.
type assets struct {
	CSS        template.CSS
	JS         template.JS
	ScriptHash string
}

func pageAssets() assets {
	css, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		panic(err) // embedded: cannot be missing in a program that was built
	}
	js, err := pageFiles.ReadFile("page/page.js")
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(js)
	return assets{template.CSS(css), template.JS(js), base64.StdEncoding.EncodeToString(sum[:])}
}

type alignRow struct {
	Bead         int
	Status, Prob string
	Partial      bool
	Cells        []alignCell
}

type alignCell struct {
	Version, Lang string
	Segments      []string
	Heading       bool
}

// alignHTML writes the versions side by side as one page that needs no other
// file and no network.
func alignHTML(w io.Writer, a *bitext.Alignment) error {
	page := struct {
		assets
		Title, Aligned string
		Versions       []versionView
		Rows           []alignRow
	}{assets: pageAssets(), Title: titleOf(a, nil), Aligned: alignedWords(a, nil)}
	for v := range a.Versions {
		page.Versions = append(page.Versions, describe(&a.Versions[v], false))
	}
	for i := range a.Beads {
		b := &a.Beads[i]
		row := alignRow{
			Bead: i + 1, Status: string(b.Status), Prob: fmt.Sprintf("%.2f", b.Prob),
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
		page.Rows = append(page.Rows, row)
	}
	return pages.ExecuteTemplate(w, "align.html.tmpl", page)
}
