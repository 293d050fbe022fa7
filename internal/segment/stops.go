package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// farWords is how many words a sentence has when a date in it no longer reads
// as its opening ("В мае 2025 г. Россия …").
const farWords = 7

// endsAtStop decides on one full stop at offset i with white space behind it
// and something that can begin a sentence behind that.
func (c *scanner) endsAtStop(i int, f follow) bool {
	before := c.s[c.start:i]
	if itemMarker(before) || chapterMarker(before) {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(before)
	if !unicode.IsLetter(prev) && !unicode.IsMark(prev) {
		return true
	}
	w := wordBefore(before, len(before))
	bare := skipOpeners(f.rest)
	next := firstWord(bare)
	starter := starters[next] && !strings.HasPrefix(bare[len(next):], ".")
	switch abbrClass(w) {
	case always:
		return false
	case beforeNumber:
		r, _ := utf8.DecodeRuneInString(f.rest)
		return !unicode.IsDigit(r) && !isRoman(next) && r != '№'
	case mayEnd:
		return !unitWords[next] && !startsWithDigit(bare)
	case beforeStarter:
		return starter
	case era:
		return starter || c.wordsUpTo(i, farWords) >= farWords && !startsWithDigit(bare)
	case eraAfterNumber:
		if !afterNumber(before[:len(before)-len(w)]) {
			return false
		}
		return starter || c.wordsUpTo(i, farWords) >= farWords
	}
	if isInitial(w) {
		return c.endsAtInitial(before, w, starter)
	}
	if strings.Contains(w, ".") { // an abbreviation that no table has: U.N.E.P.
		return starter
	}
	return true
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// skipOpeners takes quotes, brackets and dashes off the front of s.
func skipOpeners(s string) string {
	for range 8 {
		r, n := utf8.DecodeRuneInString(s)
		if n == 0 || !strings.ContainsRune(openers, r) && !unicode.IsSpace(r) {
			break
		}
		s = s[n:]
	}
	return s
}

// endsAtInitial decides on a stop behind one capital, the end of before: mostly
// a name goes on (J. Smith), save before a word that begins sentences, behind
// the pronoun I and behind a ruler's number (при Николае I. Москва).
func (c *scanner) endsAtInitial(before, w string, starter bool) bool {
	if starter {
		return true
	}
	if !strings.Contains("IVX", w) {
		return false
	}
	name := wordBefore(before, len(strings.TrimRightFunc(before[:len(before)-len(w)], unicode.IsSpace)))
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.Is(unicode.Cyrillic, first) || w == "I" && unicode.IsLower(first)
}

// isInitial says that w is one capital letter, or several with stops between.
func isInitial(w string) bool {
	letters := 0
	for part := range strings.SplitSeq(w, ".") {
		r, n := utf8.DecodeRuneInString(part)
		if n != len(part) || !unicode.IsUpper(r) {
			return false
		}
		letters++
	}
	return letters == 1
}

// abbrClass looks w up as it stands, then in lower case.
func abbrClass(w string) class {
	if c, ok := abbreviations[w]; ok {
		return c
	}
	if utf8.RuneCountInString(w) == 1 {
		return noAbbr // one capital is an initial
	}
	return abbreviations[strings.ToLower(w)]
}

// wordBefore is the word that ends at offset i of s, at most 40 bytes: letters
// and digits with stops and hyphens within. Single small letters with stops
// are taken together: «т. д» gives "т.д".
func wordBefore(s string, i int) string {
	w := lastWord(s[:i])
	if utf8.RuneCountInString(w) != 1 {
		return w
	}
	i -= len(w)
	for range 3 {
		rest, ok := strings.CutSuffix(strings.TrimRightFunc(s[:i], unicode.IsSpace), ".")
		before := lastWord(rest)
		r, n := utf8.DecodeRuneInString(before)
		if !ok || n == 0 || n != len(before) || !unicode.IsLower(r) {
			break
		}
		w = before + "." + w
		i = len(rest) - n
	}
	return w
}

// lastWord is the run of letters, digits, hyphens and inner stops at the end of s.
func lastWord(s string) string {
	i := len(s)
	for i > 0 && len(s)-i < 40 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '.' && r != '-' || text.IsHan(r) {
			break
		}
		i -= n
	}
	return strings.TrimLeft(s[i:], ".-")
}

// afterNumber says that s ends with a number or a roman one: "в 2024 ", "80-х ", "XX ".
func afterNumber(s string) bool {
	w := lastWord(strings.TrimRightFunc(s[max(0, len(s)-48):], unicode.IsSpace))
	return strings.ContainsFunc(w, unicode.IsDigit) || isRoman(w)
}

// isRoman says that w is a roman number, Cyrillic Х for X allowed.
func isRoman(w string) bool {
	return w != "" && len(w) <= 12 && strings.Trim(w, "IVXLCDMХ-") == ""
}

// wordsUpTo counts the words between the start of the sentence and offset i,
// as far as limit.
func (c *scanner) wordsUpTo(i, limit int) int {
	if i-c.start > 100*limit {
		return limit
	}
	n := 0
	for range strings.FieldsSeq(c.s[c.start:i]) {
		if n++; n >= limit {
			break
		}
	}
	return n
}

// itemMarker says that s, a sentence up to a full stop, ends with the number
// or letter of a list item and nothing before it but the end of a clause:
// "1", "2.3", "iv", "по трём пунктам: 1".
func itemMarker(s string) bool {
	w := lastWord(s)
	before := strings.TrimRightFunc(s[:len(s)-len(w)], unicode.IsSpace)
	switch r, n := utf8.DecodeLastRuneInString(before); {
	case n > 0 && !strings.ContainsRune(openers, r) && !strings.ContainsRune(":;：；", r):
		return false
	case n > 0 && strings.ContainsRune("\"'", r) && startsWithDigit(w):
		return false
	}
	return isCounter(w)
}

// isCounter says that w counts items: 1, 1.2.3, a, Б, iv, XII.
func isCounter(w string) bool {
	if w == "" || len(w) > 12 {
		return false
	}
	if strings.Trim(w, "0123456789.") == "" {
		return true
	}
	return utf8.RuneCountInString(w) == 1 || strings.Trim(w, "ivx") == "" || strings.Trim(w, "IVX") == ""
}

// chapterMarker says that s is a word for a part of a text and its number:
// "Статья 5", "Chapter IV".
func chapterMarker(s string) bool {
	if len(s) > 60 {
		return false
	}
	word, number, ok := strings.Cut(strings.TrimSpace(s), " ")
	number = strings.TrimLeft(number, "№ ")
	return ok && chapterWords[strings.ToLower(strings.TrimRight(word, "."))] && isCounter(number)
}

// itemAt says that a list item begins s: "2) ", "(iv) ", "（二）", "③"; with
// stops also "2. " and "二、".
func itemAt(s string, stops bool) bool {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	s = s[:min(len(s), 24)]
	r, n := utf8.DecodeRuneInString(s)
	if '①' <= r && r <= '⑳' {
		return true
	}
	open := r == '(' || r == '（'
	if open {
		s = s[n:]
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsLetter(r) })
	if end <= 0 || !isCounter(s[:end]) && !isHanCounter(s[:end]) {
		return false
	}
	stop, n := utf8.DecodeRuneInString(s[end:])
	switch stop {
	case ')', '）':
		return true
	case '、':
		return stops && !open && (startsWithDigit(s) || isHanCounter(s[:end]))
	case '.', '．':
		return stops && !open && !startsWithDigit(s[end+n:])
	}
	return false
}

// isHanCounter says that s is a Chinese number of at most three characters.
func isHanCounter(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= 3 && strings.Trim(s, "一二三四五六七八九十百〇") == ""
}
