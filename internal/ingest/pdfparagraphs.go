package ingest

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// pdfLayout joins the lines of all pages to paragraphs.
type pdfLayout struct {
	b        builder
	body     float64 // the size of most of the text
	pitch    float64 // from line to line, in ems of the lower line
	right    float64 // how far full lines reach, on this page
	hyphened map[string]bool
	words    map[string]bool
	open     []pdfLine
}

// layParagraphs drops what stands at the head and foot of every page and joins
// the rest.
func layParagraphs(sheets []pdfSheet) *builder {
	l := &pdfLayout{hyphened: map[string]bool{}, words: map[string]bool{}}
	l.measure(sheets)
	l.dropRunning(sheets)
	for _, sheet := range sheets {
		for i, line := range sheet {
			l.right = columnRight(sheet, i)
			if len(l.open) > 0 && l.parts(l.open[len(l.open)-1], line, i == 0) {
				l.flush()
			}
			l.open = append(l.open, line)
		}
	}
	l.flush()
	return &l.b
}

// edgeLines is how many lines from the top and the bottom of a page may be a
// running head or foot.
const edgeLines = 3

// dropRunning takes out lines at the edges of pages that repeat, but for a
// number, on many pages at one height, apart from the text; and page numbers.
func (l *pdfLayout) dropRunning(sheets []pdfSheet) {
	if len(sheets) < 2 {
		return
	}
	pages := map[string]int{}
	for _, sheet := range sheets {
		here := map[string]bool{}
		for _, i := range edges(sheet) {
			if key := runningKey(sheet[i]); l.apart(sheet, i) && !here[key] {
				here[key] = true
				pages[key]++
			}
		}
	}
	for n, sheet := range sheets {
		drop := map[int]bool{}
		for _, i := range edges(sheet) {
			c := pages[runningKey(sheet[i])]
			bare := strings.Trim(sheet[i].text, "0123456789 -–—/.|") == "" && len(sheet[i].text) <= 12
			if l.apart(sheet, i) && (c >= 3 && c*3 >= len(sheets) || bare && c >= 2) {
				drop[i] = true
			}
		}
		kept := make(pdfSheet, 0, len(sheet))
		for i, line := range sheet {
			if !drop[i] {
				kept = append(kept, line)
			}
		}
		sheets[n] = kept
	}
}

// apart says that line i is set off from what stands above and below it.
func (l *pdfLayout) apart(sheet pdfSheet, i int) bool {
	line := sheet[i]
	if line.size < 0.93*l.body {
		return true
	}
	gap := math.Inf(1)
	for j, o := range sheet {
		if d := math.Abs(o.up - line.up); j != i && d > sameLine*line.size {
			gap = min(gap, d)
		}
	}
	return gap > 1.5*l.pitch*max(line.size, 1)
}

// edges gives the highest and the lowest lines of a page.
func edges(sheet pdfSheet) []int {
	order := make([]int, len(sheet))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case sheet[a].up > sheet[b].up:
			return -1
		case sheet[a].up < sheet[b].up:
			return 1
		}
		return 0
	})
	if len(order) <= 2*edgeLines {
		return order
	}
	return append(order[:edgeLines:edgeLines], order[len(order)-edgeLines:]...)
}

// runningKey is a line and its height on the page, with its numbers blotted
// out.
func runningKey(l pdfLine) string {
	return strings.Join(strings.FieldsFunc(l.text, unicode.IsDigit), "#") + "@" + strconv.Itoa(int(math.Round(l.up/6)))
}

// measure finds the size of the running text, the distance of its lines, and
// the words by which a hyphen at a line's end is judged.
func (l *pdfLayout) measure(sheets []pdfSheet) {
	sizes := map[float64]int{}
	var pitches []float64
	for _, sheet := range sheets {
		for i, line := range sheet {
			sizes[line.size] += utf8.RuneCountInString(line.text)
			l.learnWords(line.text)
			if i > 0 && line.size > 0 && line.size == sheet[i-1].size {
				if d := (sheet[i-1].up - line.up) / line.size; d > 0.5 && d < 4 {
					pitches = append(pitches, d)
				}
			}
		}
	}
	l.body = commonest(sizes)
	l.pitch = 1.2
	if len(pitches) > 0 {
		slices.Sort(pitches)
		// Paragraphs of one line make wide distances common; lines within
		// paragraphs are the narrow ones.
		l.pitch = pitches[len(pitches)/4]
	}
}

func (l *pdfLayout) learnWords(s string) {
	fields := strings.Fields(s)
	for i, w := range fields {
		if i == len(fields)-1 {
			break // it may be cut off
		}
		w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))
		if strings.Contains(w, "-") {
			l.hyphened[w] = true
		} else if w != "" {
			l.words[w] = true
		}
	}
}

// columnRight is how far the lines of the column reach in which line i stands.
func columnRight(sheet pdfSheet, i int) float64 {
	right := sheet[i].right
	for _, o := range sheet {
		if o.angle == sheet[i].angle && o.left < sheet[i].right && o.right > sheet[i].left && math.Abs(o.left-sheet[i].left) < 6*max(o.size, 1) {
			right = max(right, o.right)
		}
	}
	return right
}

// parts says that next begins a paragraph of its own behind prev. turned: a
// page ends between them.
func (l *pdfLayout) parts(prev, next pdfLine, turned bool) bool {
	em := max(next.size, 1)
	if math.Abs(prev.size-next.size) > 0.08*em || prev.angle != next.angle {
		return true
	}
	if prev.bold != next.bold && (prev.bold || next.bold) {
		return !joinsLower(next.text) || endsSentence(prev.text)
	}
	if itemKind(next.text) == bitext.ListItem || matchesAny(numberedHeading, next.text) {
		return true
	}
	stop := endsSentence(prev.text)
	if stop && hasSpeaker(next.text) {
		return true
	}
	down := (prev.up - next.up) / em
	if turned || down < -0.5 { // another page or column
		return stop || !joinsLower(next.text) && !isEastAsianStart(next.text) || l.isHeading(prev)
	}
	if down > 1.35*l.pitch {
		return true
	}
	indent := next.left - l.open[0].left
	if len(l.open) > 1 {
		indent = next.left - prev.left
	}
	item := itemKind(l.open[0].text) == bitext.ListItem
	if indent > 0.9*em && !item && (stop || len(l.open) > 1) {
		return true
	}
	// The first word of the next line would have fitted on this one.
	room := l.right - prev.right
	return room > firstWordWidth(next)+prev.charWidth+0.5*em && (stop || room > 0.3*(l.right-prev.left)) && !strings.HasSuffix(prev.text, "-")
}

func isEastAsianStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isEastAsian(r)
}

// joinsLower says that s begins as the inside of a sentence does.
func joinsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func firstWordWidth(l pdfLine) float64 {
	r, _ := utf8.DecodeRuneInString(l.text)
	if isEastAsian(r) {
		return l.charWidth
	}
	word, _, _ := strings.Cut(l.text, " ")
	return float64(utf8.RuneCountInString(word)) * l.charWidth
}

// isHeading says that a line is set as a heading: larger than the text, or
// bold, short and without a stop.
func (l *pdfLayout) isHeading(line pdfLine) bool {
	if columns(line.text) > 2*headingMost || !strings.ContainsFunc(line.text, unicode.IsLetter) {
		return false
	}
	if line.size >= 1.14*l.body {
		return true
	}
	return line.bold && !endsOpen(line.text) && columns(line.text) <= headingMost && line.size >= 0.95*l.body
}

// flush writes the open paragraph.
func (l *pdfLayout) flush() {
	if len(l.open) == 0 {
		return
	}
	first := l.open[0]
	kind, level := itemKind(first.text), 0
	switch {
	case len(l.open) <= 3 && l.isHeading(first):
		kind, level = bitext.Heading, 2
		if first.size >= 1.4*l.body {
			level = 1
		}
	case len(l.open) == 1 && matchesAny(numberedHeading, first.text) && !endsOpen(first.text) && columns(first.text) <= headingMost:
		kind, level = bitext.Heading, 2
	}
	l.b.open(kind, level, 0)
	if isBullet(first.text) { // drawn like a letter, but no part of the text
		_, n := utf8.DecodeRuneInString(first.text)
		l.open[0].text = strings.TrimSpace(first.text[n:])
	}
	for i, line := range l.open {
		if i+1 < len(l.open) {
			l.b.write(l.endLine(line.text, l.open[i+1].text))
		} else {
			l.b.write(line.text)
		}
	}
	l.open = l.open[:0]
}

// endLine gives a line's text so that the next may follow: with a line end,
// which becomes a space or, in Chinese, nothing; or without the hyphen that
// cut a word.
func (l *pdfLayout) endLine(s, next string) string {
	if strings.HasSuffix(s, "\u00ad") {
		return strings.TrimSuffix(s, "\u00ad")
	}
	r, n := utf8.DecodeLastRuneInString(s)
	if r != '-' && r != '\u2010' || !joinsLower(next) {
		return s + "\n"
	}
	bare := s[:len(s)-n]
	if c, _ := utf8.DecodeLastRuneInString(bare); !unicode.IsLetter(c) {
		return s + "\n"
	}
	head := strings.ToLower(bare[strings.LastIndexAny(bare, " \u00a0")+1:])
	tail, _, _ := strings.Cut(next, " ")
	head = strings.TrimLeftFunc(head, func(r rune) bool { return !unicode.IsLetter(r) })
	tail = strings.ToLower(strings.TrimRightFunc(tail, func(r rune) bool { return !unicode.IsLetter(r) }))
	switch {
	case l.words[head+tail]:
		return bare
	case l.hyphened[head+"-"+tail], hyphenTails[tail], hyphenHeads[head]:
		return s
	}
	return bare
}

// hyphenTails and hyphenHeads keep their hyphen wherever a line breaks.
var (
	hyphenTails = words("то либо нибудь таки ка де")
	hyphenHeads = words("кое во в по из вице экс премьер self non ex vice well co")
)
