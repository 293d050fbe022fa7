package postings

import "slices"

// And gives the documents of all sets; there is at least one.
func And(sets ...Docs) Docs {
	if len(sets) == 1 {
		return sets[0]
	}
	return and(sets)
}

type and []Docs

// AtMost gives the greatest document of all sets that is at most max.
func (a and) AtMost(max int64) (int64, error) {
	for agreed := 0; agreed < len(a); {
		for _, s := range a {
			doc, err := s.AtMost(max)
			if err != nil || doc == None {
				return None, err
			}
			if doc < max {
				max, agreed = doc, 1
			} else {
				agreed++
			}
			if agreed >= len(a) {
				break
			}
		}
	}
	return max, nil
}

// Or gives the documents of any of the sets.
func Or(sets ...Docs) Docs {
	if len(sets) == 1 {
		return sets[0]
	}
	o := &or{}
	for _, s := range sets {
		o.sets = append(o.sets, memo{set: s, from: None})
	}
	return o
}

type or struct{ sets []memo }

// memo remembers the last answer of a set: it holds for all numbers between
// the answer and what was asked.
type memo struct {
	set      Docs
	from, to int64
}

// AtMost gives the set's answer.
func (m *memo) AtMost(max int64) (int64, error) {
	if m.from != None && m.from <= max && max <= m.to {
		return m.from, nil
	}
	doc, err := m.set.AtMost(max)
	m.from, m.to = doc, max
	return doc, err
}

// AtMost gives the greatest document of any set that is at most max.
func (o *or) AtMost(most int64) (int64, error) {
	best := None
	for i := range o.sets {
		doc, err := o.sets[i].AtMost(most)
		if err != nil {
			return None, err
		}
		if best = max(best, doc); best == most {
			break
		}
	}
	return best, nil
}

// Without gives the documents of set that are not in out.
func Without(set, out Docs) Docs { return &without{set, out} }

type without struct{ set, out Docs }

// AtMost gives the greatest document that is at most max.
func (w *without) AtMost(max int64) (int64, error) {
	for {
		doc, err := w.set.AtMost(max)
		if err != nil || doc == None {
			return None, err
		}
		other, err := w.out.AtMost(doc)
		if err != nil || other != doc {
			return doc, err
		}
		max = doc - 1
	}
}

// Phrase gives the documents in which the words follow one another.
func Phrase(words ...Word) Docs {
	if len(words) == 1 {
		return words[0]
	}
	p := &phrase{words: words, places: make([][]int, len(words))}
	var sets []Docs
	for _, w := range words {
		sets = append(sets, w)
	}
	p.all = And(sets...)
	return p
}

type phrase struct {
	words  []Word
	all    Docs
	places [][]int
}

// AtMost gives the greatest document with the phrase that is at most max.
func (p *phrase) AtMost(max int64) (int64, error) {
	for {
		doc, err := p.all.AtMost(max)
		if err != nil || doc == None || p.follow() {
			return doc, err
		}
		max = doc - 1
	}
}

// follow says that the words follow one another somewhere in the document at
// which all of them stand.
func (p *phrase) follow() bool {
	for i, w := range p.words {
		p.places[i] = w.Places(p.places[i][:0])
	}
next:
	for _, at := range p.places[0] {
		for i, places := range p.places[1:] {
			if _, ok := slices.BinarySearch(places, at+1+i); !ok {
				continue next
			}
		}
		return true
	}
	return false
}

// Count counts the documents of a set.
func Count(set Docs, most int64) (int, error) {
	for n := 0; ; n++ {
		doc, err := set.AtMost(most)
		if err != nil || doc == None {
			return n, err
		}
		most = doc - 1
	}
}
