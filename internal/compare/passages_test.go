package compare

import (
	"slices"
	"testing"

	"sverka/internal/bitext"
)

// TestRunMovedBySource: the two wordings have little in common, but the source
// of the one is rendered by the other.
func TestRunMovedBySource(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("ru", "", "Мост открыли весной.", "Машину он вернул под расписку, а ключ оставил себе.", "Мост стоит до сих пор."),
			version("en", "a", "The bridge opened in spring.", "The lorry he handed over against a receipt; the key he kept.", "The bridge still stands."),
			version("en", "b", "The bridge opened in spring.", "The bridge still stands.", "He returned the car and signed a receipt, but left the key for himself."),
		},
		Beads: beads([]int{1, 1, 1}, []int{1, 1, 0}, []int{1, 1, 1}, []int{0, 0, 1}),
	}
	res := mustRun(t, Input{Alignment: a, Sources: []int{0}}, Options{MinSeverity: Info})
	for _, f := range res.Findings {
		if f.Check == "segments" {
			t.Errorf("%s: %s", f.Check, f.Message)
		}
	}
	if !slices.ContainsFunc(res.Findings, func(f Finding) bool { return f.Check == "moved" }) {
		t.Errorf("nothing is said to have moved: %+v", res.Findings)
	}
}

func TestRunMissingFromAll(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("ru", "", "Мост открыли весной.", "Об этом мы говорим открыто на всех встречах.", "Он стоит."),
			version("en", "a", "The bridge opened in spring.", "It stands."),
			version("en", "b", "The bridge opened in spring.", "It stands."),
		},
		Beads: beads([]int{1, 1, 1}, []int{1, 0, 0}, []int{1, 1, 1}),
	}
	res := mustRun(t, Input{Alignment: a, Sources: []int{0}}, Options{})
	if len(res.Findings) != 1 {
		t.Fatalf("findings: %+v", res.Findings)
	}
	f := res.Findings[0]
	if want := "“Об этом мы говорим открыто на всех встречах.” of ru is in none of en@a, en@b"; f.Message.String() != want {
		t.Errorf("got %q, want %q", f.Message, want)
	}
	if f.Sev != Major || len(f.Places) != 3 {
		t.Errorf("got %+v", f)
	}
}

// TestRunFraming: a notice behind the end of a page that ends in its own way is
// minor, and what the page says for itself there is no part of the statement,
// though others go on.
func TestRunFraming(t *testing.T) {
	for name, c := range map[string]struct {
		blog    []string
		beads   []bitext.Bead
		outside int
		sev     Severity
	}{
		"a page with an end of its own": {
			[]string{"The bridge opened in spring.", "So far the mayor.", "I had hoped for more.", "Read the rest next week."},
			beads([]int{1, 1}, []int{0, 1}, []int{0, 1}, []int{0, 1}, []int{1, 0}), 1, Minor,
		},
		"a text cut short": {[]string{"The bridge opened in spring."}, beads([]int{1, 1}, []int{1, 0}), 0, Major},
	} {
		t.Run(name, func(t *testing.T) {
			a := &bitext.Alignment{
				Versions: []bitext.Version{
					version("en", "official", "The bridge opened in spring.", "A sample written for testing; not an authentic document."),
					version("en", "blog", c.blog...),
				},
				Beads: c.beads,
			}
			// The last bead is shared with a third version.
			third := version("en", "copy", "The bridge opened in spring.", "A sample written for testing; not an authentic document.")
			a.Versions = append(a.Versions, third)
			next := 0
			for b := range a.Beads {
				n := a.Beads[b].Sides[0].To - a.Beads[b].Sides[0].From
				a.Beads[b].Sides = append(a.Beads[b].Sides, bitext.Range{From: next, To: next + n})
				next += n
			}
			res := mustRun(t, Input{Alignment: a}, Options{})
			if len(res.Outside) != c.outside {
				t.Errorf("outside: %+v", res.Outside)
			}
			if len(res.Findings) != 1 || res.Findings[0].Check != "segments" || res.Findings[0].Sev != c.sev {
				t.Errorf("findings: %+v", res.Findings)
			}
		})
	}
}

func TestLinkNames(t *testing.T) {
	for _, c := range []struct {
		a, b       Text
		word, with string // a word of a, and the one that it is linked to
	}{
		{Text{"en", "He chairs the EAEU this year."}, Text{"en", "This year he chairs the Eurasian Economic Union."}, "eaeu", "eurasian"},
		{Text{"ru", "Ветлугин приехал вчера."}, Text{"en", "Then yesterday Mr Vetlugin came."}, "ветлугин", "vetlugin"},
		{Text{"ru", "Тяньцзинь ждёт гостей."}, Text{"en", "It is guests that Tianjin awaits."}, "тяньцзинь", "tianjin"},
	} {
		p := newPair(newSide(c.a.Lang, c.a.Text), newSide(c.b.Lang, c.b.Text), nil, nil)
		at := slices.IndexFunc(p.a.units, func(u unit) bool { return u.form == c.word })
		if at < 0 || p.link[at] < 0 || p.b.units[p.link[at]].form != c.with {
			t.Errorf("%q is not linked to %q", c.word, c.with)
		}
	}
}

// TestNamesSaidForEachOther: a capital for its government, a name in full for
// the short one, and the name of a user, are no differences to act on.
func TestNamesSaidForEachOther(t *testing.T) {
	for name, c := range map[string]struct {
		src  Text
		a, b Text
	}{
		"a street for a government": {Text{"en", "The list was cut by Downing Street on Friday, Spain said."},
			Text{"ru", "Даунинг-стрит сократила список в пятницу, сообщила Испания."}, Text{"ru", "Британское правительство сократило список в пятницу, сообщила Испания."}},
		"in full": {Text{"zh", "他祝贺大湾区论坛开幕。"},
			Text{"en", "He congratulated the Greater Bay Area Forum."}, Text{"en", "He congratulated the Guangdong-Hong Kong-Macau Greater Bay Area Forum."}},
		"a user": {Text{"zh", "（微博@南海观察）舰队出发。"},
			Text{"en", "(Weibo @SouthSeaWatch) The fleet set out."}, Text{"en", "(Weibo @ South Sea Observation) The fleet set out."}},
	} {
		for _, f := range Pair(c.a, c.b, &c.src, Options{Checks: []string{"names", "clauses"}}) {
			if f.Sev >= Major && f.Check == "names" || f.Sev >= Major && name == "in full" {
				t.Errorf("%s: %s", name, f.Message)
			}
		}
	}
}
