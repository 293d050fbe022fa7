package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

const bufferSize = 64 << 10

// utf8Reader gives r as UTF-8, by its byte order mark, by NUL bytes that only
// UTF-16 has, or by what declared finds in its first bytes; without any of these
// r is taken for UTF-8.
func utf8Reader(r io.Reader, declared func(head []byte) string) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, bufferSize)
	head, err := b.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	marked := false
	for bytes.HasPrefix(head, []byte(bom)) { // files that were joined have more than one
		marked = true
		if _, err := b.Discard(len(bom)); err != nil {
			return nil, err
		}
		head, _ = b.Peek(len(bom))
	}
	switch {
	case marked:
		return b, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return nil, errors.New("the file is in UTF-32; convert it to UTF-8")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) > 1 && head[0] != 0 && head[1] == 0:
		return utf16Reader(b, unicode.LittleEndian), nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) > 1 && head[0] == 0 && head[1] != 0:
		return utf16Reader(b, unicode.BigEndian), nil
	}
	label := declared(head)
	if label == "" {
		return b, nil
	}
	enc, name := charset.Lookup(label)
	switch {
	case enc == nil:
		return nil, fmt.Errorf("unknown encoding %q; convert the file to UTF-8", label)
	case name == "utf-8" || name == "utf-16le" || name == "utf-16be":
		return b, nil // a declaration of UTF-16 in single bytes is wrong
	}
	return bufio.NewReaderSize(enc.NewDecoder().Reader(b), bufferSize), nil
}

func utf16Reader(r io.Reader, e unicode.Endianness) *bufio.Reader {
	return bufio.NewReaderSize(unicode.UTF16(e, unicode.UseBOM).NewDecoder().Reader(r), bufferSize)
}

// orSaid gives the encoding that the caller says, else what declared finds.
func (s *sink) orSaid(declared func(head []byte) string) func(head []byte) string {
	if s.encoding == "" {
		return declared
	}
	return func([]byte) string { return s.encoding }
}

// bom is the byte order mark in UTF-8.
const bom = "\ufeff"

func undeclared([]byte) string { return "" }

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

func declaredXML(head []byte) string {
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}

// limitError says that a piece of the file is larger than is allowed.
type limitError struct {
	what  string
	limit int
}

func (e *limitError) Error() string {
	return fmt.Sprintf("%s is larger than the limit of %d bytes", e.what, e.limit)
}

// lines reads a text a line at a time.
type lines struct {
	r     *bufio.Reader
	limit int
	n     int // lines read
	buf   []byte
}

// maxSteppedOver is how many limits long a line may be that is stepped over: a
// device has no line's end to wait for.
const maxSteppedOver = 128

// next gives the next line without its end; it is good until the next call. A
// line over the limit is stepped over and a *limitError.
func (l *lines) next() ([]byte, error) {
	l.buf = l.buf[:0]
	size := 0
	for {
		part, err := l.r.ReadSlice('\n')
		size += len(part)
		if size <= l.limit {
			l.buf = append(l.buf, part...)
		}
		switch {
		case size > maxSteppedOver*l.limit:
			return nil, fmt.Errorf("line %d has no end within %d bytes", l.n+1, maxSteppedOver*l.limit)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (size == 0 || !errors.Is(err, io.EOF)):
			return nil, err
		}
		break
	}
	l.n++
	if size > l.limit {
		return nil, &limitError{"a line", l.limit}
	}
	return bytes.TrimRight(l.buf, "\r\n"), nil
}
