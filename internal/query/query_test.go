package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sverka/internal/bitext"
)

func word(s string) *Term                  { return &Term{Text: s} }
func phrase(s string) *Term                { return &Term{Text: s, Phrase: true} }
func prefix(s string) *Term                { return &Term{Text: s, Prefix: true} }
func filter(f string, v ...string) *Filter { return &Filter{f, v} }

// bareTerms takes out what Parse computes, for comparison.
func bareTerms(n Node) Node {
	switch n := n.(type) {
	case And:
		var out And
		for _, c := range n {
			out = append(out, bareTerms(c))
		}
		return out
	case Or:
		var out Or
		for _, c := range n {
			out = append(out, bareTerms(c))
		}
		return out
	case Not:
		return Not{bareTerms(n.Node)}
	case *Term:
		return &Term{Text: n.Text, Phrase: n.Phrase, Prefix: n.Prefix}
	}
	return n
}

// The whole language: want nil means that the query is refused, with the words
// of says at the character at.
var parseTests = []struct {
	in   string
	want Node
	at   int
	says string
}{
	{in: "bridge", want: word("bridge")},
	{in: "  мост  ", want: word("мост")},
	{in: "命运共同体", want: word("命运共同体")},
	{in: "new bridge", want: And{word("new"), word("bridge")}},
	{in: "new AND bridge", want: And{word("new"), word("bridge")}},
	{in: `"new bridge"`, want: phrase("new bridge")},
	{in: `“new bridge”`, want: phrase("new bridge")},
	{in: `«новый мост»`, want: phrase("новый мост")},
	{in: `「新桥」`, want: phrase("新桥")},
	{in: `"say \"bridge\" \\ now"`, want: phrase(`say "bridge" \ now`)},
	{in: "bridg*", want: prefix("bridg")},
	{in: "桥*", want: prefix("桥")},
	{in: "a*b", want: word("a*b")},
	{in: "bridge OR tunnel", want: Or{word("bridge"), word("tunnel")}},
	{in: "a1 OR b1 c1 OR d1", want: Or{word("a1"), And{word("b1"), word("c1")}, word("d1")}},
	{in: "(a1 OR b1) c1", want: And{Or{word("a1"), word("b1")}, word("c1")}},
	{in: "((bridge))", want: word("bridge")},
	{in: "(new bridge) old", want: And{word("new"), word("bridge"), word("old")}},
	{in: "bridge -old", want: And{word("bridge"), Not{word("old")}}},
	{in: "bridge NOT old", want: And{word("bridge"), Not{word("old")}}},
	{in: "bridge NOT NOT old", want: And{word("bridge"), word("old")}},
	{in: `bridge -"very old"`, want: And{word("bridge"), Not{phrase("very old")}}},
	{in: "bridge -(old OR new)", want: And{word("bridge"), Not{Or{word("old"), word("new")}}}},
	{in: "Russia-China", want: word("Russia-China")},
	{in: "or and not", want: And{word("or"), word("and"), word("not")}},
	{in: "10:30", want: word("10:30")},
	{in: "мост:", want: word("мост:")},
	{in: "lang:ru мост", want: And{filter("lang", "ru"), word("мост")}},
	{in: "LANG:RU-ru,zho мост", want: And{filter("lang", "ru", "zh"), word("мост")}},
	{in: "-lang:ru мост", want: And{Not{filter("lang", "ru")}, word("мост")}},
	{in: "in:bridge-talk x1", want: And{filter("in", "bridge-talk"), word("x1")}},
	{in: `statement:"a talk" x1`, want: And{filter("in", "a talk"), word("x1")}},
	{in: "label:office,agency x1", want: And{filter("label", "office", "agency"), word("x1")}},
	{in: "by:Иванов x1", want: And{filter("by", "Иванов"), word("x1")}},
	{in: "source:https://example.org/a x1", want: And{filter("by", "https://example.org/a"), word("x1")}},
	{in: "since:2024 until:2024-02 x1", want: And{filter("since", "2024-01-01"), filter("until", "2024-02-29"), word("x1")}},
	{in: "since:2024-05-06 x1", want: And{filter("since", "2024-05-06"), word("x1")}},

	{in: "", at: 1, says: "empty"},
	{in: "   ", at: 1, says: "empty"},
	{in: `мост "новый`, at: 6, says: "not closed"},
	{in: "(bridge", at: 1, says: "not closed"},
	{in: "bridge (", at: 8, says: "not closed"},
	{in: "bridge)", at: 7, says: "without an opening"},
	{in: "()", at: 1, says: "nothing in the brackets"},
	{in: "bridge OR", at: 10, says: "missing at the end"},
	{in: "OR bridge", at: 1, says: "nothing before"},
	{in: "a1 OR OR b1", at: 7, says: "nothing before"},
	{in: "AND bridge", at: 1, says: "AND needs"},
	{in: "bridge AND", at: 8, says: "AND needs"},
	{in: "bridge NOT", at: 8, says: "before what it excludes"},
	{in: "bridge - old", at: 8, says: "without a space"},
	{in: "bridge -", at: 8, says: "without a space"},
	{in: "-bridge", at: 1, says: "nothing to look for"},
	{in: "lang:ru", at: 1, says: "nothing to look for"},
	{in: "bridge OR lang:ru", at: 1, says: "nothing to look for"},
	{in: "bridge OR -old", at: 1, says: "nothing to look for"},
	{in: "мост author:x", at: 6, says: "known are lang:, in:, label:, by:, since:, until:"},
	{in: "lang:x1 мост", at: 6, says: "not a language tag"},
	{in: "lang: мост", at: 6, says: "without a value"},
	{in: "lang:ru, мост", at: 9, says: "without a value"},
	{in: "since:yesterday мост", at: 7, says: "no date"},
	{in: "since:2024-02-30 мост", at: 7, says: "no date"},
	{in: "since:2024,2025 мост", at: 1, says: "one date"},
	{in: "bridge ***", at: 8, says: "no letter"},
	{in: `"…" bridge`, at: 1, says: "no letter"},
	{in: "b*", at: 1, says: "two letters"},
	{in: "bridge \xff", at: 1, says: "UTF-8"},
	{in: strings.Repeat("(", 50) + "a" + strings.Repeat(")", 50), at: 41, says: "brackets within"},
	{in: "a " + strings.Repeat("NOT ", 50) + "b", at: 167, says: "negations within"},
	{in: strings.Repeat("a ", 101), at: 201, says: "more than 100 words"},
	{in: strings.Repeat("a", 5000), at: 1, says: "bytes long"},
}

func TestParse(t *testing.T) {
	for _, c := range parseTests {
		q, err := Parse(c.in)
		if c.want == nil {
			var se *SyntaxError
			if !errors.As(err, &se) {
				t.Errorf("Parse(%q) = %v, %v; want a syntax error", c.in, q, err)
			} else if se.At != c.at || !strings.Contains(se.Error(), c.says) {
				t.Errorf("Parse(%q): %v; want %q at %d", c.in, err, c.says, c.at)
			}
			continue
		}
		if err != nil {
			t.Errorf("Parse(%q): %v", c.in, err)
			continue
		}
		if got := bareTerms(q.Root); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Parse(%q) = %s, want %s", c.in, got, c.want)
		}
		again(t, q)
	}
}

// again fails unless the query's text is parsed to the query.
func again(t interface{ Errorf(string, ...any) }, q *Query) {
	back, err := Parse(q.String())
	if err != nil || !reflect.DeepEqual(bareTerms(back.Root), bareTerms(q.Root)) || back.String() != q.String() {
		t.Errorf("%q becomes %v, %v", q.String(), back, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseTests {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		q, err := Parse(in)
		if err != nil {
			var se *SyntaxError
			if !errors.As(err, &se) || se.At < 1 || se.At > utf8.RuneCountInString(in)+1 || se.What == "" {
				t.Errorf("error %v", err)
			}
			return
		}
		if len(q.String()) < maxBytes {
			again(t, q)
		}
		for _, term := range q.Terms() {
			for _, p := range term.Phrases() {
				if len(p.Words) == 0 {
					t.Errorf("%q: nothing to ask the index for", in)
				}
			}
		}
		d := Analyze(in)
		q.Match(d, &Meta{Variant: &bitext.Variant{}})
		spans, _ := q.Spans(d)
		checkSpans(t, in, spans)
	})
}

func checkSpans(t interface{ Errorf(string, ...any) }, s string, spans []Span) {
	end := 0
	for _, sp := range spans {
		if sp.Start < end || sp.End <= sp.Start || sp.End > len(s) {
			t.Errorf("spans %v of %q", spans, s)
			return
		}
		end = sp.End
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        string // the spans, parted by |
		exact       int
	}{
		{"bridge", "Bridges and the bridge.", "Bridges|bridge", 1},
		{"мост", "Моста «МОСТ» нет", "Моста|МОСТ", 1},
		{"визит", "Визиты без визита; виза", "Визиты|визита", 0},
		{"проблема", "Нет проблем, с проблемами", "проблем|проблемами", 0},
		{"саммита", "Саммит, пакт", "Саммит", 0},
		{"начал", "Мы начали сначала", "начали", 0},
		{"елка", "Ёлка и ёлки", "Ёлка|ёлки", 1},
		{"新桥", "一座新桥，新 桥", "新桥", 1},
		{`"both banks"`, "Both  “banks”, both", "Both  “banks", 1},
		{"partner*", "Partnership of partners, part", "Partnership|partners", 0},
		{"new OR \"new bridge\"", "a new bridge, a new road", "new bridge|new", 2},
		{"cafe\u0301", "Café, CAFE\u0301", "Café|CAFE\u0301", 2},
		{"abc", "ＡＢＣ ａｂｃ", "ＡＢＣ|ａｂｃ", 2},
		{"bridge -old lang:en", "the old bridge", "bridge", 1},
		{"2", "x² ½", "²|½", 2},
		{"11", "1½ and 11", "11", 1},
		{"1", "1½ or 11", "1|½", 2},
		{"1235", "1,235 and 1235", "1,235|1235", 2},
		{"zero", "ze\u00adro", "ze\u00adro", 1},
		{"nothing", "here", "", 0},
	} {
		q, err := Parse(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		spans, exact := q.Spans(Analyze(c.text))
		var got []string
		for _, s := range spans {
			got = append(got, c.text[s.Start:s.End])
		}
		if strings.Join(got, "|") != c.want || exact != c.exact {
			t.Errorf("%s in %q: %q, %d just as typed; want %q, %d", c.typed, c.text, got, exact, c.want, c.exact)
		}
	}
}

func TestIndexText(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"… — !":                  "",
		"Running bridges":        "run bridg",
		"Мосты и мост":           "мост и мост",
		"新桥":                     "新桥 桥",
		"建造一座桥。":                 "建造 造一 一座 座桥 桥",
		"5G网络 ok":                "5 g 网络 络 ok",
		"1,235 5,2 1,2,3":        "1235 5.2 1.2.3",
		"Ёж don’t":               "еж don't",
		strings.Repeat("x", 500): strings.Repeat("x", maxWord),
	} {
		if got := IndexText(in); got != want {
			t.Errorf("IndexText(%q) = %q, want %q", in, got, want)
		}
	}
}

// A text is found by any run of its own words.
func TestOwnWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom([]rune("abЁёмостов新桥在½²ﬁ5,. -'’«»\u00ad\u0301ＡＢ\n"))
		s := rapid.StringOfN(r, 1, 40, -1).Draw(t, "text")
		d := Analyze(s)
		end := 0
		for _, k := range d.Tokens {
			if k.Start < end && k.End <= k.Start || k.End > len(s) || k.End <= k.Start || !utf8.ValidString(s[k.Start:k.End]) {
				t.Fatalf("tokens of %q: %v", s, d.Tokens)
			}
			end = k.Start
		}
		if len(d.Tokens) == 0 {
			return
		}
		i := rapid.IntRange(0, len(d.Tokens)-1).Draw(t, "from")
		j := rapid.IntRange(i, len(d.Tokens)-1).Draw(t, "to")
		// ½ folds to three characters, and a digit beside it joins one of them:
		// such words share a character of the text and cannot be cut apart.
		for i > 0 && d.Tokens[i-1].End > d.Tokens[i].Start {
			i--
		}
		for j+1 < len(d.Tokens) && d.Tokens[j+1].Start < d.Tokens[j].End {
			j++
		}
		part := s[d.Tokens[i].Start:d.Tokens[j].End]
		q, err := Parse(quote(part))
		if err != nil {
			t.Fatalf("%q of %q: %v", part, s, err)
		}
		if !q.Match(d, &Meta{Variant: &bitext.Variant{}}) {
			t.Fatalf("%q is not found in %q", part, s)
		}
	})
}

func TestFilters(t *testing.T) {
	m := &Meta{
		Statement: bitext.Statement{ID: "bridge-talk", Title: "A Talk on Bridges", Date: "2024-03-05", Speaker: "И. Петрова"},
		Variant:   &bitext.Variant{Lang: "en", Label: "Office", Translator: "J. Smith", Source: "https://example.org/x"},
	}
	for f, want := range map[string]bool{
		"lang:en": true, "lang:ru": false, "lang:ru,en": true, "label:office": true, "label:off": false,
		"in:bridge-talk": true, "in:bridge": true, "in:tunnel": false, `in:"talk on"`: true,
		"by:smith": true, "by:петрова": true, "by:example.org": true, "by:jones": false,
		"since:2024": true, "since:2024-03-05": true, "since:2024-03-06": false,
		"until:2024-03": true, "until:2024-03-04": false, "until:2023": false,
	} {
		q, err := Parse(f + " word")
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Match(Analyze("a word"), m); got != want {
			t.Errorf("%s: %v", f, got)
		}
	}
	undated := &Meta{Variant: &bitext.Variant{}}
	if q, _ := Parse("until:2024 word"); q.Match(Analyze("word"), undated) {
		t.Error("a text without a date is held to be old")
	}
}
