package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"

	"sverka/internal/align"
	"sverka/internal/bitext"
	"sverka/internal/evaluate"
)

// readSamples reads sets and makes a sample of every pair of versions of every
// document. Each set weighs alike for a bead, so that small sets are heard.
func readSamples(dirs []string) ([]align.Sample, error) {
	var all []align.Sample
	for _, dir := range dirs {
		docs, err := evaluate.ReadSet(dir)
		if err != nil {
			return nil, err
		}
		for k := range docs {
			all = append(all, pairsOf(&docs[k], filepath.Base(dir))...)
		}
	}
	return all, nil
}

func pairsOf(d *evaluate.GoldDoc, set string) []align.Sample {
	var out []align.Sample
	for i := range d.Versions {
		for j := i + 1; j < len(d.Versions); j++ {
			s := align.Sample{Name: fmt.Sprintf("%s/%s.%s-%s", set, d.Name, d.Names[i], d.Names[j]),
				X: d.Versions[i], Y: d.Versions[j], Weight: 1, Loose: len(d.Versions) > 2}
			for _, b := range d.Gold {
				if len(b[i]) > 0 || len(b[j]) > 0 {
					s.Gold = append(s.Gold, [2][]int{b[i], b[j]})
				}
			}
			out = append(out, s)
		}
	}
	return out
}

// A noise says how a clean sample is made hard.
type noise struct {
	drop, stray, merge float64 // chance of each bead
	block              int     // most lines of another text at head and tail
}

// again makes a sample anew from the filled beads of s: merged, with sides
// dropped, and with lines of other samples strewn in and set before and after.
func again(s *align.Sample, others []align.Sample, n noise, rng *rand.Rand) align.Sample {
	out := align.Sample{Name: s.Name + "+", X: s.X, Y: s.Y, Weight: s.Weight, Loose: s.Loose}
	out.X.Segments, out.Y.Segments = nil, nil
	strays := strays{lines: map[bitext.Lang][]bitext.Segment{}, rng: rng}
	for range 8 {
		o := &others[rng.IntN(len(others))]
		if document(o.Name) != document(s.Name) {
			strays.lines[o.X.Lang] = append(strays.lines[o.X.Lang], o.X.Segments...)
			strays.lines[o.Y.Lang] = append(strays.lines[o.Y.Lang], o.Y.Segments...)
		}
	}
	m := maker{&out, &strays}
	m.block(n.block)
	for k := 0; k < len(s.Gold); k++ {
		b := s.Gold[k]
		if len(b[0]) == 0 || len(b[1]) == 0 {
			continue
		}
		if rng.Float64() < n.stray {
			m.stray(rng.IntN(2))
		}
		x, y := pick(s.X, b[0]), pick(s.Y, b[1])
		switch r := rng.Float64(); {
		case r < n.drop/2:
			x = nil
		case r < n.drop:
			y = nil
		case r < n.drop+n.merge && k+1 < len(s.Gold) && len(s.Gold[k+1][0]) == 1 && len(s.Gold[k+1][1]) == 1:
			k++
			x = append(x, pick(s.X, s.Gold[k][0])...)
			y = append(y, pick(s.Y, s.Gold[k][1])...)
			if rng.IntN(2) == 0 {
				x = join(x, s.X.Lang)
			} else {
				y = join(y, s.Y.Lang)
			}
		}
		m.add(x, y)
	}
	m.block(n.block)
	return out
}

// document is what a sample's name says before its languages.
func document(name string) string {
	_, name, _ = strings.Cut(name, "/")
	name, _, _ = strings.Cut(name, ".")
	return name
}

func pick(v bitext.Version, at []int) []bitext.Segment {
	var out []bitext.Segment
	for _, k := range at {
		out = append(out, v.Segments[k])
	}
	return out
}

func join(segs []bitext.Segment, lang bitext.Lang) []bitext.Segment {
	texts := make([]string, len(segs))
	for k := range segs {
		texts[k] = segs[k].Text
	}
	one := segs[0]
	one.Text = strings.Join(texts, lang.Joiner())
	return []bitext.Segment{one}
}

// strays gives lines of other texts.
type strays struct {
	lines map[bitext.Lang][]bitext.Segment
	rng   *rand.Rand
}

func (s *strays) run(lang bitext.Lang, n int) []bitext.Segment {
	lines := s.lines[lang]
	if len(lines) == 0 {
		return nil
	}
	from := s.rng.IntN(len(lines))
	return lines[from:min(len(lines), from+n)]
}

// maker writes the segments and gold of a sample.
type maker struct {
	s *align.Sample
	*strays
}

func (m maker) add(x, y []bitext.Segment) {
	if len(x)+len(y) == 0 {
		return
	}
	g := [2][]int{}
	for range x {
		g[0] = append(g[0], len(m.s.X.Segments)+len(g[0]))
	}
	for range y {
		g[1] = append(g[1], len(m.s.Y.Segments)+len(g[1]))
	}
	m.s.X.Segments = append(m.s.X.Segments, x...)
	m.s.Y.Segments = append(m.s.Y.Segments, y...)
	m.s.Gold = append(m.s.Gold, g)
}

func (m maker) stray(side int) {
	if side == 0 {
		m.add(m.run(m.s.X.Lang, 1), nil)
	} else {
		m.add(nil, m.run(m.s.Y.Lang, 1))
	}
}

func (m maker) block(most int) {
	if most == 0 {
		return
	}
	for _, s := range m.run(m.s.X.Lang, m.rng.IntN(most+1)) {
		m.add([]bitext.Segment{s}, nil)
	}
	for _, s := range m.run(m.s.Y.Lang, m.rng.IntN(most+1)) {
		m.add(nil, []bitext.Segment{s})
	}
}
