package compare

import (
	"github.com/sergi/go-diff/diffmatchpatch"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// DiffKind says what a piece of a comparison is.
type DiffKind int8

// The kinds of DiffOp.
const (
	Equal   DiffKind = 0
	Deleted DiffKind = -1 // stands in a only
	Added   DiffKind = 1  // stands in b only
)

// DiffOp is a run of words. A and B are the bytes of the run in the two texts;
// an Equal run has both, a Deleted one only A, an Added one only B (the other
// is an empty range where the run would stand).
type DiffOp struct {
	Kind DiffKind
	A, B [2]int
}

// diffMax bounds the tokens of a text that Diff takes apart; longer texts are
// given as one replaced run.
const diffMax = 20000

// Diff compares two texts word by word (Chinese: character by character),
// case, quotes and dashes of another kind being equal. The runs of the result
// cover both texts from their first token to their last.
func Diff(a, b string, _ bitext.Lang) []DiffOp {
	ta, tb := text.Tokenize(a), text.Tokenize(b)
	if len(ta) > diffMax || len(tb) > diffMax {
		return []DiffOp{
			{Kind: Deleted, A: [2]int{0, len(a)}},
			{Kind: Added, A: [2]int{len(a), len(a)}, B: [2]int{0, len(b)}},
		}
	}
	ids := make(map[string]rune)
	ra, rb := tokenRunes(a, ta, ids), tokenRunes(b, tb, ids)
	var ops []DiffOp
	i, j := 0, 0
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // no clock: the same texts give the same runs
	for _, d := range dmp.DiffMainRunes(ra, rb, false) {
		n := len([]rune(d.Text))
		op := DiffOp{Kind: DiffKind(d.Type)}
		if op.Kind != Added {
			op.A = tokenSpan(ta, i, i+n, len(a))
			i += n
		} else {
			op.A = tokenSpan(ta, i, i, len(a))
		}
		if op.Kind != Deleted {
			op.B = tokenSpan(tb, j, j+n, len(b))
			j += n
		} else {
			op.B = tokenSpan(tb, j, j, len(b))
		}
		ops = append(ops, op)
	}
	return ops
}

// tokenRunes gives each token a rune of its own, the same for equal folded
// tokens. Surrogates, which no string can hold, are stepped over.
func tokenRunes(s string, tokens []text.Token, ids map[string]rune) []rune {
	out := make([]rune, len(tokens))
	for i, t := range tokens {
		key := text.Fold(s[t.Start:t.End])
		id, ok := ids[key]
		if !ok {
			id = rune(len(ids) + 1)
			if id >= 0xD800 {
				id += 0x800
			}
			ids[key] = id
		}
		out[i] = id
	}
	return out
}

// tokenSpan gives the bytes from token i to token j (not included).
func tokenSpan(tokens []text.Token, i, j, size int) [2]int {
	switch {
	case i < j:
		return [2]int{tokens[i].Start, tokens[j-1].End}
	case i < len(tokens):
		return [2]int{tokens[i].Start, tokens[i].Start}
	default:
		return [2]int{size, size}
	}
}
