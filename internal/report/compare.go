package report

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/text"
)

// CompareFormats are the formats that Compare writes.
var CompareFormats = []string{"text", "html", "md", "jsonl", "xlsx"}

// Options say how a report is written.
type Options struct {
	Format string      // of CompareFormats or AlignFormats
	Lang   bitext.Lang // the language in which it speaks; "" is English
	Title  string      // heads a comparison; "" takes the title of a version
	Colour bool        // text goes to a terminal that takes colour
	// Waivers names the file in which findings that a person waives are to be
	// written; "" takes DefaultWaivers.
	Waivers string
}

// DefaultWaivers is the name of the file with waived findings.
const DefaultWaivers = "sverka-waivers.txt"

// Compare writes a comparison to w. The error says that the format is not
// known or that writing failed.
func Compare(w io.Writer, r *compare.Result, opt Options) error {
	if opt.Waivers == "" {
		opt.Waivers = DefaultWaivers
	}
	switch opt.Format {
	case "text":
		return compareText(w, newView(r, opt), wordsOf(opt.Lang), opt.Colour)
	case "html":
		return compareHTML(w, newView(r, opt), wordsOf(opt.Lang))
	case "md":
		return compareMarkdown(w, newView(r, opt), wordsOf(opt.Lang))
	case "jsonl":
		return compareJSON(w, r)
	case "xlsx":
		return compareXLSX(w, newView(r, opt), wordsOf(opt.Lang))
	}
	return fmt.Errorf("no format %q for a comparison", opt.Format)
}

func compareHTML(out io.Writer, v *view, w *words) error {
	kind := "Comparison of translations"
	if v.Checked {
		kind = "Translation checked against its source"
	}
	return writePage(out, w, "compare.html.tmpl", struct {
		page
		*view
		Title  string
		Chunks [][]rowView
	}{newPage(w, kind, "comparison", v.Title), v, v.Title, chunks(v.Rows)})
}

// chunkSize is how many rows stand in one table: a browser lays out only the
// tables that are near the window.
const chunkSize = 50

// chunks cuts rows into lists of chunkSize.
func chunks[T any](rows []T) [][]T {
	var out [][]T
	for len(rows) > chunkSize {
		out, rows = append(out, rows[:chunkSize]), rows[chunkSize:]
	}
	return append(out, rows)
}

// Markup gives a cell's text with its marks.
func (c cellView) Markup() template.HTML { return markup(c.Runs) }

// summaryLine counts the findings in words.
func summaryLine(v *view, w *words) string {
	var parts []string
	for _, c := range v.Counts {
		parts = append(parts, c.Said)
	}
	s := w.t("Findings: %s", w.list(parts))
	if v.Waived > 0 {
		s += "; " + w.t("%d waived|%d waived", v.Waived)
	}
	return s
}

type findingJSON struct {
	ID       string      `json:"id"`
	Check    string      `json:"check"`
	Cat      string      `json:"cat"`
	Sev      string      `json:"sev"`
	Message  string      `json:"message"`
	Bead     int         `json:"bead"`
	Places   []placeJSON `json:"places"`
	Evidence []string    `json:"evidence"`
}

type placeJSON struct {
	Version string `json:"version"`
	Segment int    `json:"segment"`
	Span    [2]int `json:"span"` // code points in the segment
	Text    string `json:"text"`
}

// compareJSON writes a finding a line; segments and beads from 0, spans in
// code points. It is for programs: messages are English whatever the reader's
// language.
func compareJSON(w io.Writer, r *compare.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.Findings {
		f := &r.Findings[i]
		row := findingJSON{
			ID: f.ID, Check: f.Check, Cat: string(f.Cat), Sev: f.Sev.String(), Message: f.Message.String(),
			Bead: f.Bead, Places: []placeJSON{}, Evidence: append([]string{}, wordsOf("").lines(f.Evidence)...),
		}
		for _, p := range f.Places {
			v := &r.Alignment.Versions[p.Version]
			segment := v.Segments[p.Segment].Text
			row.Places = append(row.Places, placeJSON{
				Version: v.Name(), Segment: p.Segment, Text: p.Text,
				Span: [2]int{text.RuneOffset(segment, p.Start), text.RuneOffset(segment, p.End)},
			})
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// printer writes lines until one fails.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s+"\n")
	}
}
