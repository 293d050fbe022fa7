package text

import "testing"

func TestLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  a\tb\n\nc\u00a0d ", "a b c d"},
		{"red \x1b[31mtext\x07", "red [31mtext"},
		{"x\u202egpj.exe\u202c y\u2067z", "xgpj.exe yz"},
		{"合作　与\r\n发展", "合作 与 发展"},
	} {
		if got := Line(c.in); got != c.want {
			t.Errorf("Line(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
