package align

import (
	"math/bits"
)

// units holds one kind of unit (words, numbers, …) of a side, each named by a
// key. Lists lie one behind the other in one array.
type units struct {
	keys []uint64 // of each unit
	off  []int32  // where a segment's units begin in ids
	ids  []int32  // for each segment its distinct units, in the order of first appearance
	post []int32  // for each unit, from postOff, the segments that hold it, in order
	// where a unit's segments begin in post
	postOff []int32

	table []int32 // units by key, plus one: open addressing, at most half full
	last  []int32 // for each unit the last segment that held it, while they are gathered
}

func newUnits(n int) *units {
	return &units{off: make([]int32, 1, n+1), keys: wides.take(0), ids: counts.take(0), last: counts.take(0)}
}

// release gives back the room of units that nobody asks any more.
func (u *units) release() {
	wides.give(u.keys)
	for _, v := range [][]int32{u.ids, u.post, u.table} {
		counts.give(v)
	}
	*u = units{}
}

// of are the units of segment i.
func (u *units) of(i int) []int32 { return u.ids[u.off[i]:u.off[i+1]] }

// at are the segments that hold a unit.
func (u *units) at(unit int32) []int32 { return u.post[u.postOff[unit]:u.postOff[unit+1]] }

// df is how many segments hold a unit.
func (u *units) df(unit int32) int { return int(u.postOff[unit+1] - u.postOff[unit]) }

func (u *units) segments() int { return len(u.off) - 1 }

// fresh makes a unit of a key that has none yet.
func (u *units) fresh(key uint64) int32 {
	u.keys = append(u.keys, key)
	u.last = append(u.last, -1)
	return int32(len(u.keys)) - 1
}

// note notes a unit in the segment at hand.
func (u *units) note(unit int32) {
	if seg := int32(len(u.off)); u.last[unit] != seg {
		u.last[unit] = seg
		u.ids = append(u.ids, unit)
	}
}

// add notes the unit of a key in the segment at hand.
func (u *units) add(key uint64) {
	if 2*len(u.keys) >= len(u.table) {
		u.grow()
	}
	at := u.slot(key)
	if u.table[at] == 0 {
		u.table[at] = u.fresh(key) + 1
	}
	u.note(u.table[at] - 1)
}

// slot is the place of a key in the table, or a free one.
func (u *units) slot(key uint64) int {
	mask := len(u.table) - 1
	at := int(key*0x9e3779b97f4a7c15>>33) & mask
	for u.table[at] > 0 && u.keys[u.table[at]-1] != key {
		at = (at + 1) & mask
	}
	return at
}

func (u *units) grow() {
	table := u.table
	size := max(64, 4*len(u.keys), 2*len(table))
	u.table = counts.takeClear(1 << (bits.Len(uint(size)) - 1))
	for _, id := range table {
		if id > 0 {
			u.table[u.slot(u.keys[id-1])] = id
		}
	}
	counts.give(table)
}

// find gives the unit of a key, or -1.
func (u *units) find(key uint64) int32 {
	if len(u.table) == 0 {
		return -1
	}
	return u.table[u.slot(key)] - 1
}

// close ends a segment.
func (u *units) close() { u.off = append(u.off, int32(len(u.ids))) }

// index lays the postings when all segments are closed.
func (u *units) index() {
	counts.give(u.last)
	u.last = nil
	u.postOff = make([]int32, len(u.keys)+1)
	for _, id := range u.ids {
		u.postOff[id+1]++
	}
	for k := range u.keys {
		u.postOff[k+1] += u.postOff[k]
	}
	u.post = counts.take(len(u.ids))
	next := append(counts.take(0), u.postOff[:len(u.keys)]...)
	defer counts.give(next)
	for i := range u.segments() {
		for _, id := range u.of(i) {
			u.post[next[id]] = int32(i)
			next[id]++
		}
	}
}
