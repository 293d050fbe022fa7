package vector

import (
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"sync"
)

//go:embed vectors.bin
var embedded string

// Default gives the table in the binary. It is opened at the first call; all
// calls give the same table.
func Default() *Table { return defaultTable() }

var defaultTable = sync.OnceValue(func() *Table {
	t, err := parse(embedded)
	if err != nil {
		panic("the table of vectors in the program is damaged: " + err.Error()) // a build that no test has seen
	}
	return t
})

// Table holds the vectors of subword pieces. It is read from its bytes as they
// lie in the file, and may be used from several goroutines at once.
type Table struct {
	rows, dim int
	ends      string // rows × uint32: where each piece's name ends in names
	names     string
	scores    string // rows × float32: natural logarithm of each piece's probability
	lengths   string // rows × float32: length of the piece's vector; what it weighs in a sum
	trie      string // units of uint32
	vectors   string // rows × dim bytes; a number is (byte − 128) × factor
	factor    float32
	jumps     []uint32 // where the trie's names that begin with a Chinese character go on
	scratch   sync.Pool
}

// The file: a head of 64 bytes, then the parts below, each padded with zero
// bytes to a multiple of 8; all numbers little endian.
//
//	offset  0  "sverkaV2"
//	offset  8  uint32 version of the normal form, rows, dimensions, bytes of
//	           names, units of the trie, CRC-32 (IEEE) of all behind the head
//	offset 32  float32 factor of the vectors
//
// Parts: ends of names (uint32 a row), names, scores (float32), lengths
// (float32), trie (uint32), vectors (a byte a number, 128 for 0). Row 0 stands
// for what is in no piece: its score is what one unknown character costs.
const (
	magic    = "sverkaV2"
	headSize = 64

	maxRows  = 1 << 22
	maxDim   = 4096
	maxUnits = 1 << 23
	maxFile  = 1 << 30
)

// ErrFormat is wrapped by every error that says that a file is no table.
var ErrFormat = errors.New("not a table of vectors")

// Open reads another table in the format of the built-in one, as tools/vectors
// makes them. The error names the file and wraps ErrFormat where its content
// is at fault.
func Open(path string) (*Table, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, fmt.Errorf("vectors %s: %w: it must be a file of at most %d MB", path, ErrFormat, maxFile>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	t, err := parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("vectors %s: %w", path, err)
	}
	return t, nil
}

// parse checks the whole of a table's bytes and gives the table over them.
func parse(data string) (*Table, error) {
	bad := func(format string, args ...any) (*Table, error) {
		return nil, fmt.Errorf("%w: %s (make it anew with tools/vectors)", ErrFormat, fmt.Sprintf(format, args...))
	}
	if len(data) < headSize || data[:len(magic)] != magic {
		return bad("it does not begin with %q", magic)
	}
	field := func(i int) int { return int(u32(data, len(magic)/4+i)) }
	version, rows, dim, names, units := field(0), field(1), field(2), field(3), field(4)
	if version != NormalVersion {
		return bad("its pieces are of text in normal form %d, this program writes form %d", version, NormalVersion)
	}
	if rows < 1 || rows > maxRows || dim < 8 || dim > maxDim || dim%8 > 0 || units > maxUnits || names > maxFile {
		return bad("%d rows of %d dimensions, %d bytes of names, %d units are out of bounds", rows, dim, names, units)
	}
	t := &Table{rows: rows, dim: dim, factor: f32(data, len(magic)/4+6)}
	if !(t.factor > 0 && t.factor < 1e6) {
		return bad("the factor of its vectors is %g", t.factor)
	}
	rest := data[headSize:]
	for _, part := range []struct {
		to   *string
		size int
	}{
		{&t.ends, 4 * rows}, {&t.names, names}, {&t.scores, 4 * rows}, {&t.lengths, 4 * rows},
		{&t.trie, 4 * units}, {&t.vectors, rows * dim},
	} {
		padded := (part.size + 7) &^ 7
		if padded > len(rest) {
			return bad("it ends too soon: %d bytes", len(data))
		}
		*part.to, rest = rest[:part.size], rest[padded:]
	}
	if len(rest) > 0 {
		return bad("%d bytes too many at its end", len(rest))
	}
	if sum := checksum(data[headSize:]); sum != uint32(field(5)) {
		return bad("its checksum is %08x, not %08x: it is damaged", sum, uint32(field(5)))
	}
	if err := t.checkRows(); err != nil {
		return bad("%s", err)
	}
	t.layJumps()
	t.scratch.New = func() any { return new(lattice) }
	return t, nil
}

// checkRows refuses numbers that would make sums meaningless, and names that
// do not lie in order.
func (t *Table) checkRows() error {
	before := uint32(0)
	for i := range t.rows {
		end := u32(t.ends, i)
		if end < before || int(end) > len(t.names) {
			return fmt.Errorf("the name of piece %d ends at byte %d", i, end)
		}
		before = end
		for _, x := range [...]float32{f32(t.scores, i), f32(t.lengths, i)} {
			if !(x > -1e6 && x < 1e6) {
				return fmt.Errorf("piece %d has a score or length of %g", i, x)
			}
		}
	}
	return nil
}

func checksum(s string) uint32 {
	sum := uint32(0)
	var buf [1 << 15]byte // a string is not a []byte without a copy; a small one stays in the cache
	for len(s) > 0 {
		n := copy(buf[:], s)
		sum = crc32.Update(sum, crc32.IEEETable, buf[:n])
		s = s[n:]
	}
	return sum
}

// u32 reads the ith number of s.
func u32(s string, i int) uint32 {
	b := s[4*i : 4*i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func f32(s string, i int) float32 { return math.Float32frombits(u32(s, i)) }

// Dim is how many numbers a vector has.
func (t *Table) Dim() int { return t.dim }

// Len is how many pieces the table holds; their numbers are 0 to Len()-1.
func (t *Table) Len() int { return t.rows }

// Name gives piece id as it stands in normalised text, with the space before a
// word; "" for 0, the unknown, and where there is no such piece.
func (t *Table) Name(id int32) string {
	if id <= 0 || int(id) >= t.rows {
		return ""
	}
	return t.names[u32(t.ends, int(id)-1):u32(t.ends, int(id))]
}

// Weight says how much piece id weighs in a sum: the length of its vector,
// learnt, about 1 in the mean of the pieces of running text; near 0 for what
// says little, such as commas and the most frequent words. 0 for unknown
// pieces.
func (t *Table) Weight(id int32) float32 {
	if id <= 0 || int(id) >= t.rows {
		return 0
	}
	return f32(t.lengths, int(id))
}

// Vector sets dst, which holds Dim numbers, to the vector of piece id as it goes
// into a sum, Weight long; to zero for unknown pieces.
func (t *Table) Vector(id int32, dst []float32) {
	clear(dst)
	if id <= 0 || int(id) >= t.rows {
		return
	}
	for i := range min(t.dim, len(dst)) {
		dst[i] = t.factor * float32(int(t.vectors[int(id)*t.dim+i])-bias)
	}
}
