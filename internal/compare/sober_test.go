package compare

import (
	"slices"
	"testing"

	"sverka/internal/bitext"
)

func TestRare(t *testing.T) {
	for _, c := range []struct{ p, least, most float64 }{{0, 0, 0}, {0.5, 0.23, 0.24}, {0.8, 0.54, 0.55}, {1, 0.99, 1.01}} {
		if got := rare(c.p); got < c.least || got > c.most {
			t.Errorf("rare(%v) = %v", c.p, got)
		}
	}
}

// TestSober: what is likely enough in a lone pair is not in a statement, and a
// stretch of which another check shows what stands instead is not missing.
func TestSober(t *testing.T) {
	a := newSide("en", "Mr Baker opened the bridge with the whole council.")
	b := newSide("en", "The bridge was opened by Mr Miller.")
	clause := func(chance float64, from, to int) Flag {
		return Flag{Check: "clauses", Cat: Omission, Sev: Major, A: &[2]int{from, to}, B: &[2]int{35, 35}, chance: chance, bar: 0.65}
	}
	for name, c := range map[string]struct {
		flag      Flag
		statement bool
		said      []Flag
		want      Severity
	}{
		"a lone pair":               {clause(0.7, 27, 49), false, nil, Major},
		"the same in a statement":   {clause(0.7, 27, 49), true, nil, Minor},
		"sure enough":               {clause(0.95, 27, 49), true, nil, Major},
		"another check says it":     {clause(0.95, 3, 8), false, []Flag{{Check: "names", Sev: Critical, A: &[2]int{3, 8}, B: &[2]int{28, 34}}}, Minor},
		"another check mentions it": {clause(0.95, 3, 8), false, []Flag{{Check: "names", Sev: Minor, A: &[2]int{3, 8}, B: &[2]int{28, 34}}}, Major},
	} {
		p := newPair(a, b, nil, nil)
		p.flags = c.said
		f := c.flag
		if p.sober(&f, c.statement); f.Sev != c.want {
			t.Errorf("%s: %v, want %v", name, f.Sev, c.want)
		}
	}
}

// TestSaidOtherwise: none of these is a difference to act on.
func TestSaidOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		src  *Text
		a, b string
	}{
		"none is lacking": {nil, "A common goal is needed and the will to reach it, and we have all of this.", "A common goal is needed and the will to reach it, and none of that is lacking."},
		"what one has to offer": {&Text{"ru", "Что наши страны могут предложить в этих областях?"},
			"What can our countries offer in these fields?", "What do our countries have to offer in these fields?"},
		"a first name and the father's": {&Text{"ru", "Николай Романович, позвольте вопрос."},
			"Mr Vetlugin, allow me a question.", "Nikolay Romanovich, allow me a question."},
	} {
		for _, f := range Pair(Text{bitext.English, c.a}, Text{bitext.English, c.b}, c.src, Options{}) {
			if f.Sev >= Major {
				t.Errorf("%s: %s", name, f.Message)
			}
		}
	}
	// What looks like them but differs is still found.
	for name, c := range map[string]struct{ a, b string }{
		"none is there":      {"A common goal is needed and the will to reach it, and we have all of this.", "A common goal is needed and the will to reach it, and we have none of this."},
		"what one has to do": {"The guards may open the gate at night.", "The guards have to open the gate at night."},
	} {
		if flags := Pair(Text{bitext.English, c.a}, Text{bitext.English, c.b}, nil, Options{}); !slices.ContainsFunc(flags, func(f Flag) bool { return f.Sev >= Major }) {
			t.Errorf("%s: nothing found", name)
		}
	}
}

// TestDull: what is left out of a statement's findings, and of any pair's.
func TestDull(t *testing.T) {
	clause := func(chance float64, from, to int) Flag {
		return Flag{Check: "clauses", Cat: Omission, Sev: Minor, A: &[2]int{from, to}, B: &[2]int{10, 10}, chance: chance}
	}
	for name, c := range map[string]struct {
		a         string
		flag      Flag
		statement bool
		said      []Flag
		want      bool
	}{
		"hardly likely":               {"The mayor opened the bridge.", clause(0.21, 4, 9), true, nil, true},
		"hardly likely, a lone pair":  {"The mayor opened the bridge.", clause(0.21, 4, 9), false, nil, false},
		"likely":                      {"The mayor opened the bridge.", clause(0.5, 4, 9), true, nil, false},
		"the label of a speaker":      {"Darya Baker: The bridge is open.", clause(0.5, 0, 5), false, nil, true},
		"said by another check":       {"The mayor opened the bridge.", clause(0.5, 4, 9), false, []Flag{{Check: "names", A: &[2]int{4, 9}, B: &[2]int{0, 0}}}, true},
		"a future told as a present":  {"The mayor will open it.", Flag{Check: "modality", Sev: Minor, A: &[2]int{10, 19}, B: &[2]int{4, 9}}, true, nil, true},
		"a duty that is said flatly":  {"The mayor must open it.", Flag{Check: "modality", Sev: Minor, A: &[2]int{10, 19}, B: &[2]int{4, 9}}, true, nil, false},
		"a future that is a real one": {"The mayor will open it.", Flag{Check: "modality", Sev: Major, A: &[2]int{10, 19}, B: &[2]int{4, 9}}, true, nil, false},
	} {
		p := newPair(newSide("en", c.a), newSide("en", "Today the town opens the bridge."), nil, nil)
		p.flags = c.said
		f := c.flag
		if got := p.dull(&f, c.statement); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
