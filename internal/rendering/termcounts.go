package rendering

import (
	"math"

	"sverka/internal/bitext"
)

// termCounts counts, for the words of one term, what stood for them in the
// texts that hold it. It is Counts for these texts.
type termCounts struct {
	both     map[[2]string]float64 // word of the term, word of the target
	na       map[string]float64
	nb       map[string]float64
	lastSeen map[string]int
	texts    int
}

func newTermCounts() *termCounts {
	return &termCounts{map[[2]string]float64{}, map[string]float64{}, map[string]float64{}, map[string]int{}, 0}
}

// termLinks gives how surely each word of the term links to each word of b.
func termLinks(s *Spotter, a, b *Text, term []int, each func(i, j int, p float64)) {
	g := s.plainGrid(a, b)
	defer g.free()
	for _, i := range term {
		sum := 1.0
		for j := range b.words {
			sum += math.Exp(float64(min(12, g.odds(i, j))))
		}
		for j := range b.words {
			if p := math.Exp(float64(min(12, g.odds(i, j)))) / sum; p >= leastLink {
				each(i, j, p)
			}
		}
	}
}

func (t *termCounts) add(s *Spotter, a, b *Text, term []int) {
	t.texts++
	for _, i := range term {
		t.na[a.words[i].key]++
	}
	for j := range b.words {
		if key := b.words[j].key; t.lastSeen[key] != t.texts {
			t.lastSeen[key] = t.texts
			t.nb[key]++
		}
	}
	termLinks(s, a, b, term, func(i, j int, p float64) { t.both[[2]string{a.words[i].key, b.words[j].key}] += p })
}

func (t *termCounts) merge(o *termCounts) {
	if o == nil {
		return
	}
	for k, v := range o.both {
		t.both[k] += v
	}
	for k, v := range o.na {
		t.na[k] += v
	}
	for k, v := range o.nb {
		t.nb[k] += v
	}
}

// Pair is part of Counts.
func (t *termCounts) Pair(_ bitext.Lang, a string, _ bitext.Lang, b string) (both, na, nb float64) {
	return t.both[[2]string{a, b}], t.na[a], t.nb[b]
}

// leaveOut takes off what the texts of g gave themselves.
func (t *termCounts) leaveOut(s *Spotter, g *grid, term []int) {
	m := len(g.b.words)
	own := make([]float64, len(term)*m)
	termLinks(s, g.a, g.b, term, func(i, j int, p float64) {
		for k, at := range term {
			if at == i {
				own[k*m+j] = p
			}
		}
	})
	g.own = func(i, j int) float64 {
		for k, at := range term {
			if at == i {
				return own[k*m+j]
			}
		}
		return 0
	}
}
