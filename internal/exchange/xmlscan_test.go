package exchange

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// flat writes what a parser sees: tags with their attributes, and text.
type flat struct {
	strings.Builder
	depth int
	loose bool // text outside the root
}

func (f *flat) start(name string, attrs []attribute) {
	f.WriteString("<" + name)
	for _, a := range attrs {
		f.WriteString(" " + a.name + "=" + a.value)
	}
	f.WriteString(">")
	f.depth++
}

func (f *flat) text(s string) {
	f.loose = f.loose || f.depth == 0 && strings.Trim(s, " \t\r\n") != ""
	f.WriteString(s)
}

func (f *flat) end() {
	f.WriteString("</>")
	f.depth--
}

// byLibrary is the standard library's reading, "" and false where it refuses
// or where ours is meant to differ: namespaces and declarations.
func byLibrary(data string) (string, bool) {
	d := xml.NewDecoder(strings.NewReader(data))
	d.Entity = xml.HTMLEntity
	var f flat
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return f.String(), !f.loose
		}
		if err != nil {
			return "", false
		}
		switch t := t.(type) {
		case xml.StartElement:
			var attrs []attribute
			if strings.Contains(t.Name.Local, ":") {
				return "", false
			}
			for _, a := range t.Attr {
				if strings.Contains(a.Name.Local, ":") {
					return "", false
				}
				attrs = append(attrs, attribute{a.Name.Local, strings.ReplaceAll(strings.ReplaceAll(a.Value, "\r\n", "\n"), "\r", "\n")})
			}
			f.start(t.Name.Local, attrs)
		case xml.EndElement:
			f.end()
		case xml.CharData:
			f.text(string(t))
		case xml.ProcInst, xml.Directive:
			return "", false
		}
	}
}

func byOurs(data string) (string, error) {
	x := newXMLScanner(bufio.NewReaderSize(strings.NewReader(data), 16), 1<<20)
	var f flat
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return f.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t.kind {
		case startToken:
			f.start(t.elem.name, t.elem.attrs)
		case endToken:
			f.end()
		case textToken:
			f.text(string(t.text))
		}
	}
}

// What the standard library reads, ours reads likewise.
func checkAgainstLibrary(t *testing.T, data string) {
	t.Helper()
	want, ok := byLibrary(data)
	if !ok || strings.Contains(data, "&#") { // a reference may vanish, or be a line end
		return
	}
	if got, err := byOurs(data); err != nil || got != want {
		t.Errorf("%q gives %q, %v; the library %q", data, got, err, want)
	}
}

var xmlSeeds = []string{
	"<a>x</a>", "<a b='1' c=\"2&amp;\"/>", "<a><b>x</b>y<c/></a >", "<a>&lt;&nbsp;&quot;</a>", "<a><![CDATA[<b>&]]]></a>",
	"<a><!-- x > -- y -->z</a>", "<p:a p:b='>'>\r\nx\ry</p:a>", "<a\n b = '1'\n></a>\n", "<a b='/'/>", "<a>ё中</a>", "<a b=''>]]</a>",
	"<a></b>", "<a", "a<b/>", "<a b='1' b='2'/>", "<a b/>", "<>", "</a>", "<a>&x;</a>", "<a-b.c_d/>", "<a><b/></a><c/>", "<!-->--><a/>",
}

func TestXMLScan(t *testing.T) {
	for _, s := range xmlSeeds {
		checkAgainstLibrary(t, s)
	}
	// The declaration, a DOCTYPE and references that the library refuses.
	got, err := byOurs("<?xml version='1.0'?>\n<!DOCTYPE a [<!ELEMENT a (b>c)><!-- ' -->]\n>\n<a b='x&#10;&#1;y'>&#x41;&#0;\x02\ufffe\xff</a>")
	if want := "\n\n<a b=x\ny>A\ufffd</>"; err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

func FuzzXMLScan(f *testing.F) {
	for _, s := range xmlSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) { checkAgainstLibrary(t, data) })
}
