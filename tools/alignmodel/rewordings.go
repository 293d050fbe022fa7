package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Two versions in one language are learnt from several translations of one
// source: a file of pairs, source, tab, translation, where a source stands in
// many pairs one after the other.

const (
	rewordingLines = 40  // sentences of a document made of rewordings
	rewordingDocs  = 150 // documents taken from one file
)

// readRewordings makes samples of a file of pairs named for its languages:
// FILE.ru-en.tsv. side says which column is reworded: 0 or 1.
func readRewordings(path string, side int) ([]align.Sample, error) {
	lang, err := columnLang(path, side)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var order []string
	groups := map[string][]string{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) < 2 {
			continue
		}
		key := cols[1-side]
		if _, ok := groups[key]; !ok {
			order = append(order, key)
		}
		groups[key] = append(groups[key], strings.TrimSpace(cols[side]))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rewordedDocs(filepath.Base(path), lang, order, groups), nil
}

func columnLang(path string, side int) (bitext.Lang, error) {
	parts := strings.Split(filepath.Base(path), ".")
	for _, p := range parts {
		if langs := strings.Split(p, "-"); len(langs) == 2 {
			return bitext.ParseLang(langs[side])
		}
	}
	return "", fmt.Errorf("%s: the name says no two languages (FILE.ru-en.tsv)", path)
}

func rewordedDocs(name string, lang bitext.Lang, order []string, groups map[string][]string) []align.Sample {
	rng := rand.New(rand.NewPCG(11, 11))
	var out []align.Sample
	s := align.Sample{}
	for _, key := range order {
		a, b, ok := mostUnlike(lang, groups[key])
		if !ok {
			continue
		}
		if rng.IntN(2) == 0 {
			a, b = b, a
		}
		k := len(s.X.Segments)
		s.X.Segments = append(s.X.Segments, bitext.Segment{Text: a, Space: "\n"})
		s.Y.Segments = append(s.Y.Segments, bitext.Segment{Text: b, Space: "\n"})
		s.Gold = append(s.Gold, [2][]int{{k}, {k}})
		if k+1 < rewordingLines {
			continue
		}
		s.Name = fmt.Sprintf("%s/%d.%s-%s", name, len(out), lang, lang)
		s.X.Lang, s.Y.Lang, s.Weight = lang, lang, 1
		out = append(out, s)
		s = align.Sample{}
		if len(out) == rewordingDocs {
			break
		}
	}
	return out
}

// mostUnlike picks the two texts that share the fewest words.
func mostUnlike(lang bitext.Lang, texts []string) (a, b string, ok bool) {
	least := 0.9
	for i := range texts {
		for j := i + 1; j < min(len(texts), i+8); j++ {
			if texts[i] == "" || texts[j] == "" {
				continue
			}
			if s := overlap(texts[i], texts[j]); s < least && s > 0.05 {
				least, a, b, ok = s, texts[i], texts[j], true
			}
		}
	}
	return a, b, ok
}

// overlap is the share of common words, 0 to 1 (Dice).
func overlap(a, b string) float64 {
	in := map[string]bool{}
	x, y, both := text.Fold(a), text.Fold(b), 0
	tx, ty := text.Tokenize(x), text.Tokenize(y)
	for _, t := range tx {
		in[x[t.Start:t.End]] = true
	}
	for _, t := range ty {
		if in[y[t.Start:t.End]] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(tx)+len(ty)))
}
