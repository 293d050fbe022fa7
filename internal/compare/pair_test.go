package compare

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

// sentences are texts to draw from: every check has something to find in them.
var sentences = map[bitext.Lang][]string{
	bitext.English: {
		"On 4 May 1998 the council approved 1,250 new flats and closed two schools.",
		"The council did not approve 1,520 flats; it opened two schools on May 14, 1998.",
		"Minister Anna Petrova must sign “The Quiet River” before Friday, he said.",
		"Before Monday, Minister Ivan Petrov may sign “The Loud River”.",
		"Exports rose by 3.5% to $2.4 billion, the highest level since 1990.",
	},
	bitext.Russian: {
		"4 мая 1998 года совет одобрил 1 250 новых квартир и закрыл две школы.",
		"Совет не одобрил 1 520 квартир; 14 мая 1998 года открыли две школы.",
		"Министр Анна Петрова должна подписать «Тихую реку» до пятницы.",
		"После понедельника министр Иван Петров может подписать «Шумную реку».",
	},
	bitext.Chinese: {
		"1998年5月4日，委员会批准了1250套新住房，并关闭了两所学校。",
		"1998年5月14日，委员会没有批准1520套住房，但开办了三所学校。",
		"部长必须在星期五之前签署《静静的河》。",
		"部长可以在星期一之后签署《喧闹的河》。",
	},
}

func drawText(t *rapid.T, lang bitext.Lang, name string) Text {
	s := rapid.SampledFrom(sentences[lang]).Draw(t, name)
	words := strings.SplitAfter(s, " ")
	if lang == bitext.Chinese {
		words = strings.SplitAfter(s, "，")
	}
	n := rapid.IntRange(0, 2).Draw(t, name+" edits")
	for range n {
		at := rapid.IntRange(0, len(words)-1).Draw(t, name+" at")
		words[at] = rapid.SampledFrom([]string{"", "not ", "17 ", "не ", "没有", "—", "\u00a0", "😀"}).Draw(t, name+" word")
	}
	return Text{lang, strings.Join(words, "")}
}

func checkOffsets(t interface{ Errorf(string, ...any) }, side string, s string, at *[2]int) {
	if at == nil {
		return
	}
	if at[0] < 0 || at[0] > at[1] || at[1] > len(s) {
		t.Errorf("%s: %v outside of %d bytes", side, *at, len(s))
		return
	}
	for _, i := range at {
		if i < len(s) && !utf8.RuneStart(s[i]) && utf8.ValidString(s) {
			t.Errorf("%s: %d is inside a rune", side, i)
		}
	}
}

func TestPairProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		la := rapid.SampledFrom(bitext.Langs).Draw(t, "language of a")
		lb := rapid.SampledFrom(bitext.Langs).Draw(t, "language of b")
		a, b := drawText(t, la, "a"), drawText(t, lb, "b")
		if got := Pair(a, a, nil, Options{}); len(got) != 0 {
			t.Errorf("a text against itself: %+v", got)
		}
		ab, ba := Pair(a, b, nil, Options{}), Pair(b, a, nil, Options{})
		if len(ab) != len(ba) {
			t.Errorf("%d flags one way, %d the other:\n%+v\n%+v", len(ab), len(ba), ab, ba)
		}
		for _, f := range ab {
			checkOffsets(t, "a", a.Text, f.A)
			checkOffsets(t, "b", b.Text, f.B)
			if f.A == nil && f.B == nil {
				t.Errorf("no place: %+v", f)
			}
			if f.Message.String() == "" || f.Check == "" || f.Cat == "" {
				t.Errorf("not said what it is: %+v", f)
			}
		}
	})
}

func FuzzPair(f *testing.F) {
	for _, lang := range bitext.Langs {
		for i, s := range sentences[lang] {
			f.Add(string(lang), s, string(lang), sentences[lang][(i+1)%len(sentences[lang])], s)
		}
	}
	f.Add("en", "“” ( 1,2,3 %", "ru", "«» № 5-", "《》")
	f.Fuzz(func(t *testing.T, la, a, lb, b, src string) {
		ta, tb := Text{bitext.Lang(la), a}, Text{bitext.Lang(lb), b}
		for _, f := range Pair(ta, tb, &Text{bitext.Lang(la), src}, Options{}) {
			checkOffsets(t, "a", a, f.A)
			checkOffsets(t, "b", b, f.B)
		}
	})
}

func TestDiff(t *testing.T) {
	const a, b = "The cat sat on the old mat.", "The cat sat on the new mat today."
	got := ""
	for _, op := range Diff(a, b, bitext.English) {
		switch op.Kind {
		case Equal:
			got += "=" + a[op.A[0]:op.A[1]]
		case Deleted:
			got += "-" + a[op.A[0]:op.A[1]]
		case Added:
			got += "+" + b[op.B[0]:op.B[1]]
		}
	}
	if want := "=The cat sat on the-old+new=mat+today=."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffCoversBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom(bitext.Langs).Draw(t, "language")
		a, b := drawText(t, lang, "a").Text, drawText(t, lang, "b").Text
		var sa, sb string
		for _, op := range Diff(a, b, lang) {
			if op.Kind != Added {
				sa += a[op.A[0]:op.A[1]]
			}
			if op.Kind != Deleted {
				sb += b[op.B[0]:op.B[1]]
			}
		}
		if bare(sa) != bare(a) || bare(sb) != bare(b) {
			t.Errorf("%q and %q became %q and %q", a, b, sa, sb)
		}
	})
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func BenchmarkPair(b *testing.B) {
	list := sentences[bitext.English]
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Pair(Text{bitext.English, list[i%5]}, Text{bitext.English, list[(i+1)%5]}, &Text{bitext.Russian, sentences[bitext.Russian][i%4]}, Options{})
	}
}

// TestHostileTexts holds that long texts of one kind of thing are compared at
// all; how long it takes is for benchmarks.
func TestHostileTexts(t *testing.T) {
	for _, piece := range []string{"b ", "17 ", "“b” ", "not ", "more less ", "Iran Oslo ", "must may ", "的水", "((((", "a"} {
		long := strings.Repeat(piece, 20000/len(piece))
		other := strings.Repeat("c 18 “d” ", 2000)
		for _, f := range Pair(Text{bitext.English, long}, Text{bitext.English, other}, &Text{bitext.Russian, other}, Options{}) {
			checkOffsets(t, "a", long, f.A)
			checkOffsets(t, "b", other, f.B)
		}
	}
}
