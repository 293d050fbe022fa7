package ingest

import (
	"archive/zip"
	"bytes"
	"path"
	"path/filepath"
	"strings"
)

// Format is how a file wraps its text.
type Format uint8

// The formats that are read.
const (
	Auto Format = iota
	Plain
	Markdown
	HTML
	DOCX
	ODT // packed (.odt) or flat (.fodt)
	PDF
)

var formatList = []string{"auto", "txt", "md", "html", "docx", "odt", "pdf"}

// String gives the name that ParseFormat reads.
func (f Format) String() string {
	if int(f) < len(formatList) {
		return formatList[f]
	}
	return "unknown"
}

// formatNames are the names of formats and the endings of files.
var formatNames = map[string]Format{
	"auto": Auto, "": Auto,
	"txt": Plain, "text": Plain, "plain": Plain,
	"md": Markdown, "markdown": Markdown, "mkd": Markdown, "mdown": Markdown,
	"html": HTML, "htm": HTML, "xhtml": HTML, "shtml": HTML,
	"docx": DOCX, "docm": DOCX, "dotx": DOCX,
	"odt": ODT, "ott": ODT, "fodt": ODT,
	"pdf": PDF,
}

// foreign are contents that are known and not read: how they begin, what they
// are and what to do instead.
var foreign = []struct{ magic, name, advice string }{
	{"{\\rtf", "a document in Rich Text Format", "save it as DOCX or as plain text"},
	{"\x89PNG", "a picture (PNG)", ""}, {"\xff\xd8\xff", "a picture (JPEG)", ""},
	{"GIF8", "a picture (GIF)", ""}, {"II*\x00", "a picture (TIFF)", ""}, {"MM\x00*", "a picture (TIFF)", ""},
	{"\x1f\x8b", "packed by gzip", "unpack it first"}, {"BZh", "packed by bzip2", "unpack it first"},
	{"\xfd7zXZ\x00", "packed by xz", "unpack it first"}, {"\x28\xb5\x2f\xfd", "packed by zstd", "unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"}, {"Rar!", "a RAR archive", "unpack it first"},
	{"\x7fELF", "a program", ""}, {"MZ\x90\x00", "a program", ""},
	{"SQLite format 3\x00", "an SQLite database", ""},
	{"ID3", "a sound file", ""}, {"OggS", "a sound file", ""}, {"RIFF", "a sound or picture file", ""},
	{"%!PS", "a PostScript file", "turn it into PDF or text"},
	{"AT&TF", "a DjVu file", "turn it into text"},
}

// oleMagic begins an OLE2 file: old Word documents and locked new ones.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// detectFormat decides how to read data: what packing is plain to see comes
// first, as a wrong ending is commoner than a text that begins like a package.
func detectFormat(data []byte, name string, opt Options) (Format, error) {
	packed, err := packedFormat(data)
	if err != nil {
		return Auto, err
	}
	ending := formatNames[strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))]
	if opt.Format != Auto {
		ending = opt.Format
	}
	switch {
	case packed != Auto:
		if opt.Format != Auto && opt.Format != packed {
			return Auto, &Error{Kind: ErrFormat, Detail: "it was to be read as " + opt.Format.String() + ", but is " + packed.String(),
				Advice: "leave the format out"}
		}
		return packed, nil
	case ending == DOCX || ending == ODT && !bytes.HasPrefix(bytes.TrimLeft(data, "\xef\xbb\xbf \t\r\n"), []byte("<")):
		return Auto, corrupt(nil, "it is no %s: the package is not there", strings.ToUpper(ending.String()))
	case ending == PDF:
		return Auto, corrupt(nil, "it is no PDF: it does not begin like one")
	case ending != Auto:
		return ending, nil
	case looksLikeHTML(data):
		return HTML, nil
	}
	return Plain, nil
}

// packedFormat knows the formats that are not text by their first bytes, and
// refuses those that are not read. Auto means that data may be text.
func packedFormat(data []byte) (Format, error) {
	head := data[:min(len(data), 1024)]
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return zipFormat(data)
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return Auto, oleError(data)
	case bytes.HasPrefix(data, []byte("%PDF-")), bytes.Contains(head, []byte("\n%PDF-1.")):
		return PDF, nil
	case bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("opendocument")):
		return ODT, nil
	}
	for _, f := range foreign {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			advice := f.advice
			if advice == "" {
				advice = adviceFormat
			}
			return Auto, &Error{Kind: ErrFormat, Detail: "it is " + f.name, Advice: advice}
		}
	}
	return Auto, nil
}

// zipFormat tells the packages apart by the parts they hold.
func zipFormat(data []byte) (Format, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Auto, corrupt(err, "its package cannot be opened (%v); it may have been cut off", err)
	}
	for _, f := range z.File {
		switch name := strings.ToLower(path.Clean(f.Name)); {
		case name == "word/document.xml", strings.HasPrefix(name, "word/document") && strings.HasSuffix(name, ".xml"):
			return DOCX, nil
		case name == "content.xml":
			return ODT, nil
		case name == "xl/workbook.xml":
			return Auto, &Error{Kind: ErrFormat, Detail: "it is a spreadsheet", Advice: "save the sheet as TSV or CSV and import that"}
		case name == "ppt/presentation.xml":
			return Auto, &Error{Kind: ErrFormat, Detail: "it is a set of slides", Advice: "save its text as DOCX or plain text"}
		case name == "meta-inf/container.xml":
			return Auto, &Error{Kind: ErrFormat, Detail: "it is a book (EPUB)", Advice: "turn it into HTML or plain text"}
		}
	}
	return Auto, &Error{Kind: ErrFormat, Detail: "it is an archive without a document in it", Advice: "unpack it and give the files in it"}
}

// oleError tells a locked DOCX, which stands in an OLE2 file whose folder
// names the part "EncryptedPackage" in UTF-16, from an old Word document.
func oleError(data []byte) error {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	if bytes.Contains(data, name) {
		return &Error{Kind: ErrEncrypted, Advice: "open it with its password and save it without one"}
	}
	return &Error{Kind: ErrFormat, Detail: "it is a document of an old Office program (.doc)", Advice: "save it as DOCX"}
}

// looksLikeHTML says that data begins as a page does. It is asked only where
// the ending says nothing.
func looksLikeHTML(data []byte) bool {
	raw := string(data[:min(len(data), 2048)])
	for _, b := range boms {
		raw = strings.TrimPrefix(raw, b.mark)
	}
	head := strings.ToLower(strings.ReplaceAll(raw, "\x00", "")) // UTF-16
	head = strings.TrimLeft(head, " \t\r\n")
	for strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<?xml") {
		_, rest, ok := strings.Cut(head, ">")
		if !ok {
			return false
		}
		head = strings.TrimLeft(rest, " \t\r\n")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta ", "<title", "<article", "<div", "<p>", "<p ", "<h1"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}
