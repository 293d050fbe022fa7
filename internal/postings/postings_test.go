package postings

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pieces is a store in memory.
type pieces map[int64][]piece

type piece struct {
	term  string
	first int64
	data  []byte
}

func (p pieces) Find(seg int64, term string, doc int64) (int64, error) {
	blocks := p[seg]
	return int64(sort.Search(len(blocks), func(i int) bool {
		return blocks[i].term > term || blocks[i].term == term && blocks[i].first > doc
	})) - 1, nil
}

func (p pieces) Block(seg, n int64) ([]byte, error) {
	if n < 0 || n >= int64(len(p[seg])) {
		return nil, nil
	}
	return p[seg][n].data, nil
}

func (p pieces) writer(seg int64) *Writer {
	p[seg] = nil
	return NewWriter(func(term string, first int64, block []byte) error {
		p[seg] = append(p[seg], piece{term, first, bytes.Clone(block)})
		return nil
	})
}

func (p pieces) stream(seg int64) Stream {
	n := int64(0)
	return StreamOf(func() ([]byte, error) {
		data, err := p.Block(seg, n)
		if n++; data == nil && err == nil {
			err = io.EOF
		}
		return data, err
	})
}

func walk(t *rapid.T, d Docs) []int64 {
	var out []int64
	for most := int64(1 << 60); ; {
		doc, err := d.AtMost(most)
		if err != nil {
			t.Fatal(err)
		}
		if doc == None {
			return out
		}
		if doc > most {
			t.Fatalf("%d is over %d", doc, most)
		}
		out = append(out, doc)
		most = doc - 1
	}
}

// An index of several segments, with documents deleted and written anew, finds
// what trying all documents finds, before and after merging.
func TestIndexAgainstScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vocabulary := []string{"a", "ab", "abc", "b", "桥", "桥河", "мост", strings.Repeat("x", 110)}
		if rapid.Bool().Draw(t, "many") {
			for i := range 300 {
				vocabulary = append(vocabulary, fmt.Sprint("w", i))
			}
		}
		store, texts, gone := pieces{}, map[int64]string{}, map[int64]int64{}
		var segments []int64
		next := int64(0)
		for seg := range int64(rapid.IntRange(1, 4).Draw(t, "segments")) {
			b := NewBuilder()
			b.limit = rapid.SampledFrom([]int{1, 50, maxRecords}).Draw(t, "limit")
			fresh := map[int64]string{}
			for doc, s := range texts { // some are deleted, some of them come again
				switch rapid.IntRange(0, 7).Draw(t, "fate") {
				case 0:
					gone[doc] = seg
					delete(texts, doc)
				case 1:
					gone[doc] = seg
					fresh[doc] = s + " b"
				}
			}
			for range rapid.IntRange(0, 60).Draw(t, "documents") {
				next += rapid.SampledFrom([]int64{1, 2, 256, 700, 1 << 33}).Draw(t, "step")
				fresh[next] = strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 12).Draw(t, "words"), " ")
			}
			var docs []int64
			for doc := range fresh {
				docs = append(docs, doc)
			}
			slices.Sort(docs)
			for _, doc := range docs {
				texts[doc] = fresh[doc]
				if b.Add(doc, fresh[doc]) != nil || b.AddBare(doc, "\x01key") != nil {
					t.Fatal("add")
				}
			}
			streams, err := b.Streams()
			if err != nil || Merge(store.writer(seg), streams, true, nil) != nil {
				t.Fatal(err)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			segments = append(segments, seg)
		}
		x := &Index{store, segments, gone}
		check(t, x, texts, vocabulary)
		var streams []Stream
		for _, seg := range segments {
			streams = append(streams, store.stream(seg))
		}
		err := Merge(store.writer(9), streams, false, func(i int, doc int64) bool {
			newer, dead := gone[doc]
			return dead && newer > segments[i]
		})
		if err != nil {
			t.Fatal(err)
		}
		check(t, &Index{store, []int64{9}, nil}, texts, vocabulary)
	})
}

func check(t *rapid.T, x *Index, texts map[int64]string, vocabulary []string) {
	scan := func(fits func(words []string) bool) []int64 {
		var out []int64
		for doc, s := range texts {
			if fits(strings.Split(s, " ")) {
				out = append(out, doc)
			}
		}
		slices.Sort(out)
		slices.Reverse(out)
		return out
	}
	same := func(name string, got Docs, want []int64) {
		if docs := walk(t, got); !slices.Equal(docs, want) {
			t.Fatalf("%s: %v, want %v", name, docs, want)
		}
	}
	v := rapid.SampledFrom(vocabulary).Draw(t, "v")
	w := rapid.SampledFrom(vocabulary[:4]).Draw(t, "w")
	has := slices.Contains[[]string]
	same("term", x.Term(v), scan(func(s []string) bool { return has(s, v) }))
	same("bare", x.Term("\x01key"), scan(func([]string) bool { return true }))
	same("and", And(x.Term(v), x.Term(w)), scan(func(s []string) bool { return has(s, v) && has(s, w) }))
	same("or", Or(x.Term(v), x.Term(w)), scan(func(s []string) bool { return has(s, v) || has(s, w) }))
	same("without", Without(x.Term(v), x.Term(w)), scan(func(s []string) bool { return has(s, v) && !has(s, w) }))
	same("phrase", Phrase(x.Term(w), x.Term(v)), scan(func(s []string) bool {
		return strings.Contains(" "+strings.Join(s, " ")+" ", " "+w+" "+v+" ")
	}))
	prefix, err := x.Prefix(w)
	if err != nil {
		t.Fatal(err)
	}
	begins := func(s []string) bool {
		return slices.ContainsFunc(s, func(x string) bool { return strings.HasPrefix(x, w) })
	}
	if n, err := Count(Or(prefix, x.Term("none")), 1<<60); err != nil || n != len(scan(begins)) {
		t.Fatalf("prefix %s: %d, %v", w, n, err)
	}
	prefix, _ = x.Prefix(w)
	same("phrase with a prefix", Phrase(x.Term(v), prefix), scan(func(s []string) bool {
		return strings.Contains(" "+strings.Join(s, " "), " "+v+" "+w)
	}))
}

// Places beyond what a block holds, and documents far apart.
func TestLongLists(t *testing.T) {
	store := pieces{}
	b := NewBuilder()
	for i := range 20000 {
		words := "the"
		if i%1000 == 0 {
			words = strings.Repeat("the word ", 5000)
		}
		if err := b.Add(int64(i)<<9, words); err != nil {
			t.Fatal(err)
		}
	}
	streams, err := b.Streams()
	if err != nil || Merge(store.writer(0), streams, true, nil) != nil {
		t.Fatal(err)
	}
	x := &Index{Store: store, Segments: []int64{0}}
	if n, err := Count(x.Term("the"), 1<<60); n != 20000 || err != nil {
		t.Errorf("%d documents, %v", n, err)
	}
	w := x.Term("word")
	if doc, err := w.AtMost(5 << 9); doc != 0 || err != nil || len(w.Places(nil)) != 5000 || w.Places(nil)[4999] != 9999 {
		t.Errorf("document %d, %v: %d places", doc, err, len(w.Places(nil)))
	}
	if len(store[0]) < 10 {
		t.Errorf("%d blocks", len(store[0]))
	}
}

func FuzzBlock(f *testing.F) {
	store := pieces{}
	b := NewBuilder()
	for i, s := range []string{"a bridge", "a a b", "桥 河"} {
		_ = b.Add(int64(i*300), s)
		_ = b.AddBare(int64(i*300), "\x01\x00\xff")
	}
	streams, _ := b.Streams()
	_ = Merge(store.writer(0), streams, true, nil)
	f.Add(store[0][0].data)
	f.Add([]byte{0, 1, 'a', 2, 1, 1, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		s := pieces{0: {{data: data}}}.stream(0)
		for {
			l, err := s.Next()
			if err != nil {
				break
			}
			for i := range l.Docs {
				_ = l.Places(i, nil)
			}
		}
		x := &Index{Store: pieces{0: {{data: data}}}, Segments: []int64{0}}
		_, _ = Count(x.Term("a"), 1<<60)
		if w, err := x.Prefix("a"); err == nil {
			_, _ = Count(w, 1<<60)
		}
	})
}
