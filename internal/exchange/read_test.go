package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"sverka/internal/bitext"
)

const (
	tmxHead = `<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>`
	tmxFoot = `</body></tmx>`
	tmxUnit = `<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>`
	x12Head = `<xliff version="1.2"><file source-language="en" target-language="ru" original="x"><body>`
	x12Foot = `</body></file></xliff>`
	poHead  = "msgid \"\"\nmsgstr \"\"\n\"Language: ru\\n\"\n\n"
	poUnit  = "msgid \"a\"\nmsgstr \"б\"\n\n"
)

// show writes units and errors in short: "en=a ru=б; skip: why; fatal: why".
func show(data string, f Format, opt ReadOptions) string {
	var parts []string
	for u, err := range Read(strings.NewReader(data), f, "f", opt) {
		var skip *SkipError
		switch {
		case errors.As(err, &skip):
			parts = append(parts, fmt.Sprintf("skip %d: %s", skip.Unit, skip.Reason))
		case err != nil:
			parts = append(parts, "fatal: "+err.Error())
		default:
			parts = append(parts, showUnit(u))
		}
	}
	return strings.Join(parts, "; ")
}

func showUnit(u bitext.Unit) string {
	var texts []string
	for _, v := range u.Variants {
		name := string(v.Lang)
		if v.Label != "" {
			name += "@" + v.Label
		}
		texts = append(texts, name+"="+v.Text)
	}
	if u.ID != "" {
		texts = append(texts, "id="+u.ID)
	}
	if u.Status != "" {
		texts = append(texts, string(u.Status))
	}
	if u.Note != "" {
		texts = append(texts, "note="+u.Note)
	}
	return strings.Join(texts, " ")
}

func utf16Bytes(s string, big, bom bool) string {
	var b bytes.Buffer
	units := utf16.Encode([]rune(s))
	if bom {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		if big {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
		} else {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

func cp1251(t *testing.T, s string) string {
	t.Helper()
	out, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What is read though it is not as the standard has it.
func TestReadLiberally(t *testing.T) {
	tuv := func(lang, text string) string { return `<tuv ` + lang + `><seg>` + text + `</seg></tuv>` }
	en, ru := `xml:lang="en"`, `xml:lang="ru"`
	tmx := func(a, b string) string { return tmxHead + "<tu>" + tuv(en, a) + tuv(ru, b) + "</tu>" + tmxFoot }
	utf16XML := `<?xml version="1.0" encoding="UTF-16"?>` + tmx("a", "б")[len(`<?xml version="1.0"?>`):]
	tests := []struct {
		name string
		f    Format
		data string
		opt  ReadOptions
		want string
	}{
		{"plain", TMX, tmx("a", "б"), ReadOptions{}, "en=a ru=б"},
		{"lang for xml:lang", TMX, tmxHead + "<tu tuid='7'>" + tuv(`lang="EN-us"`, "a") + tuv(`lang="Russian"`, "б") + "</tu>" + tmxFoot, ReadOptions{}, "en=a ru=б id=7"},
		{"no header", TMX, "<tmx><body>" + tmxUnit + tmxFoot, ReadOptions{}, "en=a ru=б"},
		{"a DOCTYPE", TMX, `<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">` + tmx("a", "б")[len(`<?xml version="1.0"?>`):], ReadOptions{}, "en=a ru=б"},
		{"byte order mark", TMX, "\ufeff" + tmx("a", "б"), ReadOptions{}, "en=a ru=б"},
		{"UTF-16 little", TMX, utf16Bytes(utf16XML, false, true), ReadOptions{}, "en=a ru=б"},
		{"UTF-16 big", TMX, utf16Bytes(utf16XML, true, true), ReadOptions{}, "en=a ru=б"},
		{"UTF-16 without a mark", TMX, utf16Bytes(utf16XML, false, false), ReadOptions{}, "en=a ru=б"},
		{"windows-1251", TMX, cp1251(t, `<?xml version="1.0" encoding="windows-1251"?>`+tmx("a", "б")[len(`<?xml version="1.0"?>`):]), ReadOptions{}, "en=a ru=б"},
		{"control characters", TMX, tmx("a\x01b&#x1F;c&#0;", "б&#11;"), ReadOptions{}, "en=abc ru=б"},
		{"named entities", TMX, tmx("a&nbsp;&mdash;b", "б"), ReadOptions{}, "en=a\u00a0—b ru=б"},
		{"inline codes", TMX, tmx(`a<bpt i="1">&lt;b&gt;</bpt><hi>b</hi><ept i="1">&lt;/b&gt;</ept><ph type="lb"/>c<it pos="begin">x<sub>y</sub></it><ut>z</ut>`, "б"), ReadOptions{}, "en=ab c ru=б"},
		{"white space and CDATA", TMX, tmx("\n  a <![CDATA[<b>]]>\n", "б"), ReadOptions{}, "en=a <b> ru=б"},
		{"two regions", TMX, tmxHead + "<tu>" + tuv(`xml:lang="en-US"`, "color") + tuv(`xml:lang="en-GB"`, "colour") + tuv(ru, "цвет") + "</tu>" + tmxFoot, ReadOptions{}, "en@us=color en@gb=colour ru=цвет"},
		{"one language twice", TMX, tmxHead + "<tu>" + tuv(en, "a") + tuv(en, "b") + tuv(en, "a") + tuv(ru, "б") + "</tu>" + tmxFoot, ReadOptions{}, "en=a en@2=b ru=б"},
		{"a foreign property", TMX, tmxHead + `<tu><prop type="x-other">1</prop><note>n</note><note>m</note>` + tuv(en, "a") + tuv(ru, "б") + "</tu>" + tmxFoot, ReadOptions{}, "en=a ru=б note=n\nm"},
		{"an empty variant", TMX, tmxHead + "<tu>" + tuv(en, "a") + tuv(ru, "б") + `<tuv xml:lang="zh"><seg/></tuv></tu>` + tmxFoot, ReadOptions{}, "en=a ru=б"},

		{"xliff", XLIFF, x12Head + `<group><trans-unit id="1"><source>a<g id="1">b</g><x id="2" ctype="lb"/>c</source><target state="final">б</target><note>n</note></trans-unit></group>` + x12Foot, ReadOptions{}, "en=ab c ru=б id=1 accepted note=n"},
		{"xliff in review", XLIFF, x12Head + `<trans-unit id="1"><source>a</source><target state="needs-translation">б</target><alt-trans><target>в</target></alt-trans></trans-unit>` + x12Foot, ReadOptions{}, "en=a ru=б id=1 review"},
		{"xliff in sentences", XLIFF, x12Head + `<trans-unit id="1"><source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2"><g id="1">B.</g></mrk></seg-source><target><mrk mtype="seg" mid="1">А.</mrk> <mrk mtype="seg" mid="2">Б.</mrk></target></trans-unit>` + x12Foot, ReadOptions{}, "en=A. ru=А. id=1/1; en=B. ru=Б. id=1/2"},
		{"xliff without the target's language in the file", XLIFF, `<xliff version="1.2"><file source-language="en"><body><trans-unit id="1"><source>a</source><target xml:lang="ru">б</target></trans-unit>` + x12Foot, ReadOptions{}, "en=a ru=б id=1"},
		{"xliff 2", XLIFF, `<xliff version="2.0" srcLang="en" trgLang="ru"><file id="f"><notes><note>x</note></notes><unit id="u"><notes><note>n</note></notes><originalData><data id="d">x</data></originalData><segment id="s1"><source>a <pc id="1">b</pc></source><target>б</target></segment><ignorable><source> </source></ignorable><segment state="final"><source>c<ph id="2"/></source><target>в</target></segment></unit></file></xliff>`, ReadOptions{}, "en=a b ru=б id=u/s1 note=n; en=c ru=в id=u/2 accepted note=n"},

		{"tsv", TSV, "ru\ten@kremlin\tzh\nа\tb\t\n\n\"в\"\td\te\n", ReadOptions{}, "ru=а en@kremlin=b; ru=\"в\" en@kremlin=d zh=e"},
		{"tsv without a header", TSV, "a\tx\tб\r\nc\ty\tг", ReadOptions{Columns: []string{"en", "-", "ru"}}, "en=a ru=б; en=c ru=г"},
		{"tsv with a header that is named as well", TSV, "en\tru\na\tб\n", ReadOptions{Columns: []string{"en", "ru"}}, "en=a ru=б"},
		{"tsv in other languages", TSV, "a\tб\n", ReadOptions{Columns: []string{"fil", "kaz"}}, "fil=a kaz=б"},
		{"tsv with a stray column", TSV, "English\tcomment\tRussian\na\tx\tб\n", ReadOptions{}, "en=a ru=б"},
		{"tsv in UTF-16", TSV, utf16Bytes("en\tru\r\na\tб\r\n", false, true), ReadOptions{}, "en=a ru=б"},
		{"csv", CSV, "\ufeffen,ru,note\r\n\"a, \"\"b\"\"\nc\",б,n\r\n\"a\" x,\"б\" , \r\n", ReadOptions{}, "en=a, \"b\"\nc ru=б note=n; en=a x ru=б"},
		{"csv whose columns are named", CSV, "location,source,target\nx,a,б\n,\"c,d\",г\n", ReadOptions{Columns: []string{"en=source", "ru=target"}}, "en=a ru=б; en=c,d ru=г"},
		{"csv with source and target for a header", CSV, "location,source,target\nx,a,б\n", ReadOptions{Columns: []string{"-", "en", "ru"}}, "en=a ru=б"},
		{"tsv that begins with blank lines", TSV, "\n \nen\tru\na\tб\n", ReadOptions{}, "en=a ru=б"},
		{"tsv with a byte order mark twice", TSV, "\ufeff\ufeffen\tru\na\tб\n", ReadOptions{}, "en=a ru=б"},
		{"tsv in an encoding that the caller names", TSV, cp1251(t, "en\tru\na\tб\n"), ReadOptions{Encoding: "windows-1251"}, "en=a ru=б"},
		{"hunalign", Hunalign, "A. ~~~ B.\t<p> ~~~ А.\t0.3\nC.\t\t-0.2\n", ReadOptions{Columns: []string{"en", "ru"}}, "en=A. B. ru=А.; en=C."},
		{"hunalign in Chinese", Hunalign, "甲。 ~~~ 乙。\tA.\n", ReadOptions{Columns: []string{"zh", "en"}}, "zh=甲。乙。 en=A."},
		{"csv with semicolons", CSV, "en;ru\n1,5;б\n", ReadOptions{}, "en=1,5 ru=б"},
		{"jsonl", JSONL, `{"variants":[{"lang":"en","text":"a"},{"lang":"ru","text":"б"}],"other":1}` + "\n\n" + `{"en":"a","ru@x":"б","id":"7","n":3}`, ReadOptions{}, "en=a ru=б; en=a ru@x=б id=7"},
		{"jsonl of an alignment", JSONL, `{"bead":3,"score":1.5,"prob":0.9,"status":"ok","sides":[{"version":"ru","segments":[1],"text":"б"},{"version":"en@x","segments":[],"text":"a"},{"version":"zh","segments":[],"text":""}]}`, ReadOptions{}, "ru=б en@x=a ok"},
		{"po", PO, poHead + "# note\n#: file:1\n#, fuzzy, c-format\n#| msgid \"x\"\nmsgctxt \"c\"\nmsgid \"\"\n\"a\\n\"\n\"b\\\"\\x21\\041\"\nmsgstr \"б\"\n\n#~ msgid \"old\"\n#~ msgstr \"стар\"\n", ReadOptions{}, "en=a\nb\"!! ru=б review note=note; skip 2: obsolete"},
		{"po plurals", PO, poHead + "msgid \"one\"\nmsgid_plural \"many\"\nmsgstr[0] \"один\"\nmsgstr[1] \"два\"\nmsgstr[2] \"много\"\nmsgid \"x\"\nmsgstr \"и\"\n", ReadOptions{}, "en=one ru=один; en=many ru=много; en=x ru=и"},
		{"po in another charset", PO, cp1251(t, "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=CP1251\\n\"\n\"Language: ru\\n\"\n\nmsgid \"a\"\nmsgstr \"б\"\n"), ReadOptions{}, "en=a ru=б"},
		{"po whose languages the caller names", PO, poUnit, ReadOptions{Columns: []string{"en", "ru"}}, "en=a ru=б"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(tt.data, tt.f, tt.opt); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What is refused, a unit or the file, and how that is said.
func TestReadMalformed(t *testing.T) {
	deep := strings.Repeat("<hi>", 100)
	small := ReadOptions{Limits: Limits{UnitBytes: 1000}}
	tests := []struct {
		name string
		f    Format
		data string
		opt  ReadOptions
		want []string // must stand in what comes, in this order
	}{
		{"an empty file", TMX, "", ReadOptions{}, []string{"fatal: f", "the file is empty, or no tmx"}},
		{"another kind of XML", TMX, "<html><body/></html>", ReadOptions{}, []string{"the file is no tmx: its first element is <html>"}},
		{"no XML", TMX, "hello", ReadOptions{}, []string{"fatal", "text before the first element"}},
		{"cut off", TMX, tmxHead + tmxUnit + "<tu><tuv", ReadOptions{}, []string{"en=a ru=б", "fatal: f:1 (after 1 unit)", "cut off"}},
		{"cut off between units", TMX, tmxHead + tmxUnit, ReadOptions{}, []string{"en=a", "fatal", "cut off"}},
		{"no tag", TMX, tmxHead + "a < b>" + tmxFoot, ReadOptions{}, []string{"fatal", "< b is no tag"}},
		{"an attribute without quotes", TMX, "<tmx version=1.4></tmx>", ReadOptions{}, []string{"fatal", "an attribute that is no name"}},
		{"an open attribute", TMX, "<tmx version='1.4></tmx>", ReadOptions{}, []string{"fatal", "cut off"}},
		{"a loose &", TMX, tmxHead + "<tu>a & b</tu>" + tmxFoot, ReadOptions{}, []string{"fatal", "write &amp;"}},
		{"a character that is none", TMX, tmxHead + "<tu>&#xzz;</tu>" + tmxFoot, ReadOptions{}, []string{"fatal", "&#xzz; is no character"}},
		{"a comment without an end", TMX, "<tmx><!-- a ->", ReadOptions{}, []string{"fatal", "cut off"}},
		{"a wrong end", TMX, tmxHead + "\n<tu></tuv></tu>" + tmxFoot, ReadOptions{}, []string{"fatal: f:2", "not well-formed"}},
		{"an entity bomb", TMX, `<!DOCTYPE tmx [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><tmx><body><tu>&b;</tu></body></tmx>`, ReadOptions{}, []string{"fatal", "entities of its own"}},
		{"an entity that nobody defined", TMX, tmxHead + "<tu>&boom;</tu>" + tmxFoot, ReadOptions{}, []string{"fatal", "&boom;"}},
		{"too deep", TMX, tmxHead + `<tu><tuv xml:lang="en"><seg>` + deep, ReadOptions{}, []string{"fatal", "nested deeper than the limit of 64"}},
		{"too large", TMX, tmxHead + tmxUnit + `<tu><tuv xml:lang="en"><seg>` + strings.Repeat("x", 2000), small, []string{"en=a", "fatal", "a unit or tag is larger than the limit of 1000 bytes"}},
		{"a large DOCTYPE", TMX, "<!DOCTYPE " + strings.Repeat("x", 5000), small, []string{"fatal", "limit of 1000"}},
		{"an unknown encoding", TMX, `<?xml version="1.0" encoding="x-klingon"?><tmx/>`, ReadOptions{}, []string{"fatal", `unknown encoding "x-klingon"`}},
		{"bytes that are no UTF-8", TMX, tmxHead + "<tu><tuv xml:lang='en'><seg>a\xff</seg></tuv></tu>" + tmxUnit + tmxFoot, ReadOptions{}, []string{"skip 1: its text has characters that could not be read", "en=a ru=б"}},
		{"no language", TMX, tmxHead + "<tu><tuv><seg>a</seg></tuv></tu>" + tmxUnit + tmxFoot, ReadOptions{}, []string{"skip 1: a text without a language", "en=a"}},
		{"no language tag", TMX, tmxHead + "<tu><tuv xml:lang='?'><seg>a</seg></tuv></tu>" + tmxUnit + tmxFoot, ReadOptions{}, []string{`skip 1: "?" is not a language tag`}},
		{"no text", TMX, tmxHead + "<tu/>" + tmxUnit + tmxFoot, ReadOptions{}, []string{"skip 1: no text", "en=a"}},
		{"a probability", TMX, tmxHead + `<tu><prop type="x-sverka-probability">NaN</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>` + tmxFoot, ReadOptions{}, []string{"skip 1: probability NaN is not from 0 to 1"}},
		{"a position", TMX, tmxHead + `<tu><prop type="x-sverka-position">x</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>` + tmxFoot, ReadOptions{}, []string{`skip 1: position "x" is not a number`}},
		{"too many variants", TMX, tmxHead + tmxUnit + tmxFoot, ReadOptions{Limits: Limits{Variants: 1}}, []string{"skip 1: more than 1 variants"}},

		{"xliff without a target", XLIFF, x12Head + `<trans-unit id="1"><source>a</source></trans-unit>` + x12Foot, ReadOptions{}, []string{"skip 1: not translated"}},
		{"xliff without languages", XLIFF, `<xliff><file><body><trans-unit id="1"><source>a</source><target>б</target></trans-unit></body></file></xliff>`, ReadOptions{}, []string{"skip 1: a text without a language"}},
		{"xliff with damaged particulars", XLIFF, x12Head + `<trans-unit id="1"><source>a</source><target>б</target><context-group><context context-type="x-sverka">{</context></context-group></trans-unit>` + x12Foot, ReadOptions{}, []string{"skip 1", "damaged"}},
		{"tmx for xliff", XLIFF, tmxHead + tmxFoot, ReadOptions{}, []string{"fatal", "no xliff"}},

		{"tsv without a header", TSV, "hello there\tпривет\n", ReadOptions{}, []string{"fatal: f:1", "--columns"}},
		{"tsv with one language", TSV, "ru\tkey\nа\tb\n", ReadOptions{}, []string{"fatal", "names no two languages"}},
		{"tsv with a column nobody knows", TSV, "a\tb", ReadOptions{Columns: []string{"en", "?"}}, []string{"fatal", `column "?"`}},
		{"tsv with too many cells", TSV, "en\tru\na\tб\tв\nc\tг\n", ReadOptions{}, []string{"skip 1: the row has 3 cells for 2 columns", "en=c"}},
		{"tsv that is no UTF-8", TSV, "en\tru\na\t\xe1\xe1\nc\tг\n", ReadOptions{}, []string{"skip 1: not UTF-8", "en=c"}},
		{"tsv with empty cells", TSV, "en\tru\n\t\nc\tг\n", ReadOptions{}, []string{"skip 1: no text", "en=c"}},
		{"tsv with a gigantic line", TSV, "en\tru\n" + strings.Repeat("x", 5000) + "\tб\nc\tг\n", small, []string{"skip 1: a line is larger than the limit of 1000 bytes", "en=c"}},
		{"csv without a column that is named", CSV, "location,source\nx,a\n", ReadOptions{Columns: []string{"en=source", "ru=target"}}, []string{"fatal", `no column "target"`}},
		{"tsv with a column twice", TSV, "en\tru\ten\na\tб\tc\n", ReadOptions{}, []string{"fatal: f:1", "two columns are called en"}},
		{"tsv with columns named twice", TSV, "a\tб\n", ReadOptions{Columns: []string{"en", "en"}}, []string{"fatal", "two columns are called en"}},
		{"tsv with too many cells to count", TSV, "en\tru\n" + strings.Repeat("\t", 20_000), ReadOptions{}, []string{"fatal: f:2", "20001 cells"}},
		{"csv with too many cells to count", CSV, "en,ru\n" + strings.Repeat(",", 20_000), ReadOptions{}, []string{"fatal: f:2", "10001 cells"}},
		{"a file in UTF-32", TSV, "\xff\xfe\x00\x00e\x00\x00\x00", ReadOptions{}, []string{"fatal", "UTF-32"}},
		{"an encoding that nobody knows", TSV, "en\tru\n", ReadOptions{Encoding: "klingon"}, []string{"fatal", `unknown encoding "klingon"`}},
		{"a line without an end", TSV, strings.Repeat("x", 200_000), small, []string{"fatal", "line 1 has no end within 128000 bytes"}},
		{"hunalign without languages", Hunalign, "a\tб\n", ReadOptions{}, []string{"fatal", "--columns SOURCE,TARGET"}},
		{"hunalign in numbers", Hunalign, "0\t0\t0.3\n1\t1\t0.3\n2\t2\t0.3\n", ReadOptions{Columns: []string{"en", "ru"}}, []string{"fatal: f:3", "with -text"}},
		{"hunalign with too many cells", Hunalign, "a\tб\t0.3\tx\nc\tг\n", ReadOptions{Columns: []string{"en", "ru"}}, []string{"skip 1", "4 cells", "en=c"}},
		{"csv with an open quote", CSV, "en,ru\n\n\"a,б\nc,г\n", ReadOptions{}, []string{"fatal: f:3", "the quote that opens on line 3 is never closed"}},
		{"csv with an open quote in a large file", CSV, "en,ru\n\"a,б\n" + strings.Repeat("c,г\n", 1000), small, []string{"fatal: f:2", "limit of 1000", "is its quote closed?"}},
		{"csv with a gigantic row", CSV, "en,ru\n" + strings.Repeat("x", 5000), small, []string{"fatal: f:2", "limit of 1000"}},

		{"jsonl that is no JSON", JSONL, "{\n" + `{"en":"a","ru":"б"}`, ReadOptions{}, []string{"fatal: f:1", "this line is not JSON"}},
		{"jsonl that is one array", JSONL, "[\n" + `{"en":"a","ru":"б"}` + "\n]", ReadOptions{}, []string{"fatal: f:1", "one object a line"}},
		{"jsonl of another kind", JSONL, `{"x":1}` + "\n[1]\n", ReadOptions{}, []string{"skip 1: no text", "skip 2: not a unit in JSON"}},
		{"jsonl that is no UTF-8", JSONL, "{\"en\":\"\xff\"}\n", ReadOptions{}, []string{"skip 1: not UTF-8"}},
		{"jsonl with a bad language", JSONL, `{"variants":[{"lang":"!","text":"a"}]}`, ReadOptions{}, []string{`skip 1: "!" is not a language tag`}},
		{"jsonl with a gigantic line", JSONL, strings.Repeat("x", 5000) + "\n" + `{"en":"a","ru":"б"}`, small, []string{"skip 1: a line is larger", "en=a"}},
		{"jsonl out of range", JSONL, `{"variants":[{"lang":"en","text":"a"}],"probability":2}` + "\n" + `{"variants":[{"lang":"en","text":"a"}],"position":-1}`, ReadOptions{}, []string{"skip 1: probability 2", "skip 2: position -1"}},

		{"po without languages", PO, poUnit, ReadOptions{}, []string{"fatal", "--columns SOURCE,TARGET"}},
		{"po with three columns", PO, poUnit, ReadOptions{Columns: []string{"en", "ru", "zh"}}, []string{"fatal", "two columns"}},
		{"po untranslated", PO, poHead + "msgid \"a\"\nmsgstr \"\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1: not translated", "en=a ru=б"}},
		{"po without msgstr", PO, poHead + "msgid \"a\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1: an entry without msgstr", "en=a ru=б"}},
		{"po with an open string", PO, poHead + "msgid \"a\nmsgstr \"б\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1: line 5:", "double quotes", "en=a ru=б"}},
		{"po with a word nobody knows", PO, poHead + "msgfoo \"a\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1", `"msgfoo" is no keyword`, "en=a"}},
		{"po with a loose string", PO, poHead + "\"a\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1", "belongs to nothing", "en=a"}},
		{"po with quotes in a string", PO, poHead + "msgid \"a\"b\"\nmsgstr \"\\\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1", "a double quote within", "en=a"}},
		{"po that is no UTF-8", PO, poHead + "msgid \"\xff\"\nmsgstr \"б\"\n\n" + poUnit, ReadOptions{}, []string{"skip 1: not UTF-8", "en=a"}},
		{"po with a gigantic entry", PO, poHead + strings.Repeat("# xxxxxxxxxx\n", 500) + "\n" + poUnit, small, []string{"skip 1: an entry is larger", "en=a"}},
		{"a format nobody knows", "doc", "", ReadOptions{}, []string{"fatal", `unknown exchange format "doc"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := show(tt.data, tt.f, tt.opt)
			rest := got
			for _, w := range tt.want {
				_, after, ok := strings.Cut(rest, w)
				if !ok {
					t.Fatalf("%q is not in %q", w, got)
				}
				rest = after
			}
		})
	}
}

func TestStopReading(t *testing.T) {
	for f, data := range map[Format]string{
		TMX: tmxHead + tmxUnit + tmxUnit + tmxFoot, TSV: "en\tru\na\tб\nc\tг\n", PO: poHead + poUnit + poUnit,
		JSONL: `{"en":"a"}` + "\n" + `{"en":"b"}`,
	} {
		n := 0
		for _, err := range Read(strings.NewReader(data), f, "f", ReadOptions{}) {
			if n++; err != nil {
				t.Errorf("%s: %v", f, err)
			}
			break
		}
		if n != 1 {
			t.Errorf("%s: %d units before the stop", f, n)
		}
	}
}

func TestErrors(t *testing.T) {
	skip := &SkipError{Path: "a.tmx", Line: 7, Unit: 3, Reason: "no text"}
	if !skip.Skip() || skip.Error() != "a.tmx:7: unit 3 skipped: no text" {
		t.Errorf("%v", skip)
	}
	cause := errors.New("cause")
	err := &Error{Path: "a.tmx", Unit: 3, Err: cause}
	if !errors.Is(err, cause) || err.Error() != "a.tmx (after 3 units): cause" {
		t.Errorf("%v", err)
	}
}

// fuzz holds that a reader neither fails otherwise than by an error nor gives
// a unit that breaks the law, and that what it gives can be written.
func fuzz(f *testing.F, format Format, opt ReadOptions, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		opt.Limits = Limits{UnitBytes: 1 << 16}
		var units []bitext.Unit
		for u, err := range Read(strings.NewReader(data), format, "f", opt) {
			if err != nil {
				continue
			}
			if len(u.Variants) == 0 || u.Position < 0 || !(u.Prob >= 0 && u.Prob <= 1) {
				t.Fatalf("%+v", u)
			}
			units = append(units, u)
		}
		first := encode(t, JSONL, WriteOptions{}, units...)
		if n := len(decode(t, first, JSONL, ReadOptions{})); n != len(units) {
			t.Fatalf("%d of %d units came back", n, len(units))
		}
		encode(t, TMX, WriteOptions{}, units...)
	})
}

func FuzzTMX(f *testing.F) {
	fuzz(f, TMX, ReadOptions{}, tmxHead+tmxUnit+tmxFoot, tmxHead+"<tu><tuv lang='en-US'><seg>a<bpt>x</bpt>&#1;</seg></tuv></tu>",
		utf16Bytes(tmxHead+tmxUnit+tmxFoot, true, true))
}

func FuzzXLIFF(f *testing.F) {
	fuzz(f, XLIFF, ReadOptions{}, x12Head+`<trans-unit id="1"><source>a<mrk mtype="seg" mid="1">b</mrk></source><target>б</target></trans-unit>`+x12Foot,
		`<xliff srcLang="en" trgLang="ru"><file><unit id="1"><segment><source>a</source><target>б</target></segment></unit></file></xliff>`)
}

func FuzzTSV(f *testing.F) {
	fuzz(f, TSV, ReadOptions{}, "en\tru\tid\ten:machine\na\tб\t1\tyes\n")
}

func FuzzCSV(f *testing.F) {
	fuzz(f, CSV, ReadOptions{Columns: []string{"en", "ru@x", "-", "probability"}}, "a,\"b\"\"c\",x,0.5\n")
}

func FuzzJSONL(f *testing.F) {
	fuzz(f, JSONL, ReadOptions{}, `{"variants":[{"lang":"en","text":"a"}]}`+"\n"+`{"en":"a","ru":"b"}`)
}

func FuzzHunalign(f *testing.F) {
	fuzz(f, Hunalign, ReadOptions{Columns: []string{"en", "zh"}}, "A. ~~~ B.\t甲。 ~~~ 乙。\t0.3\n")
}

func FuzzPO(f *testing.F) { fuzz(f, PO, ReadOptions{}, poHead+"# n\n#, fuzzy\n"+poUnit) }

func BenchmarkRead(b *testing.B) {
	var units []bitext.Unit
	for i := range 2000 {
		units = append(units, bitext.Unit{
			ID: fmt.Sprint(i), Statement: bitext.Statement{ID: "s"}, Position: i,
			Variants: []bitext.Variant{
				{Lang: "ru", Text: "Делегации согласовали план, и оба министра подписали его."},
				{Lang: "zh", Text: "双方代表团商定了计划，两位部长签署了文件。"},
				{Lang: "en", Text: "The delegations agreed on a plan, and the two ministers signed it."},
			},
		})
	}
	for _, f := range Formats {
		b.Run(string(f), func(b *testing.B) {
			var buf bytes.Buffer
			if _, err := Write(&buf, f, seq(units...), WriteOptions{}); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(buf.Len()))
			for b.Loop() {
				for _, err := range Read(bytes.NewReader(buf.Bytes()), f, "f", ReadOptions{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(len(units)*b.N)/b.Elapsed().Seconds(), "units/s")
		})
	}
}
