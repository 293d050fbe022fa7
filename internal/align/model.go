package align

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// Model holds the weights of the linear model: of the first pass, which knows
// nothing of the document yet, and of the later ones; for versions in two
// languages with vectors and without (plain), and for versions in one.
type Model struct {
	cross, plain, same weights
	trust              trust
}

type weights struct{ first, later vec }

// of gives the weights for a pair of sides.
func (m *Model) of(x, y *side) *weights {
	switch {
	case x.lang == y.lang:
		return &m.same
	case x.vectors == nil || y.vectors == nil:
		return &m.plain
	}
	return &m.cross
}

//go:embed weights.txt
var weightsFile string

// DefaultModel is the model that the program carries.
func DefaultModel() *Model {
	m, err := ParseModel(weightsFile)
	if err != nil {
		return &Model{trust: plainTrust} // a test holds that the file is well formed
	}
	return m
}

// ParseModel reads weights: the sections [first] and [later], the same with
// "plain." and "same." before their names, each with a feature's name and its
// weight a line, and a section [trust] with what tells probabilities. Features
// that are not named weigh nothing; # opens a comment. An error names the line.
func ParseModel(s string) (*Model, error) {
	m := &Model{trust: plainTrust}
	sections := map[string]map[string]*float64{
		"[first]": m.cross.first.named(), "[later]": m.cross.later.named(),
		"[plain.first]": m.plain.first.named(), "[plain.later]": m.plain.later.named(),
		"[same.first]": m.same.first.named(), "[same.later]": m.same.later.named(),
		"[trust]": m.trust.named(),
	}
	var part map[string]*float64
	line := 0
	for text := range strings.Lines(s) {
		line++
		text, _, _ = strings.Cut(text, "#")
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0:
		case len(fields) == 1 && sections[fields[0]] != nil:
			part = sections[fields[0]]
		case len(fields) == 2 && part != nil:
			w, err := strconv.ParseFloat(fields[1], 64)
			if part[fields[0]] == nil || err != nil || w != w || w > 1e3 || w < -1e3 {
				return nil, fmt.Errorf("weights, line %d: %q is no feature with a weight between -1000 and 1000", line, strings.TrimSpace(text))
			}
			*part[fields[0]] = w
		default:
			return nil, fmt.Errorf("weights, line %d: %q is neither a section nor a feature with its weight", line, strings.TrimSpace(text))
		}
	}
	return m, nil
}

// named gives each weight by its feature's name.
func (v *vec) named() map[string]*float64 {
	out := map[string]*float64{}
	for k, name := range featureNames {
		out[name] = &v[k]
	}
	return out
}

// String writes the model as ParseModel reads it.
func (m *Model) String() string {
	var b strings.Builder
	b.WriteString(`# Weights of the aligner's features, learnt by tools/alignmodel from documents
# with gold beads; those of layout (heading, speaker, block) are set by hand,
# since its documents have none. A bead's score is the sum of its features
# times these. [first] and [later] are for the first pass and the one that
# knows the document; plain.* where there are no vectors; same.* for two versions
# in one language.
`)
	for _, part := range []struct {
		name string
		w    *vec
	}{{"first", &m.cross.first}, {"later", &m.cross.later},
		{"plain.first", &m.plain.first}, {"plain.later", &m.plain.later},
		{"same.first", &m.same.first}, {"same.later", &m.same.later}} {
		fmt.Fprintf(&b, "[%s]\n", part.name)
		for k, w := range part.w {
			fmt.Fprintf(&b, "%-20s %.4f\n", featureNames[k], w)
		}
	}
	b.WriteString("[trust]\n")
	for _, name := range trustNames {
		fmt.Fprintf(&b, "%-20s %.4f\n", name, *m.trust.named()[name])
	}
	return b.String()
}
