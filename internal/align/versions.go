package align

import (
	"context"

	"sverka/internal/bitext"
)

// alignAll aligns every pair, then all versions together.
func alignAll(ctx context.Context, sides []*side, h *holds, recalled []bitext.Unit, opt Options) ([]bitext.Bead, error) {
	n := len(sides)
	var beads []bitext.Bead
	pairs := make([]*verdict, n*(n-1)/2)
	tellers := make([]*told, len(pairs))
	work := newMeter(opt.Progress, steps*len(pairs))
	for u := range n {
		for v := u + 1; v < n; v++ {
			f := newFixed(sides[u], sides[v], opt.Lexicon)
			f.hold = h.of(u, v, sides[u].n, sides[v].n)
			f.work = work
			f.memory = newMemory(recalled, sides[u], sides[v], opt.Lexicon)
			st, err := newStage(ctx, f, opt.Model, opt.MaxGroup, opt.Explain)
			if err != nil {
				return nil, err
			}
			work.add()
			if opt.Explain {
				tellers[pairIndex(u, v, n)] = &told{st.pairing, st.outlook, opt.Model.of(sides[u], sides[v]), st.post.likelier()}
			}
			if n == 2 {
				path := st.post.decode()
				if h == nil && opt.MaxGroup == maxGroup {
					path = st.stretch(path)
				}
				beads = pairBeads(path)
				st.release()
				continue
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			pairs[pairIndex(u, v, n)] = newVerdict(st)
			st.post.release()
		}
	}
	if n > 2 {
		var err error
		if beads, err = joinPairs(ctx, sides, pairs, h); err != nil {
			return nil, err
		}
	}
	beads = h.join(beads)
	if opt.Explain {
		explain(beads, tellers, n)
	}
	return beads, nil
}

// joinPairs makes beads of three versions and more out of what their pairs say.
func joinPairs(ctx context.Context, sides []*side, pairs []*verdict, h *holds) ([]bitext.Bead, error) {
	n := len(sides)
	priceCuts(pairs)
	if n <= maxJoint {
		path, err := alignJoint(ctx, sides, pairs, h, false)
		if path == nil && err == nil && h != nil { // what is fixed is far from all that pairs look at
			path, err = alignJoint(ctx, sides, pairs, h, true)
		}
		if err != nil {
			return nil, err
		}
		if path != nil {
			return jointBeads(path, n, pairs), nil
		}
	}
	return starBeads(sides, pairs), nil
}

func pairBeads(path []pair) []bitext.Bead {
	beads := make([]bitext.Bead, len(path))
	for k, p := range path {
		beads[k] = bitext.Bead{
			Sides: []bitext.Range{{From: p.i - p.a, To: p.i}, {From: p.j - p.b, To: p.j}},
			Score: p.score, Prob: p.prob, Status: bitext.StatusOK,
		}
	}
	return beads
}

// jointBeads turns a chain of boundaries into beads.
func jointBeads(path []tuple, n int, pairs []*verdict) []bitext.Bead {
	beads := make([]bitext.Bead, len(path)-1)
	for k := range beads {
		sides := make([]bitext.Range, n)
		for v := range sides {
			sides[v] = bitext.Range{From: int(path[k][v]), To: int(path[k+1][v])}
		}
		beads[k] = rate(sides, pairs)
	}
	return beads
}

// starBeads joins all versions through the one that its pairs are surest of.
func starBeads(sides []*side, pairs []*verdict) []bitext.Bead {
	n := len(sides)
	lengths, sure := make([]int, n), make([]float64, n)
	for u := range n {
		lengths[u] = sides[u].n
		for v := u + 1; v < n; v++ {
			for _, b := range pairs[pairIndex(u, v, n)].path {
				if b.a > 0 && b.b > 0 {
					sure[u] += b.prob
					sure[v] += b.prob
				}
			}
		}
	}
	pivot := 0
	for v := range sure {
		if sure[v] > sure[pivot] {
			pivot = v
		}
	}
	beads := make([][]pair, n)
	for v := range n {
		if v < pivot {
			beads[v] = turned(pairs[pairIndex(v, pivot, n)].path)
		} else if v > pivot {
			beads[v] = pairs[pairIndex(pivot, v, n)].path
		}
	}
	var out []bitext.Bead
	for _, row := range star(lengths, pivot, beads) {
		ranges := make([]bitext.Range, n)
		for v, r := range row {
			ranges[v] = bitext.Range{From: r.from, To: r.to}
		}
		out = append(out, rate(ranges, pairs))
	}
	return out
}

// turned is a path with its sides changed over.
func turned(path []pair) []pair {
	out := make([]pair, len(path))
	for k, p := range path {
		out[k] = pair{i: p.j, j: p.i, a: p.b, b: p.a, prob: p.prob, score: p.score}
	}
	return out
}

// rate makes a bead of its sides: the mean score of its pairs, and the
// probability of what is least sure of it: that a pair begins and ends a bead
// at its corners, or that its members belong together.
func rate(sides []bitext.Range, pairs []*verdict) bitext.Bead {
	b := bitext.Bead{Sides: sides, Prob: 1, Status: bitext.StatusOK}
	n, counted := len(sides), 0.0
	for u := range n {
		for v := u + 1; v < n; v++ {
			if sides[u].Empty() && sides[v].Empty() {
				continue
			}
			score, prob := pairs[pairIndex(u, v, n)].rate(sides[u], sides[v])
			b.Score += score
			b.Prob = min(b.Prob, prob)
			counted++
		}
	}
	b.Score /= max(1, counted)
	for u := range n {
		for k := sides[u].From + 1; k < sides[u].To; k++ {
			b.Prob = min(b.Prob, together(u, k, n, pairs))
		}
	}
	return b
}

// together is the probability that segments k-1 and k of version u belong in one
// bead: that of the surest pair.
func together(u, k, n int, pairs []*verdict) float64 {
	best := float32(0)
	for v := range n {
		switch {
		case v < u:
			best = max(best, pairs[pairIndex(v, u, n)].spannedY[k])
		case v > u:
			best = max(best, pairs[pairIndex(u, v, n)].spannedX[k])
		}
	}
	return min(1, float64(best))
}
