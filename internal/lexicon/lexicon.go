// Package lexicon holds word statistics learnt from parallel text: which words
// of Russian, Chinese and English stand for each other, and how surely.
//
// Words are keys (see [Keys]): stems in Russian and English; characters and
// pairs of characters in Chinese. The table in data/lexicon.bin is made by
// tools/lexicon and is read as it lies, without unpacking.
package lexicon

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"sverka/internal/bitext"
)

//go:embed data/lexicon.bin
var shipped []byte

// Lexicon says how words of two languages stand for each other.
type Lexicon struct {
	names  [3][]string
	ids    [3]map[string]uint16
	tables [3][3]table // [from][to]

	hanOnce sync.Once // lays han when it is first asked for
	han     []uint64
	hanMask uint64
}

// table lists for each word of one language its renderings in another.
type table struct {
	offsets []byte // uint32 for each word and the end, in entries
	entries []byte // id uint16, weight uint8
}

const (
	magic     = "svlex1\n"
	entrySize = 3
	// weightStep is the width of a step of the logarithmic weights.
	weightStep = 1.0 / 40
)

// weights are the probabilities that the steps stand for.
var weights = func() (w [256]float64) {
	for i := range w {
		w[i] = math.Exp(-float64(i) * weightStep)
	}
	return w
}()

func index(lang bitext.Lang) int {
	switch lang {
	case bitext.English:
		return 0
	case bitext.Russian:
		return 1
	case bitext.Chinese:
		return 2
	}
	return -1
}

// Shipped gives the lexicon that comes with the program. It is safe for
// concurrent use.
var Shipped = sync.OnceValue(func() *Lexicon {
	l, err := Parse(shipped)
	if err != nil {
		panic("lexicon: the shipped table is broken: " + err.Error()) // held by a test
	}
	return l
})

var errShort = errors.New("lexicon: the table ends early")

// Parse reads a table as tools/lexicon writes it. It keeps data.
func Parse(data []byte) (*Lexicon, error) {
	if len(data) < len(magic) || string(data[:len(magic)]) != magic {
		return nil, errors.New("lexicon: not a table of this version")
	}
	data = data[len(magic):]
	next := func(n int) ([]byte, error) {
		if n < 0 || n > len(data) {
			return nil, errShort
		}
		out := data[:n]
		data = data[n:]
		return out, nil
	}
	number := func() (int, error) {
		b, err := next(4)
		if err != nil {
			return 0, err
		}
		return int(binary.LittleEndian.Uint32(b)), nil
	}
	l := &Lexicon{}
	for i := range l.ids {
		if err := l.readWords(i, next, number); err != nil {
			return nil, err
		}
	}
	for i := range l.tables {
		for j := range l.tables[i] {
			if i == j {
				continue
			}
			n, err := number()
			if err != nil {
				return nil, err
			}
			t := &l.tables[i][j]
			if t.offsets, err = next(4 * (len(l.ids[i]) + 1)); err != nil {
				return nil, err
			}
			if n > math.MaxInt32/entrySize {
				return nil, errShort
			}
			if t.entries, err = next(n * entrySize); err != nil {
				return nil, err
			}
			if err := t.check(n); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

func (l *Lexicon) readWords(i int, next func(int) ([]byte, error), number func() (int, error)) error {
	n, err := number()
	if err != nil {
		return err
	}
	if n > math.MaxUint16+1 {
		return fmt.Errorf("lexicon: %d words are too many", n)
	}
	l.ids[i] = make(map[string]uint16, n)
	l.names[i] = make([]string, 0, n)
	for id := range n {
		size, err := next(1)
		if err != nil {
			return err
		}
		word, err := next(int(size[0]))
		if err != nil {
			return err
		}
		name := string(word)
		l.ids[i][name] = uint16(id)
		l.names[i] = append(l.names[i], name)
	}
	if len(l.ids[i]) != n {
		return errors.New("lexicon: a word stands twice")
	}
	return nil
}

// check holds that the offsets rise and end at n.
func (t *table) check(n int) error {
	last := 0
	for i := 0; i < len(t.offsets); i += 4 {
		at := int(binary.LittleEndian.Uint32(t.offsets[i:]))
		if at < last || at > n {
			return errors.New("lexicon: offsets out of order")
		}
		last = at
	}
	return nil
}

// Has says that the lexicon knows a key of lang.
func (l *Lexicon) Has(lang bitext.Lang, key string) bool {
	i := index(lang)
	if i < 0 {
		return false
	}
	_, ok := l.ids[i][key]
	return ok
}

// Prob is how likely a text with key a in the language from renders it with
// key b in the language to: 0 to 1, 0 where nothing is known.
func (l *Lexicon) Prob(from bitext.Lang, a string, to bitext.Lang, b string) float64 {
	i, j := index(from), index(to)
	if i < 0 || j < 0 || i == j {
		return 0
	}
	x, ok := l.ids[i][a]
	if !ok {
		return 0
	}
	y, ok := l.ids[j][b]
	if !ok {
		return 0
	}
	best := 0.0
	l.each(i, j, x, func(id uint16, p float64) {
		if id == y {
			best = p
		}
	})
	return best
}

func (l *Lexicon) each(i, j int, word uint16, f func(id uint16, p float64)) {
	t := &l.tables[i][j]
	at := int(binary.LittleEndian.Uint32(t.offsets[4*int(word):]))
	end := int(binary.LittleEndian.Uint32(t.offsets[4*int(word)+4:]))
	for ; at < end; at++ {
		e := t.entries[at*entrySize:]
		f(binary.LittleEndian.Uint16(e), weights[e[2]])
	}
}

// ID is a word of a lexicon in one language, for callers that ask for it often.
type ID uint16

// Word gives the ID of a key of lang; ok is false where the lexicon does not
// know it.
func (l *Lexicon) Word(lang bitext.Lang, key string) (id ID, ok bool) {
	i := index(lang)
	if i < 0 {
		return 0, false
	}
	n, ok := l.ids[i][key]
	return ID(n), ok
}

// ProbID is Prob for words whose IDs are known.
func (l *Lexicon) ProbID(from bitext.Lang, a ID, to bitext.Lang, b ID) float64 {
	i, j := index(from), index(to)
	if i < 0 || j < 0 || i == j || int(a) >= len(l.names[i]) {
		return 0
	}
	t := &l.tables[i][j]
	at := int(binary.LittleEndian.Uint32(t.offsets[4*int(a):])) * entrySize
	end := int(binary.LittleEndian.Uint32(t.offsets[4*int(a)+4:])) * entrySize
	for list := t.entries[at:end]; len(list) >= entrySize; list = list[entrySize:] {
		if list[0] == byte(b) && list[1] == byte(b>>8) {
			return weights[list[2]]
		}
	}
	return 0
}

// Each gives the renderings of key a of the language from in the language to,
// the likeliest first.
func (l *Lexicon) Each(from bitext.Lang, a string, to bitext.Lang, f func(b string, p float64)) {
	i, j := index(from), index(to)
	if i < 0 || j < 0 || i == j {
		return
	}
	if x, ok := l.ids[i][a]; ok {
		l.each(i, j, x, func(id uint16, p float64) {
			if int(id) < len(l.names[j]) {
				f(l.names[j][id], p)
			}
		})
	}
}

// Synonymy says how alike two keys of one language are rendered in the other
// two: the cosine of their renderings, 0 to 1, the better of the two.
func (l *Lexicon) Synonymy(lang bitext.Lang, a, b string) float64 {
	i := index(lang)
	if i < 0 {
		return 0
	}
	x, ok := l.ids[i][a]
	if !ok {
		return 0
	}
	y, ok := l.ids[i][b]
	if !ok {
		return 0
	}
	best := 0.0
	for j := range l.tables[i] {
		if j != i {
			best = max(best, l.cosine(i, j, x, y))
		}
	}
	return best
}

func (l *Lexicon) cosine(i, j int, x, y uint16) float64 {
	var ids [64]uint16
	var ps [64]float64
	n := 0
	var xx, yy, xy float64
	l.each(i, j, x, func(id uint16, p float64) {
		xx += p * p
		if n < len(ids) {
			ids[n], ps[n] = id, p
			n++
		}
	})
	l.each(i, j, y, func(id uint16, p float64) {
		yy += p * p
		for k := range n {
			if ids[k] == id {
				xy += p * ps[k]
				return
			}
		}
	})
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
