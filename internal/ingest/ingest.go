// Package ingest reads a file into a document: it finds out the format and
// the encoding, takes the text out of its wrapping and says where its
// paragraphs, headings and list items lie.
//
// Whatever the bytes are, it answers with a document or an *Error in bounded
// time and memory; it never panics. What stands in a document is what a reader
// of the file would see: scripts, hidden parts and deleted text stay out.
package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"sverka/internal/bitext"
)

// Options say how to read. The zero value finds everything out by itself.
type Options struct {
	Format    Format // Auto: by the name's ending, then by the content
	Encoding  string // of text and HTML, such as "koi8-r"; "": by the content
	WholePage bool   // of HTML, all that is visible, not the article alone
	Limits    Limits
}

// Limits bound what reading may cost. A zero field stands for its default.
type Limits struct {
	File     int64 // bytes of the file, pictures included; 256 MiB
	Text     int64 // bytes of a file that is all text; 64 MiB
	Line     int   // bytes of one line of plain text; 4 MiB
	Unpack   int64 // bytes of one packed part, unpacked; 64 MiB
	Ratio    int   // unpacked bytes to one packed byte; 200
	Depth    int   // elements within each other; 400
	Elements int   // of a page or a part; 500,000
	Pages    int   // of a PDF; 20,000
}

func (l Limits) orDefault() Limits {
	set := func(field *int, to int) {
		if *field <= 0 {
			*field = to
		}
	}
	if l.File <= 0 {
		l.File = 256 << 20
	}
	if l.Text <= 0 {
		l.Text = 64 << 20
	}
	if l.Unpack <= 0 {
		l.Unpack = 64 << 20
	}
	set(&l.Line, 4<<20)
	set(&l.Ratio, 200)
	set(&l.Depth, 400)
	set(&l.Elements, 500_000)
	set(&l.Pages, 20_000)
	return l
}

// Read reads the file at path; "-" is standard input. Every failure that is
// the file's own is an *Error.
func Read(ctx context.Context, path string, opt Options) (*bitext.Document, error) {
	if path == "-" {
		return ReadFrom(ctx, os.Stdin, path, opt)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if info.IsDir() {
		return nil, &Error{Path: path, Kind: ErrDirectory, Advice: "name the files in it one by one"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer f.Close()
	return ReadFrom(ctx, f, path, opt)
}

// ReadFrom reads all of r, which is called name in the document and in errors;
// its ending counts as a file's would.
func ReadFrom(ctx context.Context, r io.Reader, name string, opt Options) (*bitext.Document, error) {
	opt.Limits = opt.Limits.orDefault()
	data, err := readAll(ctx, r, name, opt.Limits.File)
	if err != nil {
		return nil, err
	}
	doc, err := parse(ctx, data, name, opt)
	if err != nil {
		return nil, at(name, err)
	}
	doc.Path = name
	return doc, nil
}

func readAll(ctx context.Context, r io.Reader, name string, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if f, ok := r.(*os.File); ok { // as large as it needs to be, and no larger
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			b.Grow(int(min(info.Size(), limit)) + bytes.MinRead)
		}
	}
	_, err := io.Copy(&b, io.LimitReader(ctxReader{ctx, r}, limit+1))
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, openError(name, err)
	}
	if int64(b.Len()) > limit {
		e := overLimit("split the file, or raise the limit", "it has over %s", size(limit))
		e.Path = name
		return nil, e
	}
	return b.Bytes(), nil
}

// ctxReader stops reading when ctx is done.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (r ctxReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// parse reads data in the format that opt names or that it looks like.
func parse(ctx context.Context, data []byte, name string, opt Options) (*bitext.Document, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		detail := "it is empty"
		if len(data) > 0 {
			detail = "it holds white space only"
		}
		return nil, &Error{Kind: ErrEmpty, Detail: detail}
	}
	format, err := detectFormat(data, name, opt)
	if err != nil {
		return nil, err
	}
	var doc *bitext.Document
	switch format {
	case DOCX:
		doc, err = readDOCX(ctx, data, opt.Limits)
	case ODT:
		doc, err = readODT(ctx, data, opt.Limits)
	case PDF:
		doc, err = readPDF(ctx, data, opt.Limits)
	default:
		doc, err = parseText(ctx, data, format, opt)
	}
	if err != nil {
		return nil, err
	}
	if len(doc.Blocks) == 0 {
		return nil, noText(format)
	}
	return doc, nil
}

func parseText(ctx context.Context, data []byte, format Format, opt Options) (*bitext.Document, error) {
	if int64(len(data)) > opt.Limits.Text {
		return nil, overLimit("split the file", "it has over %s of text", size(opt.Limits.Text))
	}
	text, err := decode(data, format, opt.Encoding)
	if err != nil {
		return nil, err
	}
	switch format {
	case HTML:
		return readHTML(ctx, text, opt)
	case Markdown:
		return readMarkdown(ctx, text, opt.Limits)
	}
	return readPlain(text, opt.Limits)
}

func noText(format Format) error {
	e := &Error{Kind: ErrEmpty}
	switch format {
	case PDF:
		e.Detail = "the PDF has pages, but no text layer: it is a scan or a picture"
		e.Advice = "run a character recognition program over it, or find the text elsewhere"
	case HTML:
		e.Detail = "the page shows no text; a script may load it"
		e.Advice = "save the page in the browser after it has loaded, or copy its text into a file"
	default:
		e.Detail = "there is no word in it"
	}
	return e
}

// size writes n bytes for a person.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// ParseFormat reads the name of a format: "txt", "md", "html", "docx", "odt",
// "pdf", or "auto". The error lists them.
func ParseFormat(name string) (Format, error) {
	f, ok := formatNames[strings.ToLower(strings.TrimPrefix(name, "."))]
	if !ok {
		return Auto, errors.New("the format is one of " + strings.Join(formatList, ", ") + ", not " + fmt.Sprintf("%q", name))
	}
	return f, nil
}
