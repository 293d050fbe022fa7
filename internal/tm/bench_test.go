package tm

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"
)

// randomTexts gives n texts of about the given length in runes, of words with
// the frequencies of a natural language.
func randomTexts(n, runes int) []string {
	r := rand.New(rand.NewSource(1))
	z := rand.NewZipf(r, 1.1, 4, 5000)
	words := make([]string, 5001)
	for i := range words {
		for range 2 + r.Intn(8) {
			words[i] += string("etaoinshrdlucmfwygpbvkxqjz"[min(25, int(r.ExpFloat64()*6))])
		}
	}
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for most := runes * (80 + r.Intn(40)) / 100; b.Len() < most; {
			b.WriteString(words[z.Uint64()] + " ")
		}
		out[i] = b.String()
	}
	return out
}

// BenchmarkDistance is the cost of one candidate of a lookup at 70 %.
func BenchmarkDistance(b *testing.B) {
	for _, c := range []struct {
		name  string
		runes int
	}{{"50", 50}, {"150", 150}, {"400", 400}} {
		b.Run(c.name, func(b *testing.B) {
			texts := randomTexts(500, c.runes)
			raw := make([][]byte, len(texts))
			for i := range texts {
				raw[i] = []byte(texts[i])
			}
			p := newPattern(texts[0], mostEdits(c.runes*2, 70))
			n := utf8.RuneCountInString(texts[0])
			for i := 0; b.Loop(); i++ {
				s := raw[i%len(texts)]
				p.distance(s, len(s), mostEdits(max(n, len(s)), 70))
			}
		})
	}
}

// BenchmarkBound is the cost of the bound by signature.
func BenchmarkBound(b *testing.B) {
	texts := randomTexts(500, 50)
	sigs := make([]signature, len(texts))
	for i, s := range texts {
		sigs[i], _ = sign(s)
	}
	w := sigs[0].wide()
	sum := 0
	for i := 0; b.Loop(); i++ {
		s := sigs[i%len(sigs)]
		sum += w.bound(s[0], s[1])
	}
	if sum == 0 {
		b.Error("no bound is over 0")
	}
}

// BenchmarkClipped is the cost of the bound by clipped signature.
func BenchmarkClipped(b *testing.B) {
	texts := randomTexts(500, 50)
	clips := make([]clipped, len(texts))
	for i, s := range texts {
		sig, _ := sign(s)
		clips[i], _ = sig.clip()
	}
	sum := 0
	for i := 0; b.Loop(); i++ {
		c := clips[i%len(clips)]
		sum += clips[0].surplus(c[0], c[1])
	}
	if sum == 0 {
		b.Error("no bound is over 0")
	}
}

// BenchmarkGrams is the cost of the bound by gram sets.
func BenchmarkGrams(b *testing.B) {
	texts := randomTexts(500, 50)
	sets := make([][]uint64, len(texts))
	for i, s := range texts {
		sets[i] = make([]uint64, gramWords(len(s)))
		addGrams(sets[i], []byte(s))
	}
	sum := 0
	for i := 0; b.Loop(); i++ {
		sum += gramBound(sets[0], sets[i%len(sets)], 50)
	}
	if sum == 0 {
		b.Error("no bound is over 0")
	}
}
