// Package squeeze makes short texts shorter by a table of frequent strings,
// each written as one byte, so that any text can be read alone: the fast static
// symbol table of P. Boncz, T. Neumann and V. Leis, "FSST: Fast Random Access
// String Compression" (VLDB 2020).
package squeeze

import (
	"encoding/binary"
	"errors"
	"sort"
)

const (
	maxSymbols = 255
	escape     = 255 // a byte follows as it is
	rounds     = 5
	maxLen     = 8
)

// Table holds the strings that have a byte of their own. It is never changed
// and may be used by many at once.
type Table struct {
	n     int
	syms  [256]uint64 // as little-endian bytes
	lens  [256]uint8
	short [1 << 16]uint16 // by the next two bytes: symbol of one or two bytes, times 16, plus its length; 0: none
	long  [slots]slot     // by the next three bytes: a symbol of three and more
}

const slots = 1 << 12

type slot struct {
	sym, mask uint64
	code      uint8
	len       uint8 // 0: free
}

func slotOf(word uint64) uint64 { return (word & 0xffffff) * 0x9e3779b97f4a7c15 >> 52 }

// ErrTable is what Parse wraps for bytes that are no table.
var ErrTable = errors.New("the table of frequent strings is damaged")

// Train makes a table for texts like those of the sample.
func Train(sample []string) *Table {
	t := &Table{}
	for range rounds {
		t = t.better(sample)
	}
	return t
}

// word gives up to eight bytes of s from i on, zeros behind its end.
func word(s string, i int) uint64 {
	if len(s)-i >= 8 {
		_ = s[i+7]
		return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
	}
	w := uint64(0)
	for k := len(s) - 1; k >= i; k-- {
		w = w<<8 | uint64(s[k])
	}
	return w
}

// match gives the symbol that s goes on with at i and its length; 0 for none.
func (t *Table) match(s string, i int) (code, length int) {
	w := word(s, i)
	left := len(s) - i
	if sl := &t.long[slotOf(w)]; sl.len > 0 && int(sl.len) <= left && w&sl.mask == sl.sym {
		return int(sl.code), int(sl.len)
	}
	e := t.short[w&0xffff]
	if n := int(e & 15); n > 0 && n <= left { // else a last byte, written as it is
		return int(e >> 4), n
	}
	return 0, 0
}

// gain is how many bytes of the sample a string would stand for.
type gain struct {
	sym   uint64
	len   uint8
	bytes int
}

// better counts what t makes of the sample, and takes the strings that cover
// most of it: symbols, and pairs of symbols that follow one another.
func (t *Table) better(sample []string) *Table {
	counts := map[gain]int{}
	for _, s := range sample {
		var before gain
		for i := 0; i < len(s); {
			code, n := t.match(s, i)
			g := gain{sym: uint64(s[i]), len: 1}
			if n > 0 {
				g = gain{sym: t.syms[code], len: t.lens[code]}
			}
			counts[g]++
			if g.len > 1 {
				counts[gain{sym: uint64(s[i]), len: 1}]++
			}
			if before.len > 0 && before.len+g.len <= maxLen {
				counts[gain{sym: before.sym | g.sym<<(8*before.len), len: before.len + g.len}]++
			}
			before = g
			i += int(g.len)
		}
	}
	all := make([]gain, 0, len(counts))
	for g, n := range counts {
		g.bytes = n * int(g.len)
		if g.len == 1 {
			g.bytes = n * 8 // a byte without a symbol takes two
		}
		all = append(all, g)
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.bytes != b.bytes {
			return a.bytes > b.bytes
		}
		return a.len > b.len || a.len == b.len && a.sym < b.sym
	})
	out := &Table{}
	for _, g := range all {
		if out.n == maxSymbols {
			break
		}
		out.add(g.sym, g.len)
	}
	out.index()
	return out
}

// add gives a string a byte, unless its slot is taken.
func (t *Table) add(sym uint64, length uint8) {
	if length >= 3 {
		sl := &t.long[slotOf(sym)]
		if sl.len > 0 {
			return
		}
		*sl = slot{sym, ^uint64(0) >> (64 - 8*uint(length)), uint8(t.n), length}
	}
	t.syms[t.n], t.lens[t.n] = sym, length
	t.n++
}

// index fills the table of short symbols; two bytes go before one.
func (t *Table) index() {
	for i := range t.n {
		if t.lens[i] == 1 {
			for next := range 256 {
				if e := &t.short[int(t.syms[i])|next<<8]; *e&15 < 2 {
					*e = uint16(i<<4 | 1)
				}
			}
		}
		if t.lens[i] == 2 {
			t.short[t.syms[i]] = uint16(i<<4 | 2)
		}
	}
}

// Append appends the short form of s to out.
func (t *Table) Append(out []byte, s string) []byte {
	for i := 0; i < len(s); {
		code, n := t.match(s, i)
		if n == 0 {
			out = append(out, escape, s[i])
			i++
			continue
		}
		out = append(out, byte(code))
		i += n
	}
	return out
}

// Expand appends to out the text of which data is the short form. Data that no
// Append made gives some text or other.
func (t *Table) Expand(out []byte, data string) []byte {
	at := len(out)
	if need := at + maxLen*len(data) + maxLen; cap(out) < need {
		grown := make([]byte, at, need)
		copy(grown, out)
		out = grown
	}
	out = out[:cap(out)]
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c == escape {
			if i++; i < len(data) {
				out[at] = data[i]
				at++
			}
			continue
		}
		binary.LittleEndian.PutUint64(out[at:], t.syms[c])
		at += int(t.lens[c])
	}
	return out[:at]
}

// Bytes gives the form of the table in a file.
func (t *Table) Bytes() []byte {
	out := []byte{byte(t.n)}
	for i := range t.n {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], t.syms[i])
		out = append(out, t.lens[i])
		out = append(out, b[:t.lens[i]]...)
	}
	return out
}

// Parse is the inverse of Bytes.
func Parse(data []byte) (*Table, error) {
	t := &Table{}
	if len(data) == 0 || int(data[0]) > maxSymbols {
		return nil, ErrTable
	}
	n := int(data[0])
	data = data[1:]
	for range n {
		if len(data) == 0 || data[0] == 0 || data[0] > maxLen || int(data[0]) >= len(data) {
			return nil, ErrTable
		}
		length := data[0]
		var b [8]byte
		copy(b[:], data[1:1+length])
		was := t.n
		t.add(binary.LittleEndian.Uint64(b[:]), length)
		if t.n == was {
			return nil, ErrTable
		}
		data = data[1+length:]
	}
	if len(data) > 0 {
		return nil, ErrTable
	}
	t.index()
	return t, nil
}
