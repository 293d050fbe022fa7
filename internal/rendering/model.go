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

// model holds the weights: the log odds of a cell without counts, and with; of a candidate word; of the
// same when the first answers for all candidates are known; and what turns what
// is known of the words chosen into the probability that they are right (a
// logistic curve, as Platt 1999).
type model struct {
	cell, counted, word, last, trust layer
}

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
	return &model{linear(cellFeatures), linear(cellFeatures), linear(wordFeatures), linear(lastFeatures), linear(trustFeatures)}
}

func (m *model) parts() []*layer { return []*layer{&m.cell, &m.counted, &m.word, &m.last, &m.trust} }

// partNames are the layers' names, partSizes their numbers of features.
var (
	partNames = [...]string{"cell", "counted", "word", "last", "trust"}
	partSizes = [...]int32{cellFeatures, cellFeatures, wordFeatures, lastFeatures, trustFeatures}
)

// readModel reads what write wrote: a line a layer, its name, then each term as
// feature:weight or feature*feature:weight.
func readModel(r io.Reader) (*model, error) {
	m := &model{}
	in := bufio.NewScanner(r)
	for k, part := range m.parts() {
		if !in.Scan() {
			return nil, errors.Join(errors.New("a layer is missing"), in.Err())
		}
		f := strings.Fields(in.Text())
		if len(f) == 0 || f[0] != partNames[k] {
			return nil, fmt.Errorf("layer %d is not %s", k+1, partNames[k])
		}
		for _, w := range f[1:] {
			t, err := readTerm(w, partSizes[k])
			if err != nil {
				return nil, fmt.Errorf("layer %s: %q: %w", partNames[k], w, err)
			}
			if t.b != 0 && partSizes[k] == cellFeatures {
				return nil, fmt.Errorf("layer %s: %q: cells know no products", partNames[k], w)
			}
			*part = append(*part, t)
		}
	}
	return m, nil
}

func readTerm(s string, size int32) (t layerTerm, err error) {
	features, value, _ := strings.Cut(s, ":")
	a, b, product := strings.Cut(features, "*")
	for _, p := range []struct {
		text string
		to   *int32
	}{{a, &t.a}, {b, &t.b}} {
		if p.text == "" && !product {
			continue
		}
		n, err := strconv.ParseInt(p.text, 10, 32)
		if err != nil || n < 0 || int32(n) >= size {
			return t, errors.New("no such feature")
		}
		*p.to = int32(n)
	}
	v, err := strconv.ParseFloat(value, 32)
	t.weight = float32(v)
	return t, err
}

func (m *model) write(w io.Writer) error {
	for k, part := range m.parts() {
		var b strings.Builder
		b.WriteString(partNames[k])
		for _, t := range *part {
			if t.b == 0 {
				fmt.Fprintf(&b, " %d:%.4g", t.a, t.weight)
			} else {
				fmt.Fprintf(&b, " %d*%d:%.4g", t.a, t.b, t.weight)
			}
		}
		b.WriteByte('\n')
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}
