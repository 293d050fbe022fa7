package ingest

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// pdfLine is a line of text on a page.
type pdfLine struct {
	text      string
	left      float64 // where it begins and ends, in points along the line
	right     float64
	up        float64
	size      float64 // of most of its characters
	bold      bool    // all of it
	angle     int
	charWidth float64 // of its characters, on average
}

// pdfSheet is the lines of a page, in the order in which they were drawn.
type pdfSheet []pdfLine

// Distances within a line, in ems.
const (
	sameLine  = 0.35 // the foot of a character on the same line
	raised    = 0.75 // of a smaller one: a note's number
	wordGap   = 0.17 // what is wider parts words
	columnGap = 2.5  // what is wider parts columns
	stepBack  = 0.6  // what goes further back begins another piece
)

// layLines gathers the characters of a page to lines.
func layLines(glyphs []pdfGlyph) pdfSheet {
	var pieces []pdfLine
	for i := 0; i < len(glyphs); {
		j := i + 1
		for j < len(glyphs) && follows(glyphs[i], glyphs[j-1], glyphs[j]) {
			j++
		}
		if p := pieceOf(glyphs[i:j]); p.text != "" {
			pieces = append(pieces, p)
		}
		i = j
	}
	return joinPieces(inReadingOrder(pieces))
}

// follows says that next stands on the line that first began, behind prev.
func follows(first, prev, next pdfGlyph) bool {
	if next.angle != first.angle {
		return false
	}
	em := max(first.size, next.size, 1)
	rise := math.Abs(next.up - first.up)
	if rise > sameLine*em && (rise > raised*em || next.size > 0.8*max(first.size, prev.size)) {
		return false
	}
	gap := next.along - (prev.along + prev.width)
	return gap < columnGap*em && gap > -max(stepBack*em, prev.width)
}

// pieceOf writes the characters of one piece of a line, with the spaces that
// only their distance tells.
func pieceOf(glyphs []pdfGlyph) pdfLine {
	first, last := glyphs[0], glyphs[len(glyphs)-1]
	p := pdfLine{left: first.along, right: last.along + last.width, up: first.up, angle: first.angle, bold: true}
	var b strings.Builder
	sizes := map[float64]int{}
	width, n := 0.0, 0
	for i, g := range glyphs {
		if i > 0 {
			prev := glyphs[i-1]
			gap := g.along - (prev.along + prev.width)
			if gap > wordGap*max(g.size, 1) && !eastAsianBetween(prev.text, g.text) {
				b.WriteByte(' ')
			}
			// A bold letter is sometimes drawn twice.
			if g.text == prev.text && math.Abs(g.along-prev.along) < 0.1*g.size && math.Abs(g.up-prev.up) < 0.1*g.size {
				continue
			}
		}
		b.WriteString(g.text)
		if strings.TrimSpace(g.text) != "" {
			sizes[math.Round(g.size*2)/2]++
			width, n = width+g.width, n+1
			p.bold = p.bold && g.bold
		}
	}
	p.text = collapse(b.String())
	p.size = commonest(sizes)
	if n > 0 {
		p.charWidth = width / float64(n)
	}
	return p
}

func eastAsianBetween(a, b string) bool {
	r, _ := utf8.DecodeLastRuneInString(a)
	s, _ := utf8.DecodeRuneInString(b)
	return isEastAsian(r) && isEastAsian(s)
}

func commonest(sizes map[float64]int) float64 {
	best, most := 0.0, 0
	for s, n := range sizes {
		if n > most || n == most && s > best {
			best, most = s, n
		}
	}
	return best
}

// inReadingOrder leaves the pieces as they were drawn, unless that jumps about
// the page as only a program's drawing does: then they go from top to bottom.
func inReadingOrder(pieces []pdfLine) []pdfLine {
	jumps := 0
	for i := 1; i < len(pieces); i++ {
		if pieces[i].up > pieces[i-1].up+pieces[i].size {
			jumps++
		}
	}
	if len(pieces) < 6 || jumps*4 < len(pieces) {
		return pieces
	}
	slices.SortStableFunc(pieces, func(a, b pdfLine) int {
		if math.Abs(a.up-b.up) < sameLine*max(a.size, b.size) && a.angle == b.angle {
			return cmp.Compare(a.left, b.left)
		}
		return cmp.Or(cmp.Compare(a.angle, b.angle), cmp.Compare(b.up, a.up))
	})
	return pieces
}

// joinPieces makes one line of neighbours that stand side by side, closer than
// columns do.
func joinPieces(pieces []pdfLine) pdfSheet {
	var lines pdfSheet
	for _, p := range pieces {
		if n := len(lines); n > 0 {
			last := &lines[n-1]
			em := max(last.size, p.size, 1)
			gap := p.left - last.right
			if last.angle == p.angle && math.Abs(last.up-p.up) < sameLine*em && gap > -stepBack*em && gap < columnGap*em {
				sep := " "
				if gap < wordGap*em || eastAsianBetween(last.text, p.text) {
					sep = ""
				}
				last.text += sep + p.text
				last.right = p.right
				last.bold = last.bold && p.bold
				continue
			}
		}
		lines = append(lines, p)
	}
	return lines
}
