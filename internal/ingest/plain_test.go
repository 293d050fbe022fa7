package ingest

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlainLayout(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"blank lines part paragraphs", "One paragraph here.\n\nAnother one.\n \t\nThird.\n", []string{"|One paragraph here.", "|Another one.", "|Third."}},
		{"no blank lines: a line each", "Первая строка.\nВторая, подлиннее строка.\nТретья.\n", []string{"|Первая строка.", "|Вторая, подлиннее строка.", "|Третья."}},
		{"Chinese, a line each", "港口扩大了。\n昨天上午，主任请来了所有船长。\n没有人笑。", []string{"|港口扩大了。", "|昨天上午，主任请来了所有船长。", "|没有人笑。"}},
		{"broken lines stay together",
			"The harbour master spoke for an hour last night, and since no paper has\n" +
				"printed the whole thing, the town had to do with rumours until somebody\n" +
				"found the notes under a bench.\n\n" +
				"Nobody knows who wrote them down, though the hand looks like that of the\n" +
				"clerk.\n",
			[]string{"|The harbour master spoke for an hour last night, and since no paper has⏎printed the whole thing, the town had to do with rumours until somebody⏎found the notes under a bench.",
				"|Nobody knows who wrote them down, though the hand looks like that of the⏎clerk."}},
		{"broken Russian lines stay together",
			"    Вчера утром начальник порта собрал всех капитанов в старом здании\n" +
				"таможни, и разговор начался с шуток, но скоро всем стало не до смеха,\n" +
				"потому что каждое судно теряет по три дня.\n" +
				"    Договор подписали двенадцать человек, двое отказались, а о прочих\n" +
				"ничего не известно до сих пор.\n",
			[]string{"|Вчера утром начальник порта собрал всех капитанов в старом здании⏎таможни, и разговор начался с шуток, но скоро всем стало не до смеха,⏎потому что каждое судно теряет по три дня.",
				"|Договор подписали двенадцать человек, двое отказались, а о прочих⏎ничего не известно до сих пор."}},
		{"long lines under one another are paragraphs",
			strings.Repeat("A sentence that makes this line a long one indeed. ", 4) + "\n" + strings.Repeat("Yet another sentence that is not short. ", 5) + "\nShort.\n\nEnd.\n",
			[]string{"|" + strings.TrimSpace(strings.Repeat("A sentence that makes this line a long one indeed. ", 4)), "|" + strings.TrimSpace(strings.Repeat("Yet another sentence that is not short. ", 5)), "|Short.", "|End."}},
		{"an interview",
			"Question: When will the pier open?\nAnswer: In June, if the weather lets us.\n\nQuestion: And the cost?\nAnswer: Forty-one million.\n",
			[]string{"|Question: When will the pier open?", "|Answer: In June, if the weather lets us.", "|Question: And the cost?", "|Answer: Forty-one million."}},
		{"a list", "We need three things:\n- a crane;\n- two tugs;\n* patience.\n\n1. First.\n2) Second.\n(3) Third.\nа) буква;\n一、标题",
			[]string{"|We need three things:", "-|- a crane;", "-|- two tugs;", "-|* patience.", "-|1. First.", "-|2) Second.", "-|(3) Third.", "-|а) буква;", "H2|一、标题"}},
		{"no list", "1999 was a good year.\n— Да, — сказал он.\n3,5 млн рублей.\n5.2 per cent.\n(sic) it says.\n1.5 times",
			[]string{"|1999 was a good year.", "|— Да, — сказал он.", "|3,5 млн рублей.", "|5.2 per cent.", "|(sic) it says.", "|1.5 times"}},
		{"headings", "JOINT DECLARATION\n\nThe Parties met on Monday and agreed on the following points.\n\nTrade\n\nThe Parties shall trade.\n\nThe end",
			[]string{"H1|JOINT DECLARATION", "|The Parties met on Monday and agreed on the following points.", "H2|Trade", "|The Parties shall trade.", "|The end"}},
		{"articles", "Article 1\nThe Parties shall trade.\nСтатья 2.\nСтороны торгуют.\n第三条\n双方进行贸易。\nArticle 4 binds every Party and both of its neighbours.\n第五条规定了双方的义务。",
			[]string{"H2|Article 1", "|The Parties shall trade.", "H2|Статья 2.", "|Стороны торгуют.", "H2|第三条", "|双方进行贸易。", "|Article 4 binds every Party and both of its neighbours.", "|第五条规定了双方的义务。"}},
		{"no headings", "Dear friends,\n\nI write to you today from the pier.\n\nand so on\n\nIt goes on here.\n\nYours:\n\nThe mayor signed it.",
			[]string{"|Dear friends,", "|I write to you today from the pier.", "|and so on", "|It goes on here.", "|Yours:", "|The mayor signed it."}},
		{"a form feed parts pages", "End of a page.\n\fStart of the next.\n", []string{"|End of a page.", "|Start of the next."}},
		{"Chinese set in by wide spaces", "　　昨天上午主任请来了船长。\n　　没有人笑。\n", []string{"|昨天上午主任请来了船长。", "|没有人笑。"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, "a.txt", []byte(c.text))
			got := lines(doc)
			for i := range got {
				got[i] = strings.ReplaceAll(got[i], "\n", "⏎")
			}
			same(t, got, c.want)
			if doc.Text != c.text {
				t.Errorf("the text was changed: %q", doc.Text)
			}
		})
	}
}

func TestPlainLineNumbers(t *testing.T) {
	doc := read(t, "a.txt", []byte("\xef\xbb\xbf\r\n\r\nOne.\r\n\r\n  Two.\r\nThree.\r\n"))
	var got []int
	for _, b := range doc.Blocks {
		got = append(got, b.Line)
	}
	if len(got) != 3 || got[0] != 3 || got[1] != 5 || got[2] != 6 {
		t.Errorf("the blocks begin on lines %v, want 3, 5, 6", got)
	}
	if doc.Text != "\n\nOne.\n\n  Two.\nThree.\n" {
		t.Errorf("the text is %q", doc.Text)
	}
}

// TestPlainLosesNothing holds that the text is the file and that its blocks
// leave out white space only.
func TestPlainLosesNothing(t *testing.T) {
	pieces := []string{"word ", "слово", "港口", "\n", "\n\n", "\t", ".", ":", "- ", "1. ", "　", "\r\n", "\f", "第一条", strings.Repeat("long ", 15)}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "text"), "")
		doc, err := ReadFrom(context.Background(), strings.NewReader(s), "a.txt", Options{})
		if err != nil {
			if strings.TrimSpace(s) != "" {
				t.Fatal(err)
			}
			return
		}
		if want := strings.ReplaceAll(s, "\r\n", "\n"); doc.Text != want {
			t.Fatalf("%q became %q", s, doc.Text)
		}
		if err := documentError(doc); err != nil {
			t.Fatal(err)
		}
		for i, b := range doc.Blocks {
			if want := 1 + strings.Count(doc.Text[:b.Start], "\n"); b.Line != want {
				t.Fatalf("block %d begins on line %d, not %d", i, want, b.Line)
			}
		}
	})
}

func FuzzPlain(f *testing.F) {
	f.Add([]byte("Heading\n\nText that\ngoes on.\n- item\n"))
	f.Add([]byte("\xff\xfeP\x00"))
	fuzzFormat(f, "a.txt", func(_ testing.TB, data []byte) []byte { return data })
}
