package compare

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// What a translation leaves to its language is no finding; what it gets wrong
// is one.
func TestAcross(t *testing.T) {
	for _, c := range []struct {
		from, to, source, target string
		want                     Category // "" where all is well
	}{
		{"ru", "en", "Никто не может быть изгнан из города.", "No one shall be expelled from the city.", ""},
		{"ru", "en", "Он ни в коем случае не должен продавать мельницу.", "He may in no case sell the mill.", ""},
		{"ru", "en", "Мельник может продать зерно соседям.", "The miller must sell the grain to the neighbours.", Modality},
		{"ru", "en", "Нужны дороги, а не заборы.", "What is needed is roads, not fences.", ""},
		{"ru", "en", "Каждый человек имеет право на отдых.", "Everyone has the right to rest.", ""},
		{"ru", "en", "Николай Романович, когда построят мост?", "Mr Vetlugin, when will the bridge be built?", ""},
		{"ru", "en", "Мы ждём Ваших писем из деревни.", "We await letters from the village.", ""},
		{"ru", "en", "Той зимой волки дважды приходили в деревню.", "That winter wolves came to the village.", ""},
		{"zh", "en", "任何人不得任意出售磨坊或粮食。", "No one shall arbitrarily sell the mill or the grain.", ""},
		{"zh", "en", "教育应促进各国之间的友谊。", "Education shall promote friendship among countries.", ""},
		{"zh", "en", "我坚信，我们的合作必将加强。", "I am convinced that our cooperation will grow stronger.", ""},
		{"zh", "en", "磨坊可以出售。", "The mill must not be sold.", Negation},
	} {
		flags := Pair(Text{bitext.Lang(c.from), c.source}, Text{bitext.Lang(c.to), c.target}, nil, Options{})
		if c.want == "" && len(flags) > 0 || c.want != "" && !slices.ContainsFunc(flags, func(f Flag) bool { return f.Cat == c.want && f.Sev == Major }) {
			t.Errorf("%s / %s: got %+v, want %q", c.source, c.target, flags, c.want)
		}
	}
}

// A slight remark that several passages call for is made once.
func TestAgain(t *testing.T) {
	sources := []string{"Договор подпишет Ласточкин.", "Закон тоже подпишет Ласточкин.", "Ещё один указ подпишет Ласточкин."}
	targets := []string{"The treaty will be signed.", "The law will be signed, too.", "One more decree will be signed."}
	a := &bitext.Alignment{Versions: []bitext.Version{{Lang: "ru"}, {Lang: "en"}}}
	for i := range 3 {
		for v, s := range []string{sources[i], targets[i]} {
			a.Versions[v].Segments = append(a.Versions[v].Segments, bitext.Segment{Text: s})
		}
		r := bitext.Range{From: i, To: i + 1}
		a.Beads = append(a.Beads, bitext.Bead{Sides: []bitext.Range{r, r}, Score: 1})
	}
	res, err := Run(context.Background(), Input{Alignment: a, Sources: []int{0}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range res.Findings {
		if f.Cat != Name {
			continue
		}
		n++
		if f.Bead != 0 || len(f.Evidence) == 0 || !strings.Contains(f.Evidence[len(f.Evidence)-1].String(), "the same in 2 more passages") {
			t.Errorf("got %+v", f)
		}
	}
	if n != 1 {
		t.Errorf("%d remarks, want 1: %+v", n, res.Findings)
	}
}
