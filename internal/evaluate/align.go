package evaluate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sverka/internal/align"
	"sverka/internal/bitext"
)

// AlignOptions says how AlignSets works.
type AlignOptions struct {
	Align align.Options
	// Predictions, where not "", is a folder that what was aligned is written
	// to, as SET/DOC.L1-L2.pred; folders are made.
	Predictions string
	// Given, where not "", is a folder of predictions to score instead of
	// aligning: SET/DOC.L1-L2.pred, or without SET/ where one set is scored.
	Given string
	// Pairwise aligns every pair of a document's versions by itself, as if it
	// had no others.
	Pairwise bool
	// Only, where not nil, says by their names which documents take part.
	Only     func(doc string) bool
	Workers  int                   // documents aligned at a time; 0: one a core
	Progress func(done, total int) // never called twice at a time
}

// PairScore is how one pair of languages came out.
type PairScore struct {
	Pair   string // "ru-en"
	Counts Counts
}

// SetScore is how one set came out.
type SetScore struct {
	Set       string // the folder's name
	Documents int
	Segments  int // of all versions
	Pairs     []PairScore
	Trust     Trust
	Wrong     []WrongBead   // of whole documents; none where pairs are aligned by themselves
	Aligning  time.Duration // the sum over the documents; 0 where predictions were given
}

// AlignReport is how alignment came out.
type AlignReport struct{ Sets []SetScore }

// docScore is how one document came out.
type docScore struct {
	pairs []PairScore
	trust Trust
	wrong []WrongBead
	took  time.Duration
}

// AlignSets aligns the documents of each folder (or reads their predictions)
// and scores them against the gold. The figures do not depend on the order of
// work. The error names the file and, for beads, the line.
func AlignSets(ctx context.Context, dirs []string, opt AlignOptions) (*AlignReport, error) {
	var docs []GoldDoc
	first := make([]int, len(dirs)+1)
	for k, dir := range dirs {
		set, err := ReadSet(dir)
		if err != nil {
			return nil, err
		}
		for _, d := range set {
			if opt.Only == nil || opt.Only(d.Name) {
				docs = append(docs, d)
			}
		}
		first[k+1] = len(docs)
	}
	setOf := make([]string, len(docs))
	for k, dir := range dirs {
		for d := first[k]; d < first[k+1]; d++ {
			setOf[d] = setName(dir)
		}
	}
	scores := make([]docScore, len(docs))
	var mu sync.Mutex
	done := 0
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers(opt.Workers))
	for d := range docs {
		g.Go(func() error {
			var err error
			if scores[d], err = scoreDoc(ctx, &docs[d], setOf[d], len(dirs) == 1, opt); err != nil {
				return err
			}
			if opt.Progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done++
				opt.Progress(done, len(docs))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	r := &AlignReport{}
	for k, dir := range dirs {
		r.Sets = append(r.Sets, sumSet(setName(dir), docs[first[k]:first[k+1]], scores[first[k]:first[k+1]]))
	}
	return r, nil
}

func setName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if name := filepath.Base(dir); name != "gold" {
		return name
	}
	return filepath.Base(filepath.Dir(dir)) // STATEMENT/gold is the statement's
}

func workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// scoreDoc aligns one document, or reads its prediction, and scores it.
func scoreDoc(ctx context.Context, d *GoldDoc, set string, only bool, opt AlignOptions) (docScore, error) {
	if opt.Given != "" {
		pred, err := readBeads(givenPath(d, set, only, opt.Given), d.Versions)
		if err != nil {
			return docScore{}, err
		}
		return docScore{pairs: scorePairs(d, pred), wrong: wrongBeads(d.stem(), d.Gold, pred)}, nil
	}
	if opt.Pairwise && len(d.Versions) > 2 {
		return scorePairwise(ctx, d, set, opt)
	}
	start := time.Now()
	a, err := align.Align(ctx, d.Versions, opt.Align)
	if err != nil {
		return docScore{}, fmt.Errorf("%s/%s: %w", set, d.stem(), err)
	}
	took := time.Since(start)
	if err := a.Validate(); err != nil {
		return docScore{}, fmt.Errorf("%s/%s: %w", set, d.stem(), err)
	}
	if opt.Predictions != "" {
		if err := writePrediction(opt.Predictions, set, d, a.Beads); err != nil {
			return docScore{}, err
		}
	}
	pred := indices(a.Beads)
	return docScore{
		pairs: scorePairs(d, pred), trust: trustOf(d.Gold, a.Beads), wrong: wrongBeads(d.stem(), d.Gold, pred), took: took,
	}, nil
}

// scorePairwise scores each pair of versions, aligned by itself, against the
// gold's projection on it.
func scorePairwise(ctx context.Context, d *GoldDoc, set string, opt AlignOptions) (docScore, error) {
	var out docScore
	for i := range d.Versions {
		for j := i + 1; j < len(d.Versions); j++ {
			one := GoldDoc{Name: d.Name, Names: []string{d.Names[i], d.Names[j]},
				Versions: []bitext.Version{d.Versions[i], d.Versions[j]}}
			for _, b := range project(d.Gold, i, j) {
				one.Gold = append(one.Gold, [][]int{b.a, b.b})
			}
			s, err := scoreDoc(ctx, &one, set, false, opt)
			if err != nil {
				return docScore{}, err
			}
			out.pairs = append(out.pairs, s.pairs...)
			out.trust.add(&s.trust)
			out.took += s.took
		}
	}
	return out, nil
}

func givenPath(d *GoldDoc, set string, only bool, given string) string {
	file := d.stem() + ".pred"
	path := filepath.Join(given, set, file)
	if only {
		if _, err := os.Stat(path); err != nil {
			return filepath.Join(given, file)
		}
	}
	return path
}

func writePrediction(dir, set string, d *GoldDoc, beads []bitext.Bead) error {
	dir = filepath.Join(dir, set)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("predictions: %w", err)
	}
	path := filepath.Join(dir, d.stem()+".pred")
	if err := os.WriteFile(path, []byte(bitext.WriteBeads(beads)), 0o666); err != nil {
		return fmt.Errorf("predictions: %w", err)
	}
	return nil
}

// scorePairs scores every pair of a document's versions.
func scorePairs(d *GoldDoc, pred [][][]int) []PairScore {
	var out []PairScore
	for i := range d.Names {
		for j := i + 1; j < len(d.Names); j++ {
			out = append(out, PairScore{d.Names[i] + "-" + d.Names[j],
				scoreBeads(project(d.Gold, i, j), project(pred, i, j))})
		}
	}
	return out
}

// sumSet adds up the documents of a set.
func sumSet(name string, docs []GoldDoc, scores []docScore) SetScore {
	s := SetScore{Set: name, Documents: len(docs)}
	at := map[string]int{}
	for k := range scores {
		for _, v := range docs[k].Versions {
			s.Segments += len(v.Segments)
		}
		s.Aligning += scores[k].took
		s.Trust.add(&scores[k].trust)
		s.Wrong = append(s.Wrong, scores[k].wrong...)
		for _, p := range scores[k].pairs {
			n, ok := at[p.Pair]
			if !ok {
				n = len(s.Pairs)
				at[p.Pair] = n
				s.Pairs = append(s.Pairs, PairScore{Pair: p.Pair})
			}
			s.Pairs[n].Counts.add(&p.Counts)
		}
	}
	return s
}
