package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/terminology"
	"sverka/internal/text"
)

// ProposalsText writes proposed terms for a terminal: each with how often it
// stands, and below it its renderings with how many of the places that were
// looked at have them.
func ProposalsText(w io.Writer, found []terminology.Proposal) error {
	p := printer{w: w}
	for i := range found {
		f := &found[i]
		p.line(fmt.Sprintf("%4d  %s", f.Count, text.Line(f.Term)))
		for k := range f.Pieces {
			r := &f.Pieces[k]
			var parts []string
			for _, g := range r.Alternatives() {
				parts = append(parts, fmt.Sprintf("%s (%d of %d)", text.Line(g.Form), g.Count, r.Asked))
			}
			if parts == nil {
				parts = []string{"–"}
			}
			p.line(fmt.Sprintf("      %s  %s", r.Lang, strings.Join(parts, "; ")))
		}
	}
	return p.err
}

// ProposalsTable writes proposed terms as a table that a glossary can be
// imported from: a column a language, alternatives parted by |, and beside them
// how often the term stands and what share of the places looked at has the first
// rendering.
func ProposalsTable(w io.Writer, found []terminology.Proposal, from bitext.Lang, to []bitext.Lang, tabs bool) error {
	out := csv.NewWriter(w)
	write := out.Write
	if tabs { // a cell stands as it is: it has neither tab nor line break
		write = func(row []string) error {
			_, err := io.WriteString(w, strings.Join(row, "\t")+"\n")
			return err
		}
	}
	head := []string{string(from)}
	for _, l := range to {
		head = append(head, string(l))
	}
	head = append(head, "count")
	for _, l := range to {
		head = append(head, string(l)+":share")
	}
	if err := write(head); err != nil {
		return err
	}
	for i := range found {
		f := &found[i]
		row, shares := []string{text.Line(f.Term)}, []string{fmt.Sprint(f.Count)}
		for _, l := range to {
			at := slices.IndexFunc(f.Pieces, func(r terminology.Renderings) bool { return r.Lang == l })
			if at < 0 {
				row, shares = append(row, ""), append(shares, "")
				continue
			}
			var forms []string
			for _, g := range f.Pieces[at].Alternatives() {
				forms = append(forms, strings.ReplaceAll(text.Line(g.Form), "|", " "))
			}
			row = append(row, strings.Join(forms, "|"))
			shares = append(shares, fmt.Sprintf("%.2f", f.Pieces[at].Consistency()))
		}
		if err := write(append(row, shares...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
