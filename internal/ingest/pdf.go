package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"

	"sverka/internal/bitext"
)

// The costs that a PDF may have.
const (
	pdfTime    = 2 * time.Minute
	pdfBytes   = 256 << 20 // bytes fetched from the file, again and again, and
	pdfRounds  = 256       // so many times the file's size beside them
	pdfFetch   = 4096      // what each fetch counts for, at the least
	pdfStream  = 64 << 20  // bytes of one page's drawing, unpacked
	pdfSteps   = 50 << 20  // operators and operands of all pages
	pdfGlyphs  = 20 << 20  // characters of all pages
	pdfObjects = 4_000_000 // entries of its table of objects
)

// readPDF takes the text layer out of a PDF (ISO 32000), page by page in the
// order in which it was drawn, and joins the lines to paragraphs.
func readPDF(ctx context.Context, data []byte, limits Limits) (*bitext.Document, error) {
	data, err := mendPDF(data)
	if err != nil {
		return nil, err
	}
	if err := guardPDF(data); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	type result struct {
		doc *bitext.Document
		err error
	}
	done := make(chan result, 1)
	go func() {
		doc, err := readPages(ctx, data, limits)
		done <- result{doc, err}
	}()
	select {
	case r := <-done:
		err = r.err
		if err == nil {
			return r.doc, nil
		}
	case <-ctx.Done(): // the file keeps the reader busy; let it go
		err = ctx.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, overLimit("save it anew, or its text", "reading it takes over %v", pdfTime)
	}
	return nil, err
}

// mendPDF brings the file's ends into the form that the library insists on:
// nothing before the header or behind the last mark of the end, and a version
// that it knows.
func mendPDF(data []byte) ([]byte, error) {
	start := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	end := bytes.LastIndex(data, []byte("%%EOF"))
	if start < 0 || len(data)-start < 20 {
		return nil, corrupt(nil, "it is no PDF: it does not begin like one")
	}
	if end < start {
		return nil, corrupt(nil, "the PDF has no end; it was cut off")
	}
	data = bytes.Clone(data[start : end+len("%%EOF")])
	copy(data[5:9], "1.7\n")
	return data, nil
}

var (
	pdfSize    = regexp.MustCompile(`/(?:Size|Columns)\s*(\d{6,})`)
	pdfWidths  = regexp.MustCompile(`/W\s*\[\s*(\d+)\s+(\d+)\s+(\d+)`)
	pdfIndex   = regexp.MustCompile(`/Index\s*\[([\d\s]+)\]`)
	pdfSection = regexp.MustCompile(`(\d{1,12})\s+(\d{1,12})\s+\d{10}\s\d{5}\s[nf]`)
	pdfEscaped = regexp.MustCompile(`/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]*`)
)

// guardPDF refuses figures from which the library would lay out tables larger
// than any honest file needs.
func guardPDF(data []byte) error {
	most := min(pdfObjects, 100_000+len(data))
	refuse := func() error {
		return overLimit(adviceSave, "the PDF speaks of more objects than it can hold")
	}
	over := func(digits ...[]byte) bool {
		sum := 0
		for _, d := range digits {
			n, err := strconv.Atoi(string(d))
			if err != nil || n > most {
				return true
			}
			sum += n
		}
		return sum > most
	}
	for _, m := range pdfSize.FindAllSubmatch(data, -1) {
		if over(m[1]) {
			return refuse()
		}
	}
	for _, m := range pdfIndex.FindAllSubmatch(data, -1) {
		for _, f := range bytes.Fields(m[1]) {
			if over(f) {
				return refuse()
			}
		}
	}
	for _, m := range pdfSection.FindAllSubmatch(data, -1) {
		if over(m[1], m[2]) {
			return refuse()
		}
	}
	if bytes.Contains(data, []byte("/XRef")) {
		for _, m := range pdfWidths.FindAllSubmatch(data, -1) {
			for _, d := range m[1:] {
				if n, err := strconv.Atoi(string(d)); err != nil || n > 1<<20 {
					return refuse()
				}
			}
		}
	}
	for _, m := range pdfEscaped.FindAll(data, -1) {
		switch plainName(m) {
		case "Size", "Columns", "Index", "W":
			return refuse()
		}
	}
	return nil
}

// plainName takes the escapes out of a name: /Si#7ae is Size.
func plainName(name []byte) string {
	var b strings.Builder
	for i := 1; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if n, err := strconv.ParseUint(string(name[i+1:i+3]), 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(name[i])
	}
	return b.String()
}

// stopReading is thrown through the library when it must not go on, and caught
// where it was called.
type stopReading struct{ err error }

// meteredReader hands out the file, as long as ctx and the budget allow: the
// library follows circles in a broken file for ever, but fetches each object
// anew on every round.
type meteredReader struct {
	ctx  context.Context
	data []byte
	left int64
}

func (m *meteredReader) ReadAt(p []byte, at int64) (int, error) {
	if err := m.ctx.Err(); err != nil {
		panic(stopReading{err})
	}
	if m.left -= int64(max(len(p), pdfFetch)); m.left < 0 {
		panic(stopReading{overLimit(adviceSave, "its objects lead in circles")})
	}
	if at < 0 || at >= int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(p, m.data[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// readPages does the work of readPDF. The library panics on bad files.
func readPages(ctx context.Context, data []byte, limits Limits) (doc *bitext.Document, err error) {
	page := 0
	defer func() {
		if r := recover(); r != nil {
			if stop, ok := r.(stopReading); ok {
				doc, err = nil, stop.err
				return
			}
			where := ""
			if page > 0 {
				where = fmt.Sprintf("page %d: ", page)
			}
			doc, err = nil, corrupt(nil, "%s%v", where, r)
		}
	}()
	r, err := pdf.NewReader(&meteredReader{ctx, data, pdfBytes + pdfRounds*int64(len(data))}, int64(len(data)))
	if err != nil {
		return nil, pdfOpenError(err)
	}
	pages, err := pdfPages(r, limits.Pages)
	if err != nil {
		return nil, err
	}
	in := &pdfInterpreter{ctx: ctx, steps: pdfSteps, glyphs: pdfGlyphs, fonts: map[string]*pdfFont{}}
	var sheets []pdfSheet
	for i, p := range pages {
		page = i + 1
		if err := in.draw(p); err != nil {
			return nil, err
		}
		sheets = append(sheets, layLines(in.taken))
	}
	if in.shown > 20 && in.unknown*2 > in.shown {
		return nil, &Error{Kind: ErrEmpty, Detail: "the PDF shows characters without saying which they are",
			Advice: "run a character recognition program over it, or find the text elsewhere"}
	}
	title := r.Trailer().Key("Info").Key("Title").Text()
	if title == "untitled" || title == "(anonymous)" { // what programs write for none
		title = ""
	}
	return layParagraphs(sheets).document(title), nil
}

func pdfOpenError(err error) error {
	s := err.Error()
	if errors.Is(err, pdf.ErrInvalidPassword) || strings.Contains(s, "ncrypt") {
		return &Error{Kind: ErrEncrypted, Detail: "the PDF wants a password or a manner of locking that cannot be opened",
			Cause: err, Advice: "open it with its password and save or print it without one"}
	}
	return corrupt(err, "%s", strings.TrimPrefix(s, "malformed PDF: "))
}

// pdfPages lists the pages of a file, in order.
func pdfPages(r *pdf.Reader, most int) ([]pdf.Value, error) {
	var pages []pdf.Value
	visits := 0
	var walk func(v pdf.Value, depth int) error
	walk = func(v pdf.Value, depth int) error {
		if visits++; depth > 60 || visits > 8*most || len(pages) > most {
			return overLimit("split the PDF", "it has over %d pages, or its list of pages leads in circles", most)
		}
		kids := v.Key("Kids")
		if kids.Kind() != pdf.Array {
			if v.Kind() == pdf.Dict {
				pages = append(pages, v)
			}
			return nil
		}
		for i := range kids.Len() {
			if err := walk(kids.Index(i), depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(r.Trailer().Key("Root").Key("Pages"), 0); err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, corrupt(nil, "the PDF has no pages")
	}
	return pages, nil
}

// pdfData unpacks a stream or, one after the other, an array of streams.
func pdfData(v pdf.Value) ([]byte, error) {
	var b bytes.Buffer
	one := func(v pdf.Value) error {
		if v.Kind() != pdf.Stream {
			return nil
		}
		_, err := io.Copy(&b, io.LimitReader(v.Reader(), pdfStream+1-int64(b.Len())))
		b.WriteByte('\n')
		if b.Len() > pdfStream {
			return overLimit(adviceSave, "the drawing of a page unpacks to over %s", size(pdfStream))
		}
		if err != nil && b.Len() < 2 {
			return corrupt(err, "a stream cannot be unpacked (%v)", err)
		}
		return nil // what was unpacked before a fault is used
	}
	if v.Kind() != pdf.Array {
		err := one(v)
		return b.Bytes(), err
	}
	for i := range min(v.Len(), 10_000) {
		if err := one(v.Index(i)); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
