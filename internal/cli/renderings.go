package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/rendering"
	"sverka/internal/report"
	"sverka/internal/tm"
)

func renderingsCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "renderings",
		Usage:     "show how a term was rendered before: grouped, counted, dated, with examples",
		ArgsUsage: "TERM",
		Description: `The term is found in any form (cases, ё or е, traditional or simplified characters)
and with a few other words between its own. In each text the words that render it
are pointed at; what is not sure stands apart.

   sverka renderings всеобъемлющее партнёрство
   sverka renderings 命运共同体 --to en,ru --since 2020
   sverka renderings "rules-based order" --to ru --statement interview
   sverka renderings суверенитет --label kremlin -o sovereignty.html

--pairs FILE points at the rendering in each sentence pair of a file instead: a
JSON object a line, {"id","from","to","source","target","term_span":[start,end]};
out comes {"id","spans":[[start,end],…]} a line, in characters, without spans
where none is sure. With --tm the words of the memory are counted as well.

   sverka renderings --pairs terms.jsonl --format jsonl`,
		Flags: []cli.Flag{memoryFlag(), formatFlag(report.RenderingFormats), outputFlag(),
			&cli.StringFlag{Name: "from", Usage: "language of the term: `LANG` (default: by its letters)"},
			&cli.StringSliceFlag{Name: "to", Usage: "languages wanted: `LANG,LANG` (default: the others)"},
			&cli.StringSliceFlag{Name: "statement", Usage: "only the statement `NAME`"},
			&cli.StringSliceFlag{Name: "label", Usage: "only renderings of the versions `LABEL,LABEL`"},
			&cli.StringSliceFlag{Name: "translator", Usage: "only renderings by `NAME`"},
			&cli.StringFlag{Name: "since", Usage: "only from `DATE` on (2025, 2025-08 or 2025-08-31)"},
			&cli.StringFlag{Name: "until", Usage: "only up to `DATE`"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 20, Usage: "show `N` renderings of each language; 0 for all"},
			&cli.IntFlag{Name: "hits", Value: rendering.DefaultMaxHits, Usage: "read at most `N` texts, those stored last"},
			&cli.Float64Flag{Name: "sure", Value: rendering.DefaultSure, Usage: "from which `PROBABILITY` on a rendering is sure"},
			&cli.StringFlag{Name: "pairs", Usage: "point at the renderings in the sentence pairs of `FILE`"},
		},
		Action: func(c *cli.Context) error {
			if c.String("pairs") != "" {
				return renderPairs(c, env)
			}
			return renderings(c, env)
		},
	}
}

func renderings(c *cli.Context, env Env) error {
	ask, err := askOf(c)
	if err != nil {
		return err
	}
	format, err := formatFor(c.String("format"), c.String("output"), "text", report.RenderingFormats)
	if err != nil {
		return err
	}
	return env.withMemory(c, true, func(store *tm.Store) error {
		h, err := rendering.Shipped().Find(c.Context, store, ask)
		if err != nil {
			return err
		}
		if h.Total == 0 {
			return nowhere(h)
		}
		return env.writeOutput(c.String("output"), func(w io.Writer) error {
			return report.Renderings(w, h, report.RenderingOptions{Format: format, Limit: c.Int("limit"), Colour: env.Colour && c.String("output") == ""})
		})
	})
}

// askOf reads the flags.
func askOf(c *cli.Context) (a rendering.Ask, err error) {
	a = rendering.Ask{
		Term:       strings.TrimSpace(strings.Join(c.Args().Slice(), " ")),
		Statements: listOf(c, "statement"), Labels: listOf(c, "label"), Translators: listOf(c, "translator"),
		MaxHits: c.Int("hits"), Sure: c.Float64("sure"),
	}
	if a.Term == "" {
		return a, misuse("renderings needs a term", "for example: sverka renderings 命运共同体 --to en")
	}
	if c.Int("limit") < 0 || a.MaxHits < 1 || a.Sure <= 0 || a.Sure > 1 {
		return a, misuse("--limit must be 0 or more, --hits 1 or more, --sure over 0 and at most 1", "")
	}
	if from := c.String("from"); from != "" {
		if a.From, err = readable(from); err != nil {
			return a, misuse("--from: "+err.Error(), "")
		}
	}
	if a.To, err = langsOf(c, "to"); err != nil {
		return a, err
	}
	for _, l := range a.To {
		if !l.Known() {
			return a, misuse(fmt.Sprintf("--to: sverka reads ru, zh, en, not %s", l), "")
		}
		if l == a.From || a.From == "" && l == rendering.LangOf(a.Term) {
			return a, misuse(fmt.Sprintf("--to: the term is in %s itself", l), "say the language of the term with --from")
		}
	}
	if a.Since, err = dateOf(c, "since"); err != nil {
		return a, err
	}
	a.Until, err = dateOf(c, "until")
	return a, err
}

// nowhere says that no text holds the term, and what is near it.
func nowhere(h *rendering.History) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%q stands in no %s text of the memory", h.Term, h.From.Name())
	if len(h.Elsewhere) > 0 {
		fmt.Fprintf(&b, ", but in %s; try --from %s", langNames(h.Elsewhere), h.Elsewhere[0])
	}
	if len(h.Nearby) > 0 {
		var near []string
		for _, n := range h.Nearby {
			near = append(near, fmt.Sprintf("%s (%d)", n.Form, n.Count))
		}
		fmt.Fprintf(&b, "; near it: %s", strings.Join(near, ", "))
	}
	return fmt.Errorf("%s", b.String())
}

func langNames(langs []bitext.Lang) string {
	var names []string
	for _, l := range langs {
		names = append(names, l.Name())
	}
	return strings.Join(names, " and ")
}
