// Command alignmodel learns the weights of the aligner's model from folders of
// documents with gold beads, and scores a model on them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"sverka/internal/align"
	"sverka/internal/evaluate"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "alignmodel:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("alignmodel", flag.ContinueOnError)
	model := f.String("model", "", "weights to score; empty: those of the program")
	pred := f.String("pred", "", "folder to write predictions to")
	if err := f.Parse(args); err != nil {
		return err
	}
	opt := evaluate.AlignOptions{Predictions: *pred}
	if *model != "" {
		data, err := os.ReadFile(*model)
		if err != nil {
			return err
		}
		if opt.Align.Model, err = align.ParseModel(string(data)); err != nil {
			return fmt.Errorf("%s: %w", *model, err)
		}
	}
	r, err := evaluate.AlignSets(ctx, f.Args(), opt)
	if err != nil {
		return err
	}
	return r.WriteText(os.Stdout)
}
