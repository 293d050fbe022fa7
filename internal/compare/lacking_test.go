package compare

import (
	"math"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func TestTreesParse(t *testing.T) {
	names := []string{"one", "two"}
	trees, err := parseTrees("# said\none, two\n1<0.5 0<2 =-1 =3 =0.5\n\n=1\n", names)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x    []float64
		want float64 // the sum of the leaves
	}{{[]float64{2, 0.5}, 0}, {[]float64{2.1, 0.5}, 4}, {[]float64{0, 0.6}, 1.5}} {
		if got, want := trees.probability(c.x), 1/(1+math.Exp(-c.want)); got != want {
			t.Errorf("%v: %v, want %v", c.x, got, want)
		}
	}
	layered, err := parseTrees("one, two\n+ constant 0 1 -1\n+ trees 1 2 4\n+ two 1 0.5 2\n=2\n", names)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := layered.probability([]float64{0, 9}), 1/(1+math.Exp(-7)); got != want { // -1 + 4·0.5 + 2·3
		t.Errorf("with a layer: %v, want %v", got, want)
	}
	for _, bad := range []string{"one\n=1", "one, two\n1<0.5 =1", "one, two\n=1 =2", "one, two\n2<1 =1 =2", "one, two\n=x", "one, two\n0<x =1 =2",
		"one, two\n+ three 0 1 1", "one, two\n+ one 0 0 1", "one, two\n+ one 0 1", "one, two\n+ one 0 1 x"} {
		if _, err := parseTrees(bad, names); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestAbsentParses(t *testing.T) {
	if _, err := parseAbsent(absentData); err != nil {
		t.Fatal(err)
	}
	for _, lang := range bitext.Langs {
		if p, ok := absent[lang][""]; !ok || p <= 0 || p >= 1 {
			t.Errorf("%s has no mean", lang)
		}
	}
	for _, bad := range []string{"en\tword\n", "en\tword\tmuch\n", "en\tword\t101\n"} {
		if _, err := parseAbsent(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestSeamsParse(t *testing.T) {
	if _, err := parseSeams(seamsData); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"en\tthe\tof\n", "en\tthe\tof\tseldom\n"} {
		if _, err := parseSeams(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// TestSeam holds that a text from which a word was taken has a worse seam
// there than the text as it was.
func TestSeam(t *testing.T) {
	for _, c := range []struct {
		lang        bitext.Lang
		whole, torn string
	}{
		{bitext.English, "The children will build the small bridge.", "The children will the small bridge."},
		{bitext.English, "It was found in the old house.", "It was in in the old house."},
		{bitext.Russian, "Мы шли по дороге и молчали.", "Мы шли по и молчали."},
	} {
		whole, torn := newSide(c.lang, c.whole), newSide(c.lang, c.torn)
		if w, v := whole.seam(0, 6), torn.seam(0, 6); v >= w {
			t.Errorf("%q has the seam %v, %q %v", c.torn, v, c.whole, w)
		}
	}
}

func FuzzParseTrees(f *testing.F) {
	f.Add("one, two\n1<0.5 0<2 =-1 =3 =0.5\n")
	f.Fuzz(func(t *testing.T, data string) {
		trees, err := parseTrees(data, []string{"one", "two"})
		if err == nil {
			trees.probability([]float64{1, 2})
		}
	})
}

// lackingCases are two renderings of a source, the second of which lacks the
// words in lost, or has those in gained besides; where both are empty, nothing
// may be reported.
var lackingCases = []struct {
	lang, srcLang    bitext.Lang
	src, a, b        string
	lost, gained     string
	withoutSourceToo bool
}{
	{"en", "ru", "Рыбаки вернулись в порт поздно вечером, потому что шторм повредил их сети.",
		"The fishermen returned to the port late in the evening because the storm had damaged their nets.",
		"Late in the evening the fishermen came back to port, since the storm damaged their nets, and the whole village was waiting for them with lanterns.",
		"", "village was waiting for them with lanterns", true},
	{"en", "ru", "Рыбаки вернулись в порт поздно вечером, потому что шторм повредил их сети.",
		"The fishermen returned to the port late in the evening because the storm had damaged their nets.",
		"Late in the evening the fishermen came back to port.",
		"storm had damaged their nets", "", true},
	{"en", "ru", "Рыбаки вернулись в порт поздно вечером, потому что шторм повредил их сети.",
		"The fishermen returned to the port late in the evening because the storm had damaged their nets.",
		"Late in the evening the fishermen came back to port, since their nets were damaged by the storm.",
		"", "", true},
	{"ru", "en", "The museum opened a new hall last week and invited schoolchildren to see it for free.",
		"Музей на прошлой неделе открыл новый зал и пригласил школьников осмотреть его бесплатно.",
		"На прошлой неделе музей открыл новый зал.",
		"пригласил школьников осмотреть его бесплатно", "", true},
	{"ru", "en", "The museum opened a new hall last week and invited schoolchildren to see it for free.",
		"Музей на прошлой неделе открыл новый зал и пригласил школьников осмотреть его бесплатно.",
		"На прошлой неделе в музее открылся новый зал, и школьников позвали посмотреть его бесплатно.",
		"", "", true},
	{"zh", "en", "The farmers planted rice along the river and built a small bridge for the children.",
		"农民们在河边种植水稻，并为孩子们修建了一座小桥。",
		"农民们沿河种植水稻。",
		"孩子们修建了一座小桥", "", false},
	{"zh", "en", "The farmers planted rice along the river and built a small bridge for the children.",
		"农民们在河边种植水稻，并为孩子们修建了一座小桥。",
		"农民们沿着河边种了水稻，还给孩子们修了一座小桥。",
		"", "", true},
}

func TestLacking(t *testing.T) {
	for _, c := range lackingCases {
		src := &Text{c.srcLang, c.src}
		for _, s := range []*Text{src, nil} {
			if s == nil && !c.withoutSourceToo {
				continue
			}
			var lost, gained []string
			for _, f := range Pair(Text{c.lang, c.a}, Text{c.lang, c.b}, s, Options{Checks: []string{"clauses"}, MinSeverity: Major}) {
				if f.Cat == Omission {
					lost = append(lost, c.a[f.A[0]:f.A[1]])
				} else {
					gained = append(gained, c.b[f.B[0]:f.B[1]])
				}
			}
			if !told(lost, c.lost) || !told(gained, c.gained) {
				t.Errorf("%q, source %v: lost %q, want some of %q; gained %q, want some of %q", c.b, s != nil, lost, c.lost, gained, c.gained)
			}
		}
	}
}

// told says that every flag stands within want, and that there is one if want
// is not empty.
func told(got []string, want string) bool {
	for _, g := range got {
		if !strings.Contains(want, g) && !strings.Contains(g, want) || want == "" {
			return false
		}
	}
	return (len(got) > 0) == (want != "")
}
