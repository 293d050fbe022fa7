package align

import (
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

func TestNumbers(t *testing.T) {
	read := func(lang bitext.Lang, s string) []uint64 {
		v := version(lang, s)
		keys := slices.Clone(newSide(&v, nil, lexicon.Shipped()).numbers.keys)
		slices.Sort(keys)
		return keys
	}
	for _, same := range [][]string{
		{"en=It cost 2.8 million.", "ru=Это стоило 2,8 млн.", "zh=耗资280万。", "zh=耗资二百八十万。"},
		{"en=on 3 September 2025", "ru=3 сентября 2025 года", "zh=2025年9月3日"},
		{"en=in 1,235 villages", "ru=в 1\u00a0235 сёлах", "zh=在1235个村庄"},
		{"en=1.5 billion", "ru=1,5 миллиарда", "zh=15亿"},
		{"en=in December", "ru=в декабре", "zh=十二月"},
	} {
		lang, text, _ := strings.Cut(same[0], "=")
		want := read(bitext.Lang(lang), text)
		for _, s := range same[1:] {
			lang, text, _ := strings.Cut(s, "=")
			if got := read(bitext.Lang(lang), text); !slices.Equal(got, want) {
				t.Errorf("%s has %x, %s has %x", s, got, same[0], want)
			}
		}
	}
}

func TestNormalNumber(t *testing.T) {
	for in, want := range map[string]string{
		"1,235": "1235", "1 235": "1235", "5.2": "5.2", "5,2": "5.2", "2,800,000": "2800000",
		"43": "43", "1,23": "1.23", "007": "007",
	} {
		if got := normalNumber(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"путин", "putin"}, {"жуков", "zhukov"}, {"шульман", "schulman"}, {"владивосток", "vladivostok"},
		{"филипп", "philip"}, {"джон", "jon"},
	} {
		if a, b := skeleton(c.a), skeleton(c.b); a != b {
			t.Errorf("%s sounds %s, %s sounds %s", c.a, a, c.b, b)
		}
	}
}

// soundsOf are units of the skeletons of words and of runs of Chinese.
func soundsOf(names ...string) *units {
	u := newUnits(1)
	for _, name := range names {
		if r := []rune(name); text.IsHan(r[0]) {
			addHanSounds(u, r)
		} else {
			u.add(uint64(soundCode(skeleton(name))))
		}
	}
	u.close()
	u.index()
	return u
}

func TestSoundLinks(t *testing.T) {
	zh := soundsOf("威尔士")
	if len(soundLinks(soundsOf("welles"), zh)) == 0 {
		t.Error("Welles and 威尔士 do not meet")
	}
	if links := soundLinks(soundsOf("bogdanov"), zh); len(links) > 0 {
		t.Errorf("Bogdanov and 威尔士 meet: %v", links)
	}
	links := soundLinks(soundsOf("zhukov", "putin"), soundsOf("пушкин", "жуков", "жуковский"))
	if len(links) != 1 || links[0].x != 0 || links[0].y != 1 || links[0].val < 0.5 {
		t.Errorf("Zhukov and Жуков: %v", links)
	}
}

func TestHanSounds(t *testing.T) {
	if len(hanSounds) < 400 {
		t.Fatalf("%d characters", len(hanSounds))
	}
	for r, class := range hanSounds {
		for ; class > 0; class >>= 4 {
			if c := class & 15; c == 0 || int(c) > len(soundClasses) {
				t.Errorf("%c has the class %d", r, c)
			}
		}
	}
}
