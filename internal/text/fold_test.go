package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ascii case", "The UN Charter", "the un charter"},
		{"nothing to do", "already folded", "already folded"},
		{"yo", "Ёлка ещё", "елка еще"},
		{"yo taken apart", "е\u0308лка", "елка"},
		{"yo with a second mark", "ё\u0308", "е"},
		{"short i stays", "Край и\u0306", "край й"},
		{"full width", "ＡＢＣ　１２３，（ａ）！", "abc 123,(a)!"},
		{"half width kana", "ｶﾞ", "ガ"},
		{"no-break and thin spaces", "1\u00a0235\u202f000\u2009x\u3000y\tz\n", "1 235 000 x y z "},
		{"soft hyphen and zero width", "со\u00adтруд\u200bни\u2060че\ufeffство", "сотрудничество"},
		{"variation selector", "葛\ufe00", "葛"},
		{"control characters", "a\x00b\x1bc", "abc"},
		{"mark behind a character that vanishes", "e\u200b\u0301x", "éx"},
		{"mark behind a control character", "e\x01\u0301", "é"},
		{"double quotes", "“a” „b“ «c» 「d」 《e》 \"f\"", `"a" "b" "c" "d" "e" "f"`},
		{"single quotes", "don’t ‘a’ O`N ´s", "don't 'a' o'n 's"},
		{"primes", "5′ 6″", `5' 6"`},
		{"dashes", "a–b—c―d−e‑f‐g－h──", "a-b-c-d-e-f-g-h--"},
		{"ellipsis", "So…", "so..."},
		{"ligature and superscript", "ﬁx m²", "fix m2"},
		{"capital without a composed form", "H\u0331", "\u1e96"},
		{"dotted I", "İ", "i"},
		{"traditional", "聯合國憲章與國際關係", "联合国宪章与国际关系"},
		{"traditional variants", "裏 裡 羣眾 着 臺灣", "里 里 群众 着 台湾"},
		{"decided by its phrase", "乾隆年間，乾淨；一目瞭然，瞭望", "乾隆年间,干净;一目了然,瞭望"},
		{"simplified already", "乾隆年间，干净；一目了然，瞭望", "乾隆年间,干净;一目了然,瞭望"},
		{"usual form", "由於計畫", "由于计划"},
		{"compatibility ideograph", "\uf9d1", "六"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"a fraction behind a digit", "1½, ½2, ¼½ and 2\u200b½", "1 1/2, 1/2 2, 1/4 1/2 and 2 1/2"},
		{"a power", "10² m², １２²3", "10 2 m2, 12 2 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// pieces are what the strings of the property tests are made of: everything
// that Fold treats in a way of its own, beside any rune at all.
var pieces = []string{
	"a", "B", "e", "ё", "Ё", "Й", "и", "Ж", " ", "\u00a0", "\t", "\n", "\x01", "\u200b", "\u00ad", "\ufe0f",
	"\u0301", "\u0308", "\u0306", "\u0331", "\u0327", "\u0345", "\u3099", "\u034f", "＝", "Ａ", "，", "…", "“", "—", "′", "´",
	"國", "乾", "隆", "坤", "於", "麼", "么", "瞭", "解", "鍾", "沈", "默", "徵", "羽", "畢", "昇", "於", "倫", "覆", "反", "牴", "觸",
	"\u1100", "\u1161", "\u11a8", "각", "H", "İ", "ǅ", "ẞ", "ﬁ", "㍿", "½", "²", "①", "3", "９", "㏠", "⁄", "\xff", "\xe4\xb8", "🙂", "\u0e33", "ﷺ",
}

func drawText(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom(pieces),
		rapid.Map(rapid.Rune(), func(r rune) string { return string(r) }),
		rapid.SampledFrom(phraseKeys()),
	), 0, 40).Draw(t, "parts")
	return strings.Join(parts, "")
}

func phraseKeys() []string {
	keys := make([]string, 0, len(t2s.phrases))
	for k := range t2s.phrases {
		keys = append(keys, k)
	}
	return keys
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFold(t, drawText(t)) })
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func checkFold(t fataler, s string) {
	once := Fold(s)
	if twice := Fold(once); twice != once {
		t.Fatalf("Fold(%q) = %q, folded again %q", s, once, twice)
	}
	if !utf8.ValidString(once) {
		t.Fatalf("Fold(%q) = %q is not UTF-8", s, once)
	}
	folded, m := FoldMap(s)
	if folded != once {
		t.Fatalf("FoldMap(%q) = %q, Fold gives %q", s, folded, once)
	}
	if len(m.at) != len(folded)+1 || m.Original(len(folded)) != len(s) {
		t.Fatalf("the map of %q has %d entries for %d bytes", s, len(m.at), len(folded))
	}
	for i := range folded {
		if from, to := m.Original(i), m.Original(i+1); from < 0 || from > to {
			t.Fatalf("the map of %q runs back at %d: %d, %d", s, i, from, to)
		}
		if k := m.Folded(m.Original(i)); k > i || m.Original(k) != m.Original(i) {
			t.Fatalf("%q: Folded(Original(%d)) = %d", s, i, k)
		}
	}
}

// parted puts spaces between digits and characters that stand for numbers.
func parted(s string) string {
	out, before := "", rune(-1)
	number := func(r rune) bool { return r >= 0 && !unicode.IsDigit(r) }
	for _, r := range strings.Map(foldBefore, s) {
		if here := foldSegment(string(r)); before >= 0 && here != "" && isDigit(here[0]) {
			if there := foldSegment(string(before)); there != "" && isDigit(there[len(there)-1]) && (number(r) || number(before)) {
				out += " "
			}
		}
		out += string(r)
		before = r
	}
	return out
}

// The quick road gives what normalising the whole text gives.
func TestFoldAgainstTheBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText(t)
		b := []byte(foldSegment(parted(s)))
		simplifyOpen(b)
		if got := Fold(s); got != string(b) {
			t.Fatalf("Fold(%q) = %q, by the book %q", s, got, b)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, p := range pieces {
		f.Add(p + "x" + p)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFold(t, s) })
}

func TestSpan(t *testing.T) {
	s := "Ну… «Ёлка»!"
	folded, m := FoldMap(s)
	i := strings.Index(folded, "елка")
	from, to := m.Span(i, i+len("елка"))
	if got := s[from:to]; got != "Ёлка" {
		t.Errorf("Span gives %q", got)
	}
	i = strings.Index(folded, "..")
	if from, to = m.Span(i, i+1); s[from:to] != "…" {
		t.Errorf("a part of what … folded to gives %q", s[from:to])
	}
}

func TestT2STable(t *testing.T) {
	if len(t2s.plain) < 4000 || len(t2s.decided) < 10 || len(t2s.phrases) < 200 {
		t.Fatalf("%d plain, %d decided characters, %d phrases", len(t2s.plain), len(t2s.decided), len(t2s.phrases))
	}
	for from, to := range t2s.plain {
		if to2 := simplified(to); to2 != to {
			t.Errorf("%c becomes %c, and that %c", from, to, to2)
		}
		if s := string(to); norm.NFKC.String(s) != s {
			t.Errorf("%c becomes %c, which is not normal", from, to)
		}
	}
	for from, to := range t2s.decided {
		if utf8.RuneLen(from) != utf8.RuneLen(to) {
			t.Errorf("%c and %c differ in length", from, to)
		}
	}
	for from, to := range t2s.phrases {
		if got := Fold(from); got != to {
			t.Errorf("Fold(%s) = %s, want %s", from, got, to)
		}
	}
}

func benchText(unit string) string { return strings.Repeat(unit, 1<<16/len(unit)) }

func BenchmarkFold(b *testing.B) {
	for _, bb := range []struct{ name, unit string }{
		{"ascii", "The delegations agreed on a plan for 2030, and the two ministers signed it. "},
		{"russian", "Делегации согласовали план на 2030 год, и оба министра подписали его ещё утром. "},
		{"chinese", "双方代表团商定了2030年计划，两位部长签署了文件。"},
		{"traditional", "雙方代表團商定了2030年計劃，兩位部長簽署了文件。"},
		{"taken apart", "Край и\u0306 е\u0308лка cafe\u0301 "},
	} {
		b.Run(bb.name, func(b *testing.B) {
			s := benchText(bb.unit)
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Fold(s)
			}
		})
	}
}

func BenchmarkFoldMap(b *testing.B) {
	s := benchText("Делегации согласовали план на 2030 год, и оба министра подписали его. ")
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		FoldMap(s)
	}
}
