package tm

import (
	"encoding/binary"
	"errors"
	"sync"
	"sync/atomic"

	"sverka/internal/squeeze"
)

// The index of fuzzy lookup is blocks of folded texts: all of one language and
// one class of lengths, in the order of their variants' ids, each with its
// signature. A lookup reads the blocks of the lengths that can come into
// question and nothing else.

// maxFuzzy bounds the runes of a text that fuzzy lookup knows; what is longer
// is found when it is the same, and by search.
const maxFuzzy = 20000

// Bounds of one block.
const (
	blockEntries = 256
	blockBytes   = 48 << 10
)

// A block's id is its language, its class and its number in that class, so
// that the blocks of neighbouring lengths are neighbours in the file.
const (
	seqBits   = 24
	classBits = 16
)

func blockID(lang int64, class, seq int) int64 {
	return lang<<(seqBits+classBits) | int64(class)<<seqBits | int64(seq)
}

func shelfOf(id int64) int64 { return id >> seqBits }

// entry is a text, ready to be put into a block.
type entry struct {
	id    int64 // of the variant
	sig   signature
	runes int
	text  string // folded
}

// block is a decoded block; what it says is never changed. Its texts stay in their short
// form: a lookup compares few of them.
type block struct {
	gen   int64
	ids   []int64
	sigs  []uint64 // two each
	runes []int32
	offs  []int32 // into data; one more than entries
	data  string
	book  *squeeze.Table // by which the texts are written shorter; nil: they are as they are
	words int            // of a text's gram set

	visits atomic.Int32
	once   sync.Once
	bounds atomic.Pointer[bounds]
}

// bounds are what texts are held against before they are compared.
type bounds struct {
	grams []uint64 // gram sets, words each
	clips []uint64 // clipped signatures, two each
	sums  []uint8  // of the clipped signatures
}

// size is about the memory that b takes, its gram sets included.
func (b *block) size() int64 { return int64(len(b.data) + (49+8*b.words)*len(b.ids) + 300) }

// ready gives the bounds of the block's texts. They are made when it is used for
// the second time: a process that looks up one text does without, nil.
func (b *block) ready() *bounds {
	if x := b.bounds.Load(); x != nil {
		return x
	}
	if b.words == 0 || b.visits.Add(1) < 2 {
		return nil
	}
	b.once.Do(func() {
		x := &bounds{make([]uint64, b.words*len(b.ids)), make([]uint64, 2*len(b.ids)), make([]uint8, len(b.ids))}
		var text []byte
		for i := range b.ids {
			text = b.text(i, text)
			addGrams(x.grams[i*b.words:(i+1)*b.words], text)
			c, sum := signature{b.sigs[2*i], b.sigs[2*i+1]}.clip()
			x.clips[2*i], x.clips[2*i+1], x.sums[i] = c[0], c[1], uint8(sum)
		}
		b.bounds.Store(x)
	})
	return b.bounds.Load()
}

// text gives a text, in scratch where it has to be made.
func (b *block) text(i int, scratch []byte) []byte {
	short := b.data[b.offs[i]:b.offs[i+1]]
	if b.book == nil {
		return append(scratch[:0], short...)
	}
	return b.book.Expand(scratch[:0], short)
}

func (b *block) entry(i int) entry {
	return entry{b.ids[i], signature{b.sigs[2*i], b.sigs[2*i+1]}, int(b.runes[i]), string(b.text(i, nil))}
}

// codebook is a table of frequent strings with its number in the file.
type codebook struct {
	id    int64 // 0: none
	table *squeeze.Table
}

// encode gives the form of entries in the file: their number and that of the
// codebook; for each the distance of its id from the one before, its length in
// runes and in bytes as written; the signatures; the texts.
func encode(entries []entry, book codebook) []byte {
	var texts []byte
	ends := make([]int, len(entries))
	for i := range entries {
		if book.table == nil {
			texts = append(texts, entries[i].text...)
		} else {
			texts = book.table.Append(texts, entries[i].text)
		}
		ends[i] = len(texts)
	}
	out := binary.AppendUvarint(make([]byte, 0, len(texts)+24*len(entries)+20), uint64(len(entries)))
	out = binary.AppendUvarint(out, uint64(book.id))
	last, from := int64(0), 0
	for i := range entries {
		out = binary.AppendUvarint(out, uint64(entries[i].id-last))
		out = binary.AppendUvarint(out, uint64(entries[i].runes))
		out = binary.AppendUvarint(out, uint64(ends[i]-from))
		last, from = entries[i].id, ends[i]
	}
	for i := range entries {
		out = binary.LittleEndian.AppendUint64(out, entries[i].sig[0])
		out = binary.LittleEndian.AppendUint64(out, entries[i].sig[1])
	}
	return append(out, texts...)
}

var errBlock = errors.New("a block of the lookup index is damaged; sverka tm reindex makes it anew")

// decode is encode's inverse, books giving the codebooks by number; it does
// not keep data.
func decode(data []byte, books func(int64) (*squeeze.Table, error)) (*block, error) {
	n, data, err := uvarint(data)
	if err != nil || n > uint64(len(data)) {
		return nil, errBlock
	}
	number, data, err := uvarint(data)
	if err != nil {
		return nil, err
	}
	b := &block{
		ids: make([]int64, n), sigs: make([]uint64, 2*n),
		runes: make([]int32, n), offs: make([]int32, n+1),
	}
	if number > 0 {
		if b.book, err = books(int64(number)); err != nil {
			return nil, err
		}
	}
	id, off, longest := int64(0), uint64(0), uint64(0)
	for i := range b.ids {
		var v [3]uint64
		for j := range v {
			if v[j], data, err = uvarint(data); err != nil {
				return nil, err
			}
		}
		id += int64(v[0])
		off += v[2]
		longest = max(longest, v[1])
		if v[1] > maxFuzzy || off > uint64(len(data)) {
			return nil, errBlock
		}
		b.ids[i], b.runes[i], b.offs[i+1] = id, int32(v[1]), int32(off)
	}
	if uint64(len(data)) != 16*n+off {
		return nil, errBlock
	}
	for i := range b.sigs {
		b.sigs[i] = binary.LittleEndian.Uint64(data[8*i:])
	}
	b.data, b.words = string(data[16*n:]), gramWords(int(longest))
	return b, nil
}

func uvarint(data []byte) (uint64, []byte, error) {
	v, n := binary.Uvarint(data)
	if n <= 0 {
		return 0, nil, errBlock
	}
	return v, data[n:], nil
}
