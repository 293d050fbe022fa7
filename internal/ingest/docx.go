package ingest

import (
	"context"
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"sverka/internal/bitext"
)

// readDOCX takes the text out of an Office Open XML document (ISO/IEC 29500):
// paragraphs, headings by their style, list items, cells of tables and text
// boxes in the order of the file, then the footnotes and endnotes in the order
// in which the text calls them. Deleted, moved-away and hidden text, field
// codes, comments, tables of contents, headers and footers stay out.
func readDOCX(ctx context.Context, data []byte, limits Limits) (*bitext.Document, error) {
	p, err := openParcel(ctx, data, limits)
	if err != nil {
		return nil, err
	}
	main := p.mainPart()
	if !p.has(main) {
		return nil, missingPart("DOCX", main)
	}
	folder := path.Dir(main)
	w := &docxReader{styles: map[string]docxStyle{}}
	if err := p.read(path.Join(folder, "styles.xml"), w.readStyles()); err != nil {
		return nil, err
	}
	w.resolveStyles()
	if err := p.read(main, w.visit); err != nil {
		return nil, err
	}
	w.endAll()
	for _, notes := range []struct{ part, element string }{{"footnotes.xml", "footnote"}, {"endnotes.xml", "endnote"}} {
		if err := w.readNotes(p, path.Join(folder, notes.part), notes.element); err != nil {
			return nil, err
		}
	}
	return w.b.document(p.coreTitle("docProps/core.xml")), nil
}

// mainPart gives the name of the part that holds the text: what the package's
// relations say, or where every program puts it.
func (p *parcel) mainPart() string {
	main := "word/document.xml"
	err := p.read("_rels/.rels", func(tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "Relationship" &&
			strings.HasSuffix(xmlAttr(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(path.Clean("/"+xmlAttr(e, "Target")), "/")
		}
		return nil
	})
	if err != nil || !p.has(main) {
		return "word/document.xml"
	}
	return main
}

// docxStyle is what a paragraph style says of its paragraphs.
type docxStyle struct {
	name, parent string
	level        int // of a heading; 0: none
	outline      bool
	list, toc    bool
}

// readStyles gives the visitor of styles.xml.
func (w *docxReader) readStyles() func(xml.Token) error {
	id, s := "", docxStyle{}
	return func(tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "style":
				id, s = xmlAttr(t, "styleId"), docxStyle{}
			case "name":
				s.name = strings.ToLower(xmlAttr(t, "val"))
			case "basedOn":
				s.parent = xmlAttr(t, "val")
			case "outlineLvl":
				s.level, s.outline = outlineLevel(xmlAttr(t, "val")), true
			case "numPr":
				s.list = true
			}
		case xml.EndElement:
			if t.Name.Local == "style" {
				s.byName()
				w.styles[id] = s
			}
		}
		return nil
	}
}

// byName follows the names that every program keeps for the built-in styles.
func (s *docxStyle) byName() {
	switch {
	case s.name == "title":
		s.level, s.outline = 1, true
	case s.name == "subtitle":
		s.level, s.outline = 2, true
	case strings.HasPrefix(s.name, "heading "):
		if n, err := strconv.Atoi(s.name[len("heading "):]); err == nil && n >= 1 && n <= 9 {
			s.level, s.outline = n, true
		}
	case strings.HasPrefix(s.name, "toc "):
		s.toc = true
	case strings.HasPrefix(s.name, "list bullet"), strings.HasPrefix(s.name, "list number"):
		s.list = true
	}
}

// outlineLevel reads w:outlineLvl: 0 to 8 are headings, 9 is body text.
func outlineLevel(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// resolveStyles hands what a style leaves open down from those it is based on.
func (w *docxReader) resolveStyles() {
	resolved := make(map[string]docxStyle, len(w.styles))
	for id, s := range w.styles {
		up := s.parent
		for range 20 { // a circle of styles must end
			parent, ok := w.styles[up]
			if !ok {
				break
			}
			if !s.outline && parent.outline {
				s.level, s.outline = parent.level, true
			}
			s.list = s.list || parent.list
			s.toc = s.toc || parent.toc
			up = parent.parent
		}
		resolved[id] = s
	}
	w.styles = resolved
}

// docxReader walks the text. Paragraphs may stand within each other, by way of
// text boxes: the inner one is written when it ends, before the outer one.
type docxReader struct {
	b      builder
	styles map[string]docxStyle
	open   []*docxParagraph
	skip   int // elements open within one that is left out
	text   int // open elements whose character data is text
	hidden bool
	notes  map[string][]string // kind of note → numbers, as the text calls them
}

type docxParagraph struct {
	text    strings.Builder
	style   string
	level   int
	outline bool
	list    bool
	noList  bool
	ended   []string // the lines of it that are complete
}

// docxSkipped are the elements whose content nobody reads in the document.
var docxSkipped = words("del moveFrom instrText delInstrText delText Fallback rt pPrChange rPrChange sectPr comment sdtPr")

func (w *docxReader) visit(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if w.skip > 0 || docxSkipped[t.Name.Local] {
			w.skip++
			return nil
		}
		w.start(t)
	case xml.EndElement:
		if w.skip > 0 {
			w.skip--
			return nil
		}
		w.end(t.Name.Local)
	case xml.CharData:
		if w.skip == 0 && w.text > 0 && !w.hidden && len(w.open) > 0 {
			w.open[len(w.open)-1].text.Write(t)
		}
	}
	return nil
}

func (w *docxReader) start(e xml.StartElement) {
	name := e.Name.Local
	if name == "p" {
		w.open = append(w.open, &docxParagraph{})
		return
	}
	if name == "footnoteReference" || name == "endnoteReference" {
		w.call(strings.TrimSuffix(name, "Reference"), xmlAttr(e, "id"))
		return
	}
	if len(w.open) == 0 {
		return
	}
	p := w.open[len(w.open)-1]
	switch name {
	case "pStyle":
		p.style = xmlAttr(e, "val")
	case "outlineLvl":
		p.level, p.outline = outlineLevel(xmlAttr(e, "val")), true
	case "numId":
		p.list, p.noList = xmlAttr(e, "val") != "0", xmlAttr(e, "val") == "0"
	case "r":
		w.hidden = false
	case "vanish":
		w.hidden = xmlAttr(e, "val") != "0" && xmlAttr(e, "val") != "false"
	case "t":
		w.text++
	case "tab", "ptab":
		p.text.WriteByte('\t')
	case "br", "cr":
		p.ended = append(p.ended, p.text.String())
		p.text.Reset()
	case "noBreakHyphen":
		p.text.WriteString("\u2011")
	}
}

func (w *docxReader) end(name string) {
	switch {
	case name == "t" && w.text > 0:
		w.text--
	case name == "r":
		w.hidden = false
	case name == "p" && len(w.open) > 0:
		w.endParagraph()
	}
}

func (w *docxReader) endParagraph() {
	p := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	style := w.styles[p.style]
	if style.toc {
		return
	}
	kind, level := bitext.Paragraph, 0
	if !p.outline {
		p.level = style.level
	}
	switch {
	case p.level > 0:
		kind, level = bitext.Heading, p.level
	case p.list || style.list && !p.noList:
		kind = bitext.ListItem
	}
	for i, line := range append(p.ended, p.text.String()) {
		if i > 0 && kind == bitext.ListItem {
			kind = bitext.Paragraph
		}
		w.b.open(kind, level, 0)
		w.b.write(line)
	}
}

func (w *docxReader) endAll() {
	for len(w.open) > 0 {
		w.endParagraph()
	}
	w.skip, w.text, w.hidden = 0, 0, false
}

// call remembers that the text calls a note here.
func (w *docxReader) call(kind, id string) {
	if w.notes == nil {
		w.notes = map[string][]string{}
	}
	w.notes[kind] = append(w.notes[kind], id)
}

// readNotes writes the notes of one kind behind the text, in the order of
// their calls; notes that nothing calls stay out.
func (w *docxReader) readNotes(p *parcel, part, kind string) error {
	calls := w.notes[kind]
	if len(calls) == 0 {
		return nil
	}
	texts := map[string][]string{}
	id := ""
	in := &docxReader{styles: map[string]docxStyle{}}
	err := p.read(part, func(tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == kind {
			id, in.b = xmlAttr(e, "id"), builder{}
		}
		if err := in.visit(tok); err != nil {
			return err
		}
		if e, ok := tok.(xml.EndElement); ok && e.Name.Local == kind {
			doc := in.b.document("")
			for _, blk := range doc.Blocks {
				texts[id] = append(texts[id], doc.Text[blk.Start:blk.End])
			}
			in.b = builder{}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range calls {
		for _, s := range texts[id] {
			w.b.open(bitext.Paragraph, 0, 0)
			w.b.write(s)
		}
		delete(texts, id) // called twice, written once
	}
	return nil
}
