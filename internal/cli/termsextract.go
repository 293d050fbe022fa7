package cli

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/glossary"
	"sverka/internal/lexicon"
	"sverka/internal/pipeline"
	"sverka/internal/rendering"
	"sverka/internal/report"
	"sverka/internal/terminology"
	"sverka/internal/tm"
)

var extractFormats = append([]string{"text"}, "csv", "tsv", "tbx", "tbx3", "tbx3-dct", "jsonl")

func termsExtractCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "extract", Usage: "propose terms with their renderings, from the memory or from versions",
		ArgsUsage: "[VERSION VERSION…]",
		Description: `Terms are runs of words that stand often and by themselves and whose renderings
agree. csv, tsv, tbx and jsonl can be edited and imported with terms import.
Terms that the glossary has are left out.

   sverka terms extract --from ru --to en,zh
   sverka terms extract --min 5 --limit 50 -o proposals.csv
   sverka terms extract ru=treaty.ru.txt en=treaty.en.txt zh=treaty.zh.txt -o treaty.tbx`,
		Flags: append(append(directionFlags(), readFlags()...), memoryFlag(), formatFlag(extractFormats), outputFlag(),
			&cli.IntFlag{Name: "min", Usage: "terms that stand `N` times at least (default: 3, of versions 2)"},
			&cli.StringFlag{Name: "words", Usage: "terms of `N-M` words, in Chinese characters (default: 2-5, Chinese 3-8)"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 200, Usage: "propose `N` terms at most"},
			&cli.BoolFlag{Name: "known", Usage: "with terms that the glossary has"},
		),
		Action: func(c *cli.Context) error { return extractTerms(c, env) },
	}
}

func extractTerms(c *cli.Context, env Env) error {
	format, err := formatFor(c.String("format"), c.String("output"), "text", extractFormats)
	if err != nil {
		return err
	}
	opt, err := extractOptions(c)
	if err != nil {
		return err
	}
	propose := func(units terminology.Units) error {
		bar := env.newProgress("looking for terms")
		opt.Progress = func(_ string, done int) { bar.update(done, 0) }
		found, err := terminology.Extract(c.Context, units, opt)
		bar.finish()
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return errors.New("no term stands often enough with renderings that agree; try a lower --min")
		}
		return env.writeOutput(c.String("output"), func(w io.Writer) error { return writeProposals(w, found, &opt, format) })
	}
	if c.NArg() > 0 {
		units, err := unitsOfVersions(c, env, &opt)
		if err != nil {
			return err
		}
		return propose(units)
	}
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	opt.Target = targetsOf(&filter)
	return env.withMemory(c, true, func(store *tm.Store) error {
		if err := chooseDirection(c, store, &opt); err != nil {
			return err
		}
		if !c.Bool("known") {
			if opt.Known, err = knownTerms(store.Concepts(c.Context)); err != nil {
				return err
			}
		}
		return propose(knownUnits(c.Context, store, filter))
	})
}

func extractOptions(c *cli.Context) (terminology.ExtractOptions, error) {
	opt := terminology.ExtractOptions{
		MinCount: c.Int("min"), Limit: c.Int("limit"),
		Stem: func(_ bitext.Lang, form string) string { return glossary.WordKey(lexicon.Key, form) },
		Key:  rendering.GroupKey, Link: linker(rendering.Shipped()),
	}
	from, to, err := directionOf(c)
	if err != nil {
		return opt, err
	}
	if len(from) > 1 {
		return opt, misuse("--from takes one language here", "run it once for each")
	}
	if len(from) == 1 {
		opt.From = from[0]
	}
	opt.To = to
	if c.Int("min") < 0 || c.Int("limit") < 1 {
		return opt, misuse("--min must be 0 or more, --limit 1 or more", "")
	}
	if w := c.String("words"); w != "" {
		low, high, ranged := strings.Cut(w, "-")
		if !ranged {
			high = low
		}
		a, errA := strconv.Atoi(low)
		b, errB := strconv.Atoi(high)
		if errA != nil || errB != nil || a < 1 || b < a || b > 12 {
			return opt, misuse(fmt.Sprintf("--words %q is no range", w), "for example: --words 2-5; 12 is the most")
		}
		opt.MinWords, opt.MaxWords = a, b
	}
	return opt, nil
}

// chooseDirection sets the language of terms to the one that the memory has most
// of, where none was named.
func chooseDirection(c *cli.Context, store *tm.Store, opt *terminology.ExtractOptions) error {
	if opt.From == "" {
		stats, err := store.Stats(c.Context)
		if err != nil {
			return err
		}
		for _, l := range stats.Langs {
			if opt.From == "" && l.Lang.Known() {
				opt.From = l.Lang
			}
		}
		if opt.From == "" {
			return errors.New("the memory has no text in Russian, Chinese or English")
		}
	}
	if len(opt.To) == 0 {
		opt.To = othersThan(opt.From)
	}
	return nil
}

// unitsOfVersions aligns the versions that were given; their first language is
// that of the terms, where none was named.
func unitsOfVersions(c *cli.Context, env Env, opt *terminology.ExtractOptions) (terminology.Units, error) {
	words, err := versionsAtLeast(c, 2)
	if err != nil {
		return nil, err
	}
	bar := env.newProgress("aligning")
	a, err := pipeline.AlignFiles(c.Context, words, readOptions(c, env), align.Options{Progress: bar.update})
	bar.finish()
	if err != nil {
		return nil, err
	}
	if opt.From == "" {
		opt.From = a.Versions[0].Lang
	}
	if len(opt.To) == 0 {
		opt.To = othersThan(opt.From)
	}
	if opt.MinCount == 0 {
		opt.MinCount = 2
	}
	return func() iter.Seq2[bitext.Unit, error] { return pipeline.Units(bitext.Statement{ID: "given"}, a) }, nil
}

// knownTerms says of a term whether the glossary has it, in any form.
func knownTerms(concepts iter.Seq2[bitext.Concept, error]) (func(bitext.Lang, string) bool, error) {
	var all []bitext.Concept
	for c, err := range concepts {
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	g := glossary.New(all, lexicon.Key)
	return func(lang bitext.Lang, term string) bool {
		m := g.Find(g.Doc(lang, term))
		return len(m) == 1 && m[0].Start == 0 && m[0].End == len(term)
	}, nil
}

func writeProposals(w io.Writer, found []terminology.Proposal, opt *terminology.ExtractOptions, format string) error {
	switch format {
	case "text":
		return report.ProposalsText(w, found)
	case "csv", "tsv":
		return report.ProposalsTable(w, found, opt.From, opt.To, format == "tsv")
	}
	_, err := exchange.WriteTerms(w, exchange.Format(format), func(yield func(bitext.Concept, error) bool) {
		for i := range found {
			c := found[i].Concept(opt.From)
			c.ID = glossary.IDFor(&c)
			if !yield(c, nil) {
				return
			}
		}
	})
	return err
}
