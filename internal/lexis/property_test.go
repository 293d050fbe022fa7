package lexis

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

// pieces are what random texts are made of: words of every class, marks and
// what no language has.
var pieces = []string{"1", "12", "2025", "1,235", "31.08.2025", "3.5", ".", ",", "-", "–", ":", "/", "%", "$", " ", " ", " ", "\u00a0", "\n",
	"May", "two", "hundred", "and", "a", "half", "million", "third", "of", "the", "to", "from", "not", "must", "World War II", "pm", "years", "\"", "'s", "“", "”",
	"двадцать", "пятого", "мая", "года", "млн", "не", "должен", "лет", "-летие", "XX", "век", "от", "до", "«", "»", "тысяч", "половина", "Путин",
	"二", "十", "百", "千", "万", "亿", "两", "半", "年", "月", "日", "第", "分之", "点", "多", "几", "个", "不", "必须", "中", "俄", "《", "》", "·", "上世纪", "年代", "成", "萬", "億",
	"\xff", "½", "①", "ﬁ", "e\u0301", "２", "㎏"}

func TestScanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		lang := rapid.SampledFrom([]bitext.Lang{"en", "ru", "zh", "xx"}).Draw(t, "lang")
		checkItems(t, lang, s)
	})
}

func TestSameNameProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		langs := []bitext.Lang{"en", "ru", "zh", "xx"}
		a := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "a"), "")
		b := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "b"), "")
		la, lb := rapid.SampledFrom(langs).Draw(t, "la"), rapid.SampledFrom(langs).Draw(t, "lb")
		s := SameName(a, b, la, lb)
		if s < 0 || s > 1 {
			t.Fatalf("SameName(%q, %q) = %v", a, b, s)
		}
		if r := SameName(b, a, lb, la); r != s {
			t.Fatalf("SameName(%q, %q) is %v one way and %v the other", a, b, s, r)
		}
	})
}

func benchText(lang bitext.Lang) string {
	s := map[bitext.Lang]string{
		bitext.English: "On 31 August 2025 the two presidents signed 22 documents worth $1.2 billion, and trade, which had doubled since 2020, grew by another 5.4 per cent last year. ",
		bitext.Russian: "31 августа 2025 года президенты подписали 22 документа на 1,2 млрд долларов, а товарооборот, который с 2020 года вырос вдвое, прибавил в прошлом году ещё 5,4 процента. ",
		bitext.Chinese: "2025年8月31日，两国元首签署了22份文件，总额达12亿美元；自2020年以来翻了一番的贸易额去年又增长了百分之五点四。",
	}[lang]
	return strings.Repeat(s, 1<<16/len(s))
}

func BenchmarkScan(b *testing.B) {
	for _, c := range []struct {
		name  string
		kinds []Kind
	}{{"numeric", numericKinds}, {"all", nil}} {
		for _, lang := range bitext.Langs {
			s := benchText(lang)
			b.Run(c.name+"/"+string(lang), func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					if c.kinds == nil {
						Scan(lang, s)
					} else {
						ScanKinds(lang, s, c.kinds...)
					}
				}
			})
		}
	}
}

// BenchmarkLong shows that time is linear in hostile texts: each runs at two
// lengths, and bytes a second must not fall.
func BenchmarkLong(b *testing.B) {
	for _, piece := range []string{"1-", "1 ", "two hundred and ", "«", "一", "万", "百分之", "not ", "A. ", "中俄", "1,", "from 1 to ", "не "} {
		for _, n := range []int{1 << 10, 1 << 14} {
			s := strings.Repeat(piece, n/len(piece))
			lang := bitext.English
			if piece[0] >= 0x80 {
				lang = bitext.Chinese
			}
			b.Run(strings.TrimSpace(piece)+"/"+map[bool]string{true: "long", false: "short"}[n > 1<<12], func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					Scan(lang, s)
				}
			})
		}
	}
}
