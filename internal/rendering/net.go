package rendering

// net is a small feed-forward net with one number coming out, a logit: a
// linear part over all that comes in, a weight for each of some signs, and one
// hidden layer of rectified units.
type net struct {
	in, hidden, signs int
	w                 []float32 // linear: in; then for each hidden unit in + 1 (its offset) + 1 (its weight in the sum); then signs
}

func newNet(in, hidden, signs int) *net {
	return &net{in, hidden, signs, make([]float32, in+hidden*(in+2)+signs)}
}

// out gives the net's answer for x and the signs that are set.
func (n *net) out(x []float32, signs []int32) float32 {
	x = x[:n.in]
	sum := product(n.w[:n.in], x)
	at := n.in
	for range n.hidden {
		unit := n.w[at : at+n.in+2]
		if h := product(unit[:n.in], x) + unit[n.in]; h > 0 {
			sum += h * unit[n.in+1]
		}
		at += n.in + 2
	}
	for _, s := range signs {
		sum += n.w[at+int(s)]
	}
	return sum
}

// learn moves the weights' gradients by the error at x.
func (n *net) learn(x []float32, signs []int32, err float32, grad []float32) {
	for i, v := range x {
		grad[i] += err * v
	}
	at := n.in
	for range n.hidden {
		unit, g := n.w[at:at+n.in+2], grad[at:at+n.in+2]
		if h := product(unit[:n.in], x) + unit[n.in]; h > 0 {
			g[n.in+1] += err * h
			e := err * unit[n.in+1]
			for i, v := range x {
				g[i] += e * v
			}
			g[n.in] += e
		}
		at += n.in + 2
	}
	for _, s := range signs {
		grad[at+int(s)] += err
	}
}

func product(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i := range a {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
