package exchange

import (
	"bytes"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

var update = flag.Bool("update", false, "write the golden files anew")

func seq(units ...bitext.Unit) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// decode reads all of data; it fails on any error.
func decode(t interface {
	Fatalf(format string, args ...any)
}, data string, f Format, opt ReadOptions) []bitext.Unit {
	var units []bitext.Unit
	for u, err := range Read(strings.NewReader(data), f, "f", opt) {
		if err != nil {
			t.Fatalf("read %s: %v\n%s", f, err, data)
		}
		units = append(units, u)
	}
	return units
}

func encode(t interface {
	Fatalf(format string, args ...any)
}, f Format, opt WriteOptions, units ...bitext.Unit) string {
	var b bytes.Buffer
	n, err := Write(&b, f, seq(units...), opt)
	if err != nil || n != len(units) {
		t.Fatalf("write %s: %d of %d units, %v", f, n, len(units), err)
	}
	return b.String()
}

// sorted gives units with their variants in the order of names: a bilingual
// format and a table do not keep another.
func sorted(units []bitext.Unit) []bitext.Unit {
	out := slices.Clone(units)
	for i := range out {
		out[i].Variants = slices.Clone(out[i].Variants)
		slices.SortFunc(out[i].Variants, func(a, b bitext.Variant) int {
			return strings.Compare(string(a.Lang)+"@"+a.Label, string(b.Lang)+"@"+b.Label)
		})
	}
	return out
}

var sample = []bitext.Unit{
	{
		ID:        "u1",
		Statement: bitext.Statement{ID: "talks", Title: "Переговоры & <итоги>", Date: "2025-03-04", Speaker: "A. Speaker"},
		Variants: []bitext.Variant{
			{Lang: "ru", Text: "Стороны договорились \"обо всём\".\nИ подписали.", Date: "2025-03-04", Source: "https://example.org/?a=1&b=2"},
			{Lang: "zh", Text: "双方达成一致。"},
			{Lang: "en", Label: "official", Text: "The sides agreed on everything, and signed.", Translator: "A body"},
			{Lang: "en", Label: "blog", Text: "The parties\tagreed; they signed.", Translator: "engine", Machine: true},
		},
		Prob: 0.9375, Status: bitext.StatusReview, Note: "first line\nsecond, \"quoted\"",
	},
	{
		ID: "u2", Statement: bitext.Statement{ID: "talks"}, Position: 7, Status: bitext.StatusAccepted,
		Variants: []bitext.Variant{{Lang: "ru", Text: "Да."}, {Lang: "en", Label: "official", Text: "\"Yes\" & <no>"}},
	},
	{Variants: []bitext.Variant{{Lang: "en", Text: "Plain"}, {Lang: "ru", Text: "Просто"}}},
}

func TestRoundTrip(t *testing.T) {
	for _, f := range Formats {
		t.Run(string(f), func(t *testing.T) {
			opt := WriteOptions{SrcLang: "en", ToolVersion: "1.0"}
			first := encode(t, f, opt, sample...)
			units := decode(t, first, f, ReadOptions{})
			if got, want := sorted(units), sorted(sample); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if second := encode(t, f, opt, units...); second != first {
				t.Errorf("written again it differs:\n%s\n---\n%s", first, second)
			}
			golden := filepath.Join("testdata", "sample."+string(f))
			if *update {
				if err := os.WriteFile(golden, []byte(first), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if first != string(want) {
				t.Errorf("differs from %s (run with -update if that is right):\n%s", golden, first)
			}
		})
	}
}

// drawUnit makes a unit that every format can hold: texts in ru and en.
func drawUnit(t *rapid.T, i int) bitext.Unit {
	words := rapid.SampledFrom([]string{
		"word", "слово", "字词", "<b>", "&amp;", "&", "\"", "'", "\"\"", ",", ";", "]]>", "\\n", "\\", "#", "msgid", "\u00a0", "🙂",
		"a\nb", "a\tb", "a\r\nb", "%", "<!--", "-->", "{", "}", "e\u0301", "=1+1", "@", ":", "…",
	})
	text := func(label string, least int) string {
		return strings.TrimSpace(strings.Join(rapid.SliceOfN(words, least, 6).Draw(t, label), " "))
	}
	line := func(label string) string {
		return strings.Join(strings.Fields(rapid.SampledFrom([]string{"", "a b", "Иван", "新华社", "<&>\"'", "x;y,z"}).Draw(t, label)), " ")
	}
	u := bitext.Unit{
		ID: line("id"), Position: rapid.IntRange(0, 9).Draw(t, "position"), Note: line("note"),
		Statement: bitext.Statement{ID: line("statement"), Title: line("title"), Date: line("date"), Speaker: line("speaker")},
		Prob:      rapid.Float64Range(0, 1).Draw(t, "prob"),
		Status:    rapid.SampledFrom([]bitext.Status{"", bitext.StatusOK, bitext.StatusReview, bitext.StatusAccepted}).Draw(t, "status"),
	}
	names := [][2]string{{"ru", ""}, {"en", "official"}}
	for _, extra := range [][2]string{{"zh", ""}, {"en", "blog"}, {"de", ""}, {"ru", "x-y"}} {
		if rapid.Bool().Draw(t, "has") {
			names = append(names, extra)
		}
	}
	for _, n := range names {
		v := bitext.Variant{
			Lang: bitext.Lang(n[0]), Label: n[1], Text: fmt.Sprintf("t%d %s", i, text("text", 0)),
			Date: line("vdate"), Source: line("source"), Translator: line("translator"), Machine: rapid.Bool().Draw(t, "machine"),
		}
		v.Text = strings.TrimSpace(v.Text)
		u.Variants = append(u.Variants, v)
	}
	return u
}

func TestRoundTripProperty(t *testing.T) {
	for _, f := range Formats {
		t.Run(string(f), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				var units []bitext.Unit
				for i := range rapid.IntRange(1, 4).Draw(t, "units") {
					units = append(units, drawUnit(t, i))
				}
				opt := WriteOptions{SrcLang: "ru", Langs: nil}
				if f == XLIFF || f == XLIFF2 || f == PO {
					for i := range units {
						slices.SortFunc(units[i].Variants, func(a, b bitext.Variant) int {
							return strings.Compare(string(a.Lang)+a.Label, string(b.Lang)+b.Label)
						})
					}
					opt.Langs = []bitext.Lang{"ru", "en", "zh", "de"}
				}
				first := encode(t, f, opt, units...)
				back := decode(t, first, f, ReadOptions{})
				if got, want := sorted(back), sorted(units); !reflect.DeepEqual(got, want) {
					t.Fatalf("got  %+v\nwant %+v\n%s", got, want, first)
				}
				if second := encode(t, f, opt, back...); second != first {
					t.Fatalf("written again it differs:\n%s\n---\n%s", first, second)
				}
			})
		})
	}
}

func TestSpool(t *testing.T) {
	long := strings.Repeat("слово ", 20000)
	var units []bitext.Unit
	for i := range 200 {
		units = append(units, bitext.Unit{Position: i, Variants: []bitext.Variant{
			{Lang: "ru", Text: strings.TrimSpace(long)}, {Lang: "en", Text: fmt.Sprint(i)},
		}})
	}
	back := decode(t, encode(t, TSV, WriteOptions{}, units...), TSV, ReadOptions{})
	if !reflect.DeepEqual(back, units) {
		t.Errorf("%d units came back of %d", len(back), len(units))
	}
}

func TestWriteBilingualSkips(t *testing.T) {
	var skipped []string
	opt := WriteOptions{SrcLang: "ru", OnSkip: func(n int, why string) { skipped = append(skipped, fmt.Sprint(n, " ", why)) }}
	var b bytes.Buffer
	n, err := Write(&b, XLIFF, seq(
		bitext.Unit{Variants: []bitext.Variant{{Lang: "en", Text: "a"}, {Lang: "zh", Text: "b"}}},
		bitext.Unit{Variants: []bitext.Variant{{Lang: "en", Text: "a"}, {Lang: "ru", Text: "б"}}},
		bitext.Unit{Variants: []bitext.Variant{{Lang: "zh", Text: "a"}, {Lang: "ru", Text: "б"}}},
	), opt)
	if n != 1 || err != nil || len(skipped) != 2 || !strings.HasPrefix(skipped[0], "1 has no text in both ru") {
		t.Errorf("%d written, %v, skipped %q", n, err, skipped)
	}
	for _, f := range Formats {
		b.Reset()
		if n, err := Write(&b, f, seq(), WriteOptions{}); n != 0 || err != nil || f != JSONL && b.Len() == 0 {
			t.Errorf("%s of nothing: %d, %v, %q", f, n, err, b.String())
		}
	}
	if _, err := Write(&b, "doc", seq(), WriteOptions{}); err == nil || !strings.Contains(err.Error(), "known are") {
		t.Errorf("an unknown format gives %v", err)
	}
}

func TestWriteLangs(t *testing.T) {
	u := sample[0]
	back := decode(t, encode(t, TMX, WriteOptions{Langs: []bitext.Lang{"zh", "ru"}}, u), TMX, ReadOptions{})
	if len(back) != 1 || len(back[0].Variants) != 2 {
		t.Errorf("%+v", back)
	}
}

// Numbers in a file are those of what stands in it.
func TestWriteNumbered(t *testing.T) {
	lone := bitext.Unit{ID: "9", Variants: []bitext.Variant{{Lang: "zh", Text: "是"}}}
	for _, f := range Formats {
		opt := WriteOptions{Langs: []bitext.Lang{"en", "ru"}, Numbered: true}
		var b bytes.Buffer
		if n, err := Write(&b, f, seq(lone, sample[0], lone, sample[1]), opt); n != 2 || err != nil {
			t.Fatalf("%s: %d, %v", f, n, err)
		}
		if back := decode(t, b.String(), f, ReadOptions{}); back[0].ID != "1" || back[1].ID != "2" {
			t.Errorf("%s: %q, %q", f, back[0].ID, back[1].ID)
		}
	}
}

// Further renderings show as candidates, and neither they nor those of other
// programs are read as translations.
func TestWriteRenderings(t *testing.T) {
	u := bitext.Unit{Prob: 0.875, Variants: []bitext.Variant{
		{Lang: "ru", Text: "Да <и> нет"}, {Lang: "en", Label: "a", Text: "Yes"}, {Lang: "en", Label: "b", Text: "Aye & no"}, {Lang: "en", Translator: "T", Label: "", Text: "Yea"},
	}}
	for f, want := range map[Format][]string{
		XLIFF: {`<alt-trans match-quality="100%" origin="b"><target xml:lang="en">Aye &amp; no</target></alt-trans>`, `origin="T"`},
		XLIFF2: {`<mtc:match id="1" ref="#m1" type="tm" similarity="100.0" matchQuality="87.5" origin="b">`,
			"<source>Да &lt;и&gt; нет</source>\n<target>Aye &amp; no</target>", `<source><mrk id="m1" type="mtc:match">Да &lt;и&gt; нет</mrk></source>`},
	} {
		out := encode(t, f, WriteOptions{SrcLang: "ru"}, u)
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s: %q is not in\n%s", f, w, out)
			}
		}
		if back := decode(t, out, f, ReadOptions{}); !reflect.DeepEqual(sorted(back), sorted([]bitext.Unit{u})) {
			t.Errorf("%s: %+v", f, back)
		}
	}
}

func TestWriteColumns(t *testing.T) {
	var skipped []string
	opt := WriteOptions{Columns: []string{"en=source", "ru=target", "note"}, OnSkip: func(n int, why string) { skipped = append(skipped, fmt.Sprint(n, " ", why)) }}
	for f, want := range map[Format]string{
		CSV: "\"source\",\"target\",\"note\"\n\"The sides agreed on everything, and signed.\",\"Стороны договорились \"\"обо всём\"\".\nИ подписали.\",\"first line\nsecond, \"\"quoted\"\"\"\n\"Plain\",\"Просто\",\n",
		TSV: "source\ttarget\tnote\nThe sides agreed on everything, and signed.\tСтороны договорились \"обо всём\".\u2028И подписали.\tfirst line\u2028second, \"quoted\"\nPlain\tПросто\t\n",
	} {
		var b bytes.Buffer
		skipped = nil
		lone := bitext.Unit{Variants: []bitext.Variant{{Lang: "zh", Text: "是"}, {Lang: "ru", Text: "Да"}}}
		n, err := Write(&b, f, seq(sample[0], lone, sample[2]), opt)
		if n != 2 || err != nil || b.String() != want || len(skipped) != 1 || skipped[0] != "2 has no text in en" {
			t.Errorf("%s: %d, %v, %q\n%s", f, n, err, skipped, b.String())
		}
	}
	if _, err := Write(&bytes.Buffer{}, TSV, seq(), WriteOptions{Columns: []string{"?"}}); err == nil {
		t.Error("a column that nobody knows is written")
	}
}

// A unit without a text in the file's source language names its own, and who
// translated and when stands where other programs look for it.
func TestWriteTMXAttributes(t *testing.T) {
	u := bitext.Unit{Variants: []bitext.Variant{{Lang: "zh", Text: "是"}, {Lang: "ru", Text: "Да", Translator: "A <T>", Date: "2025-03-04"}}}
	out := encode(t, TMX, WriteOptions{SrcLang: "en"}, u)
	for _, w := range []string{`<tu srclang="zh">`, `<tuv xml:lang="ru" creationid="A &lt;T&gt;" creationdate="20250304T000000Z">`} {
		if !strings.Contains(out, w) {
			t.Errorf("%q is not in\n%s", w, out)
		}
	}
	foreign := `<tmx version="1.4"><header srclang="en"/><body><tu creationid="A" creationdate="20240102T030405Z" changeid="B">` +
		`<tuv xml:lang="en"><seg>Yes</seg></tuv><tuv xml:lang="ru" changedate="20250607T080910Z"><seg>Да</seg></tuv></tu></body></tmx>`
	got := decode(t, foreign, TMX, ReadOptions{})[0].Variants
	want := []bitext.Variant{{Lang: "en", Text: "Yes"}, {Lang: "ru", Text: "Да", Translator: "B", Date: "2025-06-07"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestDroppedCharacters(t *testing.T) {
	u := bitext.Unit{Variants: []bitext.Variant{{Lang: "ru", Text: "а\x01б\x0bв"}, {Lang: "en", Text: "a\ufffeb"}}}
	back := decode(t, encode(t, TMX, WriteOptions{}, u), TMX, ReadOptions{})
	if back[0].Variants[0].Text != "абв" || back[0].Variants[1].Text != "ab" {
		t.Errorf("%+v", back)
	}
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]Format{"a.TMX": TMX, "b/c.xlf": XLIFF, "x.sdlxliff": XLIFF, "a.tab": TSV, "a.ndjson": JSONL, "a.pot": PO} {
		if f, err := FormatOf(path); f != want || err != nil {
			t.Errorf("%s: %s %v", path, f, err)
		}
	}
	if _, err := FormatOf("a.docx"); err == nil || !strings.Contains(err.Error(), ".tmx") || !strings.Contains(err.Error(), "a.docx") {
		t.Errorf("unknown: %v", err)
	}
}
