package align

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

// A reader reads segments of one language into what the model wants to know
// of them. It remembers every word that it has met, so that most words cost
// one look-up.
type reader struct {
	lang   bitext.Lang
	lex    *lexicon.Lexicon
	words  map[string]word
	tokens []text.Token
	local  []int32 // unit of a key of the lexicon in the side at hand, plus one
	han    []rune  // the run of Chinese characters at hand, folded
	chars  map[rune]rune
}

// word is what the reader remembers of a word as it is written.
type word struct {
	id     lexicon.ID
	known  bool // to the lexicon
	hash   uint64
	length int32
	month  int32 // 1 to 12
	sound  sound // of a capitalised word, 0: none
	scale  float64
}

const wordsKept = 1 << 16

// readers are kept by language, as long as they know the same lexicon.
var readers sync.Map // bitext.Lang → *sync.Pool

func getReader(lang bitext.Lang, lex *lexicon.Lexicon) *reader {
	pool, ok := readers.Load(lang)
	if !ok {
		pool, _ = readers.LoadOrStore(lang, &sync.Pool{})
	}
	if r, ok := pool.(*sync.Pool).Get().(*reader); ok && r.lex == lex {
		return r
	}
	return &reader{lang: lang, lex: lex, words: map[string]word{}, chars: map[rune]rune{}, local: make([]int32, lex.Size(lang))}
}

// release gives the reader back, its side being read.
func (r *reader) release() {
	clear(r.local)
	if len(r.words) > wordsKept {
		r.words = map[string]word{}
	}
	if pool, ok := readers.Load(r.lang); ok {
		pool.(*sync.Pool).Put(r)
	}
}

// read notes what segment i of s shows.
func (r *reader) read(s *side, i int, src string) {
	r.tokens = text.AppendTokens(r.tokens[:0], src)
	seg := &s.segs[i]
	seg.start = -1
	length := 0
	for k := 0; k < len(r.tokens); k++ {
		t := &r.tokens[k]
		switch t.Kind {
		case text.Han:
			end := k + 1
			for end < len(r.tokens) && r.tokens[end].Kind == text.Han && r.tokens[end].Start == r.tokens[end-1].End {
				end++
			}
			r.readHan(s, src[t.Start:r.tokens[end-1].End])
			length += hanWeight * (end - k)
			k = end - 1
		case text.Word:
			w := r.word(src[t.Start:t.End])
			length += int(w.length)
			r.note(s, w.id, w.known, w.hash)
			if w.sound > 0 && k > 0 {
				s.names.add(uint64(w.sound))
			}
			if w.month > 0 {
				s.numbers.add(monthKey(w.month))
			}
		case text.Number:
			length += t.End - t.Start
			r.readNumber(s, seg, src, k)
		default:
			length++
			seg.marks.count(src[t.Start:])
		}
	}
	seg.length = float32(length)
	seg.closed = r.closes(src)
	s.keys.close()
	s.numbers.close()
	s.names.close()
}

// closes says that a mark that ends a sentence stands among the last marks.
func (r *reader) closes(src string) bool {
	for k := len(r.tokens) - 1; k >= 0 && r.tokens[k].Kind == text.Punct; k-- {
		switch c, _ := utf8.DecodeRuneInString(src[r.tokens[k].Start:]); c {
		case '.', '。', '!', '！', '?', '？', '…', ';', '；', ':', '：', '．':
			return true
		}
	}
	return false
}

// count notes the mark that s begins with.
func (m *markSum) count(s string) {
	switch c, _ := utf8.DecodeRuneInString(s); c {
	case '?', '？':
		m.questions++
	case '!', '！':
		m.exclaims++
	case '"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '《', '》', '〈', '〉', '＂':
		m.quotes++
	case '(', '（', '[', '［', '【':
		m.brackets++
	case ':', '：':
		m.colons++
	}
}

// note notes a word of the lexicon in the segment at hand, or another one by
// its hash.
func (r *reader) note(s *side, id lexicon.ID, known bool, hash uint64) {
	if !known {
		s.keys.add(hash | otherWord)
		return
	}
	at := r.local[id]
	if at == 0 {
		at = s.keys.fresh(uint64(id)) + 1
		r.local[id] = at
	}
	s.keys.note(at - 1)
}

// word gives what is to be known of a word as it is written.
func (r *reader) word(form string) word {
	if w, ok := r.words[form]; ok {
		return w
	}
	form = strings.Clone(form)
	folded := text.Fold(form)
	key := lexicon.Key(r.lang, strings.TrimSuffix(folded, "'s"))
	w := word{
		hash:   hashOf(key),
		length: int32(utf8.RuneCountInString(folded)),
		month:  months[folded],
		scale:  scales[folded],
	}
	w.id, w.known = r.lex.Word(r.lang, key)
	if w.month == 0 {
		w.month = months[prefixOf(folded, 3)+"…"]
	}
	if first, _ := utf8.DecodeRuneInString(form); unicode.IsUpper(first) {
		if sk := skeleton(folded); len(sk) >= minSkeleton {
			w.sound = soundCode(sk)
		}
	}
	r.words[form] = w
	return w
}

// readHan reads a run of Chinese characters.
func (r *reader) readHan(s *side, run string) {
	r.han = r.han[:0]
	for _, c := range run {
		r.han = append(r.han, r.char(c))
	}
	for k, c := range r.han {
		r.noteHan(s, c, 0)
		if k > 0 {
			r.noteHan(s, r.han[k-1], c)
		}
	}
	addHanSounds(s.names, r.han)
	addHanNumbers(s.numbers, r.han)
}

// noteHan notes a Chinese character, or two of them.
func (r *reader) noteHan(s *side, a, b rune) {
	var id lexicon.ID
	known := false
	if r.lang == bitext.Chinese {
		id, known = r.lex.Han(a, b)
	}
	r.note(s, id, known, uint64(a)<<32|uint64(b))
}

// char folds a Chinese character by itself.
func (r *reader) char(c rune) rune {
	folded, ok := r.chars[c]
	if !ok {
		folded, _ = utf8.DecodeRuneInString(text.Fold(string(c)))
		r.chars[c] = folded
	}
	return folded
}
