package lexicon

import (
	"slices"
	"testing"

	"sverka/internal/bitext"
)

func TestShipped(t *testing.T) {
	l, err := Parse(shipped)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from bitext.Lang
		a    string
		to   bitext.Lang
		b    string
	}{
		{bitext.English, "government", bitext.Russian, "правительство"},
		{bitext.Russian, "война", bitext.English, "war"},
		{bitext.Chinese, "政府", bitext.English, "government"},
		{bitext.English, "water", bitext.Chinese, "水"},
		{bitext.Russian, "город", bitext.Chinese, "城市"},
	} {
		if p := l.Prob(c.from, Key(c.from, c.a), c.to, Key(c.to, c.b)); p < 0.1 {
			t.Errorf("%s is rendered as %s with %.3f only", c.a, c.b, p)
		}
	}
	if p := l.Prob(bitext.English, Key("en", "government"), bitext.Russian, Key("ru", "вода")); p > 0.01 {
		t.Errorf("government is rendered as вода with %.3f", p)
	}
	near := l.Synonymy(bitext.English, Key("en", "large"), Key("en", "big"))
	far := l.Synonymy(bitext.English, Key("en", "large"), Key("en", "police"))
	if near <= far {
		t.Errorf("large is as near to police (%.3f) as to big (%.3f)", far, near)
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		lang bitext.Lang
		text string
		want []string
	}{
		{bitext.English, "The neighbours' organisations", []string{"the", "neighbor", "organ"}},
		{bitext.Russian, "Города, городом", []string{"город", "город"}},
		{bitext.Chinese, "新水坝, 5", []string{"新", "水", "新水", "坝", "水坝"}},
	} {
		if got := Keys(c.lang, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if Key("en", "programmes") != Key("en", "program") || Key("en", "travelled") != Key("en", "travel") {
		t.Error("British and American spellings differ")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(magic))
	f.Add([]byte(magic + "\x01\x00\x00\x00\x01a\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add(slices.Clone(shipped[:min(len(shipped), 4096)]))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data)
		if err != nil {
			return
		}
		for _, from := range bitext.Langs {
			for _, to := range bitext.Langs {
				for _, word := range []string{"a", "war"} {
					l.Each(from, word, to, func(string, float64) {})
					l.Prob(from, word, to, "a")
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(shipped); err != nil {
			b.Fatal(err)
		}
	}
}
