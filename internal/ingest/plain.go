package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// textLine is one line of a plain text that is not blank.
type textLine struct {
	start, end int // bytes in the text, white space at the ends left out
	number     int // from 1
	indent     int // columns of white space before it
	width      int // columns, indent left out
	group      int // lines between the same blank lines have one number
}

// readPlain lays blocks over a text and changes nothing in it: blank lines part
// paragraphs, lines that were broken to fit a width stay together, and every
// other line is a paragraph of its own.
func readPlain(text string, limits Limits) (*bitext.Document, error) {
	lines, err := splitLines(text, limits.Line)
	if err != nil {
		return nil, err
	}
	doc := &bitext.Document{Text: text}
	widths := wrapWidths(text, lines)
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && lines[j].group == lines[i].group && continues(text, lines[i:j], lines[j], widths[i]) {
			j++
		}
		doc.Blocks = append(doc.Blocks, bitext.Block{
			Kind: itemKind(text[lines[i].start:lines[i].end]), Start: lines[i].start, End: lines[j-1].end, Line: lines[i].number,
		})
		i = j
	}
	markHeadings(doc, lines)
	return doc, nil
}

// splitLines finds the lines of text that hold something. A form feed parts
// paragraphs as a blank line does.
func splitLines(text string, longest int) ([]textLine, error) {
	var lines []textLine
	group, number, at := 0, 0, 0
	for line := range strings.Lines(text) {
		number++
		if len(line) > longest {
			e := overLimit("break it into lines, or raise the limit", "the line has %s", size(int64(len(line))))
			e.Line = number
			return nil, e
		}
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(line, "\f") {
			group++
		}
		if trimmed != "" {
			start := at + strings.Index(line, trimmed)
			lines = append(lines, textLine{
				start: start, end: start + len(trimmed), number: number,
				indent: columns(line[:start-at]), width: columns(trimmed), group: group,
			})
		}
		at += len(line)
	}
	return lines, nil
}

// The shape of text that was broken to fit a width.
const (
	wrapMost   = 132 // columns of the widest such line
	wrapLeast  = 40  // and of the narrowest
	wrapFull   = 0.7 // a full line reaches this share of the width
	wrapShare  = 0.7 // this share of the lines before a break are full
	wrapStops  = 0.6 // at most this share of them ends a sentence
	groupLines = 5   // from so many lines on a group is judged by itself
)

// wrapWidths gives for each line the width that its group was broken to, 0
// where the lines of the group are as long as their paragraphs. A short group
// is judged by the whole text.
func wrapWidths(text string, lines []textLine) []int {
	var all []textLine // the lines that another one follows
	for i, l := range lines {
		if i+1 < len(lines) && lines[i+1].group == l.group {
			all = append(all, l)
		}
	}
	whole := wrapWidth(text, all)
	widths := make([]int, len(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to].group == lines[from].group {
			to++
		}
		group, width := lines[from:to], 0
		if len(group) >= groupLines {
			width = wrapWidth(text, group[:len(group)-1])
		}
		// A list or a dialogue inside a wrapped text has many short lines.
		if width == 0 && whole > 0 && fitting(group, whole) {
			width = whole
		}
		for i := from; i < to; i++ {
			widths[i] = width
		}
		from = to
	}
	return widths
}

func fitting(lines []textLine, width int) bool {
	for _, l := range lines {
		if l.width+l.indent > width+width/10 {
			return false
		}
	}
	return true
}

// wrapWidth gives the width that lines were broken to, 0 when they were not:
// most lines before a break are about as wide as the widest, and most do not
// end where a sentence does.
func wrapWidth(text string, lines []textLine) int {
	if len(lines) == 0 {
		return 0
	}
	widths := make([]int, len(lines))
	for i, l := range lines {
		widths[i] = l.width + l.indent
	}
	slices.Sort(widths)
	// One overlong word or address must not set the width.
	width := widths[(len(widths)*95-1)/100]
	if width > wrapMost || width < wrapLeast {
		return 0
	}
	full, stops := 0, 0
	for _, l := range lines {
		if float64(l.width+l.indent) >= wrapFull*float64(width) {
			full++
		}
		if endsSentence(text[l.start:l.end]) {
			stops++
		}
	}
	n := float64(len(lines))
	if float64(full) < wrapShare*n || float64(stops) > wrapStops*n || len(lines) < 3 && stops > 0 {
		return 0
	}
	return width
}

// breaksInside says that a line was broken in the middle of a sentence, where
// the lines around it tell nothing: it is as wide as broken lines are, ends in
// a word, and the next begins with a small letter.
func breaksInside(here, ahead string, width int) bool {
	end, _ := utf8.DecodeLastRuneInString(here)
	begin, _ := utf8.DecodeRuneInString(ahead)
	return wrapLeast <= width && width <= wrapMost && unicode.IsLower(end) && unicode.IsLower(begin) && itemKind(ahead) == bitext.Paragraph
}

// continues says that next goes on with the paragraph of lines so, in text
// that was broken to width; 0 means that it was not, as far as can be told.
func continues(text string, so []textLine, next textLine, width int) bool {
	first, last := so[0], so[len(so)-1]
	here, ahead := text[last.start:last.end], text[next.start:next.end]
	if width == 0 {
		return breaksInside(here, ahead, last.width+last.indent)
	}
	item := itemKind(text[first.start:first.end]) == bitext.ListItem
	stop := endsSentence(here) || strings.HasSuffix(here, ":") || strings.HasSuffix(here, "：")
	full := float64(last.width+last.indent) >= wrapFull*float64(width)
	if itemKind(ahead) == bitext.ListItem && (stop || !full || item || isBullet(ahead)) {
		return false
	}
	if next.indent >= first.indent+2 && !item && len(so) > 1 || next.indent >= last.indent+2 && len(so) > 1 {
		return false // the first line of a paragraph is set in
	}
	if len(so) == 1 && !item && next.indent >= first.indent+2 && (stop || !full) {
		return false
	}
	if stop && hasSpeaker(ahead) {
		return false
	}
	if full {
		return true
	}
	r, _ := utf8.DecodeRuneInString(ahead)
	return !stop && unicode.IsLower(r)
}

// endsSentence says that s ends with a stop, quotes and brackets behind it
// left out.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'»”’)]）】」』》*_")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？；;", r)
}

// hasSpeaker says that s opens with a short label and a colon, as a line of an
// interview does.
func hasSpeaker(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) && !isEastAsian(r) {
		return false
	}
	i := strings.IndexAny(s, ":：")
	return i > 0 && i <= 60 && len(strings.Fields(s[:i])) <= 4 && !strings.ContainsAny(s[:i], ",;，；") &&
		i+1 < len(s) && (s[i] != ':' || s[i+1] == ' ')
}

const bullets = "-*+•·‣◦▪●○■–—"

// isBullet says that s opens with a bullet: a mark and a space. A dash in
// Russian opens direct speech, and so only the hyphen counts.
func isBullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if r == '–' || r == '—' || !strings.ContainsRune(bullets, r) {
		return false
	}
	rest := s[n:]
	return strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t") || strings.HasPrefix(rest, "\u00a0")
}

// itemKind says whether a line opens an item of a list: a bullet, or a number
// or a letter with its mark: "1.", "2)", "(3)", "a)", "б)", "（四）", "五、".
func itemKind(s string) bitext.BlockKind {
	if isBullet(s) || enumerator(s) > 0 {
		return bitext.ListItem
	}
	return bitext.Paragraph
}

// enumerator gives the length of the number that s opens with, its mark and
// the white space behind it included; 0 where there is none.
func enumerator(s string) int {
	i := 0
	open := false
	if r, n := utf8.DecodeRuneInString(s); r == '(' || r == '（' {
		open, i = true, n
	}
	digits, letters, han := 0, 0, 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune("一二三四五六七八九十", r):
			han++
		case unicode.IsLower(r) && !isEastAsian(r):
			letters++
		default:
			return mark(s, i, open, digits, letters, han)
		}
		i += n
		if digits > 3 || letters > 1 || han > 3 || min(digits, 1)+letters+min(han, 1) > 1 {
			return 0
		}
	}
	return 0
}

// mark judges what stands behind the number that ends at i.
func mark(s string, i int, open bool, digits, letters, han int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	end := i + n
	spaced := end < len(s) && (s[end] == ' ' || s[end] == '\t' || strings.HasPrefix(s[end:], "\u00a0"))
	switch {
	case digits+letters+han == 0:
		return 0
	case r == '、' && digits+han > 0:
		return end
	case open && (r == ')' || r == '）') && (spaced || r == '）' || han > 0):
		return end
	case !open && r == ')' && spaced, !open && r == '）' && digits > 0:
		return end
	case !open && r == '.' && digits > 0 && digits < 3 && spaced:
		return end
	}
	return 0
}
