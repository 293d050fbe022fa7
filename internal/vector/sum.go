package vector

// bias is the byte that stands for 0 in a vector.
const bias = 128

// A word of 64 bits holds four lanes of 16 bits, each of which takes the sum
// of at most laneRows bytes.
const (
	lanes    = 0x00ff00ff00ff00ff
	laneRows = 65535 / 255
)

// sum adds the vectors of l's pieces to dst. All vectors have one factor, so
// that their bytes are summed as they lie, eight at a time, and turned into
// numbers once for each run of rows.
func (t *Table) sum(l *lattice, dst []float32) {
	words := t.dim / 8
	if len(dst) < t.dim {
		return
	}
	if cap(l.sums) < 2*words {
		l.sums = make([]uint64, 2*words)
	}
	sums := l.sums[:2*words]
	clear(sums)
	t.fetch(l)
	n := 0
	for _, p := range l.pieces {
		if p.id <= 0 || int(p.id) >= t.rows {
			continue
		}
		addRow(sums, t.vectors[int(p.id)*t.dim:(int(p.id)+1)*t.dim])
		if n++; n == laneRows {
			t.flush(sums, n, dst)
			n = 0
		}
	}
	t.flush(sums, n, dst)
}

// cacheLine is how many bytes a processor fetches at once.
const cacheLine = 64

// fetch touches the rows that are to be summed: they lie far apart in a table
// larger than most caches, and loads that do not wait for each other are under
// way together, where the sums would wait for one row after the other.
func (t *Table) fetch(l *lattice) {
	touched := byte(0)
	for _, p := range l.pieces {
		if p.id <= 0 || int(p.id) >= t.rows {
			continue
		}
		row := t.vectors[int(p.id)*t.dim : (int(p.id)+1)*t.dim]
		for k := 0; k < len(row); k += cacheLine {
			touched ^= row[k]
		}
	}
	l.touched = touched
}

// addRow adds the bytes of row to the lanes of sums: of each eight bytes those
// at even places to one word, the others to the next.
func addRow(sums []uint64, row string) {
	for len(row) >= 32 && len(sums) >= 8 {
		r, s := row[:32], sums[:8:8]
		a, b, c, d := word(r[0:8]), word(r[8:16]), word(r[16:24]), word(r[24:32])
		s[0] += a & lanes
		s[1] += a >> 8 & lanes
		s[2] += b & lanes
		s[3] += b >> 8 & lanes
		s[4] += c & lanes
		s[5] += c >> 8 & lanes
		s[6] += d & lanes
		s[7] += d >> 8 & lanes
		row, sums = row[32:], sums[8:]
	}
	for len(row) >= 8 && len(sums) >= 2 {
		w := word(row[:8])
		sums[0] += w & lanes
		sums[1] += w >> 8 & lanes
		row, sums = row[8:], sums[2:]
	}
}

// word is the number that eight bytes are, the first being the lowest.
func word(b string) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// flush adds the sums of n rows to dst and clears them.
func (t *Table) flush(sums []uint64, n int, dst []float32) {
	zero := bias * n
	for len(sums) >= 2 && len(dst) >= 8 {
		even, odd, d := sums[0], sums[1], dst[:8:8]
		d[0] += t.factor * float32(int(even&0xffff)-zero)
		d[1] += t.factor * float32(int(odd&0xffff)-zero)
		d[2] += t.factor * float32(int(even>>16&0xffff)-zero)
		d[3] += t.factor * float32(int(odd>>16&0xffff)-zero)
		d[4] += t.factor * float32(int(even>>32&0xffff)-zero)
		d[5] += t.factor * float32(int(odd>>32&0xffff)-zero)
		d[6] += t.factor * float32(int(even>>48)-zero)
		d[7] += t.factor * float32(int(odd>>48)-zero)
		sums[0], sums[1] = 0, 0
		sums, dst = sums[2:], dst[8:]
	}
}
