package ingest

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"headings", "# One #\n\nTwo\n---\n\n### *Three* `x`\n", []string{"H1|One", "H2|Two", "H3|Three x"}},
		{"inline marks", "A **bold** _word_, [a link](http://x.example \"t\") and `code *x*`; ~~gone~~ \\*kept\\* &amp; &copy;.", []string{"|A bold word, a link and code *x*; gone *kept* & ©."}},
		{"pictures", "Before ![the pier](p.png) after.", []string{"|Before after."}},
		{"links as they are", "See <https://x.example/a> or https://y.example.", []string{"|See https://x.example/a or https://y.example."}},
		{"broken lines", "One line\ngoes on.\n\n港口主任\n说话。\n", []string{"|One line goes on.", "|港口主任说话。"}},
		{"hard breaks", "One  \ntwo\\\nthree<br>four", []string{"|One", "|two", "|three", "|four"}},
		{"lists", "- a\n- b\n  more\n\n  para\n    - c\n\n1. d\n2. [x] e\n", []string{"-|a", "-|b more", "|para", "-|c", "-|d", "-|e"}},
		{"quotes and rules", "> Said\n> so.\n\n***\n\nEnd.", []string{"|Said so.", "|End."}},
		{"code", "```go\nx := 1\n\ny\n```\n\n    z\n", []string{"|x := 1", "|y", "|z"}},
		{"tables", "| a | b |\n|---|:-:|\n| 1 | **2** |\n", []string{"|a", "|b", "|1", "|2"}},
		{"HTML", "<div><p>Hello <b>you</b></p><script>x</script></div>\n\nText <span>in</span> line.\n\n<!-- nothing -->\n", []string{"|Hello you", "|Text in line."}},
		{"footnotes", "Text[^1] on.\n\n[^1]: The note.\n", []string{"|Text on.", "|The note."}},
		{"front matter", "---\ntitle: \"A plan\"\ndate: 2031-01-01\n---\n# Head\n", []string{"H1|Head"}},
		{"a rule at the head", "---\n\nText.\n", []string{"|Text."}},
		{"reference links", "[a] and [b][c].\n\n[a]: http://x.example\n[c]: http://y.example\n", []string{"|a and b."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { same(t, lines(read(t, "a.md", []byte(c.text))), c.want) })
	}
}

func TestMarkdownLinesAndTitle(t *testing.T) {
	doc := read(t, "a.md", []byte("---\ntitle: A plan\n---\n# Head\n\nText\nmore.  \nlast\n\n- item\n\n<p>\nin\n</p>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    code\n"))
	if doc.Title != "A plan" {
		t.Errorf("the title is %q", doc.Title)
	}
	want := `title: A plan
4 heading 1|Head
6 paragraph|Text more.
8 paragraph|last
10 item|item
13 paragraph|in
16 paragraph|a
16 paragraph|b
18 paragraph|1
18 paragraph|2
20 paragraph|code
`
	if got := show(doc); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestMarkdownNobodyWrites holds that what would keep the parser busy for
// hours is read as plain text, whole.
func TestMarkdownNobodyWrites(t *testing.T) {
	for name, text := range map[string]string{
		"deep quotes":   strings.Repeat("> ", 5000) + "x",
		"deep lists":    strings.Repeat("- ", 5000) + "x",
		"stars":         strings.Repeat("*a **b ", 20_000),
		"tags":          strings.Repeat("<a ", 20_000) + "x",
		"references":    strings.Repeat("[a]: b\n", 40_000),
		"one paragraph": strings.Repeat("Word after word.\n", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			if doc := read(t, "a.md", []byte(text)); doc.Text != text {
				t.Errorf("the text is %.40q… of %d bytes, and was %d", doc.Text, len(doc.Text), len(text))
			}
		})
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add([]byte("# a\n\n- b\n  1. c\n\n> d `e` **f** [g](h) <i>j</i>\n\n| k |\n|---|\n| l |\n"))
	f.Add([]byte("---\ntitle: x\n---\n[^1]\n\n[^1]: y\n" + strings.Repeat("*_", 50)))
	fuzzFormat(f, "a.md", func(_ testing.TB, data []byte) []byte { return data })
}

func TestLongListsAreParsed(t *testing.T) {
	text := strings.Repeat("- [`a1b2c3`](https://x.example/a1b2c3) Something was **mended** by [me](https://x.example)\n", 4000)
	if !parsable(text) {
		t.Fatal("a long list is taken for a trap")
	}
	if doc := read(t, "a.md", []byte(text)); len(doc.Blocks) != 4000 || strings.Contains(doc.Text, "**") {
		t.Errorf("%d blocks: %.80q", len(doc.Blocks), doc.Text)
	}
}
