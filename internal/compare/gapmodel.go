package compare

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// gapFeatures names what speaks for and against a stretch's being missing from
// the other text, in the order of gapView.features.
var gapFeatures = []string{
	"size", "free there", "surplus", "foreign", "unknown", "said", "left mark", "right mark",
	"capitals", "length", "clause free", "chinese", "russian", "text size", "log foreign",
	"both marks", "both marks size", "at end", "excess", "near other", "weight", "mean weight", "bias",
}

//go:embed data/gapmodel.txt
var gapModelData string

// gapModel are the weights of a logistic model for texts of two languages.
// TestLearnGapModel learns them.
var gapModel = func() []float64 {
	m, err := parseGapModel(gapModelData)
	if err != nil {
		panic(err) // held by a test
	}
	return m
}()

func parseGapModel(data string) (m []float64, err error) {
	for line := range strings.Lines(data) {
		name, weight, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if name == "" || name[0] == '#' {
			continue
		}
		if len(m) >= len(gapFeatures) || name != gapFeatures[len(m)] {
			return m, fmt.Errorf("compare: data/gapmodel.txt: %q is not the next feature", line)
		}
		w, err := strconv.ParseFloat(weight, 64)
		if err != nil {
			return m, fmt.Errorf("compare: data/gapmodel.txt: %w", err)
		}
		m = append(m, w)
	}
	if len(m) != len(gapFeatures) {
		return m, fmt.Errorf("compare: data/gapmodel.txt: %d features of %d", len(m), len(gapFeatures))
	}
	return m, nil
}

// gapView is a gap with its pair, seen from the text that has it.
type gapView struct {
	src        *side
	d, o       *side
	link, back []int
	v, w       *pivot
	g          gap
	free       int // free content units of d
	oFree      int // free content units of o
}

// probability is how likely the gap is missing from the other text, 0 to 1.
func (x *gapView) probability() float64 {
	s := 0.0
	for i, f := range x.features() {
		s += f * gapModel[i]
	}
	return 1 / (1 + math.Exp(-s))
}

// features measures the gap; gapFeatures names them.
func (x *gapView) features() []float64 {
	c := x.count()
	n := float64(x.g.n)
	left, right := x.bounds()
	clauseN, clauseFree := x.clauseShare()
	return []float64{
		math.Log(n),
		math.Min(2, float64(x.g.oFree)/n),
		clamp(float64(x.free-x.oFree)/n, -2, 2),
		c.foreign / n, c.unknown / n, c.said / n,
		left, right,
		c.capital / n,
		x.lengthEvidence(),
		clauseFree / math.Max(1, clauseN),
		boolean(x.d.lang == bitext.Chinese),
		boolean(x.d.lang == bitext.Russian),
		math.Log(float64(len(x.d.units))),
		math.Log(1 + c.foreign),
		left * right,
		left * right * math.Log(n),
		boolean(x.g.to >= len(x.d.units)-1),
		clamp(float64(x.g.n-x.g.oFree), -3, 8),
		c.nearOther / n,
		math.Log(1 + c.weight),
		c.weight / n,
		1,
	}
}

// gapCount counts the free units of a gap by what the other text, the source
// of what is in another language, says of them.
type gapCount struct {
	foreign, unknown, said, capital float64
	nearOther                       float64 // the greatest cosines with words of the other text
	weight                          float64 // how much the units say
}

func (x *gapView) count() (c gapCount) {
	for i := x.g.from; i < x.g.to; i++ {
		if !x.d.units[i].content || x.link[i] >= 0 {
			continue
		}
		if x.d.units[i].capital {
			c.capital++
		}
		c.nearOther += nearest(x.d, i, x.o)
		c.weight += x.d.weight(i)
		if x.v == nil {
			continue
		}
		switch x.v.judge(x.d, i, i+1, x.link, x.w) {
		case unknownWord:
			c.unknown++
		case foreignWord:
			c.foreign++
		default:
			c.said++
		}
	}
	return c
}

func clamp(x, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, x)) }

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// bounds says whether a mark or the text's edge stands on each side.
func (x *gapView) bounds() (left, right float64) {
	i := x.g.from - 1
	for i >= 0 && !x.d.units[i].content && x.d.units[i].kind != text.Punct {
		i--
	}
	if i < 0 || x.d.units[i].kind == text.Punct {
		left = 1
	}
	if j := x.g.to; j >= len(x.d.units) || x.d.units[j].kind == text.Punct {
		right = 1
	}
	return left, right
}

// clauseShare counts the content units of the clauses that the gap touches,
// and the free ones among them.
func (x *gapView) clauseShare() (n, free float64) {
	for _, c := range x.d.clauses {
		if c.to <= x.g.from || c.from >= x.g.to {
			continue
		}
		for i := c.from; i < c.to; i++ {
			if x.d.units[i].content {
				n++
				if x.link[i] < 0 {
					free++
				}
			}
		}
	}
	return n, free
}

// usualRatio is the usual length in characters of a text to that of its
// source: the logarithm, by language of source and text.
var usualRatio = map[[2]bitext.Lang]float64{
	{bitext.Russian, bitext.English}: 0.05,
	{bitext.English, bitext.Russian}: 0.03,
	{bitext.Chinese, bitext.English}: 1.25,
	{bitext.English, bitext.Chinese}: -1.2,
	{bitext.Russian, bitext.Chinese}: -1.15,
	{bitext.Chinese, bitext.Russian}: 1.25,
}

// lengthEvidence says how much nearer the length of d is to what the source
// leads one to expect than the length of o is.
func (x *gapView) lengthEvidence() float64 {
	if x.d.lang != x.o.lang {
		usual := usualRatio[[2]bitext.Lang{x.o.lang, x.d.lang}]
		return clamp(math.Log(float64(1+utf8.RuneCountInString(x.d.text))/float64(1+utf8.RuneCountInString(x.o.text)))-usual, -1, 1)
	}
	if x.src == nil {
		return 0
	}
	usual, ok := usualRatio[[2]bitext.Lang{x.src.lang, x.d.lang}]
	if !ok {
		return 0
	}
	off := func(d *side) float64 {
		return math.Abs(math.Log(float64(1+utf8.RuneCountInString(d.text))/float64(1+utf8.RuneCountInString(x.src.text))) - usual)
	}
	return clamp(off(x.o)-off(x.d), -1, 1)
}
