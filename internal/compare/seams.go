package compare

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/seams.txt
var seamsData string

// seams holds pairs of kinds of words that hardly ever follow each other, with
// the logarithm of how much rarer they do than chance would have it: where one
// stands, a word may have been lost between them ("will assistance").
var seams = func() map[bitext.Lang]map[[2]string]float64 {
	t, err := parseSeams(seamsData)
	if err != nil {
		panic(err) // held by a test
	}
	return t
}()

// parseSeams reads lines "language, kind, kind, logarithm", parted by tabs.
func parseSeams(data string) (map[bitext.Lang]map[[2]string]float64, error) {
	out := make(map[bitext.Lang]map[[2]string]float64)
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' && !strings.HasPrefix(line, "#\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("compare: data/seams.txt: %q has not four fields", line)
		}
		v, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return nil, fmt.Errorf("compare: data/seams.txt: %w", err)
		}
		lang := bitext.Lang(f[0])
		if out[lang] == nil {
			out[lang] = make(map[[2]string]float64)
		}
		out[lang][[2]string{f[1], f[2]}] = v
	}
	return out, nil
}

// endings are the kinds of words of weight: the longest that fits.
var endings = map[bitext.Lang][]string{
	bitext.English: strings.Fields("ing ed ly tion sion ment ness ity ies es s er or al ous ive ful ic able ible en y"),
	bitext.Russian: strings.Fields(`ого его ому ему ыми ими ая яя ое ее ые ие ый ий ой ым им ых их ую юю ть ться ет ют ут ит ат ят
		ал ил ла ло ли лся лась лись ется ются ится ание ение ания ения ость ости ов ев ам ям ами ями ах ях ом ем у ю а я ы и е о`),
}

// kindOf gives the kind of unit i: a small word is its own kind, another one
// that of its ending; before the first and behind the last unit the text ends.
func (d *side) kindOf(i int) string {
	if i < 0 || i >= len(d.units) {
		return "."
	}
	u := &d.units[i]
	switch {
	case u.item >= 0 || u.kind == text.Number:
		return "0"
	case u.kind == text.Punct, !u.content:
		return u.form
	case u.capital && i > 0:
		return "N"
	}
	best := ""
	for _, e := range endings[d.lang] {
		if len(e) > len(best) && strings.HasSuffix(u.form, e) && utf8.RuneCountInString(u.form) > utf8.RuneCountInString(e)+1 {
			best = e
		}
	}
	return "-" + best
}

// seamReach is how many units of a hole are looked at.
const seamReach = 6

// seam gives the worst seam of d between unit from-1 and unit to: 0 for none,
// and the more below it the rarer two such words meet.
func (d *side) seam(from, to int) float64 {
	table := seams[d.lang]
	if len(table) == 0 {
		return 0
	}
	worst := 0.0
	for i := from - 1; i < min(to, from+seamReach); i++ {
		worst = min(worst, table[[2]string{d.kindOf(i), d.kindOf(i + 1)}])
	}
	return worst
}
