package report

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/concordance"
	"sverka/internal/query"
)

type concordancePage struct {
	page
	First, Last, Total int
	Further            bool
	Lines              []concordanceLine
}

type concordanceLine struct {
	N                      int
	Lang, Version, Place   string
	Left, Key, Right, Text []run
	Others                 []concordanceText
}

type concordanceText struct{ Lang, Version, Text string }

// Concordance writes a page of a concordance as one HTML page that needs no
// other file and no network: each line with its keyword in the middle, and
// below it the whole text and the texts of the other versions. typed is the
// query, first the number of the first line. The error is that of w.
func Concordance(w io.Writer, r *concordance.Result, typed string, first int) error {
	words := wordsOf("")
	data := concordancePage{page: newPage(words, "Concordance", "search", typed), First: first, Last: first + len(r.Lines) - 1,
		Total: r.Total, Further: r.More}
	data.More = template.CSS(asset("page/concordance.css"))
	for i := range r.Lines {
		data.Lines = append(data.Lines, newConcordanceLine(&r.Lines[i], first+i))
	}
	return writePage(w, words, "concordance.html.tmpl", data)
}

func newConcordanceLine(l *concordance.Line, n int) concordanceLine {
	v := &l.Unit.Variants[l.Variant]
	out := concordanceLine{
		N: n, Lang: string(l.Lang), Version: v.Name(), Place: strings.Join(placeOf(l, v), ", "),
		Left: spanned(l.Left, l.LeftSpans), Key: []run{{Text: l.Key, Place: true}}, Right: spanned(l.Right, l.RightSpans),
		Text: spanned(l.Text, l.Spans),
	}
	for i := range l.Others {
		o := &l.Others[i]
		name := o.Name()
		if o.Translator != "" {
			name += ", " + o.Translator
		}
		if o.Machine {
			name += " (machine)"
		}
		out.Others = append(out.Others, concordanceText{string(o.Lang), name, o.Text})
	}
	return out
}

// placeOf says where a line comes from.
func placeOf(l *concordance.Line, v *bitext.Variant) []string {
	st := &l.Unit.Statement
	date := v.Date
	if date == "" {
		date = st.Date
	}
	var out []string
	for _, s := range []string{st.Title, st.ID, date, st.Speaker, v.Translator, v.Source, fmt.Sprint("unit ", l.Unit.ID)} {
		if s != "" && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	return out
}

// spanned cuts a text at the places where the words looked for stand.
func spanned(s string, spans []query.Span) []run {
	var out []run
	at := 0
	for _, sp := range spans {
		if sp.Start > at {
			out = append(out, run{Text: s[at:sp.Start]})
		}
		if sp.End > sp.Start {
			out = append(out, run{Text: s[sp.Start:sp.End], Place: true})
		}
		at = sp.End
	}
	if at < len(s) {
		out = append(out, run{Text: s[at:]})
	}
	return out
}
