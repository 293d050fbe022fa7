package compare

import (
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func TestRunTerms(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("ru", "", "Стороны создали новый железнодорожный коридор.", "Новый железнодорожный коридор начал работу.", "Дождь шёл весь день."),
			version("en", "", "The parties created a new railway corridor.", "The new railroad passage started work.", "It rained all day."),
		},
		Beads: beads([]int{1, 1}, []int{1, 1}, []int{1, 1}),
	}
	var got []Finding
	for _, f := range mustRun(t, Input{Alignment: a, Sources: []int{0}}, Options{}).Findings {
		if f.Check == "terms" {
			got = append(got, f)
		}
	}
	if len(got) != 1 || got[0].Sev != Info || len(got[0].Places) != 2 || !strings.HasPrefix(got[0].Message.String(), "en renders “новый железнодорожный коридор” in several ways: “new railway corridor” (1), “new railroad” (1)") {
		t.Errorf("%+v", got)
	}
}
