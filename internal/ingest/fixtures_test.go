package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// zipped makes a package of parts: name, content, name, content.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const docxStyles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="L"><w:name w:val="List Bullet"/></w:style>
<w:style w:styleId="Out"><w:name w:val="Clause"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`

// docx makes a DOCX with this body; more parts may follow.
func docx(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	main := `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m" xmlns:wps="s" xmlns:v="v"><w:body>` +
		body + `<w:sectPr><w:p><w:r><w:t>no text</w:t></w:r></w:p></w:sectPr></w:body></w:document>`
	return zipped(t, append([]string{"word/document.xml", main, "word/styles.xml", docxStyles}, more...)...)
}

// odt makes an ODT with this text; more parts may follow.
func odt(t testing.TB, text string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", odtContent(text)}, more...)...)
}

func odtContent(text string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
		`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:style" xmlns:draw="urn:draw" xmlns:table="urn:table" xmlns:svg="urn:svg" xmlns:dc="urn:dc">` +
		`<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>` +
		`<office:body><office:text>` + text + `</office:text></office:body></office:document-content>`
}

// pdfFile writes a PDF out of numbered objects, the first of which is the
// catalogue, with a table of where they lie.
func pdfFile(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

func pdfStreamObject(data string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(data), data)
}

const (
	latinFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	boldFont  = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
)

// pdfPagesOf makes a PDF whose pages are drawn so, with the fonts F1
// (Helvetica) and F2 (bold).
func pdfPagesOf(drawings ...string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", latinFont, boldFont}
	var kids []string
	for _, d := range drawings {
		n := len(objects)
		kids = append(kids, fmt.Sprintf("%d 0 R", n+1))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", n+2),
			pdfStreamObject(d))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return pdfFile(objects...)
}

// drawn sets lines beneath each other from the height top on, at 12 points.
func drawn(top int, lines ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F1 12 Tf 14 TL 72 %d Td\n", top)
	for _, l := range lines {
		fmt.Fprintf(&b, "(%s) Tj T*\n", strings.NewReplacer("(", `\(`, ")", `\)`).Replace(l))
	}
	b.WriteString("ET\n")
	return b.String()
}

// read reads data under a name and checks what every document owes.
func read(t *testing.T, name string, data []byte) *bitext.Document {
	t.Helper()
	doc, err := ReadFrom(context.Background(), bytes.NewReader(data), name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	return doc
}

// lines writes the blocks of a document, "H1|", "-|" or "|" before each.
func lines(doc *bitext.Document) []string {
	var all []string
	for _, b := range doc.Blocks {
		s := doc.Text[b.Start:b.End]
		switch b.Kind {
		case bitext.Heading:
			s = fmt.Sprintf("H%d|%s", b.Level, s)
		case bitext.ListItem:
			s = "-|" + s
		default:
			s = "|" + s
		}
		all = append(all, s)
	}
	return all
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}
