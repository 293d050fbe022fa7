package lexis

import (
	"math"
	"strconv"
	"strings"
)

// Kind says what sort of fact an Item is.
type Kind uint8

// The kinds of item. The first eight are the numeric kinds: a byte of text
// belongs to at most one item of them.
const (
	Number     Kind = iota // 1235, 2.8 million, 280万, двух
	Percent                // 25 %, a third, 三成, percentage points
	Money                  // $100bn, 5 млн руб., 3亿元
	Quantity               // a number with a unit, 2.5 times, the 80th anniversary
	Ordinal                // 25-й, twenty-fifth, 第二十五, XX
	Range                  // 10–20, from 10 to 20, 10至20
	Date                   // a date, month, year, decade, century, weekday, "last year"
	Time                   // 12:30, 3 pm, the evening
	Name                   // a person, place, organisation or nationality
	Title                  // a quoted title or passage
	Negation               // not, никто, 没有
	Modality               // must, следует, 可以
	Quantifier             // all, большинство, 一些
	kinds
)

var kindNames = [kinds]string{"number", "percent", "money", "quantity", "ordinal", "range",
	"date", "time", "name", "title", "negation", "modality", "quantifier"}

// String gives the kind as one lower-case word.
func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return "kind " + strconv.Itoa(int(k))
}

// Numeric says that k is one of the kinds that count or date.
func (k Kind) Numeric() bool { return k <= Time }

// Bound says how a number is hedged.
type Bound uint8

// The bounds.
const (
	Exact   Bound = iota
	About         // about, около, 约, 左右
	Over          // more than, свыше, 超过, 多
	Under         // less than, менее, 不到
	Almost        // nearly, почти, 近
	AtLeast       // at least, не менее, 至少
	AtMost        // at most, up to, не более, 最多
)

var boundNames = map[string]Bound{"about": About, "over": Over, "under": Under,
	"almost": Almost, "atleast": AtLeast, "atmost": AtMost}

// Item is a fact read in a text.
type Item struct {
	Kind       Kind
	Start, End int // byte offsets in the text given, on the borders of runes
	// Norm is the normal form, equal across notations and languages:
	//   Number     "2800000", "-5", "10s" (dozens; "1000s": thousands), "1/3"
	//   Percent    "25%", "1.5pp" (points), "1/3" where no short per cent says it
	//   Money      "USD 100000000000" (ISO 4217)
	//   Quantity   "12000 m" (base units: m kg s d mo l ha …), "2.5x", "80 anniv"
	//   Ordinal    "#25"
	//   Range      "10..20", "10..20%", "USD 10..20", "3:2" (a score)
	//   Date       "2025-08-31", "--08-31", "---31", "--08", "2025-05", "2025",
	//              "2024/2025" (from/to), "199x", "C20" (century), "-0500" and "-C5"
	//              (before the era), "wd1" (Monday), "summer", "@year-1" (last year)
	//   Time       "15:00", "morning"
	//   Name       a gazetteer key ("CN", "UN"), else the folded name
	//   Title      the folded passage
	//   Negation   "neg", "weak" (un-, in-); Modality "must", "should", "may", "will"
	//   Quantifier "all", "most", "many", "some", "few", "none", "each", "both"
	Norm     string
	Value    float64 // of numbers, and the first end of a range; NaN elsewhere
	High     float64 // the second end of a range; NaN elsewhere
	Approx   bool    // Bound is not Exact, or the number is a vague one (dozens)
	Bound    Bound
	Weak     bool // says little alone: "one of", 第一, an un- word; never a finding by its absence
	Strength int  // of modality: 3 must, 2 should, 1 may; negative when denied ("must not", "cannot")
	// Head is the stem of the word that a negation or modality governs, and the
	// place of that word; "" where it cannot be told.
	Head string
}

// norm of a number: no exponent, no trailing zeros, twelve figures.
func formatNumber(v float64) string {
	if math.Abs(v) >= 1e12 {
		v = roundTo(v, 15)
	} else {
		v = roundTo(v, 12)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func roundTo(v float64, figures int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', figures, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// formatShare gives a fraction the form of a per cent where two decimals say
// it exactly, else "n/d".
func formatShare(n, d float64) string {
	p := n / d * 100
	if math.Abs(p*100-math.Round(p*100)) < 1e-9 {
		return formatNumber(p) + "%"
	}
	return formatNumber(n) + "/" + formatNumber(d)
}

func padYear(y int) string {
	s := strconv.Itoa(y)
	if len(s) < 4 {
		s = strings.Repeat("0", 4-len(s)) + s
	}
	return s
}

func pad2(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
