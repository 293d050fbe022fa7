package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
	"sverka/internal/lexicon"
)

func testGlossary() *glossary.Glossary {
	term := func(lang bitext.Lang, text string, status bitext.TermStatus) bitext.Term {
		return bitext.Term{Lang: lang, Text: text, Status: status}
	}
	return glossary.New([]bitext.Concept{
		{ID: "shared", Subject: "diplomacy", Terms: []bitext.Term{
			term("zh", "命运共同体", ""), term("ru", "сообщество единой судьбы", ""), term("en", "community with a shared future", bitext.TermPreferred),
			term("en", "shared-future community", bitext.TermAdmitted), term("en", "community of common destiny", bitext.TermDeprecated),
		}},
		{ID: "talks", Terms: []bitext.Term{term("ru", "переговоры", ""), term("en", "talks", ""), term("en", "parley", bitext.TermDeprecated)}},
		{ID: "order", Terms: []bitext.Term{term("en", "rules-based order", bitext.TermDeprecated)}},
		{ID: "east", Terms: []bitext.Term{term("ru", "Дальний Восток", ""), term("en", "Far East", "")}},
	}, lexicon.Key)
}

func TestPairGlossary(t *testing.T) {
	for _, c := range []struct {
		name          string
		aLang, bLang  bitext.Lang
		a, b, src     string
		want          string // severity and message of each flag
		wantA, wantB  string // what the first flag points at
		wantsEvidence string
	}{
		{name: "the preferred term, inflected", aLang: "ru", bLang: "en", a: "Строим сообщество единой судьбы.", b: "We build communities with a shared future."},
		{name: "an admitted term", aLang: "zh", bLang: "en", a: "构建命运共同体。", b: "We build a shared-future community."},
		{name: "its words in another order", aLang: "zh", bLang: "en", a: "构建命运共同体。", b: "We build a future shared by the whole community."},
		{name: "a deprecated term", aLang: "zh", bLang: "en", a: "构建命运共同体。", b: "We build a community of common destiny.",
			want:  "major the glossary renders “命运共同体” as “community with a shared future” or “shared-future community”; the second has the deprecated “community of common destiny”",
			wantA: "命运共同体", wantB: "community of common destiny", wantsEvidence: "glossary entry shared (diplomacy): zh “命运共同体”; ru “сообщество единой судьбы”; en “community with a shared future”, “shared-future community”; deprecated: en “community of common destiny”"},
		{name: "none of them", aLang: "ru", bLang: "en", a: "Начались переговоры.", b: "The negotiations began.",
			want: "minor the glossary renders “переговоры” as “talks”; the second has “negotiations”", wantA: "переговоры", wantB: "negotiations"},
		{name: "a relative of the term", aLang: "ru", bLang: "en", a: "Поставки на Дальний Восток.", b: "Far Eastern supplies."},
		{name: "two versions and their source", aLang: "en", bLang: "en", src: "Начались переговоры.", a: "The talks began.", b: "The parley began.",
			want: "major the glossary renders “переговоры” as “talks”; the second has the deprecated “parley”", wantB: "parley", wantsEvidence: "the first follows the glossary"},
		{name: "a rival has the term", aLang: "en", bLang: "en", a: "The talks began.", b: "The meeting began.",
			want: "info the glossary wants “talks”; the second has not", wantA: "talks"},
		{name: "deprecated, and nobody says for what", aLang: "en", bLang: "en", a: "A rules based order.", b: "An order.",
			want: "minor the glossary wants “rules-based order” avoided; the first has “rules based order”", wantA: "rules based order"},
	} {
		var src *Text
		if c.src != "" {
			src = &Text{"ru", c.src}
		}
		flags := Pair(Text{c.aLang, c.a}, Text{c.bLang, c.b}, src, Options{Checks: []string{"glossary"}, Glossary: testGlossary()})
		var got []string
		for _, f := range flags {
			got = append(got, f.Sev.String()+" "+f.Message.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
			continue
		}
		if len(flags) == 0 {
			continue
		}
		at := func(s string, span *[2]int) string {
			if span == nil {
				return ""
			}
			return s[span[0]:span[1]]
		}
		if f := flags[0]; at(c.a, f.A) != c.wantA || at(c.b, f.B) != c.wantB ||
			c.wantsEvidence != "" && !slices.ContainsFunc(f.Evidence, func(e Sentence) bool { return e.String() == c.wantsEvidence }) {
			t.Errorf("%s: at %q and %q, evidence %q", c.name, at(c.a, f.A), at(c.b, f.B), f.Evidence)
		}
	}
}

func TestRunGlossary(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("ru", "", "Переговоры прошли.", "Мы строим сообщество единой судьбы."),
			version("en", "a", "The talks took place.", "We are building a community with a shared future."),
			version("en", "b", "The parley took place.", "We are building a common home."),
		},
		Beads: beads([]int{1, 1, 1}, []int{1, 1, 1}),
	}
	in := Input{Alignment: a, Sources: []int{0}}
	opt := Options{Checks: []string{"glossary"}, Glossary: testGlossary()}
	found := mustRun(t, in, opt).Findings
	if len(found) != 2 || found[0].Sev != Major || found[1].Sev != Minor {
		t.Fatalf("%+v", found)
	}
	if f := found[0]; len(f.Places) != 2 || f.Places[1].Text != "parley" || len(f.Evidence) != 2 || f.Evidence[1].String() != "en@a follows the glossary" {
		t.Errorf("%+v", f)
	}
	opt.Waived = map[string]bool{found[0].ID: true}
	if r := mustRun(t, in, opt); len(r.Findings) != 1 || r.Waived != 1 {
		t.Errorf("waived: %+v", r.Findings)
	}
	opt.Checks, opt.Off = nil, []string{"glossary"}
	for _, f := range mustRun(t, in, opt).Findings {
		if f.Check == "glossary" {
			t.Errorf("switched off: %+v", f)
		}
	}
	if fmt.Sprint(mustRun(t, in, Options{}).Findings) != fmt.Sprint(mustRun(t, in, Options{Off: []string{"glossary"}}).Findings) {
		t.Error("without a glossary the check says something")
	}
}
