package ingest

import (
	"bytes"
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"sverka/internal/bitext"
)

// readODT takes the text out of an OpenDocument text (ISO/IEC 26300), packed
// or flat: paragraphs, headings by their outline level, list items, cells of
// tables and text boxes, then the notes in the order of their calls. Deleted
// text, comments, tables of contents, headers and footers stay out.
func readODT(ctx context.Context, data []byte, limits Limits) (*bitext.Document, error) {
	r := &odtReader{parents: map[string]string{}}
	if !bytes.HasPrefix(data, []byte("PK")) {
		if err := walkXML(ctx, bytes.NewReader(data), "itself", limits, r.visit); err != nil {
			return nil, err
		}
		return r.document(r.title.String()), nil
	}
	p, err := openParcel(ctx, data, limits)
	if err != nil {
		return nil, err
	}
	locked := false
	if err := p.read("META-INF/manifest.xml", func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		locked = locked || ok && (e.Name.Local == "encryption-data" || e.Name.Local == "encrypted-key")
		return nil
	}); err != nil {
		return nil, err
	}
	if locked {
		return nil, &Error{Kind: ErrEncrypted, Advice: "open it with its password and save it without one"}
	}
	if !p.has("content.xml") {
		return nil, missingPart("ODT", "content.xml")
	}
	if err := p.read("content.xml", r.visit); err != nil {
		return nil, err
	}
	return r.document(p.coreTitle("meta.xml")), nil
}

// odtReader walks the text. As in DOCX a paragraph may hold others, in a frame
// or in a note: they are written when they end.
type odtReader struct {
	b       builder
	parents map[string]string // automatic style → the style it is based on
	open    []*odtParagraph
	skip    int
	body    bool
	items   []bool // open list items: whether their first paragraph was written
	inNote  int
	notes   []string
	title   strings.Builder
	inTitle bool
}

type odtParagraph struct {
	text  strings.Builder
	kind  bitext.BlockKind
	level int
	note  bool
	ended []string
}

// odtSkipped are the elements whose content nobody reads in the document.
var odtSkipped = words("tracked-changes annotation note-citation ruby-text table-of-content alphabetical-index " +
	"illustration-index table-index desc forms sequence-decls variable-decls user-field-decls binary-data " +
	"hidden-text hidden-paragraph script scripts event-listeners")

func (r *odtReader) visit(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if r.skip > 0 || odtSkipped[t.Name.Local] {
			r.skip++
			return nil
		}
		r.start(t)
	case xml.EndElement:
		if r.skip > 0 {
			r.skip--
			return nil
		}
		r.end(t.Name.Local)
	case xml.CharData:
		switch {
		case r.inTitle && r.title.Len() < 10_000:
			r.title.Write(t)
		case r.skip == 0 && len(r.open) > 0:
			r.open[len(r.open)-1].text.Write(t)
		}
	}
	return nil
}

func (r *odtReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "style":
		if len(r.parents) < 100_000 {
			r.parents[xmlAttr(e, "name")] = xmlAttr(e, "parent-style-name")
		}
	case "title":
		r.inTitle = !r.body
		if r.body { // of a drawing
			r.skip++
		}
	case "text":
		r.body = r.body || strings.Contains(e.Name.Space, "office")
	case "list-item", "list-header":
		r.items = append(r.items, false)
	case "note":
		r.inNote++
	case "h", "p":
		if r.body {
			r.openParagraph(e)
		}
	}
	if len(r.open) == 0 {
		return
	}
	p := r.open[len(r.open)-1]
	switch e.Name.Local {
	case "s":
		n, err := strconv.Atoi(xmlAttr(e, "c"))
		if err != nil {
			n = 1
		}
		p.text.WriteString(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		p.text.WriteByte('\t')
	case "line-break":
		p.ended = append(p.ended, p.text.String())
		p.text.Reset()
	}
}

func (r *odtReader) openParagraph(e xml.StartElement) {
	p := &odtParagraph{note: r.inNote > 0}
	style := xmlAttr(e, "style-name")
	parent := r.parents[style]
	switch {
	case e.Name.Local == "h":
		n, err := strconv.Atoi(xmlAttr(e, "outline-level"))
		if err != nil {
			n = 1
		}
		p.kind, p.level = bitext.Heading, min(max(n, 1), 10)
	case style == "Title" || parent == "Title":
		p.kind, p.level = bitext.Heading, 1
	case style == "Subtitle" || parent == "Subtitle":
		p.kind, p.level = bitext.Heading, 2
	case len(r.items) > 0 && !r.items[len(r.items)-1] && !p.note:
		p.kind = bitext.ListItem
		r.items[len(r.items)-1] = true
	}
	r.open = append(r.open, p)
}

func (r *odtReader) end(name string) {
	switch name {
	case "h", "p":
		if len(r.open) > 0 {
			r.endParagraph()
		}
	case "title":
		r.inTitle = false
	case "list-item", "list-header":
		if len(r.items) > 0 {
			r.items = r.items[:len(r.items)-1]
		}
	case "note":
		r.inNote = max(r.inNote-1, 0)
	}
}

func (r *odtReader) endParagraph() {
	p := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	kind := p.kind
	for i, line := range append(p.ended, p.text.String()) {
		if p.note {
			r.notes = append(r.notes, line)
			continue
		}
		if i > 0 && kind == bitext.ListItem {
			kind = bitext.Paragraph
		}
		r.b.open(kind, p.level, 0)
		r.b.write(line)
	}
}

// document ends the text with its notes.
func (r *odtReader) document(title string) *bitext.Document {
	for len(r.open) > 0 {
		r.endParagraph()
	}
	for _, s := range r.notes {
		r.b.open(bitext.Paragraph, 0, 0)
		r.b.write(s)
	}
	return r.b.document(title)
}
