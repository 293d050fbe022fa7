package text

import "testing"

func TestLevenshtein(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "мир", 3}, {"мир", "", 3}, {"мир", "мир", 0}, {"мир", "пир", 1},
		{"多极世界", "多极化世界", 1}, {"kitten", "sitting", 3},
	} {
		if got := Levenshtein([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
