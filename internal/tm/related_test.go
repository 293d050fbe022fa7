package tm

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"sverka/internal/bitext"
)

func TestRelated(t *testing.T) {
	s := open(t)
	units := []bitext.Unit{
		pair("The museum opened in May.", "Музей открылся в мае."),
		pair("Children enter free. Dogs wait outside.", "Дети проходят бесплатно. Собаки ждут снаружи."),
		pair("A walrus was fed.", "Моржа покормили."),
		pair("Nothing like it.", "Ничего подобного."),
		{Variants: []bitext.Variant{{Lang: "en", Text: "The zebra slept."}, {Lang: "zh", Text: "斑马睡着了。"}}},
	}
	for k := range 500 { // a word that says nothing
		units = append(units, pair(fmt.Sprintf("House %d", k), fmt.Sprintf("Дом %d", k)))
	}
	mustImport(t, s, units...)
	version := func(lang bitext.Lang, texts ...string) bitext.Version {
		v := bitext.Version{Lang: lang}
		for _, x := range texts {
			v.Segments = append(v.Segments, bitext.Segment{Text: x, Space: " "})
		}
		return v
	}
	for _, c := range []struct {
		name     string
		versions []bitext.Version
		want     []string // the English texts, those of the very text first
	}{
		{"the very text in another form", []bitext.Version{version("en", "THE MUSEUM opened in May."), version("ru", "Совсем другое.")},
			[]string{"The museum opened in May."}},
		{"two segments side by side", []bitext.Version{version("en", "x"), version("ru", "Дети проходят бесплатно.", "Собаки ждут снаружи.")},
			[]string{"Children enter free. Dogs wait outside."}},
		{"a rare word in any form", []bitext.Version{version("en", "Walrus's pool."), version("ru", "Дом.")}, []string{"A walrus was fed."}},
		{"no language in common", []bitext.Version{version("en", "Zebra slept."), version("ru", "Зебра.")}, nil},
		{"no text", []bitext.Version{version("en"), version("ru")}, nil},
	} {
		found, err := s.Related(context.Background(), c.versions)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range found {
			got = append(got, u.Variants[0].Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Related(ctx, []bitext.Version{version("en", "a"), version("ru", "b")}); err == nil {
		t.Error("it went on when it was to stop")
	}
}
