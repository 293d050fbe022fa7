package align

import (
	"context"
	"os"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func BenchmarkBig(b *testing.B) {
	load := func(p, l string) bitext.Version {
		data, err := os.ReadFile(p + "." + l)
		if err != nil {
			b.Skip(err)
		}
		v := bitext.Version{Lang: bitext.Lang(l)}
		for _, s := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			v.Segments = append(v.Segments, bitext.Segment{Text: s})
		}
		return v
	}
	p := os.Getenv("BIGDOC")
	l := strings.Split(os.Getenv("BIGLANGS"), ",")
	vs := []bitext.Version{load(p, l[0]), load(p, l[1])}
	for b.Loop() {
		if _, err := Align(context.Background(), vs, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
