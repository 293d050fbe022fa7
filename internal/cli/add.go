package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/pipeline"
	"sverka/internal/tm"
)

func addCommand(env Env) *cli.Command {
	return &cli.Command{
		Name:      "add",
		Usage:     "align versions of a statement and remember them",
		ArgsUsage: "VERSION [VERSION…]",
		Description: `Adding the same versions again changes nothing; adding a corrected one
replaces it, and a further one is aligned with those that are remembered. What belongs to one version alone is given as VERSION: before it,
as in --translator en@blog:"DeepL".

   sverka add --statement tianjin-interview --title "Answers to Xinhua" --date 2025-08-29 \
      --speaker "Vladimir Putin" ru=interview.ru.txt zh=interview.zh.txt en@kremlin=interview.en.txt
   sverka add --source en@blog:https://blog.example/x --machine en@blog ru=a.txt en@blog=page.html`,
		Flags: append(readFlags(), memoryFlag(), vectorsFlag(),
			&cli.StringFlag{Name: "statement", Usage: "short stable `NAME` of the statement (default: made from title or file name)"},
			&cli.StringFlag{Name: "title", Usage: "`TITLE` of the statement (default: the first version's)"},
			&cli.StringFlag{Name: "date", Usage: "`DATE` when it was said: 2025-08-29"},
			&cli.StringFlag{Name: "speaker", Usage: "`NAME` of who said it"},
			&cli.StringSliceFlag{Name: "source", Usage: "[VERSION:]`URL` or name of where it was published"},
			&cli.StringSliceFlag{Name: "translator", Usage: "[VERSION:]`NAME` of who translated it"},
			&cli.StringSliceFlag{Name: "published", Usage: "[VERSION:]`DATE` of a version that is not the statement's"},
			&cli.StringSliceFlag{Name: "machine", Usage: "`VERSION` made or helped by a machine"},
		),
		Action: func(c *cli.Context) error { return add(c, env) },
	}
}

func add(c *cli.Context, env Env) error {
	words, err := versionsAtLeast(c, 1)
	if err != nil {
		return err
	}
	vectors, err := embedder(c)
	if err != nil {
		return err
	}
	date, err := dateOf(c, "date")
	if err != nil {
		return err
	}
	versions, err := pipeline.ReadVersions(c.Context, words, readOptions(c, env))
	if err != nil {
		return err
	}
	if err := describeVersions(c, versions, date); err != nil {
		return err
	}
	s := statementOf(c, versions, date)
	if s.ID == "" {
		return misuse("the statement has no name", "give it one with --statement NAME")
	}
	return env.withMemory(c, false, func(store *tm.Store) error {
		bar := env.newProgress("aligning")
		defer bar.finish()
		r, err := pipeline.Remember(c.Context, store, s, versions, align.Options{Vectors: vectors, Progress: bar.update})
		bar.finish()
		if err != nil {
			return err
		}
		printAdded(env, r)
		return nil
	})
}

// statementOf names the statement: as given, else by its title, else by the
// first file.
func statementOf(c *cli.Context, versions []bitext.Version, date string) bitext.Statement {
	s := bitext.Statement{
		ID: slug(c.String("statement")), Title: c.String("title"), Date: date, Speaker: c.String("speaker"),
	}
	for i := 0; s.Title == "" && i < len(versions); i++ {
		s.Title = versions[i].Title
	}
	if s.ID == "" {
		s.ID = slug(s.Title)
	}
	if base := filepath.Base(versions[0].Path); s.ID == "" && base != "-" {
		s.ID = slug(strings.TrimSuffix(base, filepath.Ext(base)))
	}
	return s
}

// describeVersions gives each version what the flags say of it.
func describeVersions(c *cli.Context, versions []bitext.Version, date string) error {
	for i := range versions {
		versions[i].Date = date
		versions[i].Speaker = c.String("speaker")
	}
	fields := map[string]func(*bitext.Version, string){
		"source":     func(v *bitext.Version, s string) { v.Source = s },
		"translator": func(v *bitext.Version, s string) { v.Translator = s },
		"published":  func(v *bitext.Version, s string) { v.Date = s },
	}
	for _, flag := range []string{"source", "translator", "published"} {
		for _, value := range c.StringSlice(flag) {
			for _, v := range chosen(versions, &value) {
				fields[flag](v, value)
			}
		}
	}
	for _, name := range listOf(c, "machine") {
		found := false
		for i := range versions {
			if v := &versions[i]; v.Name() == name {
				v.Machine, found = true, true
			}
		}
		if !found {
			return misuse(fmt.Sprintf("--machine %q is none of the versions", name), "the versions are "+versionNames(versions))
		}
	}
	return nil
}

// chosen gives the versions that a [VERSION:]VALUE speaks of and cuts the
// prefix off the value. Without a prefix it speaks of all.
func chosen(versions []bitext.Version, value *string) []*bitext.Version {
	var all []*bitext.Version
	head, rest, found := strings.Cut(*value, ":")
	for i := range versions {
		if found && versions[i].Name() == head {
			*value = rest
			return []*bitext.Version{&versions[i]}
		}
		all = append(all, &versions[i])
	}
	return all
}

func versionNames(versions []bitext.Version) string {
	var out []string
	for i := range versions {
		out = append(out, versions[i].Name())
	}
	return strings.Join(out, ", ")
}

func printAdded(env Env, r tm.AddResult) {
	if !r.Changed {
		fmt.Fprintf(env.Stderr, "sverka: %s is remembered already; nothing changed\n", r.Statement)
		return
	}
	var what []string
	for _, v := range r.Versions {
		what = append(what, v.Version+" "+v.Change)
	}
	fmt.Fprintf(env.Stderr, "sverka: %s: %s; %s (%d new, %d gone), %s without counterpart\n",
		r.Statement, strings.Join(what, ", "), counted(r.Units, "unit"), r.Stored, r.Removed, counted(r.OneSided, "segment"))
}
