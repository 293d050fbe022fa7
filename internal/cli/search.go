package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/concordance"
	"sverka/internal/query"
	"sverka/internal/report"
	"sverka/internal/text"
	"sverka/internal/tm"
)

var searchFormats = []string{"text", "html", "tsv", "jsonl"}

func searchCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "show every place where a word or phrase stands, with its translations",
		ArgsUsage: "QUERY",
		Description: `Words are found in any form: Russian in any case, with ё or е; English with any
ending; Chinese words of any length, in traditional or simplified characters.

   words side by side   all of them         "in quotes"     a phrase
   prefix*              words that begin so  a OR b, -word   either, not
   lang:ru              only Russian text   in:NAME         a statement
   label:kremlin        a version           by:NAME         translator, speaker, source
   since:2024 until:2025-08                 dates

   sverka search достоинство
   sverka search '"national currencies" since:2024'
   sverka search 'lang:zh 主权' --to en --format tsv
   sverka search "моста" -o bridge.html`,
		Flags: []cli.Flag{memoryFlag(), formatFlag(searchFormats), outputFlag(),
			&cli.StringSliceFlag{Name: "to", Usage: "show the translations in `LANG,LANG` only"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 20, Usage: "show `N` hits"},
			&cli.IntFlag{Name: "offset", Usage: "pass over the first `N` hits"},
			&cli.IntFlag{Name: "width", Value: 96, Usage: "width of a line in `CELLS` of a terminal"},
		},
		Action: func(c *cli.Context) error { return search(c, env) },
	}
}

func search(c *cli.Context, env Env) error {
	typed := strings.Join(c.Args().Slice(), " ")
	if strings.TrimSpace(typed) == "" {
		return misuse("search needs a query", `for example: sverka search '"national currencies" since:2024'`)
	}
	q, err := query.Parse(typed)
	if err != nil {
		return misuse(err.Error(), "see sverka search --help for the language of queries")
	}
	if c.Int("limit") < 1 || c.Int("offset") < 0 || c.Int("width") < 20 {
		return misuse("--limit must be 1 or more, --offset 0 or more, --width 20 or more", "")
	}
	format, err := formatFor(c.String("format"), c.String("output"), "text", searchFormats)
	if err != nil {
		return err
	}
	langs, err := langsOf(c, "to")
	if err != nil {
		return err
	}
	opt := concordance.Options{
		Limit: c.Int("limit"), Offset: c.Int("offset"), Width: c.Int("width"), Count: true, Langs: langs,
	}
	return env.withMemory(c, true, func(store *tm.Store) error {
		r, err := concordance.Find(c.Context, store, q, opt)
		if err != nil {
			return err
		}
		return env.writeOutput(c.String("output"), func(w io.Writer) error {
			if format == "html" {
				return report.Concordance(w, r, typed, c.Int("offset")+1)
			}
			return env.writeConcordance(w, c, r, format)
		})
	})
}

func (e Env) writeConcordance(w io.Writer, c *cli.Context, r *concordance.Result, format string) error {
	for i := range r.Lines {
		var err error
		switch l := &r.Lines[i]; format {
		case "jsonl":
			err = concordanceJSON(w, l)
		case "tsv":
			err = concordanceTSV(w, l)
		default:
			err = e.concordanceText(w, l, c.Int("width"))
		}
		if err != nil {
			return err
		}
	}
	if format != "text" {
		return nil
	}
	if len(r.Lines) == 0 {
		_, err := fmt.Fprintln(w, "no hit")
		return err
	}
	first := c.Int("offset") + 1
	_, err := fmt.Fprintf(w, "%d to %d of %s\n", first, first+len(r.Lines)-1, counted(r.Total, "hit"))
	return err
}

// concordanceText writes the keyword in the middle of the line, its place and
// the texts of the other versions below.
func (e Env) concordanceText(w io.Writer, l *concordance.Line, width int) error {
	variant := &l.Unit.Variants[l.Variant]
	half := (width - concordance.Cells(l.Key)) / 2
	pad := max(0, half-concordance.Cells(l.Left))
	key := l.Key
	if e.Colour {
		key = "\x1b[1;33m" + key + "\x1b[0m"
	}
	fmt.Fprintf(w, "%s%s%s%s\n", strings.Repeat(" ", pad), l.Left, key, l.Right)
	fmt.Fprintf(w, "    %s%s\n", variant.Name(), place(l, variant))
	for i := range l.Others {
		if _, err := fmt.Fprintf(w, "    %s  %s\n", l.Others[i].Name(), cell(l.Others[i].Text)); err != nil {
			return err
		}
	}
	return nil
}

func place(l *concordance.Line, v *bitext.Variant) string {
	var parts []string
	for _, s := range []string{l.Unit.Statement.ID, dateOfLine(l, v), l.Unit.Statement.Speaker, v.Translator} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	parts = append(parts, "unit "+l.Unit.ID)
	return "  [" + strings.Join(parts, ", ") + "]"
}

func dateOfLine(l *concordance.Line, v *bitext.Variant) string {
	if v.Date != "" {
		return v.Date
	}
	return l.Unit.Statement.Date
}

// concordanceTSV writes statement, date, version, left, key, right, then a
// column `version: text` for each text beside it.
func concordanceTSV(w io.Writer, l *concordance.Line) error {
	v := &l.Unit.Variants[l.Variant]
	row := []string{l.Unit.Statement.ID, dateOfLine(l, v), v.Name(), l.Left, l.Key, l.Right}
	for i := range l.Others {
		row = append(row, l.Others[i].Name()+": "+cell(l.Others[i].Text))
	}
	_, err := fmt.Fprintln(w, strings.Join(row, "\t"))
	return err
}

type lineJSON struct {
	Statement string        `json:"statement"`
	Title     string        `json:"title,omitempty"`
	Date      string        `json:"date"`
	Version   string        `json:"version"`
	Lang      bitext.Lang   `json:"lang"`
	Left      string        `json:"left"`
	Key       string        `json:"key"`
	Right     string        `json:"right"`
	Text      string        `json:"text"`
	Spans     [][2]int      `json:"spans"` // code points
	Others    []variantJSON `json:"others"`
	Unit      string        `json:"unit"` // by which tm correct knows it
}

type variantJSON struct {
	Version string `json:"version"`
	Text    string `json:"text"`
}

func concordanceJSON(w io.Writer, l *concordance.Line) error {
	v := &l.Unit.Variants[l.Variant]
	row := lineJSON{
		Statement: l.Unit.Statement.ID, Title: l.Unit.Statement.Title, Date: dateOfLine(l, v), Version: v.Name(),
		Lang: l.Lang, Left: l.Left, Key: l.Key, Right: l.Right, Text: l.Text,
		Spans: [][2]int{}, Others: []variantJSON{}, Unit: l.Unit.ID,
	}
	index := text.NewRuneIndex(l.Text)
	for _, s := range l.Spans {
		row.Spans = append(row.Spans, *inRunes(index, &[2]int{s.Start, s.End}))
	}
	for i := range l.Others {
		row.Others = append(row.Others, variantJSON{l.Others[i].Name(), l.Others[i].Text})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(row)
}
