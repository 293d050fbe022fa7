package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

var hostileFiles = slices.Concat(hostileTMX, hostileXLIFF, hostileTables, hostileLines, hostileDocuments)

// laughs is ten entities, each ten of the one before.
func laughs() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE tmx [<!ENTITY l0 "lol">`)
	for i := range 10 {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	return b.String() + "]>"
}

var hostileTMX = []hostile{
	{name: "an entity bomb", file: "a.tmx", data: bare(laughs() + "<tmx><body>" + tuOf("&l10;", "&l10;") + hostileFoot), want: `entities of its own`},
	{name: "one large entity, often", file: "a.tmx", data: bare(`<!DOCTYPE tmx [<!ENTITY a "` + strings.Repeat("a", 100_000) + `">]><tmx><body>` + tuOf(strings.Repeat("&a;", 10_000), "x") + hostileFoot), want: `entities of its own`},
	{name: "an entity that is a file", file: "a.tmx", data: bare(`<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx><body>` + tuOf("&a;", "x") + hostileFoot), want: `entities of its own`},
	{name: "a parameter entity", file: "a.tmx", data: bare(`<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:1/a.dtd"> %a;]><tmx><body>` + tuOf("&b;", "x") + hostileFoot), want: `entities of its own`},
	{name: "an entity of an external DTD", file: "a.tmx", data: bare(`<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/a.dtd"><tmx><body>` + tuOf("&b;", "x") + hostileFoot), want: `a\.tmx:1 .*&b; is a reference to nothing`},
	{name: "a DOCTYPE without an end", file: "a.tmx", data: bare(`<!DOCTYPE tmx [<!ELEMENT tmx ANY>`), want: `cut off`},
	{name: "nested deeply in a segment", file: "a.tmx", data: tmxOf(hostilePair, tuOf(strings.Repeat("<hi>", 100_000), "x")), want: `a\.tmx:4 \(after 1 unit\): elements are nested deeper than the limit`},
	{name: "nested deeply outside units", file: "a.tmx", data: tmxOf(strings.Repeat("<x>", 100_000)), want: `nested deeper than the limit`},
	{name: "cut off in a tag", file: "a.tmx", data: bare(hostileHead + hostilePair + "<tu><tuv xml:la"), want: `a\.tmx:3 \(after 1 unit\).*cut off`},
	{name: "cut off between units", file: "a.tmx", data: bare(hostileHead + hostilePair), want: `cut off`},
	{name: "cut off in a character of UTF-16", file: "a.tmx", data: func() []byte { return utf16File(hostileHead + hostilePair)[:301] }, want: `a\.tmx`},
	{name: "text of control characters", file: "a.tmx", data: tmxOf(tuOf("\x01\x02\x1f", "&#1;&#x1f;")), want: `no text.*a\.tmx:2`},
	{name: "a NUL in a tag", file: "a.tmx", data: tmxOf("<t\x00u></t\x00u>"), want: `a\.tmx:2.*not well-formed`},
	{name: "no language", file: "a.tmx", data: tmxOf("<tu><tuv><seg>One</seg></tuv><tuv><seg>Один</seg></tuv></tu>"), want: `a text without a language.*a\.tmx:2`},
	{name: "languages that are none", file: "a.tmx", data: tmxOf(`<tu><tuv xml:lang="??"><seg>One</seg></tuv><tuv xml:lang="русский"><seg>Один</seg></tuv></tu>`), want: `is not a language tag.*a\.tmx:2`},
	{name: "one language only", file: "a.tmx", data: tmxOf(`<tu><tuv xml:lang="en"><seg>One</seg></tuv></tu>`), want: `text in one version only`},
	{name: "a character that is none", file: "a.tmx", data: tmxOf(tuOf("&#xzz;", "x")), want: `a\.tmx:2.*&#xzz; is no character`},
	{name: "an encoding that nobody knows", file: "a.tmx", data: bare(`<?xml version="1.0" encoding="klingon"?><tmx/>`), want: `unknown encoding "klingon"`},
	{name: "said to be UTF-8 and is not", file: "a.tmx", data: tmxOf(tuOf("One", "\xce\xe4\xe8\xed")), want: `wrong encoding.*a\.tmx:2`},
	{name: "two encodings in one file", file: "a.tmx", data: func() []byte {
		return slices.Concat([]byte(hostileHead+hostilePair), utf16File(hostilePair+hostileFoot))
	}, want: `a\.tmx`},
	{name: "in UTF-32", file: "a.tmx", data: bare("\xff\xfe\x00\x00<\x00\x00\x00"), want: `UTF-32`},
	{name: "a web page", file: "a.tmx", data: bare("<html><body>none</body></html>"), want: `the file is no tmx: its first element is <html>`},
	{name: "no byte", file: "a.tmx", data: bare(""), want: `the file is empty`},
	{name: "a byte order mark alone", file: "a.tmx", data: bare("\ufeff"), want: `the file is empty`},
	{name: "a declaration alone", file: "a.tmx", data: bare(`<?xml version="1.0"?>`), want: `the file is empty`},
	{name: "no XML", file: "a.tmx", data: bare("One\tОдин\n"), want: `text before the first element`},
	{name: "compressed", file: "a.tmx", data: gzipped(hostileHead + hostilePair + hostileFoot), want: `a\.tmx`},
	{name: "tags that cross", file: "a.tmx", data: tmxOf("<tu><tuv></tu></tuv>"), want: `a\.tmx:2.*</tu> where <tuv> is open`},
	{name: "an attribute without quotes", file: "a.tmx", data: tmxOf("<tu tuid=1></tu>"), want: `a\.tmx:2.*an attribute that is no name="value"`},
	{name: "an attribute without an end", file: "a.tmx", data: tmxOf(`<tu tuid="1></tu>`), want: `cut off`},
	{name: "CDATA without an end", file: "a.tmx", data: tmxOf("<tu><![CDATA[ ]] ></tu>"), want: `cut off`},
	{name: "a comment without an end", file: "a.tmx", data: tmxOf("<!-- -- ->"), want: `cut off`},
	{name: "a loose &", file: "a.tmx", data: tmxOf(tuOf("this & that", "x")), want: `a\.tmx:2.*write &amp;`},
	{name: "too many variants", file: "a.tmx", data: tmxOf("<tu>" + strings.Repeat(`<tuv xml:lang="en"><seg>One</seg></tuv>`, 1001) + "</tu>"), want: `more than 1000 variants.*a\.tmx:2`},
	{name: "a probability that is none", file: "a.tmx", data: tmxOf(`<tu><prop type="x-sverka-probability">NaN</prop>` + tuOf("One", "Один")[4:]), want: `probability NaN.*a\.tmx:2`},
	{name: "a segment of many megabytes", file: "a.tmx", big: true, data: lots(hostileHead+hostilePair+`<tu><tuv xml:lang="en"><seg>`, "word ", big(overUnit), `</seg></tuv></tu>`+hostileFoot), want: `a\.tmx:\d+ \(after 1 unit\): a unit or tag is larger than the limit`},
	{name: "an attribute of many megabytes", file: "a.tmx", big: true, data: lots(hostileHead+`<tu tuid="`, "x", big(overUnit), `"></tu>`+hostileFoot), want: `larger than the limit`},
	{name: "a million attributes", file: "a.tmx", big: true, data: lots(hostileHead+`<tu `, `a="1" `, 12<<20, `></tu>`+hostileFoot), want: `no text.*a\.tmx:2`},
	{name: "a comment of many megabytes", file: "a.tmx", big: true, data: lots(hostileHead+`<!-- `, "x>", big(overUnit), `-->`+hostileFoot), want: `larger than the limit`},
	{name: "a DOCTYPE of many megabytes", file: "a.tmx", big: true, data: lots(`<!DOCTYPE tmx [`, "<!ELEMENT x ANY>", big(overUnit), `]><tmx/>`), want: `larger than the limit`},
	{name: "many megabytes of tags", file: "a.tmx", big: true, data: lots(hostileHead+"<tu>", "<x/>", big(overUnit), `</tu>`+hostileFoot), want: `larger than the limit`},
}

var hostileXLIFF = []hostile{
	{name: "xliff without a target", file: "a.xlf", data: bare(hostileX12 + `<trans-unit id="1"><source>One</source></trans-unit></body></file></xliff>`), want: `not translated.*a\.xlf:2`},
	{name: "xliff without languages", file: "a.xlf", data: bare(`<xliff version="1.2"><file><body><trans-unit id="1"><source>One</source><target>Один</target></trans-unit></body></file></xliff>`), want: `a text without a language.*a\.xlf:1`},
	{name: "xliff cut off", file: "a.xlf", data: bare(hostileX12 + `<trans-unit id="1"><source>One</source><target>О`), want: `a\.xlf:2 .*cut off`},
	{name: "xliff with an entity bomb", file: "a.xlf", data: bare(strings.Replace(laughs(), "tmx", "xliff", 1) + hostileX12 + "&l9;"), want: `entities of its own`},
	{name: "xliff with damaged particulars", file: "a.xlf", data: bare(hostileX12 + `<trans-unit id="1"><source>One</source><target>Один</target><context-group><context context-type="x-sverka">{"variants":[</context></context-group></trans-unit></body></file></xliff>`), want: `damaged.*a\.xlf:2`},
	{name: "xliff nested deeply", file: "a.xlf", data: bare(hostileX12 + `<trans-unit id="1"><source>` + strings.Repeat("<g>", 100_000)), want: `nested deeper than the limit`},
	{name: "xliff that is a tmx", file: "a.xlf", data: tmxOf(hostilePair), want: `the file is no xliff`},
	{name: "xliff 2 with endless segments", file: "a.xlf", data: bare(`<xliff version="2.0" srcLang="en" trgLang="ru"><file id="f"><unit id="u">` + strings.Repeat("<segment><source>One</source><target>Один</target></segment>", 1002) + `</unit></file></xliff>`), want: `more than 1000 segments`},
}

var hostileTables = []hostile{
	{name: "tsv without a header", file: "a.tsv", data: bare("Good evening.\tДобрый вечер.\n"), want: `a\.tsv:1 .*--columns`},
	{name: "tsv with one language", file: "a.tsv", data: bare("ru\tkey\nДа\tx\n"), want: `a\.tsv:1 .*names no two languages`},
	{name: "tsv with a column twice", file: "a.tsv", data: bare("en\tru\ten\nOne\tОдин\tTwo\n"), want: `a\.tsv:1 .*two columns are called en`},
	{name: "tsv with cells too many", file: "a.tsv", data: bare("en\tru\nOne\tОдин\tUn\n"), want: `the row has 3 cells for 2 columns.*a\.tsv:2`},
	{name: "tsv in another encoding", file: "a.tsv", data: bare("en\tru\nOne\t\xce\xe4\xe8\xed\n"), want: `not UTF-8.*--encoding.*a\.tsv:2`},
	{name: "tsv of empty cells", file: "a.tsv", data: bare("en\tru\n\t\n \t \n"), want: `no text.*a\.tsv:2; .*a\.tsv:3`},
	{name: "tsv with NUL bytes", file: "a.tsv", data: bare("en\tru\nO\x00ne\tОдин\n"), want: `a text with a NUL character`},
	{name: "tsv of a million cells", file: "a.tsv", data: lots("en\tru\n", "\t", 1_000_000, "\n"), want: `a\.tsv:2 .*cells, over the limit`},
	{name: "tsv with a line of many megabytes", file: "a.tsv", big: true, data: lots("en\tru\n", "word ", big(overUnit), "\tx\n"), want: `a line is larger than the limit.*a\.tsv:2`},
	{name: "tsv that never ends", file: "/dev/zero", args: []string{"import", "--format", "tsv", "--columns", "en,ru", "@"}, big: true, want: `no end within`},
	{name: "a folder", file: ".", args: []string{"import", "--format", "tsv", "@"}, want: `director|folder`},
	{name: "csv with a quote that is never closed", file: "a.csv", data: bare("en,ru\n\n\"One,Один\nTwo,Два\n"), want: `a\.csv:3 .*the quote that opens on line 3 is never closed`},
	{name: "csv with such a quote in its header", file: "a.csv", data: bare("\"en,ru\nOne,Один\n"), want: `a\.csv:1 .*never closed`},
	{name: "csv without a header", file: "a.csv", data: bare("One,Один\n"), want: `a\.csv:1 .*--columns`},
	{name: "csv without the columns that are named", file: "a.csv", args: []string{"import", "--columns", "en=source,ru=target", "@"}, data: bare("en,ru\nOne,Один\n"), want: `no column "source"`},
	{name: "csv of a million cells", file: "a.csv", data: lots("en,ru\n", ",", 1_000_000, "\n"), want: `a\.csv:2 .*cells, over the limit`},
	{name: "csv with a quote over many megabytes", file: "a.csv", big: true, data: lots("en,ru\n\"", "One,Один\n", big(overUnit), ""), want: `a\.csv:2 .*is its quote closed\?`},
	{name: "hunalign without languages", file: "a.hunalign", data: bare("One\tОдин\t0.3\n"), want: `--columns SOURCE,TARGET`},
	{name: "hunalign in numbers", file: "a.ladder", args: []string{"import", "--columns", "en,ru", "@"}, data: bare("0\t0\t0.3\n1\t1\t0.3\n2\t2\t0\n"), want: `a\.ladder:3 .*-text`},
}

var hostileLines = []hostile{
	{name: "jsonl that is none", file: "a.jsonl", data: bare("One\n"), want: `a\.jsonl:1 .*not JSON`},
	{name: "jsonl cut off", file: "a.jsonl", data: bare(`{"en":"One","ru":"Один"}` + "\n" + `{"en":"Two","ru":"Дв`), want: `a\.jsonl:2 \(after 1 unit\): .*cut off`},
	{name: "jsonl of wrong types", file: "a.jsonl", data: bare(`{"variants":"x"}` + "\n" + `{"variants":[1]}` + "\n12\nnull\n\"x\"\n"), want: `not a unit in JSON.*a\.jsonl:1`},
	{name: "jsonl in one array", file: "a.jsonl", data: bare("[\n{\"en\":\"One\"},\n"), want: `a\.jsonl:1 .*one object a line`},
	{name: "jsonl nested deeply", file: "a.jsonl", data: bare(strings.Repeat("[", 1_000_000)), want: `a\.jsonl:1`},
	{name: "jsonl of wrong languages", file: "a.jsonl", data: bare(`{"variants":[{"lang":"!","text":"One"},{"lang":"ru","text":"Один"}]}`), want: `"!" is not a language tag.*a\.jsonl:1`},
	{name: "jsonl without languages", file: "a.jsonl", data: bare(`{"variants":[{"text":"One"},{"lang":"ru","text":"Один"}]}`), want: `a text without a language.*a\.jsonl:1`},
	{name: "jsonl that is no UTF-8", file: "a.jsonl", data: bare("{\"en\":\"One\",\"ru\":\"\xce\xe4\"}\n"), want: `not UTF-8.*a\.jsonl:1`},
	{name: "jsonl with numbers without end", file: "a.jsonl", data: bare(`{"en":"One","ru":"Один","position":1e999}`), want: `a\.jsonl`},
	{name: "jsonl with a line of many megabytes", file: "a.jsonl", big: true, data: lots(`{"en":"`, "word ", big(overUnit), `"}`), want: `a line is larger than the limit.*a\.jsonl:1`},
	{name: "po without languages", file: "a.po", data: bare("msgid \"One\"\nmsgstr \"Один\"\n"), want: `a\.po.*--columns SOURCE,TARGET`},
	{name: "po that is a letter", file: "a.po", data: bare(hostilePO + "Dear reader,\n"), want: `is no keyword.*a\.po:5|is not a string.*a\.po:5`},
	{name: "po with a string that ends with a backslash", file: "a.po", data: bare(hostilePO + "msgid \"One\\\"\nmsgstr \"Один\"\n"), want: `line 5: a string that ends with a backslash`},
	{name: "po with an open string", file: "a.po", data: bare(hostilePO + "msgid \"One\nmsgstr \"Один\"\n"), want: `line 5: .*double quotes`},
	{name: "po that is no UTF-8", file: "a.po", data: bare(hostilePO + "msgid \"One\"\nmsgstr \"\xce\xe4\"\n"), want: `not UTF-8.*a\.po:6`},
	{name: "po in a charset that nobody knows", file: "a.po", data: bare("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=klingon\\n\"\n"), want: `unknown encoding "klingon"`},
	{name: "po without a translation", file: "a.po", data: bare(hostilePO + "msgid \"One\"\nmsgstr \"\"\n"), want: `not translated.*a\.po:6`},
	{name: "po with an entry of many megabytes", file: "a.po", big: true, data: lots(hostilePO+"msgid \"\"\n", "\"One \"\n", big(overUnit), "msgstr \"x\"\n"), want: `an entry is larger than the limit`},
}

var addIt = []string{"add", "--statement", "s", "ru=@", "en=@"}

var hostileDocuments = []hostile{
	{name: "docx that unpacks to far more than it has", file: "a.docx", args: addIt, big: true, data: zipped("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>", "x", big(overText+1<<20)), want: `limit|over`},
	{name: "odt that unpacks to far more than it has", file: "a.odt", args: addIt, big: true, data: zipped("content.xml", "<office:document-content>", "<a>x</a>", big(overText+1<<20)), want: `limit|over`},
	{name: "docx with an entity bomb", file: "a.docx", args: addIt, data: zipped("word/document.xml", laughs()+"<w:document><w:body><w:p><w:r><w:t>&l10;", "", 0), want: `a\.docx`},
	{name: "docx nested deeply", file: "a.docx", args: addIt, data: zipped("word/document.xml", "<w:document>"+strings.Repeat("<w:p>", 1_000_000), "", 0), want: `a\.docx`},
	{name: "docx cut off", file: "a.docx", args: addIt, data: func() []byte { return zipped("word/document.xml", "<w:document>", "word ", 10_000)()[:100] }, want: `a\.docx`},
	{name: "docx without a document", file: "a.docx", args: addIt, data: zipped("readme.txt", "none", "", 0), want: `a\.docx`},
	{name: "docx of many files", file: "a.docx", args: addIt, data: zippedMany, want: `a\.docx`},
	{name: "odt that is none", file: "a.odt", args: addIt, data: bare("PK\x03\x04 and no more"), want: `a\.odt`},
	{name: "pdf that ends at once", file: "a.pdf", args: addIt, data: bare("%PDF-1.7\n1 0 obj\n<< /Length 99999999999 >>\nstream\n"), want: `a\.pdf`},
	{name: "html nested deeply", file: "a.html", args: addIt, big: true, data: lots("<html><body>", "<div>", 10<<20, ""), want: `a\.html.*elements`},
	{name: "text of NUL bytes", file: "a.txt", args: addIt, data: lots("", "\x00", 10_000, ""), want: `a\.txt`},
	{name: "text of one line of many megabytes", file: "a.txt", args: addIt, big: true, data: lots("", "слово ", big(overText), ""), want: `a\.txt.*over|limit`},
}

func utf16File(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func gzipped(s string) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, s)
		_ = w.Close()
		return b.Bytes()
	}
}

// zipped is a package with one file: head and then n bytes of body over and over.
func zipped(name, head, body string, n int) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create(name)
		_, _ = io.WriteString(w, head)
		block := []byte(strings.Repeat(body, 1<<16))
		for left := n; left > 0; left -= len(block) {
			_, _ = w.Write(block)
		}
		_ = z.Close()
		return b.Bytes()
	}
}

// zippedMany is a package of a hundred thousand files without the one that counts.
func zippedMany() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 100_000 {
		_, _ = z.Create(fmt.Sprintf("../%d", i))
	}
	_ = z.Close()
	return b.Bytes()
}
