package postings

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"math"
	"os"
	"slices"
	"strings"
)

// Builder gathers the words of documents and sorts them into lists. What does
// not fit into memory waits in a file of its own until it is merged.
type Builder struct {
	ids   termTable
	terms []string
	bare  []bool
	docs  []int64 // of the run in memory, as they came
	mixed bool    // not in ascending order
	recs  []rec
	spare []rec // room to sort recs
	file  *os.File
	spans []span // of the runs in file
	out   *bufio.Writer
	size  int64
	limit int

	first, last int64 // the least and the greatest document of all
	count       int64
	anyMixed    bool
	gone        map[int64]int // documents taken out again: runs before that number
}

// rec is one word of one document, by their numbers in terms and docs.
type rec struct{ term, doc, place uint32 }

// span is a run in the file.
type span struct{ from, to int64 }

// maxRecords bounds the words that a Builder holds in memory, maxTerms the
// different ones.
const (
	maxRecords = 1 << 20
	maxTerms   = 1 << 17
)

// NewBuilder gives an empty Builder; Close frees what it holds.
func NewBuilder() *Builder {
	return &Builder{limit: maxRecords, first: math.MaxInt64, last: None}
}

// Empty says that nothing was added.
func (b *Builder) Empty() bool { return len(b.recs) == 0 && len(b.spans) == 0 }

// Add puts a document into the index by its words, parted by spaces; a word's
// place is its number. It is quickest when documents come in ascending order.
func (b *Builder) Add(doc int64, words string) error {
	if err := b.begin(doc); err != nil {
		return err
	}
	for place := uint32(0); words != ""; place++ {
		w := words
		if i := strings.IndexByte(words, ' '); i >= 0 {
			w, words = words[:i], words[i+1:]
		} else {
			words = ""
		}
		b.count++
		b.recs = append(b.recs, rec{b.id(w, false), uint32(len(b.docs) - 1), place})
	}
	return nil
}

// AddBare puts a document into the index by a term that has no place.
func (b *Builder) AddBare(doc int64, term string) error {
	if err := b.begin(doc); err != nil {
		return err
	}
	b.count++
	b.recs = append(b.recs, rec{b.id(term, true), uint32(len(b.docs) - 1), 0})
	return nil
}

// Remove takes a document out again, if it is there; it may be added anew.
func (b *Builder) Remove(doc int64) error {
	if doc < b.first || doc > b.last {
		return nil
	}
	if len(b.recs) > 0 {
		if err := b.spill(); err != nil {
			return err
		}
	}
	if b.gone == nil {
		b.gone = map[int64]int{}
	}
	b.gone[doc] = len(b.spans)
	return nil
}

// Count gives how many postings were added, at most: a word that a document
// holds twice is counted twice.
func (b *Builder) Count() int64 { return b.count }

// Mixed says that the documents did not come in ascending order, or that some
// were taken out again.
func (b *Builder) Mixed() bool { return b.anyMixed || len(b.gone) > 0 }

// Range gives the least and the greatest document that was added.
func (b *Builder) Range() (first, last int64) { return b.first, b.last }

// Gone says that run i of Streams no longer speaks for a document.
func (b *Builder) Gone(i int, doc int64) bool { return i < b.gone[doc] }

func (b *Builder) begin(doc int64) error {
	if len(b.recs) >= b.limit || len(b.terms) >= maxTerms {
		if err := b.spill(); err != nil {
			return err
		}
	}
	b.anyMixed = b.anyMixed || doc < b.last
	b.first, b.last = min(b.first, doc), max(b.last, doc)
	n := len(b.docs)
	if n > 0 && b.docs[n-1] == doc {
		return nil
	}
	b.mixed = b.mixed || n > 0 && doc < b.docs[n-1]
	b.docs = append(b.docs, doc)
	return nil
}

func (b *Builder) id(w string, bare bool) uint32 {
	slot, hash := b.ids.find(w, b.terms)
	if *slot != 0 {
		return *slot - 1
	}
	id := uint32(len(b.terms))
	b.terms, b.bare = append(b.terms, strings.Clone(w)), append(b.bare, bare)
	*slot = id + 1
	b.ids.added(hash)
	return id
}

// termTable finds the numbers of terms, without a copy of them of its own.
type termTable struct {
	seed   maphash.Seed
	slots  []uint32 // number plus one, 0: free; a power of two, at most half full
	hashes []uint32 // by number
}

// find gives the slot of a term, free where it is new, and its hash.
func (t *termTable) find(w string, terms []string) (*uint32, uint32) {
	if 2*len(t.hashes) >= len(t.slots) {
		t.grow()
	}
	hash := uint32(maphash.String(t.seed, w))
	for i := hash; ; i++ {
		s := &t.slots[i&uint32(len(t.slots)-1)]
		if *s == 0 || t.hashes[*s-1] == hash && terms[*s-1] == w {
			return s, hash
		}
	}
}

func (t *termTable) added(hash uint32) { t.hashes = append(t.hashes, hash) }

func (t *termTable) grow() {
	if t.slots == nil {
		t.seed = maphash.MakeSeed()
	}
	t.slots = make([]uint32, max(1024, 2*len(t.slots)))
	for n, hash := range t.hashes {
		i := hash & uint32(len(t.slots)-1)
		for t.slots[i] != 0 {
			i = (i + 1) & uint32(len(t.slots)-1)
		}
		t.slots[i] = uint32(n) + 1
	}
}

// spill writes what is in memory to the file, as a run.
func (b *Builder) spill() (err error) {
	if b.file == nil {
		if b.file, err = os.CreateTemp("", "sverka-import-*"); err != nil {
			return fmt.Errorf("keep words of the import aside: %w", err)
		}
		_ = os.Remove(b.file.Name()) // it lives as long as it is open, where the system lets it
		b.out = bufio.NewWriterSize(b.file, 1<<20)
	}
	from := b.size
	w := NewWriter(func(_ string, _ int64, block []byte) error {
		var n [binary.MaxVarintLen64]byte
		head := binary.AppendUvarint(n[:0], uint64(len(block)))
		b.size += int64(len(head) + len(block))
		_, err := b.out.Write(head)
		if err == nil {
			_, err = b.out.Write(block)
		}
		return err
	})
	if err := copyAll(w, b.memory()); err != nil {
		return fmt.Errorf("keep words of the import aside: %w", err)
	}
	b.spans = append(b.spans, span{from, b.size})
	return nil
}

func copyAll(w *Writer, s Stream) error {
	for {
		l, err := s.Next()
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err == nil {
			err = w.Write(l)
		}
		if err != nil {
			return err
		}
	}
}

// Streams gives what was added as streams for Merge, and empties the Builder.
func (b *Builder) Streams() ([]Stream, error) {
	var out []Stream
	if len(b.spans) > 0 {
		if err := b.out.Flush(); err != nil {
			return nil, err
		}
	}
	for _, s := range b.spans {
		in := bufio.NewReaderSize(io.NewSectionReader(b.file, s.from, s.to-s.from), 1<<18)
		out = append(out, &blockStream{next: func() ([]byte, error) { return framed(in) }})
	}
	b.spans = nil
	if len(b.recs) > 0 {
		out = append(out, b.memory())
	}
	return out, nil
}

func framed(in *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, err
	}
	block := make([]byte, n)
	_, err = io.ReadFull(in, block)
	return block, err
}

// Close removes the Builder's file.
func (b *Builder) Close() error {
	if b.file == nil {
		return nil
	}
	err := b.file.Close()
	if e := os.Remove(b.file.Name()); e != nil && !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	b.file = nil
	return err
}

// memory gives what is in memory as a stream, and begins anew.
func (b *Builder) memory() *memoryStream {
	if b.mixed {
		b.order()
	}
	ends := make([]int32, len(b.terms))
	for i := range b.recs {
		ends[b.recs[i].term]++
	}
	sum := int32(0)
	for i := range ends {
		sum, ends[i] = sum+ends[i], sum
	}
	if cap(b.spare) < len(b.recs) {
		b.spare = make([]rec, max(len(b.recs), min(b.limit, 2*len(b.recs))))
	}
	sorted := b.spare[:len(b.recs)]
	for _, r := range b.recs { // stable: documents and places stay in order
		sorted[ends[r.term]] = r
		ends[r.term]++
	}
	order := sortTerms(b.terms)
	m := &memoryStream{recs: sorted, ends: ends, terms: b.terms, bare: b.bare, order: order, docs: b.docs}
	b.recs, b.ids, b.terms, b.bare, b.docs, b.mixed = b.recs[:0], termTable{}, nil, nil, nil, false
	return m
}

// sortTerms gives the numbers of terms in the order of the terms.
func sortTerms(terms []string) []uint32 {
	type key struct {
		begin uint64 // the first eight bytes
		id    uint32
	}
	keys := make([]key, len(terms))
	for i, t := range terms {
		var b [8]byte
		copy(b[:], t)
		keys[i] = key{binary.BigEndian.Uint64(b[:]), uint32(i)}
	}
	slices.SortFunc(keys, func(x, y key) int {
		if x.begin != y.begin {
			return cmp.Compare(x.begin, y.begin)
		}
		return strings.Compare(terms[x.id], terms[y.id])
	})
	order := make([]uint32, len(keys))
	for i, k := range keys {
		order[i] = k.id
	}
	return order
}

// order brings the documents of the run into ascending order.
func (b *Builder) order() {
	sorted := slices.Clone(b.docs)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	for i := range b.recs {
		at, _ := slices.BinarySearch(sorted, b.docs[b.recs[i].doc])
		b.recs[i].doc = uint32(at)
	}
	b.docs = sorted
	slices.SortStableFunc(b.recs, func(x, y rec) int { return int(x.doc) - int(y.doc) })
}

// memoryStream gives the lists of a run that is in memory.
type memoryStream struct {
	recs  []rec
	ends  []int32
	terms []string
	bare  []bool
	order []uint32
	docs  []int64
	list  List
}

// Next gives the next list.
func (m *memoryStream) Next() (*List, error) {
	if len(m.order) == 0 {
		return nil, io.EOF
	}
	id := m.order[0]
	m.order = m.order[1:]
	from := int32(0)
	if id > 0 {
		from = m.ends[id-1]
	}
	m.list.reset(m.terms[id], m.bare[id])
	recs := m.recs[from:m.ends[id]]
	var places []byte
	for i := 0; i < len(recs); {
		doc := recs[i].doc
		places = places[:0]
		for last := uint32(0); i < len(recs) && recs[i].doc == doc; i++ {
			places = binary.AppendUvarint(places, uint64(recs[i].place-last))
			last = recs[i].place
		}
		m.list.add(m.docs[doc], places)
	}
	return &m.list, nil
}
