package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

func TestChineseNumbers(t *testing.T) {
	checkScan(t, bitext.Chinese, []scanCase{
		{"四人受伤", "number 4"},
		{"十四人", "number 14"},
		{"一百零五人", "number 105"},
		{"两千五百人", "number 2500"},
		{"三千万人", "number 30000000"},
		{"1亿2000万元", "money CNY 120000000"},
		{"2万4801张", "number 24801"},
		{"1300余万元", "money CNY 13000000"},
		{"十几名", "number 10"},
		{"二十多万人", "number 200000"},
		{"几十公里", "quantity 10s"},
		{"上百人", "number 100s"},
		{"成千上万的人", "number 1000s"},
		{"三点五", "number 3.5"},
		{"百分之五，5%，千分之五", "percent 5%; percent 5%; percent 0.5%"},
		{"一半，半数，三成", "percent 50%; percent 50%; percent 30%"},
		{"2/3的席位", "percent 2/3"},
		{"成为，成功", ""},
		{"3个百分点", "percent 3pp"},
		{"100美元，20卢布，3欧元", "money USD 100; money RUB 20; money EUR 3"},
		{"10至20人", "range 10..20"},
		{"2∶1，3比2", "range 2:1; range 3:2"},
		{"翻番，增长三倍", "quantity 2x; quantity 3x"},
		{"一个半小时", "quantity 5400 s"},
		{"两年半，半年", "quantity 30 mo; quantity 6 mo"},
		{"三个月，3个多月", "quantity 3 mo; quantity 3 mo"},
		{"1700兆瓦", "quantity 1700000000 W"},
		{"12公里，5公斤，3亩", "quantity 12000 m; quantity 5 kg; quantity 2000.0000001 m2"},
		{"第二波，第三次", "ordinal #2; ordinal #3"},
		{"第一，第二，", "ordinal #1~; ordinal #2~"},
		{"一些，一方面，一定，一致", ""},
		{"万一，千万不要，十分", ""},
		{"一个人", "number 1~"},
		{"两国，这两个", "number 2~"},
		{"四川，三亚，百度", ""},
		{"第二次世界大战，二战", ""},
		{"零下五度", "quantity -5 deg"},
		{"三百二十萬元", "money CNY 3200000"},
		{"7号线", "number 7"},
		{"一两天", "quantity 2 d~"},
		{"30岁生日", "quantity 30 anniv"},
	}, numericKinds...)
}

func TestChineseDates(t *testing.T) {
	checkScan(t, bitext.Chinese, []scanCase{
		{"2020年3月5日", "date 2020-03-05"},
		{"2020年3月5号", "date 2020-03-05"},
		{"8月31日", "date --08-31"},
		{"31日上午", "date ---31; time morning"},
		{"2020年5月", "date 2020-05"},
		{"2020年度", "date 2020"},
		{"5月份", "date --05"},
		{"13．2019年起", "number 13; date 2019"},
		{"四分之一世纪", "quantity 300 mo"},
		{"3月5日至8日", "date --03-05/--03-08"},
		{"9日和10日", "date ---09/---10"},
		{"5年，2020年", "quantity 60 mo; date 2020"},
		{"上世纪九十年代", "date 199x"},
		{"20世纪90年代", "date 199x"},
		{"90年代", "date 199x"},
		{"21世纪，本世纪", "date C21; date @century0"},
		{"公元前五世纪", "date -C5"},
		{"去年，今年，明年", "date @year-1; date @year0~; date @year+1"},
		{"上周五，周三", "date wd5; date wd3"},
		{"昨天晚上", "date @night-1"},
		{"下午3点，晚上8点半", "time 15:00; time 20:30"},
		{"15时30分", "time 15:30"},
		{"上午9:30", "time 09:30"},
		{"2020-03-05 09:30", "date 2020-03-05; time 09:30"},
		{"夏季，今冬", "date summer; date winter"},
		{"每周一次，有朝一日", ""},
	}, numericKinds...)
}

func TestChinesePolarity(t *testing.T) {
	checkScan(t, bitext.Chinese, []scanCase{
		{"他没有出庭", "negation neg"},
		{"他未出庭", "negation neg"},
		{"无人受伤", "negation neg; quantifier none"},
		{"不仅如此，不断发展", ""},
		{"不同的国家不同意", "negation neg"},
		{"非洲非常大", ""},
		{"是否，能否，有没有", ""},
		{"不得不离开", "modality must"},
		{"苏联或将参加，茶或咖啡", "modality possibly~; modality will~"},
		{"必须参加，应当参加，可以参加", "modality must; modality should; modality may"},
		{"不得参加", "negation neg; modality must"},
		{"能力，应用，可靠，要求", ""},
		{"所有，大多数，部分", "quantifier all; quantifier most; quantifier some"},
		{"不满和不良", "negation weak~; negation weak~"},
	}, Negation, Modality, Quantifier)
	for _, c := range []struct {
		text     string
		strength int
	}{
		{"必须", 3}, {"应当", 2}, {"可以", 1}, {"不得", -3}, {"不能", -1}, {"不应", -2}, {"禁止", -3}, {"无法", -1}, {"不应该", -2},
	} {
		items := ScanKinds(bitext.Chinese, c.text, Modality)
		if len(items) != 1 || items[0].Strength != c.strength {
			t.Errorf("%q: got %+v, want strength %d", c.text, items, c.strength)
		}
	}
}

func TestChineseNames(t *testing.T) {
	checkScan(t, bitext.Chinese, []scanCase{
		{"中国和俄罗斯", "name CN; name RU"},
		{"中俄关系", "name CN; name RU"},
		{"中俄文化年，学俄文", "name CN; name RU; name RU"},
		{"驻华大使", "name CN"},
		{"美媒报道", "name US"},
		{"美丽的中午", ""},
		{"联合国，上合组织", "name UN; name SCO"},
		{"俄羅斯總統普京", "name RU; name PUTIN"},
		{"第二次世界大战", "name WW2"},
		{"梅德韦杰夫表示", "name MEDVEDEV"},
		{"约翰·史密斯说", "name 约翰·史密斯"},
		{"弗拉基米尔·普京", "name 弗拉基米尔; name PUTIN"},
		{"布拉霍维奇进球", "name 布拉霍维奇"},
		{"记者张晓明报道", "name 张晓明"},
		{"李明远表示", "name 李明远"},
		{"一带一路", "name BRI"},
	}, Name)
	checkScan(t, bitext.Chinese, []scanCase{
		{"他说：“我们准备好了。”", "title 我们准备好了"},
		{"他说：「我们准备好了。」", "title 我们准备好了"},
		{"《战争与和平》", "title 战争与和平"},
		{"“他读了《战争与和平》”", `title 他读了"战争与和平"; title 战争与和平`},
	}, Title)
}
