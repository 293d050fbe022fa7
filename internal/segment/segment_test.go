package segment

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func one(text string) *bitext.Document {
	return &bitext.Document{Text: text, Blocks: []bitext.Block{{End: len(text)}}}
}

func texts(v bitext.Version) []string {
	var out []string
	for _, s := range v.Segments {
		out = append(out, s.Text)
	}
	return out
}

// The tables of hard cases: testdata/LANG.txt.
func TestSentences(t *testing.T) {
	for _, lang := range []string{"en", "ru", "zh"} {
		data, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		cases := 0
		for line := range strings.Lines(string(data)) {
			line = strings.TrimRight(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			cases++
			var want []string
			for s := range strings.SplitSeq(line, "¦") {
				want = append(want, strings.TrimSpace(s))
			}
			got := texts(Split(one(strings.ReplaceAll(line, "¦", ""))))
			if strings.Join(got, "¦") != strings.Join(want, "¦") {
				t.Errorf("%s: got  %s\n      want %s", lang, strings.Join(got, "¦"), strings.Join(want, "¦"))
			}
		}
		if cases < 60 {
			t.Errorf("%s has %d cases", lang, cases)
		}
	}
}

func TestSpeakers(t *testing.T) {
	doc := &bitext.Document{Text: strings.Join([]string{
		"Question: What next? And then?",
		"V. Putin: Indeed. We agree.",
		"В.Путин: Да. Согласны.",
		"В. В. Иванов (как переведено): Нет.",
		"Вопрос: Что дальше?",
		"Вопрос 2: Дальше.",
		"问：下一步是什么？",
		"答：合作。继续合作。",
		"普京：谢谢。",
		"普京：再见。",
		"Note: this is not a speaker.",
		"Note: nor is this.",
		"Purpose: once only.",
		"Anna Brown: I came.",
		"Anna Brown: I left.",
		"原因：不明。",
		"原因：不明。",
		"12:30 is a time.",
		"— Куда? — Туда.",
		"Q: Why",
		"He said: Go.",
	}, "\n")}
	want := []struct {
		speaker string
		asks    bool
	}{
		{"Question", true}, {"", true}, {"V. Putin", false}, {"", false}, {"В.Путин", false}, {"", false},
		{"В. В. Иванов", false}, {"Вопрос", true}, {"Вопрос 2", true}, {"问", true}, {"答", false}, {"", false},
		{"普京", false}, {"普京", false}, {"", false}, {"", false}, {"", false}, {"Anna Brown", false}, {"Anna Brown", false},
		{"", false}, {"", false}, {"", false}, {"", true}, {"", false}, {"Q", true}, {"", false},
	}
	v := Split(doc)
	if len(v.Segments) != len(want) {
		t.Fatalf("%d segments, want %d: %q", len(v.Segments), len(want), texts(v))
	}
	for i, s := range v.Segments {
		if s.Speaker != want[i].speaker || s.Question != want[i].asks {
			t.Errorf("%q: speaker %q, question %v; want %v", s.Text, s.Speaker, s.Question, want[i])
		}
	}
}

func TestSplitBlocks(t *testing.T) {
	text := "  Title. Part two\n\nOne. Two.\n- Item. More.\n"
	at := func(s string) int { return strings.Index(text, s) }
	doc := &bitext.Document{Lang: "en", Path: "p", Title: "T", Text: text, Blocks: []bitext.Block{
		{Kind: bitext.Heading, Level: 1, Start: at("Title"), End: at("\n\nOne"), Line: 1},
		{Start: at("One"), End: at("\n- "), Line: 3},
		{Kind: bitext.ListItem, Start: at("- "), End: len(text) - 1, Line: 4},
	}}
	v := Split(doc)
	want := []bitext.Segment{
		{Text: "Title. Part two", Space: "\n\n", Block: 0, Kind: bitext.Heading, Line: 1},
		{Text: "One.", Space: " ", Block: 1, Line: 3},
		{Text: "Two.", Space: "\n", Block: 1, Line: 3},
		{Text: "- Item.", Space: " ", Block: 2, Kind: bitext.ListItem, Line: 4},
		{Text: "More.", Space: "\n", Block: 2, Kind: bitext.ListItem, Line: 4},
	}
	if v.Lead != "  " || v.Lang != "en" || v.Path != "p" || v.Title != "T" || v.Rejoin() != text {
		t.Errorf("version %+v", v)
	}
	if len(v.Segments) != len(want) {
		t.Fatalf("%q", texts(v))
	}
	for i, s := range v.Segments {
		if s != want[i] {
			t.Errorf("segment %d: %+v, want %+v", i, s, want[i])
		}
	}
	long := one(strings.Repeat("A long heading. ", 40))
	long.Blocks[0].Kind = bitext.Heading
	if n := len(Split(long).Segments); n != 40 {
		t.Errorf("what is too long for a heading gives %d segments", n)
	}
}

func TestSplitWithoutBlocks(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"One.\nTwo\nthree.", "One.|Two|three."},
		{"One\nline.\n\nTwo\nlines. Three.", "One\nline.|Two\nlines.|Three."},
		{" \n\n", ""},
		{"", ""},
	} {
		v := Split(&bitext.Document{Text: tt.in})
		if got := strings.Join(texts(v), "|"); got != tt.want || v.Rejoin() != tt.in {
			t.Errorf("%q gives %q, rejoined %q", tt.in, got, v.Rejoin())
		}
	}
}

func TestLines(t *testing.T) {
	text := "One. Still one.\n  Two \nВопрос: Три?\n\n \n"
	v, err := Lines(&bitext.Document{Text: text, Path: "f"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(v), "|"); got != "One. Still one.|Two|Вопрос: Три?" || v.Rejoin() != text {
		t.Errorf("%q, rejoined %q", got, v.Rejoin())
	}
	if s := v.Segments[2]; s.Line != 3 || s.Speaker != "Вопрос" || !s.Question {
		t.Errorf("%+v", s)
	}
	_, err = Lines(&bitext.Document{Text: "a\n\nb\n \nc\n", Path: "f.txt"})
	var blank *BlankLineError
	if !errors.As(err, &blank) || blank.Line != 2 || blank.Count != 2 || !strings.Contains(err.Error(), "f.txt:2: blank line (and 1 more)") {
		t.Errorf("blank lines give %v", err)
	}
	if v, err := Lines(&bitext.Document{Text: "\n\n"}); err != nil || len(v.Segments) != 0 {
		t.Errorf("nothing but blank lines: %v %v", v.Segments, err)
	}
}

// check holds the laws of segments on any document.
func check(t interface {
	Fatalf(format string, args ...any)
}, doc *bitext.Document, v bitext.Version) {
	if got := v.Rejoin(); got != doc.Text {
		t.Fatalf("%q rejoins to %q", doc.Text, got)
	}
	if strings.TrimSpace(v.Lead) != "" {
		t.Fatalf("%q: lead %q", doc.Text, v.Lead)
	}
	block := 0
	for i, s := range v.Segments {
		if s.Text == "" || strings.TrimSpace(s.Text) != s.Text || strings.TrimFunc(s.Space, unicode.IsSpace) != "" {
			t.Fatalf("%q: segment %d is %+v", doc.Text, i, s)
		}
		if s.Block < block {
			t.Fatalf("%q: segment %d goes back to block %d", doc.Text, i, s.Block)
		}
		block = s.Block
	}
}

var bits = []string{
	"Word", "слово", "字", " ", "\n", "\u00a0", ".", "...", "…", "?", "!", "。", "！", "”", "“", "\"", "«", "»", "(", ")", "》", "；",
	"г", "т", "Mr", "U.S", "В", "1", "2.5", ":", "：", "Question", "问", "—", "[3]", "http://a.b", "\xff", "'",
}

func TestSplitProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(bits), 0, 60).Draw(t, "bits"), "")
		doc := &bitext.Document{Text: text}
		for range rapid.IntRange(0, 4).Draw(t, "blocks") {
			a := rapid.IntRange(-1, len(text)+1).Draw(t, "a")
			b := rapid.IntRange(-1, len(text)+1).Draw(t, "b")
			doc.Blocks = append(doc.Blocks, bitext.Block{Start: a, End: b})
		}
		check(t, doc, Split(doc))
		if v, err := Lines(doc); err == nil {
			check(t, doc, v)
			if n := len(strings.Split(strings.TrimRightFunc(text, unicode.IsSpace), "\n")); len(v.Segments) != n && len(v.Segments) != 0 {
				t.Fatalf("%q: %d segments of %d lines", text, len(v.Segments), n)
			}
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("Mr. Smith said. “No.” В 2024 г. Россия… 问：好吗？答：好。", 3, 9)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		doc := &bitext.Document{Text: text, Blocks: []bitext.Block{{Start: a, End: b}}}
		check(t, doc, Split(doc))
		doc.Blocks = nil
		check(t, doc, Split(doc))
		if v, err := Lines(doc); err == nil {
			check(t, doc, v)
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	for _, bb := range []struct{ name, unit string }{
		{"en", "Mr. Brown met the U.S. delegation at 5 p.m. on Jan. 5. They agreed on 1,235 points. "},
		{"ru", "В мае 2025 г. В. В. Иванов встретился с проф. Петровым. Они согласовали 5.2 млн руб. и т. д. "},
		{"zh", "代表团于5月到达。双方同意“加强合作。”他们签署了1,235份文件……然后离开。"},
		{"stops", "... "},
		{"closers", "？）"},
		{"quotes", "т. \" "},
	} {
		b.Run(bb.name, func(b *testing.B) {
			doc := one(strings.Repeat(bb.unit, 1<<18/len(bb.unit)))
			b.SetBytes(int64(len(doc.Text)))
			for b.Loop() {
				Split(doc)
			}
		})
	}
}
