package ingest

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestWhatIsWrongWithAFile(t *testing.T) {
	noise := make([]byte, 4000)
	rand.New(rand.NewSource(7)).Read(noise)
	cases := []struct {
		name string
		file string
		data []byte
		opt  Options
		kind error
		says string // in the message
	}{
		{"empty", "a.txt", nil, Options{}, ErrEmpty, "it is empty"},
		{"white space", "a.txt", []byte(" \n\t\r\n"), Options{}, ErrEmpty, "white space only"},
		{"white space in UTF-16", "a.txt", []byte("\xff\xfe \x00\n\x00"), Options{}, ErrEmpty, "white space only"},
		{"a mark of order alone", "a.txt", []byte("\xef\xbb\xbf"), Options{}, ErrEmpty, ""},
		{"an empty page", "a.html", []byte("<html><script>x</script></html>"), Options{}, ErrEmpty, "shows no text"},
		{"an empty DOCX", "a.docx", docx(t, "<w:p/>"), Options{}, ErrEmpty, "no word"},
		{"noise", "a.txt", noise, Options{}, ErrBinary, "control characters"},
		{"noise without ending", "a", noise, Options{}, ErrBinary, "control characters"},
		{"noise in a named encoding", "a.txt", noise, Options{Encoding: "koi8-r"}, ErrBinary, "control characters"},
		{"a picture", "a.txt", []byte("\x89PNG\r\n\x1a\n....."), Options{}, ErrFormat, "a picture"},
		{"gzip", "a.txt.gz", []byte("\x1f\x8b\x08\x00....."), Options{}, ErrFormat, "gzip"},
		{"rtf", "a.rtf", []byte(`{\rtf1 x}`), Options{}, ErrFormat, "Rich Text"},
		{"an old Word file", "a.doc", []byte(oleMagic + "xxxx"), Options{}, ErrFormat, ".doc"},
		{"a locked DOCX", "a.docx", []byte(oleMagic + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), Options{}, ErrEncrypted, "password"},
		{"a spreadsheet", "a.docx", zipped(t, "xl/workbook.xml", "<x/>"), Options{}, ErrFormat, "spreadsheet"},
		{"some archive", "a.zip", zipped(t, "readme.txt", "x"), Options{}, ErrFormat, "archive"},
		{"no package", "a.docx", []byte("hello"), Options{}, ErrCorrupt, "no DOCX"},
		{"no PDF", "a.pdf", []byte("hello"), Options{}, ErrCorrupt, "no PDF"},
		{"another format than asked for", "a", pdfPagesOf(drawn(700, "x")), Options{Format: DOCX}, ErrFormat, "but is pdf"},
		{"a cut DOCX", "a.docx", docx(t, "<w:p/>")[:300], Options{}, ErrCorrupt, "cut off"},
		{"a cut PDF", "a.pdf", pdfPagesOf(drawn(700, "x"))[:300], Options{}, ErrCorrupt, "cut off"},
		{"broken XML", "a.docx", zipped(t, "word/document.xml", "<a><b></a>"), Options{}, ErrCorrupt, "well-formed"},
		{"an unknown entity", "a.docx", zipped(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY x "yyyy">]><a>&x;</a>`), Options{}, ErrCorrupt, "well-formed"},
		{"a locked ODT", "a.odt", odt(t, "", "META-INF/manifest.xml", "<m><encryption-data/></m>"), Options{}, ErrEncrypted, "password"},
		{"a zip bomb", "a.docx", docx(t, strings.Repeat("<w:p/>", 2_000_000)), Options{}, ErrLimit, "zip bomb"},
		{"deep XML", "a.odt", odt(t, strings.Repeat("<a>", 500)), Options{}, ErrLimit, "deep"},
		{"a large file", "a.txt", bytes.Repeat([]byte("word "), 3000), Options{Limits: Limits{File: 10 << 10}}, ErrLimit, "over 10 KiB"},
		{"a gigantic line", "a.txt", append([]byte("x\n"), bytes.Repeat([]byte("word "), 1<<20)...), Options{}, ErrLimit, ":2: "},
		{"bad UTF-8", "a.txt", []byte("Порт открыт.\nОн бо\xd0льшой и новый."), Options{}, ErrEncoding, "a.txt:2: the bytes are not text in this encoding: byte 0xD0 at offset 32 is not utf-8"},
		{"UTF-8 cut off", "a.txt", []byte("Порт открыт круглый го\xd0"), Options{}, ErrEncoding, "cut off"},
		{"not in the encoding named", "a.txt", encode(t, charmap.Windows1251, "Порт"), Options{Encoding: "utf-8"}, ErrEncoding, "byte 0xCF at offset 0"},
		{"not in GB18030", "a.txt", []byte("ok\n\xc4\xe3\xff\n"), Options{Encoding: "gbk"}, ErrEncoding, "a.txt:2: the bytes are not text in this encoding: byte 0xFF at offset 5"},
		{"half a character of UTF-16", "a.txt", []byte("\xff\xfea\x00b"), Options{}, ErrEncoding, "byte 0x62 at offset 4"},
		{"an encoding nobody knows", "a.txt", []byte("x"), Options{Encoding: "utf-9"}, ErrEncoding, `"utf-9" is no encoding`},
		{"a scan", "a.pdf", pdfPagesOf("0 0 10 10 re f"), Options{}, ErrEmpty, "scan"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadFrom(context.Background(), bytes.NewReader(c.data), c.file, c.opt)
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, c.kind) {
				t.Fatalf("got %v; want %v", err, c.kind)
			}
			if !strings.HasPrefix(err.Error(), c.file+":") || !strings.Contains(err.Error(), c.says) || strings.HasSuffix(err.Error(), ".") {
				t.Errorf("the error says %q", err)
			}
			if e.Hint() == "" && c.kind != ErrEmpty {
				t.Errorf("no hint goes with %q", err)
			}
		})
	}
}

func TestFilesThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	closed := filepath.Join(dir, "closed.txt")
	if err := os.WriteFile(closed, []byte("x"), 0o000); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want []error
	}{
		{filepath.Join(dir, "none.txt"), []error{ErrMissing, fs.ErrNotExist}},
		{dir, []error{ErrDirectory}},
		{closed, []error{ErrPermission, fs.ErrPermission}},
	} {
		_, err := Read(context.Background(), c.path, Options{})
		if err == nil && os.Geteuid() == 0 && c.path == closed {
			continue // root reads everything
		}
		for _, want := range c.want {
			if !errors.Is(err, want) {
				t.Errorf("%s: %v is no %v", c.path, err, want)
			}
		}
		var e *Error
		if !errors.As(err, &e) || e.Hint() == "" || !strings.HasPrefix(err.Error(), c.path) {
			t.Errorf("%s: %v has no hint or no path", c.path, err)
		}
	}
	if err := openError("x", &fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}); !errors.Is(err, ErrPermission) {
		t.Error(err)
	}
}

func TestReadAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "speech.txt")
	if err := os.WriteFile(path, []byte("One.\n\nTwo.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	doc, err := Read(context.Background(), path, Options{})
	if err != nil || doc.Path != path || len(doc.Blocks) != 2 {
		t.Errorf("got %+v, %v", doc, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, path, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled reading ends with %v", err)
	}
}

func TestFormats(t *testing.T) {
	cases := []struct {
		name, data string
		want       Format
	}{
		{"a.txt", "<html>", Plain}, {"a.TXT", "x", Plain}, {"a", "plain words", Plain}, {"a.xyz", "plain words", Plain},
		{"-", "\n<!-- saved --><!DOCTYPE html><p>x", HTML}, {"a", "<?xml version='1.0'?><html>", HTML}, {"a.htm", "x", HTML},
		{"a", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", HTML}, {"a.md", "# x", Markdown}, {"a", "# x", Plain},
		{"a.txt", string(docx(t, "")), DOCX}, {"a", string(odt(t, "")), ODT}, {"a.fodt", string(flatODT("")), ODT}, {"b.txt", "%PDF-1.4\n", PDF},
	}
	for _, c := range cases {
		if got, err := detectFormat([]byte(c.data), c.name, Options{}); got != c.want || err != nil {
			t.Errorf("%s with %.20q is %v, %v; want %v", c.name, c.data, got, err, c.want)
		}
	}
	for _, name := range formatList {
		f, err := ParseFormat(name)
		if err != nil || f.String() != name {
			t.Errorf("%s is read as %v, %v", name, f, err)
		}
	}
	if _, err := ParseFormat("wpd"); err == nil || !strings.Contains(err.Error(), "docx") {
		t.Errorf("an unknown format: %v", err)
	}
}
