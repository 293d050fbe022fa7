package bitext

import (
	"strings"
	"testing"
)

func TestParseLang(t *testing.T) {
	good := map[string]Lang{
		"ru": Russian, "RU": Russian, "ru-RU": Russian, "ru_RU": Russian, "rus": Russian, "Russian": Russian,
		"zh": Chinese, "zh-Hant": Chinese, "zh_CN": Chinese, "zho": Chinese, "chi": Chinese, "cmn-Hans": Chinese,
		"en": English, "en-GB": English, "eng": English, " en ": English, "de": "de", "uk": "uk",
	}
	for tag, want := range good {
		if got, err := ParseLang(tag); err != nil || got != want {
			t.Errorf("ParseLang(%q) = %q, %v; want %q", tag, got, err, want)
		}
	}
	for _, tag := range []string{"", "e", "русский", "e1", "english1", "toolongatag", "-", "中文"} {
		if got, err := ParseLang(tag); err == nil {
			t.Errorf("ParseLang(%q) = %q, want an error", tag, got)
		}
	}
}

func version(lang Lang, label string, n int) Version {
	v := Version{Lang: lang, Label: label}
	for range n {
		v.Segments = append(v.Segments, Segment{Text: "x", Space: "\n"})
	}
	return v
}

func bead(sides ...Range) Bead { return Bead{Sides: sides} }

func TestValidate(t *testing.T) {
	versions := []Version{version(Russian, "", 3), version(English, "blog", 2)}
	cases := []struct {
		name  string
		beads []Bead
		want  string
	}{
		{"sound", []Bead{bead(Range{0, 2}, Range{0, 1}), bead(Range{2, 3}, Range{1, 2})}, ""},
		{"nulls", []Bead{bead(Range{0, 3}, Range{0, 0}), bead(Range{3, 3}, Range{0, 2})}, ""},
		{"a hole", []Bead{bead(Range{0, 1}, Range{0, 1}), bead(Range{2, 3}, Range{1, 2})}, "takes segments 2 to 3 of ru; 1 is next"},
		{"twice", []Bead{bead(Range{0, 2}, Range{0, 1}), bead(Range{1, 3}, Range{1, 2})}, "2 is next"},
		{"backwards", []Bead{bead(Range{0, -1}, Range{0, 1})}, "bead 0"},
		{"empty", []Bead{bead(Range{0, 0}, Range{0, 0})}, "bead 0 is empty"},
		{"short", []Bead{bead(Range{0, 3}, Range{0, 1})}, "en@blog: the beads cover 1 of 2 segments"},
		{"one side", []Bead{bead(Range{0, 3})}, "1 sides for 2 versions"},
	}
	for _, c := range cases {
		err := (&Alignment{Versions: versions, Beads: c.beads}).Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestJoinAndRejoin(t *testing.T) {
	v := Version{Lang: English, Lead: " ", Segments: []Segment{{Text: "One.", Space: " "}, {Text: "Two.", Space: "\n\n"}, {Text: "Three."}}}
	if got := v.Rejoin(); got != " One. Two.\n\nThree." {
		t.Errorf("Rejoin = %q", got)
	}
	if got := v.Join(Range{0, 3}); got != "One. Two. Three." {
		t.Errorf("Join = %q", got)
	}
	v.Lang = Chinese
	if got := v.Join(Range{0, 2}); got != "One.Two." {
		t.Errorf("Join in Chinese = %q", got)
	}
	if v.Name() != "zh" {
		t.Errorf("Name = %q", v.Name())
	}
}
