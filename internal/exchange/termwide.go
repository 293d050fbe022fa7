package exchange

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"sverka/internal/bitext"
)

// WriteTermsWide writes the entries of a glossary as a table with an entry a
// row, as people keep one: a column a language, its usable terms parted by |,
// the preferred first, a column for its deprecated terms where there are any,
// and what is said of the entry. It gives how many entries it wrote and how many
// terms say more than such a table has a place for (a part of speech, a note, a
// source, a date). f is CSV or TSV.
func WriteTermsWide(w io.Writer, f Format, concepts iter.Seq2[bitext.Concept, error]) (n, lost int, err error) {
	if f != CSV && f != TSV {
		return 0, 0, fmt.Errorf("%s has no wide form; csv and tsv have", f)
	}
	var all []bitext.Concept
	used := map[string]bool{}
	var langs []bitext.Lang
	for c, err := range concepts {
		if err != nil {
			return 0, 0, err
		}
		for i := range c.Terms {
			t := &c.Terms[i]
			if !slices.Contains(langs, t.Lang) {
				langs = append(langs, t.Lang)
			}
			if t.Usable() {
				used[string(t.Lang)] = true
			} else {
				used[string(t.Lang)+":deprecated"] = true
			}
			if t.PartOfSpeech+t.Note+t.Source+t.Date != "" {
				lost++
			}
		}
		all = append(all, c)
	}
	sortLangs(langs)
	columns := []string{"id"}
	for _, l := range langs {
		columns = append(columns, string(l), string(l)+":deprecated")
	}
	columns = append(columns, "subject", "definition", "note", "source", "created", "modified")
	rows := make([][]string, 0, len(all))
	for i := range all {
		row := wideRow(&all[i], langs)
		for k, cell := range row {
			if k == 0 || cell != "" {
				used[columns[k]] = true
			}
		}
		rows = append(rows, row)
	}
	b := bufio.NewWriterSize(w, bufferSize)
	table := termTable{f}
	write := func(row []string) {
		var kept []string
		for k, cell := range row {
			if used[columns[k]] {
				kept = append(kept, cell)
			}
		}
		table.row(b, kept)
	}
	write(columns)
	for _, row := range rows {
		write(row)
	}
	if err := b.Flush(); err != nil {
		return 0, 0, fmt.Errorf("write %s: %w", f, err)
	}
	return len(rows), lost, nil
}

func wideRow(c *bitext.Concept, langs []bitext.Lang) []string {
	row := []string{c.ID}
	for _, l := range langs {
		var usable, deprecated []string
		for _, t := range c.In(l) {
			word := strings.ReplaceAll(t.Text, "|", "/")
			if t.Usable() {
				usable = append(usable, word)
			} else {
				deprecated = append(deprecated, word)
			}
		}
		row = append(row, strings.Join(usable, "|"), strings.Join(deprecated, "|"))
	}
	return append(row, c.Subject, c.Definition, c.Note, c.Source, c.Created, c.Modified)
}

// sortLangs puts the languages that the program works in first, in the order in
// which they are listed to a person.
func sortLangs(langs []bitext.Lang) {
	rank := func(l bitext.Lang) int {
		if i := slices.Index(bitext.Langs, l); i >= 0 {
			return i
		}
		return len(bitext.Langs)
	}
	slices.SortFunc(langs, func(a, b bitext.Lang) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(string(a), string(b))
	})
}
