package lexicon

import (
	"encoding/binary"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// Size is how many keys of lang the lexicon knows; their IDs are less.
func (l *Lexicon) Size(lang bitext.Lang) int {
	if i := index(lang); i >= 0 {
		return len(l.names[i])
	}
	return 0
}

// Han gives the ID of the Chinese key of one character, b being 0, or of two.
// Characters are folded ones; ok is false where the lexicon does not know them.
func (l *Lexicon) Han(a, b rune) (id ID, ok bool) {
	l.hanOnce.Do(l.indexHan)
	key := hanKey(a, b)
	for at := hanHash(key) & l.hanMask; ; at = (at + 1) & l.hanMask {
		switch e := l.han[at]; e >> 16 {
		case 0:
			return 0, false
		case key:
			return ID(e & 0xffff), true
		}
	}
}

// hanKey is never 0, and has less than 48 bits.
func hanKey(a, b rune) uint64 { return uint64(a)<<21 | uint64(b) | 1<<42 }

func hanHash(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 >> 40 }

// indexHan lays the table of keys of one and two characters: open addressing,
// at most half full.
func (l *Lexicon) indexHan() {
	names := l.names[index(bitext.Chinese)]
	size := 8
	for size < 2*len(names) {
		size *= 2
	}
	l.han, l.hanMask = make([]uint64, size), uint64(size-1)
	for id, name := range names {
		a, n := utf8.DecodeRuneInString(name)
		b, m := utf8.DecodeRuneInString(name[n:])
		if n+m != len(name) || n == 0 {
			continue
		}
		if m == 0 {
			b = 0
		}
		key := hanKey(a, b)
		at := hanHash(key) & l.hanMask
		for l.han[at] != 0 {
			at = (at + 1) & l.hanMask
		}
		l.han[at] = key<<16 | uint64(id)
	}
}

// Renderings are how one key stands in another language, the likeliest first.
type Renderings struct{ entries []byte }

// Of gives the renderings of a key of the language from in the language to.
func (l *Lexicon) Of(from bitext.Lang, id ID, to bitext.Lang) Renderings {
	i, j := index(from), index(to)
	if i < 0 || j < 0 || i == j || int(id) >= len(l.names[i]) {
		return Renderings{}
	}
	t := &l.tables[i][j]
	at := binary.LittleEndian.Uint32(t.offsets[4*int(id):])
	end := binary.LittleEndian.Uint32(t.offsets[4*int(id)+4:])
	return Renderings{t.entries[at*entrySize : end*entrySize]}
}

// Len is how many they are.
func (r Renderings) Len() int { return len(r.entries) / entrySize }

// At gives the key of rendering k and the log of its probability.
func (r Renderings) At(k int) (ID, float32) {
	e := r.entries[k*entrySize : k*entrySize+entrySize]
	return ID(binary.LittleEndian.Uint16(e)), -weightStep * float32(e[2])
}
