package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"
)

// parcel is an opened package of XML parts: a DOCX or an ODT.
type parcel struct {
	ctx    context.Context
	files  map[string]*zip.File
	limits Limits
}

// maxParts bounds how many parts a package may have.
const maxParts = 20_000

func openParcel(ctx context.Context, data []byte, limits Limits) (*parcel, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt(err, "its package cannot be opened (%v); it may have been cut off", err)
	}
	if len(z.File) > maxParts {
		return nil, overLimit(adviceSave, "its package has over %d parts", maxParts)
	}
	p := &parcel{ctx, map[string]*zip.File{}, limits}
	for _, f := range z.File {
		name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, "\\", "/")), "/")
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

// has says that the package holds a part of this name.
func (p *parcel) has(name string) bool { return p.files[name] != nil }

// read walks the XML of a part; a part that is not there is an empty one. A
// part that unpacks to too much is refused while it unpacks: what its entry
// says of itself counts for nothing.
func (p *parcel) read(name string, visit func(xml.Token) error) error {
	f := p.files[name]
	if f == nil {
		return nil
	}
	if f.Flags&1 != 0 {
		return &Error{Kind: ErrEncrypted, Advice: "open it with its password and save it without one"}
	}
	r, err := f.Open()
	if err != nil {
		return corrupt(err, "its part %s cannot be opened (%v)", name, err)
	}
	defer r.Close()
	// Small parts may pack very well, so that the ratio counts from here on.
	const free = 1 << 20
	limit := min(p.limits.Unpack, max(free, int64(f.CompressedSize64)*int64(p.limits.Ratio)))
	return walkXML(p.ctx, &boundedReader{r: r, left: limit, limit: limit, part: name}, name, p.limits, visit)
}

// boundedReader fails when more than left bytes come.
type boundedReader struct {
	r           io.Reader
	left, limit int64
	part        string
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		var one [1]byte
		if n, err := b.r.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, overLimit("if the file is honest, save it as plain text",
			"its part %s unpacks to over %s, as a zip bomb does", b.part, size(b.limit))
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// walkXML hands each element and text of r to visit, in order. Entities of the
// document's own are never expanded, nothing is fetched.
func walkXML(ctx context.Context, r io.Reader, part string, limits Limits, visit func(xml.Token) error) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	open, n, elements := 0, 0, 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			var own *Error
			if errors.As(err, &own) {
				return own
			}
			return corrupt(err, "its part %s is no well-formed XML (%v)", part, err)
		}
		switch tok.(type) {
		case xml.StartElement:
			if open++; open > limits.Depth {
				return overLimit(adviceSave, "in its part %s elements stand over %d deep in each other", part, limits.Depth)
			}
			// Each word of a document may have some elements of its own.
			if elements++; elements > 10*limits.Elements {
				return overLimit(adviceSave, "its part %s has over %d elements", part, 10*limits.Elements)
			}
		case xml.EndElement:
			open--
		case xml.CharData:
		default:
			continue
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := visit(tok); err != nil {
			return err
		}
	}
}

// xmlAttr gives the attribute with this local name, "" where there is none.
func xmlAttr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// coreTitle reads a title out of a part in which an element is called so.
func (p *parcel) coreTitle(part string) string {
	title, in := "", false
	err := p.read(part, func(tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			in = t.Name.Local == "title"
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in && len(title) < 10_000 {
				title += string(t)
			}
		}
		return nil
	})
	if err != nil { // a document reads well without it
		return ""
	}
	return title
}

func missingPart(format, name string) error {
	return corrupt(nil, "%s", fmt.Sprintf("the package holds no %s, so it is no %s", name, format))
}
