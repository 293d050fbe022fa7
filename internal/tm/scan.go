package tm

import (
	"sync"
)

// fuzzyScan finds what is like the text of a lookup in two steps. First each
// text of a length that can come into question is held against lower bounds of
// the distance, which cost little; then those that are left are compared, the
// likeliest first, so that most of them come too late.
type fuzzyScan struct {
	*lookup
	pattern *pattern
	sig     wideSignature
	runes   int
	grams   map[int][]uint64 // the query's gram set by its size in words; nil: it has no room
	left    *leftovers
	scratch []byte
}

// leftovers are the texts to be compared, by the greatest per cent that they
// can have.
type leftovers [101][]leftover

type leftover struct {
	block *block
	i     int32
}

var leftoverPool = sync.Pool{New: func() any { return new(leftovers) }}

func newFuzzyScan(l *lookup, runes, maxDist int) *fuzzyScan {
	sig, _ := sign(l.folded)
	return &fuzzyScan{lookup: l, pattern: newPattern(l.folded, maxDist), sig: sig.wide(), runes: runes,
		grams: map[int][]uint64{}, left: leftoverPool.Get().(*leftovers)}
}

// free gives back what the next scan can use.
func (f *fuzzyScan) free() {
	for i := range f.left {
		clear(f.left[i]) // the blocks are not to be held
		f.left[i] = f.left[i][:0]
	}
	leftoverPool.Put(f.left)
}

// gramSet gives the query's gram set of that size, nil where it has no room.
func (f *fuzzyScan) gramSet(words int) []uint64 {
	set, ok := f.grams[words]
	if !ok {
		if fitsGrams(f.runes, words) {
			set = make([]uint64, words)
			addGrams(set, []byte(f.folded))
		}
		f.grams[words] = set
	}
	return set
}

// bagHelps is the length up to which texts differ in their single runes.
const bagHelps = 160

// collect puts the texts of a block that the bounds leave among the leftovers.
func (f *fuzzyScan) collect(b *block) {
	floor := f.floor()
	sets := b.sets()
	var own []uint64
	if sets != nil {
		own = f.gramSet(b.words)
	}
	length, k, longer := int32(-1), 0, 0
	for i, n := range b.runes {
		if n != length {
			length, longer = n, max(f.runes, int(n))
			k = mostEdits(longer, floor)
		}
		least := longer - min(f.runes, int(n))
		if own == nil || n <= bagHelps {
			if least = max(least, f.sig.bound(b.sigs[2*i], b.sigs[2*i+1])); least > k {
				continue
			}
		}
		if own != nil {
			if least = max(least, gramBound(own, sets[i*b.words:(i+1)*b.words], longer)); least > k {
				continue
			}
		}
		at := &f.left[percent(least, longer)]
		*at = append(*at, leftover{b, int32(i)})
	}
}

// compare goes through the leftovers, the likeliest first, until the best are
// better than what is left can be.
func (f *fuzzyScan) compare() error {
	for p := 100; p >= f.floor(); p-- {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		for _, c := range f.left[p] {
			b, i := c.block, int(c.i)
			n := int(b.runes[i])
			longer := max(f.runes, n)
			k := mostEdits(longer, f.floor())
			f.scratch = b.text(i, f.scratch)
			d := f.pattern.distance(f.scratch, n, k)
			if d > k {
				continue
			}
			if err := f.offer(b.ids[i], d, longer); err != nil {
				return err
			}
		}
	}
	return nil
}
