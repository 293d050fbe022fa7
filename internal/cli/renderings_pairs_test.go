package cli

import (
	"strings"
	"testing"

	"sverka/internal/rendering"
)

// FuzzReadTerms holds that whatever is read can be spotted: its term lies in its
// source, and what is found lies in the target.
func FuzzReadTerms(f *testing.F) {
	for _, s := range []string{
		`{"id":1,"from":"ru","to":"en","source":"Два мира.","target":"Two worlds.","term_span":[4,8]}`,
		`{"id":"a","from":"zh","to":"ru","source":"安理会通过","target":"Совет Безопасности принял","term_span":[0,3]}` + "\n\n",
		`{"id":"a","from":"en","to":"zh","source":"a","target":"","term_span":[0,0]}`,
		`{"id":null,"from":"xx"}`, `[`, "", "\xff", `{"id":{},"from":"en","to":"en","source":"\ud800","target":"𠮷","term_span":[0,1]}`,
	} {
		f.Add(s)
	}
	spotter := rendering.Shipped()
	f.Fuzz(func(t *testing.T, data string) {
		items, ids, err := readTerms(strings.NewReader(data), "terms.jsonl")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "terms.jsonl") {
				t.Fatalf("the error names no file: %v", err)
			}
			return
		}
		if len(items) != len(ids) {
			t.Fatalf("%d items, %d ids", len(items), len(ids))
		}
		for _, it := range items {
			if n := len([]rune(it.Source.Text)); it.Term[0][0] < 0 || it.Term[0][1] > n || it.Term[0][0] > it.Term[0][1] {
				t.Fatalf("term %v in %d characters", it.Term, n)
			}
			if len(it.Source.Text)+len(it.Target.Text) > 2000 {
				continue
			}
			r, ok := spotter.Spot(it.Source, it.Target, it.Term)
			last, n := 0, len([]rune(it.Target.Text))
			for _, s := range r.Spans {
				if s[0] < last || s[1] <= s[0] || s[1] > n {
					t.Fatalf("spans %v of %q", r.Spans, it.Target.Text)
				}
				last = s[1]
			}
			if ok != (len(r.Spans) > 0) || r.Probability < 0 || r.Probability > 1 {
				t.Fatalf("%v: %v", ok, r)
			}
		}
	})
}
