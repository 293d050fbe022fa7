package hanword

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func cut(run string) []string {
	var out []string
	last := 0
	for _, end := range Cut(run, nil) {
		out = append(out, run[last:end])
		last = end
	}
	return out
}

func TestCut(t *testing.T) {
	for _, c := range []struct{ run, want string }{
		{"", ""},
		{"中国政府反对制裁", "中国 政府 反对 制裁"},
		{"我们的合作", "我们 的 合作"},
		{"国际法的基本原则", "国际 法 的 基本 原则"},
		{"𠮷", "𠮷"},
	} {
		if got := strings.Join(cut(c.run), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.run, got, c.want)
		}
	}
}

func TestCutCoversTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.StringOf(rapid.RuneFrom([]rune("中国政府的一不在人民、x"))).Draw(t, "run")
		if got := strings.Join(cut(run), ""); got != run {
			t.Fatalf("%q became %q", run, got)
		}
	})
}

func TestCost(t *testing.T) {
	rare, ok := Cost("鲸")
	common, ok2 := Cost("的")
	if !ok || !ok2 || common >= rare {
		t.Errorf("的 costs %d, 鲸 %d", common, rare)
	}
	if _, ok := Cost("鲸的"); ok {
		t.Error("鲸的 is a word")
	}
}

func BenchmarkCut(b *testing.B) {
	costs()
	var ends []int
	for b.Loop() {
		ends = Cut("中国政府反对制裁并呼吁各方通过对话解决争端", ends[:0])
	}
}

func TestLong(t *testing.T) {
	for _, c := range []struct{ run, want string }{
		{"", ""},
		{"联合国安理会", "联合国 安理会"},
		{"轩然大波", "轩然大波"},
		{"我们", ""},
		{"命运共同体的", "共同体"},
	} {
		var got []string
		for _, s := range Long(c.run, nil) {
			got = append(got, c.run[s[0]:s[1]])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.run, got, c.want)
		}
	}
}

func TestLongLiesInTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.StringOf(rapid.RuneFrom([]rune("联合国安理会轩然大波x的"))).Draw(t, "run")
		last := [2]int{-1, 0}
		for _, s := range Long(run, nil) {
			if s[0] <= last[0] || s[1] <= last[1] || !longs()[run[s[0]:s[1]]] {
				t.Fatalf("%q: %v after %v", run, s, last)
			}
			last = s
		}
	})
}

func TestOf(t *testing.T) {
	if c := Of('者'); c.Last < .8 || c.First > .1 {
		t.Errorf("者: %+v", c)
	}
	if c := Of('茨'); c.Name < .5 {
		t.Errorf("茨: %+v", c)
	}
	if c := Of('x'); c != (Character{}) {
		t.Errorf("x: %+v", c)
	}
}
