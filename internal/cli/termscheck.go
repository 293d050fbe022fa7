package cli

import (
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/exchange"
	"sverka/internal/glossary"
	"sverka/internal/lexicon"
	"sverka/internal/rendering"
	"sverka/internal/tm"
)

// glossaryFlags say which glossary versions are held against.
func glossaryFlags() []cli.Flag {
	return []cli.Flag{memoryFlag(),
		&cli.StringSliceFlag{Name: "glossary", Aliases: []string{"g"}, Usage: "hold terms against the glossary in `FILE` too (tbx, csv, tsv, jsonl); may be given often"},
	}
}

// withTerms gives a comparison its glossary, and a spotter of renderings to look
// at terms with.
func (e Env) withTerms(c *cli.Context, opt *compare.Options, unasked bool) (err error) {
	if opt.Glossary, err = e.glossaryOf(c, unasked); err != nil {
		return err
	}
	link := linker(rendering.Shipped())
	opt.Spot = func(source, target compare.Text) func(start, end int) (from, to int, prob float64, ok bool) {
		find := link(&bitext.Variant{Lang: source.Lang, Text: source.Text}, &bitext.Variant{Lang: target.Lang, Text: target.Text})
		return func(start, end int) (from, to int, prob float64, ok bool) {
			r, ok := find(start, end)
			return r.At[0], r.At[1], r.Prob, ok
		}
	}
	return nil
}

// glossaryOf gives the glossary of the memory with those of --glossary, nil
// where there is none. The memory that nobody named is looked into where there
// is one, if unasked.
func (e Env) glossaryOf(c *cli.Context, unasked bool) (*glossary.Glossary, error) {
	var all []bitext.Concept
	take := func(concepts iter.Seq2[bitext.Concept, error]) error {
		for c, err := range concepts {
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return nil
	}
	path, err := e.memoryPath(c.String("tm"))
	named := c.String("tm") != ""
	_, missing := os.Stat(path)
	if named || unasked && err == nil && missing == nil {
		err := e.withMemory(c, true, func(store *tm.Store) error { return take(store.Concepts(c.Context)) })
		if err != nil && named {
			return nil, err
		}
		if err != nil {
			fmt.Fprintf(e.Stderr, "sverka: the glossary of the memory is not used: %v\n", err)
		}
	}
	for _, path := range listOf(c, "glossary") {
		f, err := termFormat("", path)
		if err != nil {
			return nil, err
		}
		in := []termInput{{path: path, format: f}}
		n, reasons := len(all), map[string]int{}
		err = take(usable(e.conceptsOf(in, exchange.ReadOptions{}), reasons))
		if err != nil {
			return nil, err
		}
		printSkippedTerms(e, in, reasons)
		if len(all) == n {
			return nil, fmt.Errorf("%s: no usable entry in it", path)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return glossary.New(all, lexicon.Key), nil
}

// usable leaves out entries that cannot be taken and counts why; entries
// without an id get one.
func usable(concepts iter.Seq2[bitext.Concept, error], reasons map[string]int) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) {
		for c, err := range concepts {
			var left *leftOut
			if errors.As(err, &left) {
				reasons[left.reason]++
				continue
			}
			if err == nil && c.ID == "" {
				c.ID = glossary.IDFor(&c)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
