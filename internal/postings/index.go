package postings

import (
	"math"
	"slices"
	"strings"
)

// Store is where the blocks of segments lie.
type Store interface {
	// Find gives the number of the last block of segment seg that begins with
	// this term and document or before them, −1 where there is none.
	Find(seg int64, term string, doc int64) (int64, error)
	// Block gives block n of segment seg, nil where there is none.
	Block(seg, n int64) ([]byte, error)
}

// Index is an index to be read: its segments in a store.
type Index struct {
	Store    Store
	Segments []int64
	// Gone says of documents that what segments under that number hold of them
	// holds no longer.
	Gone map[int64]int64
}

// None is what AtMost gives when there is no further document.
const None int64 = -1

// Docs is a set of documents to be walked from the last to the first.
type Docs interface {
	// AtMost gives the greatest document of the set that is at most max, or None.
	AtMost(max int64) (int64, error)
}

// Word is a set of documents that knows where in them its word stands.
type Word interface {
	Docs
	// Places appends the places in the document that AtMost gave last to out.
	Places(out []int) []int
}

// Term gives the documents that hold a term.
func (x *Index) Term(term string) Word {
	u := &union{}
	for _, seg := range x.Segments {
		u.cursors = append(u.cursors, &cursor{index: x, seg: seg, term: term, block: -1})
	}
	return u
}

// cursor walks the postings of one term in one segment.
type cursor struct {
	index *Index
	seg   int64
	term  string
	block int64 // that list comes from; −1 before the first
	more  bool  // the block before may hold the term as well
	list  List
	at    int // in list.Docs
	done  bool
}

func (c *cursor) seek(max int64) (int64, error) {
	for !c.done {
		if len(c.list.Docs) > 0 && c.list.Docs[0] <= max {
			c.back(max)
			doc := c.list.Docs[c.at]
			if seg, dead := c.index.Gone[doc]; !dead || seg <= c.seg {
				return doc, nil
			}
			max = doc - 1
			continue
		}
		if err := c.load(max); err != nil {
			return None, err
		}
	}
	return None, nil
}

// back steps to the last document that is at most max; the first is.
func (c *cursor) back(most int64) {
	docs := c.list.Docs
	c.at = min(c.at, len(docs)-1)
	if c.at+1 < len(docs) && docs[c.at+1] <= most { // asked again for later ones
		c.at = len(docs) - 1
	}
	for step := 1; docs[c.at] > most; step *= 2 {
		if c.at-step < 0 || docs[c.at-step] <= most {
			from := max(0, c.at-step)
			n, found := slices.BinarySearch(docs[from:c.at], most)
			if c.at = from + n; !found {
				c.at--
			}
			return
		}
		c.at -= step
	}
}

// load reads the part of the list that holds max or what comes before it.
func (c *cursor) load(max int64) error {
	if c.block < 0 {
		return c.jump(max)
	}
	if !c.more {
		c.done = true
		return nil
	}
	if err := c.read(c.block - 1); err != nil || c.done {
		return err
	}
	if c.list.Docs[0] > max && c.more {
		return c.jump(max)
	}
	return nil
}

// jump goes to the block by the store's own index.
func (c *cursor) jump(max int64) error {
	n, err := c.index.Store.Find(c.seg, c.term, max)
	if err != nil || n < 0 {
		c.done = true
		return err
	}
	return c.read(n)
}

// read takes the term's list from block n; the cursor is done where it holds
// none.
func (c *cursor) read(n int64) error {
	data, err := c.index.Store.Block(c.seg, n)
	if err != nil {
		return err
	}
	if data == nil {
		c.done = true
		return nil
	}
	in := blockReader{data: data}
	for i := 0; ; i++ {
		ok, err := in.next()
		if err != nil {
			return err
		}
		if !ok || string(in.term) > c.term {
			c.done = true
			return nil
		}
		if string(in.term) == c.term {
			c.block, c.more = n, i == 0 && n > 0
			c.list.reset(c.term, in.bare)
			c.at = math.MaxInt
			return in.list(&c.list)
		}
	}
}

// union is a term in all segments.
type union struct {
	cursors []*cursor
	now     *cursor
}

// AtMost gives the greatest document with the term that is at most max.
func (u *union) AtMost(max int64) (int64, error) {
	best := None
	u.now = nil
	for _, c := range u.cursors {
		doc, err := c.seek(max)
		if err != nil {
			return None, err
		}
		if doc > best {
			best, u.now = doc, c
		}
	}
	return best, nil
}

// Places appends the places of the term in the document that AtMost gave last.
func (u *union) Places(out []int) []int {
	if u.now == nil {
		return out
	}
	return u.now.list.Places(u.now.at, out)
}

// Prefix gives the documents that hold a term which begins with prefix.
func (x *Index) Prefix(prefix string) (Word, error) {
	s := &set{}
	for _, seg := range x.Segments {
		if err := x.gather(s, seg, prefix); err != nil {
			return nil, err
		}
	}
	s.sort()
	return s, nil
}

// gather reads all lists of one segment whose terms begin with prefix.
func (x *Index) gather(s *set, seg int64, prefix string) error {
	n, err := x.Store.Find(seg, prefix, 0)
	if err != nil {
		return err
	}
	for n = max(n, 0); ; n++ {
		data, err := x.Store.Block(seg, n)
		if err != nil || data == nil {
			return err
		}
		in := blockReader{data: data}
		for {
			ok, err := in.next()
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			term := string(in.term)
			if !strings.HasPrefix(term, prefix) {
				if term > prefix {
					return nil
				}
				continue
			}
			if err := s.add(&in, seg, x.Gone); err != nil {
				return err
			}
		}
	}
}

// set is the documents of many terms, gathered.
type set struct {
	lists []*List
	refs  []ref
	at    int
}

// ref is a document of a list of the set.
type ref struct {
	doc      int64
	list, at int32
}

func (s *set) add(in *blockReader, seg int64, gone map[int64]int64) error {
	l := &List{Bare: in.bare}
	if err := in.list(l); err != nil {
		return err
	}
	for i, doc := range l.Docs {
		if newer, dead := gone[doc]; !dead || newer <= seg {
			s.refs = append(s.refs, ref{doc, int32(len(s.lists)), int32(i)})
		}
	}
	s.lists = append(s.lists, l)
	return nil
}

func (s *set) sort() {
	slices.SortFunc(s.refs, func(a, b ref) int {
		switch {
		case a.doc < b.doc:
			return -1
		case a.doc > b.doc:
			return 1
		}
		return 0
	})
	s.at = len(s.refs) - 1
}

// AtMost gives the greatest document of the set that is at most max.
func (s *set) AtMost(max int64) (int64, error) {
	if s.at+1 < len(s.refs) && s.refs[s.at+1].doc <= max {
		s.at = len(s.refs) - 1
	}
	for s.at >= 0 && s.refs[s.at].doc > max {
		s.at--
	}
	if s.at < 0 {
		return None, nil
	}
	return s.refs[s.at].doc, nil
}

// Places appends the places of all the terms in the document that AtMost gave
// last.
func (s *set) Places(out []int) []int {
	if s.at < 0 {
		return out
	}
	doc := s.refs[s.at].doc
	for i := s.at; i >= 0 && s.refs[i].doc == doc; i-- {
		out = s.lists[s.refs[i].list].Places(int(s.refs[i].at), out)
	}
	slices.Sort(out)
	return out
}
