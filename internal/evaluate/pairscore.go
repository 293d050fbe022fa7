package evaluate

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// PairsReport says how well flags tell pairs that differ from pairs that do
// not. It counts as score.py of the set does.
type PairsReport struct {
	positive map[string]*positives // by "view|category"
	negative map[string]*negatives // by the kind of pair
}

// positives counts what became of pairs with a discrepancy.
type positives struct {
	n, detected, located, withPlace, category, twins, won int
}

// negatives counts the flags on pairs without one.
type negatives struct{ n, alarmed, flags int }

// ScorePairs holds flags against gold. Only flags of severity major and
// critical count. A pair is won when a flag points at the change and its twin,
// the same pair without the change, has none at all. With byOrigin the views
// minimal and rewrite stand once more for each origin.
func ScorePairs(gold []GoldPair, flags map[string][]PairFlag, byOrigin bool) *PairsReport {
	r := &PairsReport{map[string]*positives{}, map[string]*negatives{}}
	grave := map[string][]PairFlag{}
	for id, list := range flags {
		for _, f := range list {
			if f.grave() {
				grave[id] = append(grave[id], f)
			}
		}
	}
	for i := range gold {
		g := &gold[i]
		if !g.differs() {
			for _, kind := range g.kinds() {
				r.addNegative(kind, len(grave[g.ID]))
			}
			continue
		}
		keys := []string{g.View + "|" + g.Category, g.View + "|ALL"}
		if byOrigin && (g.View == "rewrite" || g.View == "minimal") {
			keys = append(keys, g.View+"["+g.maker()+"]|"+g.Category)
		}
		for _, k := range keys {
			r.addPositive(k, g, grave)
		}
	}
	return r
}

func (r *PairsReport) addNegative(kind string, flags int) {
	n := r.negative[kind]
	if n == nil {
		n = &negatives{}
		r.negative[kind] = n
	}
	n.n++
	n.flags += flags
	if flags > 0 {
		n.alarmed++
	}
}

func (r *PairsReport) addPositive(key string, g *GoldPair, grave map[string][]PairFlag) {
	p := r.positive[key]
	if p == nil {
		p = &positives{}
		r.positive[key] = p
	}
	flags := grave[g.ID]
	placed := len(g.ASpans)+len(g.BSpans) > 0
	located := placed && g.located(flags)
	p.n++
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	count(&p.detected, len(flags) > 0)
	count(&p.withPlace, placed)
	count(&p.located, located)
	count(&p.category, slices.ContainsFunc(flags, func(f PairFlag) bool { return sameKind(f.Cat, g.Category) }))
	count(&p.twins, g.Twin != "")
	count(&p.won, g.Twin != "" && located && len(grave[g.Twin]) == 0)
}

// sameKind says that a flag has the category of the gold; numbers and dates
// count as one.
func sameKind(flag, gold string) bool {
	counts := func(s string) bool { return s == "number" || s == "date" }
	return flag == gold || counts(flag) && counts(gold)
}

// maker says who made the pair, for the views that are told apart by it.
func (g *GoldPair) maker() string {
	switch g.Origin {
	case "demetr", "contratico":
		return g.Origin
	}
	return "rule-" + g.Lang
}

// kinds gives the lists of negatives that a pair without a discrepancy is on.
func (g *GoldPair) kinds() []string {
	if g.Sub == "twin" {
		if g.View == "xling" {
			return []string{"xling ref twins (raw)"}
		}
		if g.View == "rewrite" {
			return nil
		}
	}
	var out []string
	if g.View == "rewrite" && g.Verified == "clean" {
		out = append(out, "VERIFIED human/human + human/mt")
		if g.Lang != "en" {
			out = append(out, "VERIFIED "+g.Lang)
		}
	}
	switch {
	case g.View == "rewrite" && g.Sub == "refA-refB":
		out = append(out, "raw refA/refB "+g.Lang)
	case g.View == "rewrite":
		if kind := g.rewritten(); kind != "" {
			out = append(out, kind)
		}
	case g.View == "trivial" && g.Origin == "hand":
		out = append(out, "trivial hand "+g.Lang)
	case g.View == "trivial" && g.Origin == "ntrex":
		out = append(out, "trivial us-uk")
	case g.View == "trivial":
		out = append(out, "trivial "+g.Sub)
	case g.View == "xtrivial":
		out = append(out, "xling trivial hand")
	case g.View == "xling":
		out = append(out, "xling DEMETR src/mt")
	}
	return out
}

func (g *GoldPair) rewritten() string {
	switch g.Origin {
	case "contratico":
		_, how, _ := strings.Cut(g.Sub, ":")
		return "ContraTICO zh " + how
	case "demetr":
		return "raw DEMETR human/mt"
	case "mqm23zhen":
		return "MQM23 clean pairs"
	case "mqmted":
		return "MQM-TED clean pairs (1 rater)"
	}
	return ""
}

// WriteText writes the report as two Markdown tables.
func (r *PairsReport) WriteText(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| view/category | n | det % | loc % | cat % | win % |\n|---|---|---|---|---|---|\n")
	for _, k := range sortedKeys(r.positive) {
		p := r.positive[k]
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s |\n", strings.ReplaceAll(k, "|", " / "), p.n,
			percent(p.detected, p.n), percent(p.located, p.withPlace), percent(p.category, p.n), percent(p.won, p.twins))
	}
	b.WriteString("\n| negatives | n | FA % | flags/100 |\n|---|---|---|---|\n")
	for _, k := range sortedKeys(r.negative) {
		n := r.negative[k]
		fmt.Fprintf(&b, "| %s | %d | %s | %.0f |\n", k, n.n, percent(n.alarmed, n.n), float64(100*n.flags)/float64(n.n))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sortedKeys[V interface{}](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// percent writes k of n, "-" where there is none to count.
func percent(k, n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", 100*(float64(k)/float64(n)))
}
