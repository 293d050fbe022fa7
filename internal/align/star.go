package align

// star joins versions through the pivot: segments that the pivot's pairs join
// stand in one bead. It is the way of many versions, and of those whose pairs
// contradict each other beyond reconciling. beads[v] are those of the pivot
// with version v, the pivot's side first; nil for the pivot itself.
func star(lengths []int, pivot int, beads [][]pair) [][]span {
	cuts := pivotCuts(lengths[pivot], beads)
	next := make([]int, len(lengths)) // boundary reached in each version
	step := make([]int, len(lengths)) // bead reached in each pair
	var out [][]span
	emit := func(row []span) {
		for _, r := range row {
			if r.from < r.to {
				out = append(out, row)
				return
			}
		}
	}
	alone := func(v, to int) {
		for ; next[v] < to; next[v]++ {
			row := here(next)
			row[v].to++
			emit(row)
		}
	}
	for c := 1; c < len(cuts); c++ {
		row := here(next)
		for v := range lengths {
			if v == pivot {
				continue
			}
			from, to := -1, -1
			for ; step[v] < len(beads[v]) && beads[v][step[v]].i <= cuts[c]; step[v]++ {
				b := &beads[v][step[v]]
				if b.a > 0 && b.b > 0 {
					if from < 0 {
						from = b.j - b.b
					}
					to = b.j
				}
			}
			if from >= 0 {
				alone(v, from)
				row[v] = span{from, to}
			}
		}
		row[pivot] = span{cuts[c-1], cuts[c]}
		next[pivot] = cuts[c]
		for v := range row {
			if v != pivot && row[v].to > next[v] {
				next[v] = row[v].to
			} else if v != pivot {
				row[v] = span{next[v], next[v]}
			}
		}
		emit(row)
	}
	for v := range lengths {
		alone(v, lengths[v])
	}
	return out
}

// span is a run of segments.
type span struct{ from, to int }

func here(next []int) []span {
	row := make([]span, len(next))
	for v, n := range next {
		row[v] = span{n, n}
	}
	return row
}

// pivotCuts are the pivot's boundaries that no bead of any pair spans.
func pivotCuts(n int, beads [][]pair) []int {
	inside := make([]bool, n+1)
	for _, path := range beads {
		for _, b := range path {
			if b.a > 0 && b.b > 0 {
				for k := b.i - b.a + 1; k < b.i; k++ {
					inside[k] = true
				}
			}
		}
	}
	var cuts []int
	for k := range inside {
		if !inside[k] {
			cuts = append(cuts, k)
		}
	}
	return cuts
}
