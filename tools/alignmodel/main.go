// Command alignmodel learns the weights of the aligner's model from folders of
// documents with gold beads, and scores a model on them.
//
//	alignmodel [-model FILE] [-pred DIR] DIR…          score
//	alignmodel -remake DIR -noise none|twice DIR…      make sets with another noise
//	alignmodel -learn FILE [-folds K -fold N] DIR…     learn, write weights
package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"

	"sverka/internal/align"
	"sverka/internal/evaluate"
	"sverka/internal/vector"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "alignmodel:", err)
		os.Exit(1)
	}
}

type settings struct {
	model, pred, learn string
	remake, noise      string
	folds, fold        int
	rounds, epochs     int
	rate, shrink       float64
	rewordings         string
	plain, pairwise    bool
}

// vectors are those of the program, or none.
func (s *settings) vectors() align.Embedder {
	if s.plain {
		return nil
	}
	return vector.Default()
}

func run(ctx context.Context, args []string) error {
	var s settings
	f := flag.NewFlagSet("alignmodel", flag.ContinueOnError)
	f.StringVar(&s.model, "model", "", "weights to score or to begin from; empty: those of the program")
	f.StringVar(&s.pred, "pred", "", "folder to write predictions to")
	f.StringVar(&s.learn, "learn", "", "file to write learnt weights to")
	f.StringVar(&s.remake, "remake", "", "folder to write the pairs of the sets to, made anew with another noise")
	f.StringVar(&s.noise, "noise", "none", "the noise of -remake: none or twice")
	f.IntVar(&s.folds, "folds", 0, "cut the documents into so many parts, and")
	f.IntVar(&s.fold, "fold", 0, "keep this one (from 0) out when learning, or score it alone")
	f.IntVar(&s.rounds, "rounds", 2, "times that candidates are chosen anew")
	f.IntVar(&s.epochs, "epochs", 25, "passes over the samples in a round")
	f.BoolVar(&s.plain, "plain", false, "learn and score without vectors")
	f.BoolVar(&s.pairwise, "pairwise", false, "score every two versions of a document by themselves")
	f.StringVar(&s.rewordings, "rewordings", "", "learn one language from FILE.ru-en.tsv:1,…: pairs and the column that is reworded")
	f.Float64Var(&s.rate, "rate", 0.05, "rate of learning")
	f.Float64Var(&s.shrink, "shrink", 0.002, "pull of weights towards nought")
	if err := f.Parse(args); err != nil {
		return err
	}
	if s.remake != "" {
		return remake(f.Args(), s.remake, s.noise)
	}
	model := align.DefaultModel()
	if s.model != "" {
		data, err := os.ReadFile(s.model)
		if err != nil {
			return err
		}
		if model, err = align.ParseModel(string(data)); err != nil {
			return fmt.Errorf("%s: %w", s.model, err)
		}
	}
	if s.learn != "" && s.rounds == 0 {
		if err := calibrate(ctx, model, s, f.Args()); err != nil {
			return err
		}
		return os.WriteFile(s.learn, []byte(model.String()), 0o666)
	}
	if s.learn != "" {
		return learn(ctx, model, s, f.Args())
	}
	opt := evaluate.AlignOptions{Pairwise: s.pairwise, Predictions: s.pred, Align: align.Options{Model: model, Vectors: s.vectors()}}
	if s.folds > 0 {
		opt.Only = func(doc string) bool { return foldOf(doc, s.folds) == s.fold }
	}
	r, err := evaluate.AlignSets(ctx, f.Args(), opt)
	if err != nil {
		return err
	}
	return r.WriteText(os.Stdout)
}

// foldOf says which part a document belongs to: the same in every set, since
// sets share their texts.
func foldOf(doc string, folds int) int {
	h := fnv.New32a()
	h.Write([]byte(doc))
	return int(h.Sum32() % uint32(folds))
}

func learn(ctx context.Context, start *align.Model, s settings, dirs []string) error {
	all, err := readSamples(dirs)
	if err != nil {
		return err
	}
	var samples []align.Sample
	for _, one := range all {
		if s.folds == 0 || foldOf(document(one.Name), s.folds) != s.fold {
			samples = append(samples, one)
		}
	}
	samples = append(samples, remade(samples)...)
	reworded, err := reworded(s.rewordings)
	if err != nil {
		return err
	}
	samples = append(samples, reworded...)
	m, err := align.Fit(ctx, samples, start, align.FitOptions{
		Rounds: s.rounds, Epochs: s.epochs, Rate: s.rate, Shrink: s.shrink, Seed: 1, Vectors: s.vectors(),
		Log: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) },
	})
	if err != nil {
		return err
	}
	if err := calibrate(ctx, m, s, dirs); err != nil {
		return err
	}
	return os.WriteFile(s.learn, []byte(m.String()), 0o666)
}

// reworded reads the files of pairs that are named FILE:COLUMN, parted by
// commas, and makes their documents hard.
func reworded(files string) ([]align.Sample, error) {
	var out []align.Sample
	rng := rand.New(rand.NewPCG(9, 9))
	for _, file := range strings.FieldsFunc(files, func(r rune) bool { return r == ',' }) {
		path, column, _ := strings.Cut(file, ":")
		samples, err := readRewordings(path, columnOf(column))
		if err != nil {
			return nil, err
		}
		levels := []noise{{merge: 0.2}, {drop: 0.05, stray: 0.02, merge: 0.2, block: 6}, {drop: 0.09, stray: 0.04, merge: 0.25, block: 20}}
		for k := range samples {
			out = append(out, again(&samples[k], samples, levels[k%len(levels)], rng))
		}
	}
	return out, nil
}

// columnOf is 0 for "0", else 1.
func columnOf(s string) int {
	if s == "0" {
		return 0
	}
	return 1
}

// remade makes of every second sample one without noise or with twice as much.
func remade(samples []align.Sample) []align.Sample {
	rng := rand.New(rand.NewPCG(7, 7))
	var out []align.Sample
	for k := range samples {
		n := noise{drop: 0.09, stray: 0.04, merge: 0.2, block: 10}
		if k%2 == 0 {
			n = noise{}
		}
		if rng.IntN(2) == 0 {
			out = append(out, again(&samples[k], samples, n, rng))
			out[len(out)-1].Weight /= 2
		}
	}
	return out
}

// calibrate learns on the documents as they are, those of the fold left out.
func calibrate(ctx context.Context, m *align.Model, s settings, dirs []string) error {
	var texts []align.GoldText
	for _, dir := range dirs {
		docs, err := evaluate.ReadSet(dir)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if s.folds == 0 || foldOf(d.Name, s.folds) != s.fold {
				texts = append(texts, align.GoldText{Versions: d.Versions, Gold: d.Gold})
			}
		}
	}
	return m.Calibrate(ctx, texts, s.vectors())
}
