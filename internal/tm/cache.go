package tm

import (
	"context"
	"database/sql"
	"sort"
	"sync"
)

// blockCache keeps decoded blocks of the lookup index between calls, and the
// list of all blocks of the languages looked in. What another process or the
// writer changed is seen by the memory's generation.
type blockCache struct {
	mu     sync.Mutex
	limit  int64
	size   int64
	gen    int64
	lists  map[int64][]blockRef // by language, in order of id
	blocks map[int64]*block
}

// blockRef names a block as it was in one generation.
type blockRef struct{ id, gen int64 }

// class is the class of lengths of the block's texts.
func (r blockRef) class() int { return int(shelfOf(r.id) & (1<<classBits - 1)) }

// blockRefs gives the blocks of the languages with classes from least to most,
// those nearest to the class mid first.
func (c *blockCache) blockRefs(ctx context.Context, tx *sql.Tx, langs []int64, least, most, mid int) ([]blockRef, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	gen, err := metaValue(ctx, tx, "generation")
	if err != nil {
		return nil, err
	}
	if gen != c.gen || c.lists == nil {
		c.gen, c.lists = gen, map[int64][]blockRef{}
	}
	var out []blockRef
	for _, lang := range langs {
		list, ok := c.lists[lang]
		if !ok {
			if list, err = listBlocks(ctx, tx, lang); err != nil {
				return nil, err
			}
			c.lists[lang] = list
		}
		from := sort.Search(len(list), func(i int) bool { return list[i].class() >= least })
		to := sort.Search(len(list), func(i int) bool { return list[i].class() > most })
		out = append(out, list[from:to]...)
	}
	away := func(r blockRef) int { return max(r.class()-mid, mid-r.class()) }
	sort.SliceStable(out, func(i, j int) bool { return away(out[i]) < away(out[j]) })
	return out, nil
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
func (c *blockCache) load(ctx context.Context, tx *sql.Tx, ref blockRef) (*block, error) {
	c.mu.Lock()
	b := c.blocks[ref.id]
	c.mu.Unlock()
	if b != nil && b.gen == ref.gen {
		return b, nil
	}
	var data []byte
	if err := tx.QueryRowContext(ctx, "SELECT data FROM block_data WHERE id = ?", ref.id).Scan(&data); err != nil {
		return nil, err
	}
	b, err := decode(data)
	if err != nil {
		return nil, err
	}
	b.gen = ref.gen
	c.keep(ref.id, b)
	return b, nil
}

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
