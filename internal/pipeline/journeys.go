package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/tm"
	"sverka/internal/vector"
)

// AlignVersions aligns versions that were read, by the vectors of the binary
// where opt names no others, and holds the result to the law of beads.
func AlignVersions(ctx context.Context, versions []bitext.Version, opt align.Options) (*bitext.Alignment, error) {
	if opt.Vectors == nil {
		opt.Vectors = vector.Default()
	}
	a, err := align.Align(ctx, versions, opt)
	if err != nil {
		return nil, err
	}
	if err := a.Validate(); err != nil {
		return nil, fmt.Errorf("the alignment is not sound: %w", err)
	}
	return a, nil
}

// AlignFiles is the whole way from files to an alignment.
func AlignFiles(ctx context.Context, specs []Spec, read ReadOptions, opt align.Options) (*bitext.Alignment, error) {
	versions, err := ReadVersions(ctx, specs, read)
	if err != nil {
		return nil, err
	}
	return AlignVersions(ctx, versions, opt)
}

// Remember aligns versions of statement s, together with those that the memory
// has of it already, and stores statement, versions, segments and units in one
// transaction. A given version takes the place of a stored one of its name.
func Remember(ctx context.Context, store *tm.Store, s bitext.Statement, versions []bitext.Version, opt align.Options) (tm.AddResult, error) {
	_, stored, err := store.Versions(ctx, s.ID)
	if err != nil && !errors.Is(err, tm.ErrUnknown) {
		return tm.AddResult{}, err
	}
	versions = overlay(stored, versions)
	if len(versions) < 2 {
		return tm.AddResult{}, fmt.Errorf("statement %s would have one version only, and nothing to align it with; add two at least", s.ID)
	}
	a, err := AlignVersions(ctx, versions, opt)
	if err != nil {
		return tm.AddResult{}, err
	}
	return store.Add(ctx, s, a)
}

// overlay gives the stored versions with the given ones in the place of those
// of their names, and behind them the given ones that are new: the order of a
// statement's versions does not change when one is added again.
func overlay(stored, given []bitext.Version) []bitext.Version {
	out := append([]bitext.Version{}, stored...)
	at := map[string]int{}
	for i := range out {
		at[out[i].Name()] = i
	}
	for _, v := range given {
		if i, ok := at[v.Name()]; ok {
			out[i] = v
		} else {
			out = append(out, v)
		}
	}
	return out
}

// CompareFiles is the whole way from files to findings: sources and versions
// are aligned together, the sources first, and compared.
func CompareFiles(ctx context.Context, sources, versions []Spec, read ReadOptions, al align.Options, cmp compare.Options) (*compare.Result, error) {
	a, err := AlignFiles(ctx, append(append([]Spec{}, sources...), versions...), read, al)
	if err != nil {
		return nil, err
	}
	in := compare.Input{Alignment: a}
	for i := range sources {
		in.Sources = append(in.Sources, i)
	}
	return compare.Run(ctx, in, cmp)
}

// Units gives the beads of an alignment as translation units of statement s:
// those that have text in two versions at least.
func Units(s bitext.Statement, a *bitext.Alignment) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for i := range a.Beads {
			b := &a.Beads[i]
			if b.Filled() < 2 {
				continue
			}
			u := bitext.Unit{
				ID: fmt.Sprintf("%s-%d", s.ID, i+1), Statement: s, Position: i, Prob: b.Prob, Status: b.Status,
			}
			for v := range a.Versions {
				if b.Sides[v].Empty() {
					continue
				}
				ver := &a.Versions[v]
				u.Variants = append(u.Variants, bitext.Variant{
					Lang: ver.Lang, Label: ver.Label, Text: ver.Join(b.Sides[v]), Date: ver.Date,
					Source: ver.Source, Translator: ver.Translator, Machine: ver.Machine,
				})
			}
			if !yield(u, nil) {
				return
			}
		}
	}
}
