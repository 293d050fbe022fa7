package tm

// unitTable finds units by their hashes: it takes the place of the file's index
// of them while a large import runs, since an index made at the end, sorted,
// costs a fraction of one that grows at random places.
type unitTable struct {
	first  int64   // the id of the first unit
	hashes []int64 // of the units, one after the other
	slots  []uint32
}

// maxTable bounds the units that a unitTable holds, at up to 24 bytes each;
// beyond it the index in the file is made and used.
const maxTable = 16 << 20

// slot gives the place of a unit's number, 0 in it where there is none.
func (t *unitTable) slot(hash int64) *uint32 {
	mask := uint64(len(t.slots) - 1)
	for i := uint64(hash) * 0x9e3779b97f4a7c15 >> 20; ; i++ {
		s := &t.slots[i&mask]
		if *s == 0 || t.hashes[*s-1] == hash {
			return s
		}
	}
}

// get gives the id of the unit, 0 where there is none.
func (t *unitTable) get(hash int64) int64 {
	if len(t.hashes) == 0 {
		return 0
	}
	if n := *t.slot(hash); n != 0 {
		return t.first + int64(n) - 1
	}
	return 0
}

// put remembers a unit that is not there yet; ids come one after the other.
func (t *unitTable) put(hash, id int64) {
	if len(t.hashes) == 0 {
		t.first = id
	}
	t.hashes = append(t.hashes, hash)
	if 2*len(t.hashes) <= len(t.slots) {
		*t.slot(hash) = uint32(len(t.hashes))
		return
	}
	t.slots = make([]uint32, max(1024, 2*len(t.slots)))
	for i, h := range t.hashes {
		*t.slot(h) = uint32(i + 1)
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
