package tm

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/squeeze"
)

func entries(texts ...string) []entry {
	var out []entry
	for i, s := range texts {
		sig, runes := sign(s)
		out = append(out, entry{int64(i*300 + 5), sig, runes, s})
	}
	return out
}

var testBook = codebook{1, squeeze.Train([]string{"a bridge", "мост", "long long long"})}

func testBooks(id int64) (*squeeze.Table, error) {
	if id != 1 {
		return nil, errBlock
	}
	return testBook.table, nil
}

func TestBlock(t *testing.T) {
	in := entries("a bridge", "мост", "桥", strings.Repeat("long ", 500))
	for _, book := range []codebook{{}, testBook} {
		b, err := decode(encode(in, book), testBooks)
		if err != nil {
			t.Fatal(err)
		}
		for i := range in {
			if got := b.entry(i); !reflect.DeepEqual(got, in[i]) {
				t.Errorf("entry %d is %+v, want %+v", i, got, in[i])
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(entries("a bridge", "мост"), codebook{}))
	f.Add(encode(entries("a bridge", "мост"), testBook))
	f.Add([]byte{})
	f.Add([]byte{1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decode(data, testBooks)
		if err != nil {
			return
		}
		var back []entry
		for i := range b.ids {
			back = append(back, b.entry(i))
		}
		again, err := decode(encode(back, testBook), testBooks)
		if err != nil || len(again.ids) != len(b.ids) {
			t.Fatalf("%x: %v", data, err)
		}
		for i := range back {
			if got := again.entry(i); !reflect.DeepEqual(got, back[i]) {
				t.Errorf("%x: entry %d becomes %+v", data, i, got)
			}
		}
	})
}

// More texts of one length than a block holds are spread over several, and
// leave them again.
func TestManyBlocks(t *testing.T) {
	s, ctx := open(t), context.Background()
	var units []bitext.Unit
	for i := range 3*blockEntries + 10 {
		u := pair(fmt.Sprintf("number %05d", i), fmt.Sprintf("номер %05d", i))
		u.Statement.ID = fmt.Sprint("s", i%2)
		units = append(units, u)
	}
	mustImport(t, s, units...)
	sound(t, s)
	count := func() (n int) {
		if err := s.read.QueryRow("SELECT count(*) FROM block").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(); n != 8 {
		t.Errorf("%d blocks, want 8", n)
	}
	find := func(text string) int {
		m, err := s.Lookup(ctx, LookupQuery{Text: text, Min: 100})
		if err != nil {
			t.Fatal(err)
		}
		return len(m)
	}
	if _, err := s.Delete(ctx, "s1", ""); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	if find("number 00600") != 1 || find("number 00601") != 0 {
		t.Error("what was deleted is found, or what was left is not")
	}
	if _, err := s.Delete(ctx, "s0", ""); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	if n := count(); n != 0 {
		t.Errorf("%d blocks of an empty memory", n)
	}
	mustImport(t, s, units[:5]...)
	sound(t, s)
	if find("number 00004") != 1 {
		t.Error("what is stored anew is not found")
	}
}

// A text too long for fuzzy lookup is stored, found when it is the same, by
// its words, and taken out again.
func TestLongText(t *testing.T) {
	s, ctx := open(t), context.Background()
	u := pair(strings.Repeat("word ", maxFuzzy), "слово")
	u.Statement.ID = "long"
	mustImport(t, s, u)
	sound(t, s)
	if m, err := s.Lookup(ctx, LookupQuery{Text: u.Variants[0].Text}); err != nil || len(m) != 1 {
		t.Errorf("%d matches, %v", len(m), err)
	}
	if got := searchTexts(t, s, "words"); len(got) != 1 {
		t.Errorf("%d found by words", len(got))
	}
	if _, err := s.Delete(ctx, "long", ""); err != nil {
		t.Error(err)
	}
	sound(t, s)
}
