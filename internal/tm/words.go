package tm

import (
	"context"
	"database/sql"
	"encoding/binary"
	"io"

	"sverka/internal/postings"
)

// keyTerm is the term under which a variant is found by the hash of its folded
// text; no word begins with that byte.
func keyTerm(hash int64) string {
	var b [5]byte
	b[0] = 1
	binary.BigEndian.PutUint32(b[1:], uint32(hash))
	return string(b[:])
}

// wordWriter puts the words of variants into the search index, and takes them
// out, within one transaction. All of it is written by close, as one segment.
// Sorting them takes no database: of a large import it is done beside the
// writing of units.
type wordWriter struct {
	ctx  context.Context
	tx   *sql.Tx
	next *postings.Builder
	gone []int64

	waiting []wordJob
	jobs    chan []wordJob // nil while the builder is fed directly
	done    chan error
}

// wordJob is a variant to be put in, or taken out of the builder where it has
// no key.
type wordJob struct {
	id         int64
	words, key string
}

func newWordWriter(ctx context.Context, tx *sql.Tx) *wordWriter {
	return &wordWriter{ctx: ctx, tx: tx, next: postings.NewBuilder()}
}

// jobsAtOnce is how many variants are handed on together.
const jobsAtOnce = 1024

// add puts in a variant.
func (w *wordWriter) add(id int64, v *preparedVariant) error {
	return w.push(wordJob{id, v.words, keyTerm(v.hash)})
}

// remove takes a variant out.
func (w *wordWriter) remove(id int64) error {
	w.gone = append(w.gone, id)
	return w.push(wordJob{id: id})
}

func (w *wordWriter) push(j wordJob) error {
	w.waiting = append(w.waiting, j)
	if len(w.waiting) < jobsAtOnce {
		return nil
	}
	if w.jobs == nil {
		jobs, done := make(chan []wordJob, 4), make(chan error, 1)
		w.jobs, w.done = jobs, done
		go func() { // which may begin when w has forgotten it
			var err error
			for list := range jobs {
				if err == nil {
					err = build(w.next, list)
				}
			}
			done <- err
		}()
	}
	w.jobs <- w.waiting
	w.waiting = make([]wordJob, 0, jobsAtOnce)
	return nil
}

func build(b *postings.Builder, jobs []wordJob) error {
	for i := range jobs {
		j := &jobs[i]
		if j.key == "" {
			if err := b.Remove(j.id); err != nil {
				return err
			}
			continue
		}
		if err := b.Add(j.id, j.words); err != nil {
			return err
		}
		if err := b.AddBare(j.id, j.key); err != nil {
			return err
		}
	}
	return nil
}

// settle waits until the builder has all that was added.
func (w *wordWriter) settle() error {
	if w.jobs != nil {
		close(w.jobs)
		w.jobs = nil
		if err := <-w.done; err != nil {
			return err
		}
	}
	err := build(w.next, w.waiting)
	w.waiting = w.waiting[:0]
	return err
}

// discard frees what a transaction that is undone has laid aside.
func (w *wordWriter) discard() {
	w.waiting = w.waiting[:0]
	_ = w.settle()
	_ = w.next.Close()
}

// segment is one segment as the file lists it.
type segment struct{ id, postings, last int64 }

func segments(ctx context.Context, db querier) ([]segment, error) {
	var out []segment
	rows, err := db.QueryContext(ctx, "SELECT id, postings, last FROM word_segment ORDER BY id")
	return out, each(rows, err, func(r *sql.Rows) error {
		var s segment
		err := r.Scan(&s.id, &s.postings, &s.last)
		out = append(out, s)
		return err
	})
}

// mergeFactor is how many times as large as what comes in a segment may be to
// be merged with it: so a memory has few segments, and each posting is written
// anew only a few times while the memory grows.
const mergeFactor = 4

// maxGone is the share of variants in the index that may be gone before all of
// it is written anew, and leastGone how many it takes.
const (
	maxGone   = 0.25
	leastGone = 256
)

// close writes what was added and removed. all says that the index is to be one
// segment, without what is gone.
func (w *wordWriter) close(all bool) error {
	defer w.discard()
	if err := w.settle(); err != nil {
		return err
	}
	old, err := segments(w.ctx, w.tx)
	if err != nil {
		return err
	}
	next := int64(1)
	if len(old) > 0 {
		next = old[len(old)-1].id + 1
	}
	for _, id := range w.gone {
		if _, err := w.tx.ExecContext(w.ctx, "REPLACE INTO word_gone VALUES (?, ?)", id, next); err != nil {
			return err
		}
	}
	gone, err := readGone(w.ctx, w.tx)
	if err != nil {
		return err
	}
	fresh, err := w.next.Streams()
	if err != nil {
		return err
	}
	if !all && len(gone) >= leastGone {
		var variants int
		if err := w.tx.QueryRowContext(w.ctx, "SELECT coalesce(sum(uses), 0) FROM origin").Scan(&variants); err != nil {
			return err
		}
		all = float64(len(gone)) > maxGone*float64(variants)
	}
	from := mergeFrom(old, w.next.Count(), all)
	if len(fresh) == 0 && (from == len(old) || len(old) == 1 && len(gone) == 0) {
		return nil
	}
	return w.merge(old, from, next, gone, fresh)
}

// mergeFrom gives the first of the segments that so many new postings are
// merged with.
func mergeFrom(old []segment, fresh int64, all bool) int {
	if all {
		return 0
	}
	from, size := len(old), fresh
	for from > 0 && size > 0 && old[from-1].postings <= mergeFactor*size {
		from--
		size += old[from].postings
	}
	return from
}

// merge writes the segments from that one on and what was added as segment
// next.
func (w *wordWriter) merge(old []segment, from int, next int64, gone map[int64]int64, fresh []postings.Stream) error {
	var streams []postings.Stream
	merged := old[from:]
	first, last := w.next.Range()
	for _, s := range merged {
		streams = append(streams, blocksOf(w.ctx, w.tx, s.id))
		last = max(last, s.last)
	}
	apart := !w.next.Mixed() && (len(merged) == 0 || len(merged) == 1 && merged[0].last < first)
	out := &segmentWriter{ctx: w.ctx, tx: w.tx, segment: next}
	pack := postings.NewWriter(out.put)
	err := postings.Merge(pack, append(streams, fresh...), apart, func(i int, doc int64) bool {
		if i < len(merged) {
			return gone[doc] > merged[i].id
		}
		return w.next.Gone(i-len(merged), doc)
	})
	if err != nil {
		return err
	}
	if err := out.flush(); err != nil {
		return err
	}
	for _, s := range merged {
		if err := w.drop(s.id); err != nil {
			return err
		}
	}
	if from == 0 {
		if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM word_gone"); err != nil {
			return err
		}
	}
	if pack.Count == 0 {
		return nil
	}
	_, err = w.tx.ExecContext(w.ctx, "INSERT INTO word_segment VALUES (?, ?, ?)", next, pack.Count, last)
	return err
}

// drop deletes a segment.
func (w *wordWriter) drop(segment int64) error {
	for _, q := range []string{
		"DELETE FROM word_segment WHERE id = ?1", "DELETE FROM word_start WHERE segment = ?1",
		"DELETE FROM word_block WHERE id BETWEEN ?1 << 32 AND (?1 + 1 << 32) - 1",
	} {
		if _, err := w.tx.ExecContext(w.ctx, q, segment); err != nil {
			return err
		}
	}
	return nil
}

func readGone(ctx context.Context, db querier) (map[int64]int64, error) {
	out := map[int64]int64{}
	rows, err := db.QueryContext(ctx, "SELECT variant, segment FROM word_gone")
	return out, each(rows, err, func(r *sql.Rows) error {
		var v, s int64
		err := r.Scan(&v, &s)
		out[v] = s
		return err
	})
}

// blocksOf reads a segment from its beginning, a few blocks at a time.
func blocksOf(ctx context.Context, db querier, segment int64) postings.Stream {
	at, end := segment<<32, (segment+1)<<32
	var read [][]byte
	return postings.StreamOf(func() ([]byte, error) {
		if len(read) == 0 && at < end {
			rows, err := db.QueryContext(ctx, "SELECT id, data FROM word_block WHERE id >= ? AND id < ? ORDER BY id LIMIT 64", at, end)
			at = end
			err = each(rows, err, func(r *sql.Rows) error {
				var data []byte
				var id int64
				err := r.Scan(&id, &data)
				read, at = append(read, data), id+1
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		if len(read) == 0 {
			return nil, io.EOF
		}
		block := read[0]
		read = read[1:]
		return block, nil
	})
}

// segmentWriter writes blocks of a segment, many rows at a time.
type segmentWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	segment int64
	n       int64
	blocks  rowsInsert
	starts  rowsInsert
}

func (s *segmentWriter) put(term string, first int64, block []byte) error {
	if s.blocks.head == "" {
		s.blocks = rowsInsert{head: "INSERT INTO word_block VALUES ", cols: 2, rows: insertRows}
		s.starts = rowsInsert{head: "INSERT INTO word_start VALUES ", cols: 4, rows: insertRows}
	}
	id := s.segment<<32 | s.n
	s.n++
	s.blocks.add(id, append([]byte(nil), block...))
	s.starts.add(s.segment, []byte(term), first, id)
	if s.n%insertRows == 0 {
		return s.flush()
	}
	return nil
}

func (s *segmentWriter) flush() error {
	if s.n == 0 {
		return nil
	}
	if err := s.blocks.flush(s.ctx, s.tx); err != nil {
		return err
	}
	return s.starts.flush(s.ctx, s.tx)
}
