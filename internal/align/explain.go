package align

import "sverka/internal/bitext"

// told is what an explanation of a pair's beads is taken from.
type told struct {
	p    *pairing
	o    *outlook
	w    *vec
	mode mode
}

// signs are the features by the kind of evidence they are: a name and the
// features up to the next one's first.
var signs = []struct {
	name  string
	first feature
}{
	{"shape", f11}, {"length", fLenSquare}, {"shape", fTilt},
	{"numbers", fFound}, {"shared words", fFound + 2*chWord}, {"names", fFound + 2*chSound},
	{learntSign, fFound + 2*chLearnt}, {"lexicon", fFound + 2*chLexicon}, {"words outside", fOut},
	{"vectors", fCosine}, {"words in all", fRatio}, {"numbers", fNumAlone},
	{"punctuation", fAskBoth}, {"layout", fHeadDiff}, {"", fNull},
}

var aloneSigns = []struct {
	name  string
	first feature
}{
	{"place", nOpen}, {"length", nSize}, {"numbers", nChannel}, {"shared words", nChannel + chWord},
	{"names", nChannel + chSound}, {learntSign, nChannel + chLearnt}, {"lexicon", nChannel + chLexicon},
	{"numbers", nNumAlone}, {"vectors", nCosine}, {"document", nDoc}, {"", numNulls},
}

const learntSign = "learnt words"

// explain notes on the beads what the signs of their sides say; pairs holds
// every two of n versions.
func explain(beads []bitext.Bead, pairs []*told, n int) {
	for k := range beads {
		b := &beads[k]
		for u := range n {
			for v := u + 1; v < n; v++ {
				t := pairs[pairIndex(u, v, n)]
				x, y := b.Sides[u], b.Sides[v]
				switch {
				case !x.Empty() && !y.Empty():
					if x.Len() <= maxGroup && y.Len() <= maxGroup {
						b.Evidence = append(b.Evidence, bitext.Evidence{A: u, B: v, Signs: t.bead(x, y)})
					}
				case b.Filled() == 1 && len(b.Evidence) == 0 && x.Len() == 1:
					b.Evidence = append(b.Evidence, bitext.Evidence{A: u, B: u, Signs: t.alone(0, x.From)})
				case b.Filled() == 1 && len(b.Evidence) == 0 && y.Len() == 1:
					b.Evidence = append(b.Evidence, bitext.Evidence{A: v, B: v, Signs: t.alone(1, y.From)})
				}
			}
		}
	}
}

func (t *told) bead(x, y bitext.Range) []bitext.Sign {
	var c view
	var v vec
	t.p.look(&c, x.To, y.To, x.Len(), y.Len())
	t.p.bead(&c, x.Len(), y.Len(), &v)
	var out []bitext.Sign
	for k := range signs[:len(signs)-1] {
		sum := 0.0
		for f := signs[k].first; f < signs[k+1].first; f++ {
			sum += t.w[f] * v[f]
		}
		out = addSign(out, t.sign(signs[k].name), sum)
	}
	if b := t.o.band; b.has(x.To, y.To) && t.o.knows(b.at(x.To, y.To), x.Len(), y.Len()) {
		out = addSign(out, "memory", float64(t.o.worth))
	}
	if t.mode == free {
		out = addSign(out, "free rendering", t.w[fFreeKind+groupKind(x.Len(), y.Len())])
	}
	return out
}

// sign names a sign: words that a memory has taught too are called so.
func (t *told) sign(name string) string {
	if name == learntSign && t.o.taught {
		return "learnt words and memory"
	}
	return name
}

// alone tells of segment k of side from of the pair.
func (t *told) alone(from, k int) []bitext.Sign {
	var v vec
	t.p.null(t.mode, from, k, nullOpen, &v)
	base := nullBase(t.mode)
	var out []bitext.Sign
	for s := range aloneSigns[:len(aloneSigns)-1] {
		sum := 0.0
		for f := aloneSigns[s].first; f < aloneSigns[s+1].first; f++ {
			sum += t.w[base+f] * v[base+f]
		}
		out = addSign(out, t.sign(aloneSigns[s].name), sum)
	}
	return out
}

// addSign adds to the sign of a name, those that say nothing left out.
func addSign(signs []bitext.Sign, name string, value float64) []bitext.Sign {
	if value == 0 {
		return signs
	}
	for k := range signs {
		if signs[k].Name == name {
			signs[k].Value += value
			return signs
		}
	}
	return append(signs, bitext.Sign{Name: name, Value: value})
}
