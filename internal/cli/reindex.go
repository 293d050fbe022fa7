package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"sverka/internal/tm"
)

func reindexCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "reindex", Usage: "make the indexes of lookup and search anew from the texts", Flags: []cli.Flag{memoryFlag()},
		Description: `For a memory whose indexes are damaged, as tm verify says. The texts stay as
they are.

   sverka tm reindex`,
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return env.withExistingMemory(c, func(store *tm.Store) error {
				bar := env.newProgress("indexing")
				defer bar.finish()
				if err := store.Reindex(c.Context); err != nil {
					return err
				}
				bar.finish()
				fmt.Fprintln(env.Stderr, "sverka: the indexes are made anew")
				return nil
			})
		},
	}
}
