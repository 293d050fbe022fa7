package cli

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/glossary"
	"sverka/internal/text"
	"sverka/internal/tm"
)

func termsCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:  "terms",
		Usage: "keep the glossary: how terms are to be rendered",
		Description: `The glossary lives in the memory. Its entries have terms in any number of
languages, each preferred, admitted or deprecated; check and compare hold
translations against it.

   sverka terms add en="multipolar world" ru="многополярный мир" zh=多极世界
   sverka terms import glossary.tbx
   sverka terms list мир
   sverka terms export -o glossary.csv`,
		Subcommands: []*cli.Command{
			termsListCommand(env), termsAddCommand(env), termsRemoveCommand(env), termsImportCommand(env), termsExportCommand(env), termsExtractCommand(env), termsAuditCommand(env),
		},
	}
}

func termsAddCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "put an entry into the glossary, or more into one that is there",
		ArgsUsage: "LANG=TERM [LANG=TERM…]",
		Description: `Terms given as LANG=TERM are preferred. What is given joins the entry of --id,
without --id the entry that has the same term already (the English one first);
where there is none a new entry is made. The status of a term that is there is
changed by giving it anew.

   sverka terms add en="multipolar world" ru="многополярный мир" zh=多极世界
   sverka terms add en="community with a shared future for mankind" zh=人类命运共同体 \
       --deprecated en="community of common destiny for mankind" --source "MFA glossary" --date 2025
   sverka terms add --id multipolar-world --deprecated en="multi-polar world"`,
		Flags: []cli.Flag{memoryFlag(),
			&cli.StringFlag{Name: "id", Usage: "`ID` of the entry (default: made of its first term)"},
			&cli.StringSliceFlag{Name: "admitted", Usage: "a term that may be used as well: `LANG=TERM`"},
			&cli.StringSliceFlag{Name: "deprecated", Usage: "a term that is not to be used: `LANG=TERM`"},
			&cli.StringFlag{Name: "subject", Usage: "`FIELD` that the entry belongs to"},
			&cli.StringFlag{Name: "definition", Usage: "`TEXT` that says what it is"},
			&cli.StringFlag{Name: "note", Usage: "a remark: `TEXT`"},
			&cli.StringFlag{Name: "pos", Usage: "part of speech of the given terms: `NAME` (noun, verb, …)"},
			&cli.StringFlag{Name: "source", Usage: "`NAME` of who says so"},
			&cli.StringFlag{Name: "date", Usage: "`DATE` of the given terms"},
		},
		Action: func(c *cli.Context) error { return addTerms(c, env) },
	}
}

func addTerms(c *cli.Context, env Env) error {
	date, err := dateOf(c, "date")
	if err != nil {
		return err
	}
	entry := bitext.Concept{
		ID: c.String("id"), Subject: c.String("subject"), Definition: c.String("definition"), Note: c.String("note"),
	}
	for _, given := range []struct {
		words  []string
		status bitext.TermStatus
	}{
		{c.Args().Slice(), bitext.TermPreferred},
		{c.StringSlice("admitted"), bitext.TermAdmitted}, {c.StringSlice("deprecated"), bitext.TermDeprecated},
	} {
		for _, w := range given.words {
			lang, term, err := langTerm(w)
			if err != nil {
				return err
			}
			entry.Terms = append(entry.Terms, bitext.Term{
				Lang: lang, Text: term, Status: given.status,
				PartOfSpeech: c.String("pos"), Source: c.String("source"), Date: date,
			})
		}
	}
	if len(entry.Terms) == 0 {
		return misuse("terms add needs a term", `for example: sverka terms add en="multipolar world" ru="многополярный мир"`)
	}
	if reason := glossary.Tidy(&entry); reason != "" {
		return misuse(reason, "see sverka terms add --help")
	}
	return env.withMemory(c, false, func(store *tm.Store) error {
		r, err := store.PutConcepts(c.Context, one(entry), tm.GlossaryOptions{})
		if err != nil {
			return err
		}
		switch {
		case r.Stored > 0:
			fmt.Fprintf(env.Stderr, "sverka: entry %s is new\n", r.Last)
		case r.Updated > 0:
			fmt.Fprintf(env.Stderr, "sverka: entry %s is brought up to date\n", r.Last)
		default:
			fmt.Fprintf(env.Stderr, "sverka: entry %s has it already\n", r.Last)
		}
		return nil
	})
}

func one(c bitext.Concept) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) { yield(c, nil) }
}

// langTerm reads LANG=TERM.
func langTerm(word string) (bitext.Lang, string, error) {
	tag, term, ok := strings.Cut(word, "=")
	lang, err := bitext.ParseLang(tag)
	if !ok || err != nil || text.Line(term) == "" {
		return "", "", misuse(fmt.Sprintf("%q is not LANG=TERM", word), `for example: en="multipolar world"`)
	}
	return lang, term, nil
}

func termsRemoveCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "take entries, or one term of an entry, out of the glossary",
		ArgsUsage: "ID [ID…]",
		Description: `   sverka terms remove multipolar-world
   sverka terms remove multipolar-world --term en="multi-polar world"`,
		Flags: []cli.Flag{memoryFlag(), &cli.StringFlag{Name: "term", Usage: "only the term `LANG=TERM` of the entry"}},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 || c.NArg() > 1 && c.String("term") != "" {
				return misuse("terms remove needs the id of an entry", "sverka terms list shows them")
			}
			var lang bitext.Lang
			var term string
			if w := c.String("term"); w != "" {
				var err error
				if lang, term, err = langTerm(w); err != nil {
					return err
				}
			}
			return env.withMemory(c, false, func(store *tm.Store) error {
				if term != "" {
					if err := store.RemoveTerm(c.Context, c.Args().First(), lang, term); err != nil {
						return err
					}
					fmt.Fprintf(env.Stderr, "sverka: took %s out of %s\n", text.Line(term), c.Args().First())
					return nil
				}
				if err := store.RemoveConcepts(c.Context, c.Args().Slice()); err != nil {
					return err
				}
				fmt.Fprintf(env.Stderr, "sverka: took %s out\n", counted(c.NArg(), "glossary entry"))
				return nil
			})
		},
	}
}

func termsImportCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "take entries of other tools into the glossary",
		ArgsUsage: "FILE [FILE…]",
		Description: `Reads TBX of version 2 and 3, CSV, TSV and JSON lines. All files are one
transaction. What is there already is not doubled; an entry with the id of a
stored one is put into it.

A table has an entry a row, with a column a language (en, ru) or a language and
a status (en:deprecated), several terms of a cell parted by |, and columns id,
subject, definition, note, source, created, modified; or a term a row, with
columns lang and term, and id, status, pos, note, source, date, subject,
definition, concept_note, concept_source, created, modified.

   sverka terms import glossary.tbx
   sverka terms import --columns en,ru,zh terms.tsv
   sverka terms import --replace glossary.jsonl`,
		Flags: []cli.Flag{memoryFlag(),
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "the files are `FORMAT`: tbx, csv, tsv, jsonl (default: by their ending)"},
			&cli.StringSliceFlag{Name: "columns", Usage: "the columns of a table without a header: `NAME,NAME`"},
			&cli.BoolFlag{Name: "replace", Usage: "put entries in the place of stored ones with their ids"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return misuse("terms import needs a file", "for example: sverka terms import glossary.tbx")
			}
			return importTerms(c, env)
		},
	}
}

func importTerms(c *cli.Context, env Env) error {
	var inputs []termInput
	for _, path := range c.Args().Slice() {
		f, err := termFormat(c.String("format"), path)
		if err != nil {
			return err
		}
		if _, err := os.Stat(path); err != nil && path != "-" {
			return err // before a memory is made for nothing
		}
		inputs = append(inputs, termInput{path: path, format: f})
	}
	opt := exchange.ReadOptions{Columns: listOf(c, "columns")}
	bar := env.newProgress("importing")
	defer bar.finish()
	return env.withMemory(c, false, func(store *tm.Store) error {
		r, err := store.PutConcepts(c.Context, env.conceptsOf(inputs, opt), tm.GlossaryOptions{
			Replace:  c.Bool("replace"),
			Progress: func(read int) { bar.update(read, 0) },
		})
		bar.finish()
		switch {
		case errors.Is(err, tm.ErrNothing):
			printSkippedTerms(env, inputs, r.Reasons)
			return errors.New(strings.Join(c.Args().Slice(), ", ") + ": no usable entry in it")
		case err != nil:
			return errors.New(strings.TrimPrefix(err.Error(), "glossary: "))
		}
		fmt.Fprintf(env.Stderr, "sverka: %s new, %d brought up to date, %d unchanged, %d skipped\n",
			counted(r.Stored, "entry"), r.Updated, r.Unchanged, r.Skipped)
		printSkippedTerms(env, inputs, r.Reasons)
		return nil
	})
}

// termInput is a glossary to read and where entries of it were left out.
type termInput struct {
	path   string
	format exchange.Format
	places map[string][]string // reason → where
}

func termFormat(flag, path string) (exchange.Format, error) {
	name := path
	if flag != "" {
		name = "x." + flag
	}
	f, err := exchange.TermFormatOf(name)
	switch {
	case err != nil && flag != "":
		return "", misuse(fmt.Sprintf("unknown format %q", flag), "the formats are tbx, csv, tsv, jsonl")
	case err != nil:
		return "", misuse(err.Error(), "say which format it is with --format")
	}
	return f, nil
}

// conceptsOf reads glossaries one after the other; an error names its file.
func (e Env) conceptsOf(inputs []termInput, opt exchange.ReadOptions) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) {
		for i := range inputs {
			if !e.conceptsOfOne(&inputs[i], opt, yield) {
				return
			}
		}
	}
}

func (e Env) conceptsOfOne(in *termInput, opt exchange.ReadOptions, yield func(bitext.Concept, error) bool) bool {
	r, name, closeIn, err := e.openInput(in.path)
	if err != nil {
		return yield(bitext.Concept{}, err)
	}
	defer closeIn()
	in.places = map[string][]string{}
	for c, err := range exchange.ReadTerms(r, in.format, name, opt, glossary.Tidy) {
		var skipped *exchange.SkipError
		if errors.As(err, &skipped) {
			if len(in.places[skipped.Reason]) <= maxPlaces {
				in.places[skipped.Reason] = append(in.places[skipped.Reason], fmt.Sprintf("%s:%d", name, skipped.Line))
			}
			err = &leftOut{skipped.Reason}
		}
		if !yield(c, err) {
			return false
		}
	}
	return true
}

func printSkippedTerms(env Env, inputs []termInput, reasons map[string]int) {
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		var where []string
		for _, in := range inputs {
			where = append(where, in.places[reason]...)
		}
		more := ""
		if len(where) > maxPlaces {
			where, more = where[:maxPlaces], ", …"
		}
		fmt.Fprintf(env.Stderr, "sverka: skipped %d: %s (%s%s)\n", reasons[reason], reason, strings.Join(where, ", "), more)
	}
}

func termsExportCommand(env Env) *cli.Command {
	formats := make([]string, len(exchange.TermFormats))
	for i, f := range exchange.TermFormats {
		formats[i] = string(f)
	}
	return &cli.Command{
		Name: "export", Usage: "write the glossary for other tools",
		Description: `tbx is TBX-Basic of version 2, tbx3 that of version 3 (ISO 30042:2019) in the
style DCA, tbx3-dct in the style DCT. A table has a term a row, with --wide an
entry a row and a column a language.

   sverka terms export -o glossary.tbx
   sverka terms export --format tbx3 -o glossary3.tbx
   sverka terms export --lang en,ru --subject diplomacy --wide -o diplomacy.csv`,
		Flags: append(termFilterFlags(), memoryFlag(), formatFlag(formats), outputFlag(),
			&cli.BoolFlag{Name: "wide", Usage: "csv and tsv: an entry a row, a column a language"}),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			format, err := formatFor(c.String("format"), c.String("output"), "tbx", formats)
			if err != nil {
				return err
			}
			filter, err := termFilterOf(c)
			if err != nil {
				return err
			}
			if c.Bool("wide") && format != "csv" && format != "tsv" {
				return misuse("--wide is for tables", "add --format csv or --format tsv")
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				return exportTerms(c, env, filter.of(store.Concepts(c.Context)), exchange.Format(format))
			})
		},
	}
}

func exportTerms(c *cli.Context, env Env, concepts iter.Seq2[bitext.Concept, error], format exchange.Format) error {
	n, lost := 0, 0
	err := env.writeOutput(c.String("output"), func(w io.Writer) (err error) {
		if c.Bool("wide") {
			n, lost, err = exchange.WriteTermsWide(w, format, concepts)
		} else {
			n, err = exchange.WriteTerms(w, format, concepts)
		}
		if err == nil && n == 0 {
			err = errors.New("no entry of the glossary answers the filter; sverka terms list shows what is there")
		}
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stderr, "sverka: %s written\n", counted(n, "entry"))
	if lost > 0 {
		fmt.Fprintf(env.Stderr, "sverka: %s with a part of speech, note, source or date, for which the table has no place\n", counted(lost, "term"))
	}
	return nil
}
