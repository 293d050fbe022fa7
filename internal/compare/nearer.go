package compare

import "math"

// whole is the sum of the vectors of a text's content words, and its length.
type whole struct {
	sum    []float64
	square float64
}

// sumWords adds the vectors of the words of d.
func (d *side) sumWords() *whole {
	if d.wordSum != nil {
		return d.wordSum
	}
	w := &whole{}
	for _, g := range d.words() {
		row, n := d.row(g.head), d.weight(g.head)
		if row == nil {
			continue
		}
		if w.sum == nil {
			w.sum = make([]float64, len(row))
		}
		for i, x := range row {
			w.sum[i] += float64(x) * n
		}
	}
	for _, x := range w.sum {
		w.square += x * x
	}
	d.wordSum = w
	return w
}

// nearer says by how much the cosine of the sums of d and o rises when unit i
// of d is left out: what o says too is missed, and it falls.
func nearer(d *side, i int, o *side) float64 {
	x, y, row := d.sumWords(), o.sumWords(), d.row(i)
	if row == nil || x.sum == nil || y.sum == nil {
		return 0
	}
	n := d.weight(i)
	both, own, there := 0.0, 0.0, 0.0
	for k, v := range row {
		both += x.sum[k] * y.sum[k]
		own += x.sum[k] * float64(v)
		there += y.sum[k] * float64(v)
	}
	rest := x.square - 2*n*own + n*n
	if rest <= 1e-9 || x.square == 0 || y.square == 0 {
		return 0
	}
	return (both-n*there)/math.Sqrt(rest*y.square) - both/math.Sqrt(x.square*y.square)
}

// likeSums gives the cosine of the sums of two texts.
func likeSums(d, o *side) float64 {
	x, y := d.sumWords(), o.sumWords()
	both := 0.0
	for k := range x.sum {
		if k < len(y.sum) {
			both += x.sum[k] * y.sum[k]
		}
	}
	if x.square == 0 || y.square == 0 {
		return 0
	}
	return both / math.Sqrt(x.square*y.square)
}
