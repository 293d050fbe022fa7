package ingest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"sverka/internal/bitext"
)

var update = flag.Bool("update", false, "write the golden files anew")

// show writes a document for golden files: a line for each block.
func show(doc *bitext.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", doc.Title)
	for _, blk := range doc.Blocks {
		fmt.Fprintf(&b, "%d %s", blk.Line, blk.Kind)
		if blk.Level > 0 {
			fmt.Fprintf(&b, " %d", blk.Level)
		}
		fmt.Fprintf(&b, "|%s\n", strings.ReplaceAll(doc.Text[blk.Start:blk.End], "\n", "⏎"))
	}
	return b.String()
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

// readPage reads a page of testdata, brought into the encoding that it
// declares.
func readPage(t *testing.T, name string, opt Options) *bitext.Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "html", name))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case strings.Contains(string(data), "charset=gb2312"):
		data, err = simplifiedchinese.GBK.NewEncoder().Bytes(data)
	case strings.Contains(string(data), `charset="windows-1252"`):
		data, err = charmap.Windows1252.NewEncoder().Bytes(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := ReadFrom(context.Background(), strings.NewReader(string(data)), name, opt)
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	return doc
}

func TestPages(t *testing.T) {
	for _, name := range []string{"news.ru", "portal.zh", "blog.en"} {
		t.Run(name, func(t *testing.T) {
			golden(t, filepath.Join("testdata", "html", name+".article"), show(readPage(t, name+".html", Options{})))
			golden(t, filepath.Join("testdata", "html", name+".whole"), show(readPage(t, name+".html", Options{WholePage: true})))
		})
	}
}

// checkDocument holds what every document owes: blocks in order that do not
// overlap, neither begin nor end with white space, and leave white space only.
func checkDocument(t *testing.T, doc *bitext.Document) {
	t.Helper()
	if err := documentError(doc); err != nil {
		t.Fatal(err)
	}
}

func documentError(doc *bitext.Document) error {
	at := 0
	for i, b := range doc.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(doc.Text) {
			return fmt.Errorf("block %d lies at %d to %d, behind %d of %d", i, b.Start, b.End, at, len(doc.Text))
		}
		if gap := doc.Text[at:b.Start]; strings.TrimSpace(gap) != "" {
			return fmt.Errorf("%q stands in no block", gap)
		}
		if s := doc.Text[b.Start:b.End]; strings.TrimSpace(s) != s {
			return fmt.Errorf("block %d is not trimmed: %q", i, s)
		}
		if b.Kind == bitext.Heading != (b.Level > 0) {
			return fmt.Errorf("block %d is a %v of level %d", i, b.Kind, b.Level)
		}
		at = b.End
	}
	if gap := doc.Text[at:]; strings.TrimSpace(gap) != "" {
		return fmt.Errorf("%q stands behind the last block", gap)
	}
	if strings.Contains(doc.Text, "\r") || strings.HasPrefix(doc.Text, "\ufeff") {
		return fmt.Errorf("line ends or a byte order mark are left: %.40q", doc.Text)
	}
	return nil
}
