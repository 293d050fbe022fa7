package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

func TestSameName(t *testing.T) {
	const ru, zh, en = bitext.Russian, bitext.Chinese, bitext.English
	same := []struct {
		a, b   string
		la, lb bitext.Lang
	}{
		{"ШОС", "SCO", ru, en}, {"SCO", "上合组织", en, zh}, {"ООН", "联合国", ru, zh}, {"UN", "United Nations", en, en},
		{"Организации Объединённых Наций", "ООН", ru, ru}, {"Путину", "普京", ru, zh}, {"Putin", "Путиным", en, ru},
		{"Sergei Lavrov", "Sergey Lavrov", en, en}, {"Dmitri", "Dmitry", en, en}, {"Дегтярёв", "Degtyaryov", ru, en},
		{"Чайковского", "Tchaikovsky", ru, en}, {"Щербаков", "Shcherbakov", ru, en}, {"Хрущёва", "Khrushchev", ru, en},
		{"Яковлев", "Yakovlev", ru, en}, {"Юлия", "Yulia", ru, en}, {"Си Цзиньпин", "Xi Jinping", ru, en},
		{"Чжан Сяомин", "Zhang Xiaoming", ru, en}, {"张晓明", "Zhang Xiaoming", zh, en}, {"张晓明", "Чжан Сяомин", zh, ru},
		{"李克强", "Li Keqiang", zh, en}, {"Ли Кэцяном", "Li Keqiang", ru, en}, {"克拉斯诺夫", "Краснов", zh, ru},
		{"布莱恩", "Brian", zh, en}, {"斯捷潘诺娃", "Stepanova", zh, en}, {"博尔顿", "Bolton", zh, en}, {"诺沃肖洛夫", "Novosyolov", zh, en},
		{"Вашингтоне", "Washington", ru, en}, {"Россией", "Russian", ru, en}, {"китайский", "中国", ru, zh},
		{"Johnson", "Джонсона", en, ru}, {"Владимир Путин", "Putin", ru, en}, {"J. Smith", "John Smith", en, en},
		{"Xu Zhengyu", "许正宇", en, zh}, {"Müller", "Мюллер", en, ru}, {"WTO", "World Trade Organization", en, en},
		{"NTSB", "National Transportation Safety Board", en, en},
	}
	for _, c := range same {
		if s := SameName(c.a, c.b, c.la, c.lb); s < .7 {
			t.Errorf("SameName(%q, %q) = %.2f, want at least 0.7", c.a, c.b, s)
		}
		if x, y := SameName(c.a, c.b, c.la, c.lb), SameName(c.b, c.a, c.lb, c.la); x != y {
			t.Errorf("SameName(%q, %q) is %.2f one way and %.2f the other", c.a, c.b, x, y)
		}
	}
	other := []struct {
		a, b   string
		la, lb bitext.Lang
	}{
		{"Zhao Lijian", "Zhao Leji", en, en}, {"Slovakia", "Slovenia", en, en}, {"Австрии", "Australia", ru, en},
		{"奥地利", "澳大利亚", zh, zh}, {"Irkutsk", "Yakutsk", en, en}, {"NATO", "ОБСЕ", en, ru}, {"Peskov", "Медведев", en, ru},
		{"Yang Jiechi", "Ван И", en, ru}, {"Berlin", "伦敦", en, zh}, {"Smirnov", "Кузнецов", en, ru}, {"Thomas", "Street", en, en},
		{"Краснов", "Белов", ru, ru}, {"张晓明", "李建国", zh, zh}, {"Hamburg", "Мюнхен", en, ru}, {"", "x", en, en},
	}
	for _, c := range other {
		if s := SameName(c.a, c.b, c.la, c.lb); s > .55 {
			t.Errorf("SameName(%q, %q) = %.2f, want at most 0.55", c.a, c.b, s)
		}
	}
}
