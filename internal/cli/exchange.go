package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/tm"
)

func importCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "take units of other tools into the memory",
		ArgsUsage: "FILE [FILE…]",
		Description: `Reads tmx, xliff, tsv, csv, jsonl, po and the text output of hunalign. All files
are one transaction: all are stored or none. Importing the same again changes
nothing.

A unit is one with another, of the same file, another file or the memory, when it
belongs to the same statement and has the same texts in the same languages and
labels. They are merged: what is said of the unit (note, translator, date,
probability) is filled in, the later word counts, and its status never falls.
A text that was corrected since is found by its former wording.

With --join a unit that is the same as no other, but has a text that just one other
unit of its statement has too, is joined to that one, unless they differ in a
language and label that both have: of en-ru and en-zh becomes en-ru-zh.

   sverka import memory.tmx catalogue.po
   sverka import --join en-ru.tmx en-zh.tmx
   sverka import --columns en,ru,zh units.tsv
   sverka import --columns en=source,ru=target --encoding windows-1251 export.csv
   sverka import --format hunalign --columns ru,en aligned.txt
   sverka import --statement un-glossary --date 2024 glossary.csv`,
		Flags: []cli.Flag{memoryFlag(),
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "the files are `FORMAT` (default: by their ending)"},
			&cli.StringSliceFlag{Name: "columns", Usage: "what the columns of a tsv or csv are: `LANG,LANG`, a field (note, id, …), - to leave one out, or LANG=NAME for the one with that header; of po and hunalign: source, target"},
			&cli.BoolFlag{Name: "join", Usage: "make one of units in different languages that share a text"},
			&cli.StringFlag{Name: "encoding", Usage: "the files are in `NAME` (windows-1251, gb18030, …; default: utf-8, or what they say themselves)"},
			&cli.StringFlag{Name: "statement", Usage: "`NAME` of the statement that units without one belong to"},
			&cli.StringFlag{Name: "date", Usage: "`DATE` of that statement"},
			&cli.StringFlag{Name: "speaker", Usage: "`NAME` of who said it"},
			&cli.StringFlag{Name: "title", Usage: "`TITLE` of that statement"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return misuse("import needs a file", "for example: sverka import memory.tmx")
			}
			return importFiles(c, env)
		},
	}
}

// importFiles reads every file as one stream of units into one transaction.
func importFiles(c *cli.Context, env Env) error {
	date, err := dateOf(c, "date")
	if err != nil {
		return err
	}
	from := &inputs{statement: bitext.Statement{
		ID: slug(c.String("statement")), Title: c.String("title"), Date: date, Speaker: c.String("speaker"),
	}}
	for _, path := range c.Args().Slice() {
		f, err := importFormat(c.String("format"), path)
		if err != nil {
			return err
		}
		if _, err := os.Stat(path); err != nil && path != "-" {
			return err // before a memory is made for nothing
		}
		from.files = append(from.files, input{path: path, format: f})
	}
	opt := exchange.ReadOptions{Columns: listOf(c, "columns"), Encoding: c.String("encoding")}
	bar := env.newProgress("importing")
	defer bar.finish()
	return env.withMemory(c, false, func(store *tm.Store) error {
		r, err := store.Import(c.Context, from.units(env, opt), tm.ImportOptions{
			Progress: func(read int) { bar.update(read, 0) }, Each: from.count, Join: c.Bool("join"),
		})
		bar.finish()
		if errors.Is(err, tm.ErrNothing) {
			from.printSkipped(env, r)
			return fmt.Errorf("%s: %s", from.paths(), strings.TrimPrefix(err.Error(), "import: "))
		}
		if err != nil {
			return err
		}
		from.print(env, r)
		return nil
	})
}

func importFormat(flag, path string) (exchange.Format, error) {
	name := path
	if flag != "" {
		name = "x." + flag
	}
	f, err := exchange.FormatOf(name)
	if err != nil {
		if _, no := exchange.TermFormatOf(name); no == nil {
			return "", misuse(path+" is a glossary", "sverka terms import "+path)
		}
		if flag != "" {
			return "", misuse(fmt.Sprintf("unknown format %q", flag), err.Error())
		}
		return "", misuse(err.Error(), "say which format it is with --format")
	}
	return f, nil
}

// filterFlags choose units of the memory.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "lang", Usage: "only the languages `LANG,LANG`"},
		&cli.StringSliceFlag{Name: "statement", Usage: "only the statements `NAME,NAME`"},
		&cli.StringSliceFlag{Name: "label", Usage: "only versions with the labels `LABEL,LABEL`"},
		&cli.StringSliceFlag{Name: "by", Usage: "only what `NAME` translated"},
		&cli.StringFlag{Name: "since", Usage: "from `DATE` on"},
		&cli.StringFlag{Name: "until", Usage: "up to `DATE`"},
	}
}

func filterOf(c *cli.Context) (tm.Filter, error) {
	var f tm.Filter
	var err error
	if f.Langs, err = langsOf(c, "lang"); err != nil {
		return f, err
	}
	f.Statements, f.Labels, f.Translators = listOf(c, "statement"), listOf(c, "label"), listOf(c, "by")
	if f.Since, err = dateOf(c, "since"); err != nil {
		return f, err
	}
	f.Until, err = dateOf(c, "until")
	return f, err
}

var exportFormats = []string{"tmx", "xliff", "xliff2", "tsv", "csv", "jsonl", "po"}

func exportCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "write units of the memory for other tools",
		Description: `   sverka export -o memory.tmx
   sverka export --lang ru,en --statement interview -o interview.tsv
   sverka export --columns en=source,ru=target -o pairs.csv
   sverka export --format jsonl --since 2025-01 | jq .`,
		Flags: append(filterFlags(), memoryFlag(), formatFlag(exportFormats), outputFlag(),
			&cli.StringFlag{Name: "srclang", Usage: "`LANG` that the file calls its source (default: the first of --lang, else en, else the language with most texts)"},
			&cli.StringSliceFlag{Name: "columns", Usage: "the columns of a tsv or csv: `LANG,LANG` or fields, LANG=NAME to call one NAME (default: all that there is)"}),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			filter, err := filterOf(c)
			if err != nil {
				return err
			}
			format, err := formatFor(c.String("format"), c.String("output"), "tmx", exportFormats)
			if err != nil {
				return err
			}
			return exportUnits(c, env, filter, exchange.Format(format))
		},
	}
}

func exportUnits(c *cli.Context, env Env, filter tm.Filter, format exchange.Format) error {
	columns := listOf(c, "columns")
	if len(columns) > 0 && format != exchange.TSV && format != exchange.CSV {
		return misuse(fmt.Sprintf("--columns is for tsv and csv, not for %s", format), "for example: sverka export --columns en,ru -o pairs.tsv")
	}
	bar := env.newProgress("exporting")
	defer bar.finish()
	return env.withMemory(c, true, func(store *tm.Store) error {
		src, err := sourceLang(c, store, filter)
		if err != nil {
			return err
		}
		written := 0
		skipped := map[string]int{}
		read := 0
		units := func(yield func(bitext.Unit, error) bool) {
			for u, err := range store.Units(c.Context, filter) {
				read++
				bar.update(read, 0)
				if !yield(u, err) {
					return
				}
			}
		}
		err = env.writeOutput(c.String("output"), func(w io.Writer) (err error) {
			written, err = exchange.Write(w, format, units, exchange.WriteOptions{
				SrcLang: src, Langs: filter.Langs, ToolVersion: Version, Columns: columns, Numbered: true,
				OnSkip: func(_ int, reason string) { skipped[reason]++ },
			})
			if err == nil && written == 0 {
				err = fmt.Errorf("no unit of the memory answers the filter and fits the format; sverka tm statements lists what is there")
			}
			return err
		})
		bar.finish()
		if err != nil {
			return err
		}
		fmt.Fprintf(env.Stderr, "sverka: %s written\n", counted(written, "unit"))
		for _, reason := range slices.Sorted(maps.Keys(skipped)) {
			fmt.Fprintf(env.Stderr, "sverka: left out %d: %s\n", skipped[reason], reason)
		}
		return nil
	})
}

// sourceLang is the language that an exported file calls its source. It must be
// one that is there: a file whose source is in no unit is refused by others.
func sourceLang(c *cli.Context, store *tm.Store, filter tm.Filter) (bitext.Lang, error) {
	stats, err := store.Stats(c.Context)
	if err != nil || len(stats.Langs) == 0 {
		return bitext.English, err
	}
	var there []string
	for _, l := range stats.Langs {
		if len(filter.Langs) == 0 || slices.Contains(filter.Langs, l.Lang) {
			there = append(there, string(l.Lang))
		}
	}
	if tag := c.String("srclang"); tag != "" {
		src, err := bitext.ParseLang(tag)
		if err != nil {
			return "", misuse("--srclang: "+err.Error(), "")
		}
		if !slices.Contains(there, string(src)) {
			return "", misuse(fmt.Sprintf("--srclang %s: no text is in it", tag), "what is exported is in "+strings.Join(there, ", "))
		}
		return src, nil
	}
	switch {
	case len(filter.Langs) > 0:
		return filter.Langs[0], nil
	case len(there) == 0 || slices.Contains(there, string(bitext.English)):
		return bitext.English, nil
	}
	return bitext.Lang(there[0]), nil
}
