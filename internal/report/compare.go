package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sverka/internal/compare"
	"sverka/internal/text"
)

// CompareFormats are the formats that Compare writes.
var CompareFormats = []string{"text", "html", "md", "jsonl"}

// Compare writes a comparison to w in one of CompareFormats. title heads it;
// "" takes the title of a version.
func Compare(w io.Writer, r *compare.Result, format, title string) error {
	switch format {
	case "text":
		return compareText(w, newView(r, title))
	case "html":
		return pages.ExecuteTemplate(w, "compare.html.tmpl", struct {
			assets
			View *view
		}{pageAssets(), newView(r, title)})
	case "md":
		return compareMarkdown(w, newView(r, title))
	case "jsonl":
		return compareJSON(w, r)
	}
	return fmt.Errorf("no format %q for a comparison", format)
}

// compareText writes the summary and the findings for a terminal.
func compareText(w io.Writer, v *view) error {
	p := printer{w: w}
	p.line(v.Title)
	for _, ver := range v.Versions {
		role := ""
		if ver.IsSource {
			role = ", source"
		}
		p.line(fmt.Sprintf("  %s: %s (%s%s), %d segments", ver.Name, ver.File, ver.LangName, role, ver.Segments))
	}
	p.line(v.Aligned)
	p.line(summaryLine(v))
	for _, list := range [][]findingView{v.Grave, v.Slight} {
		for i := range list {
			f := &list[i]
			p.line("")
			p.line(fmt.Sprintf("%d  %s %s  %s  [%s]", f.Number, f.Sev, f.Cat, f.Message, f.ID))
			for _, c := range f.Cells {
				p.line(fmt.Sprintf("   %s: %s", c.Version, plainCell(c, "[", "]")))
			}
			for _, e := range f.Evidence {
				p.line("   - " + e)
			}
		}
	}
	for _, o := range v.Outside {
		p.line("")
		p.line(fmt.Sprintf("left out: %s, %s: segments %d to %d", o.Version, o.Where, o.First, o.Last))
	}
	return p.err
}

func summaryLine(v *view) string {
	var parts []string
	for _, c := range v.Counts {
		parts = append(parts, fmt.Sprintf("%d %s", c.N, c.Name))
	}
	s := "Findings: " + strings.Join(parts, ", ")
	if v.Waived > 0 {
		s += fmt.Sprintf("; %d waived", v.Waived)
	}
	return s
}

// plainCell gives a cell's text with the places of findings between open and
// shut, and a caret for a gap.
func plainCell(c cellView, open, shut string) string {
	if c.Empty {
		return "–"
	}
	var b strings.Builder
	for i, r := range c.Runs {
		switch {
		case r.Gap:
			b.WriteString("‸")
			continue
		case r.Place && (i == 0 || !c.Runs[i-1].Place):
			b.WriteString(open)
		}
		b.WriteString(r.Text)
		if r.Place && (i+1 == len(c.Runs) || !c.Runs[i+1].Place) {
			b.WriteString(shut)
		}
	}
	return flat(b.String())
}

func compareMarkdown(w io.Writer, v *view) error {
	p := printer{w: w}
	p.line("# " + mdEscape(v.Title))
	p.line("")
	p.line("| version | language | file | segments |")
	p.line("|---|---|---|--:|")
	for _, ver := range v.Versions {
		name := mdEscape(ver.Name)
		if ver.IsSource {
			name += " (source)"
		}
		p.line(fmt.Sprintf("| %s | %s | %s | %d |", name, ver.LangName, mdEscape(ver.File), ver.Segments))
	}
	p.line("")
	p.line(v.Aligned + " " + summaryLine(v) + ".")
	for n, list := range [][]findingView{v.Grave, v.Slight} {
		if len(list) == 0 {
			continue
		}
		p.line("")
		p.line([]string{"## Findings", "## Slighter remarks"}[n])
		for i := range list {
			f := &list[i]
			p.line("")
			p.line(fmt.Sprintf("### %d. %s, %s: %s", f.Number, f.Sev, f.Cat, mdEscape(f.Message)))
			p.line("")
			for _, c := range f.Cells {
				p.line(fmt.Sprintf("- **%s**: %s", mdEscape(c.Version), mdCell(c)))
			}
			for _, e := range f.Evidence {
				p.line("  - " + mdEscape(e))
			}
			p.line("")
			p.line(fmt.Sprintf("`%s` passage %d", f.ID, f.Bead))
		}
	}
	if len(v.Outside) > 0 {
		p.line("")
		p.line("## Left out")
		p.line("")
		for _, o := range v.Outside {
			p.line(fmt.Sprintf("- %s, %s: segments %d to %d", mdEscape(o.Version), o.Where, o.First, o.Last))
		}
	}
	return p.err
}

func mdCell(c cellView) string {
	escaped := c
	escaped.Runs = make([]run, len(c.Runs))
	for i, r := range c.Runs {
		r.Text = mdEscape(r.Text)
		escaped.Runs[i] = r
	}
	return plainCell(escaped, "**", "**")
}

var mdReplacer = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "|", `\|`, "#", `\#`, "\n", " ")

func mdEscape(s string) string { return mdReplacer.Replace(s) }

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
// code points.
func compareJSON(w io.Writer, r *compare.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.Findings {
		f := &r.Findings[i]
		row := findingJSON{
			ID: f.ID, Check: f.Check, Cat: string(f.Cat), Sev: f.Sev.String(), Message: f.Message.String(),
			Bead: f.Bead, Places: []placeJSON{}, Evidence: append([]string{}, lines(f.Evidence)...),
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
