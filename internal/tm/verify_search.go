package tm

import (
	"cmp"
	"database/sql"
	"errors"
	"hash/maphash"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"sverka/internal/postings"
	"sverka/internal/query"
	"sverka/internal/text"
)

// wordSums tells whether two sets of words are the same: what the texts say
// and what the search index holds. Each word at each place counts with a number
// made of all three, so that equal sums of both mean equal sets.
type wordSums struct {
	seed maphash.Seed
	all  uint64           // texts less index: 0 when they agree
	each map[int64]uint64 // by variant; nil when only all is wanted
}

func (s *wordSums) count(variant int64, term string, place int, sign uint64) {
	x := maphash.String(s.seed, term)
	for _, v := range []uint64{uint64(variant), uint64(place)} {
		x = (x ^ v) * 0x9e3779b97f4a7c15
		x ^= x >> 29
	}
	s.all += sign * x
	if s.each != nil {
		s.each[variant] += sign * x
	}
}

const (
	inText  = 1
	inIndex = math.MaxUint64 // −1
)

// text counts the words of a variant's text.
func (s *wordSums) text(variant int64, words, key string) {
	for place := 0; words != ""; place++ {
		var w string
		w, words, _ = strings.Cut(words, " ")
		s.count(variant, w, place, inText)
	}
	s.count(variant, key, 0, inText)
}

// verifySearch tries that the search index holds exactly the words of all
// variants, of which units has counted those of the texts.
func (v *verifier) verifySearch() error {
	list, err := readWordList(v.ctx, v.tx, 0)
	if err != nil {
		return err
	}
	whole := true
	for _, seg := range list.segments {
		err := v.segment(seg, list.gone)
		if errors.Is(err, postings.ErrDamaged) {
			v.add("search index", "segment %d: %v", seg, err)
			whole = false
		} else if err != nil {
			return err
		}
	}
	stray, err := ints(v.tx.QueryContext(v.ctx, `SELECT b.id FROM word_block b LEFT JOIN word_start s
		ON s.segment = b.id >> 32 AND s.block = b.id WHERE s.block IS NULL LIMIT 20`))
	if err != nil {
		return err
	}
	for _, id := range stray {
		v.add("search index", "block %d is not listed", id)
	}
	if v.words.all == 0 || !whole {
		return nil
	}
	return v.blame(list)
}

// blame finds the variants whose words and index do not agree.
func (v *verifier) blame(list *wordList) error {
	v.words.all, v.words.each = 0, map[int64]uint64{}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT id, text FROM variant")
	err = each(rows, err, func(r *sql.Rows) error {
		var id int64
		var s string
		err := r.Scan(&id, &s)
		v.words.text(id, query.IndexText(s), keyTerm(foldHash(text.Fold(s))))
		return err
	})
	if err != nil {
		return err
	}
	for _, seg := range list.segments {
		if err := v.segment(seg, list.gone); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.words.each)) {
		if v.words.each[id] != 0 {
			v.add("search index", "it does not hold the words of variant %d as they are", id)
		}
	}
	return nil
}

// segment counts the words of one segment, and tries that its blocks are where
// they are looked for.
func (v *verifier) segment(seg int64, gone map[int64]int64) error {
	var want, got int64
	if err := v.tx.QueryRowContext(v.ctx, "SELECT postings FROM word_segment WHERE id = ?", seg).Scan(&want); err != nil {
		return err
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT s.term, s.variant, s.block, b.data FROM word_start s
		LEFT JOIN word_block b ON b.id = s.block WHERE s.segment = ? ORDER BY s.term, s.variant`, seg)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	n := int64(0)
	in := postings.StreamOf(func() ([]byte, error) {
		if !rows.Next() {
			return nil, cmp.Or(rows.Err(), io.EOF)
		}
		var term, data []byte
		var variant, block int64
		if err := rows.Scan(&term, &variant, &block, &data); err != nil {
			return nil, err
		}
		first, doc, err := postings.First(data)
		if err != nil || first != string(term) || doc != variant || block != seg<<32|n {
			return nil, postings.ErrDamaged
		}
		n++
		return data, nil
	})
	var places []int
	for {
		l, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		got += int64(len(l.Docs))
		for i, doc := range l.Docs {
			if gone[doc] > seg {
				continue
			}
			if l.Bare {
				v.words.count(doc, l.Term, 0, inIndex)
				continue
			}
			places = l.Places(i, places[:0])
			for _, p := range places {
				v.words.count(doc, l.Term, p, inIndex)
			}
		}
	}
	if got != want {
		return postings.ErrDamaged
	}
	return nil
}
