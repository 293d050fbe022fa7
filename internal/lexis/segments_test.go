package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

// segments are sentences as they come from the aligner: most have no number.
var segments = map[bitext.Lang][]string{
	bitext.English: {
		"The council met again after the summer break, and nobody expected a quick decision on the old harbour.",
		"On 14 May the engineers of the port reported that 23 of the 31 cranes could be repaired.",
		"“We have waited long enough,” said Martha Kellner, who has led the committee since the flood.",
		"What the river brings in spring it takes away in autumn.",
		"Prices rose by 3.4 per cent, to $2.1 billion, although demand was weaker than in the years before.",
	},
	bitext.Russian: {
		"Совет снова собрался после летнего перерыва, и никто не ждал быстрого решения о старой гавани.",
		"14 мая инженеры порта сообщили, что 23 из 31 крана можно починить.",
		"«Мы ждали достаточно долго», — сказала Марта Келлер, которая руководит комитетом со времён наводнения.",
		"Что река приносит весной, то она забирает осенью.",
		"Цены выросли на 3,4 процента, до 2,1 млрд долларов, хотя спрос был слабее, чем в прежние годы.",
	},
	bitext.Chinese: {
		"夏季休会之后，委员会再次开会，没有人指望很快就旧港口作出决定。",
		"5月14日，港口工程师报告说，31台起重机中有23台可以修复。",
		"“我们等得够久了，”水灾以来一直领导委员会的玛尔塔·凯勒说。",
		"河流春天带来的，秋天又带走。",
		"价格上涨了百分之三点四，达到21亿美元，尽管需求比前几年疲软。",
	},
}

// BenchmarkSegments scans short texts, one at a time, as the aligner and the
// comparison do.
func BenchmarkSegments(b *testing.B) {
	for _, lang := range bitext.Langs {
		list := segments[lang]
		for _, c := range []struct {
			name string
			scan func(string)
		}{{"numeric", func(s string) { ScanKinds(lang, s, numericKinds...) }}, {"all", func(s string) { Scan(lang, s) }}} {
			b.Run(c.name+"/"+string(lang), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					c.scan(list[i%len(list)])
				}
			})
		}
	}
}
