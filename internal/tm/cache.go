package tm

import (
	"context"
	"database/sql"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"sverka/internal/bitext"
	"sverka/internal/squeeze"
)

const (
	generationQuery = "SELECT value FROM meta WHERE key = 'generation'"
	blockQuery      = "SELECT data FROM block_data WHERE id = ?"
)

// blockCache keeps decoded blocks of the lookup index between calls, and the
// list of all blocks. What the writer or another process changed is seen by
// the memory's generation.
type blockCache struct {
	mu     sync.Mutex
	limit  int64 // bytes
	size   int64
	listed *blockList
	once   int64 // the generation in which a part of the list was asked for
	words  *wordList
	blocks map[int64]cached
	books  map[int64]*squeeze.Table
}

// cached is a block, and where the list has it.
type cached struct {
	block *block
	at    *atomic.Pointer[block]
}

// blockList is all blocks there are in one generation; it is never changed.
type blockList struct {
	gen   int64
	langs []langBlocks
}

type langBlocks struct {
	lang bitext.Lang
	refs []blockRef // in order of id
}

// blockRef names a block as it was in one generation.
type blockRef struct {
	id, gen int64
	at      *atomic.Pointer[block] // nil in it while the block is not in memory
}

// class is the class of lengths of the block's texts.
func (r blockRef) class() int { return int(shelfOf(r.id) & (1<<classBits - 1)) }

// between gives the blocks of the languages (all when none is named) with
// classes from least to most.
func (l *blockList) between(langs []bitext.Lang, least, most int) []blockRef {
	var out []blockRef
	for _, lb := range l.langs {
		if len(langs) > 0 && !slices.Contains(langs, lb.lang) {
			continue
		}
		from := sort.Search(len(lb.refs), func(i int) bool { return lb.refs[i].class() >= least })
		to := sort.Search(len(lb.refs), func(i int) bool { return lb.refs[i].class() > most })
		out = append(out, lb.refs[from:max(from, to)]...)
	}
	return out
}

// list gives the blocks of the languages (all when none is named) with classes
// from least to most, as the transaction sees them in that generation. The list
// of all is made when it is asked for the second time: a process that looks up
// one text does without.
func (c *blockCache) list(ctx context.Context, tx *sql.Tx, gen int64, langs []bitext.Lang, least, most int) ([]blockRef, error) {
	c.mu.Lock()
	l, first := c.listed, c.once != gen
	c.once = gen
	c.mu.Unlock()
	if l != nil && l.gen == gen {
		return l.between(langs, least, most), nil
	}
	if !first {
		least, most = 0, 1<<classBits-1
		langs = nil
	}
	part, err := listBlocks(ctx, tx, gen, langs, least, most)
	if err != nil || first {
		return part.between(nil, least, most), err
	}
	c.mu.Lock()
	c.listed = part
	c.mu.Unlock()
	return c.list(ctx, tx, gen, langs, least, most)
}

func listBlocks(ctx context.Context, tx *sql.Tx, gen int64, langs []bitext.Lang, least, most int) (*blockList, error) {
	l := &blockList{gen: gen}
	var numbers []int64
	rows, err := tx.QueryContext(ctx, "SELECT id, tag FROM language ORDER BY id")
	err = each(rows, err, func(r *sql.Rows) error {
		var id int64
		var lb langBlocks
		err := r.Scan(&id, &lb.lang)
		if len(langs) == 0 || slices.Contains(langs, lb.lang) {
			numbers, l.langs = append(numbers, id), append(l.langs, lb)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, n := range numbers {
		refs := &l.langs[i].refs
		rows, err := tx.QueryContext(ctx, "SELECT id, gen FROM block WHERE id BETWEEN ? AND ? ORDER BY id",
			blockID(n, least, 0), blockID(n, most, 1<<seqBits-1))
		err = each(rows, err, func(r *sql.Rows) error {
			var b blockRef
			err := r.Scan(&b.id, &b.gen)
			*refs = append(*refs, b)
			return err
		})
		if err != nil {
			return nil, err
		}
		slots := make([]atomic.Pointer[block], len(*refs))
		for k := range slots {
			(*refs)[k].at = &slots[k]
		}
	}
	return l, nil
}

// load gives a block, from memory where it is there.
func (c *blockCache) load(ctx context.Context, tx *sql.Tx, read *sql.Stmt, ref blockRef) (*block, error) {
	if b := ref.at.Load(); b != nil {
		return b, nil
	}
	c.mu.Lock()
	b := c.blocks[ref.id].block
	if b != nil && b.gen == ref.gen { // of a list before
		ref.at.Store(b)
		c.blocks[ref.id] = cached{b, ref.at}
		c.mu.Unlock()
		return b, nil
	}
	c.mu.Unlock()
	var data sql.RawBytes
	rows, err := read.QueryContext(ctx, ref.id)
	err = each(rows, err, func(r *sql.Rows) error {
		if err := r.Scan(&data); err != nil {
			return err
		}
		b, err = decode(data, func(id int64) (*squeeze.Table, error) { return c.book(ctx, tx, id) })
		return err
	})
	if err != nil {
		return nil, err
	}
	if data == nil {
		return nil, errBlock
	}
	b.gen = ref.gen
	c.keep(ref, b)
	return b, nil
}

// book gives a codebook, from memory where it is there; those that were made
// are never changed.
func (c *blockCache) book(ctx context.Context, tx *sql.Tx, id int64) (*squeeze.Table, error) {
	c.mu.Lock()
	t := c.books[id]
	c.mu.Unlock()
	if t != nil {
		return t, nil
	}
	t, err := readBook(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.books == nil {
		c.books = map[int64]*squeeze.Table{}
	}
	c.books[id] = t
	return t, nil
}

// keep remembers a block, and forgets others where there is no room.
func (c *blockCache) keep(ref blockRef, b *block) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.blocks == nil {
		c.blocks = map[int64]cached{}
	}
	if old := c.blocks[ref.id]; old.block != nil {
		c.size -= old.block.size()
		old.at.Store(nil)
	}
	c.blocks[ref.id] = cached{b, ref.at}
	c.size += b.size()
	ref.at.Store(b)
	for id, other := range c.blocks { // any will do
		if c.size <= c.limit {
			break
		}
		if id != ref.id {
			c.size -= other.block.size()
			other.at.Store(nil)
			delete(c.blocks, id)
		}
	}
}
