package vector

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// withHead puts a table's head before its parts.
func withHead(rows, dim, names, units int, body []byte) []byte {
	head := append(make([]byte, 0, headSize+len(body)), magic...)
	for _, n := range []int{NormalVersion, rows, dim, names, units, int(crc32.ChecksumIEEE(body))} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	head = binary.LittleEndian.AppendUint32(head, math.Float32bits(0.5))
	return append(head[:headSize], body...)
}

// tiny is a table of 4 rows and 8 dimensions: unknown, " a", "b", "ab".
func tiny(change func(body []byte)) []byte {
	var b []byte
	pad := func() {
		for len(b)%8 > 0 {
			b = append(b, 0)
		}
	}
	numbers := func(ns ...uint32) {
		for _, n := range ns {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		pad()
	}
	floats := func(fs ...float32) {
		for _, f := range fs {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
		}
		pad()
	}
	numbers(0, 2, 3, 5)
	b = append(b, " abab"...)
	pad()
	floats(-20, -2, -3, -6)
	floats(0, 1, 2, 3)
	// Children of the root from 1, of " " from 200, of "a" from 300; the ends at 400, 500, 600.
	units := make([]uint32, 601)
	units[0] = 1 << offsetShift
	units[1+' '] = ' ' | 200<<offsetShift
	units[1+'a'] = 'a' | 300<<offsetShift
	units[1+'b'] = 'b' | leafBit | 500<<offsetShift
	units[200+'a'] = 'a' | leafBit | 400<<offsetShift
	units[300+'b'] = 'b' | leafBit | 600<<offsetShift
	units[400], units[500], units[600] = 1<<offsetShift, 2<<offsetShift, 3<<offsetShift
	numbers(units...)
	for _, row := range [][]byte{{0, 0}, {130, 126}, {129, 128}, {132, 132}} {
		b = append(b, row...)
		b = append(b, 128, 128, 128, 128, 128, 255)
	}
	if change != nil {
		change(b)
	}
	return withHead(4, 8, 5, len(units), b)
}

func openTiny(t *testing.T, data []byte) (*Table, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tiny.bin")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(path)
}

func TestOpenReadsWhatTheFormatSays(t *testing.T) {
	table, err := openTiny(t, tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	if table.Dim() != 8 || table.Len() != 4 || table.Name(1) != " a" || table.Name(3) != "ab" || table.Name(0) != "" || table.Name(4) != "" {
		t.Errorf("dim %d, rows %d, names %q %q %q", table.Dim(), table.Len(), table.Name(0), table.Name(1), table.Name(3))
	}
	if table.Weight(2) != 2 || table.Weight(0) != 0 || table.Weight(-1) != 0 || table.Weight(4) != 0 {
		t.Error("the weights are not those of the file")
	}
	got := make([]float32, 8)
	if table.Vector(1, got); got[0] != 1 || got[1] != -1 || got[2] != 0 || got[7] != 63.5 {
		t.Errorf("vector of piece 1 is %v", got)
	}
	if table.Vector(99, got); got[0] != 0 || got[1] != 0 {
		t.Errorf("vector of no piece is %v", got)
	}
	// " a" + "b" scores −5, " " and "ab" more than −20.
	if ids := numbers(table.Tokenize("AB")); ids != "1 2" {
		t.Errorf("pieces %s", ids)
	}
	if table.Embed(bitext.English, "ab xyz?", got); got[0] != 1.5 || got[1] != -1 || got[2] != 0 || got[7] != 127 {
		t.Errorf("sum %v", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	change := func(data []byte, at int, b byte) []byte { data[at] = b; return data }
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":         {nil, "does not begin"},
		"another file":    {[]byte(strings.Repeat("hello ", 30)), "does not begin"},
		"another version": {change(tiny(nil), 8, 99), "normal form 99"},
		"no rows":         {change(tiny(nil), 12, 0), "out of bounds"},
		"odd dimensions":  {change(tiny(nil), 16, 9), "out of bounds"},
		"no factor":       {change(tiny(nil), 35, 0xff), "factor"},
		"too many rows":   {change(tiny(nil), 15, 0x7f), "out of bounds"},
		"cut short":       {tiny(nil)[:300], "too soon"},
		"too long":        {append(tiny(nil), 1), "too many"},
		"damaged":         {change(tiny(nil), 200, 77), "checksum"},
		"names astray":    {tiny(func(b []byte) { b[4] = 9 }), "name of piece"},
		"no number":       {tiny(func(b []byte) { copy(b[24:], "\x00\x00\xc0\x7f") }), "NaN"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openTiny(t, c.data)
			if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "tiny.bin") {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, ErrFormat) {
		t.Errorf("a folder gives %v", err)
	}
}

// A trie that leads anywhere must not lead out of the table.
func FuzzOpen(f *testing.F) {
	f.Add([]byte{}, "ab a b")
	f.Add([]byte{9, 9, 9}, "中文")
	f.Fuzz(func(t *testing.T, noise []byte, s string) {
		table, err := parse(string(tiny(func(body []byte) {
			for i, b := range noise {
				body[(i*37+88)%len(body)] ^= b
			}
		})))
		if err != nil {
			return
		}
		checkPieces(t, table, s)
		sum := make([]float32, table.Dim())
		table.Embed(bitext.English, s, sum)
		if _, err := parse(string(noise)); err == nil {
			t.Error("noise was taken for a table")
		}
	})
}

func TestDefaultIsWhole(t *testing.T) {
	table := Default()
	if len(embedded) > 20<<20 {
		t.Errorf("the table takes %d bytes of the binary", len(embedded))
	}
	if table.Dim() < 128 || table.Len() < 30_000 {
		t.Errorf("%d rows of %d dimensions", table.Len(), table.Dim())
	}
	// Every name leads to itself.
	for id := int32(1); int(id) < table.Len(); id++ {
		if got := table.find(table.Name(id)); got != id {
			t.Fatalf("piece %d %q is found as %d", id, table.Name(id), got)
		}
	}
}

// find gives the number of the piece with that name, or 0.
func (t *Table) find(name string) int32 {
	at := uint32(0)
	for i := range len(name) {
		at = t.unit(at)>>offsetShift + uint32(name[i])
		if t.unit(at)&labelMask != uint32(name[i]) {
			return unknown
		}
	}
	if t.unit(at)&leafBit == 0 {
		return unknown
	}
	return int32(t.unit(t.unit(at)>>offsetShift) >> offsetShift)
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := parse(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
