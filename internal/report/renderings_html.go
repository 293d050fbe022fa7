package report

import (
	"fmt"
	"html/template"
	"io"

	"sverka/internal/rendering"
)

type renderingsPage struct {
	page
	Term, From, Counts string
	Forms              string
	Langs              []renderingLang
}

type renderingLang struct {
	Name, Lang, Counts, Trend string
	Groups, Unsure            renderingTable
	Left, LeftUnsure          int
}

type renderingTable struct {
	Lang string
	Rows []renderingRow
}

type renderingRow struct {
	Form, Dates, Statements, Versions, Translators string
	Count                                          int
	Share                                          string
	Width                                          int // of the bar, in per cent
	Sides                                          [2]sideView
}

type sideView struct {
	Name, Lang string
	Runs       []run
}

// barCSS draws the bars; all else is the style of the other pages.
const barCSS template.CSS = `.bar{display:block;height:.5rem;background:var(--link);border-radius:.2rem;min-width:2px}
.renderings .form{width:24%}.renderings .share{width:14%}.renderings p{margin:.1rem 0}.renderings .where{width:20%;font-size:.9rem;color:var(--soft)}`

// renderingsHTML writes one page that needs no other file and no network.
func renderingsHTML(w io.Writer, h *rendering.History, o RenderingOptions) error {
	words := wordsOf("")
	data := renderingsPage{page: newPage(words, "Renderings", "renderings", h.Term), Term: h.Term, From: string(h.From), Counts: hitsWords(h), Forms: sourceForms(h)}
	for i := range h.Langs {
		l := &h.Langs[i]
		v := renderingLang{Name: l.Lang.Name(), Lang: string(l.Lang), Counts: countWords(l)}
		if l.Trend != nil {
			v.Trend = trendWords(l.Trend)
		}
		v.Groups.Lang, v.Unsure.Lang = v.Lang, v.Lang
		sure, left := limited(l.Groups, o.Limit)
		v.Left = left
		for k := range sure {
			v.Groups.Rows = append(v.Groups.Rows, renderingRowOf(l, &sure[k], true))
		}
		unsure, left := limited(l.Unsure, o.Limit)
		v.LeftUnsure = left
		for k := range unsure {
			v.Unsure.Rows = append(v.Unsure.Rows, renderingRowOf(l, &unsure[k], false))
		}
		data.Langs = append(data.Langs, v)
	}
	data.More = barCSS
	return writePage(w, words, "renderings.html.tmpl", data)
}

func renderingRowOf(l *rendering.LangHistory, g *rendering.HistoryGroup, sure bool) renderingRow {
	row := renderingRow{
		Form: g.Form, Dates: dateWords(g), Statements: few(g.Statements), Versions: few(g.Versions), Translators: few(g.Translators),
		Count: g.Count,
	}
	if sure {
		row.Share, row.Width = fmt.Sprintf("%.0f%%", 100*g.Share), int(100*g.Share+.5)
	}
	for k, s := range exampleOf(&l.Places[g.Example]) {
		row.Sides[k] = sideView{s.name, s.lang, s.snippet}
	}
	return row
}
