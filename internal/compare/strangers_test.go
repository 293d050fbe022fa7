package compare

import (
	"testing"

	"sverka/internal/bitext"
)

// TestStrangers holds names against the source: one that neither it nor the
// other version has is grave, another spelling of one that it has is not.
func TestStrangers(t *testing.T) {
	for _, c := range []struct {
		srcLang, lang bitext.Lang
		src, a, b     string
		want          bool
	}{
		{"ru", "en", "Мост построил инженер Фёдор Кузьмин.", "The bridge was built by the engineer Fyodor Kuzmin.", "Engineer Fyodor Kuzmin built the bridge.", false},
		{"ru", "en", "Мост построил инженер Фёдор Кузьмин.", "The bridge was built by the engineer Fyodor Kuzmin.", "Engineer Feodor Kuz'min built the bridge.", false},
		{"ru", "en", "Мост построил инженер Фёдор Кузьмин.", "The bridge was built by the engineer Fyodor Kuzmin.", "Engineer Gilbert Kuzmin built the bridge.", true},
		{"ru", "en", "Мост построил инженер Фёдор Кузьмин.", "The bridge was built by the engineer Fyodor Kuzmin.", "Engineer Fyodor Larsen built the bridge.", true},
		{"zh", "en", "这座桥由工程师李文广建造。", "The bridge was built by the engineer Li Wenguang.", "Engineer Gilbert Larsen built this bridge.", true},
		{"zh", "en", "这座桥由工程师李文广建造。", "The bridge was built by the engineer Li Wenguang.", "Engineer Li Wenguang built this bridge.", false},
		{"zh", "en", "伊丽莎白·吉尔伯特打开了窗户。", "Elizabeth Gilbert opened the window.", "The window was opened by Elisabeth Gilbert.", false},
		{"ru", "en", "Делегация прибыла из Нижнего Тагила.", "The delegation came from Nizhny Tagil.", "The delegation arrived from Nizhniy Tagil.", false},
		{"en", "ru", "The ferry to Bergen leaves at noon.", "Паром в Берген отходит в полдень.", "Паром в Стамбул отходит в полдень.", true},
		{"en", "ru", "The ferry to Bergen leaves at noon.", "Паром в Берген отходит в полдень.", "В полдень отходит паром на Берген.", false},
		{"en", "zh", "The ferry to France leaves at noon.", "开往法国的渡轮中午出发。", "开往巴西的渡轮中午出发。", true},
		{"ru", "en", "Москва ждёт ответа на письмо.", "Moscow is waiting for an answer to the letter.", "An answer to that letter has long been awaited in Tokyo.", true},
	} {
		got := false
		flags := Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, &Text{c.srcLang, c.src}, Options{Checks: []string{"names"}})
		for _, f := range flags {
			got = got || f.Sev >= Major
		}
		if got != c.want {
			t.Errorf("%s\n%s: %v, want %v: %+v", c.a, c.b, got, c.want, flags)
		}
	}
}

// TestStrangersAcross holds a version against its source alone.
func TestStrangersAcross(t *testing.T) {
	for _, c := range []struct {
		srcLang bitext.Lang
		src, b  string
		want    bool
	}{
		{"ru", "Письмо подписал директор школы Семён Карпов.", "The letter was signed by Semyon Karpov, the school's principal.", false},
		{"ru", "Письмо подписал директор школы Семён Карпов.", "The letter was signed by Gilbert Thornton, the school's principal.", true},
		{"ru", "С. Карпов: Добрый вечер.", "Semyon Karpov: Good evening.", false},
		{"ru", "Карпов ответил на письмо.", "Semyon Karpov answered the letter.", false},
		{"zh", "校长王建国签署了这封信。", "Principal Wang Jianguo signed the letter.", false},
		{"zh", "校长王建国签署了这封信。", "Principal Gilbert Thornton signed the letter.", true},
		{"zh", "格雷琴·惠特利打开了窗户。", "Gretchen Whitley opened the window.", false},
	} {
		got := false
		flags := Pair(Text{c.srcLang, c.src}, Text{bitext.English, c.b}, nil, Options{Checks: []string{"names"}})
		for _, f := range flags {
			got = got || f.Sev >= Major
		}
		if got != c.want {
			t.Errorf("%s\n%s: %v, want %v: %+v", c.src, c.b, got, c.want, flags)
		}
	}
}

func TestCommonWords(t *testing.T) {
	words := commonWords()
	for _, c := range []struct {
		lang bitext.Lang
		word string
		want bool
	}{
		{"en", "guard", true}, {"en", "kuzmin", false}, {"en", "gilbert", false}, {"ru", "охран", true}, {"ru", "кузьмин", false},
	} {
		if got := words[c.lang][c.word]; got != c.want {
			t.Errorf("%s %s: %v", c.lang, c.word, got)
		}
	}
	if len(words["en"]) < 5000 || len(words["ru"]) < 5000 {
		t.Errorf("%d English and %d Russian words", len(words["en"]), len(words["ru"]))
	}
}
