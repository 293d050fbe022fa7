package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// numberedHeading knows the lines that open a part of a law, a treaty or a
// report in the three languages.
var numberedHeading = []*regexp.Regexp{
	regexp.MustCompile(`^第[一二三四五六七八九十百千零〇两0-9０-９]{1,8}[条條章节節编編部款]`),
	regexp.MustCompile(`^(?i:article|section|chapter|part|annex|appendix|schedule)\s+([0-9]{1,4}|[IVXLC]{1,7}|[A-Z])\b`),
	regexp.MustCompile(`^(?i:статья|глава|раздел|часть|приложение|параграф)\s+(№\s*)?([0-9]{1,4}|[IVXLCХ]{1,7})(\s|\.|$)`),
	regexp.MustCompile(`^(前言|序言|导言|導言|附件|附录|附錄|结语|結語|Preamble|PREAMBLE|Преамбула|ПРЕАМБУЛА)$`),
	regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`),
}

// headingMost is how wide a heading may be, in columns.
const headingMost = 90

// markHeadings guesses which blocks of a plain text are headings: one short
// line without a stop that stands alone, and either counts as the part of a
// law does, or is followed by running text. What is in doubt stays a
// paragraph.
func markHeadings(doc *bitext.Document, lines []textLine) {
	alone := aloneLines(lines)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		s := doc.Text[b.Start:b.End]
		if strings.Contains(s, "\n") || columns(s) > headingMost || !opensHeading(s) {
			continue
		}
		_, isAlone := slices.BinarySearch(alone, b.Line)
		numbered := matchesAny(numberedHeading, s)
		if endsOpen(s) && !(numbered && len(s) <= 40 && strings.HasSuffix(s, ".")) {
			continue
		}
		if !numbered {
			// A title may stand above other headings.
			reach := 1
			if i == 0 {
				reach = 3
			}
			if b.Kind == bitext.ListItem || !isAlone || len(strings.Fields(s)) > 14 || !proseFollows(doc, i, reach) {
				continue
			}
		}
		b.Kind, b.Level = bitext.Heading, 2
		if i == 0 && !numbered {
			b.Level = 1
		}
	}
}

// aloneLines tells the numbers of the lines that stand between blank lines, or
// open the text; lines is in order, and so is the answer.
func aloneLines(lines []textLine) []int {
	var alone []int
	for i, l := range lines {
		before := i == 0 || lines[i-1].group != l.group
		after := i+1 == len(lines) || lines[i+1].group != l.group
		if before && (after || i == 0 && len(lines) > 2 && lines[i+1].width > 2*l.width) {
			alone = append(alone, l.number)
		}
	}
	return alone
}

// opensHeading says that s begins as a heading may: with a capital, a figure
// or a Chinese character, perhaps quoted.
func opensHeading(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(`"«“「《（(【`, r) {
		r, _ = utf8.DecodeRuneInString(s[n:])
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r) || isEastAsian(r) && unicode.IsLetter(r)
}

// endsOpen says that s ends as a sentence or an unfinished one does.
func endsOpen(s string) bool {
	if endsSentence(s) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(":,，、：-–—", r)
}

// proseFollows says that one of the next blocks, up to reach of them, is
// running text.
func proseFollows(doc *bitext.Document, i, reach int) bool {
	s := doc.Text[doc.Blocks[i].Start:doc.Blocks[i].End]
	for j := i + 1; j < len(doc.Blocks) && j <= i+reach; j++ {
		if isProse(doc.Text[doc.Blocks[j].Start:doc.Blocks[j].End], s) {
			return true
		}
	}
	return false
}

// isProse says that next is running text beneath the heading s: it ends a
// sentence or is clearly longer.
func isProse(next, s string) bool {
	return endsSentence(next) || len(next) > 3*len(s) && len(next) > 100
}

func matchesAny(all []*regexp.Regexp, s string) bool {
	for _, re := range all {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}
