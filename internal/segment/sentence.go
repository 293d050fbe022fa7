package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// isStop says that r can end a sentence.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '．', '｡', '‼', '⁇', '⁈', '⁉':
		return true
	}
	return false
}

// isFullStop says that r ends a sentence in Chinese, white space or not.
func isFullStop(r rune) bool {
	switch r {
	case '。', '！', '？', '｡':
		return true
	}
	return false
}

// boundaries gives the offsets at which the sentences of one block end, but
// for the last; nothing before skip (the end of a speaker's label) ends one.
func boundaries(s string, skip int) []int {
	c := scanner{s: s}
	var ends []int
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isStop(r):
			m := c.absorb(i)
			if i >= skip && c.ends(i, m) {
				ends = append(ends, m.end)
				c.next(m.end)
			}
			i = m.end
			continue
		case (r == ';' || r == '；') && i >= skip && itemAt(s[i+n:], true):
			// A semicolon parts clauses, as in the other languages and in the
			// default rules of translators' tools; only the next item of a
			// list is a segment of its own.
			ends = append(ends, i+n)
			c.next(i + n)
		case r == '"':
			c.quoted = !c.quoted
		case r == '„':
			c.low++
		case r == '“' && c.low > 0:
			c.low--
		}
		i += n
	}
	return ends
}

// scanner holds what the rules must know of the block so far.
type scanner struct {
	s      string
	start  int  // where the sentence begins
	blank  int  // how far it is known to hold no word
	quoted bool // within "straight quotes"
	low    int  // „ without their “
	runEnd int  // end of the run without white space looked at last
	link   bool // whether that run is an address
}

// next begins a sentence at offset i or behind the white space there.
func (c *scanner) next(i int) {
	c.start = len(c.s) - len(strings.TrimLeftFunc(c.s[i:], unicode.IsSpace))
	c.blank = c.start
}

// hasWord says that a letter or a digit stands between the start of the
// sentence and offset i. What was looked at once is not looked at again.
func (c *scanner) hasWord(i int) bool {
	k := strings.IndexFunc(c.s[c.blank:i], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if k < 0 {
		c.blank = i
		return false
	}
	c.blank += k
	return true
}

// mark is a run of stops with what closes behind it.
type mark struct {
	end       int  // offset behind it
	full      bool // has 。！？
	asks      bool // has an ASCII ! or ?
	dots      int  // full stops and ellipses
	ellipsis  bool // only dots, and at least two or an …
	quote     bool // a quotation closes behind it
	title     bool // a title in 《》 closes
	bracket   bool // a round bracket closes
	fullClose bool // a full-width closer is among them
}

// absorb reads the stops at offset i and the quotes, brackets and footnote
// marks that close behind them; stops may follow these again (“Да?”.).
func (c *scanner) absorb(i int) mark {
	var m mark
	for i < len(c.s) {
		r, n := utf8.DecodeRuneInString(c.s[i:])
		switch {
		case isStop(r):
			m.stop(r)
		case r == '"':
			if !c.quoted && !atEnd(c.s[i+n:]) {
				m.end = i
				return m
			}
			m.quote, c.quoted = true, false
		case r == '“':
			if c.low == 0 {
				m.end = i
				return m
			}
			m.quote = true
			c.low--
		case r == '\'':
			if !atEnd(c.s[i+n:]) {
				m.end = i
				return m
			}
			m.quote = true
		case strings.ContainsRune(closers, r):
			m.closer(r)
		default:
			note := footnote(c.s[i:])
			if note == 0 {
				note = c.looseCloser(i)
			}
			if note == 0 {
				m.end = i
				return m
			}
			n = note
		}
		i += n
	}
	m.end = i
	return m
}

func (m *mark) stop(r rune) {
	m.quote, m.title, m.bracket = false, false, false // they stand within the sentence
	switch {
	case isFullStop(r):
		m.full = true
	case r == '.' || r == '．':
		m.dots++
	case r == '…':
		m.dots += 2
	default:
		m.asks = true
	}
	m.ellipsis = m.dots > 1 && !m.full && !m.asks
}

func (m *mark) closer(r rune) {
	switch r {
	case '》', '〉':
		m.title = true
	case ')', '）':
		m.bracket = true
	case ']', '}', '】', '］', '｝', '〕', '〗', '*':
	default:
		m.quote = true
	}
	m.fullClose = m.fullClose || r >= 0x3000
}

// footnote gives the length of a footnote mark at the start of s: [12] or ¹².
func footnote(s string) int {
	if len(s) > 2 && s[0] == '[' {
		n := 1
		for n < len(s) && n < 5 && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		if n > 1 && n < len(s) && s[n] == ']' {
			return n + 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); strings.ContainsRune("¹²³⁰⁴⁵⁶⁷⁸⁹†‡", r) {
		return n
	}
	return 0
}

// looseCloser gives the length of white space and the closing quote behind it,
// where some writers put a space within their quotes; 0 where there is none.
func (c *scanner) looseCloser(i int) int {
	n := 0
	for n < 8 && i+n < len(c.s) {
		r, size := utf8.DecodeRuneInString(c.s[i+n:])
		if n > 0 && (r == '»' || r == '”' || r == '"' && c.quoted && atEnd(c.s[i+n+1:])) {
			return n
		}
		if !unicode.IsSpace(r) || r == '\n' {
			break
		}
		n += size
	}
	return 0
}

// atEnd says that no letter or digit goes on at the start of s.
func atEnd(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// follow is what stands behind a mark.
type follow struct {
	rest   string // from the first character that is no white space
	r      rune   // that character
	spaced bool   // white space comes before it
}

// ends says that the mark that begins at offset i ends a sentence.
func (c *scanner) ends(i int, m mark) bool {
	rest := strings.TrimLeftFunc(c.s[m.end:], unicode.IsSpace)
	if rest == "" {
		return false // the block ends with it
	}
	r, _ := utf8.DecodeRuneInString(rest)
	f := follow{rest: rest, r: r, spaced: len(rest) < len(c.s)-m.end}
	prev, _ := utf8.DecodeLastRuneInString(c.s[c.start:i])
	switch {
	case strings.ContainsRune(commaLike, r):
		return false
	case m.full:
		return c.endsChinese(m, f)
	case m.ellipsis && !c.hasWord(i):
		return false
	case (text.IsHan(prev) || m.fullClose) && !isCased(r):
		if m.ellipsis && !m.quote && !f.spaced {
			return false // …… trails off within the sentence
		}
		return c.endsChinese(m, f)
	case !f.spaced:
		return c.endsUnspaced(i, m, f)
	case !beginsSentence(f.rest):
		return false
	case m.asks:
		return !m.quote || !speechFollows(f.rest)
	case m.ellipsis:
		return true
	}
	return c.endsAtStop(i, f)
}

// endsChinese decides where a stop needs no white space behind it.
func (c *scanner) endsChinese(m mark, f follow) bool {
	switch {
	case m.title:
		return f.spaced // 《为什么？》 is a part of its sentence
	case m.bracket && !f.spaced:
		r, _ := utf8.DecodeRuneInString(c.s[c.start:])
		return r == '（' || r == '('
	case m.quote && !f.spaced:
		return !strings.ContainsRune(quoteGoesOn, f.r) && f.r != '—'
	}
	return true
}

// endsUnspaced decides on a stop with no white space behind it outside
// Chinese: a sentence ends only where the space was forgotten ("конец.Начало"),
// never within a number, an abbreviation or an address.
func (c *scanner) endsUnspaced(i int, m mark, f follow) bool {
	prev, _ := utf8.DecodeLastRuneInString(c.s[c.start:i])
	if text.IsHan(f.r) || f.r == '“' || f.r == '「' {
		if m.asks {
			return true
		}
		if unicode.IsDigit(prev) {
			return !itemMarker(c.s[c.start:i])
		}
		return m.quote
	}
	if !unicode.IsUpper(f.r) || c.inLink(i) {
		return false
	}
	_, n := utf8.DecodeRuneInString(f.rest)
	if next, _ := utf8.DecodeRuneInString(f.rest[n:]); !unicode.IsLower(next) {
		return false
	}
	if m.quote || m.bracket {
		return true
	}
	w := wordBefore(c.s[c.start:], i-c.start)
	return utf8.RuneCountInString(w) >= 3 && !strings.ContainsFunc(w, notLower) && abbrClass(w) == noAbbr
}

func notLower(r rune) bool { return !unicode.IsLower(r) }

// inLink says that the run of characters round offset i, without white space,
// is an address of the web, of mail or of a file. A run is looked at once.
func (c *scanner) inLink(i int) bool {
	if i < c.runEnd {
		return c.link
	}
	from := strings.LastIndexFunc(c.s[max(c.start, i-200):i], unicode.IsSpace)
	from += max(c.start, i-200) + 1
	to := strings.IndexFunc(c.s[i:], unicode.IsSpace)
	if to < 0 {
		to = len(c.s) - i
	}
	c.runEnd = i + to
	c.link = strings.ContainsAny(c.s[from:c.runEnd], "/\\@_") || strings.Contains(c.s[from:c.runEnd], "www.")
	return c.link
}

// isCased says that r is a letter that has a capital and a small form.
func isCased(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }

// beginsSentence says that s, behind a stop and a space, can begin a sentence:
// behind quotes, brackets and dashes comes no small letter, unless it counts
// the items of a list: b) or (iv).
func beginsSentence(s string) bool {
	for range 12 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case n == 0:
			return true
		case unicode.IsLower(r):
			return itemAt(s, false)
		case !strings.ContainsRune(openers, r) && !unicode.IsSpace(r) && r != '…' && r != '.':
			return true
		}
		s = s[n:]
	}
	return true
}

// speechFollows says that s begins with a name or two and a verb of speaking.
func speechFollows(s string) bool {
	for k := range 3 {
		w := firstWord(s)
		if k > 0 && speechVerbs[w] {
			return true
		}
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
		s = strings.TrimLeftFunc(s[len(w):], unicode.IsSpace)
	}
	return false
}

// firstWord is the run of letters that s begins with, at most 40 bytes.
func firstWord(s string) string {
	s = s[:min(len(s), 40)]
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}
