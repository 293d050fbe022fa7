package evaluate

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sverka/internal/align"
	"sverka/internal/vector"
)

// sharedSets is a folder of gold sets beside the project, where somebody has
// put one.
const sharedSets = "../../../shared/eval/align"

// BenchmarkAlignSets aligns the gold sets beside the project, analysis and
// vectors included, one document at a time.
func BenchmarkAlignSets(b *testing.B) {
	for _, joined := range [][]string{{"pud-ru-en", "pud-zh-en", "pud-ru-zh", "mac-zh-en"}, {"ntrex-ru-en", "ntrex-zh-en", "ntrex-ru-zh"}, {"pud-tri", "ntrex-tri"}} {
		b.Run(joined[0], func(b *testing.B) {
			var docs []GoldDoc
			segments := 0
			for _, name := range joined {
				dir := filepath.Join(sharedSets, name)
				if _, err := os.Stat(dir); err != nil {
					b.Skip("there are no gold sets beside the project")
				}
				set, err := ReadSet(dir)
				if err != nil {
					b.Fatal(err)
				}
				docs = append(docs, set...)
			}
			for _, d := range docs {
				for _, v := range d.Versions {
					segments += len(v.Segments)
				}
			}
			opt := align.Options{Model: align.DefaultModel(), Vectors: vector.Default()}
			for b.Loop() {
				for _, d := range docs {
					if _, err := align.Align(context.Background(), d.Versions, opt); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(segments)*float64(b.N)/b.Elapsed().Seconds(), "segments/s")
		})
	}
}
