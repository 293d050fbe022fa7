package compare

import (
	"testing"

	"sverka/internal/bitext"
)

// polarityCases are pairs for what denies, binds and opposes, with a source
// where it decides: want is the category that must be flagged at major, "" for
// none of these three.
var polarityCases = []struct {
	lang, srcLang bitext.Lang
	a, b, src     string
	want          Category
}{
	// denied by another word
	{"en", "", "The clerk did not open the gate.", "The clerk refused to open the gate.", "", ""},
	{"en", "", "The letter makes no sense.", "The letter is meaningless.", "", ""},
	{"en", "", "The bridge is not so safe as the ferry.", "The bridge is less safe than the ferry.", "", ""},
	{"en", "", "They sell non-traditional bread.", "They sell nontraditional bread.", "", ""},
	{"ru", "", "Сторож не открыл ворота.", "Сторож отказался открыть ворота.", "", ""},
	{"ru", "", "Он перестал писать письма.", "Он больше не писал писем.", "", ""},
	{"ru", "", "Без билета войти нельзя.", "Не имея билета, войти невозможно.", "", ""},
	{"zh", "", "守门人没有打开大门。", "守门人拒绝打开大门。", "", ""},
	// denied in one only
	{"en", "", "The storm did not stop the ferry.", "The storm stopped the ferry.", "", Negation},
	{"en", "", "The guard stopped the cart at the gate.", "The guard did not stop the cart at the gate.", "", Negation},
	{"ru", "", "Мастер починил часы до вечера.", "Мастер не починил часы до вечера.", "", Negation},
	{"zh", "", "师傅在晚上之前修好了钟。", "师傅在晚上之前没有修好钟。", "", Negation},
	{"en", "ru", "The guests were not satisfied with the soup.", "The guests were fully satisfied with the soup.", "Гости не остались довольны супом.", Negation},
	{"zh", "en", "师傅把钟修到了晚上。", "师傅不是在晚上修的钟。", "The master was mending the clock until the evening.", Negation},
	{"zh", "en", "这条路非常不好走。", "这条路坑坑洼洼。", "The road is bumpy.", ""},                                                                  // one character may be of a set phrase
	{"en", "ru", "The village had never seen a flood.", "A flood came to the village.", "Деревня никогда не видела наводнения.", ""}, // what is denied has no counterpart
	{"en", "ru", "The village had never seen a flood.", "Floods were unknown in the village.", "Деревня никогда не видела наводнения.", ""},
	// the highest degree denies nothing
	{"en", "", "Nobody worked longer than the weavers.", "The weavers worked longest.", "", ""},
	{"ru", "", "Никто не работал дольше, чем ткачи.", "Ткачи работали дольше всех.", "", ""},
	// words that only look as if they denied
	{"en", "", "The new pump improves the water.", "The new pump does not improve the water.", "", Negation},
	{"ru", "", "Несколько писем сожгли.", "Несколько писем не сожгли.", "", Negation},

	// what must not be and what need not be
	{"en", "", "Visitors must not touch the looms.", "Visitors need not touch the looms.", "", Modality},
	{"ru", "", "Посетители не должны трогать станки.", "Посетителям не обязательно трогать станки.", "", ""},
	{"zh", "", "游客不得触摸织布机。", "游客不必触摸织布机。", "", Modality},
	{"en", "", "You can only wait.", "You have to wait.", "", ""},
	{"en", "", "The mayor will surely sign the paper.", "The mayor will sign the paper.", "", ""},
	{"en", "", "Each guest shall pay in coins.", "Each guest may pay in coins.", "", Modality},
	{"ru", "", "Каждый гость обязан платить монетами.", "Каждый гость вправе платить монетами.", "", Modality},
	{"zh", "", "每位客人必须用硬币付款。", "每位客人可以用硬币付款。", "", Modality},
	// the source decides, by the word that is governed
	{"en", "ru", "The company should support the school, and parents can help.", "The company must support the school, and parents can help.",
		"Компания обязана поддержать школу, а родители могут помочь.", Modality},
	{"en", "zh", "The lamp will burn all night.", "The lamp can burn all night.", "灯会亮一整夜。", ""},
	// 将 marks what is acted on
	{"zh", "", "能把灯送到船上吗？", "可否将灯送到船上？", "", ""},

	// opposites
	{"en", "", "The road is more uneven in the north.", "The road is less even in the north.", "", ""},
	{"en", "", "It was not long before the bell rang.", "Shortly afterwards the bell rang.", "", ""},
	{"en", "", "We meet again, rejecting every excuse for the delay.", "We meet again, accepting no excuse for the delay.", "", ""},
	{"en", "", "She left without a word of thanks.", "She left with no word of thanks.", "", ""},
	{"en", "", "The wells no longer give enough water for the town.", "The wells already fall short of the town's water.", "", ""},
	{"en", "", "They supported the strike of the weavers.", "They opposed the strike of the weavers.", "", Antonym},
	{"ru", "", "Они поддержали забастовку ткачей.", "Они осудили бы, но всё же поддержали забастовку ткачей.", "", ""},
	// what binds against what only advises
	{"en", "", "The council required the mills to close.", "The council recommended that the mills close.", "", Modality},
	{"ru", "", "Совет потребовал закрыть мельницы.", "Совет посоветовал закрыть мельницы.", "", Modality},
	{"en", "", "The council advised the mills to close.", "The council recommended that the mills close.", "", ""},
	{"ru", "", "Спрос на шерсть увеличился зимой.", "Спрос на шерсть уменьшился зимой.", "", Antonym},
	{"zh", "", "冬季羊毛需求增加。", "冬季羊毛需求减少。", "", Antonym},
}

func TestPolarity(t *testing.T) {
	for _, c := range polarityCases {
		var src *Text
		if c.src != "" {
			src = &Text{c.srcLang, c.src}
		}
		flags := Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, src, Options{Checks: []string{"negation", "modality", "antonyms"}, MinSeverity: Major})
		found := c.want == "" && len(flags) == 0
		for _, f := range flags {
			found = found || f.Cat == c.want
		}
		if !found {
			t.Errorf("%q and %q: want %q, got %+v", c.a, c.b, c.want, flags)
		}
	}
}
