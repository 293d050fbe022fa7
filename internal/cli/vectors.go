package cli

import (
	"github.com/urfave/cli/v2"

	"sverka/internal/align"
	"sverka/internal/vector"
)

// vectorsFlag lets a person bring word vectors of their own.
func vectorsFlag() cli.Flag {
	return &cli.StringFlag{Name: "vectors", Usage: "align by the word vectors in `FILE`, made by tools/vectors, instead of the program's"}
}

// embedder gives the vectors of --vectors, else the program's.
func embedder(c *cli.Context) (align.Embedder, error) {
	path := c.String("vectors")
	if path == "" {
		return vector.Default(), nil
	}
	t, err := vector.Open(path)
	if err != nil {
		return nil, err
	}
	return t, nil
}
