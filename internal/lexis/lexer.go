package lexis

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// tok is a token of the folded text with what the table knows of it.
type tok struct {
	kind text.TokenKind
	gap  bool  // white space, or nothing at all, before it
	caps uint8 // capNone, capFirst, capAll
	mask class // the roles of all phrases that begin with it
	s, e int32 // in the folded text
	w    string
	ps   []phrase
}

const (
	capNone uint8 = iota
	capFirst
	capAll // two letters or more, all capital
)

// scanner reads one text.
type scanner struct {
	lang bitext.Lang
	src  string // as given
	low  string // folded
	at   text.OffsetMap
	toks []tok
	out  []Item
	used []int32 // for each token the number of the numeric item that holds it, from 1
	// the number last read and where: dates, times and numbers ask for it in turn
	memo struct {
		at  int // token, from 1
		num num
		ok  bool
	}
}

// tokPool holds token slices that are no longer used: a text is scanned by the
// thousand, and its tokens are its largest part.
var tokPool = sync.Pool{New: func() any { return new([]tok) }}

// release gives the tokens back; the scanner is not used after it.
func (s *scanner) release() {
	if cap(s.toks) > 1<<12 {
		return
	}
	clear(s.toks)
	toks := s.toks[:0]
	tokPool.Put(&toks)
	s.toks = nil
}

// remembered gives the number at token i by read, or as it was read last.
func (s *scanner) remembered(i int, read func(int) (num, bool)) (num, bool) {
	if s.memo.at != i+1 {
		n, ok := read(i)
		s.memo.at, s.memo.num, s.memo.ok = i+1, n, ok
	}
	return s.memo.num, s.memo.ok
}

func newScanner(lang bitext.Lang, src string) *scanner {
	s := &scanner{lang: lang, src: src}
	s.low, s.at = text.FoldMap(src)
	t := tableOf(lang)
	raw := text.Tokenize(s.low)
	s.toks = *tokPool.Get().(*[]tok)
	if cap(s.toks) < len(raw) {
		s.toks = make([]tok, 0, len(raw)+len(raw)/4)
	}
	end := -1
	for _, r := range raw {
		for r.Kind == text.Number {
			cut := s.fullStop(r)
			if cut < 0 {
				break
			}
			s.push(t, text.Token{Kind: text.Number, Start: r.Start, End: cut}, end)
			s.push(t, text.Token{Kind: text.Punct, Start: cut, End: cut + 1}, cut)
			r.Start, end = cut+1, cut+1
		}
		s.push(t, r, end)
		end = r.End
	}
	return s
}

// fullStop gives where a full-width comma or stop, which folds to a plain one,
// stands in the digits of r, or -1: it parts numbers and groups no digits.
func (s *scanner) fullStop(r text.Token) int {
	for i := r.Start; i < r.End; i++ {
		c := s.low[i]
		if (c == ',' && s.low[i+1:r.End] != "000" || c == '.') && s.src[s.at.Original(i)] != c {
			return i
		}
	}
	return -1
}

// push adds token r; end is where the one before it ended.
func (s *scanner) push(t *table, r text.Token, end int) {
	s.toks = append(s.toks, tok{kind: r.Kind, s: int32(r.Start), e: int32(r.End), w: s.low[r.Start:r.End], gap: r.Start != end})
	k := &s.toks[len(s.toks)-1]
	if s.lang == bitext.English && r.Kind == text.Word && strings.HasSuffix(k.w, "'s") && t.first[k.w] == nil {
		k.w, k.e = k.w[:len(k.w)-2], k.e-2 // a possessive
	}
	k.ps = t.first[k.w]
	for _, p := range k.ps {
		k.mask |= p.mask
	}
	if k.kind != text.Word {
		return
	}
	k.caps = s.capsOf(k)
	if len(k.ps) == 0 && s.lang == bitext.Russian && len(k.w) > 16 {
		if p, ok := compoundNumeral(k.w); ok {
			k.ps, k.mask = []phrase{p}, p.mask
		}
	}
}

// capsOf says how the word was written before folding.
func (s *scanner) capsOf(k *tok) uint8 {
	from, to := s.at.Span(int(k.s), int(k.e))
	r, n := utf8.DecodeRuneInString(s.src[from:to])
	if !unicode.IsUpper(r) {
		return capNone
	}
	letters := 0
	for _, r := range s.src[from+n : to] {
		if unicode.IsLower(r) {
			return capFirst
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters == 0 {
		return capFirst
	}
	return capAll
}

// find gives the longest phrase at token i that has a sense in c, and how many
// tokens it takes; n is 0 when there is none.
func (s *scanner) find(i int, c class) (sense, int) {
	if i < 0 || i >= len(s.toks) || s.toks[i].mask&c == 0 {
		return sense{}, 0
	}
next:
	for k := range s.toks[i].ps {
		p := &s.toks[i].ps[k]
		if p.mask&c == 0 || i+len(p.rest) >= len(s.toks) {
			continue
		}
		for j, w := range p.rest {
			if s.toks[i+1+j].w != w {
				continue next
			}
		}
		for _, m := range p.senses {
			if m.class&c != 0 {
				return m, 1 + len(p.rest)
			}
		}
	}
	return sense{}, 0
}

// longest gives the length in tokens of the longest phrase of any class at i.
func (s *scanner) longest(i int) int {
	if i >= len(s.toks) {
		return 0
	}
	_, n := s.find(i, ^class(0))
	return n
}

// before finds the longest phrase of class c that ends just before token i.
func (s *scanner) before(i int, c class) (sense, int) {
	for k := min(5, i); k > 0; k-- {
		if m, n := s.find(i-k, c); n == k {
			return m, n
		}
	}
	return sense{}, 0
}

func (s *scanner) word(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.toks[i].w
}

// joined says that tokens i-1 and i touch.
func (s *scanner) joined(i int) bool {
	return i > 0 && i < len(s.toks) && !s.toks[i].gap
}

// item makes an item of tokens i to j, j not included, with offsets in the
// text as given.
func (s *scanner) item(k Kind, i, j int, norm string) Item {
	from, to := s.at.Span(int(s.toks[i].s), int(s.toks[j-1].e))
	return Item{Kind: k, Start: from, End: to, Norm: norm, Value: nan, High: nan}
}
