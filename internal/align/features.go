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
	fLenSquare
	fLenAbs
	fLenSquareLog
	fSize
	fNumFound
	fNumMiss
	fNumOut
	fWordFound
	fWordMiss
	fWordOut
	fSoundFound
	fSoundMiss
	fSoundOut
	fLexFound
	fLexMiss
	fLexOut
	fDictFound
	fDictMiss
	fDictOut
	fCosine
	fCosineSize
	fCosineOut
	fCosineWeak
	fCosineGain
	fRatio
	fRatioSize
	fWeak
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
	fModeFree   = fFree + numNulls
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
	nNum
	nWord
	nSound
	nLex
	nDict
	nNumAlone
	nCosine
	nDoc
	nEdgeDoc
	numNulls
)

var featureNames = [numFeatures]string{
	"bead.1-1", "bead.1-2", "bead.1-3", "bead.1-4", "bead.2-2", "bead.2-3", "bead.3-3", "bead.larger",
	"length.square", "length.abs", "length.square.log", "size",
	"number.found", "number.miss", "number.outside", "word.found", "word.miss", "word.outside",
	"sound.found", "sound.miss", "sound.outside", "learnt.found", "learnt.miss", "learnt.outside",
	"lexicon.found", "lexicon.miss", "lexicon.outside",
	"cosine", "cosine.size", "cosine.outside", "cosine.weakest", "cosine.gain",
	"found.share", "found.share.size", "weakest", "number.alone",
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
	featureNames[fModeFree] = "free"
}

// vec is the value of every feature of one bead.
type vec [numFeatures]float64

// The channels of evidence, in the order of their features.
const (
	chNumber = iota
	chWord
	chSound
	chLearnt
	chLexicon
	numChannels
)

// spanned is what the length of a group says: its log, and its share in the
// size of a bead.
type spanned struct{ log, size float64 }

// pairing is what the model knows about two sides within a corridor.
type pairing struct {
	x, y   *side
	ratio  float64             // length of x for one of y
	spanX  [maxGroup][]spanned // for the groups of 1, 2, … segments that end before a boundary
	spanY  [maxGroup][]spanned
	grid   *grid
	want   [numChannels]*sums     // nil where a channel has nothing to say
	plain  *gathered              // all channels together
	found  [numChannels]*gathered // each channel, when features are asked for
	mixed  *blend                 // the channels weighed, when only scores are
	alike  *likeness              // nil without vectors
	aloneX []float64              // numbers that the other side has nowhere, in the segments before a boundary
	aloneY []float64
	noise  float64 // how much of the document seems to have no counterpart, less the usual
}

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

// lengthMargin keeps the ratio of very short texts from saying much.
const lengthMargin = 8

// sums are values of the segments of both sides, summed up to each boundary.
type sums struct{ x, y []float64 }

// bead sets v to the features of the bead that joins the a segments of x
// before boundary i with the b segments of y before boundary j.
func (p *pairing) bead(i, j, a, b int, v *vec) {
	size := p.plainFeatures(i, j, a, b, v)
	p.foundIn(i, j, a, b, size, v)
}

// plainFeatures sets all features but those of the channels and returns the
// bead's size.
func (p *pairing) plainFeatures(i, j, a, b int, v *vec) float64 {
	clear(v[:fNull])
	v[groupKind(a, b)] = 1
	x, y := &p.spanX[a-1][i], &p.spanY[b-1][j]
	d := x.log - y.log
	size := x.size + y.size
	square := min(d*d, 3)
	v[fLenSquare], v[fLenAbs], v[fLenSquareLog], v[fSize] = square, math.Abs(d), square*size, size
	if p.alike != nil {
		p.alike.bead(i, j, a, b, size, v)
	}
	p.markFeatures(i, j, a, b, v)
	p.layoutFeatures(i, j, a, b, v)
	return size
}

// setSpans computes what the lengths of groups say, each side's scaled so that
// equal texts come out equal.
func (p *pairing) setSpans() {
	for g := range maxGroup {
		p.spanX[g], p.spanY[g] = p.x.spans(g+1, 1), p.y.spans(g+1, p.ratio)
	}
}

func (s *side) spans(group int, scale float64) []spanned {
	out := make([]spanned, s.n+1)
	for i := group; i <= s.n; i++ {
		l := s.span(i-group, i) * scale
		out[i] = spanned{math.Log(l + lengthMargin), math.Log2(1+l/50) / 2}
	}
	return out
}

// foundIn sets the features of the channels.
func (p *pairing) foundIn(i, j, a, b int, size float64, v *vec) {
	total, all := 0.0, 0.0
	for c, e := range p.found {
		if e == nil {
			continue
		}
		found, want := float64(e.found(p.grid, i, j, a, b)), p.wants(c, i, j, a, b)
		base := fNumFound + 3*feature(c)
		v[base], v[base+1], v[base+2] = found/2, (want-found)/2, float64(e.outside(p.grid, i, j, a, b))/2
		total += found
		all += want
	}
	p.shareFeatures(i, j, a, b, total, all, size, v)
}

// wants is what the units of a bead's segments could find by channel c.
func (p *pairing) wants(c, i, j, a, b int) float64 {
	return p.want[c].x[i] - p.want[c].x[i-a] + p.want[c].y[j] - p.want[c].y[j-b]
}

// shareFeatures sets the features of all channels together: total was found of
// all that could be.
func (p *pairing) shareFeatures(i, j, a, b int, total, all, size float64, v *vec) {
	share := total / (all + 4)
	v[fRatio], v[fRatioSize] = share, share*size
	if a+b > 2 {
		v[fWeak] = min(2, float64(p.plain.weakest(p.grid, i, j, a, b)))
	}
	v[fNumAlone] = p.aloneX[i] - p.aloneX[i-a] + p.aloneY[j] - p.aloneY[j-b]
}

// sums of the marks of a group.
type markSum struct {
	questions, exclaims, quotes, brackets, colons int
}

func sumMarks(segs []segment) (s markSum) {
	for k := range segs {
		s.questions += segs[k].questions
		s.exclaims += segs[k].exclaims
		s.quotes += segs[k].quotes
		s.brackets += segs[k].brackets
		s.colons += segs[k].colons
	}
	return s
}

func (p *pairing) markFeatures(i, j, a, b int, v *vec) {
	sx, sy := sumMarks(p.x.segs[i-a:i]), sumMarks(p.y.segs[j-b:j])
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

func differ(a, b int) float64 { return float64(min(3, max(a-b, b-a))) }

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
	if from == 1 {
		s, alone = p.y, p.aloneY
	}
	l := s.segs[k].length
	if from == 1 {
		l *= p.ratio
	}
	n[nSize] = math.Log2(1 + 2*l/100)
	for c, want := range p.want {
		if want == nil {
			continue
		}
		of := want.x
		if from == 1 {
			of = want.y
		}
		n[nNum+feature(c)] = min(6, (of[k+1]-of[k])/2)
	}
	n[nNumAlone] = alone[k+1] - alone[k]
	if p.alike != nil {
		best := p.alike.bestX
		if from == 1 {
			best = p.alike.bestY
		}
		n[nCosine] = best[k]
	}
}
