package langdetect

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

// texts are short texts in many languages.
var texts = []struct {
	lang bitext.Lang
	text string
}{
	{"ru", "Мост открыли утром, и уже к полудню на нём стояли рыбаки с удочками."},
	{"ru", "Объём перевозок вырос втрое; этого никто не ожидал."},
	{"en", "The bridge was opened in the morning, and by noon it was full of anglers."},
	{"en", "Nobody had expected traffic to grow threefold."},
	{"zh", "大桥早上通车，中午桥上已经站满了钓鱼的人。"},
	{"zh", "大橋早上通車，中午橋上已經站滿了釣魚的人，誰也沒有想到運輸量會增加兩倍。"},
	{"zh", "第一条"},
	{"uk", "Міст відкрили вранці, і вже опівдні на ньому стояли рибалки з вудками."},
	{"bg", "Мостът беше открит сутринта и още по обяд върху него стояха рибари с въдици."},
	{"be", "Мост адкрылі раніцай, і ўжо апоўдні на ім стаялі рыбакі з вудамі."},
	{"sr", "Мост је отворен ујутру, а већ у подне на њему су стајали рибари са штаповима."},
	{"kk", "Көпір таңертең ашылды, ал түсте онда қармақ ұстаған балықшылар тұрды."},
	{"ja", "橋は朝に開通し、昼にはもう釣り人でいっぱいだった。"},
	{"ko", "다리는 아침에 개통되었고 정오에는 이미 낚시꾼들로 가득했다."},
	{"fr", "Le pont a été ouvert le matin et, dès midi, les pêcheurs s'y pressaient avec leurs cannes."},
	{"de", "Die Brücke wurde am Morgen eröffnet, und schon am Mittag standen dort die Angler."},
	{"es", "El puente se abrió por la mañana y al mediodía ya estaba lleno de pescadores."},
	{"it", "Il ponte è stato aperto la mattina e a mezzogiorno era già pieno di pescatori."},
	{"pl", "Most otwarto rano, a już w południe stali na nim wędkarze z wędkami."},
	{"tr", "Köprü sabah açıldı ve öğlene doğru balıkçılarla dolmuştu bile."},
	{"el", "Η γέφυρα άνοιξε το πρωί και το μεσημέρι ήταν γεμάτη ψαράδες."},
	{"he", "הגשר נפתח בבוקר ובצהריים כבר עמדו עליו דייגים."},
	{"ar", "افتتح الجسر صباحا وبحلول الظهر كان مليئا بالصيادين."},
	{"fa", "پل صبح باز شد و تا ظهر پر از ماهیگیر بود و هیچ کس چنین چیزی را انتظار نداشت."},
}

func TestDetect(t *testing.T) {
	for _, c := range texts {
		for _, times := range []int{1, 12} { // the long form may take a short cut
			lang, confidence, ok := Detect(strings.Repeat(c.text+"\n", times))
			if lang != c.lang || !ok {
				t.Errorf("%q × %d: %q, %.2f, %v; it is %s", c.text, times, lang, confidence, ok, c.lang)
			}
		}
	}
}

func TestDetectMixed(t *testing.T) {
	cases := []struct {
		name, text string
		lang       bitext.Lang
	}{
		{"Russian with an English quotation", "Председатель привёл слова своего предшественника по-английски: “a harbour without cranes has no mayor”. " +
			"Зал засмеялся, но вопрос о кранах так и не был решён в тот вечер.", "ru"},
		{"Chinese with English names", "会谈后，林一舟同 Marlow Hollis 以及 Anna Lukina 共同会见了记者，并回答了问题。", "zh"},
		{"Chinese with a word of Japanese", "这家名叫「さくら」的小店开在老街尽头，每天只卖三十碗面，去晚了就没有了。", "zh"},
		{"English with a Chinese term", "The phrase 人心 is usually rendered as the hearts of the people, but the mayor used it for public opinion.", "en"},
		{"English with addresses", "See https://harbour.example/plan for the plan of the pier and write to the office if anything is unclear.", "en"},
		{"capitals in Russian", "СОВМЕСТНОЕ ЗАЯВЛЕНИЕ О РАСШИРЕНИИ ПОРТА", "ru"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if lang, confidence, ok := Detect(c.text); lang != c.lang || !ok {
				t.Errorf("%q, %.2f, %v; it is %s", lang, confidence, ok, c.lang)
			}
			if err := Check(c.text, c.lang); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDetectNothing(t *testing.T) {
	for _, s := range []string{"", " \n", "1234 — 56 %", "…!?", "\xff\xfe\xff"} {
		if lang, confidence, ok := Detect(s); ok || lang != "" || confidence != 0 {
			t.Errorf("%q is %q, %v, %v", s, lang, confidence, ok)
		}
	}
}

func TestDetectFindsTheMajorityOfALongText(t *testing.T) {
	head := strings.Repeat("This page was translated for our readers by volunteers. ", 40)
	body := strings.Repeat("Мост открыли утром, и уже к полудню на нём стояли рыбаки с удочками. ", 2000)
	if lang, _, ok := Detect(head + body); lang != "ru" || !ok {
		t.Errorf("a long Russian text with an English head is %q, %v", lang, ok)
	}
}

func TestCheck(t *testing.T) {
	cases := []struct {
		text  string
		given bitext.Lang
		found bitext.Lang // "": no complaint
	}{
		{texts[0].text, "ru", ""},
		{texts[0].text, "en", "ru"},
		{texts[2].text, "ru", "en"},
		{texts[4].text, "en", "zh"},
		{texts[5].text, "zh", ""},
		{strings.Repeat(texts[7].text, 3), "ru", "uk"},
		{texts[12].text, "zh", "ja"},
		{texts[7].text, "ru", ""},  // one sentence of a kindred language
		{"OK", "ru", ""},           // too short
		{texts[14].text, "de", ""}, // two languages that are none of ours
		{texts[2].text, "de", "en"},
		{"Контракт № 17: " + texts[2].text[:40] + " и так далее, по тексту", "ru", ""}, // mixed
	}
	for _, c := range cases {
		err := Check(c.text, c.given)
		var wrong *MismatchError
		switch {
		case c.found == "" && err != nil:
			t.Errorf("%q as %s: %v", c.text, c.given, err)
		case c.found != "" && (!errors.As(err, &wrong) || wrong.Found != c.found || wrong.Given != c.given):
			t.Errorf("%q as %s: %v; it is %s", c.text, c.given, err, c.found)
		case c.found != "" && (wrong.Hint() == "" || !strings.Contains(wrong.Error(), Name(c.found))):
			t.Errorf("%q as %s: the error says %q, %q", c.text, c.given, wrong.Error(), wrong.Hint())
		}
	}
}

func TestNames(t *testing.T) {
	for lang, want := range map[bitext.Lang]string{"ru": "Russian", "zh": "Chinese", "uk": "Ukrainian", "nb": "Norwegian", "xx": "xx", "el": "Greek"} {
		if got := Name(lang); got != want {
			t.Errorf("%s is called %q, want %q", lang, got, want)
		}
	}
}

func TestEveryTextHasAnAnswer(t *testing.T) {
	letters := []rune("abcабвгыі桥が다αבع.,!0 \n’-")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom(letters), 0, 60, -1).Draw(t, "text")
		lang, confidence, ok := Detect(s)
		if confidence < 0 || confidence > 1 || ok && lang == "" || ok && confidence < sure {
			t.Fatalf("%q: %q, %v, %v", s, lang, confidence, ok)
		}
		again, c2, _ := Detect(s)
		if lang != again || confidence != c2 {
			t.Fatalf("%q: %q and then %q", s, lang, again)
		}
	})
}

func TestSampleIsBounded(t *testing.T) {
	long := strings.Repeat("слово и English ", 100_000)
	if s := sampleOf(long, cyrillic, sampleLetters); utf8.RuneCountInString(s) > 3*sampleLetters || strings.Contains(s, "English") {
		t.Errorf("the sample has %d characters", utf8.RuneCountInString(s))
	}
}

func FuzzDetect(f *testing.F) {
	for _, c := range texts {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if _, confidence, _ := Detect(s); confidence < 0 || confidence > 1 {
			t.Fatal(confidence)
		}
		_ = Check(s, bitext.Russian)
	})
}

func BenchmarkDetect(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"ru", strings.Repeat(texts[0].text+"\n", 200)}, {"en", strings.Repeat(texts[2].text+"\n", 200)},
		{"zh", strings.Repeat(texts[4].text+"\n", 200)}, {"uk", strings.Repeat(texts[7].text+"\n", 200)},
		{"de", strings.Repeat(texts[15].text+"\n", 200)}, {"short", texts[1].text},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Detect(c.text)
			}
		})
	}
}
