package evaluate

import (
	"fmt"
	"math"

	"sverka/internal/bitext"
)

// trustBins is the number of equally wide bins that calibration is measured
// in.
const trustBins = 10

// Trust says how far the beads' probabilities and statuses can be believed. A
// bead is right when it stands in the gold exactly.
type Trust struct {
	Beads, Wrong          int
	Flagged, FlaggedWrong int // marked for review
	binCount              [trustBins]int
	binProb, binRight     [trustBins]float64
}

// trustOf compares an alignment's beads with the gold.
func trustOf(gold [][][]int, beads []bitext.Bead) Trust {
	right := map[string]bool{}
	for _, g := range gold {
		right[fmt.Sprint(g)] = true
	}
	var t Trust
	for n, b := range indices(beads) {
		p := beads[n].Prob
		ok := right[fmt.Sprint(b)]
		bin := min(trustBins-1, max(0, int(p*trustBins)))
		t.Beads++
		t.binCount[bin]++
		t.binProb[bin] += p
		if ok {
			t.binRight[bin]++
		} else {
			t.Wrong++
		}
		if beads[n].Status == bitext.StatusReview {
			t.Flagged++
			if !ok {
				t.FlaggedWrong++
			}
		}
	}
	return t
}

func (t *Trust) add(o *Trust) {
	t.Beads += o.Beads
	t.Wrong += o.Wrong
	t.Flagged += o.Flagged
	t.FlaggedWrong += o.FlaggedWrong
	for k := range t.binCount {
		t.binCount[k] += o.binCount[k]
		t.binProb[k] += o.binProb[k]
		t.binRight[k] += o.binRight[k]
	}
}

// CalibrationError is the expected calibration error over ten bins (Naeini,
// Cooper and Hauskrecht 2015): how far, on average, a bead's probability is
// from the share of right beads among those of like probability. 0 to 1.
func (t *Trust) CalibrationError() float64 {
	sum := 0.0
	for k := range t.binCount {
		sum += math.Abs(t.binProb[k] - t.binRight[k])
	}
	if t.Beads == 0 {
		return 0
	}
	return sum / float64(t.Beads)
}

// FlaggedShare is the share of beads that are marked for review.
func (t *Trust) FlaggedShare() float64 { return ratio(t.Flagged, t.Beads) }

// Caught is the share of wrong beads that are marked for review.
func (t *Trust) Caught() float64 { return ratio(t.FlaggedWrong, t.Wrong) }
