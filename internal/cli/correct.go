package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/tm"
)

func correctCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "correct", Usage: "put a new wording in the place of one text of a unit",
		ArgsUsage: "UNIT TEXT",
		Description: `UNIT is the number that lookup, search and export show. The memory keeps who
changed what, and when: see sverka tm history. A file that brings the former
wording again leaves the correction as it is.

   sverka tm correct 17 --lang en --by "A. Editor" "The talks are over."
   sverka tm correct 17 --lang en@kremlin --why "as on the site now" "The talks have ended."`,
		Flags: []cli.Flag{memoryFlag(),
			&cli.StringFlag{Name: "lang", Usage: "the text in `LANG[@LABEL]`"},
			&cli.StringFlag{Name: "by", Usage: "`NAME` of who corrects it (default: $USER)"},
			&cli.StringFlag{Name: "why", Usage: "`REASON`, for the history"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return misuse(fmt.Sprintf("tm correct needs a unit and a text, got %s", plural(c.NArg(), "argument")),
					`for example: sverka tm correct 17 --lang en "The talks are over."`)
			}
			correction, err := env.correctionOf(c)
			if err != nil {
				return err
			}
			return env.withExistingMemory(c, func(store *tm.Store) error {
				done, err := store.Correct(c.Context, correction)
				if errors.Is(err, tm.ErrSame) {
					fmt.Fprintf(env.Stderr, "sverka: unit %s says just that already; nothing changed\n", correction.Unit)
					return nil
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(env.Stderr, "sverka: unit %s, %s: %q is now %q\n", done.Unit, done.Variant, cell(done.Old), cell(done.New))
				return nil
			})
		},
	}
}

func (e Env) correctionOf(c *cli.Context) (tm.Correction, error) {
	tag, label, _ := strings.Cut(c.String("lang"), "@")
	if tag == "" {
		return tm.Correction{}, misuse("say which text of the unit with --lang", "--lang en, or --lang en@kremlin where there are several")
	}
	lang, err := bitext.ParseLang(tag)
	if err != nil {
		return tm.Correction{}, misuse("--lang: "+err.Error(), "")
	}
	by := c.String("by")
	if by == "" {
		by = e.Getenv("USER")
	}
	if by == "" {
		return tm.Correction{}, misuse("say who corrects it", "with --by NAME")
	}
	return tm.Correction{Unit: c.Args().Get(0), Lang: lang, Label: label, Text: c.Args().Get(1),
		By: by, Why: c.String("why"), At: time.Now()}, nil
}

var historyFormats = []string{"text", "jsonl"}

func historyCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "history", Usage: "list the corrections of a unit, or of all: who, when, from what to what",
		ArgsUsage: "[UNIT]",
		Description: `   sverka tm history 17
   sverka tm history --statement interview --since 2025-09
   sverka tm history --format jsonl -o corrections.jsonl`,
		Flags: []cli.Flag{memoryFlag(), formatFlag(historyFormats), outputFlag(),
			&cli.StringFlag{Name: "statement", Usage: "only units of the statement `NAME`"},
			&cli.StringFlag{Name: "by", Usage: "only what `NAME` corrected"},
			&cli.StringFlag{Name: "since", Usage: "from `DATE` on"},
			&cli.StringFlag{Name: "until", Usage: "up to `DATE`"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return misuse("tm history takes one unit, or none for all", "for example: sverka tm history 17")
			}
			q := tm.HistoryQuery{Unit: c.Args().First(), Statement: c.String("statement"), By: c.String("by")}
			var err error
			if q.Since, err = dateOf(c, "since"); err != nil {
				return err
			}
			if q.Until, err = dateOf(c, "until"); err != nil {
				return err
			}
			format, err := formatFor(c.String("format"), c.String("output"), "text", historyFormats)
			if err != nil {
				return err
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				changes, err := store.History(c.Context, q)
				if err != nil {
					return err
				}
				return env.writeOutput(c.String("output"), func(w io.Writer) error { return writeHistory(w, format, changes) })
			})
		},
	}
}

type changeJSON struct {
	Unit    string `json:"unit"`
	Version string `json:"version"`
	Old     string `json:"old"`
	New     string `json:"new"`
	By      string `json:"by"`
	At      string `json:"at"` // RFC 3339, UTC
	Why     string `json:"why,omitempty"`
}

func writeHistory(w io.Writer, format string, changes []tm.Change) error {
	if format == "jsonl" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for _, c := range changes {
			if err := enc.Encode(changeJSON{c.Unit, c.Variant, c.Old, c.New, c.By, c.At.Format(time.RFC3339), c.Why}); err != nil {
				return err
			}
		}
		return nil
	}
	if len(changes) == 0 {
		_, err := fmt.Fprintln(w, "no correction")
		return err
	}
	for _, c := range changes {
		why := ""
		if c.Why != "" {
			why = ": " + cell(c.Why)
		}
		_, err := fmt.Fprintf(w, "%s  unit %s  %s  %s%s\n    - %s\n    + %s\n", c.At.Format("2006-01-02 15:04"), c.Unit, c.Variant,
			cell(c.By), why, cell(c.Old), cell(c.New))
		if err != nil {
			return err
		}
	}
	return nil
}

func compactCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "compact", Usage: "give back the room of what was deleted", Flags: []cli.Flag{memoryFlag()},
		Description: `Lays the file and its indexes out anew, which takes room on the disk for a second
copy while it works. Others may read meanwhile; who writes waits.

   sverka tm compact`,
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return env.withExistingMemory(c, func(store *tm.Store) error {
				bar := env.newProgress("compacting")
				defer bar.finish()
				r, err := store.Compact(c.Context)
				bar.finish()
				if err != nil {
					return err
				}
				fmt.Fprintf(env.Stderr, "sverka: %.1f MB before, %.1f MB now\n", float64(r.Before)/1e6, float64(r.After)/1e6)
				return nil
			})
		},
	}
}
