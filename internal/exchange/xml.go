package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
)

// xmlReader gives the elements of an XML file, within limits, and knows where
// it is. Comments and processing instructions do not appear.
type xmlReader struct {
	in    *xmlScanner
	out   *sink
	depth int
}

func newXMLReader(r io.Reader, out *sink) (*xmlReader, error) {
	b, err := utf8Reader(r, out.orSaid(declaredXML))
	if err != nil {
		return nil, err
	}
	return &xmlReader{in: newXMLScanner(b, out.limits.UnitBytes), out: out}, nil
}

// token gives the next start, end or text, io.EOF at the end of a whole file.
func (x *xmlReader) token() (token, error) {
	t, err := x.in.next()
	x.out.line = x.in.line
	switch {
	case err != nil:
		return t, err
	case t.kind == startToken:
		if x.depth++; x.depth > x.out.limits.Depth {
			return t, fmt.Errorf("elements are nested deeper than the limit of %d", x.out.limits.Depth)
		}
	case t.kind == endToken:
		x.depth--
	}
	return t, nil
}

// root reads as far as the first element and holds that its name is want.
func (x *xmlReader) root(want string) (element, error) {
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return element{}, fmt.Errorf("the file is empty, or no %s", want)
		}
		if err != nil {
			return element{}, err
		}
		if t.kind == startToken {
			if !strings.EqualFold(t.elem.name, want) {
				return t.elem, fmt.Errorf("the file is no %s: its first element is <%s>", want, clip(t.elem.name))
			}
			return t.elem, nil
		}
	}
}

// skip reads past the end of the element that was begun last.
func (x *xmlReader) skip() error {
	for depth := x.depth; x.depth >= depth; {
		if _, err := x.token(); err != nil {
			return err
		}
	}
	return nil
}

// text gives the characters within the element that was begun last, to its
// end, those of elements within it included.
func (x *xmlReader) text() (string, error) {
	f := flattener{keepCodes: true}
	err := x.flatten(&f)
	return f.b.String(), err
}

// codes are the inline elements whose content is no text of the sentence but
// the code of another format that it stood in.
var codes = map[string]bool{"bpt": true, "ept": true, "ph": true, "it": true, "ut": true}

// flattener makes plain text of a segment: codes vanish, save that a line
// break among them is a space, and whatever else marks a part leaves its text
// (hi, g, mrk, pc).
type flattener struct {
	b         strings.Builder
	keepCodes bool
	segments  []segmentMark
}

// segmentMark is a sentence that XLIFF marks within a longer text.
type segmentMark struct {
	id         string
	start, end int
}

// flatten reads to the end of the element that was begun last.
func (x *xmlReader) flatten(f *flattener) error {
	type open struct {
		depth, mark int
	}
	depth, code := x.depth, 0 // code: the depth of the code that we are in
	var marks []open
	for {
		t, err := x.token()
		if err != nil {
			return err
		}
		switch t.kind {
		case textToken:
			if code == 0 {
				f.b.Write(t.text)
			}
		case startToken:
			t, name := t.elem, t.elem.name
			switch {
			case code > 0:
			case codes[name] && !f.keepCodes:
				code = x.depth
				fallthrough
			case name == "x":
				if kind := attr(t, "type") + attr(t, "ctype"); kind == "lb" || kind == "fmt" && attr(t, "subType") == "xlf:lb" {
					f.b.WriteByte(' ')
				}
			case name == "mrk" && attr(t, "mtype") == "seg":
				marks = append(marks, open{x.depth, len(f.segments)})
				f.segments = append(f.segments, segmentMark{id: attr(t, "mid"), start: f.b.Len()})
			}
		case endToken:
			if x.depth < code {
				code = 0
			}
			if n := len(marks); n > 0 && marks[n-1].depth > x.depth {
				f.segments[marks[n-1].mark].end = f.b.Len()
				marks = marks[:n-1]
			}
			if x.depth < depth {
				return nil
			}
		}
	}
}

// langLabel reads a language tag of a file. Its region or script may serve as
// a label where two texts share a language.
func langLabel(tag string) (lang bitext.Lang, region string, err error) {
	if strings.TrimSpace(tag) == "" {
		return "", "", errors.New("a text without a language")
	}
	lang, err = bitext.ParseLang(tag)
	_, region, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	return lang, region, err
}

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")
)

// legal drops what XML has no place for.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if !legalXML(r) {
			return -1
		}
		return r
	}, s)
}

func escText(s string) string { return textEscapes.Replace(legal(s)) }
func escAttr(s string) string { return attrEscapes.Replace(legal(s)) }
