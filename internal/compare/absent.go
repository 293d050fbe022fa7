package compare

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"sverka/internal/bitext"
)

//go:embed data/absent.txt
var absentData string

// absent says of a word how often, of two renderings of one source that both
// are right, the one that has it finds no counterpart in the other: a word of
// loose use ("simply") that is missing says less than one of firm use ("acid").
// The empty word stands for those that are not listed.
var absent = func() map[bitext.Lang]map[string]float64 {
	t, err := parseAbsent(absentData)
	if err != nil {
		panic(err) // held by a test
	}
	return t
}()

// parseAbsent reads lines "language, word, per cent", parted by tabs.
func parseAbsent(data string) (map[bitext.Lang]map[string]float64, error) {
	out := make(map[bitext.Lang]map[string]float64)
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("compare: data/absent.txt: %q has not three fields", line)
		}
		n, err := strconv.Atoi(f[2])
		if err != nil || n < 0 || n > 100 {
			return nil, fmt.Errorf("compare: data/absent.txt: %q has no per cent", line)
		}
		lang := bitext.Lang(f[0])
		if out[lang] == nil {
			out[lang] = make(map[string]float64)
		}
		out[lang][f[1]] = float64(n) / 100
	}
	return out, nil
}

// priorOf says how often a word lacks a counterpart without being missed.
func priorOf(d *side, g wordSpan) float64 {
	t := absent[d.lang]
	if p, ok := t[d.wordText(g)]; ok {
		return p
	}
	return t[""]
}
