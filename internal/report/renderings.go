package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/rendering"
	"sverka/internal/text"
)

// RenderingFormats are the formats that Renderings writes.
var RenderingFormats = []string{"text", "tsv", "jsonl", "html"}

// RenderingOptions say how much of a history is shown.
type RenderingOptions struct {
	Format string // one of RenderingFormats
	Limit  int    // most groups of each language; 0 means all
	Colour bool   // mark places by colour rather than brackets, in text
}

// Renderings writes how a term was rendered: its groups, the uncertain ones
// apart, with an example each.
func Renderings(w io.Writer, h *rendering.History, o RenderingOptions) error {
	switch o.Format {
	case "text":
		return renderingsText(w, h, o)
	case "tsv":
		return renderingsTSV(w, h, o)
	case "jsonl":
		return renderingsJSON(w, h, o)
	case "html":
		return renderingsHTML(w, h, o)
	}
	return fmt.Errorf("no format %q for renderings", o.Format)
}

// limited cuts groups to the limit and says how many were left out.
func limited(groups []rendering.HistoryGroup, limit int) (shown []rendering.HistoryGroup, left int) {
	if limit > 0 && len(groups) > limit {
		return groups[:limit], len(groups) - limit
	}
	return groups, 0
}

func renderingsText(w io.Writer, h *rendering.History, o RenderingOptions) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s\n", h.Term, h.From, hitsWords(h))
	if forms := sourceForms(h); forms != "" {
		fmt.Fprintf(&b, "forms: %s\n", forms)
	}
	for i := range h.Langs {
		l := &h.Langs[i]
		fmt.Fprintf(&b, "\n%s: %s\n", l.Lang.Name(), countWords(l))
		shown, left := limited(l.Groups, o.Limit)
		for k := range shown {
			groupText(&b, l, &shown[k], true, o.Colour)
		}
		moreWords(&b, left)
		if l.Trend != nil {
			fmt.Fprintf(&b, "  trend: %s\n", trendWords(l.Trend))
		}
		if len(l.Unsure) > 0 {
			fmt.Fprintf(&b, "  uncertain:\n")
			shown, left := limited(l.Unsure, o.Limit)
			for k := range shown {
				groupText(&b, l, &shown[k], false, o.Colour)
			}
			moreWords(&b, left)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func moreWords(b *strings.Builder, left int) {
	if left > 0 {
		fmt.Fprintf(b, "  … %d more; --limit shows them\n", left)
	}
}

// hitsWords says in how many texts the term stands, and how many were read.
func hitsWords(h *rendering.History) string {
	s := countOf(h.Total, "text")
	if h.Hits < h.Total {
		s += fmt.Sprintf(", the %d stored last were read", h.Hits)
	}
	if h.Split > 0 {
		s += fmt.Sprintf(", in %d of them parted by other words", h.Split)
	}
	return s
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// maxForms is how many forms of the term a report names.
const maxForms = 8

func sourceForms(h *rendering.History) string {
	var parts []string
	forms := h.SourceForms()
	for _, f := range forms[:min(len(forms), maxForms)] {
		parts = append(parts, f.Form)
	}
	if len(parts) == 1 && parts[0] == h.Term {
		return ""
	}
	if len(forms) > maxForms {
		parts = append(parts, "…")
	}
	return strings.Join(parts, " · ")
}

func countWords(l *rendering.LangHistory) string {
	sure := 0
	for k := range l.Groups {
		sure += l.Groups[k].Count
	}
	s := countOf(len(l.Groups), "rendering") + " in " + countOf(sure, "place")
	if unsure := len(l.Places) - sure; unsure > 0 {
		s += fmt.Sprintf(", %d uncertain", unsure)
	}
	if l.None > 0 {
		s += fmt.Sprintf(", %d without one", l.None)
	}
	return s
}

func trendWords(t *rendering.Trend) string {
	return fmt.Sprintf("“%s” until %s (%d of %d), “%s” from %s (%d of %d)",
		t.Before, t.Until, t.CountBefore, t.PlacesBefore, t.After, t.Since, t.CountAfter, t.PlacesAfter)
}

func dateWords(g *rendering.HistoryGroup) string {
	switch {
	case g.First == "":
		return ""
	case g.First == g.Last:
		return g.First
	}
	return g.First + " to " + g.Last
}

func groupText(b *strings.Builder, l *rendering.LangHistory, g *rendering.HistoryGroup, sure, colour bool) {
	share := ""
	if sure {
		share = fmt.Sprintf("%3.0f%%", 100*g.Share)
	}
	var where []string
	for _, list := range [...]string{dateWords(g), few(g.Statements), few(g.Versions), few(g.Translators)} {
		if list != "" {
			where = append(where, list)
		}
	}
	fmt.Fprintf(b, "%5d %4s  %s", g.Count, share, flat(g.Form))
	if len(where) > 0 {
		fmt.Fprintf(b, "  [%s]", strings.Join(where, "; "))
	}
	b.WriteByte('\n')
	p := &l.Places[g.Example]
	for _, side := range exampleOf(p) {
		fmt.Fprintf(b, "            %s  %s\n", side.name, markedRuns(side.snippet, colour))
	}
}

// maxListed is how many statements or versions a line names.
const maxListed = 4

func few(list []string) string {
	if len(list) > maxListed {
		return strings.Join(list[:maxListed], ", ") + fmt.Sprintf(" and %d more", len(list)-maxListed)
	}
	return strings.Join(list, ", ")
}

// side is a text of an example.
type side struct {
	name, lang string
	snippet    []run
}

func exampleOf(p *rendering.Occurrence) [2]side {
	s, t := &p.Unit.Variants[p.Source], &p.Unit.Variants[p.Target]
	return [2]side{
		{s.Name(), string(s.Lang), snippet(s, p.Term)},
		{t.Name(), string(t.Lang), snippet(t, p.Spans)},
	}
}

// contextRunes is how much of a text is shown on each side of its marks; in
// Chinese half of it.
const contextRunes = 60

// snippet cuts a text round its marks, at spaces where there are any.
func snippet(v *bitext.Variant, spans [][2]int) []run {
	runes := []rune(v.Text)
	reach := contextRunes
	if v.Lang == bitext.Chinese {
		reach /= 2
	}
	from, to := 0, len(runes)
	if len(spans) > 0 {
		from, to = max(0, spans[0][0]-reach), min(len(runes), spans[len(spans)-1][1]+reach)
	} else {
		to = min(to, 2*reach)
	}
	if v.Lang != bitext.Chinese {
		for from > 0 && runes[from-1] != ' ' && (len(spans) == 0 || from < spans[0][0]) {
			from++
		}
		for to < len(runes) && runes[to] != ' ' && (len(spans) == 0 || to > spans[len(spans)-1][1]) {
			to--
		}
	}
	var out []run
	add := func(s string, place bool) {
		if s != "" {
			out = append(out, run{Text: text.Line(s), Place: place})
		}
	}
	at := from
	if from > 0 {
		out = append(out, run{Text: "…"})
	}
	for _, s := range spans {
		out = append(out, run{Text: spaced(string(runes[at:s[0]]), flat)}, run{Text: text.Line(string(runes[s[0]:s[1]])), Place: true})
		at = s[1]
	}
	if at < to {
		out = append(out, run{Text: spaced(string(runes[at:to]), flat)})
	}
	if to < len(runes) {
		add("…", false)
	}
	return out
}

func markedRuns(runs []run, colour bool) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.Place && colour:
			b.WriteString("\x1b[1;33m" + r.Text + "\x1b[0m")
		case r.Place:
			b.WriteString("[" + r.Text + "]")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// renderingsTSV writes a group a row beneath a header.
func renderingsTSV(w io.Writer, h *rendering.History, o RenderingOptions) error {
	var b strings.Builder
	b.WriteString("lang\trendering\tcount\tshare\tcertain\tfirst\tlast\tstatements\tversions\ttranslators\tsource\ttarget\n")
	each(h, o, func(l *rendering.LangHistory, g *rendering.HistoryGroup, sure bool) {
		certain := "yes"
		if !sure {
			certain = "no"
		}
		p := &l.Places[g.Example]
		fmt.Fprintf(&b, "%s\t%s\t%d\t%.4f\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.Lang, flat(g.Form), g.Count, g.Share, certain, g.First, g.Last,
			flat(strings.Join(g.Statements, ", ")), flat(strings.Join(g.Versions, ", ")), flat(strings.Join(g.Translators, ", ")),
			flat(p.Unit.Variants[p.Source].Text), flat(p.Unit.Variants[p.Target].Text))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// each runs f for each group that is shown, a language's sure ones first.
func each(h *rendering.History, o RenderingOptions, f func(*rendering.LangHistory, *rendering.HistoryGroup, bool)) {
	for i := range h.Langs {
		l := &h.Langs[i]
		sure, _ := limited(l.Groups, o.Limit)
		for k := range sure {
			f(l, &sure[k], true)
		}
		unsure, _ := limited(l.Unsure, o.Limit)
		for k := range unsure {
			f(l, &unsure[k], false)
		}
	}
}

type groupJSON struct {
	Term        string      `json:"term"`
	From        bitext.Lang `json:"from"`
	To          bitext.Lang `json:"to"`
	Rendering   string      `json:"rendering"`
	Forms       []formJSON  `json:"forms"`
	Count       int         `json:"count"`
	Share       float64     `json:"share"`
	Certain     bool        `json:"certain"`
	First       string      `json:"first"`
	Last        string      `json:"last"`
	Statements  []string    `json:"statements"`
	Versions    []string    `json:"versions"`
	Translators []string    `json:"translators"`
	Example     exampleJSON `json:"example"`
}

type formJSON struct {
	Form  string `json:"form"`
	Count int    `json:"count"`
}

type exampleJSON struct {
	Unit          string   `json:"unit"`
	Source        string   `json:"source"`
	SourceVersion string   `json:"source_version"`
	TermSpans     [][2]int `json:"term_spans"` // code points
	Target        string   `json:"target"`
	TargetVersion string   `json:"target_version"`
	Spans         [][2]int `json:"spans"`
	Prob          float64  `json:"prob"`
}

// renderingsJSON writes a group a line.
func renderingsJSON(w io.Writer, h *rendering.History, o RenderingOptions) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var err error
	each(h, o, func(l *rendering.LangHistory, g *rendering.HistoryGroup, sure bool) {
		p := &l.Places[g.Example]
		s, t := &p.Unit.Variants[p.Source], &p.Unit.Variants[p.Target]
		row := groupJSON{
			Term: h.Term, From: h.From, To: l.Lang, Rendering: g.Form, Count: g.Count, Share: round4(g.Share), Certain: sure,
			First: g.First, Last: g.Last, Statements: listed(g.Statements), Versions: listed(g.Versions), Translators: listed(g.Translators),
			Example: exampleJSON{p.Unit.ID, s.Text, s.Name(), p.Term, t.Text, t.Name(), p.Spans, round4(p.Probability)},
		}
		for _, f := range l.Forms(g) {
			row.Forms = append(row.Forms, formJSON{f.Form, f.Count})
		}
		if e := enc.Encode(row); err == nil {
			err = e
		}
	})
	return err
}

func listed(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func round4(x float64) float64 { return float64(int(x*1e4+.5)) / 1e4 }
