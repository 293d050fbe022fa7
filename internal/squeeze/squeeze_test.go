package squeeze

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var sample = []string{
	"the bridge joins both banks of the river", "the river joins the city", "мост через реку соединяет берега",
	"новый мост через реку", "我们建造了一座新桥", "我们在河上建造了桥",
}

func TestShorter(t *testing.T) {
	table := Train(sample)
	for _, s := range sample {
		if short := table.Append(nil, s); len(short)*2 > len(s) || string(table.Expand(nil, string(short))) != s {
			t.Errorf("%q: %d of %d bytes, back to %q", s, len(short), len(s), table.Expand(nil, string(short)))
		}
	}
}

// Any text comes back, by the table and by the table as read from its bytes.
func TestBack(t *testing.T) {
	tables := []*Table{{}, Train(sample), Train([]string{"\x00\x00\x00\x00", "\xff\xff\x00"})}
	for i := range tables {
		back, err := Parse(tables[i].Bytes())
		if err != nil || !bytes.Equal(back.Bytes(), tables[i].Bytes()) {
			t.Fatal(err)
		}
		tables = append(tables, back)
	}
	rapid.Check(t, func(t *rapid.T) {
		table := rapid.SampledFrom(tables).Draw(t, "table")
		s := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom(sample),
			rapid.StringMatching("[\x00a-z ]*"))).Draw(t, "s"), "")
		short := table.Append([]byte("x"), s)
		if got := table.Expand([]byte("y"), string(short[1:])); string(got) != "y"+s {
			t.Fatalf("%q comes back as %q", s, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(Train(sample).Bytes(), "abc\xff")
	f.Add([]byte{1, 8, 1}, "")
	f.Fuzz(func(t *testing.T, data []byte, short string) {
		table, err := Parse(data)
		if err != nil {
			return
		}
		s := string(table.Expand(nil, short))
		if got := table.Expand(nil, string(table.Append(nil, s))); string(got) != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	})
}

func BenchmarkExpand(b *testing.B) {
	table := Train(sample)
	short := string(table.Append(nil, sample[0]))
	var out []byte
	b.SetBytes(int64(len(sample[0])))
	for b.Loop() {
		out = table.Expand(out[:0], short)
	}
}

func BenchmarkAppend(b *testing.B) {
	table := Train(sample)
	var out []byte
	b.SetBytes(int64(len(sample[0])))
	for b.Loop() {
		out = table.Append(out[:0], sample[0])
	}
}
