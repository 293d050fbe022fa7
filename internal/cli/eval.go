package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/compare"
	"sverka/internal/evaluate"
	"sverka/internal/pipeline"
)

var evalFormats = []string{"text", "tsv", "jsonl"}

func evalCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:  "eval",
		Usage: "score the program against gold files",
		Description: `   sverka eval align corpus/*/gold
   sverka eval compare corpus/*
   sverka eval renderings terms.jsonl`,
		Subcommands: []*cli.Command{evalAlignCommand(env), evalCompareCommand(env), evalRenderingsCommand(env)},
	}
}

func evalAlignCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "align", Usage: "align gold sets and score the beads",
		ArgsUsage: "FOLDER [FOLDER…]",
		Description: `A folder holds DOC.LANG files, a segment a line, and DOC.L1-L2[-L3…].gold files, a
bead a line: 0,1:2. Prints precision, recall and F1 of the beads: strict, lax,
filled, m:n, tiles and null, and how far the probabilities can be believed.

   sverka eval align corpus/*/gold
   sverka eval align --wrong corpus/interview/gold
   sverka eval align --tm memory.db corpus/interview/gold
   sverka eval align --write out/beads corpus/interview/gold`,
		Flags: []cli.Flag{formatFlag(evalFormats), outputFlag(),
			&cli.StringFlag{Name: "predictions", Usage: "score the .pred files in `FOLDER` instead of aligning"},
			&cli.BoolFlag{Name: "pairwise", Usage: "align every two versions of a document by themselves"},
			vectorsFlag(), recallFlag(),
			&cli.BoolFlag{Name: "wrong", Usage: "print the wrong beads in place of the figures: missed ones of the gold, found ones that it has not"},
			&cli.StringFlag{Name: "write", Usage: "write what was aligned to `FOLDER`"},
		},
		Action: func(c *cli.Context) error {
			if c.Bool("wrong") && (c.Bool("pairwise") || c.String("format") != "") {
				return misuse("--wrong goes without --pairwise and --format", "")
			}
			if c.NArg() == 0 {
				return misuse("eval align needs a folder with gold files", "for example: sverka eval align corpus/*/gold")
			}
			format, err := formatFor(c.String("format"), c.String("output"), "text", evalFormats)
			if err != nil {
				return err
			}
			vectors, err := embedder(c)
			if err != nil {
				return err
			}
			bar := env.newProgress("aligning")
			defer bar.finish()
			var r *evaluate.AlignReport
			err = env.withRecall(c, func(ask recall) error {
				r, err = evaluate.AlignSets(c.Context, c.Args().Slice(), evaluate.AlignOptions{
					Align:    align.Options{Vectors: vectors, Recall: ask},
					Pairwise: c.Bool("pairwise"), Given: c.String("predictions"), Predictions: c.String("write"), Progress: bar.update,
				})
				return err
			})
			bar.finish()
			if err != nil {
				return err
			}
			return env.writeOutput(c.String("output"), func(w io.Writer) error {
				switch {
				case c.Bool("wrong"):
					return r.WriteWrong(w)
				case format == "tsv":
					return r.WriteTSV(w)
				case format == "jsonl":
					return r.WriteJSON(w)
				}
				return r.WriteText(w)
			})
		},
	}
}

// The files of a statement that eval compare reads.
const (
	plantedFile = "discrepancies.jsonl"
	sourceFile  = "ru.txt"
)

func evalCompareCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "compare", Usage: "compare statements with known discrepancies and score the findings",
		ArgsUsage: "FOLDER [FOLDER…]",
		Description: `A folder holds the versions of a statement and discrepancies.jsonl, the list of
what was put in on purpose. Prints each with what was found, the missed ones
and the false alarms by name.

   sverka eval compare corpus/*
   sverka eval compare --page .txt corpus/interview

With --pairs it compares pairs of texts of which it is known where they differ,
a JSON object a line: "id", "view", "lang", "a", "b", "label" (discrepancy or
paraphrase), "category", "a_spans", "b_spans", "twin", "src", "src_lang" … It
prints for each view and category how many were detected, at their place, in
their category, and won (found, and nothing on the twin), and the false alarms
of each kind of pair.

   sverka eval compare --pairs gold.jsonl
   sverka eval compare --pairs gold.jsonl --predictions flags.jsonl`,
		Flags: []cli.Flag{outputFlag(),
			&cli.StringFlag{Name: "page", Value: ".html", Usage: "which file of the second English version: its `ENDING`"},
			&cli.BoolFlag{Name: "no-source", Usage: "compare without the Russian source"},
			&cli.StringFlag{Name: "severity", Value: "info", Usage: "count findings of at least `LEVEL`"},
			&cli.StringFlag{Name: "pairs", Usage: "score pairs of texts from `FILE`"},
			&cli.StringFlag{Name: "predictions", Usage: "with --pairs: score the flags in `FILE` instead of comparing"},
			&cli.BoolFlag{Name: "origin", Usage: "with --pairs: views of changed texts once more by origin"},
		},
		Action: func(c *cli.Context) error {
			if c.String("pairs") != "" {
				return evalPairs(c, env)
			}
			if c.NArg() == 0 {
				return misuse("eval compare needs the folder of a statement", "for example: sverka eval compare corpus/*")
			}
			level, err := compare.ParseSeverity(c.String("severity"))
			if err != nil {
				return misuse("--severity "+err.Error(), "")
			}
			return env.writeOutput(c.String("output"), func(w io.Writer) error {
				scored := 0
				for _, dir := range c.Args().Slice() {
					if info, err := os.Stat(dir); err == nil && !info.IsDir() && c.NArg() > 1 {
						continue // a glob also names what is no folder
					}
					planted, err := readPlanted(dir)
					if err != nil {
						return err
					}
					scored++
					if err := scoreStatement(c, w, dir, planted, level); err != nil {
						return err
					}
				}
				if scored == 0 {
					return fmt.Errorf("no folder holds a %s", plantedFile)
				}
				return nil
			})
		},
	}
}

func readPlanted(dir string) ([]evaluate.Planted, error) {
	path := filepath.Join(dir, plantedFile)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return evaluate.ReadPlanted(f, path)
}

func scoreStatement(c *cli.Context, w io.Writer, dir string, planted []evaluate.Planted, level compare.Severity) error {
	versions, err := specs([]string{
		"en@official=" + filepath.Join(dir, "en@official.txt"),
		"en@weblog=" + filepath.Join(dir, "en@weblog"+c.String("page")),
	})
	if err != nil {
		return err
	}
	var sources []pipeline.Spec
	if !c.Bool("no-source") {
		sources = []pipeline.Spec{{Lang: "ru", Path: filepath.Join(dir, sourceFile)}}
	}
	r, err := pipeline.CompareFiles(c.Context, sources, versions, pipeline.ReadOptions{}, align.Options{}, compare.Options{MinSeverity: level})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "# %s\n", filepath.Base(filepath.Clean(dir))); err != nil {
		return err
	}
	return evaluate.ScoreFindings(r, planted).WriteText(w)
}
