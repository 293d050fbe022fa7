package text

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// t2sTable is OpenCC's data, cut down by tools/t2s; see there for its licence.
//
//go:embed t2s.txt
var t2sTable string

// t2s is t2sTable read.
var t2s = readT2S(t2sTable)

type t2sData struct {
	plain   map[rune]rune     // characters with one simplified form
	decided map[rune]rune     // characters that a phrase decides, with their usual form
	phrases map[string]string // plain characters simplified already; both sides of one length
	longest map[rune]int      // first character of a phrase → bytes of the longest
}

func readT2S(table string) t2sData {
	t := t2sData{
		plain: make(map[rune]rune, 4200), decided: map[rune]rune{},
		phrases: map[string]string{}, longest: map[rune]int{},
	}
	section := ""
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
		case section == "[phrases]":
			from, to, _ := strings.Cut(line, "\t")
			t.phrase(from, to)
			// What is simplified already stays: a second folding finds the
			// phrase again.
			t.phrase(to, to)
		default:
			into := t.plain
			if section == "[decided]" {
				into = t.decided
			}
			for pair := range strings.FieldsSeq(line) {
				from, n := utf8.DecodeRuneInString(pair)
				into[from], _ = utf8.DecodeRuneInString(pair[n:])
			}
		}
	}
	return t
}

func (t *t2sData) phrase(from, to string) {
	if _, ok := t.phrases[from]; ok || len(from) != len(to) {
		return
	}
	t.phrases[from] = to
	first, _ := utf8.DecodeRuneInString(from)
	t.longest[first] = max(t.longest[first], len(from))
}

// simplified gives the simplified form of r where that is the same in every
// phrase, and else r itself.
func simplified(r rune) rune {
	if to, ok := t2s.plain[r]; ok {
		return to
	}
	return r
}

func simplifiedEntry(r rune) entry {
	r = simplified(r)
	if _, ok := t2s.decided[r]; ok {
		return entry(r) | openEntry
	}
	return entry(r)
}

// simplifyOpen decides, in place, the characters of folded text whose form
// hangs on their phrase, by the longest phrase from the left, and else by their
// usual form. Each character costs at most a few look-ups.
func simplifyOpen(b []byte) {
	// One replacement may make a phrase with what follows it; a second round
	// settles that, so that folding again changes nothing.
	for range 4 {
		if !simplifyRound(b) {
			return
		}
	}
}

func simplifyRound(b []byte) (changed bool) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if to, ok := phraseAt(b[i:], r); ok {
			changed = changed || string(b[i:i+len(to)]) != to
			copy(b[i:], to)
			i += len(to)
			continue
		}
		if to, ok := t2s.decided[r]; ok && to != r && utf8.RuneLen(to) == n {
			utf8.EncodeRune(b[i:], to)
			changed = true
		}
		i += n
	}
	return changed
}

// phraseAt finds the longest phrase that b begins with; first is b's first rune.
func phraseAt(b []byte, first rune) (to string, ok bool) {
	for n := min(t2s.longest[first], len(b)); n > utf8.RuneLen(first); n-- {
		if to, ok = t2s.phrases[string(b[:n])]; ok {
			return to, true
		}
	}
	return "", false
}
