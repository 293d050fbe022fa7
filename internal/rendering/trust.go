package rendering

import "math"

// The features of how far a rendering can be trusted.
const (
	trustBias = iota
	trustTop
	trustAll
	trustRow
	trustRowLow
	trustLead
	trustColumn
	trustCos
	trustCosLow
	trustForth
	trustBack
	trustSound
	trustMore
	trustCommon
	trustChosen
	trustHan
	trustNumber
	trustCount
	trustSilent
	trustFeatures
)

// trustFeatures sets f to what says how likely the chosen candidates are to be
// the rendering.
func (g *grid) trustFeatures(term []int, cands []candidate, top int, f *[trustFeatures]float32) {
	c := &cands[top]
	chosen := 0
	all := float32(0)
	other := float32(-oddsMax)
	for k := range cands {
		p := cands[k].prob
		if k == top || p >= .5 {
			chosen++
		} else {
			p = 1 - p
			other = max(other, cands[k].last)
		}
		all += float32(math.Log(float64(max(p, 1e-4))))
	}
	f[trustBias] = 1
	f[trustTop], f[trustAll] = squash(c.last), max(-3, all)
	f[trustRow], f[trustRowLow] = squash(c.row), max(0, -c.row)/4
	f[trustLead] = squash(c.last - other)
	f[trustColumn] = c.x[wordColumn]
	f[trustCos], f[trustCosLow] = c.x[wordCos], max(0, .3-c.x[wordCos])
	f[trustForth], f[trustBack] = c.x[wordForth], c.x[wordBack]
	f[trustSound] = c.x[wordSoundLong]
	f[trustMore], f[trustCommon] = c.x[wordTermMore], c.x[wordTermCommon]
	f[trustChosen] = min(4, float32(chosen)) - 1
	f[trustHan] = c.x[wordHanTo]
	f[trustNumber] = c.x[wordNumberSame]
	f[trustCount] = c.x[wordCountForth]
	if c.x[wordForth] == 0 && c.x[wordBack] == 0 && c.x[wordCountForth] == 0 && c.x[wordSound] == 0 {
		f[trustSilent] = 1
	}
}
