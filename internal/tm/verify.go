package tm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/squeeze"
	"sverka/internal/text"
)

// Problem is something that Verify found wrong.
type Problem struct {
	Check string // "file", "references", "search index", "lookup index", "counts", "units"
	What  string
}

// maxProblems bounds the problems of one kind that are listed.
const maxProblems = 20

// Verify tries the whole memory: the file's structure, references between its
// tables, that the search index and the lookup index hold exactly the words
// and texts of the variants, and that counts and hashes agree. It gives what
// is wrong; the error is for what kept it from looking.
func (s *Store) Verify(ctx context.Context) ([]Problem, error) {
	v := &verifier{ctx: ctx, words: wordSums{seed: maphash.MakeSeed()}}
	err := s.view(ctx, func(tx *sql.Tx) error {
		v.tx = tx
		for _, check := range []func() error{v.file, v.references, v.units, v.lookupIndex, v.verifySearch} {
			if err := check(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return v.problems, fmt.Errorf("verify: %w", err)
	}
	return v.problems, nil
}

type verifier struct {
	ctx      context.Context
	tx       *sql.Tx
	problems []Problem
	count    map[string]int
	texts    map[int64]uint32 // what the lookup index is to know of each variant, see facts
	books    bookShelf
	words    wordSums
}

// facts tells the language and the folded text of a variant in a number.
func facts(lang bitext.Lang, hash int64) uint32 {
	return uint32(foldHash(string(lang)))*0x9e3779b1 + uint32(hash)
}

func (v *verifier) add(check, format string, args ...any) {
	if v.count == nil {
		v.count = map[string]int{}
	}
	if v.count[check]++; v.count[check] <= maxProblems {
		v.problems = append(v.problems, Problem{check, fmt.Sprintf(format, args...)})
	}
}

func (v *verifier) file() error {
	rows, err := v.tx.QueryContext(v.ctx, "PRAGMA integrity_check(20)")
	return each(rows, err, func(r *sql.Rows) error {
		var what string
		err := r.Scan(&what)
		if err == nil && what != "ok" {
			v.add("file", "%s", what)
		}
		return err
	})
}

func (v *verifier) references() error {
	rows, err := v.tx.QueryContext(v.ctx, "PRAGMA foreign_key_check")
	err = each(rows, err, func(r *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int
		err := r.Scan(&table, &row, &parent, &key)
		v.add("references", "%s row %d belongs to no %s", table, row.Int64, parent)
		return err
	})
	if err != nil {
		return err
	}
	for _, q := range []struct{ sql, what string }{
		{"SELECT v.id FROM variant v LEFT JOIN unit u ON u.id = v.id >> 8 WHERE u.id IS NULL LIMIT 20", "variant %d belongs to no unit"},
		{"SELECT v.id FROM variant v LEFT JOIN origin o ON o.id = v.origin WHERE o.id IS NULL LIMIT 20", "variant %d has no origin"},
		{`SELECT u.id FROM unit u WHERE (SELECT count(*) FROM variant v WHERE v.id BETWEEN u.id * 256 AND u.id * 256 + 255) < 2 LIMIT 20`,
			"unit %d has fewer than two variants"},
		{"SELECT max(id) FROM unit HAVING max(id) > (SELECT value FROM meta WHERE key = 'unit')", "unit %d is beyond the last that was given out"},
		{"SELECT d.id FROM block_data d LEFT JOIN block b ON b.id = d.id WHERE b.id IS NULL LIMIT 20", "block %d is not listed"},
	} {
		ids, err := ints(v.tx.QueryContext(v.ctx, q.sql))
		if err != nil {
			return err
		}
		for _, id := range ids {
			v.add("references", q.what, id)
		}
	}
	return nil
}

// units tries the hashes of units and variants and how often origins are used.
func (v *verifier) units() error {
	v.texts = map[int64]uint32{}
	uses := map[originKey]int{}
	var number int64
	err := eachHashed(v.ctx, v.tx, func(u *storedUnit, hash int64) {
		number = u.ids[0] >> 8
		if _, ok := occurrenceOf(hash, unitHash(&u.unit)); !ok {
			v.add("units", "unit %d is stored under a wrong hash: an import would store it twice", number)
		}
		for i := range u.ids {
			s := &u.unit.Variants[i]
			folded := text.Fold(s.Text)
			hash := foldHash(folded)
			v.words.text(u.ids[i], query.IndexText(s.Text), keyTerm(hash))
			if n := utf8.RuneCountInString(folded); n > 0 && n <= maxFuzzy {
				v.texts[u.ids[i]] = facts(s.Lang, hash)
			}
			uses[originOf(s)]++
		}
	})
	if err != nil {
		return err
	}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT lang, label, date, source, translator, machine, uses FROM origin")
	return each(rows, err, func(r *sql.Rows) error {
		var k originKey
		var n int
		err := r.Scan(&k.lang, &k.label, &k.date, &k.source, &k.translator, &k.machine, &n)
		if uses[k] != n {
			v.add("counts", "%s@%s %s is said to be used %d times and is used %d times", k.lang, k.label, k.date, n, uses[k])
		}
		return err
	})
}

// eachHashed goes through all units with their stored hashes.
func eachHashed(ctx context.Context, tx *sql.Tx, f func(u *storedUnit, hash int64)) error {
	hashes, err := tx.QueryContext(ctx, "SELECT id, hash FROM unit ORDER BY id")
	if err != nil {
		return err
	}
	defer func() { _ = hashes.Close() }()
	var inner error
	err = eachUnit(ctx, tx, func(u *storedUnit) bool {
		var id, hash int64
		for id < u.ids[0]>>8 && hashes.Next() {
			if inner = hashes.Scan(&id, &hash); inner != nil {
				return false
			}
		}
		f(u, hash)
		return true
	})
	return errors.Join(err, inner, hashes.Err())
}

// lookupIndex tries that the blocks hold every text once, and nothing else.
func (v *verifier) lookupIndex() error {
	tags := map[int64]bitext.Lang{}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT id, tag FROM language")
	if err := each(rows, err, func(r *sql.Rows) error {
		var id int64
		var tag bitext.Lang
		err := r.Scan(&id, &tag)
		tags[id] = tag
		return err
	}); err != nil {
		return err
	}
	rows, err = v.tx.QueryContext(v.ctx, `SELECT b.id, b.first, b.n, d.data FROM block b LEFT JOIN block_data d ON d.id = b.id ORDER BY b.id`)
	err = each(rows, err, func(r *sql.Rows) error {
		var id, first int64
		var n int
		var data []byte
		if err := r.Scan(&id, &first, &n, &data); err != nil {
			return err
		}
		b, err := decode(data, func(id int64) (*squeeze.Table, error) { return v.books.get(v.ctx, v.tx, id) })
		if err != nil || len(b.ids) != n || n == 0 || b.ids[0] != first {
			v.add("lookup index", "block %d is damaged", id)
			return nil
		}
		for i := range b.ids {
			v.entry(id, b.entry(i), tags)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(v.texts)) {
		v.add("lookup index", "variant %d is not in it", id)
	}
	return nil
}

// entry ticks off one text of a block.
func (v *verifier) entry(block int64, e entry, tags map[int64]bitext.Lang) {
	want, ok := v.texts[e.id]
	sig, runes := sign(e.text)
	switch {
	case !ok:
		v.add("lookup index", "it holds variant %d, which is not there, or twice", e.id)
	case want != facts(tags[block>>(seqBits+classBits)], foldHash(e.text)) || sig != e.sig || runes != e.runes ||
		shelfOf(block)&(1<<classBits-1) != int64(lengthClass(runes)):
		v.add("lookup index", "variant %d is not as it should be", e.id)
	}
	delete(v.texts, e.id)
}
