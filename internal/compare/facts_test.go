package compare

import (
	"testing"

	"sverka/internal/bitext"
)

// TestFacts holds pairs that say the same in other notations, and near misses:
// want is whether something must be flagged as major or critical.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		la, lb bitext.Lang
		a, b   string
		want   bool
	}{
		{"en", "en", "The gift is for her 30th birthday.", "The gift marks her 300th birthday.", true},
		{"ru", "ru", "Подарок к её 30-летию.", "Подарок на её 300-летие.", true},
		{"ru", "en", "Подарок к её 30-летию.", "A gift for her 30th birthday.", false},
		{"en", "en", "They spent 2 1/2 million on bricks.", "They spent two and a half million on bricks.", false},
		{"en", "en", "Turn by negative 12 degrees.", "Turn by minus 12 degrees.", false},
		{"en", "en", "Turn by negative 12 degrees.", "Turn by 12 degrees.", true},
		{"zh", "en", "十几名学生到场。", "More than a dozen pupils came.", false},
		{"zh", "en", "十几名学生到场。", "Twenty pupils came.", true},
		{"zh", "en", "七八十名学生到场。", "70 or 80 pupils came.", false},
		{"zh", "en", "每年3至6月橄榄开花。", "Olives blossom from March to June every year.", false},
		{"zh", "en", "每年3至6月橄榄开花。", "Olives blossom from March to July every year.", true},
		{"zh", "en", "4月12日电，市长11日参观了学校。", "April 12: on April 11 the mayor visited the school.", false},
		{"zh", "en", "4月12日电，市长11日参观了学校。", "April 12: on August 11 the mayor visited the school.", true},
		{"en", "en", "He gave a talk at the traditional Sunday market, one of many.", "He gave a talk at the traditional Monday market, one of many.", true},
		{"ru", "en", "Что случилось этой ночью в порту", "What happened last night in the port", false},
		{"ru", "en", "В следующем году откроют порт.", "The port will be opened this year.", true},
		{"en", "en", "It was her first novel about bees.", "It was her second novel about bees.", true},
		{"en", "en", "One of them, a baker, came first.", "A baker was the first of them to come.", false},
		{"en", "en", "The home side lost 1-5 on Friday.", "On Friday the home side lost 1-1.", true},
		{"ru", "ru", "Хозяева проиграли со счётом 1:5.", "Хозяева проиграли со счётом 1:5 гостям.", false},
	} {
		got := false
		flags := Pair(Text{c.la, c.a}, Text{c.lb, c.b}, nil, Options{Checks: []string{"numbers", "dates"}})
		for _, f := range flags {
			got = got || f.Sev >= Major
		}
		if got != c.want {
			t.Errorf("%s | %s: %v, want %v: %+v", c.a, c.b, got, c.want, flags)
		}
	}
}

// TestQuoteSwaps holds quotations against the source.
func TestQuoteSwaps(t *testing.T) {
	for _, c := range []struct {
		srcLang, lang bitext.Lang
		src, a, b     string
		want          bool
	}{
		{"ru", "en", "Он спел песню «Зелёная река» в школе.", "He sang the song “Green River” at the school.", "At the school he sang “Green Justice”.", true},
		{"ru", "en", "Он спел песню «Зелёная река» в школе.", "He sang the song “Green River” at the school.", "At the school he sang \"The Green River\".", false},
		{"ru", "en", "Министр назвал это «настоящей катастрофой».", "The minister called it “a real catastrophe”.", "The minister called it “a history catastrophe”.", true},
		{"ru", "en", "Министр назвал это «настоящей катастрофой».", "The minister called it “a real catastrophe”.", "The minister called it a “genuine catastrophe”.", false},
		{"en", "ru", "She spoke of “a threat to efforts” in the region.", "Она говорила об «угрозе усилиям» в регионе.", "Она говорила об «угрозе надежда» в регионе.", true},
		{"en", "ru", "She spoke of “a threat to efforts” in the region.", "Она говорила об «угрозе усилиям» в регионе.", "Она говорила об «угрозе для усилий» в регионе.", false},
	} {
		got := false
		flags := Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, &Text{c.srcLang, c.src}, Options{Checks: []string{"quotes"}})
		for _, f := range flags {
			got = got || f.Sev >= Major
		}
		if got != c.want {
			t.Errorf("%s | %s: %v, want %v: %+v", c.a, c.b, got, c.want, flags)
		}
	}
}
