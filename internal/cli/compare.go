package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/compare"
	"sverka/internal/pipeline"
	"sverka/internal/rendering"
	"sverka/internal/report"
	"sverka/internal/tm"
)

// compareFlags are what compare and check share.
func compareFlags() []cli.Flag {
	return append(append(readFlags(), glossaryFlags()...), formatFlag(report.CompareFormats), outputFlag(),
		langFlag(),
		&cli.StringFlag{Name: "title", Usage: "`TITLE` of the report (default: the first version's)"},
		&cli.StringSliceFlag{Name: "checks", Usage: "run only the checks `NAME,NAME`"},
		&cli.StringSliceFlag{Name: "off", Usage: "do not run the checks `NAME,NAME`"},
		&cli.StringFlag{Name: "severity", Value: "info", Usage: "report findings of at least `LEVEL`: info, minor, major, critical"},
		&cli.StringFlag{Name: "fail-on", Usage: "end with status 3 when a finding is of at least `LEVEL`"},
		&cli.StringSliceFlag{Name: "waive", Usage: "leave out the finding with this `ID`; may be given often"},
		&cli.StringFlag{Name: "waivers", Usage: "leave out the findings whose ids stand in `FILE`, one a line (default: " + report.DefaultWaivers + " beside the texts; none: no file)"},
		&cli.BoolFlag{Name: "list-checks", Usage: "list the checks and end"},
	)
}

func compareCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "find where competing versions part ways, and report it",
		ArgsUsage: "VERSION VERSION [VERSION…]",
		Description: `Versions are aligned with each other and with the sources; numbers, dates,
names, titles, negation, modality, omissions and additions are held against
each other. A source says which version is right.

   sverka compare en@official=official.txt en@blog=page.html --source ru=interview.txt -o report.html
   sverka compare a.txt b.txt --fail-on major
   sverka compare --pairs pairs.jsonl --format jsonl`,
		Flags: append(compareFlags(),
			&cli.StringSliceFlag{Name: "source", Aliases: []string{"s"}, Usage: "`VERSION` that the others were translated from; may be given often"},
			&cli.StringFlag{Name: "pairs", Usage: `compare the pairs in FILE, a JSON object a line: {"id","lang","a","b","src","src_lang","a_lang"}`},
		),
		Action: func(c *cli.Context) error {
			if c.Bool("list-checks") {
				return listChecks(env)
			}
			if c.String("pairs") != "" {
				return comparePairs(c, env)
			}
			sources, err := specs(c.StringSlice("source"))
			if err != nil {
				return err
			}
			versions, err := versionsAtLeast(c, 2)
			if err != nil {
				return err
			}
			return compareVersions(c, env, sources, versions)
		},
	}
}

func checkCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "hold a translation against its source",
		ArgsUsage: "SOURCE VERSION",
		Description: `The same parts as compare, across languages.

   sverka check ru=interview.ru.txt en=interview.en.docx
   sverka check zh=原文.txt en=translation.html -o report.html --fail-on critical`,
		Flags: compareFlags(),
		Action: func(c *cli.Context) error {
			if c.Bool("list-checks") {
				return listChecks(env)
			}
			if c.NArg() != 2 {
				return misuse(fmt.Sprintf("check needs a source and a version, got %d", c.NArg()),
					"for example: sverka check ru=source.txt en=translation.txt; to hold versions against each other use sverka compare")
			}
			words, err := specs(c.Args().Slice())
			if err != nil {
				return err
			}
			return compareVersions(c, env, words[:1], words[1:])
		},
	}
}

// compareVersions is the common way of compare and check.
func compareVersions(c *cli.Context, env Env, sources, versions []pipeline.Spec) error {
	opt, err := compareOptions(c)
	if err != nil {
		return err
	}
	format, err := formatFor(c.String("format"), c.String("output"), "text", report.CompareFormats)
	if err != nil {
		return err
	}
	if format == "xlsx" && env.Colour && toStdout(c) {
		return misuse("a workbook is nothing for a terminal", "name a file: -o report.xlsx")
	}
	failOn, err := failLevel(c)
	if err != nil {
		return err
	}
	if err := env.withTerms(c, &opt, true); err != nil {
		return err
	}
	lang, err := reportLang(c)
	if err != nil {
		return err
	}
	waived, err := readWaivers(c, append(slices.Clone(sources), versions...))
	if err != nil {
		return err
	}
	opt.Waived = waived.ids()
	aligning, comparing := env.newProgress("aligning"), env.newProgress("comparing")
	opt.Progress = comparing.update
	r, err := pipeline.CompareFiles(c.Context, sources, versions, readOptions(c, env), align.Options{Progress: aligning.update}, opt)
	aligning.finish()
	comparing.finish()
	if err != nil {
		return err
	}
	remarkOnTwins(env.Stderr, c.Command.Name, append(slices.Clone(sources), versions...))
	if err := env.askMemory(c, r); err != nil {
		return err
	}
	err = env.writeOutput(c.String("output"), func(w io.Writer) error {
		return report.Compare(w, r, report.Options{
			Format: format, Lang: lang, Title: c.String("title"), Colour: env.Colour && toStdout(c),
			Waivers: waived.name(),
		})
	})
	if err != nil {
		return err
	}
	waived.remark(env.Stderr, c.Command.Name, r.Unused)
	return failing(r, failOn, c.String("fail-on"))
}

// askMemory lets the memory say how it renders what findings are about. One
// that nobody named is asked where there is one.
func (e Env) askMemory(c *cli.Context, r *compare.Result) error {
	path, err := e.memoryPath(c.String("tm"))
	named := c.String("tm") != ""
	if _, missing := os.Stat(path); !named && (err != nil || missing != nil) {
		return nil
	}
	bar := e.newProgress("asking the memory")
	defer bar.finish()
	err = e.withMemory(c, true, func(store *tm.Store) error {
		return pipeline.AskMemory(c.Context, r, rendering.Shipped(), store, bar.update)
	})
	if err != nil && !named && c.Context.Err() == nil {
		fmt.Fprintf(e.Stderr, "sverka: the memory is not asked: %v\n", err)
		return nil
	}
	return err
}

// compareOptions reads the flags that choose checks and findings.
func compareOptions(c *cli.Context) (compare.Options, error) {
	opt := compare.Options{Checks: listOf(c, "checks"), Off: listOf(c, "off")}
	known := checkNames()
	for _, name := range append(slices.Clone(opt.Checks), opt.Off...) {
		if !slices.Contains(known, name) {
			hint := "the checks are " + strings.Join(known, ", ")
			if near := nearest(name, known); near != "" {
				hint = "did you mean " + near + "?"
			}
			return opt, misuse(fmt.Sprintf("there is no check %q", name), hint)
		}
	}
	var err error
	if opt.MinSeverity, err = compare.ParseSeverity(c.String("severity")); err != nil {
		return opt, misuse("--severity "+err.Error(), "")
	}
	return opt, nil
}

func checkNames() []string {
	var out []string
	for _, c := range compare.Checks() {
		out = append(out, c.Name)
	}
	return out
}

// failLevel gives the severity that fails the command, or one above all.
func failLevel(c *cli.Context) (compare.Severity, error) {
	if c.String("fail-on") == "" {
		return compare.Critical + 1, nil
	}
	level, err := compare.ParseSeverity(c.String("fail-on"))
	if err != nil {
		return level, misuse("--fail-on "+err.Error(), "")
	}
	return level, nil
}

func failing(r *compare.Result, level compare.Severity, name string) error {
	n := 0
	for _, f := range r.Findings {
		if f.Sev >= level {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &findingsError{fmt.Sprintf("%s at or above %s", counted(n, "finding"), name)}
}

func listChecks(env Env) error {
	t := newTable(env.Stdout)
	for _, k := range compare.Checks() {
		var levels []string
		for _, s := range k.Severities {
			levels = append(levels, s.String())
		}
		t.AppendRow([]any{k.Name, string(k.Category), strings.Join(levels, " "), k.About})
	}
	t.Render()
	return nil
}
