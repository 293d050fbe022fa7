package tm

import (
	"context"
	"database/sql"
	"slices"
	"sort"
	"sync"

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
	words  *wordList
	blocks map[int64]*block
	books  map[int64]*squeeze.Table
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
type blockRef struct{ id, gen int64 }

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

// list gives the list of blocks as the transaction sees them in that generation.
func (c *blockCache) list(ctx context.Context, tx *sql.Tx, gen int64) (*blockList, error) {
	c.mu.Lock()
	l := c.listed
	c.mu.Unlock()
	if l != nil && l.gen == gen {
		return l, nil
	}
	l = &blockList{gen: gen}
	var numbers []int64
	rows, err := tx.QueryContext(ctx, "SELECT id, tag FROM language ORDER BY id")
	err = each(rows, err, func(r *sql.Rows) error {
		var id int64
		var lb langBlocks
		err := r.Scan(&id, &lb.lang)
		numbers, l.langs = append(numbers, id), append(l.langs, lb)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, n := range numbers {
		if l.langs[i].refs, err = listBlocks(ctx, tx, n); err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	c.listed = l
	c.mu.Unlock()
	return l, nil
}

func listBlocks(ctx context.Context, tx *sql.Tx, lang int64) ([]blockRef, error) {
	var out []blockRef
	rows, err := tx.QueryContext(ctx, "SELECT id, gen FROM block WHERE id BETWEEN ? AND ? ORDER BY id",
		blockID(lang, 0, 0), blockID(lang+1, 0, 0)-1)
	return out, each(rows, err, func(r *sql.Rows) error {
		var b blockRef
		err := r.Scan(&b.id, &b.gen)
		out = append(out, b)
		return err
	})
}

// load gives a block, from memory where it is there.
func (c *blockCache) load(ctx context.Context, tx *sql.Tx, read *sql.Stmt, ref blockRef) (*block, error) {
	c.mu.Lock()
	b := c.blocks[ref.id]
	c.mu.Unlock()
	if b != nil && b.gen == ref.gen {
		return b, nil
	}
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
	c.keep(ref.id, b)
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
func (c *blockCache) keep(id int64, b *block) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.blocks == nil {
		c.blocks = map[int64]*block{}
	}
	if old := c.blocks[id]; old != nil {
		c.size -= old.size()
	}
	c.blocks[id] = b
	c.size += b.size()
	for other, o := range c.blocks { // any will do
		if c.size <= c.limit {
			break
		}
		if other != id {
			c.size -= o.size()
			delete(c.blocks, other)
		}
	}
}
