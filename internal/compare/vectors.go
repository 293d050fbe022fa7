package compare

import (
	"math"
	"slices"

	"sverka/internal/text"
	"sverka/internal/vector"
)

// embed cuts a text into pieces, so that its units have vectors when they are
// asked for.
func (d *side) embed(t *vector.Table) {
	if d.table != nil {
		return
	}
	d.table = t
	d.pieces = t.Pieces(d.text)
	d.rows = make([][]float32, len(d.units))
	d.lengths = make([]float32, len(d.units))
	d.embedded = make([]bool, len(d.units))
}

// row gives the vector of unit i: the sum of those of its pieces, brought to
// length 1; nil where there is none. A Chinese character has the vector of the
// piece that it stands in, which is a word more often than not.
func (d *side) row(i int) []float32 {
	if d.table == nil || d.embedded[i] {
		if d.table == nil {
			return nil
		}
		return d.rows[i]
	}
	d.embedded[i] = true
	u := &d.units[i]
	if !u.content || u.item >= 0 || u.kind == text.Punct {
		return nil
	}
	at, _ := slices.BinarySearchFunc(d.pieces, u.start, func(p vector.Piece, start int) int {
		if p.End <= start {
			return -1
		}
		return 1
	})
	dim := d.table.Dim()
	sum := make([]float32, dim)
	var one []float32
	for k := at; k < len(d.pieces) && d.pieces[k].Start < u.end; k++ {
		if k == at {
			d.table.Vector(d.pieces[k].ID, sum)
			continue
		}
		if one == nil {
			one = make([]float32, dim)
		}
		d.table.Vector(d.pieces[k].ID, one)
		for x := range sum {
			sum[x] += one[x]
		}
	}
	if d.lengths[i] = vector.Unit(sum); d.lengths[i] > 0 {
		d.rows[i] = sum
	}
	return d.rows[i]
}

// weight says how much unit i says: the length of its vector before it was
// brought to 1, about 1 in the mean.
func (d *side) weight(i int) float64 {
	if d.row(i) == nil {
		return 0
	}
	return float64(d.lengths[i])
}

// cosine says how near unit i of d and unit j of o are in meaning: about 0 for
// words that have nothing to do with each other, from 0.25 for related ones, 0.5
// and more for renderings. It is 0 where a unit has no vector.
func cosine(d *side, i int, o *side, j int) float64 {
	a, b := d.row(i), o.row(j)
	if a == nil || b == nil {
		return 0
	}
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for k := 0; k+3 < len(a); k += 4 {
		s0 += a[k] * b[k]
		s1 += a[k+1] * b[k+1]
		s2 += a[k+2] * b[k+2]
		s3 += a[k+3] * b[k+3]
	}
	return float64(s0 + s1 + s2 + s3)
}

// likelihood turns a cosine into what the lexicon would say: two words in a
// hundred that have nothing in common come to relatedFrom.
func likelihood(cosine float64) float64 {
	if cosine < relatedFrom {
		return 0
	}
	return math.Min(0.9, 0.06+1.3*(cosine-relatedFrom))
}

const relatedFrom = 0.29

// nearest gives the greatest cosine of unit i of d with a content unit of o.
func nearest(d *side, i int, o *side) float64 {
	best := 0.0
	for j := range o.units {
		if o.units[j].content {
			best = math.Max(best, cosine(d, i, o, j))
		}
	}
	return best
}
