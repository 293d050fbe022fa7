package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"

	"sverka/internal/squeeze"
)

// fuzzyWriter puts texts into the index and takes them out, within one
// transaction. Blocks that are being filled stay in memory until flush.
type fuzzyWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	gen     int64
	newest  int64 // no variant over it was there before the transaction
	shelves map[int64]*shelf
	books   map[int64]codebook // by language
	read    bookShelf
}

// shelf is the last block of one language and class, being filled.
type shelf struct {
	id      int64 // of the block
	entries []entry
	bytes   int
	dirty   bool
}

func newFuzzyWriter(ctx context.Context, tx *sql.Tx, gen, newest int64) *fuzzyWriter {
	return &fuzzyWriter{ctx: ctx, tx: tx, gen: gen, newest: newest, shelves: map[int64]*shelf{}, books: map[int64]codebook{}}
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
	b, err := decode(data, func(id int64) (*squeeze.Table, error) { return w.read.get(w.ctx, w.tx, id) })
	if err != nil {
		return nil, err
	}
	out := make([]entry, len(b.ids))
	for i := range out {
		out[i] = b.entry(i)
	}
	return out, nil
}

// add puts a text into the index.
func (w *fuzzyWriter) add(lang int64, e entry) error {
	if e.runes > maxFuzzy || e.runes == 0 {
		return nil
	}
	s, err := w.shelf(shelfOf(blockID(lang, lengthClass(e.runes), 0)))
	if err != nil {
		return err
	}
	if e.id <= w.newest {
		return w.insert(s, e)
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

// insert puts a text whose variant is not new in its place by id: into the
// block being filled or into one before it.
func (w *fuzzyWriter) insert(s *shelf, e entry) error {
	if len(s.entries) == 0 || s.entries[0].id > e.id {
		var id int64
		err := w.tx.QueryRowContext(w.ctx, `SELECT id FROM block WHERE id >= ?1 AND id < ?2
			ORDER BY first <= ?3 DESC, CASE WHEN first <= ?3 THEN -id ELSE id END LIMIT 1`, s.id&^(1<<seqBits-1), s.id, e.id).Scan(&id)
		if err == nil {
			entries, err := w.load(id)
			if err != nil {
				return err
			}
			at, _ := findEntry(entries, e.id)
			return w.put(id, slices.Insert(entries, at, e))
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	at, _ := findEntry(s.entries, e.id)
	s.entries = slices.Insert(s.entries, at, e)
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
	book, err := w.book(id >> (seqBits + classBits))
	if err != nil {
		return err
	}
	_, err = w.tx.ExecContext(w.ctx, "REPLACE INTO block_data VALUES (?, ?)", id, encode(entries, book))
	return err
}

// Texts of a language are learnt from as soon as there are so many bytes of
// them, and no more.
const (
	leastSample = 8 << 10
	mostSample  = 64 << 10
)

// book gives the codebook of a language; it is made from the texts that are
// being written when there is none yet.
func (w *fuzzyWriter) book(lang int64) (codebook, error) {
	if b, ok := w.books[lang]; ok {
		return b, nil
	}
	var b codebook
	err := w.tx.QueryRowContext(w.ctx, "SELECT max(id) FROM codebook WHERE language = ? HAVING max(id) IS NOT NULL", lang).Scan(&b.id)
	switch {
	case err == nil:
		b.table, err = w.read.get(w.ctx, w.tx, b.id)
	case errors.Is(err, sql.ErrNoRows):
		b, err = w.learn(lang)
	}
	if err == nil && b.table != nil {
		w.books[lang] = b
	}
	return b, err
}

func (w *fuzzyWriter) learn(lang int64) (b codebook, err error) {
	var sample []string
	size := 0
	for _, key := range slices.Sorted(maps.Keys(w.shelves)) {
		s := w.shelves[key]
		if key>>classBits != lang {
			continue
		}
		for i := 0; i < len(s.entries) && size < mostSample; i += 1 + len(s.entries)/64 {
			size += len(s.entries[i].text)
			sample = append(sample, s.entries[i].text)
		}
	}
	if size < leastSample {
		return codebook{}, nil
	}
	b.table = squeeze.Train(sample)
	b.id = w.gen<<20 | lang // never given out twice: readers keep codebooks by their numbers
	_, err = w.tx.ExecContext(w.ctx, "INSERT INTO codebook VALUES (?, ?, ?)", b.id, lang, b.table.Bytes())
	return b, err
}

// bookShelf holds the codebooks that were read within one transaction.
type bookShelf map[int64]*squeeze.Table

func (s *bookShelf) get(ctx context.Context, db querier, id int64) (*squeeze.Table, error) {
	if t := (*s)[id]; t != nil {
		return t, nil
	}
	t, err := readBook(ctx, db, id)
	if err == nil {
		if *s == nil {
			*s = bookShelf{}
		}
		(*s)[id] = t
	}
	return t, err
}

func readBook(ctx context.Context, db querier, id int64) (*squeeze.Table, error) {
	var data []byte
	if err := db.QueryRowContext(ctx, "SELECT data FROM codebook WHERE id = ?", id).Scan(&data); err != nil {
		return nil, fmt.Errorf("%w (codebook %d: %w)", errBlock, id, err)
	}
	t, err := squeeze.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%w (codebook %d: %w)", errBlock, id, err)
	}
	return t, nil
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
