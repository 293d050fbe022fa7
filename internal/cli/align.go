package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/pipeline"
	"sverka/internal/report"
	"sverka/internal/tm"
)

var alignFormats = append(slices.Clone(report.AlignFormats), "tmx", "xliff", "xliff2", "po")

func alignCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "align",
		Usage:     "pair the sentences of two or more versions of a statement",
		ArgsUsage: "VERSION VERSION [VERSION…]",
		Description: `Versions may be in one language or several, two or more at once. Text that
has no counterpart (a site's menu, readers' comments) stays alone.

   sverka align ru=interview.ru.txt zh=interview.zh.txt en=interview.en.txt
   sverka align ru=a.docx en=b.html -o aligned.html
   sverka align --segmented --format beads ru=a.txt en=b.txt
   sverka align ru=a.txt en=b.txt -o memory.tmx

--explain adds to each bead what its signs said for it (+) or against it (-): in
text and JSON lines. --fix takes back what a person has corrected: beads, JSON
lines or TSV as this command writes them. What the file holds stays as it is and
is marked accepted, what has the status review in it is left open, and the rest
is aligned around it.

   sverka align ru=a.txt en=b.txt --explain
   sverka align ru=a.txt en=b.txt --format beads -o a.beads
   sverka align ru=a.txt en=b.txt --fix a.beads

--tm learns from a memory: sentences that it holds as renderings of each other,
as the formulae and the unchanged parts of a revised statement, are signs of a
bead, and its words teach which words render each other. What does not agree
with the document itself counts for nothing. The memory is only read.

   sverka align --tm memory.db ru=revised.ru.txt en=revised.en.txt`,
		Flags: append(readFlags(), formatFlag(alignFormats), outputFlag(), langFlag(),
			&cli.BoolFlag{Name: "explain", Usage: "say for each bead what its signs said (text, jsonl)"},
			vectorsFlag(), recallFlag(),
			&cli.StringFlag{Name: "fix", Usage: "hold the beads in `FILE` and align the rest around them"},
			&cli.StringFlag{Name: "srclang", Usage: "`LANG` that a TMX or XLIFF file calls its source (default: the first version's)"}),
		Action: func(c *cli.Context) error {
			words, err := versionsAtLeast(c, 2)
			if err != nil {
				return err
			}
			format, err := formatFor(c.String("format"), c.String("output"), "text", alignFormats)
			if err != nil {
				return err
			}
			lang, err := reportLang(c)
			if err != nil {
				return err
			}
			if c.Bool("explain") && format != "text" && format != "jsonl" {
				return misuse("--explain has no place in "+format, "use --format text or --format jsonl")
			}
			var a *bitext.Alignment
			err = env.withRecall(c, func(recall recall) error {
				a, err = alignFiles(c, env, words, recall)
				return err
			})
			if err != nil {
				return err
			}
			remarkOnTwins(env.Stderr, c.Command.Name, words)
			return env.writeOutput(c.String("output"), func(w io.Writer) error {
				if slices.Contains(report.AlignFormats, format) {
					return report.Align(w, a, report.Options{Format: format, Lang: lang})
				}
				return writeUnits(w, c, a, exchange.Format(format))
			})
		},
	}
}

// recall gives units of a memory that say something about versions.
type recall func(context.Context, []bitext.Version) ([]bitext.Unit, error)

func recallFlag() cli.Flag {
	return &cli.StringFlag{Name: "tm", Usage: "learn from the memory in `FILE`"}
}

// withRecall hands f what asks the memory of --tm, nil where none is named.
func (e Env) withRecall(c *cli.Context, f func(recall) error) error {
	if c.String("tm") == "" {
		return f(nil)
	}
	return e.withMemory(c, true, func(store *tm.Store) error { return f(store.Related) })
}

func alignFiles(c *cli.Context, env Env, words []pipeline.Spec, ask recall) (*bitext.Alignment, error) {
	vectors, err := embedder(c)
	if err != nil {
		return nil, err
	}
	bar := env.newProgress("aligning")
	defer bar.finish()
	opt := align.Options{Vectors: vectors, Progress: bar.update, Explain: c.Bool("explain"), Recall: ask}
	path := c.String("fix")
	if path == "" {
		return pipeline.AlignFiles(c.Context, words, readOptions(c, env), opt)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--fix: %w", err)
	}
	versions, err := pipeline.ReadVersions(c.Context, words, readOptions(c, env))
	if err != nil {
		return nil, err
	}
	if opt.Fixed, err = pipeline.ReadCorrections(string(data), versions); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	a, err := pipeline.AlignVersions(c.Context, versions, opt)
	if err != nil {
		return nil, fmt.Errorf("with the beads of %s: %w", path, err)
	}
	return a, nil
}

// writeUnits writes the beads that have text in two versions as an exchange
// file.
func writeUnits(w io.Writer, c *cli.Context, a *bitext.Alignment, f exchange.Format) error {
	s := bitext.Statement{ID: "aligned", Title: a.Versions[0].Title}
	src := bitext.Lang(c.String("srclang"))
	if src == "" {
		src = a.Versions[0].Lang
	}
	n, err := exchange.Write(w, f, pipeline.Units(s, a), exchange.WriteOptions{SrcLang: src, ToolVersion: Version})
	if err == nil && n == 0 {
		err = fmt.Errorf("nothing to write: no sentence of one version has a counterpart in another")
	}
	return err
}
