package align

// goldMap says which beads the gold allows: its own, and within a gold bead
// that no candidate can match (too large, or with gaps) whatever lies inside.
type goldMap struct {
	bead  map[[4]int]bool
	rough [][4]int  // x from, x to, y from, y to of beads that do not fit
	null  [2][]bool // segments without counterpart
	hull  [2][]int  // for each segment the rough bead it lies in, or -1
}

func newGoldMap(s *Sample) *goldMap {
	g := &goldMap{bead: map[[4]int]bool{}}
	for side, n := range [2]int{len(s.X.Segments), len(s.Y.Segments)} {
		g.null[side] = make([]bool, n)
		g.hull[side] = make([]int, n)
		for k := range n {
			g.null[side][k], g.hull[side][k] = true, -1
		}
	}
	for _, b := range s.Gold {
		if len(b[0]) == 0 || len(b[1]) == 0 {
			continue
		}
		x, y := b[0], b[1]
		box := [4]int{x[0], x[len(x)-1] + 1, y[0], y[len(y)-1] + 1}
		for side := range 2 {
			for _, k := range b[side] {
				g.null[side][k] = false
			}
		}
		a, c := box[1]-box[0], box[3]-box[2]
		loose := s.Loose && a > 1 && c > 1
		if a == len(x) && c == len(y) && a <= maxGroup && c <= maxGroup && !loose {
			g.bead[[4]int{box[1], box[3], a, c}] = true
			continue
		}
		g.rough = append(g.rough, box)
		for k := box[0]; k < box[1]; k++ {
			g.hull[0][k] = len(g.rough) - 1
		}
		for k := box[2]; k < box[3]; k++ {
			g.hull[1][k] = len(g.rough) - 1
		}
	}
	return g
}

// allows says that the bead of a and b segments that ends at (i,j) agrees with
// the gold.
func (g *goldMap) allows(i, j, a, b int) bool {
	if g.bead[[4]int{i, j, a, b}] {
		return true
	}
	h := g.hull[0][i-1]
	if h < 0 {
		return false
	}
	r := g.rough[h]
	return r[0] <= i-a && i <= r[1] && r[2] <= j-b && j <= r[3]
}

// free says that segment k of a side may stand without counterpart.
func (g *goldMap) free(side, k int) bool { return g.null[side][k] || g.hull[side][k] >= 0 }
