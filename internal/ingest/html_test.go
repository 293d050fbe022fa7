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

func TestHTMLBlocks(t *testing.T) {
	cases := []struct {
		name, page string
		want       []string
	}{
		{"breaks", "one<br>two<br/><br>three<hr>four", []string{"|one", "|two", "|three", "|four"}},
		{"inline marks", "<p>Po<b>ne</b>de<i>l</i>nik, <a href=x>link</a>.<p>Next", []string{"|Ponedelnik, link.", "|Next"}},
		{"white space", "<p>  a\n   b&nbsp;c&shy;d&#8203;e  </p>", []string{"|a b\u00a0cde"}},
		{"lines broken in Chinese", "<p>港口\n   主任，\n说 a\nb</p>", []string{"|港口主任，说 a b"}},
		{"headings", "<h1>A</h1><h3><a>B</a> <span>c</span></h3><h2>D<br>E</h2>", []string{"H1|A", "H3|B c", "H2|D", "H2|E"}},
		{"nested lists", "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>", []string{"-|a", "-|b", "-|c", "|d"}},
		{"tables", "<table><caption>T</caption><tr><th>a<th>b<tr><td>1<td><p>2</p>3</table>", []string{"|T", "|a", "|b", "|1", "|2", "|3"}},
		{"definitions", "<dl><dt>a<dd>b</dl>", []string{"|a", "|b"}},
		{"preformatted", "<pre>\na  b\n  c\n\nd</pre>", []string{"|a b", "|c", "|d"}},
		{"unseen", `a<script>x</script><style>y</style><!-- z --><template>t</template><noscript>n</noscript><span hidden>h</span>` +
			`<span style="color:red; display : none">d</span><select><option>o</select><textarea>t</textarea><svg><text>s</text></svg><dialog>d</dialog>b`, []string{"|ab"}},
		{"quotes and readings", "<q>yes</q> <ruby>港<rt>gǎng</rt></ruby>", []string{"|“yes” 港"}},
		{"entities", "<p>5 &lt; 6 &amp; &laquo;да&raquo; &#x6E2F;", []string{"|5 < 6 & «да» 港"}},
		{"closed wrongly", "<div><p>a<div>b</p>c</b></div>d<td>e", []string{"|a", "|b", "|c", "|de"}},
		{"cut off", "<p>begun and <a href=\"x", []string{"|begun and"}},
		{"no markup", "just text", []string{"|just text"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { same(t, lines(read(t, "a.html", []byte(c.page))), c.want) })
	}
}

// TestArticleIsNeverLost puts an article into pages that are hard on finders
// of articles and wants all of it back.
func TestArticleIsNeverLost(t *testing.T) {
	article := []string{"The mayor spoke for an hour last night, and nobody left.", "No.", "Why not?", "Because the cranes, the tugs and the pilots had not been paid since March, and would not be before June.",
		"He sat down.", "Then the clerk read the accounts, item by item, until the lamps were lit."}
	paragraphs := "<p>" + strings.Join(article, "</p><p>") + "</p>"
	comments := strings.Repeat("<div class=comment><p>A reader of this page says something that is long enough to look like an article, with commas, and more.</p></div>", 30)
	cases := map[string]string{
		"plain":                 paragraphs,
		"in a form":             "<form id=aspnetForm>" + paragraphs + "</form>",
		"in a layout table":     "<table><tr><td>menu</td><td>" + paragraphs + "</td></tr></table>",
		"in a part called ad":   "<div class=ad-wrapper><div>" + paragraphs + "</div></div>",
		"in divs":               "<div id=main><div>" + strings.Join(article, "</div><div>") + "</div></div>",
		"broken by br":          "<div id=main>" + strings.Join(article, "<br><br>") + "</div>",
		"in two parts":          "<div class=part><p>" + strings.Join(article[:3], "<p>") + "</div><div class=part><p>" + strings.Join(article[3:], "<p>") + "</div>",
		"before many comments":  "<div class=entry>" + paragraphs + "</div><div id=comments>" + comments + "</div>",
		"with comments unnamed": "<div>" + paragraphs + "</div><div>" + strings.ReplaceAll(comments, "comment", "x") + "</div>",
		"in aside":              "<aside>" + paragraphs + "</aside>",
		"unclosed marks":        strings.Repeat("<font color=red><b>", 300) + paragraphs,
		"nested without end":    strings.Repeat("<div>", 5000) + paragraphs,
	}
	for name, page := range cases {
		t.Run(name, func(t *testing.T) {
			doc := read(t, "a.html", []byte("<html><body>"+page+"</body></html>"))
			for _, want := range article {
				if !strings.Contains(doc.Text, want) {
					t.Errorf("%q is lost in %.200q", want, doc.Text)
				}
			}
		})
	}
}

func TestFurnitureNames(t *testing.T) {
	for name, want := range map[string]bool{
		"comments": true, "comments-area": true, "site-footer": true, "siteNav": true, "cookie_banner": true, "menu": true,
		"commentary": false, "has-sidebar": false, "no-comments": false, "content": false, "header": false, "advice": false, "entry-content": false, "": false,
	} {
		if got := isAsideName(name); got != want {
			t.Errorf("%q is furniture: %v, want %v", name, got, want)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, name := range []string{"news.ru.html", "blog.en.html"} {
		data, err := os.ReadFile(filepath.Join("testdata", "html", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("<table><p>a<td><li>b<pre>\nc\n</pre><h1>d<br>e"))
	fuzzFormat(f, "a.html", func(_ testing.TB, data []byte) []byte { return data })
}
