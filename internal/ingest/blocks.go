package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	tools "sverka/internal/text"
)

// builder writes the text of a document out of pieces, block after block. A
// format's reader opens a block, writes inline text into it and closes it;
// empty blocks vanish.
type builder struct {
	text   strings.Builder
	blocks []bitext.Block
	cur    strings.Builder
	kind   bitext.BlockKind
	level  int
	line   int // of the file, where the open block began; 0: not known
	tag    int // what the reader wants to know of a block's origin
	tags   []int
}

// open closes the block before and begins another.
func (b *builder) open(kind bitext.BlockKind, level, line int) {
	b.close()
	b.kind, b.level, b.line = kind, level, line
}

// write adds inline text. White space collapses when the block is closed.
func (b *builder) write(s string) { b.cur.WriteString(s) }

// close ends the open block; what follows is a paragraph until open says else.
func (b *builder) close() {
	s := collapse(b.cur.String())
	b.cur.Reset()
	if s != "" {
		b.emit(s)
	}
	b.kind, b.level, b.line, b.tag = bitext.Paragraph, 0, 0, 0
}

func (b *builder) emit(s string) {
	if b.text.Len() > 0 {
		// Items of one list stand closer than paragraphs.
		if b.kind == bitext.ListItem && b.blocks[len(b.blocks)-1].Kind == bitext.ListItem {
			b.text.WriteString("\n")
		} else {
			b.text.WriteString("\n\n")
		}
	}
	start := b.text.Len()
	b.text.WriteString(s)
	b.blocks = append(b.blocks, bitext.Block{
		Kind: b.kind, Level: b.level, Start: start, End: b.text.Len(), Line: b.line,
	})
	b.tags = append(b.tags, b.tag)
}

// document ends the text.
func (b *builder) document(title string) *bitext.Document {
	b.close()
	text := b.text.String()
	if text != "" {
		text += "\n"
	}
	return &bitext.Document{Title: collapse(title), Text: text, Blocks: b.blocks}
}

// collapse makes each run of white space one space, and nothing where the run
// holds a line end and stands between two Chinese characters: there a writer
// only broke the line. No-break spaces stay as they are but at the ends.
func collapse(s string) string {
	s = cleanMarks(s)
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isBlank(r) {
			b.WriteRune(r)
			before = r
			i += n
			continue
		}
		end := i + strings.IndexFunc(s[i:]+"x", func(r rune) bool { return !isBlank(r) })
		after, _ := utf8.DecodeRuneInString(s[end:])
		if !strings.Contains(s[i:end], "\n") || !isEastAsian(before) || !isEastAsian(after) {
			b.WriteByte(' ')
		}
		i = end
	}
	return strings.TrimSpace(b.String())
}

// isBlank says that r is white space that may collapse.
func isBlank(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029' || r == '\u0085'
}

// isEastAsian says that r is a character that no space parts from its like.
func isEastAsian(r rune) bool {
	return tools.IsHan(r) || 0x3001 <= r && r <= 0x30ff || 0xff01 <= r && r <= 0xff60
}

// cleanMarks takes out what no reader sees: soft hyphens, zero width spaces,
// byte order marks, and control characters.
func cleanMarks(s string) string {
	if strings.IndexFunc(s, isInvisible) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060' || isControl(r) || r == 0x1a || r == 0x1b || r == 0x7f
}

// columns is how wide s is on a screen: Chinese characters take two columns.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case isEastAsian(r), 0xac00 <= r && r <= 0xd7a3:
			n += 2
		case !unicode.Is(unicode.Mn, r):
			n++
		}
	}
	return n
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
