package glossary

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

func stemmed(lang bitext.Lang, form string) string { return text.Stem(string(lang), form) }

// of makes a glossary of terms in one language, an entry each.
func of(lang bitext.Lang, terms ...string) *Glossary {
	var cs []bitext.Concept
	for _, t := range terms {
		cs = append(cs, bitext.Concept{ID: t, Terms: []bitext.Term{{Lang: lang, Text: t}}})
	}
	return New(cs, stemmed)
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		lang  bitext.Lang
		terms string // parted by |
		in    string
		want  string // found text = term, parted by |
	}{
		{"ru", "всеобъемлющее партнёрство", "О ВСЕОБЪЕМЛЮЩЕМ ПАРТНЕРСТВЕ и партнёрстве", "ВСЕОБЪЕМЛЮЩЕМ ПАРТНЕРСТВЕ=всеобъемлющее партнёрство"},
		{"ru", "мир|многополярный мир", "В многополярном мире мир прочнее.", "многополярном мире=многополярный мир|мир=мир"},
		{"ru", "порядок, основанный на правилах", "о порядке, основанном на правилах; порядке основанном на правилах", "порядке, основанном на правилах=порядок, основанный на правилах|порядке основанном на правилах=порядок, основанный на правилах"},
		{"ru", "Великая Отечественная война", "В годы «Великой Отечественной» войны", "Великой Отечественной» войны=Великая Отечественная война"},
		{"ru", "общее будущее", "Это общее, будущее за нами. Общее. Будущее.", ""},
		{"ru", "безопасность", "безопасный мир и безопасности", "безопасности=безопасность"},
		{"ru", "государственный визит|Устав ООН|остров|диплом|правило", "визит, о государственном визите, Уставом ООН, острый, островам, дипломами, правила, прав, правил", "государственном визите=государственный визит|Уставом ООН=Устав ООН|островам=остров|дипломами=диплом|правила=правило|правил=правило"},
		{"ru", "мир", "мировой, мире, мирный, миром", "мире=мир|миром=мир"},
		{"ru", "партия", "партии партий партией партийный", "партии=партия|партий=партия|партией=партия"},
		{"ru", "ЕС", "Ес и ЕС", "ЕС=ЕС"},
		{"en", "rules-based order", "Rules based orders, a rule-based order and a “rules-based” order", "Rules based orders=rules-based order|rule-based order=rules-based order|rules-based” order=rules-based order"},
		{"en", "university", "the universe of Universities", "Universities=university"},
		{"en", "cooperate", "cooperation, cooperating, cooperated, cooperative", "cooperating=cooperate|cooperated=cooperate"},
		{"en", "stop", "stopped stops stopper", "stopped=stop|stops=stop"},
		{"en", "US", "us and the US and U.S. and u.s.", "US=US|U.S.=US"},
		{"en", "new world|world order|new world order", "a new world order, a new world, the World Order", "new world order=new world order|new world=new world|World Order=world order"},
		{"en", "new - world", "new world", "new world=new - world"},
		{"en", "order", "disorder", ""},
		{"zh", "命运共同体|人类命运共同体|共同体", "推动构建人类命运共同体，亚洲命运共同体。共同体", "人类命运共同体=人类命运共同体|命运共同体=命运共同体|共同体=共同体"},
		{"zh", "一带一路", "“一带一路”、「一帶一路」、“一带”一路", "一带一路=一带一路|一帶一路=一带一路|一带”一路=一带一路"},
		{"zh", "二十国集团|G20", "Ｇ２０即二十国集团", "Ｇ２０=G20|二十国集团=二十国集团"},
		{"zh", "联合国", "联合, 国", ""},
		{"en", "…|a", "a", "a=a"},
	} {
		g := of(c.lang, strings.Split(c.terms, "|")...)
		var got []string
		for _, m := range g.Find(g.Doc(c.lang, c.in)) {
			got = append(got, c.in[m.Start:m.End]+"="+g.Term(m.Refs[0]).Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s in %q:\n got %s\nwant %s", c.terms, c.in, s, c.want)
		}
	}
}

func TestFindInOtherLanguages(t *testing.T) {
	g := New([]bitext.Concept{
		{ID: "peace", Terms: []bitext.Term{{Lang: "ru", Text: "мир"}, {Lang: "en", Text: "peace"}}},
		{ID: "world", Terms: []bitext.Term{{Lang: "ru", Text: "Мир"}, {Lang: "en", Text: "world"}}},
	}, stemmed)
	if m := g.Find(g.Doc("ru", "о мире")); len(m) != 1 || len(m[0].Refs) != 2 {
		t.Errorf("a term of two entries: %v", m)
	}
	if m := g.Find(g.Doc("en", "о мире")); m != nil {
		t.Errorf("a Russian term in an English text: %v", m)
	}
	if m := g.Find(g.Doc("de", "peace")); m != nil {
		t.Errorf("no term in the language: %v", m)
	}
}

func TestHas(t *testing.T) {
	for _, c := range []struct {
		lang     bitext.Lang
		term, in string
		want     Presence
	}{
		{"en", "community with a shared future", "a shared-future community", Present},
		{"en", "community with a shared future", "a community of destiny", Partial},
		{"en", "multipolar world", "the multipolarity of the world", Present},
		{"en", "of", "of", Present},
		{"en", "of", "at", Absent},
		{"ru", "порядок, основанный на правилах", "основанного на правилах миропорядка и порядка", Present},
		{"ru", "Устав ООН", "Устава Организации", Partial},
		{"zh", "全面战略协作伙伴关系", "全面战略协作与伙伴关系", Present},
		{"zh", "全面战略协作伙伴关系", "全面的协作", Partial},
		{"en", "email", "by e-mail", Present},
		{"en", "road map", "roadmaps", Present},
		{"en", "email", "e, mail", Absent},
		{"en", "Far East", "the Far Eastern route", Present},
		{"en", "Soviet Union", "Soviet pilots", Partial},
		{"ru", "Красная армия", "дом", Absent},
		{"zh", "国家元首", "国", Absent},
		{"zh", "命運共同體", "人类命运共同体", Present},
		{"zh", "", "x", Present},
	} {
		if got := New(nil, stemmed).Doc(c.lang, c.in).Has(c.term); got != c.want {
			t.Errorf("%q in %q: %v, want %v", c.term, c.in, got, c.want)
		}
	}
}

// TestFindsWhatIsPutIn puts terms between words that are none and finds each
// at its place, whole characters, in order.
func TestFindsWhatIsPutIn(t *testing.T) {
	terms := []string{"alpha beta", "beta", "новый мир", "alpha beta gamma", "война"}
	g := of("en", terms...)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		var want []string
		for range rapid.IntRange(0, 6).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom([]string{"xx ", "½ ", "ы. ", "中，", "\u00ad\u200b zz, "}).Draw(t, "filler"))
			term := rapid.SampledFrom(terms).Draw(t, "term")
			want = append(want, fmt.Sprintf("%d %s", b.Len(), term))
			b.WriteString(term + "; ")
		}
		var got []string
		for _, m := range g.Find(g.Doc("en", b.String())) {
			got = append(got, fmt.Sprintf("%d %s", m.Start, b.String()[m.Start:m.End]))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q: %q, want %q", b.String(), got, want)
		}
	})
}

func FuzzFind(f *testing.F) {
	g := New([]bitext.Concept{{ID: "a", Terms: []bitext.Term{
		{Lang: "en", Text: "new world"}, {Lang: "en", Text: "US"}, {Lang: "en", Text: "世界"}, {Lang: "en", Text: "мировой порядок"}, {Lang: "en", Text: "½"},
	}}}, stemmed)
	f.Add("a new - world; US 世 界 мировом «порядке» 1½")
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, m := range g.Find(g.Doc("en", s)) {
			if m.Start < at || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("%q: %v behind %d", s, m, at)
			}
			at = m.End
		}
	})
}

// BenchmarkFind looks for the terms of a large glossary.
func BenchmarkFind(b *testing.B) {
	var terms []string
	for i := range 20000 {
		terms = append(terms, fmt.Sprintf("strategic partner%d of region %d", i%100, i))
	}
	g := of("en", append(terms, "multipolar world", "rules-based order")...)
	s := strings.Repeat("The parties speak of a multipolar world and strategic partnership, not of a rules-based order. ", 10)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		g.Find(g.Doc("en", s))
	}
}
