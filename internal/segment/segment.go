// Package segment cuts a document into segments: sentences, headings and list
// items, each with the white space behind it, so that the segments rejoin to
// the document byte for byte.
//
// It is a scanner of our own over the marks that can end a sentence, with the
// abbreviations and other words of its rules as tables (tables.go). The
// sentence boundaries of Unicode (UAX 29) were the other choice: they part
// after "г.", "Mr." and "U.S.", know no quotation that closes behind a stop in
// Russian, and no ASCII stop within Chinese; every one of their answers would
// have to be asked again, and the scanner that asks is the one below. The rules
// go by the script of the words, not by the language of the document, as a
// Chinese text has its "Mr. Smith" too.
package segment

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// longHeading is the length in bytes from which a heading is cut like a
// paragraph: something was laid out as a heading that is none.
const longHeading = 300

// Split cuts doc into sentences within its blocks. Headings stay whole. Text
// that stands in no block is cut as well; a document without blocks has one
// for each paragraph (parted by an empty line), or each line where none is
// empty. It takes time linear in the text.
func Split(doc *bitext.Document) bitext.Version {
	v := bitext.Version{Lang: doc.Lang, Path: doc.Path, Title: doc.Title}
	blocks := cover(doc)
	speakers := newSpeakers(doc.Text, blocks)
	b := builder{text: doc.Text, v: &v}
	for _, p := range blocks {
		text := doc.Text[p.start:p.end]
		label := speakers.label(text)
		var ends []int
		if p.kind != bitext.Heading || len(text) > longHeading {
			ends = boundaries(text, label.end)
		}
		from := 0
		for _, end := range append(ends, len(text)) {
			b.add(p, p.start+from, p.start+end, label)
			label = speaker{}
			from = end
		}
	}
	b.finish()
	return v
}

// BlankLineError says that text which was to be one segment a line has lines
// without one, so that line and segment numbers would part.
type BlankLineError struct {
	Path  string
	Line  int // the first such line, from 1
	Count int // how many there are
}

// Error names the first blank line and what to do.
func (e *BlankLineError) Error() string {
	more := ""
	if e.Count > 1 {
		more = fmt.Sprintf(" (and %d more)", e.Count-1)
	}
	return fmt.Sprintf("%s:%d: blank line%s in text that is to have one segment a line; take it out, or leave segmenting to the program",
		e.Path, e.Line, more)
}

// Lines takes each line of doc as one segment: segment i is line i, both from
// 0. A segment cannot be empty, so a blank line within the text is a
// *BlankLineError; blank lines at its end are let pass, as no line follows
// whose number they could shift.
func Lines(doc *bitext.Document) (bitext.Version, error) {
	v := bitext.Version{Lang: doc.Lang, Path: doc.Path, Title: doc.Title}
	text := strings.TrimRightFunc(doc.Text, unicode.IsSpace)
	blank := &BlankLineError{Path: doc.Path}
	b := builder{text: doc.Text, v: &v}
	speakers := newSpeakers(doc.Text, lineBlocks(text))
	block, at, line := 0, 0, 0
	for l := range strings.Lines(text) {
		line++
		if strings.TrimSpace(l) == "" {
			if blank.Count == 0 {
				blank.Line = line
			}
			blank.Count++
			at += len(l)
			continue
		}
		for block+1 < len(doc.Blocks) && doc.Blocks[block+1].Start < at+len(l) {
			block++
		}
		p := piece{start: at, end: at + len(l), block: block, line: line}
		if block < len(doc.Blocks) {
			p.kind = doc.Blocks[block].Kind
		}
		b.add(p, p.start, p.end, speakers.label(strings.TrimSpace(l)))
		at += len(l)
	}
	b.finish()
	if blank.Count > 0 {
		return bitext.Version{}, blank
	}
	return v, nil
}

// lineBlocks makes a piece of each line of text that is not blank.
func lineBlocks(text string) []piece {
	var out []piece
	at := 0
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) != "" {
			out = append(out, piece{start: at, end: at + len(l)})
		}
		at += len(l)
	}
	return out
}

// builder appends segments to a version, white space going to its place.
type builder struct {
	text string
	v    *bitext.Version
	end  int // of what has been taken, without white space behind it
}

// add appends bytes from to to of the text, less the white space round them,
// as a segment of p; nothing where nothing is left.
func (b *builder) add(p piece, from, to int, label speaker) {
	raw := b.text[from:to]
	from += len(raw) - len(strings.TrimLeftFunc(raw, unicode.IsSpace))
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return
	}
	b.space(from)
	b.v.Segments = append(b.v.Segments, bitext.Segment{
		Text: raw, Block: p.block, Kind: p.kind, Line: p.line,
		Speaker: label.name, Question: label.asks || asks(raw),
	})
	b.end = from + len(raw)
}

// space hands the white space before offset at to the segment before it.
func (b *builder) space(at int) {
	if n := len(b.v.Segments); n > 0 {
		b.v.Segments[n-1].Space = b.text[b.end:at]
	} else {
		b.v.Lead = b.text[:at]
	}
}

func (b *builder) finish() { b.space(len(b.text)) }

// asks says that a question mark is among the marks that end text.
func asks(text string) bool {
	for text != "" {
		r, n := utf8.DecodeLastRuneInString(text)
		switch {
		case r == '?' || r == '？':
			return true
		case !isStop(r) && !strings.ContainsRune(closers, r) && r != '"' && r != '\'' && r != '“':
			return false
		}
		text = text[:len(text)-n]
	}
	return false
}

// piece is a block, or text between blocks.
type piece struct {
	start, end  int
	block, line int
	kind        bitext.BlockKind
}

// cover gives doc's blocks in order, with what text stands between them as
// pieces of its own, so that all text is in some piece. Blocks that overlap or
// overrun, which no reader should make, are cut to fit.
func cover(doc *bitext.Document) []piece {
	if len(doc.Blocks) == 0 {
		return paragraphs(doc.Text)
	}
	out := make([]piece, 0, len(doc.Blocks))
	at := 0
	gap := func(end, block int) {
		if strings.TrimSpace(doc.Text[at:end]) != "" {
			out = append(out, piece{start: at, end: end, block: block})
		}
	}
	for i, b := range doc.Blocks {
		start, end := min(max(b.Start, at), len(doc.Text)), min(b.End, len(doc.Text))
		if end <= start {
			continue
		}
		gap(start, max(i-1, 0))
		out = append(out, piece{start: start, end: end, block: i, line: b.Line, kind: b.Kind})
		at = end
	}
	gap(len(doc.Text), len(doc.Blocks)-1)
	return out
}

// paragraphs cuts text without blocks: at blank lines where it has any within
// it, else at every line.
func paragraphs(text string) []piece {
	byLine := true
	lines := lineBlocks(text)
	for i := 1; i < len(lines); i++ {
		if lines[i].start > lines[i-1].end {
			byLine = false
		}
	}
	var out []piece
	line, at := 1, 0
	for _, l := range lines {
		line += strings.Count(text[at:l.start], "\n")
		at = l.start
		if n := len(out); n > 0 && !byLine && l.start == out[n-1].end {
			out[n-1].end = l.end
			continue
		}
		l.block, l.line = len(out), line
		out = append(out, l)
	}
	return out
}
