package compare

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// trees is a sum of decision trees over named features (Friedman, Greedy
// function approximation, 2001), and over it and the features a linear layer:
// the logarithm of the odds of what they were learnt for.
type trees struct {
	nodes    []treeNode
	roots    []int32
	constant float64
	own      linear   // of the sum of the trees
	layer    []linear // of the features
}

// linear is the weight of a value, brought to mean 0 and deviation 1 and kept
// within three deviations.
type linear struct {
	feature                 int
	mean, deviation, weight float64
}

func (l *linear) of(x float64) float64 {
	return l.weight * clamp((x-l.mean)/l.deviation, -3, 3)
}

// treeNode asks whether a feature is at most at; the next node is the answer
// for yes. A leaf has no feature (-1), and at is what it adds.
type treeNode struct {
	feature int16
	no      int32
	at      float64
}

// parseTrees reads the features' names in its first line; then the linear
// layer, a line "+ name mean deviation weight" for each of its values ("constant",
// "trees" and features); and a tree in each line that follows: in the order of a
// walk, "3<0.25" for a question and "=0.01" for a leaf. Lines that begin with #
// are comments. Without a layer the trees speak for themselves.
func parseTrees(data string, features []string) (*trees, error) {
	t := &trees{own: linear{deviation: 1, weight: 1}}
	named := false
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if !named {
			if !slices.Equal(strings.Split(line, ", "), features) {
				return nil, fmt.Errorf("compare: the trees were learnt from other features: %q", line)
			}
			named = true
			continue
		}
		fields := strings.Fields(line)
		if fields[0] == "+" {
			if err := t.readLinear(fields[1:], features); err != nil {
				return nil, err
			}
			continue
		}
		t.roots = append(t.roots, int32(len(t.nodes)))
		rest, err := t.read(fields, len(features))
		if err != nil {
			return nil, err
		}
		if len(rest) > 0 {
			return nil, fmt.Errorf("compare: a tree ends before its line does: %q", line)
		}
	}
	return t, nil
}

// readLinear reads the name, mean, deviation and weight of a value.
func (t *trees) readLinear(fields, features []string) error {
	if len(fields) != 4 {
		return fmt.Errorf("compare: a weight of a value wants four fields, not %q", fields)
	}
	var v [3]float64
	for i := range v {
		var err error
		if v[i], err = strconv.ParseFloat(fields[i+1], 64); err != nil {
			return fmt.Errorf("compare: the weight of %s: %w", fields[0], err)
		}
	}
	l := linear{0, v[0], v[1], v[2]}
	switch name := strings.ReplaceAll(fields[0], "_", " "); {
	case l.deviation <= 0:
		return fmt.Errorf("compare: %s has the deviation %v", name, l.deviation)
	case name == "constant":
		t.constant = l.weight
	case name == "trees":
		t.own = l
	default:
		if l.feature = slices.Index(features, name); l.feature < 0 {
			return fmt.Errorf("compare: %q is no feature", name)
		}
		t.layer = append(t.layer, l)
	}
	return nil
}

// read reads one tree from the beginning of fields and gives the rest.
func (t *trees) read(fields []string, features int) ([]string, error) {
	if len(fields) == 0 {
		return nil, fmt.Errorf("compare: a tree lacks a leaf")
	}
	at := len(t.nodes)
	if leaf, ok := strings.CutPrefix(fields[0], "="); ok {
		v, err := strconv.ParseFloat(leaf, 64)
		if err != nil {
			return nil, fmt.Errorf("compare: a leaf of a tree: %w", err)
		}
		t.nodes = append(t.nodes, treeNode{feature: -1, at: v})
		return fields[1:], nil
	}
	name, value, _ := strings.Cut(fields[0], "<")
	f, err := strconv.Atoi(name)
	if err != nil || f < 0 || f >= features {
		return nil, fmt.Errorf("compare: %q asks for no feature", fields[0])
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return nil, fmt.Errorf("compare: a question of a tree: %w", err)
	}
	t.nodes = append(t.nodes, treeNode{feature: int16(f), at: v})
	rest, err := t.read(fields[1:], features)
	if err != nil {
		return nil, err
	}
	t.nodes[at].no = int32(len(t.nodes))
	return t.read(rest, features)
}

// probability is what the trees make of the features x: 0 to 1.
func (t *trees) probability(x []float64) float64 {
	sum := 0.0
	for _, n := range t.roots {
		for t.nodes[n].feature >= 0 {
			if x[t.nodes[n].feature] <= t.nodes[n].at {
				n++
			} else {
				n = t.nodes[n].no
			}
		}
		sum += t.nodes[n].at
	}
	odds := t.constant + t.own.of(sum)
	if t.layer == nil && t.own.weight == 1 {
		odds = sum
	}
	for i := range t.layer {
		odds += t.layer[i].of(x[t.layer[i].feature])
	}
	return 1 / (1 + math.Exp(-odds))
}
