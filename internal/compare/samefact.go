package compare

import (
	"math"
	"strconv"
	"strings"

	"sverka/internal/lexis"
)

// sameFact says that two items can mean the same, one being said with less
// detail or in another manner.
func sameFact(x, y *item) bool {
	if isDate(x) != isDate(y) {
		return false
	}
	if isDate(x) {
		return isDate(y) && (x.Norm == y.Norm || x.Kind == lexis.Date && y.Kind == lexis.Date && sameDate(x.Norm, y.Norm))
	}
	if x.Norm == y.Norm {
		return true
	}
	if opposedBounds(x.Bound, y.Bound) || x.Kind != y.Kind && x.Weak && y.Weak && x.Value == 1 {
		return false // "one of them" says nothing of the first
	}
	if someTens(x) && someTens(y) {
		return true
	}
	ux, uy := unitOf(x), unitOf(y)
	if (ux == "") != (uy == "") && sameCount(x, y) || sameYears(x, y) {
		return true
	}
	if !sameValue(x.Value, y.Value, rough(x) || rough(y)) {
		return false
	}
	if x.Kind == lexis.Range && y.Kind == lexis.Range && !sameValue(x.High, y.High, false) {
		return false
	}
	return ux == "" || uy == "" || ux == uy
}

// someTens says that an item is a number from ten to nineteen that is not said
// exactly: 十几, a dozen, more than ten.
func someTens(it *item) bool {
	return it.Kind == lexis.Number && it.Approx && it.Value >= 10 && it.Value < 20 && (it.Bound == lexis.Over || it.Bound == lexis.About)
}

// rough says that an item gives its value as a rough one.
func rough(it *item) bool { return it.Approx && (it.Bound == lexis.About || it.Bound == lexis.Almost) }

// unitFactors are by how much units of measure differ from their base unit.
var unitFactors = []float64{7, 10, 12, 24, 30, 60, 100, 365, 1000, 3600, 10000, 86400, 604800, 1e6}

// sameCount says that a bare number can be the count of a quantity whose value
// is given in base units: "two more weeks" and "two weeks".
func sameCount(x, y *item) bool {
	bare, full := x, y
	if x.Kind == lexis.Quantity {
		bare, full = y, x
	}
	if bare.Kind != lexis.Number || full.Kind != lexis.Quantity || bare.Value == 0 {
		return false
	}
	for _, f := range unitFactors {
		if sameValue(bare.Value*f, full.Value, false) {
			return true
		}
	}
	return false
}

// sameYears says that one item counts years and the other is an anniversary:
// thirty years and the thirtieth birthday.
func sameYears(x, y *item) bool {
	if unitOf(x) != "anniv" {
		x, y = y, x
	}
	if unitOf(x) != "anniv" || unitOf(y) == "anniv" {
		return false
	}
	switch unitOf(y) {
	case "":
		return sameValue(x.Value, y.Value, false)
	case "mo":
		return sameValue(12*x.Value, y.Value, false)
	}
	return false
}

// sameGrowth says that one item is by how many times something grew and the
// other to how many times: 增长1.5倍 is growth to 2.5 times.
func sameGrowth(x, y *item) bool {
	return unitOf(x) == "x" && unitOf(y) == "x" && math.Abs(math.Abs(x.Value-y.Value)-1) < 1e-9
}

func sameValue(a, b float64, approx bool) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return false
	}
	if approx {
		return math.Abs(a-b) <= 0.02*math.Max(math.Abs(a), math.Abs(b))
	}
	return a == b || math.Abs(a-b) < 1e-9*math.Abs(a)
}

func opposedBounds(a, b lexis.Bound) bool {
	return boundSign(a)*boundSign(b) < 0
}

func boundSign(b lexis.Bound) int {
	switch b {
	case lexis.Over, lexis.AtLeast:
		return 1
	case lexis.Under, lexis.AtMost:
		return -1
	}
	return 0
}

// unitOf gives what an item counts, as far as its normal form says.
func unitOf(it *item) string {
	switch it.Kind {
	case lexis.Percent:
		return "%"
	case lexis.Money:
		unit, _, _ := strings.Cut(it.Norm, " ")
		return unit
	case lexis.Quantity:
		if _, unit, ok := strings.Cut(it.Norm, " "); ok {
			return unit
		}
		return strings.TrimLeft(it.Norm, "-0123456789./")
	}
	return ""
}

// sameFigure says that a date and a count are the same figure: the 24th and
// 24日, 2020 as a number and as a year, 15 веке and C15.
func sameFigure(x, y *item) bool {
	if isDate(x) == isDate(y) {
		return false
	}
	count, date := x, y
	if isDate(x) {
		count, date = y, x
	}
	if math.IsNaN(count.Value) {
		return false
	}
	figure := formatFigure(count.Value)
	if sort := dateSort(date.Norm); sort == "weekday" || sort == "relative" {
		return false
	}
	if year, _, _ := strings.Cut(date.Norm, "-"); len(year) == 4 && len(figure) == 2 && year[2:] == figure {
		return true // '38
	}
	for _, part := range strings.FieldsFunc(date.Norm, func(r rune) bool { return r < '0' || r > '9' }) {
		if strings.TrimLeft(part, "0") == figure {
			return true
		}
	}
	return false
}

func formatFigure(v float64) string { return strconv.FormatFloat(math.Abs(v), 'f', -1, 64) }
