package bitext

import "strings"

// BlockKind says what a block of a document is.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Heading
	ListItem
)

// String gives the kind as one lower-case word.
func (k BlockKind) String() string {
	switch k {
	case Heading:
		return "heading"
	case ListItem:
		return "item"
	}
	return "paragraph"
}

// Block is a paragraph, heading or list item of a document.
type Block struct {
	Kind  BlockKind
	Level int // of a heading, from 1; 0 elsewhere
	// Start and End are byte offsets into the document's text, without the
	// white space between blocks. Blocks do not overlap and stand in order.
	Start, End int
	Line       int // the line of the file that the block begins on, from 1; 0 where a format has no lines
}

// Document is what was read from one file: its text and how that is laid out.
type Document struct {
	Path   string // as given; "-" for standard input
	Lang   Lang
	Title  string // what the file says its title is, or ""
	Text   string // UTF-8, lines parted by "\n"
	Blocks []Block
}

// Version is one text of a statement, cut into segments.
type Version struct {
	Lang       Lang
	Label      string // tells versions of one language apart: "kremlin"; may be ""
	Path       string
	Title      string
	Date       string // YYYY-MM-DD, or ""
	Speaker    string
	Source     string // where it was published: a URL or a name
	Translator string // a person or a body; the name of an engine for a machine's work
	Machine    bool   // made or helped by a machine
	Lead       string // white space before the first segment
	Segments   []Segment
}

// Name is how the version is called in tables: "ru", "en@kremlin".
func (v *Version) Name() string { return versionName(v.Lang, v.Label) }

func versionName(lang Lang, label string) string {
	if label == "" {
		return string(lang)
	}
	return string(lang) + "@" + label
}

// Rejoin gives the document's text back, byte for byte.
func (v *Version) Rejoin() string {
	var b strings.Builder
	b.WriteString(v.Lead)
	for _, s := range v.Segments {
		b.WriteString(s.Text)
		b.WriteString(s.Space)
	}
	return b.String()
}

// Join gives the segments of r as one text, in the language's own manner.
func (v *Version) Join(r Range) string {
	if r.Len() == 1 {
		return v.Segments[r.From].Text
	}
	parts := make([]string, 0, r.Len())
	for _, s := range v.Segments[r.From:r.To] {
		parts = append(parts, s.Text)
	}
	return strings.Join(parts, v.Lang.Joiner())
}

// Segment is a sentence, a heading or an item of a version.
type Segment struct {
	Text  string // never empty; neither begins nor ends with white space
	Space string // the white space between it and the next segment
	Block int    // the block it stands in, from 0
	Kind  BlockKind
	Line  int // the line of the file that its block begins on, from 1; 0 where a format has no lines
	// Speaker is the label that the segment opens with, without its colon
	// ("Question", "В.Путин", "答"), or "". The label stays part of Text.
	Speaker string
	// Question says that the segment asks: a question mark ends it or its
	// speaker label is a word for a question.
	Question bool
}
