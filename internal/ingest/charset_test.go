package ingest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Texts of our own, long enough to cut many short ones from.
const (
	sampleRussian = `Вчера утром начальник порта собрал всех капитанов в старом здании таможни. Ёлки во дворе ещё не убрали, и разговор начался с шуток, но скоро стало не до смеха: «Мы теряем по три дня на каждом судне», — сказал Савельев. ДОГОВОР О СОВМЕСТНОЙ РАБОТЕ подписали двенадцать человек; двое отказались. По подсчётам бухгалтерии, убыток за 2030 год составил 41,7 млн рублей — вдвое больше, чем ожидали. Что делать дальше? Расширять причал, углублять дно, нанимать людей. Всё это стоит денег, которых нет. Однако совет единогласно проголосовал за первый пункт, а объяснения отложил до четверга. Юристы проверяют условия, этажом выше чинят крышу, и съезд щукинских рыбаков, похоже, опять перенесут.`
	sampleChinese = `昨天上午，港口主任把所有船长请到了海关的老楼里。院子里的树还没有搬走，谈话从玩笑开始，可是很快就没有人笑了：“我们每条船都要耽误三天时间。”十二个人在共同工作协议上签了字，两个人拒绝签字。根据财务部门的统计，二〇三〇年的损失达到四千一百七十万元，比预计的多一倍。接下来怎么办？扩大码头、加深航道、招收工人，这些都需要钱，而钱是没有的。不过，委员会一致通过了第一项，并把解释推迟到星期四。律师正在审查条件，楼上正在修理屋顶。`
	sampleTaiwan  = `昨天上午，港口主任把所有船長請到了海關的老樓裡。院子裡的樹還沒有搬走，談話從玩笑開始，可是很快就沒有人笑了：「我們每條船都要耽誤三天時間。」十二個人在共同工作協議上簽了字，兩個人拒絕簽字。根據財務部門的統計，去年的損失達到四千一百七十萬元，比預計的多一倍。接下來怎麼辦？擴大碼頭、加深航道、招收工人，這些都需要錢，而錢是沒有的。不過，委員會一致通過了第一項，並把解釋推遲到星期四。律師正在審查條件，樓上正在修理屋頂。`
	sampleEnglish = `Yesterday morning the harbour master called every captain into the old customs house. “We lose three days on every ship,” he said — and nobody laughed. Twelve men signed; two didn’t. The café across the street stayed open until four, and René, who keeps it, sold more coffee than in the whole of March. “What now?” asked the clerk. “We dig,” said the master.`
)

// encodings are the texts in the encodings that people keep them in.
var encodings = []struct {
	name string
	enc  encoding.Encoding
	text string
}{
	{"windows-1251", charmap.Windows1251, sampleRussian},
	{"koi8-r", charmap.KOI8R, strings.NewReplacer("«", `"`, "»", `"`, "—", "-").Replace(sampleRussian)},
	{"ibm866", charmap.CodePage866, strings.NewReplacer("«", `"`, "»", `"`, "—", "-").Replace(sampleRussian)},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), sampleRussian},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), sampleRussian},
	{"gb18030", simplifiedchinese.GB18030, sampleChinese},
	{"gb18030", simplifiedchinese.GBK, sampleTaiwan},
	{"big5", traditionalchinese.Big5, sampleTaiwan},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), sampleChinese},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), sampleChinese},
	{"windows-1252", charmap.Windows1252, sampleEnglish},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), sampleEnglish},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), sampleEnglish},
}

func encode(t testing.TB, enc encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

// TestEveryShortTextIsRead cuts each sample into all its runs of thirty and of
// a hundred characters and takes each for a file.
func TestEveryShortTextIsRead(t *testing.T) {
	for _, c := range encodings {
		runes := []rune(c.text)
		for _, n := range []int{30, 100, len(runes)} {
			wrong, all := 0, 0
			for i := 0; i+n <= len(runes); i++ {
				want := string(runes[i : i+n])
				if strings.TrimSpace(want) == "" {
					continue
				}
				all++
				got, err := decode(encode(t, c.enc, want), Plain, "")
				if err != nil || got != want {
					if wrong++; wrong <= 3 {
						t.Errorf("%s, %d characters: %q is read as %q, %v", c.name, n, want, got, err)
					}
				}
			}
			t.Logf("%s: %d of %d texts of %d characters read", c.name, all-wrong, all, n)
		}
	}
}

func TestDecode(t *testing.T) {
	cases := []struct {
		name     string
		data     []byte
		format   Format
		encoding string
		want     string
	}{
		{"UTF-8", []byte("Порт 港口\n"), Plain, "", "Порт 港口\n"},
		{"UTF-8 with a mark", []byte("\xef\xbb\xbfПорт\r\nдва\rтри"), Plain, "", "Порт\nдва\nтри"},
		{"UTF-16LE with a mark", append([]byte("\xff\xfe"), encode(t, utf16LE, "港口，码头")...), Plain, "", "港口，码头"},
		{"UTF-16BE with a mark", append([]byte("\xfe\xff"), encode(t, utf16BE, "港口\r\n码头")...), Plain, "", "港口\n码头"},
		{"UTF-32LE with a mark", append([]byte("\xff\xfe\x00\x00"), encode(t, utf32LE, "港口")...), Plain, "", "港口"},
		{"UTF-32BE with a mark", append([]byte("\x00\x00\xfe\xff"), encode(t, utf32BE, "港口")...), Plain, "", "港口"},
		{"a mark of the encoding named", append([]byte("\xff\xfe"), encode(t, utf16LE, "港口")...), Plain, "utf-16", "港口"},
		{"named by number", encode(t, charmap.Windows1251, "Ы"), Plain, "cp1251", "Ы"},
		{"named", encode(t, charmap.KOI8R, "Порт"), Plain, "KOI8-R", "Порт"},
		{"named against the bytes", []byte("Порт"), Plain, "koi8-r", "п÷п╬я─я┌"},
		{"gb2312 is read as what it grew to", encode(t, simplifiedchinese.GB18030, "镕㐀"), Plain, "gb2312", "镕㐀"},
		{"declared by a page", encode(t, charmap.KOI8R, `<meta charset="koi8-r"><p>ДА`), HTML, "", `<meta charset="koi8-r"><p>ДА`},
		{"declared by http-equiv", encode(t, traditionalchinese.Big5, `<meta http-equiv="Content-Type" content="text/html; charset=Big5"><p>港`), HTML, "", `<meta http-equiv="Content-Type" content="text/html; charset=Big5"><p>港`},
		{"declared wrongly, in fact UTF-8", []byte(`<meta charset="windows-1251"><p>Порт`), HTML, "", `<meta charset="windows-1251"><p>Порт`},
		{"a page with one bad byte", []byte("<p>Порт открыт\xff круглый год"), HTML, "", "<p>Порт открыт\ufffd круглый год"},
		{"a text that holds the sign of replacement", append(encode(t, simplifiedchinese.GB18030, "港口\ufffd"), '!'), Plain, "gb18030", "港口\ufffd!"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := decode(c.data, c.format, c.encoding)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestOneOddLineInALongEnglishText(t *testing.T) {
	text := strings.Repeat("Nothing but plain words stands on this line.\n", 2000) + "Until the café opened.\n"
	got, err := decode(encode(t, charmap.Windows1252, text), Plain, "")
	if err != nil || got != text {
		t.Errorf("the end is read as %q, %v", got[max(0, len(got)-30):], err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range encodings {
		f.Add(encode(f, c.enc, c.text[:60]), "")
	}
	f.Add([]byte("\xff\xfe\x00"), "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		for _, format := range []Format{Plain, HTML} {
			text, err := decode(data, format, name)
			if err == nil && strings.ContainsRune(text, '\r') {
				t.Fatalf("%q keeps its line ends: %q", data, text)
			}
		}
	})
}
