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
	"size", "free there", "surplus", "unsaid", "foreign", "unknown", "said", "left mark", "right mark",
	"capitals", "length", "clause free", "chinese", "russian", "text size", "log unsaid", "log foreign",
	"both marks", "both marks size", "solid", "at end", "excess",
	"near other", "near source", "nearer source", "weight", "mean weight", "bias",
}

//go:embed data/gapmodel.txt
var gapModelData string

// gapModels are the weights of a logistic model for two texts of one language
// without and with a source, and for texts of two languages.
// TestLearnGapModel learns them.
var gapModels = func() [gapCases][]float64 {
	m, err := parseGapModels(gapModelData)
	if err != nil {
		panic(err) // held by a test
	}
	return m
}()

// The cases for which a model of their own is learnt.
const (
	gapPlain = iota
	gapSourced
	gapAcross
	gapCases
)

func parseGapModels(data string) (m [gapCases][]float64, err error) {
	for line := range strings.Lines(data) {
		field := strings.Split(strings.TrimSpace(line), "\t")
		if field[0] == "" || field[0][0] == '#' {
			continue
		}
		n := len(m[0])
		if len(field) != 1+gapCases || n >= len(gapFeatures) || field[0] != gapFeatures[n] {
			return m, fmt.Errorf("compare: data/gapmodel.txt: %q is not the next feature", line)
		}
		for k := range m {
			w, err := strconv.ParseFloat(field[k+1], 64)
			if err != nil {
				return m, fmt.Errorf("compare: data/gapmodel.txt: %w", err)
			}
			m[k] = append(m[k], w)
		}
	}
	if len(m[0]) != len(gapFeatures) {
		return m, fmt.Errorf("compare: data/gapmodel.txt: %d features of %d", len(m[0]), len(gapFeatures))
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
	model := gapModels[gapPlain]
	switch {
	case x.d.lang != x.o.lang:
		model = gapModels[gapAcross]
	case x.v != nil:
		model = gapModels[gapSourced]
	}
	s := 0.0
	for i, f := range x.features() {
		s += f * model[i]
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
		c.unsaid / n, c.foreign / n, c.unknown / n, c.said / n,
		left, right,
		c.capital / n,
		x.lengthEvidence(),
		clauseFree / math.Max(1, clauseN),
		boolean(x.d.lang == bitext.Chinese),
		boolean(x.d.lang == bitext.Russian),
		math.Log(float64(len(x.d.units))),
		math.Log(1 + c.unsaid),
		math.Log(1 + c.foreign),
		left * right,
		left * right * math.Log(n),
		c.solid / n,
		boolean(x.g.to >= len(x.d.units)-1),
		clamp(float64(x.g.n-x.g.oFree), -3, 8),
		c.nearOther / n,
		c.nearSource / n,
		c.nearer / n,
		math.Log(1 + c.weight),
		c.weight / n,
		1,
	}
}

// gapCount counts the free units of a gap by what the source says of them.
type gapCount struct {
	unsaid, foreign, unknown, said, capital float64
	solid                                   float64 // how surely the unsaid ones are in the source
	nearOther, nearSource                   float64 // the greatest cosines with words of the other text and the source
	nearer                                  float64 // by how much the source's are greater
	weight                                  float64 // how much the units say
}

func (x *gapView) count() (c gapCount) {
	for i := x.g.from; i < x.g.to; i++ {
		if !x.d.units[i].content || x.link[i] >= 0 {
			continue
		}
		if x.d.units[i].capital {
			c.capital++
		}
		other, source := nearest(x.d, i, x.o), 0.0
		if x.src != nil {
			source = nearest(x.d, i, x.src)
		}
		c.nearOther += other
		c.nearSource += source
		c.nearer += math.Max(0, source-other)
		c.weight += x.d.weight(i)
		if x.v == nil {
			continue
		}
		switch x.v.judge(x.d, i, i+1, x.link, x.w) {
		case unknownWord:
			c.unknown++
		case foreignWord:
			c.foreign++
		case unsaidWord:
			c.unsaid++
			c.solid += x.v.best[i]
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
