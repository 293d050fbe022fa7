package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"sverka/internal/align"
	"sverka/internal/bitext"
)

// levels of noise that sets are made anew with.
var levels = map[string]noise{
	"none":  {},
	"twice": {drop: 0.09, stray: 0.04, merge: 0.24, block: 20},
}

// remake writes the pairs of sets anew under dir, SET-LEVEL/DOC.LANG, with
// another level of noise, for scoring.
func remake(dirs []string, dir, level string) error {
	n, ok := levels[level]
	if !ok {
		return fmt.Errorf("-noise %q: it is none or twice", level)
	}
	samples, err := readSamples(dirs)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(3, 5))
	for k := range samples {
		if samples[k].Loose {
			continue
		}
		s := again(&samples[k], samples, n, rng)
		if err := writeSample(&s, dir, level); err != nil {
			return err
		}
	}
	return nil
}

func writeSample(s *align.Sample, dir, level string) error {
	set, doc, _ := strings.Cut(strings.TrimSuffix(s.Name, "+"), "/")
	dir = filepath.Join(dir, set+"-"+level)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	name, _, _ := strings.Cut(doc, ".")
	for _, v := range []*bitext.Version{&s.X, &s.Y} {
		var b strings.Builder
		for k := range v.Segments {
			b.WriteString(v.Segments[k].Text + "\n")
		}
		if err := os.WriteFile(filepath.Join(dir, name+"."+v.Name()), []byte(b.String()), 0o666); err != nil {
			return err
		}
	}
	var gold strings.Builder
	for _, g := range s.Gold {
		fmt.Fprintf(&gold, "%s:%s\n", numbers(g[0]), numbers(g[1]))
	}
	return os.WriteFile(filepath.Join(dir, doc+".gold"), []byte(gold.String()), 0o666)
}

func numbers(segments []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(segments), " ", ","), "[]")
}
