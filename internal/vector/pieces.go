package vector

import (
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Piece is one piece of a text: what piece of the table it is, 0 for what the
// table does not hold, and which bytes of the text it came from. Pieces stand in
// order and do not overlap; white space may lie between them.
type Piece struct {
	ID         int32
	Start, End int
}

// unknown is the number of what is in no piece.
const unknown = 0

// Tokenize cuts s, after Normalize, into the likeliest pieces and gives their
// numbers. What the table does not hold is one piece 0 for each run.
//
// Cutting is that of a unigram model (Kudo, Subword Regularization, ACL 2018):
// the way with the greatest sum of scores, found by Viterbi's algorithm in time
// linear in s. Of equal ways the one found first, from left to right with short
// pieces first, is taken.
func (t *Table) Tokenize(s string) []int32 {
	l := t.scratch.Get().(*lattice)
	defer t.release(l)
	l.normal, _ = mark(l.normal[:0], nil, text.Fold(s))
	t.cut(l)
	ids := make([]int32, len(l.pieces))
	for i, p := range l.pieces {
		ids[i] = p.id
	}
	return ids
}

// Pieces is Tokenize with the places in s that the pieces came from.
func (t *Table) Pieces(s string) []Piece {
	l := t.scratch.Get().(*lattice)
	defer t.release(l)
	folded, back := text.FoldMap(s)
	at := make([]int32, 0, len(folded)+16)
	l.normal, at = mark(l.normal[:0], at, folded)
	at = append(at, int32(len(folded)))
	t.cut(l)
	pieces := make([]Piece, 0, len(l.pieces))
	start, last := 0, 0
	for _, p := range l.pieces {
		from := int(at[start])
		if l.normal[start] == wordMark {
			from = int(at[start+1])
		}
		to := int(at[p.end-1]) // the last rune in the folded text
		_, n := utf8.DecodeRuneInString(folded[runeStart(folded, to):])
		to = runeStart(folded, to) + n
		a, b := back.Span(from, to)
		a = max(a, last) // a character that folds to several may give several pieces
		b = max(a, b)
		pieces = append(pieces, Piece{p.id, a, b})
		start, last = int(p.end), b
	}
	return pieces
}

// Embed sets dst, which holds Dim numbers, to the sum of the vectors of the
// pieces of s. The sum is not brought to length 1, so that the vector of
// segments put together is the sum of theirs. Two texts are compared by the
// cosine of their sums. What all texts of a language have in common blurs that:
// take it off (centre) by bringing each sum to length 1 and subtracting the
// mean of these over the document, or, for a sum of several segments, that mean
// times the sum's length, before the cosine is taken.
//
// The language does not change the sum; it is there so that other kinds of
// vectors fit the same form.
func (t *Table) Embed(_ bitext.Lang, s string, dst []float32) {
	clear(dst)
	l := t.scratch.Get().(*lattice)
	defer t.release(l)
	l.normal, _ = mark(l.normal[:0], nil, text.Fold(s))
	t.cut(l)
	t.sum(l, dst)
}

// lattice is the room that cutting one text takes, kept for the next.
type lattice struct {
	normal  []byte
	nodes   []node
	pieces  []cutPiece
	sums    []uint64
	touched byte      // keeps the compiler from leaving fetch out
	words   []cutWord // cut before, by their hash
}

// release keeps l for the next text, unless it has grown out of proportion.
func (t *Table) release(l *lattice) {
	if cap(l.normal) <= keptText {
		t.scratch.Put(l)
	}
}

// node is one place of a text: the best way there.
type node struct {
	score float64
	from  int32 // where the last piece of the way begins
	id    int32 // that piece
}

type cutPiece struct{ id, end int32 }

const (
	unreached = int32(-1)
	// maxStretch bounds the stretch that is cut as a whole, and so memory. Text
	// without a word mark for so long is cut there in any case.
	maxStretch = 1 << 14
	// keptText is the longest text whose room is kept for later texts.
	keptText = 1 << 16
)

// cutWord remembers how a short stretch was cut.
type cutWord struct {
	size, n uint8
	text    [maxWord]byte
	pieces  [maxWordPieces]cutPiece // ends counted from the beginning of the stretch
}

const (
	maxWord       = 30
	maxWordPieces = 4
	keptWords     = 1 << 12
)

// cut cuts l.normal into l.pieces. Words are cut one by one, as no piece goes
// over a mark; what was cut before is remembered.
func (t *Table) cut(l *lattice) {
	l.pieces = l.pieces[:0]
	if l.words == nil {
		l.words = make([]cutWord, keptWords)
	}
	for start := 0; start < len(l.normal); {
		hash := uint32(2166136261)
		end := start + 1
		for end < len(l.normal) && l.normal[end] != wordMark &&
			(end-start < maxStretch || !utf8.RuneStart(l.normal[end])) {
			hash = (hash ^ uint32(l.normal[end])) * 16777619
			end++
		}
		if end-start > maxWord {
			t.cutStretch(l, start, end)
		} else if w := &l.words[(hash>>12^hash)%keptWords]; !l.recall(w, start, end) {
			first := len(l.pieces)
			t.cutStretch(l, start, end)
			l.remember(w, start, end, first)
		}
		start = end
	}
}

// recall appends the pieces of a stretch that w remembers.
func (l *lattice) recall(w *cutWord, start, end int) bool {
	if int(w.size) != end-start || string(w.text[:w.size]) != string(l.normal[start:end]) {
		return false
	}
	for _, p := range w.pieces[:w.n] {
		l.add(cutPiece{p.id, int32(start) + p.end})
	}
	return true
}

// remember has w remember the pieces from first on, where they are few and
// belong to this stretch alone.
func (l *lattice) remember(w *cutWord, start, end, first int) {
	pieces := l.pieces[first:]
	if len(pieces) == 0 || len(pieces) > maxWordPieces || pieces[0].id == unknown {
		return
	}
	w.size, w.n = uint8(end-start), uint8(len(pieces))
	copy(w.text[:], l.normal[start:end])
	for k, p := range pieces {
		w.pieces[k] = cutPiece{p.id, p.end - int32(start)}
	}
}

// add appends a piece. A run of what is unknown is one piece, also over a word
// mark.
func (l *lattice) add(p cutPiece) {
	if n := len(l.pieces); n > 0 && p.id == unknown && l.pieces[n-1].id == unknown {
		l.pieces[n-1].end = p.end
		return
	}
	l.pieces = append(l.pieces, p)
}

// cutStretch cuts bytes start to end of l.normal.
func (t *Table) cutStretch(l *lattice, start, end int) {
	s := l.normal[start:end]
	if cap(l.nodes) <= len(s) {
		l.nodes = make([]node, max(2*len(s), 256))
	}
	nodes := l.nodes[:len(s)+1]
	for i := range nodes {
		nodes[i].from = unreached
	}
	nodes[0] = node{0, 0, unknown}
	unknownScore := float64(f32(t.scores, unknown))
	for i := 0; i < len(s); {
		n, unit := 1, t.unit(0)
		next := i // where the walk through the trie goes on
		if s[i] >= utf8.RuneSelf {
			var r rune
			if r, n = utf8.DecodeRune(s[i:]); r >= jumpFirst && r <= jumpLast {
				unit, next = t.jumps[r-jumpFirst], i+n
			}
		}
		if !t.reach(s, nodes, unit, i, next, n) {
			offer(&nodes[i+n], nodes[i].score+unknownScore, i, unknown)
		}
		i += n
	}
	l.backtrack(nodes, start)
}

// The Chinese characters, with the marks before them: of these the way through
// the trie is known beforehand.
const jumpFirst, jumpLast = 0x3000, 0x9fff

// noJump stands where no piece begins with a character: no unit is like it, as
// its label is no byte of a name.
const noJump = ^uint32(0)

// layJumps walks the trie for every Chinese character.
func (t *Table) layJumps() {
	t.jumps = make([]uint32, jumpLast-jumpFirst+1)
	var b [utf8.UTFMax]byte
	for k := range t.jumps {
		unit := t.unit(0)
		for _, c := range b[:utf8.EncodeRune(b[:], jumpFirst+rune(k))] {
			next := t.unit(unit>>offsetShift + uint32(c))
			if next&labelMask != uint32(c) {
				unit = noJump
				break
			}
			unit = next
		}
		t.jumps[k] = unit
	}
}

// reach offers every piece that begins at i, and says whether one of them is
// the single rune of n bytes there. unit is where the bytes up to k lead.
func (t *Table) reach(s []byte, nodes []node, unit uint32, i, k, n int) (single bool) {
	score := nodes[i].score
	if k > i && unit != noJump {
		single = t.land(s, nodes, unit, i, k, score)
	}
	for ; k < len(s) && unit != noJump; k++ {
		unit = t.unit(unit>>offsetShift + uint32(s[k]))
		if unit&labelMask != uint32(s[k]) {
			break
		}
		if t.land(s, nodes, unit, i, k+1, score) {
			single = single || k+1 == i+n
		}
	}
	return single
}

// land offers the piece from i to end that unit is the end of, and says
// whether there is one.
func (t *Table) land(s []byte, nodes []node, unit uint32, i, end int, score float64) bool {
	if unit&leafBit == 0 {
		return false
	}
	id := t.unit(unit>>offsetShift) >> offsetShift
	if id == unknown || int(id) >= t.rows || !utf8RuneEnds(s, end) {
		return false // no table of ours, where the piece ends within a character
	}
	offer(&nodes[end], score+float64(f32(t.scores, int(id))), i, int32(id))
	return true
}

func offer(to *node, score float64, from int, id int32) {
	if to.from == unreached || score > to.score {
		*to = node{score, int32(from), id}
	}
}

// backtrack appends the best way through nodes to l.pieces.
func (l *lattice) backtrack(nodes []node, start int) {
	// The way is turned round within nodes: from then leads on.
	next := int32(len(nodes) - 1)
	id := nodes[next].id
	for i := nodes[next].from; next > 0; {
		before, own := nodes[i].from, nodes[i].id
		nodes[i].from, nodes[i].id = next, id
		next, i, id = i, before, own
	}
	for i := int32(0); int(i) < len(nodes)-1; i = nodes[i].from {
		l.add(cutPiece{nodes[i].id, int32(start) + nodes[i].from})
	}
}

// The trie of names is a double array (Aoe 1989) of units: the low byte is the
// label that leads to the unit, then a bit that says that a name ends there,
// then where its children begin: the child for byte c stands at that place + c,
// and at the place itself, where a name ends, the number of the piece. No two
// units have their children at one place, so the label tells whose child it is.
const (
	labelMask   = 1<<8 - 1
	leafBit     = 1 << 8
	offsetShift = 9
)

// unit gives unit i of the trie, an empty one behind its end.
func (t *Table) unit(i uint32) uint32 {
	if uint(i)*4+4 > uint(len(t.trie)) {
		return 0
	}
	return u32(t.trie, int(i))
}

// runeStart is where the rune begins that byte i of s is in.
func runeStart(s string, i int) int {
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// utf8RuneEnds says that a rune ends before byte i of s.
func utf8RuneEnds(s []byte, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }
