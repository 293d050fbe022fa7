package evaluate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"unicode"

	"sverka/internal/bitext"
)

// RenderingGold is a term in a sentence pair with what renders it: spans are
// [start, end) in code points.
type RenderingGold struct {
	ID       string      `json:"id"`
	From     bitext.Lang `json:"from"`
	To       bitext.Lang `json:"to"`
	Source   string      `json:"source"`
	Target   string      `json:"target"`
	TermSpan [2]int      `json:"term_span"`
	Gold     [][2]int    `json:"gold"`
	Words    int         `json:"words"` // of the term
}

// ReadRenderings reads gold, a JSON object a line; name is for its errors,
// which say the line.
func ReadRenderings(r io.Reader, name string) ([]RenderingGold, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<24)
	var out []RenderingGold
	for n := 1; in.Scan(); n++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var g RenderingGold
		if err := json.Unmarshal(in.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if g.ID == "" || g.Target == "" {
			return nil, fmt.Errorf("%s:%d: a line needs id, from, to, source, target, term_span, gold", name, n)
		}
		out = append(out, g)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// RenderingScore is the mean of some items. An item is exact when the
// characters found are the gold ones; F1 is the harmonic mean of precision and
// recall over them; a hit has F1 of a half at least; an item abstains when
// nothing was found. Only characters that are neither space nor punctuation
// count.
type RenderingScore struct {
	N       int     `json:"n"`
	Exact   float64 `json:"exact"`
	F1      float64 `json:"f1"`
	Hit     float64 `json:"hit"`
	Abstain float64 `json:"abstain"`
}

func (s *RenderingScore) add(o RenderingScore) {
	s.N += o.N
	s.Exact += o.Exact
	s.F1 += o.F1
	s.Hit += o.Hit
	s.Abstain += o.Abstain
}

func (s RenderingScore) over(n float64) RenderingScore {
	if n > 0 {
		s.Exact, s.F1, s.Hit, s.Abstain = s.Exact/n, s.F1/n, s.Hit/n, s.Abstain/n
	}
	return s
}

// RenderingRow is the score of a direction ("ru-en", or "overall": the plain
// mean of the directions) in a group of items: all, single (terms of one word),
// phrase.
type RenderingRow struct {
	Group     string `json:"group"`
	Direction string `json:"direction"`
	RenderingScore
}

var renderingGroups = []struct {
	name   string
	wanted func(words int) bool
}{
	{"all", func(int) bool { return true }},
	{"single", func(words int) bool { return words == 1 }},
	{"phrase", func(words int) bool { return words > 1 }},
}

// ScoreRenderings holds what was found, spans by ID, against gold. An ID
// without spans abstains. Directions come in the order in which they first
// appear.
func ScoreRenderings(gold []RenderingGold, found map[string][][2]int) []RenderingRow {
	var rows []RenderingRow
	for _, group := range renderingGroups {
		var order []string
		sums := map[string]*RenderingScore{}
		for i := range gold {
			g := &gold[i]
			one, ok := scoreRendering(g, found[g.ID])
			if !ok || !group.wanted(g.Words) {
				continue
			}
			direction := string(g.From) + "-" + string(g.To)
			if sums[direction] == nil {
				sums[direction] = &RenderingScore{}
				order = append(order, direction)
			}
			sums[direction].add(one)
		}
		var overall RenderingScore
		for _, d := range order {
			row := sums[d].over(float64(sums[d].N))
			overall.add(row)
			rows = append(rows, RenderingRow{group.name, d, row})
		}
		if len(order) > 0 {
			rows = append(rows, RenderingRow{group.name, "overall", overall.over(float64(len(order)))})
		}
	}
	return rows
}

// scoreRendering scores one item; ok is false where gold has no character that
// counts.
func scoreRendering(g *RenderingGold, spans [][2]int) (s RenderingScore, ok bool) {
	target := []rune(g.Target)
	want, got := marked(target, g.Gold), marked(target, spans)
	nw, ng, both := 0, 0, 0
	for i := range target {
		if want[i] {
			nw++
		}
		if got[i] {
			ng++
		}
		if want[i] && got[i] {
			both++
		}
	}
	if nw == 0 {
		return s, false
	}
	s.N = 1
	s.F1 = 2 * float64(both) / float64(nw+ng)
	if both == nw && both == ng {
		s.Exact = 1
	}
	if s.F1 >= .5 {
		s.Hit = 1
	}
	if ng == 0 {
		s.Abstain = 1
	}
	return s, true
}

// marked says of each character of text whether it lies in a span and counts.
func marked(text []rune, spans [][2]int) []bool {
	out := make([]bool, len(text))
	for _, s := range spans {
		for i := max(0, s[0]); i < min(s[1], len(text)); i++ {
			out[i] = !unicode.In(text[i], unicode.Z, unicode.P, unicode.C)
		}
	}
	return out
}

// WriteRenderings writes rows as a table in per cent.
func WriteRenderings(w io.Writer, rows []RenderingRow) error {
	if _, err := fmt.Fprintf(w, "%-8s%-10s%6s%9s%9s%9s%9s\n", "group", "direction", "items", "exact", "f1", "hit", "abstain"); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%-8s%-10s%6d%9.2f%9.2f%9.2f%9.2f\n", r.Group, r.Direction, r.N,
			100*r.Exact, 100*r.F1, 100*r.Hit, 100*r.Abstain); err != nil {
			return err
		}
	}
	return nil
}

// WriteRenderingsTSV writes rows with shares of 1, beneath a header.
func WriteRenderingsTSV(w io.Writer, rows []RenderingRow) error {
	if _, err := fmt.Fprintln(w, "group\tdirection\titems\texact\tf1\thit\tabstain"); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\n", r.Group, r.Direction, r.N, r.Exact, r.F1, r.Hit, r.Abstain); err != nil {
			return err
		}
	}
	return nil
}
