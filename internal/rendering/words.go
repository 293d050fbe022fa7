package rendering

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/hanword"
	"sverka/internal/text"
)

// Text is a sentence cut into words, ready to be spotted in.
type Text struct {
	Lang  bitext.Lang
	Text  string
	words []word
}

// word is one word of a text: a word of letters, a number, a Chinese word of
// one or two characters, or a sign that says something ($).
type word struct {
	start, end int
	*entry
	capital bool // begins with a capital letter
	glued   bool // stands at the word before it without a space
	inside  bool // stands in brackets
	// cover is the longer piece of the vectors that a Chinese word is a part of,
	// or nil; joins are the pairs of characters over its borders that the lexicon
	// knows.
	cover *entry
	joins []lexKey
	// longFrom to longTo are the words of the longer Chinese words that it is a
	// part of by the dictionary; empty for none.
	longFrom, longTo int
}

// Read cuts a sentence into words. Words that were met before are not made
// anew, so that reading many sentences of one memory is cheap.
func (s *Spotter) Read(lang bitext.Lang, sentence string) *Text {
	t := &Text{Lang: lang, Text: sentence}
	tokens := text.Tokenize(sentence)
	t.words = make([]word, 0, len(tokens)+4)
	depth := 0
	for i := 0; i < len(tokens); i++ {
		first := len(t.words)
		switch tok := tokens[i]; tok.Kind {
		case text.Word:
			if at := clitic(sentence[tok.Start:tok.End]); at > 0 && lang == bitext.English {
				s.add(t, tok.Start, tok.Start+at)
				s.add(t, tok.Start+at, tok.End)
			} else {
				s.add(t, tok.Start, tok.End)
			}
		case text.Han:
			end := i + 1
			for end < len(tokens) && tokens[end].Kind == text.Han && tokens[end].Start == tokens[end-1].End {
				end++
			}
			s.addHan(t, tok.Start, tokens[end-1].End)
			i = end - 1
		case text.Number:
			s.add(t, tok.Start, tok.End)
		case text.Punct:
			switch r, _ := utf8.DecodeRuneInString(sentence[tok.Start:]); {
			case unicode.IsSymbol(r):
				s.add(t, tok.Start, tok.End)
			case unicode.Is(unicode.Ps, r):
				depth++
			case unicode.Is(unicode.Pe, r):
				depth = max(0, depth-1)
			}
		}
		for k := first; k < len(t.words); k++ {
			t.words[k].inside = depth > 0
		}
	}
	if lang == bitext.Chinese {
		s.cover(t)
		s.joins(t)
	}
	return t
}

// cover finds the pieces of the vectors that Chinese words are parts of.
func (s *Spotter) cover(t *Text) {
	if s.vectors == nil {
		return
	}
	j := 0
	for _, p := range s.vectors.Pieces(t.Text) {
		for j < len(t.words) && t.words[j].end <= p.Start {
			j++
		}
		k := j
		for k < len(t.words) && t.words[k].start < p.End {
			k++
		}
		if k-j < 2 || t.words[j].start < p.Start || t.words[k-1].end > p.End {
			continue // words that a piece cuts through are no parts of it
		}
		e := s.entryOf(t.Lang, t.Text[p.Start:p.End])
		for ; j < k; j++ {
			t.words[j].cover = e
		}
	}
}

// joins finds pairs of characters over the borders of words.
func (s *Spotter) joins(t *Text) {
	if s.lex == nil {
		return
	}
	for j := 1; j < len(t.words); j++ {
		u, v := &t.words[j-1], &t.words[j]
		if !v.glued || len(u.form) < 3 || len(v.form) < 3 {
			continue
		}
		_, m := utf8.DecodeLastRuneInString(u.form)
		_, n := utf8.DecodeRuneInString(v.form)
		if id, ok := s.lex.Word(t.Lang, u.form[len(u.form)-m:]+v.form[:n]); ok {
			u.joins = append(u.joins, lexKey{id: id})
			v.joins = append(v.joins, lexKey{id: id})
		}
	}
}

// clitic gives where the short form begins that hangs on an English word, 's
// or n't, or 0.
func clitic(w string) int {
	n := len(w)
	for _, apostrophe := range [...]string{"'", "’"} {
		switch at := strings.LastIndex(w, apostrophe); {
		case at < 1:
		case (w[n-1]|0x20) == 't' && at > 1 && (w[at-1]|0x20) == 'n' && at+len(apostrophe) == n-1:
			return at - 1
		case n-at-len(apostrophe) <= 2:
			return at
		}
	}
	return 0
}

func (s *Spotter) add(t *Text, start, end int) {
	form := t.Text[start:end]
	first, _ := utf8.DecodeRuneInString(form)
	w := word{start: start, end: end, entry: s.entryOf(t.Lang, form), capital: unicode.IsUpper(first)}
	if n := len(t.words); n > 0 {
		w.glued = t.words[n-1].end == start
	}
	t.words = append(t.words, w)
}

// addHan adds the words of a run of Chinese characters.
func (s *Spotter) addHan(t *Text, start, end int) {
	run := t.Text[start:end]
	folded := text.Fold(run)
	if len(folded) != len(run) {
		// A character beyond the first plane may fold to one of other length:
		// such a run is taken character by character.
		for i, r := range run {
			s.add(t, start+i, start+i+utf8.RuneLen(r))
		}
		return
	}
	var room [64]int
	last := 0
	first := len(t.words)
	for _, at := range hanword.Cut(folded, room[:0]) {
		s.add(t, start+last, start+at)
		last = at
	}
	var places [16][2]int
	for _, p := range hanword.Long(folded, places[:0]) {
		t.long(first, start+p[0], start+p[1])
	}
}

// long marks the words from first on that lie in bytes start to end as parts of
// one word.
func (t *Text) long(first, start, end int) {
	from := first
	for from < len(t.words) && t.words[from].start < start {
		from++
	}
	to := from
	for to < len(t.words) && t.words[to].end <= end {
		to++
	}
	if to-from < 2 {
		return
	}
	for k := from; k < to; k++ {
		w := &t.words[k]
		if w.longTo == 0 {
			w.longFrom = from
		}
		w.longTo = to
	}
}

// at gives the words that lie in bytes start to end, at least in part.
func (t *Text) at(start, end int) (from, to int) {
	for from < len(t.words) && t.words[from].end <= start {
		from++
	}
	to = from
	for to < len(t.words) && t.words[to].start < end {
		to++
	}
	return from, to
}
