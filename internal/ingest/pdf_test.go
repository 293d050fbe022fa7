package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
)

func TestPDFLayout(t *testing.T) {
	long := []string{
		"The harbour master spoke for an hour last night, and since no paper prin-",
		"ted the whole thing, the town had to do with rumours until a well-",
		"known clerk found the notes; the well-known notes lay under a bench,",
		"wet but legible.",
	}
	joined := "The harbour master spoke for an hour last night, and since no paper printed the whole thing, the town had to do with rumours until a well-known clerk found the notes; the well-known notes lay under a bench, wet but legible."
	next := "Nobody knows who wrote them down, though the hand looks like that of"
	cases := []struct {
		name  string
		pages []string
		want  []string
	}{
		{"lines join, hyphens go", []string{drawn(700, long...)}, []string{"|" + joined}},
		{"a short last line ends a paragraph", []string{drawn(700, append(long, next, "the clerk.")...)}, []string{"|" + joined, "|" + next + " the clerk."}},
		{"a gap parts paragraphs", []string{drawn(700, next, "the clerk") + drawn(640, "and so on.")}, []string{"|" + next + " the clerk", "|and so on."}},
		{"a paragraph runs over the page", []string{drawn(700, long[:3]...), drawn(700, append([]string{"wet but legible."}, next, "us.")...)},
			[]string{"|" + joined, "|" + next + " us."}},
		{"a heading in larger type", []string{"BT /F1 20 Tf 72 740 Td (Trade and tides) Tj ET " + drawn(700, long...)}, []string{"H1|Trade and tides", "|" + joined}},
		{"a heading in bold", []string{"BT /F2 12 Tf 72 714 Td (Trade) Tj ET " + drawn(700, long...)}, []string{"H2|Trade", "|" + joined}},
		{"a list", []string{drawn(700, "We need three things:", "1. a crane;", "2. two tugs;", "3. patience.")},
			[]string{"|We need three things:", "-|1. a crane;", "-|2. two tugs;", "-|3. patience."}},
		{"articles", []string{drawn(700, "Article 1", "The Parties shall trade.", "Article 2")}, []string{"H2|Article 1", "|The Parties shall trade.", "H2|Article 2"}},
		{"spaces that only the distance tells", []string{"BT /F1 12 Tf 72 700 Td [(The)-300(tide)20( turns)] TJ ET"}, []string{"|The tide turns"}},
		{"words set one by one", []string{"BT /F1 12 Tf 1 0 0 1 72 700 Tm (One) Tj 1 0 0 1 98 700 Tm (two) Tj ET"}, []string{"|One two"}},
		{"drawn from below", []string{drawn(100, "Sixth.") + drawn(200, "Fifth.") + drawn(300, "Fourth.") + drawn(400, "Third.") + drawn(500, "Second.") + drawn(600, "First.")},
			[]string{"|First.", "|Second.", "|Third.", "|Fourth.", "|Fifth.", "|Sixth."}},
		{"escapes, hex and comments", []string{`BT /F1 12 Tf 72 700 Td (a\(b\)\143 \` + "\n" + `d) Tj % no (text) Tj` + "\n" + `<20 65 66> Tj ET`}, []string{"|a(b)c d ef"}},
		{"a picture in the drawing", []string{"BI /W 1 /H 1 ID \x00EIx(\xff) EI " + drawn(700, "Seen.")}, []string{"|Seen."}},
		{"typographic marks", []string{"BT /F1 12 Tf 72 700 Td (\x93Caf\xe9\x94 \x96 5 \x80) Tj ET"}, []string{"|“Café” – 5 €"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { same(t, lines(read(t, "a.pdf", pdfPagesOf(c.pages...))), c.want) })
	}
}

func TestPDFRunningHeads(t *testing.T) {
	var pages []string
	var want []string
	for i := 1; i <= 5; i++ {
		s := fmt.Sprintf("This page tells of pier number %d and of nothing else at all.", i)
		pages = append(pages, drawn(780, "The Pier Gazette")+drawn(700, s, "Every pier has its page.")+drawn(40, fmt.Sprintf("- %d -", i)))
		want = append(want, "|"+s+" Every pier has its page.")
	}
	same(t, lines(read(t, "a.pdf", pdfPagesOf(pages...))), want)
}

// toUnicode is a table of characters as programs write them.
const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfrange <0001> <0002> <041F> <0010> <0012> [<6E2F> <53E3> <FB01>] endbfrange
2 beginbfchar <0003> <0440> <0004> <0442> endbfchar
endcmap`

func TestPDFCompositeFont(t *testing.T) {
	font := "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /DW 1000 /W [1 [600 600] 3 4 500] >>] >>"
	data := pdfFile("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
		font, pdfStreamObject(toUnicode),
		pdfStreamObject("BT /F1 10 Tf 72 700 Td <00010002000300040010001100120003> Tj ET"))
	// 041F, then the next of its range; the ligature is taken apart.
	same(t, lines(read(t, "a.pdf", data)), []string{"|ПРрт港口fiр"})
}

func TestPDFWithoutCharacters(t *testing.T) {
	data := pdfFile("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< >>] >>",
		pdfStreamObject("BT /F1 10 Tf 72 700 Td <"+strings.Repeat("0041", 40)+"> Tj ET"))
	_, err := ReadFrom(context.Background(), bytes.NewReader(data), "a.pdf", Options{})
	if !errors.Is(err, ErrEmpty) || !strings.Contains(err.Error(), "without saying which") {
		t.Errorf("got %v", err)
	}
}

func TestPDFSimpleEncodings(t *testing.T) {
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /uni041F /afii10065 /fi 65 /a.alt] >> >>"
	data := pdfFile("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /Contents [5 0 R 5 0 R] /Resources << /Font << /F1 4 0 R >> >> >>",
		font, pdfStreamObject("BT /F1 10 Tf 72 700 Td (\x01\x02b\xe9) Tj ET"))
	if doc := read(t, "a.pdf", data); !strings.HasPrefix(doc.Text, "Паbé") {
		t.Errorf("read as %q", doc.Text)
	}
}

func TestPDFForms(t *testing.T) {
	data := pdfFile("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources << /Font << /F1 4 0 R >> /XObject << /Fm 5 0 R >> >> >>",
		"<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>", latinFont,
		"<< /Subtype /Form /Matrix [1 0 0 1 0 100] /Length 41 >>\nstream\nBT /F1 12 Tf 72 600 Td (In a form.) Tj ET\nendstream",
		pdfStreamObject("/Fm Do "+drawn(500, "On the page.")))
	same(t, lines(read(t, "a.pdf", data)), []string{"|In a form.", "|On the page."})
}

// TestPDFTraps feeds files that lead a careless reader in circles or have it
// lay out tables without end. Each must end with an error, soon.
func TestPDFTraps(t *testing.T) {
	good := pdfPagesOf(drawn(700, "x"))
	swap := func(from, to string) []byte {
		if !bytes.Contains(good, []byte(from)) {
			t.Fatalf("%q is not in the file", from)
		}
		return bytes.Replace(good, []byte(from), []byte(to), 1)
	}
	cases := map[string][]byte{
		"a page that is its own list": pdfFile("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"),
		"a table before itself":       swap("/Root 1 0 R", fmt.Sprintf("/Root 1 0 R /Prev %d", bytes.LastIndex(good, []byte("\nxref"))+1)),
		"a table without end":         swap("/Size 7", "/Size 999999999"),
		"a hidden table without end":  swap("/Size 7", "/Si#7ae 999999999"),
		"an entry far away":           swap("xref\n0 7", "xref\n900000000 7"),
		"a length that is itself":     pdfFile("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Contents 4 0 R >>", "<< /Length 4 0 R >>\nstream\nx\nendstream"),
		"a list of arrays":            swap("/Kids [5 0 R]", "/Kids "+strings.Repeat("[", 5000)),
		"no header":                   good[9:],
		"tiny":                        []byte("%PDF-1.4\n%%EOF"),
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := ReadFrom(context.Background(), bytes.NewReader(data), "a.pdf", Options{})
			var e *Error
			if !errors.As(err, &e) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPDFFormThatCallsItself(t *testing.T) {
	data := pdfFile("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources << /Font << /F1 4 0 R >> /XObject << /Fm 5 0 R >> >> >>",
		"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>", latinFont,
		"<< /Subtype /Form /Length 43 >>\nstream\n/Fm Do BT /F1 12 Tf 72 600 Td (Once.) Tj ET\nendstream")
	if doc := read(t, "a.pdf", data); !strings.Contains(doc.Text, "Once.") {
		t.Errorf("read as %q", doc.Text)
	}
}

func TestPDFMended(t *testing.T) {
	good := pdfPagesOf(drawn(700, "Read."))
	for name, data := range map[string][]byte{
		"a newer version":  bytes.Replace(good, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1),
		"junk at the head": append([]byte("HTTP/1.1 200 OK\n\n"), good...),
		"junk at the end":  append(append([]byte{}, good...), strings.Repeat("\x00junk", 100)...),
	} {
		t.Run(name, func(t *testing.T) { same(t, lines(read(t, "a.pdf", data)), []string{"|Read."}) })
	}
}

func TestPDFLocked(t *testing.T) {
	data := bytes.Replace(pdfPagesOf(drawn(700, "x")), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 >>"), 1)
	_, err := ReadFrom(context.Background(), bytes.NewReader(data), "a.pdf", Options{})
	if !errors.Is(err, ErrEncrypted) {
		t.Errorf("got %v", err)
	}
	if !errors.Is(pdfOpenError(pdf.ErrInvalidPassword), ErrEncrypted) {
		t.Error("a wrong password is not told")
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(pdfPagesOf(drawn(700, "One line", "and another."), drawn(700, "Page two.")))
	f.Add(pdfFile("<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [3 0 R] >>", "<< /Contents 4 0 R /Resources << /Font << /F1 << /Subtype /Type0 /ToUnicode 5 0 R >> >> >> >>",
		pdfStreamObject("BT /F1 9 Tf <0001> Tj ET"), pdfStreamObject(toUnicode)))
	fuzzFormat(f, "a.pdf", func(_ testing.TB, data []byte) []byte { return data })
}

// FuzzPDFDrawing tries what no valid file holds in the drawing of a page.
func FuzzPDFDrawing(f *testing.F) {
	f.Add([]byte(drawn(700, "One line", "and another.")))
	f.Add([]byte("q 1 0 0 1 5 5 cm BT /F2 1e9 Tf [(a)-1e99<41>[(b)]<<]] TJ ET Q Q BI ID EI"))
	f.Add([]byte(toUnicode))
	fuzzFormat(f, "a.pdf", func(_ testing.TB, data []byte) []byte {
		readCMap(data)
		return pdfPagesOf(string(data))
	})
}
