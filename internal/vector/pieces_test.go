package vector

import (
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"":               "",
		"   ":            "",
		"G20在Tianjin召开。": " g20在 tianjin召开。",
		"Don’t — stop":   " don't- stop",
		"«Российско-китайский» ёж":    "\" российско- китайский\" еж",
		"1,235 самолётов (5.2 млн)":   " 1,235 самолетов( 5.2 млн)",
		"2,8млн COVID-19 20th":        " 2,8 млн covid- 19 20 th",
		"Erdoğan, São Paulo; Straße":  " erdogan, sao paulo; strasse",
		"應該改革":                        "应该改革",
		"２０２５年８月":                     " 2025年 8月",
		"'quoted' don't rock'n'roll":  "' quoted' don't rock'n'roll",
		"a\tb\nc\u00a0d":              " a b c d",
		"Wait... what?! 3:0, 10: ten": " wait... what?! 3:0, 10: ten",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
	}
}

// checkPieces holds what Pieces promises of any text.
func checkPieces(t interface {
	Helper()
	Fatalf(string, ...any)
}, table *Table, s string) {
	t.Helper()
	pieces, ids := table.Pieces(s), table.Tokenize(s)
	if len(pieces) != len(ids) {
		t.Fatalf("%q: %d pieces, %d numbers", s, len(pieces), len(ids))
	}
	covered := make([]bool, len(s))
	last := 0
	for i, p := range pieces {
		if p.ID != ids[i] || p.ID < 0 || int(p.ID) >= table.Len() {
			t.Fatalf("%q: piece %d is %d, Tokenize says %d", s, i, p.ID, ids[i])
		}
		if p.Start < last || p.End < p.Start || p.End > len(s) {
			t.Fatalf("%q: piece %d lies at %d to %d, the one before ends at %d", s, i, p.Start, p.End, last)
		}
		last = p.End
		for k := p.Start; k < p.End; k++ {
			covered[k] = true
		}
	}
	for i, r := range s {
		if !covered[i] && (unicode.IsLetter(r) || unicode.IsDigit(r)) && Normalize(string(r)) != "" {
			t.Fatalf("%q: no piece covers %q at %d", s, r, i)
		}
	}
}

func TestPiecesCoverTheText(t *testing.T) {
	table := Default()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.OneOf(
			rapid.StringMatching(`[a-zA-Zа-яА-Яё0-9 .,'’«»()-]{0,20}`),
			rapid.StringOfN(rapid.RuneFrom([]rune("我们在北京應該召开会议，二〇２５年。「」ﬁ½Ⅷ㎏é\u0301\u200b\u00ad")), 0, 12, -1),
			rapid.String(),
		)).Draw(t, "parts")
		checkPieces(t, table, strings.Join(parts, ""))
	})
}

func FuzzPieces(f *testing.F) {
	for _, s := range []string{"", "Россия и Китай", "G20在天津", "ﬃ ½ \xff\xfe", strings.Repeat("中", 6000), "e\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkPieces(t, Default(), s) })
}

func TestPiecesPointIntoTheOriginal(t *testing.T) {
	s := "  «Президент» ПРИБЫЛ в 北京市, then left."
	var got []string
	for _, p := range Default().Pieces(s) {
		got = append(got, s[p.Start:p.End])
	}
	joined := strings.Join(got, "|")
	if want := strings.ReplaceAll(s, " ", ""); strings.ReplaceAll(joined, "|", "") != want {
		t.Errorf("pieces %s do not give back %s", joined, want)
	}
	for _, word := range []string{"Президент", "北京", "left"} {
		if !strings.Contains("|"+joined+"|", "|"+word) {
			t.Errorf("%q does not begin a piece of %s", word, joined)
		}
	}
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func embed(s string) []float32 {
	v := make([]float32, Default().Dim())
	Default().Embed(bitext.English, s, v)
	return v
}

// The vector of segments put together is the sum of theirs, where a word begins
// the second: no piece goes over that.
func TestSumsAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sentence := rapid.StringMatching(`[A-Za-zА-Яа-я][A-Za-zА-Яа-я0-9 ,-]{0,60}[.?!]`)
		a, b := sentence.Draw(t, "a"), sentence.Draw(t, "b")
		x, y, both := embed(a), embed(b), embed(a+" "+b)
		for i := range both {
			if math.Abs(float64(x[i]+y[i]-both[i])) > 1e-2 {
				t.Fatalf("dimension %d: %g + %g is not %g", i, x[i], y[i], both[i])
			}
		}
	})
}

func TestRenderingsComeClosest(t *testing.T) {
	rows := [][3]string{
		{"Встреча глав государств пройдёт завтра.", "国家元首会晤将于明天举行。", "The meeting of the heads of state will be held tomorrow."},
		{"Урожай пшеницы в этом году вырос вдвое.", "今年小麦产量翻了一番。", "The wheat harvest doubled this year."},
		{"Студенты изучают китайский язык.", "学生们学习汉语。", "Students learn the Chinese language."},
		{"Врачи не нашли причину болезни.", "医生没有找到疾病的原因。", "The doctors did not find the cause of the disease."},
		{"Газопровод построят за пять лет.", "天然气管道将在五年内建成。", "The gas pipeline will be built in five years."},
		{"Музей открыл выставку старых картин.", "博物馆举办了古画展览。", "The museum opened an exhibition of old paintings."},
	}
	for a := range 3 {
		for b := range 3 {
			for i := range rows {
				best, at := -2.0, -1
				for j := range rows {
					if c := cosine(embed(rows[i][a]), embed(rows[j][b])); c > best {
						best, at = c, j
					}
				}
				if at != i {
					t.Errorf("%q: the nearest is %q", rows[i][a], rows[at][b])
				}
			}
		}
	}
}

// A stretch without a word mark is cut somewhere, never amid a rune.
func TestLongStretch(t *testing.T) {
	s := strings.Repeat("天", 3*maxStretch)
	for _, p := range Default().Pieces(s) {
		if !utf8.ValidString(s[p.Start:p.End]) {
			t.Fatalf("piece %d to %d cuts a rune", p.Start, p.End)
		}
	}
}

var benchLines = []string{
	"The two sides agreed to expand trade in agricultural goods and to open a new railway line next year.",
	"Стороны договорились расширить торговлю сельскохозяйственной продукцией и открыть новую железную дорогу.",
	"双方同意扩大农产品贸易，并在明年开通一条新的铁路线。",
}

func BenchmarkEmbed(b *testing.B) {
	table := Default()
	dst := make([]float32, table.Dim())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		table.Embed(bitext.English, benchLines[i%3], dst)
	}
}

func BenchmarkTokenize(b *testing.B) {
	table := Default()
	for i := 0; b.Loop(); i++ {
		table.Tokenize(benchLines[i%3])
	}
}
