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
	found  [numChannels]*gathered // nil where a channel has nothing to say
	alike  *likeness              // nil without vectors
	aloneX []float64              // numbers of the segment that the other side has nowhere
	aloneY []float64
	noise  float64 // how much of the document seems to have no counterpart, less the usual
	prior  *pairPosterior
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

// bead sets v to the features of the bead that joins the a segments of x
// before boundary i with the b segments of y before boundary j.
func (p *pairing) bead(i, j, a, b int, v *vec) {
	clear(v[:fNull])
	v[groupKind(a, b)] = 1
	x, y := &p.spanX[a-1][i], &p.spanY[b-1][j]
	d := x.log - y.log
	size := x.size + y.size
	square := min(d*d, 3)
	v[fLenSquare], v[fLenAbs], v[fLenSquareLog], v[fSize] = square, math.Abs(d), square*size, size
	p.foundIn(i, j, a, b, size, v)
	if p.alike != nil {
		p.alike.bead(i, j, a, b, size, v)
	}
	p.markFeatures(i, j, a, b, v)
	p.layoutFeatures(i, j, a, b, v)
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
	var memberX, memberY [maxGroup]float32
	total, all := float32(0), float32(0)
	for c, e := range p.found {
		if e == nil {
			continue
		}
		found, want, out := float32(0), float32(0), float32(0)
		for k := range a {
			row := i - a + k
			at := p.grid.at(row, j-1)
			f := e.ofX[b-1][at]
			found += f
			want += e.wantX[row]
			memberX[k] += f
			out += e.ofX[b][at] - f
			if p.grid.has(row, j) {
				out += e.ofX[b][at+1] - f
			}
		}
		for k := range b {
			col := j - b + k
			at := p.grid.at(i-1, col)
			f := e.ofY[a-1][at]
			found += f
			want += e.wantY[col]
			memberY[k] += f
			out += e.ofY[a][at] - f
			if p.grid.has(i, col) {
				out += e.ofY[a][p.grid.at(i, col)] - f
			}
		}
		base := fNumFound + 3*feature(c)
		v[base], v[base+1], v[base+2] = float64(found)/2, float64(want-found)/2, float64(out)/2
		total += found
		all += want
	}
	share := float64(total) / float64(all+4)
	v[fRatio], v[fRatioSize] = share, share*size
	if a+b > 2 {
		v[fWeak] = min(2, float64(min(weakest(memberX[:a]), weakest(memberY[:b]))))
	}
	for k := i - a; k < i; k++ {
		v[fNumAlone] += p.aloneX[k]
	}
	for k := j - b; k < j; k++ {
		v[fNumAlone] += p.aloneY[k]
	}
}

func weakest(members []float32) float32 {
	w := members[0]
	for _, m := range members[1:] {
		w = min(w, m)
	}
	return w
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
	for c, e := range p.found {
		if e == nil {
			continue
		}
		want := e.wantX
		if from == 1 {
			want = e.wantY
		}
		n[nNum+feature(c)] = min(6, float64(want[k])/2)
	}
	n[nNumAlone] = alone[k]
	if p.alike != nil {
		best := p.alike.bestX
		if from == 1 {
			best = p.alike.bestY
		}
		n[nCosine] = best[k]
	}
}
