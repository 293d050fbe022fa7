package compare

import (
	"testing"

	"sverka/internal/bitext"
)

// checkCases are pairs for each check: want is the category that must be
// flagged at major or critical, "" for none at all.
var checkCases = []struct {
	check string
	lang  bitext.Lang
	a, b  string
	want  Category
}{
	{"numbers", "en", "The library lent 1,240 books in June.", "In June the library lent 1,420 books.", Number},
	{"numbers", "en", "The library lent 1,240 books in June.", "In June the library lent 1240 books.", ""},
	{"numbers", "en", "The dam cost 2.5 million euros.", "The dam cost 2,500,000 euros.", ""},
	{"numbers", "en", "Seven ships sank.", "Nine ships sank.", Number},
	{"numbers", "ru", "Плотина стоила 2,5 млн рублей.", "Плотина стоила 2,5 млрд рублей.", Number},
	{"numbers", "ru", "Плотина стоила 2,5 млн рублей.", "Плотина стоила 2 500 000 рублей.", ""},
	{"numbers", "zh", "水坝耗资250万元。", "水坝耗资2500000元。", ""},
	{"numbers", "zh", "水坝耗资250万元。", "水坝耗资25万元。", Number},

	{"dates", "en", "The mill burned down on 3 April 1911.", "On April 3, 1911 the mill burned down.", ""},
	{"dates", "en", "The mill burned down on 3 April 1911.", "On March 3, 1911 the mill burned down.", Date},
	{"dates", "ru", "Мельница сгорела в понедельник.", "Мельница сгорела в четверг.", Date},
	{"dates", "ru", "Мельница сгорела 3 апреля 1911 года.", "Мельница сгорела 3 апреля 1911 г.", ""},
	{"dates", "zh", "磨坊于1911年4月3日烧毁。", "磨坊于1911年4月5日烧毁。", Date},
	{"dates", "zh", "磨坊于星期三烧毁。", "磨坊于周三烧毁。", ""},

	{"names", "en", "The envoy flew from Madrid to Lima.", "The envoy flew from Madrid to Oslo.", Name},
	{"names", "en", "Sergei Orlov opened the mill.", "Sergey Orlov opened the mill.", ""},
	{"names", "ru", "Посол вылетел из Мадрида в Лиму.", "Посол вылетел из Мадрида в Осло.", Name},
	{"names", "zh", "大使从法国飞往日本。", "大使从法国飞往巴西。", Name},

	{"negation", "en", "The council approved the plan yesterday.", "The council did not approve the plan yesterday.", Negation},
	{"negation", "en", "The council did not approve the plan.", "The council didn't approve the plan.", ""},
	{"negation", "ru", "Совет одобрил план строительства.", "Совет не одобрил план строительства.", Negation},
	{"negation", "ru", "Никто не видел этого письма.", "Этого письма никто не видел.", ""},
	{"negation", "zh", "委员会批准了该计划。", "委员会没有批准该计划。", Negation},
	{"negation", "zh", "委员会没有批准该计划。", "委员会未批准该计划。", ""},

	{"modality", "en", "Members must pay the fee in spring.", "Members may pay the fee in spring.", Modality},
	{"modality", "en", "Members must pay the fee.", "Members have to pay the fee.", ""},
	{"modality", "ru", "Члены должны платить взнос весной.", "Члены могут платить взнос весной.", Modality},
	{"modality", "zh", "会员必须在春天缴费。", "会员可以在春天缴费。", Modality},

	{"antonyms", "en", "Wheat prices rose after the harvest.", "Wheat prices fell after the harvest.", Antonym},
	{"antonyms", "en", "Wheat prices rose after the harvest.", "Prices of wheat increased after the harvest.", ""},
	{"antonyms", "ru", "Цены на пшеницу выросли после уборки.", "Цены на пшеницу упали после уборки.", Antonym},
	{"antonyms", "ru", "Цены на пшеницу выросли после уборки.", "После уборки пшеница подорожала.", ""},
	{"antonyms", "zh", "收割之后小麦价格上涨。", "收割之后小麦价格下跌。", Antonym},

	{"quotes", "en", "She sang “The Green River Song” at noon.", "At noon she sang “The Green Mountain Song”.", Quote},
	{"quotes", "en", "She sang “The Green River Song” at noon.", "At noon she sang \"The Green River Song\".", ""},
	{"quotes", "ru", "Она спела «Песню зелёной реки».", "Она спела «Песню зелёной горы».", Quote},
	{"quotes", "zh", "她唱了《绿色河流之歌》。", "她唱了《绿色山峰之歌》。", Quote},

	{"clauses", "en", "The mill closed in spring, although the farmers of the valley protested loudly.", "In spring the mill closed.", Omission},
	{"clauses", "en", "In spring the mill closed.", "The mill closed in spring, although the farmers of the valley protested loudly.", Addition},
	{"clauses", "ru", "Мельница закрылась весной, хотя крестьяне долины громко протестовали.", "Весной мельница закрылась.", Omission},
	{"clauses", "zh", "磨坊在春天关闭，尽管山谷里的农民大声抗议。", "磨坊在春天关闭。", Omission},
}

func TestChecks(t *testing.T) {
	for _, c := range checkCases {
		found := false
		flags := Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, nil, Options{})
		for _, f := range flags {
			if f.Sev < Major {
				continue
			}
			found = found || f.Cat == c.want
			if c.want == "" {
				t.Errorf("%s: %q and %q: %s: %s", c.check, c.a, c.b, f.Cat, f.Message)
			}
		}
		if c.want != "" && !found {
			t.Errorf("%s: %q and %q: no %s in %+v", c.check, c.a, c.b, c.want, flags)
		}
	}
}

func TestOffSilences(t *testing.T) {
	for _, c := range checkCases {
		for _, f := range Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, nil, Options{Off: []string{c.check}}) {
			if f.Check == c.check {
				t.Errorf("%s is off and says %q", c.check, f.Message)
			}
		}
	}
}
