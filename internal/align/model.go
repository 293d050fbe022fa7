package align

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// Model holds the weights of the linear model: for versions in two languages
// (cross) and in one (same), each with vectors and without (plain).
type Model struct {
	cross, same, plainCross, plainSame vec
	trust                              trust
}

// of gives the weights for a pair of sides.
func (m *Model) of(x, y *side) *vec {
	plain := x.vectors == nil || y.vectors == nil
	switch {
	case x.lang == y.lang && plain:
		return &m.plainSame
	case x.lang == y.lang:
		return &m.same
	case plain:
		return &m.plainCross
	}
	return &m.cross
}

// parts are the sections of the file of weights.
func (m *Model) parts() []part {
	return []part{{"cross", &m.cross}, {"plain.cross", &m.plainCross}, {"same", &m.same}, {"plain.same", &m.plainSame}}
}

type part struct {
	name string
	w    *vec
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

// ParseModel reads weights: the sections [cross] and [same], the same with
// "plain." before their names, each with a feature's name and its weight a
// line, and a section [trust] with what tells probabilities. Features that are
// not named weigh nothing; # opens a comment. An error names the line.
func ParseModel(s string) (*Model, error) {
	m := &Model{trust: plainTrust}
	sections := map[string]map[string]*float64{"[trust]": m.trust.named()}
	for _, p := range m.parts() {
		sections["["+p.name+"]"] = p.w.named()
	}
	var section map[string]*float64
	line := 0
	for text := range strings.Lines(s) {
		line++
		text, _, _ = strings.Cut(text, "#")
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0:
		case len(fields) == 1 && sections[fields[0]] != nil:
			section = sections[fields[0]]
		case len(fields) == 2 && section != nil:
			w, err := strconv.ParseFloat(fields[1], 64)
			if section[fields[0]] == nil || err != nil || w != w || w > 1e3 || w < -1e3 {
				return nil, fmt.Errorf("weights, line %d: %q is no feature with a weight between -1000 and 1000", line, strings.TrimSpace(text))
			}
			*section[fields[0]] = w
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
# times these. [cross] is for two languages, [same] for two versions in one;
# plain.* where there are no vectors.
`)
	for _, p := range m.parts() {
		fmt.Fprintf(&b, "[%s]\n", p.name)
		for k, w := range p.w {
			if w != 0 {
				fmt.Fprintf(&b, "%-20s %.4f\n", featureNames[k], w)
			}
		}
	}
	b.WriteString("[trust]\n")
	for _, name := range trustNames {
		fmt.Fprintf(&b, "%-20s %.4f\n", name, *m.trust.named()[name])
	}
	return b.String()
}
