package tm

// unitTable finds units by their hashes: it takes the place of the file's index
// of them while a large import runs, since an index made at the end, sorted,
// costs a fraction of one that grows at random places.
type unitTable struct {
	slots []unitSlot // a power of two, at most half full
	n     int
}

type unitSlot struct {
	hash int64
	id   int64 // 0: free
}

// maxTable bounds the units that a unitTable holds; beyond it the index in the
// file is made and used.
const maxTable = 4 << 20

func (t *unitTable) find(hash int64) (slot *unitSlot) {
	for i := uint64(hash) * 0x9e3779b97f4a7c15; ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.id == 0 || s.hash == hash {
			return s
		}
	}
}

// get gives the id of the unit, 0 where there is none.
func (t *unitTable) get(hash int64) int64 {
	if t.n == 0 {
		return 0
	}
	return t.find(hash).id
}

// put remembers a unit.
func (t *unitTable) put(hash, id int64) {
	if 2*t.n >= len(t.slots) {
		old := t.slots
		t.slots = make([]unitSlot, max(1024, 2*len(old)))
		for _, s := range old {
			if s.id != 0 {
				*t.find(s.hash) = s
			}
		}
	}
	if s := t.find(hash); s.id == 0 {
		*s = unitSlot{hash, id}
		t.n++
	}
}

const unitIndex = "CREATE INDEX IF NOT EXISTS unit_hash ON unit(hash)"

// beginBulk puts a unitTable in the place of the file's index of units where
// the memory is empty.
func (im *importer) beginBulk() error {
	var any bool
	if err := im.tx.QueryRowContext(im.ctx, "SELECT EXISTS (SELECT 1 FROM unit)").Scan(&any); err != nil || any {
		return err
	}
	im.bulk = &unitTable{}
	_, err := im.tx.ExecContext(im.ctx, "DROP INDEX unit_hash")
	return err
}

// endBulk makes the index of units.
func (im *importer) endBulk() error {
	if im.bulk == nil {
		return nil
	}
	im.bulk = nil
	_, err := im.tx.ExecContext(im.ctx, unitIndex)
	return err
}
