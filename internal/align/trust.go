package align

import (
	"context"
	"fmt"
	"math"

	"sverka/internal/bitext"
)

// trust turns the model's probabilities into told ones: a logistic curve over
// the log odds (Platt 1999), for pairs and for joint beads, learnt on gold.
type trust struct {
	pairSlope, pairOffset   float64
	jointSlope, jointOffset float64
	review                  float64 // beads less probable are marked for review
}

var plainTrust = trust{pairSlope: 1, jointSlope: 1, review: 0.8}

// names of the numbers of trust in the file of weights.
func (t *trust) named() map[string]*float64 {
	return map[string]*float64{
		"pair.slope": &t.pairSlope, "pair.offset": &t.pairOffset,
		"joint.slope": &t.jointSlope, "joint.offset": &t.jointOffset,
		"review.below": &t.review,
	}
}

var trustNames = []string{"pair.slope", "pair.offset", "joint.slope", "joint.offset", "review.below"}

// tell sets the told probability and the status of beads.
func (t *trust) tell(beads []bitext.Bead) {
	for k := range beads {
		b := &beads[k]
		if b.Status == bitext.StatusAccepted {
			continue
		}
		slope, offset := t.pairSlope, t.pairOffset
		if len(b.Sides) > 2 {
			slope, offset = t.jointSlope, t.jointOffset
		}
		b.Prob = logistic(slope*logOdds(b.Prob) + offset)
		b.Status = bitext.StatusOK
		if b.Prob < t.review {
			b.Status = bitext.StatusReview
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logOdds is bounded, so that no probability is told as sure.
func logOdds(p float64) float64 {
	const least = 1e-4
	p = max(least, min(1-least, p))
	return math.Log(p / (1 - p))
}

// GoldText is versions of one statement with gold beads, sorted segments of
// each side.
type GoldText struct {
	Versions []bitext.Version
	Gold     [][][]int
}

// Calibrate learns how probabilities are told, from texts with gold; vectors
// may be nil.
func (m *Model) Calibrate(ctx context.Context, texts []GoldText, vectors Embedder) error {
	plain := *m
	plain.trust = plainTrust
	var odds, right [2][]float64
	for _, t := range texts {
		a, err := Align(ctx, t.Versions, Options{Model: &plain, Vectors: vectors})
		if err != nil {
			return err
		}
		gold := map[string]bool{}
		for _, g := range t.Gold {
			gold[fmt.Sprint(g)] = true
		}
		kind := min(1, len(t.Versions)-2)
		for k := range a.Beads {
			odds[kind] = append(odds[kind], logOdds(a.Beads[k].Prob))
			right[kind] = append(right[kind], oneIf(gold[fmt.Sprint(segmentsOf(&a.Beads[k]))]))
		}
	}
	m.trust.pairSlope, m.trust.pairOffset = platt(odds[0], right[0])
	m.trust.jointSlope, m.trust.jointOffset = platt(odds[1], right[1])
	return nil
}

func segmentsOf(b *bitext.Bead) [][]int {
	out := make([][]int, len(b.Sides))
	for v, r := range b.Sides {
		for i := r.From; i < r.To; i++ {
			out[v] = append(out[v], i)
		}
	}
	return out
}

// platt fits a logistic curve by Newton's method.
func platt(x, y []float64) (slope, offset float64) {
	slope = 1
	if len(x) == 0 {
		return slope, 0
	}
	for range 50 {
		// A little weight at slope 1 and offset 0 keeps the curve where the
		// data say nothing.
		g0, g1 := offset, slope-1
		h00, h01, h11 := 1.0, 0.0, 1.0
		for k := range x {
			p := logistic(slope*x[k] + offset)
			d, w := p-y[k], p*(1-p)
			g0 += d
			g1 += d * x[k]
			h00 += w
			h01 += w * x[k]
			h11 += w * x[k] * x[k]
		}
		det := h00*h11 - h01*h01
		offset -= (h11*g0 - h01*g1) / det
		slope -= (h00*g1 - h01*g0) / det
	}
	return slope, offset
}
