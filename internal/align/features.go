package align

import "math"

// maxGroup is the most segments of one side that a bead may hold.
const maxGroup = 4

// feature numbers a feature of the model; featureNames names it in the file
// of weights.
type feature int

const (
	f11 feature = iota
	f12
	f13
	f14
	f22
	f23
	f33
	fBig
	numKinds
)

const (
	fLenSquare = numKinds + iota
	fLenAbs
	fLenSquareLog
	fSize
	fTilt
	fFound // of each channel: what was found, and what was missed
	fOut   = fFound + 2*numChannels
)

const (
	fCosine feature = fOut + 1 + iota
	fCosineSize
	fCosineOut
	fCosineWeak
	fCosineGain
	fRatio
	fRatioSize
	fWeak
	fWeakShare
	fShareLack
	fNumAlone
	fAskBoth
	fAskOne
	fExclaimDiff
	fQuoteBoth
	fQuoteOne
	fBracketDiff
	fColonDiff
	fClosedDiff
	fStartSame
	fStartDiff
	fHeadDiff
	fSpeakerBoth
	fSpeakerOne
	fSpeakerInside
	fBlockInside
	fBlockStartBoth
	fBlockStartOne
	fNull                          // the first of numNulls features of a segment without counterpart
	fFree       = fNull + numNulls // the same where the document is a free rendering
	fFreeKind   = fFree + numNulls // what each kind of bead weighs more there
	fModeFree   = fFreeKind + numKinds
	numFeatures = fModeFree + 1
)

// The features of a segment without counterpart, counted from fNull or fFree.
const (
	nOpen feature = iota
	nMore
	nHead
	nTail
	nTailOpen
	nSize
	nChannel  // what each channel could find
	nNumAlone = nChannel + numChannels
	nCosine   = nNumAlone + 1
	nDoc      = nCosine + 1
	nEdgeDoc  = nDoc + 1
	numNulls  = nEdgeDoc + 1
)

var featureNames = [numFeatures]string{
	"bead.1-1", "bead.1-2", "bead.1-3", "bead.1-4", "bead.2-2", "bead.2-3", "bead.3-3", "bead.larger",
	"length.square", "length.abs", "length.square.log", "size", "tilt",
	"number.found", "number.miss", "word.found", "word.miss", "sound.found", "sound.miss",
	"learnt.found", "learnt.miss", "lexicon.found", "lexicon.miss", "found.outside",
	"cosine", "cosine.size", "cosine.outside", "cosine.weakest", "cosine.gain",
	"found.share", "found.share.size", "weakest", "weakest.share", "share.lack", "number.alone",
	"question.both", "question.one", "exclamation.differ", "quote.both", "quote.one", "bracket.differ",
	"colon.differ", "closed.differ", "start.same", "start.differ", "heading.differ",
	"speaker.both", "speaker.one", "speaker.inside", "block.inside", "block.start.both", "block.start.one",
}

var nullNames = [numNulls]string{"open", "more", "head", "tail", "tail.open", "size",
	"number", "word", "sound", "learnt", "lexicon", "number.alone", "cosine", "doc", "edge.doc"}

func init() {
	for k, name := range nullNames {
		featureNames[fNull+feature(k)] = "null." + name
		featureNames[fFree+feature(k)] = "free.null." + name
	}
	for k := range numKinds {
		featureNames[fFreeKind+k] = "free." + featureNames[k]
	}
	featureNames[fModeFree] = "free"
}

// vec is the value of every feature of one bead.
type vec [numFeatures]float64

// The channels of evidence, in the order of their features.
const (
	chNumber feature = iota
	chWord
	chSound
	chLearnt
	chLexicon
	numChannels
)

func groupKind(a, b int) feature {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == 1:
		return f11 + feature(b-1)
	case a == 2 && b <= 3:
		return f22 + feature(b-2)
	case a == 3 && b == 3:
		return f33
	}
	return fBig
}

// plainFeatures sets the features of the bead of a and b segments that ends
// at the view's cell, but for those of the channels one by one.
func (p *pairing) plainFeatures(c *view, a, b int, v *vec) {
	clear(v[:fNull])
	i, j := c.i, c.j
	v[groupKind(a, b)] = 1
	x, y := &p.spanX[a-1][i], &p.spanY[b-1][j]
	d := float64(x.log - y.log)
	size := float64(x.size + y.size)
	square := min(d*d, 3)
	v[fLenSquare], v[fLenAbs], v[fLenSquareLog], v[fSize] = square, math.Abs(d), square*size, size
	v[fTilt] = float64(b-a) * p.tilt
	if p.alike != nil {
		p.cosineFeatures(c, a, b, size, v)
	}
	p.foundFeatures(c, a, b, size, v)
	p.markFeatures(i, j, a, b, v)
	if p.laidOut {
		p.layoutFeatures(i, j, a, b, v)
	}
}

// foundFeatures sets the features of all channels together.
func (p *pairing) foundFeatures(c *view, a, b int, size float64, v *vec) {
	i, j := c.i, c.j
	all := p.allX[i] - p.allX[i-a] + p.allY[j] - p.allY[j-b]
	share := float64(c.plain[a-1][b-1] / (all + 4))
	v[fRatio], v[fRatioSize] = share, share*size
	v[fOut] = float64(p.outside(p.plain.sum, i, j, a, b)) / 2
	if a+b > 2 {
		v[fWeak] = float64(min(2, p.weakest(p.plain.sum, i, j, a, b)))
		p.shareFeatures(i, j, a, b, v)
	}
	v[fNumAlone] = float64(p.aloneX[i] - p.aloneX[i-a] + p.aloneY[j] - p.aloneY[j-b])
}

// markSum is the marks of a group.
type markSum struct{ questions, exclaims, quotes, brackets, colons int32 }

func (m markSum) and(o *markSum) markSum {
	return markSum{m.questions + o.questions, m.exclaims + o.exclaims, m.quotes + o.quotes, m.brackets + o.brackets, m.colons + o.colons}
}

// marksOf are the marks of the a segments before boundary i.
func (s *side) marksOf(i, a int) markSum {
	m, o := s.marks[i], &s.marks[i-a]
	return markSum{m.questions - o.questions, m.exclaims - o.exclaims, m.quotes - o.quotes, m.brackets - o.brackets, m.colons - o.colons}
}

func (p *pairing) markFeatures(i, j, a, b int, v *vec) {
	sx, sy := p.x.marksOf(i, a), p.y.marksOf(j, b)
	v[fAskBoth] = float64(min(sx.questions, sy.questions, 3))
	v[fAskOne] = differ(sx.questions, sy.questions)
	v[fExclaimDiff] = differ(sx.exclaims, sy.exclaims)
	v[fQuoteBoth] = oneIf(sx.quotes > 0 && sy.quotes > 0)
	v[fQuoteOne] = oneIf((sx.quotes > 0) != (sy.quotes > 0))
	v[fBracketDiff] = differ(sx.brackets, sy.brackets)
	v[fColonDiff] = differ(sx.colons, sy.colons)
	v[fClosedDiff] = oneIf(p.x.segs[i-1].closed != p.y.segs[j-1].closed)
	nx, ny := p.x.segs[i-a].start, p.y.segs[j-b].start
	v[fStartSame] = oneIf(nx >= 0 && nx == ny)
	v[fStartDiff] = oneIf(nx != ny && nx >= 0 && ny >= 0)
}

func differ(a, b int32) float64 { return float64(min(3, max(a-b, b-a))) }

func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// layoutFeatures compares headings, speakers and blocks.
func (p *pairing) layoutFeatures(i, j, a, b int, v *vec) {
	x, y := p.x.segs[i-a:i], p.y.segs[j-b:j]
	if p.x.headed && p.y.headed {
		v[fHeadDiff] = oneIf((x[0].item.Kind == 1) != (y[0].item.Kind == 1))
	}
	if p.x.labelled && p.y.labelled {
		sx, sy := x[0].item.Speaker != "", y[0].item.Speaker != ""
		v[fSpeakerBoth] = oneIf(sx && sy && x[0].item.Question == y[0].item.Question)
		v[fSpeakerOne] = oneIf(sx != sy)
	}
	bx, inX := inside(x)
	by, inY := inside(y)
	v[fSpeakerInside] = float64(inX + inY)
	if p.x.multi {
		v[fBlockInside] += float64(bx)
	}
	if p.y.multi {
		v[fBlockInside] += float64(by)
	}
	if p.x.multi && p.y.multi {
		sx, sy := p.x.opens(i-a), p.y.opens(j-b)
		v[fBlockStartBoth] = oneIf(sx && sy)
		v[fBlockStartOne] = oneIf(sx != sy)
	}
}

// inside counts the block borders and the speaker labels inside a group.
func inside(g []segment) (borders, speakers int) {
	for k := 1; k < len(g); k++ {
		if g[k].item.Block != g[k-1].item.Block {
			borders++
		}
		if g[k].item.Speaker != "" {
			speakers++
		}
	}
	return borders, speakers
}

// opens says that segment i begins a block.
func (s *side) opens(i int) bool {
	return i == 0 || s.segs[i].item.Block != s.segs[i-1].item.Block
}

// nullPlace says where in the run of segments without counterpart a null
// stands.
type nullPlace uint8

const (
	nullOpen     nullPlace = iota // the first after a bead
	nullMore                      // a further one
	nullHead                      // before the first bead
	nullTailOpen                  // the first after the last bead
	nullTail                      // a further one there
	numNullPlaces
)

// mode says what kind of document a path takes it for: one with noise, where
// segments without counterpart come easily, or a free rendering, where they
// are rare. Which it is comes out of the sum over all alignments.
type mode int

const (
	noisy mode = iota
	free
	numModes
)

// null sets v to the features of segment k of side from (0 for x) standing
// without counterpart.
func (p *pairing) null(m mode, from, k int, place nullPlace, v *vec) {
	*v = vec{}
	base := fNull
	if m == free {
		base = fFree
	}
	n := v[base : base+numNulls]
	switch place {
	case nullOpen:
		n[nOpen] = 1
	case nullMore:
		n[nMore] = 1
	case nullHead:
		n[nHead] = 1
	case nullTailOpen:
		n[nTailOpen], n[nTail] = 1, 1
	case nullTail:
		n[nTail] = 1
	}
	if place >= nullHead {
		n[nEdgeDoc] = p.noise
	} else {
		n[nDoc] = p.noise
	}
	s, alone := p.x, p.aloneX
	scale := 1.0
	if from == 1 {
		s, alone, scale = p.y, p.aloneY, p.ratio
	}
	l := float64(s.segs[k].length) * scale
	n[nSize] = math.Log2(1 + 2*l/100)
	for c, want := range p.want[from] {
		if want != nil {
			n[nChannel+feature(c)] = min(6, float64(want[k])/2)
		}
	}
	n[nNumAlone] = float64(alone[k+1] - alone[k])
	if p.alike != nil {
		n[nCosine] = float64(p.alike.best[from][k])
	}
}

// shareFeatures tells of the members of groups what of their words the other
// side answers.
func (p *pairing) shareFeatures(i, j, a, b int, v *vec) {
	least, lack := float32(1), float32(0)
	member := func(found, want, size float32) {
		share := found / (want + 3)
		least = min(least, share)
		lack += size * max(0, 0.3-share)
	}
	for row := i - a; row < i && a > 1; row++ {
		member(p.grid.row(p.plain.sum, row, j, b), p.allX[row+1]-p.allX[row], p.spanX[0][row+1].size)
	}
	for col := j - b; col < j && b > 1; col++ {
		member(p.grid.column(p.plain.sum, col, i, a), p.allY[col+1]-p.allY[col], p.spanY[0][col+1].size)
	}
	v[fWeakShare], v[fShareLack] = float64(least), float64(lack)
}
