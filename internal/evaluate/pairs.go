package evaluate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/text"
)

// GoldPair is two texts of which it is known whether, where and in what they
// differ. Offsets are code points; equal ones are a gap.
type GoldPair struct {
	ID       string   `json:"id"`
	View     string   `json:"view"`  // how the pair came about: rewrite, xling, trivial …
	Label    string   `json:"label"` // discrepancy or paraphrase
	Category string   `json:"category"`
	Lang     string   `json:"lang"` // of b, and of a where a_lang does not say otherwise
	ALang    string   `json:"a_lang"`
	SrcLang  string   `json:"src_lang"`
	Src      string   `json:"src"`
	A        string   `json:"a"`
	B        string   `json:"b"`
	ASpans   [][2]int `json:"a_spans"`
	BSpans   [][2]int `json:"b_spans"`
	Twin     string   `json:"twin"` // the id of the same pair without the change
	Verified string   `json:"verified"`
	Origin   string   `json:"origin"`
	Sub      string   `json:"sub"`
}

// differs says that the pair holds a discrepancy.
func (g *GoldPair) differs() bool { return g.Label == "discrepancy" }

// langOfA gives the language of a: where the view begins with x, a is the
// source sentence.
func (g *GoldPair) langOfA() string {
	switch {
	case g.ALang != "":
		return g.ALang
	case strings.HasPrefix(g.View, "x") && g.SrcLang != "":
		return g.SrcLang
	}
	return g.Lang
}

// PairFlag is a flag as `compare --pairs` writes it; A and B are code points.
type PairFlag struct {
	Cat string  `json:"cat"`
	Sev *string `json:"sev"`
	A   *[2]int `json:"a"`
	B   *[2]int `json:"b"`
}

// grave says that the flag counts: one without a severity does.
func (f *PairFlag) grave() bool { return f.Sev == nil || *f.Sev != "info" && *f.Sev != "minor" }

// ReadGoldPairs reads gold pairs, a JSON object a line. The error names the line.
func ReadGoldPairs(r io.Reader, name string) ([]GoldPair, error) {
	var out []GoldPair
	err := eachLine(r, name, func(line []byte) error {
		var g GoldPair
		if err := json.Unmarshal(line, &g); err != nil {
			return fmt.Errorf("not a gold pair: %w", err)
		}
		if g.ID == "" || g.View == "" || g.Label == "" || g.Lang == "" {
			return fmt.Errorf(`a gold pair needs "id", "view", "label" and "lang"`)
		}
		out = append(out, g)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no pair in it", name)
	}
	return out, err
}

// ReadPairFlags reads what `compare --pairs` wrote: the flags of each id.
func ReadPairFlags(r io.Reader, name string) (map[string][]PairFlag, error) {
	out := map[string][]PairFlag{}
	err := eachLine(r, name, func(line []byte) error {
		var p struct {
			ID    *string    `json:"id"`
			Flags []PairFlag `json:"flags"`
		}
		if err := json.Unmarshal(line, &p); err != nil {
			return fmt.Errorf("not the flags of a pair: %w", err)
		}
		if p.ID == nil {
			return fmt.Errorf(`the flags of a pair need an "id"`)
		}
		out[*p.ID] = p.Flags
		return nil
	})
	return out, err
}

// eachLine calls f for each line of r that is not empty; an error is given the
// name and the number of the line.
func eachLine(r io.Reader, name string, f func([]byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	n := 1
	for ; lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		if err := f(lines.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n, err)
	}
	return nil
}

// FlagPair compares the two texts of a gold pair, with its source as witness.
func FlagPair(g *GoldPair, opt compare.Options) []PairFlag {
	a := compare.Text{Lang: bitext.Lang(g.langOfA()), Text: g.A}
	b := compare.Text{Lang: bitext.Lang(g.Lang), Text: g.B}
	var src *compare.Text
	if g.Src != "" && g.SrcLang != "" {
		src = &compare.Text{Lang: bitext.Lang(g.SrcLang), Text: g.Src}
	}
	var out []PairFlag
	inA, inB := text.NewRuneIndex(g.A), text.NewRuneIndex(g.B)
	points := func(x *text.RuneIndex, at *[2]int) *[2]int {
		if at == nil {
			return nil
		}
		return &[2]int{x.Runes(at[0]), x.Runes(at[1])}
	}
	for _, f := range compare.Pair(a, b, src, opt) {
		sev := f.Sev.String()
		out = append(out, PairFlag{Cat: string(f.Cat), Sev: &sev, A: points(inA, f.A), B: points(inB, f.B)})
	}
	return out
}

// located says that a flag points at a change: it overlaps the changed text of
// a side, lies within twelve characters of a gap, and is not so long that it
// points at nothing.
func (g *GoldPair) located(flags []PairFlag) bool {
	for i := range flags {
		if points(flags[i].A, g.ASpans, g.A) || points(flags[i].B, g.BSpans, g.B) {
			return true
		}
	}
	return false
}

// How far from a gap a flag may lie, from how many characters on a flag may be
// too long, and which share of the text it may cover then.
const (
	gapSlack    = 12
	shortText   = 30
	longestFlag = 0.6
)

func points(at *[2]int, spans [][2]int, s string) bool {
	if at == nil || len(spans) == 0 {
		return false
	}
	if n := utf8.RuneCountInString(s); n > shortText && float64(at[1]-at[0]) > longestFlag*float64(n) {
		return false
	}
	for _, g := range spans {
		switch {
		case g[0] == g[1]:
			if at[0]-gapSlack <= g[0] && g[0] <= at[1]+gapSlack {
				return true
			}
		case at[0] == at[1]:
			if g[0]-gapSlack <= at[0] && at[0] <= g[1]+gapSlack {
				return true
			}
		case at[0] < g[1] && g[0] < at[1]:
			return true
		}
	}
	return false
}
