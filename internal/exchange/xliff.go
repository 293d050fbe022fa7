package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
)

// sideContext is the type of the context in which a sidecar travels.
const sideContext = "x-sverka"

// xliffReader reads XLIFF 1.x and 2.x, whichever the file is in.
type xliffReader struct {
	*xmlReader
	srcLang, trgLang string
}

func readXLIFF(r io.Reader, out *sink) error {
	x, err := newXMLReader(r, out)
	if err != nil {
		return err
	}
	root, err := x.root("xliff")
	if err != nil {
		return err
	}
	f := &xliffReader{xmlReader: x, srcLang: attr(root, "srcLang"), trgLang: attr(root, "trgLang")}
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind != startToken {
			continue
		}
		s := t.elem
		x.in.reset()
		switch s.name {
		case "file":
			if src := attr(s, "source-language"); src != "" {
				f.srcLang, f.trgLang = src, attr(s, "target-language")
			}
		case "trans-unit":
			err = f.transUnit(s)
		case "unit":
			err = f.unit2(s)
		case "header", "internal-file", "skeleton":
			err = x.skip()
		}
		if err != nil {
			return err
		}
		x.in.reset()
	}
}

// transUnit reads one trans-unit of XLIFF 1. Where source and target are
// marked up in the same sentences, each sentence is a unit.
func (f *xliffReader) transUnit(s element) error {
	p := pair{
		id: attr(s, "resname"), srcTag: f.srcLang, trgTag: f.trgLang,
		accepted: attr(s, "approved") == "yes", showsReview: true,
	}
	if p.id == "" {
		p.id = attr(s, "id")
	}
	var source, segmented, target flattener
	err := f.children(func(s element) error {
		switch s.name {
		case "source":
			if l := attr(s, "lang"); l != "" {
				p.srcTag = l
			}
			return f.flatten(&source)
		case "seg-source":
			return f.flatten(&segmented)
		case "target":
			if l := attr(s, "lang"); l != "" {
				p.trgTag = l
			}
			state := attr(s, "state")
			p.accepted = p.accepted || state == "final" || state == "signed-off"
			p.inReview = strings.HasPrefix(state, "needs-") || state == "new"
			return f.flatten(&target)
		case "note":
			note, err := f.text()
			p.note = joinNotes(p.note, note)
			return err
		case "context-group":
			return f.side(&p, "context-type")
		}
		return f.skip()
	})
	if err != nil {
		return err
	}
	p.source, p.target = source.b.String(), target.b.String()
	if pairs := sentences(&p, &segmented, &target); pairs != nil {
		return f.yield(pairs)
	}
	return f.yield([]pair{p})
}

// side reads the element that was begun last and looks for a sidecar in it:
// an element whose attribute named kind says so.
func (f *xliffReader) side(p *pair, kind string) error {
	return f.children(func(s element) error {
		if attr(s, kind) != sideContext {
			if s.name == "metaGroup" {
				return f.side(p, kind)
			}
			return f.skip()
		}
		side, err := f.text()
		p.side = side
		return err
	})
}

// sentences pairs the sentences marked in source and target by their ids; nil
// where they do not answer each other.
func sentences(p *pair, source, target *flattener) []pair {
	if len(source.segments) < 2 || len(source.segments) != len(target.segments) || p.side != "" {
		return nil
	}
	src, trg := source.b.String(), target.b.String()
	pairs := make([]pair, 0, len(source.segments))
	for i, s := range source.segments {
		t := target.segments[i]
		if s.id != t.id {
			return nil
		}
		q := *p
		q.id = fmt.Sprintf("%s/%s", p.id, s.id)
		q.source, q.target = src[s.start:s.end], trg[t.start:t.end]
		pairs = append(pairs, q)
	}
	return pairs
}

func (f *xliffReader) yield(pairs []pair) error {
	for i := range pairs {
		u, reason := pairs[i].unit()
		if err := f.out.unit(u, reason); err != nil {
			return err
		}
	}
	return nil
}

// unit2 reads one unit of XLIFF 2, each segment of it as a unit of ours.
func (f *xliffReader) unit2(s element) error {
	base := pair{id: attr(s, "name"), srcTag: f.srcLang, trgTag: f.trgLang}
	if base.id == "" {
		base.id = attr(s, "id")
	}
	var pairs []pair
	err := f.children(func(s element) error {
		switch s.name {
		case "metadata":
			return f.side(&base, "type")
		case "notes":
			return f.children(func(element) error {
				note, err := f.text()
				base.note = joinNotes(base.note, note)
				return err
			})
		case "segment":
			p, err := f.segment2(s)
			pairs = append(pairs, p)
			if len(pairs) > f.out.limits.Variants {
				return fmt.Errorf("a unit has more than %d segments", f.out.limits.Variants)
			}
			return err
		}
		return f.skip()
	})
	if err != nil {
		return err
	}
	for i := range pairs {
		p := &pairs[i]
		if p.id == "" {
			p.id = fmt.Sprint(i + 1)
		}
		if p.id = base.id + "/" + p.id; len(pairs) == 1 {
			p.id, p.side = base.id, base.side
		}
		p.srcTag, p.trgTag, p.note = base.srcTag, base.trgTag, base.note
	}
	return f.yield(pairs)
}

func (f *xliffReader) segment2(s element) (p pair, err error) {
	p.id = attr(s, "id")
	p.accepted = attr(s, "state") == "final" || attr(s, "state") == "reviewed"
	err = f.children(func(s element) error {
		var text flattener
		switch s.name {
		case "source":
			err := f.flatten(&text)
			p.source = text.b.String()
			return err
		case "target":
			err := f.flatten(&text)
			p.target = text.b.String()
			return err
		}
		return f.skip()
	})
	return p, err
}

// xliff12 writes XLIFF 1.2.
type xliff12 struct{}

func (*xliff12) head(b *bufio.Writer, src, trg bitext.Lang, opt WriteOptions) {
	target := ""
	if trg != "" {
		target = fmt.Sprintf(` target-language="%s"`, escAttr(string(trg)))
	}
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="sverka" source-language="%s"%s datatype="plaintext" tool-id="sverka">
<header><tool tool-id="sverka" tool-name="sverka" tool-version="%s"/></header>
<body>
`, escAttr(string(src)), target, escAttr(opt.ToolVersion))
}

func (*xliff12) unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string) {
	fmt.Fprintf(b, `<trans-unit id="%d"`, n)
	if u.ID != "" {
		fmt.Fprintf(b, ` resname="%s"`, escAttr(u.ID))
	}
	state := "translated"
	switch u.Status {
	case bitext.StatusAccepted:
		b.WriteString(` approved="yes"`)
		state = "final"
	case bitext.StatusReview:
		state = "needs-review-translation"
	}
	fmt.Fprintf(b, ">\n<source xml:lang=\"%s\">%s</source>\n", escAttr(string(src.Lang)), escText(src.Text))
	fmt.Fprintf(b, "<target xml:lang=\"%s\" state=\"%s\">%s</target>\n", escAttr(string(trg.Lang)), state, escText(trg.Text))
	fmt.Fprintf(b, "<context-group purpose=\"information\"><context context-type=\"%s\">%s</context></context-group>\n",
		sideContext, escText(side))
	if u.Note != "" {
		fmt.Fprintf(b, "<note>%s</note>\n", escText(u.Note))
	}
	b.WriteString("</trans-unit>\n")
}

func (*xliff12) foot(b *bufio.Writer) { b.WriteString("</body>\n</file>\n</xliff>\n") }

// xliff2 writes XLIFF 2.1.
type xliff2 struct{}

func (*xliff2) head(b *bufio.Writer, src, trg bitext.Lang, _ WriteOptions) {
	target := ""
	if trg != "" {
		target = fmt.Sprintf(` trgLang="%s"`, escAttr(string(trg)))
	}
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" srcLang="%s"%s>
<file id="f1">
`, escAttr(string(src)), target)
}

func (*xliff2) unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string) {
	fmt.Fprintf(b, `<unit id="%d"`, n)
	if u.ID != "" {
		fmt.Fprintf(b, ` name="%s"`, escAttr(u.ID))
	}
	fmt.Fprintf(b, ">\n<mda:metadata><mda:metaGroup category=\"sverka\"><mda:meta type=\"%s\">%s</mda:meta></mda:metaGroup></mda:metadata>\n",
		sideContext, escText(side))
	if u.Note != "" {
		fmt.Fprintf(b, "<notes><note>%s</note></notes>\n", escText(u.Note))
	}
	state := "translated"
	if u.Status == bitext.StatusAccepted {
		state = "final"
	}
	fmt.Fprintf(b, "<segment state=\"%s\">\n<source>%s</source>\n<target>%s</target>\n</segment>\n</unit>\n",
		state, escText(src.Text), escText(trg.Text))
}

func (*xliff2) foot(b *bufio.Writer) {
	// A file of XLIFF 2 must hold a unit; without one the caller has nothing
	// to keep.
	b.WriteString("</file>\n</xliff>\n")
}
