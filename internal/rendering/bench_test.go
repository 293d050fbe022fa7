package rendering

import "testing"

var benchPairs = []struct {
	a, b Sentence
	term string
}{
	{Sentence{"ru", "Стороны подтвердили приверженность всеобъемлющему партнёрству и стратегическому взаимодействию, которое отвечает интересам народов двух стран и служит миру."},
		Sentence{"en", "The parties reaffirmed their commitment to comprehensive partnership and strategic interaction, which meets the interests of the peoples of both countries and serves peace."}, "партнёрству"},
	{Sentence{"zh", "双方反对任何违反国际法的单边强制措施，主张通过对话和谈判解决争端。"},
		Sentence{"en", "The parties oppose any unilateral coercive measures that violate international law and stand for settling disputes through dialogue and negotiations."}, "国际法"},
	{Sentence{"en", "The two ministers discussed trade, energy and transport, and agreed to meet again in Beijing next spring."},
		Sentence{"zh", "两位部长讨论了贸易、能源和运输问题，并商定明年春天在北京再次会晤。"}, "energy"},
}

// BenchmarkSpot spots one term in a sentence pair, reading included.
func BenchmarkSpot(b *testing.B) {
	spans := make([][][2]int, len(benchPairs))
	for i, p := range benchPairs {
		spans[i] = spanOf(b, p.a.Text, p.term)
	}
	for b.Loop() {
		for i, p := range benchPairs {
			shipped.Spot(p.a, p.b, spans[i])
		}
	}
	b.ReportMetric(float64(b.N*len(benchPairs))/b.Elapsed().Seconds(), "pairs/s")
}

// BenchmarkTally counts all words of a sentence pair.
func BenchmarkTally(b *testing.B) {
	t := NewTally()
	for b.Loop() {
		for _, p := range benchPairs {
			t.Add(shipped, shipped.Read(p.a.Lang, p.a.Text), shipped.Read(p.b.Lang, p.b.Text))
		}
	}
	b.ReportMetric(float64(b.N*len(benchPairs))/b.Elapsed().Seconds(), "pairs/s")
}
