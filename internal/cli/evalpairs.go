package cli

import (
	"io"
	"os"
	"runtime"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"sverka/internal/compare"
	"sverka/internal/evaluate"
)

// evalPairs scores the comparison of the pairs of a gold file, or the flags
// that were written before.
func evalPairs(c *cli.Context, env Env) error {
	if c.NArg() > 0 {
		return misuse("--pairs reads its texts from the file; folders cannot be given beside it", "")
	}
	in, name, closeIn, err := env.openInput(c.String("pairs"))
	if err != nil {
		return err
	}
	defer closeIn()
	gold, err := evaluate.ReadGoldPairs(in, name)
	if err != nil {
		return err
	}
	var flags map[string][]evaluate.PairFlag
	if path := c.String("predictions"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if flags, err = evaluate.ReadPairFlags(f, path); err != nil {
			return err
		}
	} else if flags, err = flagGold(c, env, gold); err != nil {
		return err
	}
	report := evaluate.ScorePairs(gold, flags, c.Bool("origin"))
	return env.writeOutput(c.String("output"), func(w io.Writer) error { return report.WriteText(w) })
}

// flagGold compares every gold pair, several at a time.
func flagGold(c *cli.Context, env Env, gold []evaluate.GoldPair) (map[string][]evaluate.PairFlag, error) {
	bar := env.newProgress("comparing")
	defer bar.finish()
	found := make([][]evaluate.PairFlag, len(gold))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range gold {
		g.Go(func() error {
			if err := c.Context.Err(); err != nil {
				return err
			}
			found[i] = evaluate.FlagPair(&gold[i], compare.Options{})
			return nil
		})
		bar.update(i, len(gold))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	flags := make(map[string][]evaluate.PairFlag, len(gold))
	for i := range gold {
		flags[gold[i].ID] = found[i]
	}
	return flags, nil
}
