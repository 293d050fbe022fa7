package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxCell is how many characters a cell of a workbook holds.
const maxCell = 32000

// The fonts of marked words: bold where a finding is, underlined where versions
// differ, so that the marks show without colour as well.
var (
	placeFont = &excelize.Font{Bold: true, Underline: "single", Color: "8F1022"}
	diffFont  = &excelize.Font{Underline: "single", Color: "9A5A08"}
	plainFont = &excelize.Font{Color: "1D1F23"}
)

// book is a workbook that is being filled; the first error stays.
type book struct {
	f      *excelize.File
	w      *words
	header int // styles
	cell   int
	err    error
}

// compareXLSX writes a workbook for the editor: the findings with a column for
// the decision, the aligned texts and the summary. Nothing in it depends on the
// clock, so that the same findings give the same bytes.
func compareXLSX(out io.Writer, v *view, w *words) error {
	b := &book{f: excelize.NewFile(), w: w}
	defer b.f.Close()
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &sortedZip{w: w} })
	b.header = b.style(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6E9EF"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	})
	b.cell = b.style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.try(b.f.SetSheetName("Sheet1", w.t("Findings")))
	b.findings(v)
	b.text(v)
	b.summary(v)
	b.try(b.f.SetDocProps(&excelize.DocProperties{
		Creator: "sverka", LastModifiedBy: "sverka", Title: flat(v.Title), Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	}))
	if b.err != nil {
		return b.err
	}
	return b.f.Write(out)
}

func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) style(s *excelize.Style) int {
	id, err := b.f.NewStyle(s)
	b.try(err)
	return id
}

// sheet writes one sheet: a frozen header, then rows. prepare, where it is
// given, adds to the sheet what must be there before its rows; such a sheet has
// filters.
func (b *book) sheet(name string, widths []float64, header []string, rows [][]any, prepare func(sheet string)) {
	if b.err != nil {
		return
	}
	if i, err := b.f.GetSheetIndex(name); err != nil || i < 0 {
		_, err := b.f.NewSheet(name)
		b.try(err)
	}
	last, err := excelize.CoordinatesToCellName(len(header), len(rows)+1)
	b.try(err)
	if len(rows) > 0 && prepare != nil {
		b.try(b.f.AutoFilter(name, "A1:"+last, nil))
	}
	if prepare != nil {
		prepare(name)
	}
	s, err := b.f.NewStreamWriter(name)
	if b.try(err); b.err != nil {
		return
	}
	for i, width := range widths {
		b.try(s.SetColWidth(i+1, i+1, width))
	}
	b.try(s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	cells := make([]any, len(header))
	for i, h := range header {
		cells[i] = excelize.Cell{StyleID: b.header, Value: h}
	}
	b.try(s.SetRow("A1", cells))
	for r, row := range rows {
		for i := range row {
			row[i] = excelize.Cell{StyleID: b.cell, Value: row[i]}
		}
		b.try(s.SetRow(fmt.Sprintf("A%d", r+2), row))
	}
	b.try(s.Flush())
}

func (b *book) findings(v *view) {
	w := b.w
	header := []string{"#", w.t("severity"), w.t("category"), w.t("message"), w.t("evidence")}
	widths := []float64{6, 13, 13, 40, 34}
	for _, ver := range v.Versions {
		header, widths = append(header, ver.Name), append(widths, 48)
	}
	for _, ver := range v.Versions {
		header, widths = append(header, w.t("segment: %s", ver.Name)), append(widths, 11)
	}
	header = append(header, w.t("passage"), w.t("status"), w.t("remark"), w.t("id"))
	widths = append(widths, 9, 13, 30, 19)
	var rows [][]any
	for _, list := range [][]findingView{v.Grave, v.Slight} {
		for i := range list {
			f := &list[i]
			row := []any{f.Number, f.SevLabel, f.CatLabel, clip(f.Message), clip(strings.Join(f.Evidence, "\n"))}
			for _, c := range f.Passages[0].Cells {
				row = append(row, rich(c))
			}
			for n := range v.Versions {
				row = append(row, f.Segments[n])
			}
			rows = append(rows, append(row, f.Bead, w.t("open"), "", f.ID))
		}
	}
	status := len(header) - 2
	b.sheet(w.t("Findings"), widths, header, rows, func(sheet string) {
		if len(rows) == 0 {
			return
		}
		from, err := excelize.CoordinatesToCellName(status, 2)
		b.try(err)
		to, err := excelize.CoordinatesToCellName(status, len(rows)+1)
		b.try(err)
		choice := excelize.NewDataValidation(true)
		choice.SetSqref(from + ":" + to)
		b.try(choice.SetDropList([]string{w.t("open"), w.t("fixed"), w.t("accepted"), w.t("waived")}))
		b.try(b.f.AddDataValidation(sheet, choice))
	})
}

func (b *book) text(v *view) {
	w := b.w
	header, widths := []string{"#"}, []float64{7}
	for _, ver := range v.Versions {
		header, widths = append(header, ver.Name), append(widths, 60)
	}
	header, widths = append(header, w.t("Findings"), w.t("probability")), append(widths, 16, 12)
	rows := make([][]any, 0, len(v.Rows))
	for i := range v.Rows {
		r := &v.Rows[i]
		row := []any{r.Bead}
		for _, c := range r.Cells {
			row = append(row, rich(c))
		}
		var refs []string
		for _, f := range r.Findings {
			refs = append(refs, fmt.Sprintf("%d %s", f.Number, f.CatLabel))
		}
		prob := r.Prob
		if r.Review {
			prob += " ?"
		}
		rows = append(rows, append(row, strings.Join(refs, "\n"), prob))
	}
	b.sheet(w.t("Text"), widths, header, rows, func(string) {})
}

func (b *book) summary(v *view) {
	w := b.w
	header := []string{w.t("version"), w.t("language"), w.t("file"), w.t("title"), w.t("segments"), w.t("with counterpart")}
	var rows [][]any
	for _, ver := range v.Versions {
		name := ver.Name
		if ver.IsSource {
			name = w.t("%s (source)", name)
		}
		rows = append(rows, []any{name, ver.LangName, clip(ver.File), clip(ver.Title), ver.Segments, ver.Met})
	}
	rows = append(rows, []any{}, []any{clip(v.Aligned)}, []any{clip(summaryLine(v, w))}, []any{})
	heads := []any{w.t("category")}
	for _, c := range v.Counts {
		heads = append(heads, c.Label)
	}
	rows = append(rows, heads)
	for _, c := range v.Cats {
		row := []any{c.Label}
		for _, n := range c.BySev {
			row = append(row, n)
		}
		rows = append(rows, row)
	}
	for _, o := range v.Outside {
		rows = append(rows, []any{clip(w.t("left out: %s", o.Said))})
	}
	b.sheet(w.t("Summary"), []float64{40, 14, 26, 50, 12, 16}, header, rows, nil)
}

// rich gives a cell's text with its marks as a workbook has them.
func rich(c cellView) any {
	if c.Empty {
		return ""
	}
	if len(c.Runs) == 1 && c.Runs[0] == (run{Text: c.Runs[0].Text}) {
		return clip(c.Runs[0].Text)
	}
	var out []excelize.RichTextRun
	left := maxCell
	for _, r := range c.Runs {
		text, font := spaced(r.Text, flat), plainFont
		switch {
		case r.Gap:
			text, font = "‸", placeFont
		case r.Place:
			font = placeFont
		case r.Diff:
			font = diffFont
		}
		if left -= utf8.RuneCountInString(text); left < 0 || text == "" {
			continue
		}
		out = append(out, excelize.RichTextRun{Text: text, Font: font})
	}
	if out == nil {
		return ""
	}
	return out
}

// clip makes a text fit a cell.
func clip(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = flat(lines[i])
	}
	s = strings.Join(lines, "\n")
	if utf8.RuneCountInString(s) > maxCell {
		s = string([]rune(s)[:maxCell]) + "…"
	}
	return s
}

// sortedZip gathers the parts of a workbook and writes them by name, none with
// a time: the library's own order is that of a map.
type sortedZip struct {
	w     io.Writer
	names []string
	parts map[string]*bytes.Buffer
}

func (z *sortedZip) Create(name string) (io.Writer, error) {
	if z.parts == nil {
		z.parts = map[string]*bytes.Buffer{}
	}
	b := &bytes.Buffer{}
	z.names = append(z.names, name)
	z.parts[name] = b
	return b, nil
}

func (z *sortedZip) AddFS(fs.FS) error { return fmt.Errorf("a workbook has no folders to add") }

func (z *sortedZip) Close() error {
	slices.Sort(z.names)
	out := zip.NewWriter(z.w)
	for _, name := range z.names {
		part, err := out.Create(name)
		if err == nil {
			_, err = part.Write(z.parts[name].Bytes())
		}
		if err != nil {
			return err
		}
	}
	return out.Close()
}
