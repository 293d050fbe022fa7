package ingest

import (
	"bytes"
	"context"
	"testing"
)

func TestDOCX(t *testing.T) {
	para := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	styled := func(style, s string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + s + "</w:t></w:r></w:p>"
	}
	cases := []struct {
		name, body string
		want       []string
	}{
		{"paragraphs", para("Один.") + para("") + para("Два."), []string{"|Один.", "|Два."}},
		{"headings by style", styled("T", "Title") + styled("a1", "One") + styled("Own", "Based") + styled("Out", "Outline") + styled("Loop", "Round"),
			[]string{"H1|Title", "H1|One", "H1|Based", "H3|Outline", "|Round"}},
		{"lists", styled("L", "by style") + `<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>by number</w:t></w:r></w:p>` +
			`<w:p><w:pPr><w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>list undone</w:t></w:r></w:p>`,
			[]string{"-|by style", "-|by number", "|list undone"}},
		{"runs join", "<w:p><w:r><w:t>Поло</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>вина</w:t></w:r><w:r><w:t xml:space=\"preserve\"> слова</w:t></w:r></w:p>",
			[]string{"|Половина слова"}},
		{"tabs and breaks", "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r></w:p>",
			[]string{"|a b", "|c‑de"}},
		{"tracked changes", "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>" +
			"<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>", []string{"|kept inserted"}},
		{"hidden text and fields", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
			[]string{"|seen"}},
		{"a table", "<w:tbl><w:tr><w:tc>" + para("a") + "</w:tc><w:tc>" + para("b") + "</w:tc></w:tr></w:tbl>", []string{"|a", "|b"}},
		{"a text box, drawn twice", "<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>" + para("box") +
			"</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>" + para("box") + "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>" +
			"<w:r><w:t>after</w:t></w:r></w:p>", []string{"|box", "|before after"}},
		{"a table of contents", styled("Toc", "Chapter 1 … 3") + styled("a1", "Chapter 1"), []string{"H1|Chapter 1"}},
		{"Chinese", para("港口 主任"), []string{"|港口 主任"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { same(t, lines(read(t, "a.docx", docx(t, c.body))), c.want) })
	}
}

func TestDOCXNotesAndTitle(t *testing.T) {
	notes := `<w:footnotes xmlns:w="w"><w:footnote w:id="-1"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:footnote>` +
		`<w:footnote w:id="2"><w:p><w:r><w:t>Second note.</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>First note.</w:t></w:r></w:p></w:footnote></w:footnotes>`
	data := docx(t, `<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>, two</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t>End.</w:t></w:r></w:p>`,
		"word/footnotes.xml", notes, "docProps/core.xml", `<c xmlns:dc="d"><dc:title> Our  treaty </dc:title><dc:creator>x</dc:creator></c>`)
	doc := read(t, "a.docx", data)
	same(t, lines(doc), []string{"|One, two", "|End.", "|First note.", "|Second note."})
	if doc.Title != "Our treaty" {
		t.Errorf("the title is %q", doc.Title)
	}
}

func TestDOCXMainPartByRelation(t *testing.T) {
	data := zipped(t, "_rels/.rels", `<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml", `<w:document xmlns:w="w"><w:p><w:r><w:t>Found.</w:t></w:r></w:p></w:document>`)
	same(t, lines(read(t, "a", data)), []string{"|Found."})
}

func TestODT(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"headings and paragraphs", `<text:h text:outline-level="2">Глава</text:h><text:p text:style-name="P1">Заглавие</text:p><text:p>Абзац.</text:p><text:p/>`,
			[]string{"H2|Глава", "H1|Заглавие", "|Абзац."}},
		{"a list", `<text:list><text:list-item><text:p>one</text:p><text:p>more</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>`,
			[]string{"-|one", "|more", "-|inner"}},
		{"spans and white space", "<text:p>a<text:span>b\n  c</text:span><text:s text:c=\"3\"/>d<text:tab/>e<text:line-break/>f</text:p>", []string{"|ab c d e", "|f"}},
		{"a note", `<text:p>Said<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In a note.</text:p></text:note-body></text:note> so.</text:p><text:p>End.</text:p>`,
			[]string{"|Said so.", "|End.", "|In a note."}},
		{"tracked deletions", `<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>st<text:change/>ays</text:p>`,
			[]string{"|stays"}},
		{"comments and drawings", `<text:p>seen<office:annotation><text:p>unseen</text:p></office:annotation><draw:frame><svg:title>t</svg:title><svg:desc>d</svg:desc><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>`,
			[]string{"|boxed", "|seen"}},
		{"a table", `<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`,
			[]string{"|a", "|b"}},
		{"a table of contents", `<text:table-of-content><text:index-body><text:p>1 … 2</text:p></text:index-body></text:table-of-content><text:p>Text.</text:p>`, []string{"|Text."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			same(t, lines(read(t, "a.odt", odt(t, c.text))), c.want)
			same(t, lines(read(t, "a.fodt", flatODT(c.text))), c.want)
		})
	}
}

// flatODT is the same text in one file.
func flatODT(text string) []byte {
	return bytes.ReplaceAll([]byte(odtContent(text)), []byte("office:document-content"), []byte("office:document"))
}

func TestODTTitle(t *testing.T) {
	doc := read(t, "a.odt", odt(t, "<text:p>x</text:p>", "meta.xml", `<m xmlns:dc="d"><dc:title>A plan</dc:title></m>`))
	if doc.Title != "A plan" {
		t.Errorf("the title is %q", doc.Title)
	}
}

func fuzzFormat(f *testing.F, name string, wrap func(testing.TB, []byte) []byte) {
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ReadFrom(context.Background(), bytes.NewReader(wrap(t, data)), name, Options{Limits: Limits{Unpack: 4 << 20, File: 8 << 20}})
		if err != nil {
			return
		}
		if err := documentError(doc); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(`<w:document xmlns:w="w"><w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr><w:r><w:t>x</w:t><w:br/></w:r><w:del><w:r/></w:del></w:p></w:document>`))
	f.Add([]byte(`<a><p><r><t>x</t><p><r><vanish/><t>y</t></r></p></r></p></a>`))
	fuzzFormat(f, "a.docx", func(t testing.TB, data []byte) []byte {
		return zipped(t, "word/document.xml", string(data), "word/styles.xml", docxStyles)
	})
}

func FuzzODT(f *testing.F) {
	f.Add([]byte(odtContent(`<text:h>a</text:h><text:p>b<text:note><text:p>c</text:p></text:note></text:p>`)))
	fuzzFormat(f, "a.odt", func(t testing.TB, data []byte) []byte { return zipped(t, "content.xml", string(data)) })
}

func FuzzPackage(f *testing.F) {
	f.Add(zipped(f, "word/document.xml", "<w:document/>"))
	f.Add(zipped(f, "content.xml", "<office:document/>"))
	fuzzFormat(f, "a", func(_ testing.TB, data []byte) []byte { return data })
}
