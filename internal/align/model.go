package align

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// Model holds the weights of the linear model: of the first pass, which knows
// nothing of the document yet, and of the later ones.
type Model struct {
	first, later vec
	sharpness    float64 // the power that posteriors are raised to before they are told
}

//go:embed weights.txt
var weightsFile string

// DefaultModel is the model that the program carries.
func DefaultModel() *Model {
	m, err := ParseModel(weightsFile)
	if err != nil {
		return &Model{sharpness: 1} // a test holds that the file is well formed
	}
	return m
}

// ParseModel reads weights: a section [first] and a section [later], each with
// a feature's name and its weight a line. Features that are not named weigh
// nothing; # opens a comment. An error names the line.
func ParseModel(s string) (*Model, error) {
	m := &Model{sharpness: 1}
	index := map[string]int{}
	for k, name := range featureNames {
		index[name] = k
	}
	var part *vec
	line := 0
	for text := range strings.Lines(s) {
		line++
		text, _, _ = strings.Cut(text, "#")
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0:
		case len(fields) == 1 && fields[0] == "[first]":
			part = &m.first
		case len(fields) == 1 && fields[0] == "[later]":
			part = &m.later
		case len(fields) == 2 && part != nil:
			k, ok := index[fields[0]]
			w, err := strconv.ParseFloat(fields[1], 64)
			if !ok || err != nil || w != w || w > 1e3 || w < -1e3 {
				return nil, fmt.Errorf("weights, line %d: %q is no feature with a weight between -1000 and 1000", line, strings.TrimSpace(text))
			}
			part[k] = w
		default:
			return nil, fmt.Errorf("weights, line %d: %q is neither a section nor a feature with its weight", line, strings.TrimSpace(text))
		}
	}
	return m, nil
}

// String writes the model as ParseModel reads it.
func (m *Model) String() string {
	var b strings.Builder
	for _, part := range []struct {
		name string
		w    *vec
	}{{"first", &m.first}, {"later", &m.later}} {
		fmt.Fprintf(&b, "[%s]\n", part.name)
		for k, w := range part.w {
			fmt.Fprintf(&b, "%-20s %.4f\n", featureNames[k], w)
		}
	}
	return b.String()
}
