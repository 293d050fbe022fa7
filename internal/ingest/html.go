package ingest

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sverka/internal/bitext"
)

// readHTML takes the text out of a page: of its article, or, where opt asks or
// no article is found, of all that is visible.
func readHTML(ctx context.Context, text string, opt Options) (*bitext.Document, error) {
	numbered, lines, err := numberTags(ctx, text, opt.Limits.Elements, false)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(numbered))
	if err != nil { // nested too deep for the parser
		if numbered, lines, err = numberTags(ctx, text, opt.Limits.Elements, true); err != nil {
			return nil, err
		}
		if root, err = html.Parse(bytes.NewReader(numbered)); err != nil {
			return nil, overLimit("save the page as plain text", "its elements stand too deep within each other (%v)", err)
		}
	}
	page := &page{root: root, lines: lines, title: pageTitle(root)}
	page.lay()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	keep := page.all()
	if !opt.WholePage {
		keep = page.article()
	}
	return page.document(keep), nil
}

// numberAttr is the attribute by which numberTags marks each element; the
// parser keeps it, and so an element can be found again in the file and in the
// copy that is searched for the article.
const numberAttr = "data-sverka-n"

// numberTags writes a number into the start tags of a page and gives the line
// on which each stands: lines[n] is that of number n. Marks of form stay as
// they are: the parser repairs unclosed ones only while they are alike. With
// flat, for pages that nest deeper than the parser allows, whatever nests
// becomes a line break.
func numberTags(ctx context.Context, text string, most int, flat bool) ([]byte, []int, error) {
	var out bytes.Buffer
	out.Grow(len(text) + len(text)/4)
	lines := []int{0}
	line := 1
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		raw := z.Raw()
		newlines := bytes.Count(raw, []byte("\n"))
		tag := atom.Atom(0)
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken || kind == html.EndTagToken {
			tag = tagName(raw)
		}
		switch {
		case flat && tag != 0 && !flatKept[tag]:
			if blockElements[tag] {
				fmt.Fprintf(&out, "<br %s=%d>", numberAttr, len(lines))
				lines = append(lines, line)
			}
		case (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && !formElements[tag]:
			n := nameEnd(raw)
			out.Write(raw[:n])
			fmt.Fprintf(&out, " %s=%d ", numberAttr, len(lines))
			out.Write(raw[n:])
			lines = append(lines, line)
		default:
			out.Write(raw)
		}
		line += newlines
		if kind == html.ErrorToken {
			return out.Bytes(), lines, nil
		}
		if len(lines) > most {
			return nil, nil, overLimit("save the page as plain text", "it has over %d elements", most)
		}
		if len(lines)%4096 == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
	}
}

// nameEnd gives the offset behind the name of a start or end tag.
func nameEnd(raw []byte) int {
	n := 1 // behind "<"
	for n < len(raw) && !strings.ContainsRune(" \t\r\n\f/>", rune(raw[n])) {
		n++
	}
	return n
}

func tagName(raw []byte) atom.Atom {
	raw = bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte("<")), []byte("/"))
	return atom.Lookup(bytes.ToLower(raw[:max(nameEnd(append([]byte("<"), raw...))-1, 0)]))
}

// pageTitle is what the page calls itself: to those who link to it, or in the
// window's frame.
func pageTitle(root *html.Node) string {
	title, shared := "", ""
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			if title == "" && n.FirstChild != nil && n.Namespace == "" {
				title = n.FirstChild.Data
			}
		case atom.Meta:
			if property, _ := attr(n, "property"); property == "og:title" && shared == "" {
				shared, _ = attr(n, "content")
			}
		}
	}
	if shared != "" {
		return shared
	}
	return title
}

// page is a parsed page and the blocks of text that it shows.
type page struct {
	root  *html.Node
	lines []int
	title string
	b     builder
	line  int // of the file, at the point that the walk has reached
	index int // number of the last element that was entered
	// For each block: the element that its first text stands in, and whether
	// it stands in a part that is no article by its own word.
	owner  []*html.Node
	aside  []bool
	inside int // how many such parts are open
	pre    int
	items  []bool // open list items: whether their first block was written
}

// lay walks the page and makes its blocks.
func (p *page) lay() {
	p.walk(p.root, 0)
	p.b.close()
}

// maxWalk bounds the walk's own depth; the parser allows 512.
const maxWalk = 2000

func (p *page) walk(n *html.Node, depth int) {
	if depth > maxWalk {
		return
	}
	switch n.Type {
	case html.TextNode:
		p.textNode(n)
		return
	case html.CommentNode:
		p.line += strings.Count(n.Data, "\n")
		return
	case html.ElementNode:
		if i := number(n); i > 0 && i < len(p.lines) {
			p.line, p.index = p.lines[i], i
		}
		if skipped[n.DataAtom] || isHidden(n) {
			return
		}
	}
	p.element(n, depth)
}

func (p *page) element(n *html.Node, depth int) {
	children := func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			p.walk(c, depth+1)
		}
	}
	marked := n.Type == html.ElementNode && isAside(n)
	if marked {
		p.b.close()
		p.inside++
	}
	level, heading := headings[n.DataAtom]
	switch {
	case n.DataAtom == atom.Br || n.DataAtom == atom.Hr:
		kind, level := p.b.kind, p.b.level
		p.b.close()
		if kind == bitext.Heading { // a heading over two lines
			p.b.kind, p.b.level = kind, level
		}
	case heading:
		p.b.open(bitext.Heading, level, 0)
		children()
		p.b.close()
	case n.DataAtom == atom.Li:
		p.b.open(bitext.ListItem, 0, 0)
		p.items = append(p.items, false)
		children()
		p.b.close()
		p.items = p.items[:len(p.items)-1]
	case n.DataAtom == atom.Pre:
		p.b.close()
		p.pre++
		children()
		p.pre--
		p.b.close()
	case n.DataAtom == atom.Q:
		p.write(n, "“")
		children()
		p.write(n, "”")
	case n.Type == html.ElementNode && blockElements[n.DataAtom]:
		p.openInner()
		children()
		p.b.close()
	default:
		children()
	}
	if marked {
		p.b.close()
		p.inside--
	}
}

// openInner begins a block for a block element: the first one within a list
// item is the item, those of a heading belong to it.
func (p *page) openInner() {
	kind, level := p.b.kind, p.b.level
	p.b.close()
	if kind == bitext.Heading {
		p.b.kind, p.b.level = kind, level
		return
	}
	if len(p.items) > 0 && !p.items[len(p.items)-1] {
		p.b.kind = bitext.ListItem
	}
}

// textNode adds a text to the open block. In preformatted text each line is a
// block.
func (p *page) textNode(n *html.Node) {
	if p.pre == 0 {
		p.write(n, n.Data)
		p.line += strings.Count(n.Data, "\n")
		return
	}
	for i, line := range strings.Split(n.Data, "\n") {
		if i > 0 {
			p.b.close()
			p.line++
		}
		p.write(n, line)
	}
}

// write adds text to the open block and, with its first word, notes where it
// stands.
func (p *page) write(n *html.Node, s string) {
	trimmed := strings.TrimSpace(cleanMarks(s))
	if trimmed != "" && p.b.tag == 0 {
		p.owner = append(p.owner, n.Parent)
		p.aside = append(p.aside, p.inside > 0)
		p.b.tag = len(p.owner)
		lead := s[:len(s)-len(strings.TrimLeft(s, " \t\r\n\f"))]
		p.b.line = p.line + strings.Count(lead, "\n")
		if len(p.items) > 0 {
			p.items[len(p.items)-1] = true
		}
	}
	p.b.write(s)
}

// all keeps every block.
func (p *page) all() []bool {
	keep := make([]bool, len(p.b.blocks))
	for i := range keep {
		keep[i] = true
	}
	return keep
}

// document is the page's blocks that keep names, as a document.
func (p *page) document(keep []bool) *bitext.Document {
	var out builder
	text := p.b.text.String()
	for i, blk := range p.b.blocks {
		if !keep[i] {
			continue
		}
		out.open(blk.Kind, blk.Level, blk.Line)
		out.write(text[blk.Start:blk.End])
	}
	return out.document(p.title)
}

func number(n *html.Node) int {
	for _, a := range n.Attr {
		if a.Key == numberAttr {
			i, _ := strconv.Atoi(a.Val)
			return i
		}
	}
	return 0
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
