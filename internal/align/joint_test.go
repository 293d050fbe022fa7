package align

import (
	"slices"
	"testing"

	"sverka/internal/bitext"
)

// A border inside a joint bead costs more where beads other than 1-1 are rare.
func TestPriceCuts(t *testing.T) {
	price := func(beads, groups float64) float64 {
		p := &verdict{l: emptyLattice(fullBand(1, 1), maxGroup), beads: beads, groups: groups}
		p.nullX, p.nullY = make([]float64, 2), make([]float64, 2)
		priceCuts([]*verdict{p})
		return p.cut
	}
	if rare, often := price(100, 5), price(100, 30); rare <= often {
		t.Errorf("a border costs %.2f where groups are rare, %.2f where they are common", rare, often)
	}
	if none, all := price(0, 0), price(100, 100); none <= 0 || all >= 0 {
		t.Errorf("a border costs %.2f where nothing is known, %.2f where all beads are groups", none, all)
	}
}

// One version of four leaves a sentence out: the others keep it in a bead of
// its own.
func TestOneOfFourLeavesOut(t *testing.T) {
	short := append(slices.Clone(museumEn[:3]), museumEn[4:]...)
	versions := []bitext.Version{version("ru", museumRu...), version("zh", museumZh...), version("en", short...), version("en", museumEn...)}
	versions[3].Label = "full"
	a := mustAlign(t, versions...)
	for k := range a.Beads {
		if s := a.Beads[k].Sides; s[3].From == 3 && s[3].Len() == 1 && s[2].Empty() && a.Beads[k].Filled() == 3 {
			return
		}
	}
	t.Errorf("no bead of three sides for what one version leaves out: %s", shapes(a))
}
