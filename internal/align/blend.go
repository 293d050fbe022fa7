package align

// blend is the evidence of all channels weighed by a model: when only scores
// are asked for, one sum stands for all channels.
type blend struct {
	found, out   *gathered
	missX, missY []float64 // what missing the units of the segments before a boundary costs
	all          *sums     // what could be found of all channels
}

// gatherAll gathers the channels: each for itself when w is nil, so that
// features can be told, else weighed by w.
func (p *pairing) gatherAll(channels *[numChannels]*channel, w *vec) {
	n, m := p.x.n, p.y.n
	p.plain = newGathered(p.grid)
	if w != nil {
		p.mixed = &blend{found: newGathered(p.grid), out: newGathered(p.grid),
			missX: make([]float64, n+1), missY: make([]float64, m+1),
			all: &sums{make([]float64, n+1), make([]float64, m+1)}}
	}
	for c, ch := range channels {
		if ch == nil {
			continue
		}
		shares := []share{{p.plain, 1}}
		if w == nil {
			p.found[c] = newGathered(p.grid)
			shares = append(shares, share{p.found[c], 1})
		} else {
			found, miss, out := channelWeights(w, c)
			shares = append(shares, share{p.mixed.found, float32(found - miss)}, share{p.mixed.out, float32(out)})
		}
		want := gather(ch, p.grid, n, m, shares)
		p.want[c] = &sums{upTo(want.x), upTo(want.y)}
		if w == nil {
			p.found[c].finish()
			continue
		}
		_, miss, _ := channelWeights(w, c)
		p.mixed.add(p.want[c], miss)
	}
	p.plain.finish()
	if w != nil {
		p.mixed.found.finish()
		p.mixed.out.finish()
	}
}

// channelWeights are what a nat found, missed and lying outside weighs.
func channelWeights(w *vec, c int) (found, miss, out float64) {
	base := fNumFound + 3*feature(c)
	return w[base] / 2, w[base+1] / 2, w[base+2] / 2
}

func upTo(v []float32) []float64 {
	out := make([]float64, len(v)+1)
	for k, x := range v {
		out[k+1] = out[k] + float64(x)
	}
	return out
}

func (b *blend) add(want *sums, miss float64) {
	for k, x := range want.x {
		b.missX[k] += miss * x
		b.all.x[k] += x
	}
	for k, y := range want.y {
		b.missY[k] += miss * y
		b.all.y[k] += y
	}
}

// score is the dot product of w, the weights that the pairing was gathered
// with, and the features of a bead.
func (p *pairing) score(i, j, a, b int, w, v *vec) float64 {
	size := p.plainFeatures(i, j, a, b, v)
	m := p.mixed
	all := m.all.x[i] - m.all.x[i-a] + m.all.y[j] - m.all.y[j-b]
	p.shareFeatures(i, j, a, b, float64(p.plain.found(p.grid, i, j, a, b)), all, size, v)
	return dotBead(w, v) + float64(m.found.found(p.grid, i, j, a, b)) + float64(m.out.outside(p.grid, i, j, a, b)) +
		m.missX[i] - m.missX[i-a] + m.missY[j] - m.missY[j-b]
}
