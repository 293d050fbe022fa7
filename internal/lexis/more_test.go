package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

func TestMixedNumbers(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"2 1/2 million bricks", "number 2500000"},
		{"they waited 1 3/4 hours", "quantity 6300 s"},
		{"on 5 1/20/2024", "number 5; date 2024-01-20"},
		{"negative 12 degrees", "quantity -12 deg"},
		{"a negative answer", ""},
		{"in its second reading", "ordinal #2"},
		{"plans for a second reading", "ordinal #2~"},
		{"a second later it rang", "quantity 1 s~"},
		{"dozens of geese", "number 10s"},
		{"a dozen eggs", "number 12"},
	}, numericKinds...)
	checkScan(t, bitext.Chinese, []scanCase{
		{"百分之七八十的人", "percent 70%"},
		{"三四百名工人", "number 300"},
		{"五六万册书", "number 50000"},
		{"三四个人", "number 3~"},
		{"二十多人", "number 20"},
		{"每年3至6月开花", "date --03/--06"},
		{"3月至6月", "date --03/--06"},
		{"3至6日", "range 3..6"},
		{"零下12度", "quantity -12 deg"},
		{"停车场在负二层", "number 2"},
	}, Number, Percent, Quantity, Range, Date)
}

func TestMonthsAndScores(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"March to June each year", "date --03/--06"},
		{"March to the sea", ""},
		{"They lost 1-5 at home.", "range 1:5"},
		{"for 1-5 days", "range 1..5 d"},
	}, Number, Quantity, Range, Date)
	checkScan(t, bitext.Chinese, []scanCase{
		{"以1-5的比分告负", "range 1:5"},
		{"1-5人", "range 1..5"},
	}, Number, Range)
	checkScan(t, bitext.Russian, []scanCase{
		{"проиграли со счётом 1-5", "range 1:5"},
		{"от 1 до 5 человек", "range 1..5"},
	}, Number, Range)
}
