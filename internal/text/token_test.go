package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTokenize(t *testing.T) {
	tests := []struct {
		in    string
		want  string // tokens parted by |
		kinds string // a letter each: word, number, Han, punctuation
	}{
		{"", "", ""},
		{"The U.S. said no.", "The|U.S.|said|no|.", "wwwwp"},
		{"the U.S", "the|U.S", "ww"},
		{"т.е. В.В. Путин", "т.е.|В.В.|Путин", "www"},
		{"В.В.Путин", "В.В.|Путин", "ww"},
		{"В.Путин", "В|.|Путин", "wpw"},
		{"a. b", "a|.|b", "wpw"},
		{"1,235 aircraft", "1,235|aircraft", "nw"},
		{"1\u00a0235 самолётов", "1\u00a0235|самолётов", "nw"},
		{"1\u202f234\u202f567,8", "1\u202f234\u202f567,8", "n"},
		{"2024\u00a0100", "2024|100", "nn"},
		{"1\u00a02350", "1|2350", "nn"},
		{"1\u00a023", "1|23", "nn"},
		{"1 235", "1|235", "nn"},
		{"5.2 per cent, 5.", "5.2|per|cent|,|5|.", "nwwpnp"},
		{"don't O’Neill rock 'n' roll", "don't|O’Neill|rock|'|n|'|roll", "wwwpwpw"},
		{"Russian-Chinese", "Russian|-|Chinese", "wpw"},
		{"какой-либо", "какой|-|либо", "wpw"},
		{"G20", "G|20", "wn"},
		{"2,8млн", "2,8|млн", "nw"},
		{"第217A號", "第|217|A|號", "hnwh"},
		{"命运共同体。", "命|运|共|同|体|。", "hhhhhp"},
		{"〇七", "〇|七", "hh"},
		{"NATO峰会", "NATO|峰|会", "whh"},
		{"со\u00adвет", "со\u00adвет", "w"},
		{"cafe\u0301s", "cafe\u0301s", "w"},
		{"…—«»", "…|—|«|»", "pppp"},
		{"a\xffb", "a|\xff|b", "wpw"},
		{"🙂🙂", "🙂|🙂", "pp"},
	}
	for _, tt := range tests {
		var parts []string
		kinds := ""
		for _, tok := range Tokenize(tt.in) {
			parts = append(parts, tt.in[tok.Start:tok.End])
			kinds += string("wnhp"[tok.Kind])
		}
		if got := strings.Join(parts, "|"); got != tt.want || kinds != tt.kinds {
			t.Errorf("Tokenize(%q) = %s (%s), want %s (%s)", tt.in, got, kinds, tt.want, tt.kinds)
		}
	}
}

func checkTokens(t fataler, s string) {
	end := 0
	gap := func(s string) {
		for i, r := range s {
			if !unicode.IsSpace(r) {
				t.Fatalf("%q: %q at %d is in no token", s, r, i)
			}
		}
	}
	for _, tok := range Tokenize(s) {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
			t.Fatalf("%q: token %v after offset %d", s, tok, end)
		}
		gap(s[end:tok.Start])
		end = tok.End
		text := s[tok.Start:tok.End]
		if tok.Kind == Punct || tok.Kind == Han {
			if utf8.RuneCountInString(text) != 1 {
				t.Fatalf("%q: mark %q", s, text)
			}
		}
		if slices.Contains([]TokenKind{Word, Han}, tok.Kind) && strings.ContainsFunc(text, unicode.IsSpace) {
			t.Fatalf("%q: white space in %q", s, text)
		}
	}
	gap(s[end:])
}

func TestTokenizeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTokens(t, drawText(t)) })
}

func FuzzTokenize(f *testing.F) {
	f.Add("The U.S. has 1,235 and 1\u00a0235; т.е. 5.2% — don't.")
	f.Fuzz(func(t *testing.T, s string) { checkTokens(t, s) })
}

func TestStem(t *testing.T) {
	for _, tt := range []struct{ lang, in, want string }{
		{"ru", "отношениями", "отношен"}, {"en", "relations", "relat"}, {"zh", "关系", "关系"}, {"", "x", "x"},
	} {
		if got := Stem(tt.lang, tt.in); got != tt.want {
			t.Errorf("Stem(%s, %s) = %s, want %s", tt.lang, tt.in, got, tt.want)
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	for _, unit := range []string{"The two ministers signed it, 1,235 pages. ", "Оба министра подписали его. ", "两位部长签署了文件。"} {
		b.Run(unit[:6], func(b *testing.B) {
			s := benchText(unit)
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Tokenize(s)
			}
		})
	}
}
