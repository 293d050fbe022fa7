package lexis

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// A scanCase is a text and the items that stand in it, each as
// "kind norm", parted by "; ". "~" behind it marks a weak one.
type scanCase struct{ text, want string }

// checkScan holds the items of the kinds in which against each case.
func checkScan(t *testing.T, lang bitext.Lang, cases []scanCase, which ...Kind) {
	t.Helper()
	for _, c := range cases {
		var got []string
		for _, it := range ScanKinds(lang, c.text, which...) {
			s := it.Kind.String() + " " + it.Norm
			if it.Weak {
				s += "~"
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s %q:\n got %s\nwant %s", lang, c.text, g, c.want)
		}
	}
}

var numericKinds = []Kind{Number, Percent, Money, Quantity, Ordinal, Range, Date, Time}

// equalNorms are facts said in the three languages that must have one norm.
func TestNormsAgreeAcrossLanguages(t *testing.T) {
	for _, c := range []struct{ norm, en, ru, zh string }{
		{"1235", "1,235 people", "1 235 человек", "1,235人"},
		{"1235", "1235 people", "1235 человек", "一千二百三十五人"},
		{"2800000", "2.8 million people", "2,8 млн человек", "280万人"},
		{"2800000", "2.8m people", "2,8 миллиона человек", "二百八十万人"},
		{"200000000", "200 million tasks", "двести миллионов задач", "2亿项任务"},
		{"1500000", "one and a half million of them", "полтора миллиона", "150万"},
		{"30%", "thirty per cent", "тридцать процентов", "三成"},
		{"75%", "three quarters of the land", "три четверти земли", "四分之三的土地"},
		{"2/3", "two thirds of the land", "две трети земли", "三分之二的土地"},
		{"50%", "half of the land", "половина земли", "一半土地"},
		{"2.5x", "2.5 times more", "в 2,5 раза больше", "2.5倍"},
		{"2x", "it doubled", "вдвое", "两倍"},
		{"USD 100000000000", "$100bn", "100 млрд долл. США", "1000亿美元"},
		{"RUB 5000000", "5 million roubles", "5 млн руб.", "500万卢布"},
		{"80 anniv", "the 80th anniversary", "80-летие", "80周年"},
		{"80 anniv", "the eightieth anniversary", "восьмидесятилетие", "八十周年"},
		{"#25", "the twenty-fifth session", "двадцать пятая сессия", "第二十五届会议"},
		{"C20", "the 20th century", "XX век", "二十世纪"},
		{"199x", "the 1990s", "90-е годы", "上世纪九十年代"},
		{"2025-08-31", "31 August 2025", "31 августа 2025 года", "2025年8月31日"},
		{"2025-08-31", "August 31, 2025", "31.08.2025", "二〇二五年八月三十一日"},
		{"2025-08-31/2025-09-01", "31 August – 1 September 2025", "31 августа — 1 сентября 2025 года", "2025年8月31日至9月1日"},
		{"2025-05", "May 2025", "май 2025 года", "2025年5月"},
		{"2024/2025", "from 2024 to 2025", "2024–2025 годы", "2024-2025年"},
		{"1941/1945", "1941–45", "1941–1945 гг.", "1941至1945年"},
		{"300 mo", "a quarter of a century", "четверть века", "四分之一个世纪"},
		{"@year-1", "last year", "в прошлом году", "去年"},
		{"@day-1", "yesterday", "вчера", "昨天"},
		{"wd1", "on Monday", "в понедельник", "星期一"},
		{"15:00", "at 3 pm", "в 15 часов", "下午3点"},
		{"12:30", "at 12:30", "в 12:30", "12时30分"},
		{"10..20%", "10 to 20 per cent", "от 10 до 20 процентов", "10%至20%"},
		{"12000 m", "12 km", "12 километров", "12公里"},
		{"1500 s", "twenty-five minutes", "25 минут", "二十五分钟"},
		{"216 mo", "an 18-year-old", "18-летний", "18岁"},
		{"10s", "dozens of cars", "десятки машин", "数十辆车"},
		{"1000s", "thousands of people", "тысячи людей", "数千人"},
		{"-0500", "in 500 BC", "в 500 году до н. э.", "公元前500年"},
		{"-5 C", "-5 °C", "минус 5 °C", "零下5摄氏度"},
		{"1.5pp", "1.5 percentage points", "1,5 процентного пункта", "1.5个百分点"},
		{"3:2", "3-2", "3:2", "3比2"},
	} {
		for lang, s := range map[bitext.Lang]string{bitext.English: c.en, bitext.Russian: c.ru, bitext.Chinese: c.zh} {
			items := ScanKinds(lang, s, numericKinds...)
			if len(items) != 1 || items[0].Norm != c.norm {
				t.Errorf("%s %q: got %v, want %s", lang, s, norms(items), c.norm)
			}
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		lang       bitext.Lang
		text, want string
	}{
		{bitext.English, "worth about US$5.3 billion now", "US$5.3 billion"},
		{bitext.English, "on August 31, 2025, we", "August 31, 2025"},
		{bitext.Russian, "от 10 до 20 процентов всех", "10 до 20 процентов"},
		{bitext.Russian, "более 1 235 человек", "1 235"},
		{bitext.Chinese, "在2025年8月31日至9月1日期间", "2025年8月31日至9月1日"},
		{bitext.Chinese, "約二百八十萬元。", "二百八十萬元"},
	} {
		items := ScanKinds(c.lang, c.text, numericKinds...)
		if len(items) != 1 || c.text[items[0].Start:items[0].End] != c.want {
			t.Errorf("%q: got %v, want %q", c.text, items, c.want)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		lang bitext.Lang
		text string
		want Bound
	}{
		{bitext.English, "30 people", Exact}, {bitext.English, "about 30 people", About},
		{bitext.English, "more than 30 people", Over}, {bitext.English, "no fewer than 30", AtLeast},
		{bitext.English, "no more than 30", AtMost}, {bitext.English, "nearly 30", Almost},
		{bitext.English, "fewer than 30", Under}, {bitext.English, "up to 30", AtMost},
		{bitext.Russian, "около 30 человек", About}, {bitext.Russian, "свыше 30", Over},
		{bitext.Russian, "не менее 30", AtLeast}, {bitext.Russian, "почти 30", Almost},
		{bitext.Russian, "менее 30", Under}, {bitext.Russian, "30 с лишним", Over},
		{bitext.Chinese, "约30人", About}, {bitext.Chinese, "30多人", Over}, {bitext.Chinese, "至少30人", AtLeast},
		{bitext.Chinese, "近30人", Almost}, {bitext.Chinese, "不到30人", Under}, {bitext.Chinese, "30人左右", Exact},
		{bitext.Chinese, "超过30人", Over}, {bitext.Chinese, "最多30人", AtMost}, {bitext.Chinese, "30左右", About},
	} {
		items := ScanKinds(c.lang, c.text, numericKinds...)
		if len(items) != 1 || items[0].Bound != c.want || items[0].Approx != (c.want != Exact) {
			t.Errorf("%q: got %+v, want bound %d", c.text, items, c.want)
		}
	}
}

func TestScanKindsGivesOnlyWhatIsAskedFor(t *testing.T) {
	const s = "On 5 May Ivan Petrov did not pay $5, he must."
	for k := range kinds {
		for _, it := range ScanKinds(bitext.English, s, k) {
			if it.Kind != k {
				t.Errorf("asked for %s, got %s", k, it.Kind)
			}
		}
	}
	if len(ScanKinds(bitext.English, s)) != 0 || len(Scan(bitext.English, "")) != 0 {
		t.Error("nothing asked, or nothing given, and yet items")
	}
}

func TestUnknownLanguageHasDigits(t *testing.T) {
	checkScan(t, "xx", []scanCase{{"abc 12 def 3.5%", "number 12; number 3.5"}}, numericKinds...)
}

// checkItems holds the law of items: within the text, on borders of runes, in
// order, and numeric ones apart from each other.
func checkItems(t interface{ Fatalf(string, ...any) }, lang bitext.Lang, s string) {
	end, last := 0, Item{}
	for _, it := range Scan(lang, s) {
		if it.Start < 0 || it.End > len(s) || it.Start >= it.End {
			t.Fatalf("%s %q: item %+v outside the text", lang, s, it)
		}
		if utf8.ValidString(s) && !(utf8.RuneStart(s[it.Start]) && (it.End == len(s) || utf8.RuneStart(s[it.End]))) {
			t.Fatalf("%s %q: item %+v cuts a rune", lang, s, it)
		}
		if last.Norm != "" && (it.Start < last.Start || it.Start == last.Start && it.End > last.End) {
			t.Fatalf("%s %q: %+v stands behind %+v", lang, s, it, last)
		}
		if it.Kind.Numeric() {
			if it.Start < end {
				t.Fatalf("%s %q: numeric item %+v overlaps the one before it", lang, s, it)
			}
			end = it.End
		}
		if it.Norm == "" {
			t.Fatalf("%s %q: item %+v without a norm", lang, s, it)
		}
		last = it
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"On May 3–5, 2020 he paid $1.2m.", "31 августа — 1 сентября 2025 года, 2 млн 300 тыс. «Да»",
		"2025年8月31日至9月1日，约二百八十万元，第二十五届", "一两三四分之三点五成半", "a\xff1 2\u00a0345,6.7", "½ ① ２０２５ ㏒", "'\"«„“1-2-3:4", "0\u07c7B", " –0,0,00", "«\x1a»"} {
		for _, lang := range bitext.Langs {
			f.Add(string(lang), s)
		}
	}
	f.Fuzz(func(t *testing.T, lang, s string) {
		checkItems(t, bitext.Lang(lang), s)
	})
}
