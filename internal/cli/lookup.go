package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/text"
	"sverka/internal/tm"
)

var lookupFormats = []string{"text", "tsv", "jsonl"}

func lookupCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "lookup",
		Usage:     "find how a sentence, or one like it, was rendered before",
		ArgsUsage: "TEXT",
		Description: `Matches are exact or fuzzy, best first, with a per cent: 101 the same text between
the same neighbours, 100 the same text, less for what differs.

   sverka lookup "The talks will be held in Beijing."
   sverka lookup --from en --to ru,zh --min 80 "The talks will be held in Beijing."
   sverka lookup --batch sentences.txt --from en --format jsonl
   sverka lookup --batch speech.txt --running --from en
   sverka lookup --prev "Good morning." "The session is open."`,
		Flags: []cli.Flag{memoryFlag(), formatFlag(lookupFormats), outputFlag(),
			&cli.StringSliceFlag{Name: "from", Usage: "languages the text may be in: `LANG,LANG` (default: any)"},
			&cli.StringSliceFlag{Name: "to", Usage: "languages wanted: `LANG,LANG` (default: any other)"},
			&cli.IntFlag{Name: "min", Value: 70, Usage: "least per `CENT`, 1 to 101"},
			&cli.IntFlag{Name: "max", Value: 5, Usage: "most matches for a text"},
			&cli.StringFlag{Name: "batch", Usage: "look up every line of `FILE`"},
			&cli.BoolFlag{Name: "running", Usage: "the lines of --batch follow one another in one text: neighbours make a context match"},
			&cli.StringFlag{Name: "prev", Usage: "`TEXT` before the one that is looked up, for a context match"},
			&cli.StringFlag{Name: "next", Usage: "`TEXT` behind it"},
		},
		Action: func(c *cli.Context) error { return lookup(c, env) },
	}
}

func lookup(c *cli.Context, env Env) error {
	q, err := lookupQuery(c)
	if err != nil {
		return err
	}
	format, err := formatFor(c.String("format"), c.String("output"), "text", lookupFormats)
	if err != nil {
		return err
	}
	texts, err := lookupTexts(c, env)
	if err != nil {
		return err
	}
	return env.withMemory(c, true, func(store *tm.Store) error {
		bar := env.newProgress("looking up")
		defer bar.finish()
		return env.writeOutput(c.String("output"), func(w io.Writer) error {
			for i, text := range texts {
				bar.update(i, len(texts))
				q.Text = text
				if c.Bool("running") {
					q.Prev, q.Next = neighbour(texts, i-1), neighbour(texts, i+1)
				}
				matches, err := store.Lookup(c.Context, q)
				if err != nil {
					return err
				}
				if err := writeMatches(w, format, text, matches, len(texts) > 1); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// neighbour gives line i, "" where there is none.
func neighbour(texts []string, i int) string {
	if i < 0 || i >= len(texts) {
		return ""
	}
	return texts[i]
}

func lookupQuery(c *cli.Context) (tm.LookupQuery, error) {
	q := tm.LookupQuery{Min: c.Int("min"), Max: c.Int("max"), Prev: c.String("prev"), Next: c.String("next")}
	if c.String("batch") != "" && (q.Prev != "" || q.Next != "") {
		return q, misuse("--prev and --next go with one text", "--running takes the lines of --batch as each other's neighbours")
	}
	if c.String("batch") == "" && c.Bool("running") {
		return q, misuse("--running goes with --batch", "--prev and --next give one text its neighbours")
	}
	if q.Min < 1 || q.Min > 101 {
		return q, misuse(fmt.Sprintf("--min %d is no per cent", q.Min), "from 1 to 101")
	}
	if q.Max < 1 {
		return q, misuse(fmt.Sprintf("--max %d asks for nothing", q.Max), "1 or more")
	}
	var err error
	if q.From, err = langsOf(c, "from"); err != nil {
		return q, err
	}
	q.To, err = langsOf(c, "to")
	return q, err
}

// lookupTexts gives the texts to look up: the lines of --batch, or the argument
// ("-": standard input).
func lookupTexts(c *cli.Context, env Env) ([]string, error) {
	batch := c.String("batch")
	if batch != "" && c.NArg() > 0 {
		return nil, misuse("give a text or --batch FILE, not both", "")
	}
	if batch == "" {
		text := strings.Join(c.Args().Slice(), " ")
		if text == "-" {
			batch = "-"
		} else if strings.TrimSpace(text) == "" {
			return nil, misuse("lookup needs a text", `for example: sverka lookup "The talks will be held in Beijing."`)
		} else {
			return []string{text}, nil
		}
	}
	in, name, closeIn, err := env.openInput(batch)
	if err != nil {
		return nil, err
	}
	defer closeIn()
	var out []string
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	for lines.Scan() {
		out = append(out, strings.TrimRight(lines.Text(), "\r"))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, len(out)+1, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no line in it", name)
	}
	return out, nil
}

type matchesJSON struct {
	Query   string      `json:"query"`
	Matches []matchJSON `json:"matches"`
}

type matchJSON struct {
	Percent    int                 `json:"percent"`
	Source     string              `json:"source"`
	SourceLang bitext.Lang         `json:"source_lang"`
	Targets    map[string][]string `json:"targets"`
	Statement  string              `json:"statement"`
	Title      string              `json:"title,omitempty"`
	Date       string              `json:"date"`
	Speaker    string              `json:"speaker,omitempty"`
	Labels     []string            `json:"versions"`
	Status     bitext.Status       `json:"status"`
	Prob       float64             `json:"prob"`
	Penalties  map[string]int      `json:"penalties,omitempty"`
	Times      int                 `json:"times,omitempty"` // units that say the same, where there are several
	Unit       string              `json:"unit"`            // by which tm correct knows it
}

func toJSON(m *tm.Match) matchJSON {
	j := matchJSON{
		Percent: m.Percent, Source: m.Source.Text, SourceLang: m.Source.Lang, Targets: map[string][]string{},
		Statement: m.Unit.Statement.ID, Title: m.Unit.Statement.Title, Date: dateOfMatch(m),
		Speaker: m.Unit.Statement.Speaker, Labels: []string{m.Source.Name()}, Status: m.Unit.Status, Prob: m.Unit.Prob, Unit: m.Unit.ID,
	}
	for i := range m.Targets {
		t := &m.Targets[i]
		j.Targets[string(t.Lang)] = append(j.Targets[string(t.Lang)], t.Text)
		j.Labels = append(j.Labels, t.Name())
	}
	if m.Times > 1 {
		j.Times = m.Times
	}
	for _, p := range m.Penalties {
		if j.Penalties == nil {
			j.Penalties = map[string]int{}
		}
		j.Penalties[p.Reason] = p.Points
	}
	return j
}

func dateOfMatch(m *tm.Match) string {
	if m.Source.Date != "" {
		return m.Source.Date
	}
	return m.Unit.Statement.Date
}

func writeMatches(w io.Writer, format, text string, matches []tm.Match, many bool) error {
	switch format {
	case "jsonl":
		out := matchesJSON{Query: text, Matches: []matchJSON{}}
		for i := range matches {
			out.Matches = append(out.Matches, toJSON(&matches[i]))
		}
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(out)
	case "tsv":
		for i := range matches {
			m := &matches[i]
			for t := range m.Targets {
				if _, err := fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", cell(text), m.Percent, cell(m.Source.Text),
					m.Targets[t].Name(), cell(m.Targets[t].Text), m.Unit.Statement.ID, dateOfMatch(m)); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return writeMatchesText(w, text, matches, many)
}

func writeMatchesText(w io.Writer, text string, matches []tm.Match, many bool) error {
	if many {
		fmt.Fprintf(w, "%s\n", cell(text))
	}
	if len(matches) == 0 {
		_, err := fmt.Fprintln(w, "no match; try a lower --min, or sverka search for its words")
		return err
	}
	for i := range matches {
		m := &matches[i]
		fmt.Fprintf(w, "%3d%%  %s  %s  %s\n", m.Percent, m.Source.Name(), cell(m.Source.Text), provenance(m))
		for t := range m.Targets {
			if _, err := fmt.Fprintf(w, "      %s  %s%s\n", m.Targets[t].Name(), cell(m.Targets[t].Text), translatedBy(&m.Targets[t])); err != nil {
				return err
			}
		}
	}
	return nil
}

// provenance says in brackets where a match comes from and what was taken off.
func provenance(m *tm.Match) string {
	var parts []string
	for _, s := range []string{m.Unit.Statement.ID, dateOfMatch(m), m.Unit.Statement.Speaker} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	parts = append(parts, "unit "+m.Unit.ID)
	if m.Times > 1 {
		parts = append(parts, counted(m.Times, "time"))
	}
	for _, p := range m.Penalties {
		parts = append(parts, fmt.Sprintf("−%d %s", p.Points, p.Reason))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func translatedBy(v *bitext.Variant) string {
	switch {
	case v.Translator != "" && v.Machine:
		return "  [" + v.Translator + ", machine]"
	case v.Translator != "":
		return "  [" + v.Translator + "]"
	case v.Machine:
		return "  [machine]"
	}
	return ""
}

// cell makes a text fit one cell of one line.
func cell(s string) string { return text.Line(s) }
