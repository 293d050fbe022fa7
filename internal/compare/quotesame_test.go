package compare

import (
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// TestQuotationsHeldAgainstSource: a word of a quotation that nothing accounts
// for was put in; what is said in other words was not.
func TestQuotationsHeldAgainstSource(t *testing.T) {
	zh := func(s string) *Text { return &Text{bitext.Chinese, s} }
	for name, c := range map[string]struct {
		src   *Text
		lang  bitext.Lang
		a, b  string
		grave string // what the message must hold; "" for nothing grave
	}{
		"one word put for another": {zh("他们是“公路上的乞讨行为”。"), "en",
			"They called it “begging behavior on the highway”.", "They spoke of “begging history on the highway”.", "history"},
		"a word left out": {zh("今天是“国际残疾人日”。"), "en",
			"Today is the “International Disabled Persons Day”.", "It is “International Persons Day” today.", "Disabled"},
		"a title cut short": {zh("x"), "zh",
			"会议通过了《公民健康和经济安全法案》。", "大会通过《公民健康和安全法案》。", "经济"},
		"other words": {zh("他是一个“天才”。"), "en", "He is a “genius”, people say.", "People call him a “brilliant mind”.", ""},
		"one word or two": {zh("他谈到了“非传统安全”。"), "en",
			"He spoke of “nontraditional security”.", "He talked about “non-traditional security”.", ""},
	} {
		if c.lang == "zh" {
			c.src = &Text{bitext.English, "The meeting passed the Citizens Health and Economic Security Act."}
		}
		var grave []string
		for _, f := range Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, c.src, Options{}) {
			if f.Sev >= Major {
				grave = append(grave, f.Message.String())
			}
		}
		if c.grave == "" && len(grave) > 0 || c.grave != "" && !slices.ContainsFunc(grave, func(m string) bool { return strings.Contains(m, c.grave) }) {
			t.Errorf("%s: grave %q, want %q", name, grave, c.grave)
		}
	}
}

// TestQuotationsAcross: a phrase is held against the source's, speech is not.
func TestQuotationsAcross(t *testing.T) {
	for name, c := range map[string]struct {
		src   Text
		b     string
		grave bool
	}{
		"another word":      {Text{"zh", "这是一个“热门话题”。"}, "It is a “hot spring”.", true},
		"the same":          {Text{"zh", "这是一个“热门话题”。"}, "It is a “hot topic”.", false},
		"in other words":    {Text{"zh", "这是一个“热门话题”。"}, "It is a “popular subject”.", false},
		"another adjective": {Text{"ru", "Он разбился «во время оперативной деятельности»."}, "It crashed “during silent activities”.", true},
	} {
		grave := false
		for _, f := range Pair(c.src, Text{bitext.English, c.b}, nil, Options{Checks: []string{"quotes"}}) {
			grave = grave || f.Sev >= Major
		}
		if grave != c.grave {
			t.Errorf("%s: grave %v, want %v", name, grave, c.grave)
		}
	}
}
