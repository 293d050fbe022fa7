package lexis

import (
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func TestHears(t *testing.T) {
	for _, c := range []struct {
		in   bitext.Lang
		text string
		lang bitext.Lang
		word string
		want bool
	}{
		{"ru", "Мост построил Фёдор Кузьмин.", "en", "Kuzmin", true},
		{"ru", "О Кузьмине говорили долго.", "en", "Kuzmin", true},
		{"ru", "Ниагарский водопад", "en", "Niagara", true},
		{"ru", "Мост построил Фёдор Кузьмин.", "en", "Larsen", false},
		{"zh", "这座桥由工程师李文广建造。", "en", "Wenguang", true},
		{"zh", "这座桥由工程师李文广建造。", "en", "Thornton", false},
		{"zh", "格雷琴·惠特利打开了窗户。", "en", "Whitley", true},
		{"zh", "孟琪说，天气很好。", "en", "Mengqi", true},
		{"en", "Fyodor Kuzmin built the bridge.", "ru", "Кузьмина", true},
		{"en", "Fyodor Kuzmin built the bridge.", "zh", "库兹明", true},
		{"en", "Fyodor Kuzmin built the bridge.", "zh", "伊万诺娃", false},
		{"en", "", "en", "Kuzmin", false},
	} {
		got := NewEar(c.in, c.text).Hears(c.word, c.lang)
		if got >= .75 != c.want {
			t.Errorf("%s in %s: %.2f", c.word, c.text, got)
		}
	}
	if e := NewEar(bitext.Russian, "Д. Полева: Добрый день."); !e.HearsInitial("Daria") || e.HearsInitial("Maria") {
		t.Error("the initial Д is Daria's, not Maria's")
	}
}

func TestHearsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		langs := []bitext.Lang{"en", "ru", "zh", "xx"}
		s := rapid.SampledFrom([]string{"", "Анна 12", "李文广·惠", "Li Wen-guang", "\xff Б.", "的的的的"}).Draw(t, "text") + rapid.String().Draw(t, "more")
		w := rapid.SampledFrom(append(pieces, "Anna", "广")).Draw(t, "word")
		e := NewEar(rapid.SampledFrom(langs).Draw(t, "in"), s)
		if h := e.Hears(w, rapid.SampledFrom(langs).Draw(t, "lang")); h < 0 || h > 1 {
			t.Fatalf("%q in %q is heard %v", w, s, h)
		}
		e.HearsInitial(w)
	})
}

func FuzzEar(f *testing.F) {
	f.Add("ru", "Мост построил Ф. Кузьмин", "en", "Kuzmin")
	f.Add("zh", "格雷琴·惠特利", "ru", "Уитли")
	f.Fuzz(func(t *testing.T, in, s, lang, word string) {
		e := NewEar(bitext.Lang(in), s)
		e.Hears(word, bitext.Lang(lang))
		e.HearsInitial(word)
	})
}
