package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
	"sverka/internal/lexicon"
	"sverka/internal/rendering"
	"sverka/internal/report"
	"sverka/internal/terminology"
	"sverka/internal/tm"
)

func termsAuditCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "audit", Usage: "show terms whose renderings differ, those that diverge most first",
		Description: `Looks for every term of the glossary in the memory and at how it was rendered
there: which ways, how often, when, in which statements and versions, by whom,
and on what the choice hangs. Where the glossary is empty, or with --propose,
terms are taken from the memory itself, as terms extract proposes them.

   sverka terms audit
   sverka terms audit --from ru --to en --since 2020 -o audit.html
   sverka terms audit --propose 100 --format tsv`,
		Flags: append(directionFlags(), memoryFlag(), formatFlag(report.AuditFormats), outputFlag(),
			&cli.StringSliceFlag{Name: "glossary", Aliases: []string{"g"}, Usage: "with the terms of `FILE` too (tbx, csv, tsv, jsonl)"},
			&cli.IntFlag{Name: "propose", Usage: "look at `N` terms that the memory itself proposes"},
			&cli.IntFlag{Name: "min", Value: 2, Usage: "terms that were rendered `N` times at least"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 200, Usage: "show `N` terms at most"},
			&cli.StringFlag{Name: "title", Usage: "`TITLE` of the report"},
		),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return auditTerms(c, env)
		},
	}
}

func auditTerms(c *cli.Context, env Env) error {
	format, err := formatFor(c.String("format"), c.String("output"), "text", report.AuditFormats)
	if err != nil {
		return err
	}
	from, to, err := directionOf(c)
	if err != nil {
		return err
	}
	if c.Int("min") < 1 || c.Int("limit") < 1 || c.Int("propose") < 0 {
		return misuse("--min and --limit must be 1 or more, --propose 0 or more", "")
	}
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	targets := targetsOf(&filter)
	g, err := env.glossaryOf(c, true)
	if err != nil {
		return err
	}
	spotter := rendering.Shipped()
	return env.withMemory(c, true, func(store *tm.Store) error {
		units := knownUnits(c.Context, store, filter)
		if g.Len() == 0 || c.Int("propose") > 0 {
			if g, err = proposed(c, env, store, units, spotter, from, to); err != nil {
				return err
			}
		}
		bar := env.newProgress("looking at renderings")
		found, err := terminology.Audit(c.Context, g, units, terminology.AuditOptions{
			From: from, To: to, MinCount: c.Int("min"), Key: rendering.GroupKey, Link: linker(spotter), Target: targets,
			Progress: func(done int) { bar.update(done, 0) },
		})
		bar.finish()
		if err != nil {
			return err
		}
		left := max(0, len(found)-c.Int("limit"))
		found = found[:len(found)-left]
		return env.writeOutput(c.String("output"), func(w io.Writer) error {
			return report.Audit(w, found, format, c.String("title"), left)
		})
	})
}

// proposed gives a glossary of terms that the memory itself proposes, each in
// its own language only.
func proposed(c *cli.Context, env Env, store *tm.Store, units terminology.Units, s *rendering.Spotter, from, to []bitext.Lang) (*glossary.Glossary, error) {
	opt := terminology.ExtractOptions{
		To: to, Limit: c.Int("propose"), Key: rendering.GroupKey, Link: linker(s),
		Stem: func(_ bitext.Lang, form string) string { return glossary.WordKey(lexicon.Key, form) },
	}
	if len(from) > 0 {
		opt.From = from[0]
	}
	if err := chooseDirection(c, store, &opt); err != nil {
		return nil, err
	}
	bar := env.newProgress("looking for terms")
	opt.Progress = func(_ string, done int) { bar.update(done, 0) }
	found, err := terminology.Extract(c.Context, units, opt)
	bar.finish()
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("the glossary is empty, and no term stands often enough in the memory; add terms with sverka terms add")
	}
	fmt.Fprintf(env.Stderr, "sverka: looking at %s that the memory proposes\n", counted(len(found), opt.From.Name()+" term"))
	var all []bitext.Concept
	for _, p := range found {
		c := bitext.Concept{Terms: []bitext.Term{{Lang: opt.From, Text: p.Term}}}
		c.ID = glossary.IDFor(&c)
		all = append(all, c)
	}
	return glossary.New(all, lexicon.Key), nil
}
