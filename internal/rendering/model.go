package rendering

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// model holds the weights of the three layers: log odds of a cell; of a
// candidate word; of the same when the first answers for all candidates are
// known.
type model struct {
	cell [2][cellFeatures]float32 // without counts, with counts
	word *net
	last *net
	// trust turns what is known of the words chosen into the probability that
	// they are right (a logistic curve, as Platt 1999).
	trust [trustFeatures]float32
}

const (
	wordHidden = 14
	lastHidden = 8
)

// weights.txt is learnt by tools/rendermodel.
//
//go:embed weights.txt
var weightsText string

var shippedModel = sync.OnceValue(func() *model {
	m, err := readModel(strings.NewReader(weightsText))
	if err != nil {
		panic("rendering: the weights are broken: " + err.Error()) // held by a test
	}
	return m
})

func emptyModel() *model {
	return &model{word: newNet(wordFeatures, wordHidden, signCount), last: newNet(lastFeatures, lastHidden, signCount)}
}

func (m *model) parts() [][]float32 {
	return [][]float32{m.cell[0][:], m.cell[1][:], m.word.w, m.last.w, m.trust[:]}
}

var partNames = []string{"cell", "counted", "word", "last", "trust"}

// readModel reads what writeModel wrote: a line a part, its name, how many
// weights it has, and those that are not 0 as place:value.
func readModel(r io.Reader) (*model, error) {
	m := emptyModel()
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<22)
	for k, part := range m.parts() {
		if !in.Scan() {
			return nil, errors.Join(errors.New("a part is missing"), in.Err())
		}
		f := strings.Fields(in.Text())
		if len(f) < 2 || f[0] != partNames[k] || f[1] != strconv.Itoa(len(part)) {
			return nil, fmt.Errorf("part %d is not %s with %d weights", k+1, partNames[k], len(part))
		}
		for _, w := range f[2:] {
			place, value, _ := strings.Cut(w, ":")
			i, err := strconv.Atoi(place)
			if err != nil || i < 0 || i >= len(part) {
				return nil, fmt.Errorf("part %s has a weight %q", partNames[k], w)
			}
			v, err := strconv.ParseFloat(value, 32)
			if err != nil {
				return nil, fmt.Errorf("part %s: %w", partNames[k], err)
			}
			part[i] = float32(v)
		}
	}
	return m, nil
}

func (m *model) write(w io.Writer) error {
	for k, part := range m.parts() {
		var b strings.Builder
		fmt.Fprintf(&b, "%s %d", partNames[k], len(part))
		for i, v := range part {
			if v != 0 {
				fmt.Fprintf(&b, " %d:%.4g", i, v)
			}
		}
		b.WriteByte('\n')
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}
