package postings

import (
	"container/heap"
	"errors"
	"io"
	"slices"
)

// Stream gives lists in ascending order of terms, several of one term in
// ascending order of documents, and io.EOF at the end. A list is good until
// the next call.
type Stream interface{ Next() (*List, error) }

// blockStream gives the lists of blocks.
type blockStream struct {
	next func() ([]byte, error) // the next block, io.EOF at the end
	in   blockReader
	list List
}

// StreamOf gives the lists of the blocks that next gives one by one, io.EOF at
// the end.
func StreamOf(next func() ([]byte, error)) Stream { return &blockStream{next: next} }

// Next gives the next list.
func (s *blockStream) Next() (*List, error) {
	for {
		ok, err := s.in.next()
		if err != nil {
			return nil, err
		}
		if ok {
			s.list.reset(string(s.in.term), s.in.bare)
			return &s.list, s.in.list(&s.list)
		}
		block, err := s.next()
		if err != nil {
			return nil, err
		}
		s.in = blockReader{data: block, term: s.in.term[:0]}
	}
}

// Merge writes the postings of all streams as one segment. Postings for which
// drop, if there is one, says so of stream i are left out. apart says that the
// documents of each stream lie behind those of the streams before it, so that
// the longest lists need not be held in memory; where they do not, of two
// postings of one document the later stream's holds.
func Merge(w *Writer, streams []Stream, apart bool, drop func(i int, doc int64) bool) error {
	m := &merger{w: w, apart: apart, drop: drop}
	for i, s := range streams {
		h := &head{at: i, stream: s}
		if err := h.step(); err != nil {
			return err
		}
		if h.list != nil {
			m.heads = append(m.heads, h)
		}
	}
	heap.Init(&m.heads)
	for len(m.heads) > 0 {
		l, err := m.next()
		if err != nil {
			return err
		}
		if len(l.Docs) > 0 {
			if err := w.Write(l); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

type head struct {
	at     int
	stream Stream
	list   *List // nil at the end
}

func (h *head) step() (err error) {
	h.list, err = h.stream.Next()
	if errors.Is(err, io.EOF) {
		h.list, err = nil, nil
	}
	return err
}

// heads are the streams by the term that each has come to, the earlier stream
// first where two have the same: a heap.
type heads []*head

// Len is the number of streams that are not at their end.
func (h heads) Len() int { return len(h) }

// Less orders streams.
func (h heads) Less(i, j int) bool {
	if a, b := h[i].list.Term, h[j].list.Term; a != b {
		return a < b
	}
	return h[i].at < h[j].at
}

// Swap exchanges two streams.
func (h heads) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push is part of a heap; nothing is pushed.
func (h *heads) Push(any) {}

// Pop takes off the last stream.
func (h *heads) Pop() any {
	last := len(*h) - 1
	out := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return out
}

// maxHeld is how many postings of one term a merger gathers before it writes.
const maxHeld = 1 << 16

type merger struct {
	w     *Writer
	apart bool
	heads heads
	drop  func(int, int64) bool
	out   List
}

// part is one document of one stream.
type part struct {
	doc    int64
	places []byte
}

// next gathers all postings of the least term.
func (m *merger) next() (*List, error) {
	least := m.heads[0].list
	m.out.reset(least.Term, least.Bare)
	sorted := true
	for len(m.heads) > 0 && m.heads[0].list.Term == m.out.Term {
		h := m.heads[0]
		if n := len(m.out.Docs); n > 0 && h.list.Docs[0] <= m.out.Docs[n-1] {
			sorted = false
		}
		for j, doc := range h.list.Docs {
			if m.drop == nil || !m.drop(h.at, doc) {
				m.out.add(doc, h.list.packed(j))
			}
		}
		if err := h.step(); err != nil {
			return nil, err
		}
		if h.list == nil {
			heap.Pop(&m.heads)
		} else {
			heap.Fix(&m.heads, 0)
		}
		if m.apart && len(m.out.Docs) >= maxHeld {
			if err := m.w.Write(&m.out); err != nil {
				return nil, err
			}
			m.out.reset(m.out.Term, m.out.Bare)
		}
	}
	if !sorted {
		m.sort()
	}
	return &m.out, nil
}

// sort brings the documents of the list into order, where those of one stream
// lie between those of another.
func (m *merger) sort() {
	parts := make([]part, len(m.out.Docs))
	for i, doc := range m.out.Docs {
		parts[i] = part{doc, slices.Clone(m.out.packed(i))}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		switch {
		case a.doc < b.doc:
			return -1
		case a.doc > b.doc:
			return 1
		}
		return 0
	})
	m.out.reset(m.out.Term, m.out.Bare)
	for i, p := range parts {
		if i+1 < len(parts) && parts[i+1].doc == p.doc {
			continue // the later stream's word holds
		}
		m.out.add(p.doc, p.places)
	}
}
