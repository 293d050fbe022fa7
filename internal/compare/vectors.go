package compare

import (
	"math"

	"sverka/internal/text"
	"sverka/internal/vector"
)

// embed gives each content unit that is a word the sum of the vectors of its
// pieces, brought to length 1. A Chinese character has the vector of the piece
// that it stands in, which is a word more often than not.
func (d *side) embed(t *vector.Table) {
	if d.rows != nil {
		return
	}
	dim := t.Dim()
	d.dim = dim
	d.rows = make([]float32, len(d.units)*dim)
	d.weights = make([]float32, len(d.units))
	pieces := t.Pieces(d.text)
	row := make([]float32, dim)
	next := 0
	for i := range d.units {
		u := &d.units[i]
		for next < len(pieces) && pieces[next].End <= u.start {
			next++
		}
		if !u.content || u.item >= 0 || u.kind == text.Punct {
			continue
		}
		sum := d.row(i)
		for k := next; k < len(pieces) && pieces[k].Start < u.end; k++ {
			t.Vector(pieces[k].ID, row)
			for x := range sum {
				sum[x] += row[x]
			}
		}
		d.weights[i] = normalize(sum)
	}
}

func (d *side) row(i int) []float32 { return d.rows[i*d.dim : (i+1)*d.dim] }

// normalize brings v to length 1 and gives the length that it had, 0 for a
// vector that is left as it is.
func normalize(v []float32) float32 {
	var sum float32
	for _, x := range v {
		sum += x * x
	}
	if sum < 1e-6 {
		return 0
	}
	length := float32(math.Sqrt(float64(sum)))
	for i := range v {
		v[i] /= length
	}
	return length
}

// cosine says how near unit i of d and unit j of o are in meaning: about 0 for
// words that have nothing to do with each other, from 0.25 for related ones, 0.5
// and more for renderings. It is 0 where a unit has no vector.
func cosine(d *side, i int, o *side, j int) float64 {
	if d.rows == nil || o.rows == nil || d.weights[i] == 0 || o.weights[j] == 0 {
		return 0
	}
	a, b := d.row(i), o.row(j)
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
