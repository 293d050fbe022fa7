package report

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/terminology"
	"sverka/internal/text"
)

// AuditFormats are the formats that Audit writes.
var AuditFormats = []string{"text", "html", "tsv"}

// Audit writes terms whose renderings differ to w in one of AuditFormats. title
// heads the page; left is how many further terms were not asked for.
func Audit(w io.Writer, found []terminology.Audited, format, title string, left int) error {
	switch format {
	case "text":
		return auditText(w, found, left)
	case "tsv":
		return auditTSV(w, found)
	case "html":
		return auditHTML(w, found, title, left)
	}
	return fmt.Errorf("no format %q for an audit", format)
}

func auditText(w io.Writer, found []terminology.Audited, left int) error {
	p := printer{w: w}
	for i := range found {
		a := &found[i]
		p.line(fmt.Sprintf("%d  %s  %s → %s", i+1, text.Line(a.Term), a.From, a.To))
		p.line("   " + auditSummary(a))
		for k := range a.Groups {
			g := &a.Groups[k]
			line := fmt.Sprintf("   %5d  %s", g.Count, text.Line(g.Form))
			if g.Status != "" {
				line += " (" + string(g.Status) + ")"
			}
			for _, part := range []string{dates(g.First, g.Last), who(g)} {
				if part != "" {
					line += "  " + part
				}
			}
			p.line(line)
		}
	}
	switch {
	case len(found) == 0:
		p.line("no term is rendered in more than one way")
	case left > 0:
		p.line(fmt.Sprintf("%d more; --limit shows them", left))
	}
	return p.err
}

// auditSummary says in a line how a term diverges.
func auditSummary(a *terminology.Audited) string {
	parts := []string{fmt.Sprintf("%d ways in %s", len(a.Groups), places(a.Count)), fmt.Sprintf("entropy %.2f bits", a.Entropy)}
	if a.Looked < a.Places {
		parts = append(parts, fmt.Sprintf("%d of %s looked at", a.Looked, places(a.Places)))
	}
	if a.Cause != "" {
		parts = append(parts, fmt.Sprintf("goes by %s (%.0f %%)", a.Cause, 100*a.Explained))
	}
	switch {
	case a.Within == 1:
		parts = append(parts, "one version renders it in several ways by itself")
	case a.Within > 1:
		parts = append(parts, fmt.Sprintf("%d versions render it in several ways by themselves", a.Within))
	}
	if a.Uncertain > 0 {
		parts = append(parts, places(a.Uncertain)+" uncertain")
	}
	return strings.Join(parts, "; ")
}

func places(n int) string {
	if n == 1 {
		return "1 place"
	}
	return fmt.Sprintf("%d places", n)
}

func dates(first, last string) string {
	if first == last {
		return first
	}
	return first + " – " + last
}

// who names versions and translators with their counts.
func who(g *terminology.AuditGroup) string {
	parts := []string{tallyLine(g.Versions, 4)}
	if t := tallyLine(g.Translators, 4); t != "" {
		parts = append(parts, t)
	}
	return strings.Join(parts, "; ")
}

func tallyLine(ts []terminology.Tally, most int) string {
	var parts []string
	for i, t := range ts {
		if i == most {
			parts = append(parts, fmt.Sprintf("%d more", len(ts)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %d", text.Line(t.Name), t.Count))
	}
	return strings.Join(parts, ", ")
}

// auditTSV writes a row a rendering.
func auditTSV(w io.Writer, found []terminology.Audited) error {
	p := printer{w: w}
	p.line(strings.Join([]string{"entry", "term", "from", "to", "places", "entropy", "goes by", "rendering", "status", "count", "share",
		"first", "last", "versions", "translators", "statements", "source", "target"}, "\t"))
	for i := range found {
		a := &found[i]
		for k := range a.Groups {
			g := &a.Groups[k]
			row := []string{
				a.Entry, a.Term, string(a.From), string(a.To), fmt.Sprint(a.Count), fmt.Sprintf("%.3f", a.Entropy), a.Cause,
				g.Form, string(g.Status), fmt.Sprint(g.Count), fmt.Sprintf("%.3f", g.Share), g.First, g.Last,
				tallyLine(g.Versions, len(g.Versions)), tallyLine(g.Translators, len(g.Translators)), tallyLine(g.Statements, len(g.Statements)),
				g.Example.Source, g.Example.Target,
			}
			for c := range row {
				row[c] = text.Line(row[c])
			}
			p.line(strings.Join(row, "\t"))
		}
	}
	return p.err
}

type auditPage struct {
	page
	Terms []auditTerm
	Left  int
	Ways  int
}

type auditTerm struct {
	N                         int
	Entry, Term               string
	From, To                  string
	FromName, ToName, Summary string
	Groups                    []auditRow
}

type auditRow struct {
	Form, Status, Dates string
	Count               int
	Percent             string
	Width               string // of the bar, in per cent
	Who, Statements     string
	Statement, Version  string
	Source, Target      []run
}

func auditHTML(w io.Writer, found []terminology.Audited, title string, left int) error {
	if title == "" {
		title = "How terms were rendered"
	}
	words := wordsOf("")
	data := auditPage{page: newPage(words, "Audit of terms", "terms", title), Left: left}
	data.More = template.CSS(asset("page/audit.css"))
	for i := range found {
		a := &found[i]
		t := auditTerm{
			N: i + 1, Entry: a.Entry, Term: text.Line(a.Term), From: string(a.From), To: string(a.To),
			FromName: a.From.Name(), ToName: a.To.Name(), Summary: auditSummary(a),
		}
		for k := range a.Groups {
			t.Groups = append(t.Groups, newAuditRow(&a.Groups[k], a.To))
			data.Ways++
		}
		data.Terms = append(data.Terms, t)
	}
	return writePage(w, words, "audit.html.tmpl", data)
}

func newAuditRow(g *terminology.AuditGroup, to bitext.Lang) auditRow {
	e := &g.Example
	return auditRow{
		Form: text.Line(g.Form), Status: string(g.Status), Dates: dates(g.First, g.Last), Count: g.Count,
		Percent: fmt.Sprintf("%.0f %%", 100*g.Share), Width: fmt.Sprintf("%.1f", 100*g.Share),
		Who: who(g), Statements: tallyLine(g.Statements, 6), Statement: e.Statement, Version: e.Version,
		Source: marked(e.Source, e.TermAt), Target: marked(e.Target, e.At),
	}
}

// marked cuts a text at the place of a term or rendering.
func marked(s string, at [2]int) []run {
	out := []run{{Text: s[:at[0]]}, {Text: s[at[0]:at[1]], Place: true}, {Text: s[at[1]:]}}
	return slices.DeleteFunc(out, func(r run) bool { return r.Text == "" })
}
