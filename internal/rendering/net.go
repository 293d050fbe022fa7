package rendering

// A layer is a linear model over some features and some products of two: few
// weights, each with a meaning. Its answer is a logit.
type layer []layerTerm

// layerTerm is a weight with the features that it goes with; feature 0 is 1
// always, so that a term with b = 0 is linear.
type layerTerm struct {
	a, b   int32
	weight float32
}

// linear is the layer of features 0 to n-1 without products.
func linear(n int) layer {
	l := make(layer, n)
	for i := range l {
		l[i].a = int32(i)
	}
	return l
}

// out gives the layer's answer.
func (l layer) out(x []float32) (sum float32) {
	for i := range l {
		t := &l[i]
		sum += t.weight * x[t.a] * x[t.b]
	}
	return sum
}
