package ingest

import (
	"context"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sverka/internal/bitext"
)

// readMarkdown takes the markup out of a Markdown text (CommonMark with
// tables, footnotes and definition lists): headings, list items, paragraphs,
// lines of code and cells are blocks. A front matter in YAML is left out but
// for its title. What no parser would get through is read as plain text.
func readMarkdown(ctx context.Context, text string, limits Limits) (*bitext.Document, error) {
	body, skipped, title := frontMatter(text)
	if !parsable(body) {
		return readPlain(text, limits)
	}
	m := &markdownReader{ctx: ctx, limits: limits, src: []byte(body), skipped: skipped}
	for i := range body {
		if body[i] == '\n' {
			m.ends = append(m.ends, i)
		}
	}
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough,
		extension.TaskList, extension.Footnote, extension.DefinitionList, extension.Linkify))
	m.blocks(md.Parser().Parse(gmtext.NewReader(m.src)), 0)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.b.document(title), nil
}

// What the parser can work through in reasonable time: its work on one
// paragraph grows with the square of what it holds.
const (
	paragraphBytes = 128 << 10
	paragraphMarks = 10_000
	lineNests      = 60
)

// parsable says that no paragraph of body is larger, fuller of marks or nested
// deeper than people write.
func parsable(body string) bool {
	size, marks := 0, 0
	for line := range strings.Lines(body) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || trimmed[0] == '#' || itemKind(trimmed) == bitext.ListItem {
			size, marks = 0, 0
		}
		size += len(line)
		for i := range len(line) {
			if strings.IndexByte("*_[]()<&`!~\\|:.", line[i]) >= 0 {
				marks++
			}
		}
		// Tables and prose are full of these, one by one.
		marks -= strings.Count(line, ". ") + strings.Count(line, "|")
		if size > paragraphBytes || marks > paragraphMarks || nests(line) > lineNests {
			return false
		}
	}
	return true
}

// nests counts the quotes and lists that a line opens within each other.
func nests(line string) int {
	lead := strings.IndexFunc(line, func(r rune) bool { return !strings.ContainsRune(" \t>-+*0123456789.)", r) })
	if lead < 0 {
		lead = len(line)
	}
	n := strings.Count(line[:lead], ">")
	for _, mark := range []string{"- ", "* ", "+ ", ". ", ") "} {
		n += strings.Count(line[:lead], mark)
	}
	return n
}

// frontMatter cuts off what stands between two lines "---" at the head, and
// gives the number of its lines and the title in it.
func frontMatter(text string) (body string, lines int, title string) {
	if !strings.HasPrefix(text, "---\n") {
		return text, 0, ""
	}
	at := 0
	for line := range strings.Lines(text) {
		at += len(line)
		lines++
		word := strings.TrimRight(line, " \t\n")
		if lines > 1 && (word == "---" || word == "...") {
			return text[at:], lines, title
		}
		if key, value, ok := strings.Cut(word, ":"); ok && key == "title" {
			title = strings.Trim(strings.TrimSpace(value), `"'`)
		}
		if lines > 200 || lines > 1 && word == "" {
			break // a rule, and not the head of a file
		}
	}
	return text, 0, ""
}

// markdownReader walks the tree that goldmark makes.
type markdownReader struct {
	ctx     context.Context
	limits  Limits
	b       builder
	src     []byte
	skipped int   // lines before src
	ends    []int // offsets of line ends in src
	item    bool  // the next paragraph opens a list item
}

// line gives the line of the file on which offset at of src stands.
func (m *markdownReader) line(at int) int {
	return m.skipped + 1 + sort.SearchInts(m.ends, at)
}

// begin opens a block at node n.
func (m *markdownReader) begin(n ast.Node, kind bitext.BlockKind, level int) {
	line := 0
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		line = m.line(n.Lines().At(0).Start)
	} else if t, ok := n.FirstChild().(*ast.Text); ok {
		line = m.line(t.Segment.Start)
	}
	if m.item && kind == bitext.Paragraph {
		kind = bitext.ListItem
	}
	m.item = false
	m.b.open(kind, level, line)
}

func (m *markdownReader) blocks(parent ast.Node, depth int) {
	if depth > m.limits.Depth {
		return
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if m.ctx.Err() != nil {
			return
		}
		m.block(n, depth)
	}
}

func (m *markdownReader) block(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Heading:
		m.begin(n, bitext.Heading, n.Level)
		m.inlines(n, depth)
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell, *extast.DefinitionTerm:
		m.begin(n, bitext.Paragraph, 0)
		m.inlines(n, depth)
	case *ast.ListItem, *extast.Footnote, *extast.DefinitionDescription:
		_, m.item = n.(*ast.ListItem)
		m.blocks(n, depth+1)
		m.item = false
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		m.item = false
		lines := n.Lines()
		for i := range lines.Len() {
			seg := lines.At(i)
			m.b.open(bitext.Paragraph, 0, m.line(seg.Start))
			m.b.write(string(seg.Value(m.src)))
		}
	case *ast.HTMLBlock:
		m.html(n)
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
	default:
		m.blocks(n, depth+1)
	}
	m.b.close()
}

// html reads a block of HTML within the text as a page is read.
func (m *markdownReader) html(n *ast.HTMLBlock) {
	var raw strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		raw.Write(seg.Value(m.src))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(m.src))
	}
	first := 0
	if lines.Len() > 0 {
		first = m.line(lines.At(0).Start)
	}
	doc, err := readHTML(m.ctx, raw.String(), Options{WholePage: true, Limits: m.limits})
	if err != nil {
		return
	}
	for _, blk := range doc.Blocks {
		m.b.open(blk.Kind, blk.Level, first+blk.Line-1)
		m.b.write(doc.Text[blk.Start:blk.End])
	}
}

// inlines writes the text of a block's inline nodes.
func (m *markdownReader) inlines(parent ast.Node, depth int) {
	if depth > m.limits.Depth {
		return
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			m.text(n)
		case *ast.String:
			m.b.write(string(n.Value))
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					m.b.write(string(t.Segment.Value(m.src)))
				}
			}
		case *ast.AutoLink:
			m.b.write(string(n.Label(m.src)))
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				seg := n.Segments.At(0)
				if strings.HasPrefix(strings.ToLower(string(seg.Value(m.src))), "<br") {
					m.breakLine(m.line(seg.Stop))
				}
			}
		case *ast.Image, *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.TaskCheckBox:
		default:
			m.inlines(n, depth+1)
		}
	}
}

func (m *markdownReader) text(n *ast.Text) {
	s := n.Segment.Value(m.src)
	if !n.IsRaw() {
		s = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(s)))
	}
	m.b.write(string(s))
	switch {
	case n.HardLineBreak():
		m.breakLine(m.line(n.Segment.Stop) + 1)
	case n.SoftLineBreak():
		m.b.write("\n")
	}
}

// breakLine ends the block; what follows is another of its kind, but an item
// goes on as a paragraph.
func (m *markdownReader) breakLine(line int) {
	kind, level := m.b.kind, m.b.level
	if kind == bitext.ListItem {
		kind = bitext.Paragraph
	}
	m.b.open(kind, level, line)
}
