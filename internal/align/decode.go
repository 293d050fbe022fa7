package align

// pair is a bead of two sides: a segments of x before boundary i, b of y
// before j; one of a and b may be 0.
type pair struct {
	i, j, a, b int
	prob       float64
	score      float64
}

// best is the path of the highest score in mode m, in order.
func (l *lattice) best(m mode) []pair {
	f := l.viterbi(m)
	defer ways.give(f)
	last := &f[len(f)-1]
	st := stBead
	for _, s := range mayEnd {
		if last[s] > last[st] {
			st = s
		}
	}
	var path []pair
	for i, j := l.n, l.m; i > 0 || j > 0; {
		var p pair
		p, st = l.into(m, f, i, j, st)
		path = append(path, p)
		i, j = i-p.a, j-p.b
	}
	for k := 0; k < len(path)/2; k++ {
		path[k], path[len(path)-1-k] = path[len(path)-1-k], path[k]
	}
	return path
}

// into finds the move that gave (i,j) its value in a state, and the state it
// came from. The moves are tried in a fixed order, so that ties are settled
// alike each time.
func (l *lattice) into(m mode, f []values, i, j int, to state) (pair, state) {
	want := f[l.at(i, j)][to]
	if to == stBead {
		return l.intoBead(m, f, i, j, want)
	}
	if l.has(i-1, j) {
		from := &f[l.at(i-1, j)]
		for _, s := range stepsX {
			if s.to == to && from[s.from]+l.nullX[m][s.place][i-1] == want {
				return pair{i: i, j: j, a: 1, score: l.nullX[m][s.place][i-1]}, s.from
			}
		}
	}
	from := &f[l.at(i, j-1)]
	for _, s := range stepsY {
		if s.to == to && from[s.from]+l.nullY[m][s.place][j-1] == want {
			return pair{i: i, j: j, b: 1, score: l.nullY[m][s.place][j-1]}, s.from
		}
	}
	panic("align: a path leads nowhere") // the forward pass took one of these moves
}

func (l *lattice) intoBead(m mode, f []values, i, j int, want float64) (pair, state) {
	cell := l.at(i, j)
	for live := l.live[cell]; live != 0; live &= live - 1 {
		k := trailingBit(live)
		a, b := k/maxGroup+1, k%maxGroup+1
		score := float64(l.scores[cell*groupPairs+k])
		from := &f[l.at(i-a, j-b)]
		enter := from.entry()
		if enter+score+l.kind[m][k] != want {
			continue
		}
		for s := stBead; s <= lastEntry; s++ {
			if from[s] == enter {
				return pair{i: i, j: j, a: a, b: b, score: score}, s
			}
		}
	}
	panic("align: a bead leads nowhere") // the forward pass took one of these moves
}
