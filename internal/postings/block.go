// Package postings is an inverted index: for each term the documents that hold
// it and the places where it stands in each, packed into blocks that go into
// any store of numbered pieces.
//
// A document is a number; documents are expected to come in groups of up to
// 256 that differ in the lowest eight bits only (the variants of a unit). An
// index is a few segments, each written once, in order of terms and documents,
// and merged with others later; a newer segment says nothing of the documents
// of an older one, so what is deleted is told to the reader (see Index.Gone).
package postings

import (
	"encoding/binary"
	"errors"
)

// blockBytes is how long a block grows: with its number it fills a page of the
// usual 4096 bytes.
const blockBytes = 4040

// ErrDamaged is what reading a block wraps that no Writer made.
var ErrDamaged = errors.New("a block of the search index is damaged")

// List is the postings of one term, or a part of them: documents in ascending
// order and, unless the list is bare, the places of the term in each.
type List struct {
	Term string
	Bare bool
	Docs []int64

	ends   []int // where each document's places end in places
	places []byte
}

// add puts a document behind the others, with its places in packed form.
func (l *List) add(doc int64, places []byte) {
	l.Docs = append(l.Docs, doc)
	if !l.Bare {
		l.places = append(l.places, places...)
		l.ends = append(l.ends, len(l.places))
	}
}

// packed gives the places of document i in packed form.
func (l *List) packed(i int) []byte {
	if l.Bare {
		return nil
	}
	from := 0
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.places[from:l.ends[i]]
}

func (l *List) reset(term string, bare bool) {
	*l = List{Term: term, Bare: bare, Docs: l.Docs[:0], ends: l.ends[:0], places: l.places[:0]}
}

// Places appends the places of document i, counted in words from 0, to out.
func (l *List) Places(i int, out []int) []int {
	data := l.packed(i)
	at := 0
	for len(data) > 0 {
		v, n := binary.Uvarint(data)
		if n <= 0 {
			return out
		}
		at += int(v)
		out = append(out, at)
		data = data[n:]
	}
	return out
}

// The form of a block: lists, each with
//
//	the bytes that its term shares with the one before, the rest's length, the rest,
//	the number of postings times two, plus one for a bare list,
//	the first document, the length of what follows, and the postings.
//
// A posting is: the distance of its group from the one before, times four, plus
// two if its low byte differs, plus one if there are several places; the low
// byte where it differs; the number of places where there are several; the
// places, each as the distance from the one before.

// encoder packs the lists of one block.
type encoder struct {
	buf  []byte
	last string // the term before
}

// head gives the form of a list's beginning.
func (e *encoder) head(l *List, n int, first int64, body int) []byte {
	shared := 0
	for shared < len(e.last) && shared < len(l.Term) && e.last[shared] == l.Term[shared] {
		shared++
	}
	out := binary.AppendUvarint(nil, uint64(shared))
	out = binary.AppendUvarint(out, uint64(len(l.Term)-shared))
	out = append(out, l.Term[shared:]...)
	flags := uint64(n) << 1
	if l.Bare {
		flags |= 1
	}
	out = binary.AppendUvarint(out, flags)
	out = binary.AppendUvarint(out, uint64(first))
	return binary.AppendUvarint(out, uint64(body))
}

// posting appends the form of document doc behind document prev; of the first
// document of a list prev is doc itself.
func (l *List) posting(out []byte, i int, prev, doc int64) []byte {
	code := uint64(doc>>8-prev>>8) << 2
	if doc&255 != prev&255 {
		code |= 2
	}
	places := l.packed(i)
	several := 0
	if !l.Bare {
		if several = countVarints(places); several > 1 {
			code |= 1
		}
	}
	out = binary.AppendUvarint(out, code)
	if code&2 != 0 {
		out = append(out, byte(doc))
	}
	if code&1 != 0 {
		out = binary.AppendUvarint(out, uint64(several))
	}
	return append(out, places...)
}

func countVarints(data []byte) int {
	n := 0
	for _, b := range data {
		if b < 0x80 {
			n++
		}
	}
	return n
}

// blockReader goes through the lists of a block.
type blockReader struct {
	data []byte
	term []byte
	// of the list at hand
	n     int
	bare  bool
	first int64
	body  []byte
}

// next steps to the next list; false at the end of the block.
func (r *blockReader) next() (bool, error) {
	if len(r.data) == 0 {
		return false, nil
	}
	var v [2]uint64
	for i := range v {
		if !r.uvarint(&v[i]) {
			return false, ErrDamaged
		}
	}
	if v[0] > uint64(len(r.term)) || v[1] > uint64(len(r.data)) {
		return false, ErrDamaged
	}
	r.term = append(r.term[:v[0]], r.data[:v[1]]...)
	r.data = r.data[v[1]:]
	var flags, first, body uint64
	if !r.uvarint(&flags) || !r.uvarint(&first) || !r.uvarint(&body) ||
		body > uint64(len(r.data)) || flags>>1 == 0 || flags>>1 > body || first > 1<<62 {
		return false, ErrDamaged
	}
	r.n, r.bare, r.first = int(flags>>1), flags&1 != 0, int64(first)
	r.body, r.data = r.data[:body], r.data[body:]
	return true, nil
}

func (r *blockReader) uvarint(v *uint64) bool {
	if len(r.data) > 0 && r.data[0] < 0x80 {
		*v, r.data = uint64(r.data[0]), r.data[1:]
		return true
	}
	x, n := binary.Uvarint(r.data)
	if n <= 0 {
		return false
	}
	*v, r.data = x, r.data[n:]
	return true
}

// list appends the postings at hand to l, which must be of the same term.
func (r *blockReader) list(l *List) error {
	in := blockReader{data: r.body}
	doc := r.first
	for range r.n {
		var code uint64
		if !in.uvarint(&code) || code>>2 > 1<<55 {
			return ErrDamaged
		}
		low := doc & 255
		if code&2 != 0 {
			if len(in.data) == 0 {
				return ErrDamaged
			}
			low, in.data = int64(in.data[0]), in.data[1:]
		}
		doc = (doc>>8+int64(code>>2))<<8 | low
		if n := len(l.Docs); n > 0 && doc <= l.Docs[n-1] {
			return ErrDamaged
		}
		if r.bare {
			l.Docs = append(l.Docs, doc)
			continue
		}
		several := uint64(1)
		if code&1 != 0 && !in.uvarint(&several) {
			return ErrDamaged
		}
		n, ok := skipVarints(in.data, several)
		if !ok {
			return ErrDamaged
		}
		l.add(doc, in.data[:n])
		in.data = in.data[n:]
	}
	if len(in.data) > 0 {
		return ErrDamaged
	}
	return nil
}

// skipVarints gives the length of the first n varints of data.
func skipVarints(data []byte, n uint64) (int, bool) {
	for i, b := range data {
		if n == 0 {
			return i, true
		}
		if b < 0x80 {
			n--
		}
	}
	return len(data), n == 0
}

// First gives the term and the document that a block begins with.
func First(block []byte) (term string, doc int64, err error) {
	in := blockReader{data: block}
	if ok, err := in.next(); err != nil || !ok {
		return "", 0, ErrDamaged
	}
	return string(in.term), in.first, nil
}
