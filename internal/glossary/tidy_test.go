package glossary

import (
	"fmt"
	"testing"

	"sverka/internal/bitext"
)

func TestTidy(t *testing.T) {
	for name, c := range map[string]struct {
		in     bitext.Concept
		want   string // the entry, or the reason
		wantID string
	}{
		"white space, twice, languages together": {
			bitext.Concept{ID: " a\tb ", Note: " n\nm ", Terms: []bitext.Term{
				{Lang: "ru", Text: " новый\n мир "}, {Lang: "en", Text: "new world"}, {Lang: "ru", Text: "новый мир", Status: bitext.TermPreferred, Note: "x"}, {Lang: "en"}, {Lang: "ru", Text: "мир"},
			}},
			"{a b   n\nm    [{ru новый мир preferred  x  } {ru мир     } {en new world     }]}", "new-world",
		},
		"no term":     {bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: " "}}}, "no term", ""},
		"no language": {bitext.Concept{Terms: []bitext.Term{{Text: "x"}}}, `term "x" has no language`, ""},
		"no letter":   {bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: "…"}}}, `term "…" has no letter`, ""},
		"status":      {bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: "x", Status: "good"}}}, `"good" is no status of a term (preferred, admitted, deprecated)`, ""},
		"date":        {bitext.Concept{Created: "2025-13", Terms: []bitext.Term{{Lang: "en", Text: "x"}}}, `"2025-13" is not a date; write it as 2025-08-29, 2025-08 or 2025`, ""},
		"half a date": {bitext.Concept{Created: "2025-0", Terms: []bitext.Term{{Lang: "en", Text: "x"}}}, `"2025-0" is not a date; write it as 2025-08-29, 2025-08 or 2025`, ""},
		"encoding":    {bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: "x\ufffd"}}}, "a term has characters that could not be read (wrong encoding?)", ""},
		"head is what may be used": {
			bitext.Concept{Terms: []bitext.Term{{Lang: "en", Text: "Bad", Status: bitext.TermDeprecated}, {Lang: "ru", Text: "Всё «Хорошее»!"}}},
			"{       [{en Bad deprecated    } {ru Всё «Хорошее»!     }]}", "все-хорошее",
		},
	} {
		got := Tidy(&c.in)
		if got == "" {
			got = fmt.Sprint(c.in)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if c.wantID != "" && IDFor(&c.in) != c.wantID {
			t.Errorf("%s: id %q, want %q", name, IDFor(&c.in), c.wantID)
		}
	}
}

func TestMerge(t *testing.T) {
	c := bitext.Concept{ID: "a", Note: "old", Subject: "s", Terms: []bitext.Term{{Lang: "en", Text: "x", Status: bitext.TermPreferred}, {Lang: "ru", Text: "у"}}}
	more := bitext.Concept{Note: "new", Terms: []bitext.Term{{Lang: "en", Text: "x", Status: bitext.TermDeprecated, Date: "2025"}, {Lang: "en", Text: "z"}}}
	if !Merge(&c, &more) {
		t.Error("nothing changed")
	}
	if got := fmt.Sprint(c); got != "{a s  new    [{en x deprecated    2025} {en z     } {ru у     }]}" {
		t.Error(got)
	}
	if Merge(&c, &more) {
		t.Error("changed by the same again")
	}
}
