package align

import (
	"cmp"
	"math"
	"slices"
)

// A document teaches which of its words render each other: those that meet in
// joined segments more often than chance would have it (pointwise mutual
// information, Church and Hanks 1990). One meeting is left out of the count,
// so that an alignment does not confirm itself: a pair of words counts only
// when it was also seen elsewhere.

const (
	commonest  = 0.35 // share of the segments beyond which a unit teaches nothing
	shrinkage  = 0.3  // meetings that are added on both sides of the comparison
	leastRatio = 1.4  // times more often than by chance that units must meet
	mostArcs   = 16   // answers that a unit keeps
	// Segments that must be joined for anything to be learnt, and that are
	// looked at of those that hold a unit.
	leastJoined = 20
	mostSeen    = 64
)

// learn counts the units that meet in joined segments, given in order, and in
// the texts of a memory, where there is one.
func learn(x, y *units, joined [][2]int32, more *taught) *channel {
	total := float64(len(joined))
	if more != nil {
		total += float64(more.pairs)
	}
	if total < leastJoined {
		return nil
	}
	first := make([]int32, x.segments()+1) // where the pairs of a segment begin
	inY := make([]bool, y.segments())
	for _, p := range joined {
		first[p[0]+1]++
		inY[p[1]] = true
	}
	inX := make([]bool, x.segments())
	for i := range inX {
		inX[i] = first[i+1] > 0
		first[i+1] += first[i]
	}
	massX, massY := masses(x, inX), masses(y, inY)
	if more != nil {
		addTo(massX, more.dfX)
		addTo(massY, more.dfY)
	}
	teachesY := teaches(y, massY, total)
	teachesX := teaches(x, massX, total)
	rows, off := eligible(y, teachesY)
	met := meetings{together: counts.takeClear(len(y.keys)), touched: counts.take(0)}
	links := linked.take(0)
	var best strongest
	for u := range x.keys {
		if !teachesX[u] {
			continue
		}
		met.touched = met.touched[:0]
		seen := 0
		for _, i := range x.at(int32(u)) {
			if !inX[i] {
				continue
			}
			for _, p := range joined[first[i]:first[i+1]] {
				met.note(rows[off[p[1]]:off[p[1]+1]])
			}
			if seen++; seen == mostSeen {
				break
			}
		}
		seen += met.recall(more, u, teachesY)
		best.begin()
		for _, w := range met.touched {
			count := float64(met.together[w]) - 1
			met.together[w] = 0
			if count < 1 {
				continue
			}
			expected := float64(seen-1) * float64(massY[w]-1) / total
			if ratio := (count + shrinkage) / (expected + shrinkage); ratio >= best.least {
				best.put(link{int32(u), w, float32(math.Log(ratio))})
			}
		}
		links = best.appendTo(links)
	}
	counts.give(met.together)
	counts.give(met.touched)
	defer linked.give(links)
	return channelOf(x, y, links)
}

// meetings counts the units of y that one unit of x meets.
type meetings struct {
	together []int32 // of each unit of y
	touched  []int32 // those that were met
}

func (m *meetings) note(met []int32) {
	for _, w := range met {
		if m.together[w] == 0 {
			m.touched = append(m.touched, w)
		}
		m.together[w]++
	}
}

// recall notes what unit u of x meets in a memory, of units that teach, and
// says in how many pairs it looked.
func (m *meetings) recall(more *taught, u int, teaches []bool) int {
	pairs := more.of(u)
	pairs = pairs[:min(mostSeen, len(pairs))]
	for _, p := range pairs {
		for k := more.offY[p]; k < more.offY[p+1]; k++ {
			if teaches[more.rows[k]] {
				m.note(more.rows[k : k+1])
			}
		}
	}
	return len(pairs)
}

// strongest keeps the most surprising answers of a unit.
type strongest struct {
	links [mostArcs + 1]link // the strongest first, of like ones in the order of their numbers
	n     int
	least float64 // ratio below which an answer is none or too weak
}

func (s *strongest) begin() { s.n, s.least = 0, leastRatio }

// put keeps an answer if it is strong enough.
func (s *strongest) put(l link) {
	k := s.n
	for ; k > 0 && (l.val > s.links[k-1].val || l.val == s.links[k-1].val && l.y < s.links[k-1].y); k-- {
		s.links[k] = s.links[k-1]
	}
	s.links[k] = l
	if s.n++; s.n > mostArcs {
		s.n = mostArcs
		// A little less than the weakest that is kept, whose log was rounded.
		s.least = max(s.least, math.Exp(float64(s.links[s.n-1].val)-1e-5))
	}
}

// appendTo appends the answers in the order of their numbers.
func (s *strongest) appendTo(links []link) []link {
	kept := s.links[:s.n]
	slices.SortFunc(kept, func(a, b link) int { return cmp.Compare(a.y, b.y) })
	return append(links, kept...)
}

func addTo(to, more []int32) {
	for k, n := range more {
		to[k] += n
	}
}

// masses counts for each unit the joined segments that hold it.
func masses(v *units, in []bool) []int32 {
	out := make([]int32, len(v.keys))
	for i, is := range in {
		if is {
			for _, u := range v.of(i) {
				out[u]++
			}
		}
	}
	return out
}

// teaches says which units are met often enough and not everywhere.
func teaches(v *units, mass []int32, total float64) []bool {
	out := make([]bool, len(v.keys))
	most := int32(max(3, commonest*total))
	for u, n := range mass {
		out[u] = n >= 2 && n <= most
	}
	return out
}

// eligible lists for each segment the units that teach.
func eligible(v *units, teaches []bool) (rows, off []int32) {
	off = make([]int32, 1, v.segments()+1)
	for i := range v.segments() {
		for _, u := range v.of(i) {
			if teaches[u] {
				rows = append(rows, u)
			}
		}
		off = append(off, int32(len(rows)))
	}
	return rows, off
}
