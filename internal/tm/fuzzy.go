package tm

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
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

// entry is a text in a block.
type entry struct {
	id    int64 // of the variant
	sig   signature
	runes int
	text  string // folded
}

// block is a decoded block; it is never changed.
type block struct {
	gen   int64
	ids   []int64
	sigs  []uint64 // two each
	runes []int32
	offs  []int32 // into text; one more than entries
	text  string
}

// size is about the memory that b takes.
func (b *block) size() int64 { return int64(len(b.text) + 32*len(b.ids) + 200) }

func (b *block) entry(i int) entry {
	return entry{b.ids[i], signature{b.sigs[2*i], b.sigs[2*i+1]}, int(b.runes[i]), b.text[b.offs[i]:b.offs[i+1]]}
}

// encode gives the form of entries in the file: their number; for each the
// distance of its id from the one before, its length in runes and in bytes;
// the signatures; the texts.
func encode(entries []entry) []byte {
	n := 10
	for i := range entries {
		n += 30 + len(entries[i].text)
	}
	out := binary.AppendUvarint(make([]byte, 0, n), uint64(len(entries)))
	last := int64(0)
	for i := range entries {
		e := &entries[i]
		out = binary.AppendUvarint(out, uint64(e.id-last))
		out = binary.AppendUvarint(out, uint64(e.runes))
		out = binary.AppendUvarint(out, uint64(len(e.text)))
		last = e.id
	}
	for i := range entries {
		out = binary.LittleEndian.AppendUint64(out, entries[i].sig[0])
		out = binary.LittleEndian.AppendUint64(out, entries[i].sig[1])
	}
	for i := range entries {
		out = append(out, entries[i].text...)
	}
	return out
}

var errBlock = errors.New("a block of the lookup index is damaged")

// decode is encode's inverse; it does not keep data.
func decode(data []byte) (*block, error) {
	n, data, err := uvarint(data)
	if err != nil || n > uint64(len(data)) {
		return nil, errBlock
	}
	b := &block{
		ids: make([]int64, n), sigs: make([]uint64, 2*n),
		runes: make([]int32, n), offs: make([]int32, n+1),
	}
	id, off := int64(0), uint64(0)
	for i := range b.ids {
		var v [3]uint64
		for j := range v {
			if v[j], data, err = uvarint(data); err != nil {
				return nil, err
			}
		}
		id += int64(v[0])
		off += v[2]
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
	b.text = string(data[16*n:])
	return b, nil
}

func uvarint(data []byte) (uint64, []byte, error) {
	v, n := binary.Uvarint(data)
	if n <= 0 {
		return 0, nil, errBlock
	}
	return v, data[n:], nil
}

// fuzzyWriter puts texts into the index and takes them out, within one
// transaction. Blocks that are being filled stay in memory until flush.
type fuzzyWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	gen     int64
	shelves map[int64]*shelf
}

// shelf is the last block of one language and class, being filled.
type shelf struct {
	id      int64 // of the block
	entries []entry
	bytes   int
	dirty   bool
}

func newFuzzyWriter(ctx context.Context, tx *sql.Tx, gen int64) *fuzzyWriter {
	return &fuzzyWriter{ctx, tx, gen, map[int64]*shelf{}}
}

func (w *fuzzyWriter) shelf(key int64) (*shelf, error) {
	if s := w.shelves[key]; s != nil {
		return s, nil
	}
	s := &shelf{id: key << seqBits}
	var n int
	err := w.tx.QueryRowContext(w.ctx, "SELECT id, n FROM block WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
		key<<seqBits, key<<seqBits|(1<<seqBits-1)).Scan(&s.id, &n)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return nil, err
	default:
		if s.entries, err = w.load(s.id); err != nil {
			return nil, err
		}
		for i := range s.entries {
			s.bytes += len(s.entries[i].text)
		}
	}
	w.shelves[key] = s
	return s, nil
}

func (w *fuzzyWriter) load(id int64) ([]entry, error) {
	var data []byte
	if err := w.tx.QueryRowContext(w.ctx, "SELECT data FROM block_data WHERE id = ?", id).Scan(&data); err != nil {
		return nil, err
	}
	b, err := decode(data)
	if err != nil {
		return nil, err
	}
	out := make([]entry, len(b.ids))
	for i := range out {
		out[i] = b.entry(i)
	}
	return out, nil
}

// add puts a text into the index; its id is over all ids put in before.
func (w *fuzzyWriter) add(lang int64, e entry) error {
	if e.runes > maxFuzzy || e.runes == 0 {
		return nil
	}
	s, err := w.shelf(shelfOf(blockID(lang, lengthClass(e.runes), 0)))
	if err != nil {
		return err
	}
	if n := len(s.entries); n > 0 && (n >= blockEntries || s.bytes+len(e.text) > blockBytes) {
		if err := w.store(s); err != nil {
			return err
		}
		s.id, s.entries, s.bytes = s.id+1, s.entries[:0], 0
	}
	s.entries = append(s.entries, e)
	s.bytes += len(e.text)
	s.dirty = true
	return nil
}

func (w *fuzzyWriter) store(s *shelf) error {
	if !s.dirty {
		return nil
	}
	s.dirty = false
	return w.put(s.id, s.entries)
}

func (w *fuzzyWriter) put(id int64, entries []entry) error {
	if len(entries) == 0 {
		for _, q := range []string{"DELETE FROM block WHERE id = ?", "DELETE FROM block_data WHERE id = ?"} {
			if _, err := w.tx.ExecContext(w.ctx, q, id); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := w.tx.ExecContext(w.ctx, "REPLACE INTO block VALUES (?, ?, ?, ?)", id, entries[0].id, len(entries), w.gen); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(w.ctx, "REPLACE INTO block_data VALUES (?, ?)", id, encode(entries))
	return err
}

// remove takes the text of a variant out of the index.
func (w *fuzzyWriter) remove(lang, variant int64, runes int) error {
	if runes > maxFuzzy || runes == 0 {
		return nil
	}
	key := shelfOf(blockID(lang, lengthClass(runes), 0))
	s, err := w.shelf(key)
	if err != nil {
		return err
	}
	if at, ok := findEntry(s.entries, variant); ok {
		s.bytes -= len(s.entries[at].text)
		s.entries = slices.Delete(s.entries, at, at+1)
		s.dirty = true
		return nil
	}
	var id int64
	err = w.tx.QueryRowContext(w.ctx, "SELECT id FROM block WHERE id BETWEEN ? AND ? AND first <= ? ORDER BY id DESC LIMIT 1",
		key<<seqBits, s.id-1, variant).Scan(&id)
	if err != nil {
		return fmt.Errorf("variant %d is not in the lookup index (%w)", variant, err)
	}
	entries, err := w.load(id)
	if err != nil {
		return err
	}
	at, ok := findEntry(entries, variant)
	if !ok {
		return fmt.Errorf("variant %d is not in the lookup index", variant)
	}
	return w.put(id, slices.Delete(entries, at, at+1))
}

func findEntry(entries []entry, id int64) (int, bool) {
	return slices.BinarySearchFunc(entries, id, func(e entry, id int64) int {
		switch {
		case e.id < id:
			return -1
		case e.id > id:
			return 1
		}
		return 0
	})
}

// flush writes what is still in memory.
func (w *fuzzyWriter) flush() error {
	keys := make([]int64, 0, len(w.shelves))
	for k := range w.shelves {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, k := range keys {
		if err := w.store(w.shelves[k]); err != nil {
			return err
		}
	}
	return nil
}
