package cli

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/pipeline"
	"sverka/internal/report"
)

// Flags that several commands share, defined once.

func outputFlag() cli.Flag {
	return &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"}
}

func formatFlag(known []string) cli.Flag {
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT`: " + strings.Join(known, ", ") + " (default: by the ending of -o, else " + known[0] + ")"}
}

func langFlag() cli.Flag {
	return &cli.StringFlag{Name: "lang", Value: "en", Usage: "the report speaks `LANG`: en, ru, zh"}
}

// reportLang reads --lang.
func reportLang(c *cli.Context) (bitext.Lang, error) {
	l, err := bitext.ParseLang(c.String("lang"))
	if err != nil || !report.SpeaksLang(l) {
		return "", misuse(fmt.Sprintf("reports do not speak %q", c.String("lang")), "--lang en, ru or zh; the language of a text stands before its name: ru=text.txt")
	}
	return l, nil
}

// toStdout says that results go to standard output.
func toStdout(c *cli.Context) bool { return c.String("output") == "" || c.String("output") == "-" }

func memoryFlag() cli.Flag {
	return &cli.StringFlag{Name: "tm", Usage: "the memory is `FILE` (default: $SVERKA_TM, else one in your data folder)"}
}

// readFlags say how versions are read.
func readFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "segmented", Usage: "the files have one segment a line; lines are left as they are"},
		&cli.BoolFlag{Name: "whole-page", Usage: "of HTML read everything that shows, not the article alone"},
		&cli.StringFlag{Name: "encoding", Usage: "the files are in `NAME` (utf-8, windows-1251, gb18030, …; default: detected)"},
		&cli.StringFlag{Name: "from-format", Usage: "the files are `FORMAT`: text, md, html, docx, odt, pdf (default: told from name and content)"},
	}
}

func readOptions(c *cli.Context, env Env) pipeline.ReadOptions {
	return pipeline.ReadOptions{
		Segmented: c.Bool("segmented"), WholePage: c.Bool("whole-page"),
		Encoding: c.String("encoding"), Format: c.String("from-format"), Stdin: env.Stdin,
	}
}

// specs reads the words of a command line as versions.
func specs(words []string) ([]pipeline.Spec, error) {
	var out []pipeline.Spec
	for _, w := range words {
		if _, err := os.Stat(w); err == nil && strings.Contains(w, "=") {
			out = append(out, pipeline.Spec{Path: w}) // a file whose name has an equals sign
			continue
		}
		s, err := pipeline.ParseSpec(w)
		if err != nil {
			return nil, misuse(err.Error(), "a version is [LANG[@LABEL]=]PATH, such as ru=interview.txt or en@kremlin=page.html")
		}
		out = append(out, s)
	}
	return out, nil
}

// versionsAtLeast reads the arguments as versions and wants n of them.
func versionsAtLeast(c *cli.Context, n int) ([]pipeline.Spec, error) {
	if c.NArg() < n {
		return nil, misuse(fmt.Sprintf("%s needs %s, got %d", c.Command.HelpName, plural(n, "version")+" at least", c.NArg()),
			"for example: "+c.Command.HelpName+" ru=interview.ru.txt en=interview.en.txt")
	}
	return specs(c.Args().Slice())
}

// noArguments is for commands that take none: a stray word is a mistake.
func noArguments(c *cli.Context) error {
	if c.NArg() > 0 {
		return misuse(fmt.Sprintf("%s takes no arguments, got %q", c.Command.HelpName, c.Args().First()),
			"see "+c.Command.HelpName+" --help")
	}
	return nil
}

// plural counts in words: "two versions", "12 versions".
func plural(n int, noun string) string {
	small := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(small) && n > 0 {
		return small[n] + " " + inflected(n, noun)
	}
	return counted(n, noun)
}

// counted counts in figures: "1 unit", "2 units".
func counted(n int, noun string) string { return fmt.Sprintf("%d %s", n, inflected(n, noun)) }

func inflected(n int, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "ch"):
		return noun + "es"
	case strings.HasSuffix(noun, "y"):
		return strings.TrimSuffix(noun, "y") + "ies"
	}
	return noun + "s"
}

var datePattern = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// dateOf reads a date flag: YYYY-MM-DD, YYYY-MM or YYYY.
func dateOf(c *cli.Context, flag string) (string, error) {
	s := c.String(flag)
	if s == "" {
		return "", nil
	}
	layout := "2006-01-02"
	if datePattern.MatchString(s) {
		if _, err := time.Parse(layout[:len(s)], s); err == nil {
			return s, nil
		}
	}
	return "", misuse(fmt.Sprintf("--%s %q is not a date", flag, s), "write it as 2025-08-29, 2025-08 or 2025")
}

// langsOf reads a flag with languages parted by commas.
func langsOf(c *cli.Context, flag string) ([]bitext.Lang, error) {
	var out []bitext.Lang
	for _, word := range listOf(c, flag) {
		l, err := bitext.ParseLang(word)
		if err != nil {
			return nil, misuse(fmt.Sprintf("--%s: %v", flag, err), "")
		}
		out = append(out, l)
	}
	return out, nil
}

// listOf reads a flag that may be given often and hold values parted by commas.
func listOf(c *cli.Context, flag string) []string {
	var out []string
	for _, v := range c.StringSlice(flag) {
		for word := range strings.SplitSeq(v, ",") {
			if word = strings.TrimSpace(word); word != "" {
				out = append(out, word)
			}
		}
	}
	return out
}

var slugMarks = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// slug makes an identifier of a title: lower case, words joined by hyphens.
func slug(title string) string {
	s := strings.Trim(slugMarks.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if r := []rune(s); len(r) > 60 {
		s = strings.TrimRight(string(r[:60]), "-")
	}
	return s
}
