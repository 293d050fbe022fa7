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
	clip    clipped
	clipSum int
	runes   int
	limits  limits
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
	f := &fuzzyScan{lookup: l, pattern: newPattern(l.folded, maxDist), sig: sig.wide(), runes: runes,
		grams: map[int][]uint64{}, left: leftoverPool.Get().(*leftovers)}
	f.clip, f.clipSum = sig.clip()
	return f
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

// bagHelps is the length up to which texts differ in their single runes, and
// clipHelps that up to which clipped signatures tell as much as whole ones.
const (
	bagHelps  = 160
	clipHelps = 64
)

// collect puts the texts of a block that the bounds leave among the leftovers.
func (f *fuzzyScan) collect(b *block) {
	f.limits.floor, f.limits.length = f.floor(), -1
	var own []uint64
	x := b.ready()
	if x != nil {
		own = f.gramSet(b.words)
	}
	switch n := int(b.runes[0]); {
	case own == nil:
		for i, n := range b.runes {
			f.limits.set(f.runes, int(n))
			f.keep(b, i, f.sig.bound(b.sigs[2*i], b.sigs[2*i+1]))
		}
	case n <= clipHelps:
		f.collectShort(b, x, own)
	default:
		for i, n := range b.runes {
			f.limits.set(f.runes, int(n))
			least := 0
			if n <= bagHelps {
				if least = f.sig.bound(b.sigs[2*i], b.sigs[2*i+1]); least > f.limits.k {
					continue
				}
			}
			f.keep(b, i, max(least, gramBound(own, x.grams[i*b.words:(i+1)*b.words], f.limits.longer)))
		}
	}
}

// collectShort is collect for a block of short texts, which are the most.
func (f *fuzzyScan) collectShort(b *block, x *bounds, own []uint64) {
	clip, l := f.clip, &f.limits
	for i, n := range b.runes {
		l.set(f.runes, int(n))
		p := clip.surplus(x.clips[2*i], x.clips[2*i+1])
		if p = max(p, p-f.clipSum+int(x.sums[i])); p <= l.k {
			f.keep(b, i, max(p, gramBound(own, x.grams[i*b.words:(i+1)*b.words], l.longer)))
		}
	}
}

// keep puts a text among the leftovers whose distance is at least so much.
func (f *fuzzyScan) keep(b *block, i, least int) {
	l := &f.limits
	if least = max(least, l.longer-l.shorter); least <= l.k {
		at := &f.left[percent(least, l.longer)]
		*at = append(*at, leftover{b, int32(i)})
	}
}

// limits are what follows from the length of a text.
type limits struct {
	floor, length, longer, shorter int
	k                              int // the greatest distance that will do
}

func (l *limits) set(query, runes int) {
	if runes != l.length {
		l.length, l.longer, l.shorter = runes, max(query, runes), min(query, runes)
		l.k = mostEdits(l.longer, l.floor)
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
