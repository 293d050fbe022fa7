package tm

import (
	"context"
	"database/sql"
	"errors"

	"sverka/internal/postings"
)

const (
	startQuery = `SELECT block FROM word_start WHERE segment = ? AND (term, variant) <= (?, ?)
		ORDER BY term DESC, variant DESC LIMIT 1`
	wordsQuery = "SELECT data FROM word_block WHERE id = ?"
)

// wordIndex gives the search index as the transaction sees it.
func (s *Store) wordIndex(ctx context.Context, tx *sql.Tx) (*postings.Index, error) {
	gen, err := s.generation(ctx, tx)
	if err != nil {
		return nil, err
	}
	s.cache.mu.Lock()
	l := s.cache.words
	s.cache.mu.Unlock()
	if l == nil || l.gen != gen {
		if l, err = readWordList(ctx, tx, gen); err != nil {
			return nil, err
		}
		s.cache.mu.Lock()
		s.cache.words = l
		s.cache.mu.Unlock()
	}
	return &postings.Index{
		Store:    &wordStore{ctx: ctx, start: s.prepared(ctx, tx, startQuery), block: s.prepared(ctx, tx, wordsQuery)},
		Segments: l.segments, Gone: l.gone,
	}, nil
}

// generation is the number of the memory's state.
func (s *Store) generation(ctx context.Context, tx *sql.Tx) (gen int64, err error) {
	err = s.prepared(ctx, tx, generationQuery).QueryRowContext(ctx).Scan(&gen)
	return gen, err
}

// wordList is what there is of the search index in one generation; it is never
// changed.
type wordList struct {
	gen      int64
	segments []int64
	gone     map[int64]int64
}

func readWordList(ctx context.Context, db querier, gen int64) (*wordList, error) {
	list, err := segments(ctx, db)
	if err != nil {
		return nil, err
	}
	l := &wordList{gen: gen}
	for _, s := range list {
		l.segments = append(l.segments, s.id)
	}
	l.gone, err = readGone(ctx, db)
	return l, err
}

// wordStore reads the blocks of the search index.
type wordStore struct {
	ctx          context.Context
	start, block *sql.Stmt
}

// Find gives the last block of a segment that begins with the term of the
// variant or before.
func (w *wordStore) Find(segment int64, term string, variant int64) (int64, error) {
	var id int64
	err := w.start.QueryRowContext(w.ctx, segment, []byte(term), variant).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, nil
	}
	return id & (1<<32 - 1), err
}

// Block gives a block of a segment, nil where there is none.
func (w *wordStore) Block(segment, n int64) ([]byte, error) {
	var data []byte
	err := w.block.QueryRowContext(w.ctx, segment<<32|n).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, err
}
