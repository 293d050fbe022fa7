package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sort"
	"strings"
	"sync"

	"sverka/internal/bitext"
)

// ErrNothing is what an import wraps that found no usable unit.
var ErrNothing = errors.New("no usable unit")

// importGC is how far the heap may grow over what lives in it while an import
// runs, in per cent: an import holds much for long and makes much rubbish.
const importGC = 40

// skipper is an error that leaves out one unit and not the whole input.
type skipper interface{ Skip() bool }

// Import stores the units of seq in one transaction. A unit is the same as a
// stored one, or as one before it in the input, when it belongs to the same
// statement and has the same texts in the same languages and labels; where a
// statement says it at several places (Position), each of them is one. It is then
// merged, which fills in what the stored one does not say (note, probability,
// date, source, translator), puts newly said particulars in the place of other
// ones and never lowers the status. So an import can be repeated.
//
// With opts.Join a unit that is the same as no other, but has a text that just one
// other unit of its statement has too, and no text that stands against one of
// that unit, is joined to it: texts in further languages and labels are added.
//
// An error in seq whose chain has a method Skip() bool that says true leaves
// out its unit; any other undoes the whole import. Input without a usable unit
// is an error too (ErrNothing), and so says why units were left out.
func (s *Store) Import(ctx context.Context, seq iter.Seq2[bitext.Unit, error], opts ImportOptions) (ImportResult, error) {
	var res ImportResult
	if opts.MaxSkipped == 0 {
		opts.MaxSkipped = 1000
	}
	defer debug.SetGCPercent(debug.SetGCPercent(importGC)) // as it was before
	err := s.update(ctx, func(tx *sql.Tx) error {
		res = ImportResult{Reasons: map[string]int{}}
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.words.discard()
		im := &importer{writer: w, res: &res, opts: opts, pending: map[int64]int{}}
		if err := im.beginBulk(); err != nil {
			return err
		}
		if opts.Join {
			if im.join, err = im.newJoiner(); err != nil {
				return err
			}
		}
		if err := im.run(seq); err != nil {
			return err
		}
		if err := im.endBulk(); err != nil {
			return err
		}
		if res.Stored+res.Merged == 0 {
			return fmt.Errorf("%w%s", ErrNothing, res.why())
		}
		return w.close()
	})
	if err != nil {
		return res, fmt.Errorf("import: %w", err)
	}
	return res, nil
}

// why lists the reasons for which units were left out, most frequent first.
func (r *ImportResult) why() string {
	if r.SkippedAll == 0 {
		return ": the input is empty"
	}
	reasons := make([]string, 0, len(r.Reasons))
	for k := range r.Reasons {
		reasons = append(reasons, k)
	}
	sort.Slice(reasons, func(i, j int) bool {
		a, b := reasons[i], reasons[j]
		return r.Reasons[a] > r.Reasons[b] || r.Reasons[a] == r.Reasons[b] && a < b
	})
	var parts []string
	for _, k := range reasons[:min(3, len(reasons))] {
		parts = append(parts, fmt.Sprintf("%s (%d)", k, r.Reasons[k]))
	}
	return ": " + strings.Join(parts, ", ")
}

type importer struct {
	*writer
	res     *ImportResult
	opts    ImportOptions
	batch   []*prepared
	pending map[int64]int // hashes of the batch
	bulk    *unitTable    // all units, while the memory was empty before; else nil
	times   occurrences
	join    *joiner // nil where units are not to be joined
}

// importBatch is how many units are looked for, and written, at a time.
const importBatch = 256

// item is what was read from the input, on its way through preparation.
type item struct {
	n    int
	unit bitext.Unit
	err  error
	out  *prepared
}

// run reads, prepares and writes: preparation of a batch goes on beside the
// writing of the one before.
func (im *importer) run(seq iter.Seq2[bitext.Unit, error]) error {
	ctx, cancel := context.WithCancel(im.ctx)
	defer cancel()
	batches := make(chan []item, 4)
	go func() {
		defer close(batches)
		im.read(ctx, seq, batches)
	}()
	defer func() { // the reader is not to outlive the call
		cancel()
		for range batches {
		}
	}()
	for batch := range batches {
		for i := range batch {
			if err := im.take(&batch[i]); err != nil {
				return err
			}
		}
		if err := im.writeBatch(); err != nil {
			return err
		}
		im.res.Read += len(batch)
		if im.opts.Progress != nil {
			im.opts.Progress(im.res.Read)
		}
	}
	return im.ctx.Err()
}

func (im *importer) read(ctx context.Context, seq iter.Seq2[bitext.Unit, error], out chan<- []item) {
	n := 0
	batch := make([]item, 0, importBatch)
	send := func() bool {
		prepareAll(batch, im.opts.Statement)
		select {
		case out <- batch:
			batch = make([]item, 0, importBatch)
			return true
		case <-ctx.Done():
			return false
		}
	}
	for u, err := range seq {
		n++
		batch = append(batch, item{n: n, unit: u, err: err})
		if len(batch) == importBatch && !send() {
			return
		}
	}
	if len(batch) > 0 {
		send()
	}
}

// prepareAll prepares the items on all processors.
func prepareAll(batch []item, st bitext.Statement) {
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), 8)
	for k := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := k; i < len(batch); i += workers {
				it := &batch[i]
				if it.err != nil {
					continue
				}
				if it.unit.Statement.ID == "" {
					it.unit.Statement = st
					if st.ID != "" {
						it.unit.Position = it.n - 1
					}
				}
				it.out = prepare(it.unit)
			}
		}()
	}
	wg.Wait()
}

// take counts an item out, or puts it into the batch to be written.
func (im *importer) take(it *item) error {
	if it.err != nil {
		var s skipper
		if errors.As(it.err, &s) && s.Skip() {
			im.skip(it.n, it.err.Error())
			return nil
		}
		return it.err
	}
	p := it.out
	p.n = it.n
	if p.skip != "" {
		im.skip(it.n, p.skip)
		return nil
	}
	if p.unit.Statement.ID != "" {
		p.hash = occurrence(p.hash, im.times.number(p.hash, p.unit.Position))
	}
	if at, ok := im.pending[p.hash]; ok {
		im.merged(p, combine(&im.batch[at].unit, &p.unit))
		return nil
	}
	im.pending[p.hash] = len(im.batch)
	im.batch = append(im.batch, p)
	return nil
}

// merged counts a unit that was there already; updated says that it brought
// something new.
func (im *importer) merged(p *prepared, updated bool) {
	im.res.Merged++
	what := Merged
	if updated {
		im.res.Updated++
		what = UpdatedUnit
	}
	im.tell(p.n, what)
}

func (im *importer) tell(n int, what Outcome) {
	if im.opts.Each != nil {
		im.opts.Each(n, what)
	}
}

// maxReasons bounds the distinct reasons that are counted apart: those of a
// reader of files may name a line each.
const maxReasons = 100

func (im *importer) skip(n int, reason string) {
	im.res.SkippedAll++
	im.tell(n, LeftOut)
	if len(im.res.Skipped) < im.opts.MaxSkipped {
		im.res.Skipped = append(im.res.Skipped, Skipped{n, reason})
	}
	if _, ok := im.res.Reasons[reason]; !ok && len(im.res.Reasons) >= maxReasons {
		reason = "other reasons"
	}
	im.res.Reasons[reason]++
}

// writeBatch merges what is stored already and stores the rest.
func (im *importer) writeBatch() error {
	if len(im.batch) == 0 {
		return nil
	}
	known, err := im.known()
	if err != nil {
		return err
	}
	for _, p := range im.batch {
		statement, wrote, err := im.statement(p.unit.Statement, false)
		if err != nil {
			return err
		}
		if id, ok := known[p.hash]; ok {
			updated, err := im.merge(id, &p.unit)
			if err != nil {
				return err
			}
			im.merged(p, updated || wrote)
			continue
		}
		if im.join != nil {
			joined, updated, err := im.joinTo(p)
			if err != nil {
				return err
			}
			if joined {
				im.merged(p, updated)
				continue
			}
		}
		im.res.Stored++
		im.tell(p.n, Stored)
		if err := im.insert(p, statement); err != nil {
			return err
		}
		if im.bulk != nil {
			im.bulk.put(p.hash, im.next)
		}
		if im.join != nil {
			im.join.add(&p.unit, im.next)
		}
	}
	im.batch = im.batch[:0]
	clear(im.pending)
	return im.flush()
}

// known gives the ids of the stored units that are the same as units of the batch.
func (im *importer) known() (map[int64]int64, error) {
	if im.bulk != nil && len(im.bulk.hashes) >= maxTable {
		if err := im.endBulk(); err != nil {
			return nil, err
		}
	}
	if im.bulk != nil {
		out := map[int64]int64{}
		for _, p := range im.batch {
			if id := im.bulk.get(p.hash); id != 0 {
				out[p.hash] = id
			}
		}
		return out, nil
	}
	args, hashes := make([]any, len(im.batch)), make([]int64, len(im.batch))
	for i, p := range im.batch {
		args[i], hashes[i] = p.hash, p.hash
	}
	out, err := im.former(hashes)
	if err != nil {
		return nil, err
	}
	rows, err := im.tx.QueryContext(im.ctx, "SELECT hash, min(id) FROM unit WHERE hash IN ("+
		strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")+") GROUP BY hash", args...)
	return out, each(rows, err, func(r *sql.Rows) error {
		var hash, id int64
		err := r.Scan(&hash, &id)
		out[hash] = id
		return err
	})
}
