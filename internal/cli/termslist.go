package cli

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/text"
	"sverka/internal/tm"
)

var termListFormats = []string{"text", "tsv", "csv", "jsonl"}

func termsListCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "show the entries of the glossary, all or those with a word in them",
		ArgsUsage: "[WORD…]",
		Description: `Shows the entries of which a term, the id or the subject has each of the words.
A deprecated term is marked −, an admitted one with +.

   sverka terms list
   sverka terms list партнёрство
   sverka terms list --lang zh --subject diplomacy`,
		Flags: append(termFilterFlags(), memoryFlag(), formatFlag(termListFormats), outputFlag()),
		Action: func(c *cli.Context) error {
			format, err := formatFor(c.String("format"), c.String("output"), "text", termListFormats)
			if err != nil {
				return err
			}
			filter, err := termFilterOf(c)
			if err != nil {
				return err
			}
			for _, w := range c.Args().Slice() {
				filter.words = append(filter.words, strings.Fields(text.Fold(w))...)
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				concepts := filter.of(store.Concepts(c.Context))
				return env.writeOutput(c.String("output"), func(w io.Writer) error {
					if format != "text" {
						_, err := exchange.WriteTerms(w, exchange.Format(format), concepts)
						return err
					}
					return listTerms(w, concepts)
				})
			})
		},
	}
}

// termMarks are what stands before a term by its status.
var termMarks = map[bitext.TermStatus]string{bitext.TermAdmitted: "+ ", bitext.TermDeprecated: "− "}

func listTerms(w io.Writer, concepts iter.Seq2[bitext.Concept, error]) error {
	n := 0
	for c, err := range concepts {
		if err != nil {
			return err
		}
		n++
		head := text.Line(c.ID)
		if c.Subject != "" {
			head += "  [" + text.Line(c.Subject) + "]"
		}
		fmt.Fprintln(w, head)
		if c.Definition != "" {
			fmt.Fprintln(w, "    "+text.Line(c.Definition))
		}
		var langs []bitext.Lang
		for _, t := range c.Terms {
			if !slices.Contains(langs, t.Lang) {
				langs = append(langs, t.Lang)
			}
		}
		for _, l := range langs {
			var names []string
			for _, t := range c.In(l) {
				names = append(names, termMarks[t.Status]+text.Line(t.Text))
			}
			if _, err := fmt.Fprintf(w, "    %s  %s\n", l, strings.Join(names, "; ")); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintln(w, counted(n, "entry"))
	return err
}

// termFilterFlags choose entries of the glossary.
func termFilterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "lang", Usage: "only terms in the languages `LANG,LANG`"},
		&cli.StringSliceFlag{Name: "subject", Usage: "only entries of the fields `FIELD,FIELD`"},
	}
}

// termFilter chooses entries and terms; the zero value takes all.
type termFilter struct {
	langs    []bitext.Lang
	subjects []string // folded
	words    []string // folded
}

func termFilterOf(c *cli.Context) (f termFilter, err error) {
	f.langs, err = langsOf(c, "lang")
	for _, s := range listOf(c, "subject") {
		f.subjects = append(f.subjects, text.Fold(s))
	}
	return f, err
}

// of gives the entries that fit, with the terms that fit.
func (f *termFilter) of(concepts iter.Seq2[bitext.Concept, error]) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) {
		for c, err := range concepts {
			if err == nil && !f.choose(&c) {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (f *termFilter) choose(c *bitext.Concept) bool {
	if len(f.subjects) > 0 && !slices.Contains(f.subjects, text.Fold(c.Subject)) {
		return false
	}
	all := []string{text.Fold(c.ID), text.Fold(c.Subject)}
	for _, t := range c.Terms {
		all = append(all, text.Fold(t.Text))
	}
	joined := strings.Join(all, "\n")
	for _, w := range f.words {
		if !strings.Contains(joined, w) {
			return false
		}
	}
	if len(f.langs) > 0 {
		c.Terms = slices.DeleteFunc(c.Terms, func(t bitext.Term) bool { return !slices.Contains(f.langs, t.Lang) })
	}
	return len(c.Terms) > 0
}
