package concordance

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"sverka/internal/query"
)

// Cells is the width of s on a terminal: two for each wide character, none for
// what is written over the character before it.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		n += cells(r)
	}
	return n
}

func cells(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

const ellipsis = "…"

// cut fills Left, Key and Right so that together they take at most total
// cells, or as many as the key takes.
func (l *Line) cut(total int) {
	if len(l.Spans) == 0 {
		l.Spans = []query.Span{{Start: 0, End: 0}}
	}
	key := l.Spans[0]
	l.Key = plain(l.Text[key.Start:key.End])
	room := max(0, total-Cells(l.Key))
	left, right := Cells(l.Text[:key.Start]), Cells(l.Text[key.End:])
	leftRoom := room / 2
	if right < room-leftRoom {
		leftRoom = room - right
	} else if left < leftRoom {
		leftRoom = left
	}
	from := back(l.Text[:key.Start], leftRoom)
	to := key.End + ahead(l.Text[key.End:], room-min(leftRoom, left))
	shift := from
	if from > 0 {
		l.Left = ellipsis
		shift -= len(ellipsis)
	}
	l.Left += plain(l.Text[from:key.Start])
	l.Right = plain(l.Text[key.End:to])
	if to < len(l.Text) {
		l.Right += ellipsis
	}
	for _, s := range l.Spans[1:] {
		if s.Start >= key.End && s.End <= to {
			l.RightSpans = append(l.RightSpans, query.Span{Start: s.Start - key.End, End: s.End - key.End})
		}
	}
	for _, s := range l.Spans[1:] {
		if s.Start >= from && s.End <= key.Start {
			l.LeftSpans = append(l.LeftSpans, query.Span{Start: s.Start - shift, End: s.End - shift})
		}
	}
}

// A cut falls between words where that leaves at least half of the cells.

// back gives where the last cells of s begin, room of them at most, an
// ellipsis included where something is cut off.
func back(s string, room int) int {
	if Cells(s) <= room {
		return 0
	}
	room-- // the ellipsis
	half := room / 2
	i := len(s)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if room -= cells(r); room < 0 {
			break
		}
		i -= n
	}
	for i < len(s) { // a mark does not stand without its character
		r, n := utf8.DecodeRuneInString(s[i:])
		if cells(r) > 0 {
			break
		}
		i += n
	}
	if r, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsSpace(r) {
		return i
	}
	if at := strings.IndexFunc(s[i:], unicode.IsSpace); at >= 0 {
		_, n := utf8.DecodeRuneInString(s[i+at:])
		if j := i + at + n; Cells(s[j:]) >= half {
			return j
		}
	}
	return i
}

// ahead gives where the first cells of s end; the counterpart of back.
func ahead(s string, room int) int {
	if Cells(s) <= room {
		return len(s)
	}
	room--
	half := room / 2
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if room -= cells(r); room < 0 {
			break
		}
		i += n
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
		return i
	}
	if j := strings.LastIndexFunc(s[:i], unicode.IsSpace); j > 0 && Cells(s[:j]) >= half {
		return j
	}
	return i
}

// plain puts spaces in the place of control characters, byte for byte, so
// that a text can neither break the line nor command the terminal.
func plain(s string) string {
	if !strings.ContainsFunc(s, unicode.IsControl) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsControl(r):
			return r
		case r < utf8.RuneSelf:
			return ' '
		}
		return '\u00a0' // two bytes, as the control characters over 0x7f
	}, s)
}
