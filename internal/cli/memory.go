package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"sverka/internal/tm"
)

// withMemory opens the memory that the flags name, hands it to f and closes
// it. A command that only reads does not make a new one.
func (e Env) withMemory(c *cli.Context, readOnly bool, f func(*tm.Store) error) (err error) {
	path, err := e.memoryPath(c.String("tm"))
	if err != nil {
		return err
	}
	store, err := tm.Open(c.Context, path, tm.Options{ReadOnly: readOnly})
	if readOnly && errors.Is(err, tm.ErrOlder) {
		if store, err = e.broughtUpToDate(c, path); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := store.Close(); err == nil {
			err = closeErr
		}
	}()
	return f(store)
}

// broughtUpToDate opens a memory that an older version of the program made, once
// for writing, which brings it up to date, and then for reading.
func (e Env) broughtUpToDate(c *cli.Context, path string) (*tm.Store, error) {
	bar := e.newProgress("bringing the memory up to date")
	defer bar.finish()
	store, err := tm.Open(c.Context, path, tm.Options{})
	if err == nil {
		err = store.Close()
	}
	if err != nil {
		return nil, err
	}
	return tm.Open(c.Context, path, tm.Options{ReadOnly: true})
}

// withExistingMemory is withMemory for a command that changes a memory and has
// nothing to do in a new one.
func (e Env) withExistingMemory(c *cli.Context, f func(*tm.Store) error) error {
	path, err := e.memoryPath(c.String("tm"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return e.withMemory(c, true, f) // which says what is wrong, and makes no file
	}
	return e.withMemory(c, false, f)
}

// withWholeMemory is withMemory for a check that needs the writing connection,
// since SQLite holds a search index against its texts only there. A memory that
// cannot be written is tried as far as reading goes.
func (e Env) withWholeMemory(c *cli.Context, f func(*tm.Store) error) error {
	err := e.withExistingMemory(c, f)
	if errors.Is(err, tm.ErrReadOnly) {
		return e.withMemory(c, true, f)
	}
	return err
}

func memoryCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:  "tm",
		Usage: "look after the memory",
		Description: `   sverka tm stats
   sverka tm statements
   sverka tm verify
   sverka tm backup memory-2025-08.db
   sverka tm correct 17 --lang en "The talks are over."
   sverka tm history 17
   sverka tm delete interview
   sverka tm compact
   sverka tm reindex`,
		Subcommands: []*cli.Command{
			statsCommand(env), statementsCommand(env), verifyCommand(env), backupCommand(env),
			correctCommand(env), historyCommand(env), deleteCommand(env), compactCommand(env), reindexCommand(env),
		},
	}
}

func statsCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "stats", Usage: "count what the memory holds", Flags: []cli.Flag{memoryFlag()},
		Description: "   sverka tm stats --tm memory.db",
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				s, err := store.Stats(c.Context)
				if err != nil {
					return err
				}
				printStats(env.Stdout, s)
				return nil
			})
		},
	}
}

func printStats(w io.Writer, s tm.Stats) {
	row := func(name string, value any) { fmt.Fprintf(w, "%-12s %v\n", name, value) }
	row("memory", s.Path)
	row("size", fmt.Sprintf("%.1f MB", float64(s.Bytes)/1e6))
	row("statements", s.Statements)
	row("versions", s.Versions)
	row("segments", s.Segments)
	row("units", s.Units)
	row("to review", s.Review)
	for _, l := range s.Langs {
		row("in "+l.Lang.Name(), l.Variants)
	}
	if s.Entries > 0 {
		row("glossary", counted(s.Entries, "entry")+", "+counted(s.Terms, "term"))
	}
	if s.Since != "" {
		row("dates", s.Since+" to "+s.Until)
	}
}

func statementsCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "statements", Usage: "list the statements and their versions", Flags: []cli.Flag{memoryFlag()},
		Description: "   sverka tm statements",
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				list, err := store.Statements(c.Context)
				if err != nil {
					return err
				}
				t := newTable(env.Stdout)
				t.AppendHeader(table.Row{"statement", "date", "speaker", "versions", "units", "title"})
				for _, s := range list {
					var names []string
					for _, v := range s.Versions {
						names = append(names, v.Version.Name())
					}
					t.AppendRow(table.Row{s.Statement.ID, s.Statement.Date, s.Statement.Speaker,
						strings.Join(names, " "), s.Units, s.Statement.Title})
				}
				t.Render()
				return nil
			})
		},
	}
}

func newTable(w io.Writer) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = 0
	style.Box.PaddingLeft = ""
	style.Box.PaddingRight = "  "
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	return t
}

func verifyCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "verify", Usage: "prove that the memory is whole", Flags: []cli.Flag{memoryFlag()},
		Description: `Checks the file, its indexes, and that every unit is found by its own words.

   sverka tm verify`,
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return env.withWholeMemory(c, func(store *tm.Store) error {
				problems, err := verify(c.Context, env, store)
				if err != nil {
					return err
				}
				if len(problems) == 0 {
					fmt.Fprintln(env.Stdout, "the memory is whole")
					return nil
				}
				for _, p := range problems {
					fmt.Fprintf(env.Stdout, "%s: %s\n", p.Check, p.What)
				}
				return fmt.Errorf("%s in %s; restore a backup, or export what is readable", counted(len(problems), "problem"), store.Path())
			})
		},
	}
}

func verify(ctx context.Context, env Env, store *tm.Store) ([]tm.Problem, error) {
	bar := env.newProgress("verifying")
	defer bar.finish()
	return store.Verify(ctx)
}

func backupCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "backup", Usage: "copy the memory to a file, consistently, while others write",
		ArgsUsage: "FILE",
		Flags: []cli.Flag{memoryFlag(),
			&cli.BoolFlag{Name: "force", Usage: "replace FILE if it exists"}},
		Description: "   sverka tm backup memory-2025-08.db",
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return misuse("tm backup needs one file to write", "for example: sverka tm backup memory-2025-08.db")
			}
			return env.withMemory(c, true, func(store *tm.Store) error {
				err := store.Backup(c.Context, c.Args().First(), c.Bool("force"))
				if errors.Is(err, fs.ErrExist) {
					return fmt.Errorf("%s: there is a file already; --force replaces it", c.Args().First())
				}
				if err != nil {
					return err
				}
				fmt.Fprintln(env.Stderr, "sverka: backed up to "+c.Args().First())
				return nil
			})
		},
	}
}

func deleteCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "delete", Usage: "forget a statement, or one version of it",
		ArgsUsage: "STATEMENT",
		Flags: []cli.Flag{memoryFlag(),
			&cli.StringFlag{Name: "version", Usage: "only the version `LANG[@LABEL]`"}},
		Description: `   sverka tm delete interview
   sverka tm delete interview --version en@weblog`,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return misuse("tm delete needs one statement", "sverka tm statements lists them")
			}
			return env.withExistingMemory(c, func(store *tm.Store) error {
				r, err := store.Delete(c.Context, c.Args().First(), c.String("version"))
				if err != nil {
					return err
				}
				fmt.Fprintf(env.Stderr, "sverka: forgot %s, %s and %s\n",
					counted(r.Versions, "version"), counted(r.Units, "unit"), counted(r.Variants, "variant"))
				return nil
			})
		},
	}
}
