package exchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
)

// xmlReader gives the elements of an XML file, within limits, and knows where
// it is. Comments and processing instructions do not appear.
type xmlReader struct {
	dec   *xml.Decoder
	in    *xmlInput
	out   *sink
	depth int
}

func newXMLReader(r io.Reader, out *sink) (*xmlReader, error) {
	b, err := utf8Reader(r, declaredXML)
	if err != nil {
		return nil, err
	}
	x := &xmlReader{in: &xmlInput{r: b, limit: out.limits.UnitBytes}, out: out}
	x.dec = xml.NewDecoder(x.in)
	x.dec.Entity = xml.HTMLEntity // &nbsp; needs no DOCTYPE
	x.dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return x, nil
}

// errEntities refuses a file that defines entities: the means by which a few
// lines grow to gigabytes.
var errEntities = errors.New("the DOCTYPE defines entities of its own, which are not expanded; take the definitions out")

// token gives the next start, end or text, io.EOF at the end of a whole file.
func (x *xmlReader) token() (xml.Token, error) {
	for {
		t, err := x.dec.Token()
		x.out.line, _ = x.dec.InputPos()
		if err != nil {
			return nil, x.explain(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if x.depth++; x.depth > x.out.limits.Depth {
				return nil, fmt.Errorf("elements are nested deeper than the limit of %d", x.out.limits.Depth)
			}
			return t, nil
		case xml.EndElement:
			x.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			// The definitions that a DOCTYPE points at are never fetched.
			if strings.Contains(string(t), "<!ENTITY") {
				return nil, errEntities
			}
		}
	}
}

// explain makes an error of the parser one for people.
func (x *xmlReader) explain(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return errors.New("the file ends within an element; it was cut off")
	case errors.As(err, &syntax):
		return fmt.Errorf("not well-formed XML: %s", syntax.Msg)
	}
	return err
}

// root reads as far as the first element and holds that its name is want.
func (x *xmlReader) root(want string) (xml.StartElement, error) {
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return xml.StartElement{}, fmt.Errorf("the file is empty, or no %s", want)
		}
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			if !strings.EqualFold(s.Name.Local, want) {
				return s, fmt.Errorf("the file is no %s: its first element is <%s>", want, s.Name.Local)
			}
			return s, nil
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
		switch t := t.(type) {
		case xml.CharData:
			if code == 0 {
				f.b.Write(t)
			}
		case xml.StartElement:
			name := t.Name.Local
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
		case xml.EndElement:
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

// attr gives the attribute of any namespace with the given local name, or "".
func attr(s xml.StartElement, local string) string {
	for _, a := range s.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
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
