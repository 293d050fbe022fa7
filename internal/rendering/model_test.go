package rendering

import (
	"bytes"
	"strings"
	"testing"
)

func FuzzReadModel(f *testing.F) {
	f.Add(weightsText)
	f.Add("cell 0:1\ncounted\nword 1*2:.5\nlast\ntrust\n")
	f.Add("cell 1*2:1\n")
	f.Add("cell 99:x\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := readModel(strings.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := m.write(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := readModel(&b); err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
	})
}

func FuzzReadMap(f *testing.F) {
	f.Add(wordMapData[:64])
	f.Add(wordMapMagic + "\x01\x00\x00\x00" + strings.Repeat("\x00\x00\x00\x3fa", 3))
	f.Add(wordMapMagic + "\xff\xff\xff\xff")
	f.Fuzz(func(t *testing.T, data string) {
		m, err := readMap(data)
		if err == nil {
			m.apply("ru", make([]float32, m.dim))
		}
	})
}

func TestMapIsWhole(t *testing.T) {
	v := make([]float32, shippedMap().dim)
	v[3] = 1
	moved := shippedMap().apply("zh", v)
	if s := dot(moved, moved); s < .99 || s > 1.01 || moved[3] < .5 {
		t.Errorf("a vector became one of length² %.3f, its own part %.2f", s, moved[3])
	}
	if got := shippedMap().apply("en", v[:5]); len(got) != 5 || got[3] != 1 {
		t.Errorf("a vector that does not fit became %v", got)
	}
}

func TestKnowledgeIsPacked(t *testing.T) {
	for _, k := range []knowledge{{}, {1, 0, .5, .25}, {-1, 1, 1, 1}, {-.31, .002, .7, 0}} {
		got := unpack(k.pack())
		for _, d := range [...]float32{got.cos - k.cos, got.forth - k.forth, got.back - k.back, got.part - k.part} {
			if d > step || d < -step {
				t.Errorf("%v became %v", k, got)
			}
		}
	}
}
