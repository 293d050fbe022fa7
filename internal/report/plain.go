package report

import (
	"fmt"
	"io"
	"strings"
)

// The colours of a terminal: the gravest stand out, marks are bold as well as
// bracketed.
var terminalColours = map[string]string{"critical": "1;31", "major": "33", "minor": "36", "info": "2"}

// paint colours a text for a terminal.
func paint(on bool, code, s string) string {
	if !on || code == "" || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// compareText writes the summary and the findings for a terminal.
func compareText(out io.Writer, v *view, w *words, colour bool) error {
	p := printer{w: out}
	p.line(paint(colour, "1", flat(v.Title)))
	for _, ver := range v.Versions {
		role := ver.LangName
		if ver.IsSource {
			role = w.t("%s, source", role)
		}
		p.line(fmt.Sprintf("  %s: %s (%s), %s", ver.Name, flat(ver.File), role, w.t("%d segment|%d segments", ver.Segments)))
	}
	p.line(v.Aligned)
	p.line(summaryLine(v, w))
	for _, list := range [][]findingView{v.Grave, v.Slight} {
		for i := range list {
			p.finding(&list[i], w, colour)
		}
	}
	for i, o := range v.Outside {
		if i == 0 {
			p.line("")
		}
		p.line(w.t("left out: %s", flat(o.Said)))
	}
	return p.err
}

func (p *printer) finding(f *findingView, w *words, colour bool) {
	p.line("")
	label := w.t("%s %s", f.SevLabel, f.CatLabel)
	p.line(fmt.Sprintf("%d  %s  %s  %s", f.Number, paint(colour, terminalColours[f.Sev], label), flat(f.Message),
		paint(colour, "2", "["+f.ID+"]")))
	for _, passage := range f.Passages {
		if passage.Other {
			p.line("   " + w.t("passage %d", passage.Bead))
		}
		for _, c := range passage.Cells {
			open, shut := "[", "]"
			if colour {
				open, shut = "\x1b[1m[", "]\x1b[0m"
			}
			p.line(fmt.Sprintf("   %s: %s", paint(colour, "2", c.Version), plainCell(c, open, shut, flat)))
		}
	}
	for _, e := range f.Evidence {
		p.line("   - " + flat(e))
	}
}

// plainCell gives a cell's text, each piece made fit by clean, with the places
// of findings between open and shut and a caret for a gap.
func plainCell(c cellView, open, shut string, clean func(string) string) string {
	if c.Empty {
		return "–"
	}
	var b strings.Builder
	for i, r := range c.Runs {
		if r.Gap {
			b.WriteString("‸")
			continue
		}
		if r.Place && (i == 0 || !c.Runs[i-1].Place) {
			b.WriteString(open)
		}
		b.WriteString(spaced(r.Text, clean))
		if r.Place && (i+1 == len(c.Runs) || !c.Runs[i+1].Place) {
			b.WriteString(shut)
		}
	}
	return strings.TrimSpace(b.String())
}

// spaced cleans a piece of a text and keeps a space at its ends, where the
// next piece joins it.
func spaced(s string, clean func(string) string) string {
	inner := clean(s)
	if inner == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	trimmed := strings.TrimSpace(s)
	if !strings.HasPrefix(s, trimmed) {
		inner = " " + inner
	}
	if !strings.HasSuffix(s, trimmed) {
		inner += " "
	}
	return inner
}

func compareMarkdown(out io.Writer, v *view, w *words) error {
	p := printer{w: out}
	p.line("# " + mdEscape(v.Title))
	p.line("")
	p.line(fmt.Sprintf("| %s | %s | %s | %s | %s |", w.t("version"), w.t("language"), w.t("file"), w.t("segments"), w.t("with counterpart")))
	p.line("|---|---|---|--:|--:|")
	for _, ver := range v.Versions {
		name := mdEscape(ver.Name)
		if ver.IsSource {
			name = w.t("%s (source)", name)
		}
		p.line(fmt.Sprintf("| %s | %s | %s | %d | %d |", name, ver.LangName, mdEscape(ver.File), ver.Segments, ver.Met))
	}
	p.line("")
	p.line(v.Aligned + " " + w.sentence([]string{summaryLine(v, w)}))
	for n, list := range [][]findingView{v.Grave, v.Slight} {
		if len(list) == 0 {
			continue
		}
		p.line("")
		p.line("## " + w.t([]string{"Findings", "Slighter remarks"}[n]))
		for i := range list {
			p.mdFinding(&list[i], w)
		}
	}
	if len(v.Outside) > 0 {
		p.line("")
		p.line("## " + w.t("Left out"))
		p.line("")
		for _, o := range v.Outside {
			p.line("- " + mdEscape(o.Said))
		}
	}
	return p.err
}

func (p *printer) mdFinding(f *findingView, w *words) {
	p.line("")
	p.line(fmt.Sprintf("### %d. %s, %s: %s", f.Number, f.SevLabel, f.CatLabel, mdEscape(f.Message)))
	p.line("")
	for _, passage := range f.Passages {
		at := ""
		if passage.Other {
			at = ", " + w.t("passage %d", passage.Bead)
		}
		for _, c := range passage.Cells {
			p.line(fmt.Sprintf("- **%s**%s: %s", mdEscape(c.Version), at, plainCell(c, "**", "**", mdEscape)))
		}
	}
	for _, e := range f.Evidence {
		p.line("  - " + mdEscape(e))
	}
	p.line("")
	p.line(fmt.Sprintf("`%s` %s", f.ID, w.t("passage %d", f.Bead)))
}

var mdReplacer = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`)

func mdEscape(s string) string { return mdReplacer.Replace(flat(s)) }
