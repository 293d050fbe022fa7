package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

func conceptSeq(cs ...bitext.Concept) iter.Seq2[bitext.Concept, error] {
	return func(yield func(bitext.Concept, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func decodeTerms(data string, f Format) (out []bitext.Concept, skipped []string, err error) {
	for c, e := range ReadTerms(strings.NewReader(data), f, "f", ReadOptions{}, nil) {
		var s *SkipError
		switch {
		case e == nil:
			out = append(out, c)
		case errors.As(e, &s):
			skipped = append(skipped, s.Error())
		default:
			return out, skipped, e
		}
	}
	return out, skipped, nil
}

func encodeTerms(t interface {
	Fatalf(format string, args ...any)
}, f Format, cs ...bitext.Concept) string {
	var b bytes.Buffer
	if n, err := WriteTerms(&b, f, conceptSeq(cs...)); err != nil || n != len(cs) {
		t.Fatalf("write %s: %d of %d entries, %v", f, n, len(cs), err)
	}
	return b.String()
}

var sampleConcepts = []bitext.Concept{
	{
		ID: "shared-future", Subject: "diplomacy & law", Definition: "what is <said>\nof all", Note: "two\nlines", Source: "a body",
		Created: "2024-01", Modified: "2025-08-29",
		Terms: []bitext.Term{
			{Lang: "zh", Text: "人类命运共同体", Status: bitext.TermPreferred},
			{Lang: "en", Text: "community with a “shared” future", Status: bitext.TermPreferred, PartOfSpeech: "noun", Note: "a, \"b\"", Source: "S", Date: "2025"},
			{Lang: "en", Text: "community of common destiny", Status: bitext.TermDeprecated},
			{Lang: "ru", Text: "сообщество единой судьбы", Status: bitext.TermAdmitted},
		},
	},
	{ID: "17 b_c/д", Terms: []bitext.Term{{Lang: "fr", Text: "l'ordre"}}},
	{ID: "id.x", Terms: []bitext.Term{{Lang: "en", Text: "x"}}},
}

func TestTermFormatsGolden(t *testing.T) {
	for _, f := range TermFormats {
		got := encodeTerms(t, f, sampleConcepts...)
		path := filepath.Join("testdata", "terms."+string(f))
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
			t.Errorf("%s: got\n%s", f, got)
		}
		back, skipped, err := decodeTerms(got, f)
		if err != nil || skipped != nil || !reflect.DeepEqual(back, sampleConcepts) {
			t.Errorf("%s reads back as %+v, skipped %v, error %v", f, back, skipped, err)
		}
	}
}

func TestWriteTermsWide(t *testing.T) {
	var b bytes.Buffer
	n, lost, err := WriteTermsWide(&b, CSV, conceptSeq(sampleConcepts...))
	want := `id,ru,zh,en,en:deprecated,fr,subject,definition,note,source,created,modified
shared-future,сообщество единой судьбы,人类命运共同体,community with a “shared” future,community of common destiny,,diplomacy & law,"what is <said>
of all","two
lines",a body,2024-01,2025-08-29
17 b_c/д,,,,,l'ordre,,,,,,
id.x,,,x,,,,,,,,
`
	if n != 3 || lost != 1 || err != nil || b.String() != want {
		t.Errorf("%d, %d, %v\n%s", n, lost, err, b.String())
	}
	back, skipped, err := decodeTerms(b.String(), CSV)
	if err != nil || skipped != nil || len(back) != 3 || len(back[0].Terms) != 4 || back[0].Definition != sampleConcepts[0].Definition {
		t.Errorf("%+v %v %v", back, skipped, err)
	}
	if _, _, err := WriteTermsWide(&b, TBX, conceptSeq()); err == nil {
		t.Error("TBX has no wide form")
	}
}

// drawConcept draws a tidy entry.
func drawConcept(t *rapid.T, i int) bitext.Concept {
	word := func(name string) string {
		return text.Line(rapid.StringOfN(rapid.RuneFrom([]rune("abЯёж中国 _-.,;|\"'<&>\t\n\u2028→é")), 0, 12, -1).Draw(t, name))
	}
	c := bitext.Concept{
		ID: fmt.Sprint(i, word("id")), Subject: word("subject"), Definition: word("definition"), Note: word("note"), Source: word("source"),
		Created: rapid.SampledFrom([]string{"", "2020", "2021-03-04"}).Draw(t, "created"),
	}
	for _, lang := range []bitext.Lang{"ru", "en", "zh", "de"} {
		for range rapid.IntRange(0, 2).Draw(t, "terms") {
			c.Terms = append(c.Terms, bitext.Term{
				Lang: lang, Text: "t" + word("term"), PartOfSpeech: word("pos"), Note: word("note"), Source: word("source"),
				Status: rapid.SampledFrom(append([]bitext.TermStatus{""}, bitext.TermStatuses...)).Draw(t, "status"),
				Date:   rapid.SampledFrom([]string{"", "2020"}).Draw(t, "date"),
			})
		}
	}
	if len(c.Terms) == 0 {
		c.Terms = append(c.Terms, bitext.Term{Lang: "en", Text: "x"})
	}
	return c
}

func TestTermsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cs []bitext.Concept
		for i := range rapid.IntRange(1, 4).Draw(t, "entries") {
			cs = append(cs, drawConcept(t, i))
		}
		f := rapid.SampledFrom(TermFormats).Draw(t, "format")
		data := encodeTerms(t, f, cs...)
		back, skipped, err := decodeTerms(data, f)
		if err != nil || skipped != nil || !reflect.DeepEqual(back, cs) {
			t.Fatalf("%s: %+v\nreads back as %+v, skipped %v, error %v\n%s", f, cs, back, skipped, err, data)
		}
	})
}

// TestTBXOfOthers reads what other tools write.
func TestTBXOfOthers(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"ntig, regions, prefixes": {`<martif type="TBX"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="c1"><descripGrp><descrip type="definition">A thing.</descrip><admin type="source">Book</admin></descripGrp>
<langSet xml:lang="en-GB"><descrip type="definition">More.</descrip><ntig><termGrp><term><hi>big</hi> ship</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>vessel</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet></termEntry></body></text></martif>`,
			"[{c1  A thing.\nMore.  Book   [{en big ship preferred    } {en vessel deprecated    }]}]"},
		"v3 with a prefix": {`<x:tbx style="dct" type="TBX-Min" xmlns:x="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"><x:tbxHeader/><x:text><x:body>
<x:conceptEntry id="c5"><min:subjectField>sea</min:subjectField><x:langSec xml:lang="ru"><x:termSec><x:term>корабль</x:term><min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>notKnown</min:administrativeStatus>
<x:transacGrp><transac type="transactionType">modification</transac><transacNote type="responsibility">N</transacNote><date>2020-02-02</date></x:transacGrp></x:termSec></x:langSec></x:conceptEntry></x:body></x:text></x:tbx>`,
			"[{c5 sea      [{ru корабль  noun   2020-02-02}]}]"},
		"no ids, an empty entry": {`<martif><text><body><termEntry><langSet lang="zh-Hant"><tig><term>詞</term></tig></langSet></termEntry><termEntry/></body></text></martif>`,
			"[{       [{zh 詞     }]} {       []}]"},
	} {
		got, skipped, err := decodeTerms(c.in, TBX)
		if fmt.Sprint(got) != c.want || skipped != nil || err != nil {
			t.Errorf("%s: %v, skipped %v, error %v", name, got, skipped, err)
		}
	}
}

func TestHostileTBX(t *testing.T) {
	head := `<martif type="TBX"><text><body>`
	for name, c := range map[string]struct{ in, want string }{
		"entities": {"<!DOCTYPE martif [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>\n" + head, "defines entities"},
		"deep":     {head + strings.Repeat("<termEntry><descripGrp>", 100), "nested deeper"},
		"truncated": {head + "\n<termEntry id='a'><langSet xml:lang='en'><tig><term>a</term></tig></langSet></termEntry>\n<termEntry><langSet",
			"f:3 (after 1 unit): the file ends within"},
		"a huge term":   {head + "<termEntry><langSet xml:lang='en'><tig><term>" + strings.Repeat("x", 17<<20), "larger than the limit"},
		"wrong nesting": {head + "<termEntry></langSet>", "</langSet> where <termEntry> is open"},
		"empty":         {"", "empty, or no TBX"},
		"another":       {"<tmx/>", "no TBX: its first element is <tmx>"},
		"an attribute":  {head + "<termEntry id=x>", "no name=\"value\""},
	} {
		_, _, err := decodeTerms(c.in, TBX)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
	}
	_, skipped, err := decodeTerms(head+"<termEntry><langSet><tig><term>x</term></tig></langSet></termEntry></body></text></martif>", TBX)
	if err != nil || len(skipped) != 1 || !strings.Contains(skipped[0], "a text without a language") {
		t.Errorf("no language: %v, %v", skipped, err)
	}
}

// TestTranslateToolkit holds TBX against the reader of translate-toolkit, where
// PYTHON names an interpreter that has it.
func TestTranslateToolkit(t *testing.T) {
	python := os.Getenv("SVERKA_TEST_PYTHON")
	if python == "" {
		t.Skip("SVERKA_TEST_PYTHON names no Python with translate-toolkit")
	}
	path := filepath.Join(t.TempDir(), "g.tbx")
	if err := os.WriteFile(path, []byte(encodeTerms(t, TBX, sampleConcepts...)), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `
import sys
from translate.storage import tbx
store = tbx.tbxfile.parsestring(open(sys.argv[1], "rb").read())
store.setsourcelanguage("zh")
store.settargetlanguage("en")
u = store.units[0]
print(len(store.units), u.getid(), u.source, [(x.text, x.deprecated) for x in u.get_target_terms("en")], [x.text for x in u.get_target_terms("ru")])`, path).CombinedOutput()
	want := "3 shared-future 人类命运共同体 [('community with a “shared” future', False), ('community of common destiny', True)] ['сообщество единой судьбы']\n"
	if err != nil || string(out) != want {
		t.Errorf("%s, error %v", out, err)
	}
}

// fuzzTerms holds that what is read and made tidy is written and read again as
// the same.
func fuzzTerms(f *testing.F, format Format, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		cs, _, err := decodeTerms(data, format)
		if err != nil && !strings.HasPrefix(err.Error(), "f") {
			t.Fatalf("the error names no file: %v", err)
		}
		var kept []bitext.Concept
		for i, c := range cs {
			c.ID = fmt.Sprintf("%d%s", i, text.Line(c.ID))
			terms := c.Terms
			c.Terms = nil
			for _, m := range terms {
				if m.Text = text.Line(m.Text); m.Text != "" && m.Lang != "" {
					c.Terms = append(c.Terms, m)
				}
			}
			if len(c.Terms) > 0 && !strings.ContainsRune(fmt.Sprint(c), '\ufffd') {
				kept = append(kept, c)
			}
		}
		once := encodeTerms(t, format, kept...)
		back, _, err := decodeTerms(once, format)
		if err != nil || len(back) != len(kept) {
			t.Fatalf("%d entries of %d, error %v\n%s", len(back), len(kept), err, once)
		}
		if again := encodeTerms(t, format, back...); again != once {
			t.Fatalf("written\n%s\nthen\n%s", once, again)
		}
	})
}

func FuzzTBX(f *testing.F) {
	fuzzTerms(f, TBX, encodeTerms(f, TBX, sampleConcepts...), encodeTerms(f, TBX3, sampleConcepts...), encodeTerms(f, TBX3DCT, sampleConcepts...),
		"<martif><text><body><termEntry id='id._41_'><note>&#1;</note><langSet lang='en'><ntig><termGrp><term>x<hi>y</hi></term></termGrp></ntig></langSet></termEntry>")
}

func FuzzTermsCSV(f *testing.F) {
	fuzzTerms(f, CSV, encodeTerms(f, CSV, sampleConcepts...), "en,ru:deprecated,note\na|b,\"в\"\"г\",x\n", "lang;term;status\nen;a;forbidden\n")
}

func FuzzTermsJSONL(f *testing.F) { fuzzTerms(f, JSONL, encodeTerms(f, JSONL, sampleConcepts...)) }
