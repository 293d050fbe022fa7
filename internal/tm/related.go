package tm

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/postings"
	"sverka/internal/query"
	"sverka/internal/text"
)

// Bounds of what Related looks for, so that it takes a fifth of a second at
// most in a memory of any size.
const (
	relatedTexts = 1600 // segments and groups of segments that are looked up
	relatedWords = 800  // words that are looked up
	relatedGroup = 3    // segments of a group
	relatedEach  = 5    // units for one text or word
	relatedUnits = 1200
	relatedRare  = 400 // variants that may hold a word that tells something
)

// Related gives units that say something about versions of one statement: first
// those that have the very text, in its folded form, of a segment of theirs or
// of up to three that stand side by side; then those that hold words of theirs
// that are rare in the memory, the latest stored. All have variants in two at
// least of the versions' languages (or two in the one they are all in). Of long
// versions it looks at segments that are spread evenly. At most 1,600 texts and
// 800 words are looked for, and 1,200 units given.
func (s *Store) Related(ctx context.Context, versions []bitext.Version) ([]bitext.Unit, error) {
	r := related{ctx: ctx, seen: map[int64]bool{}}
	for i := range versions {
		r.langs = append(r.langs, versions[i].Lang)
	}
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		if r.index, err = s.wordIndex(ctx, tx); err != nil {
			return err
		}
		r.load = s.prepared(ctx, tx, unitQuery)
		if err := r.texts(versions); err != nil {
			return err
		}
		return r.words(versions)
	})
	if err != nil {
		return nil, fmt.Errorf("units that say something about the versions: %w", err)
	}
	return r.units, nil
}

// related is one call of Related.
type related struct {
	ctx   context.Context
	index *postings.Index
	load  *sql.Stmt
	langs []bitext.Lang
	seen  map[int64]bool // units
	units []bitext.Unit
}

// texts finds the units that have the text of a segment or of a group.
func (r *related) texts(versions []bitext.Version) error {
	all := 0
	for i := range versions {
		all += len(versions[i].Segments)
	}
	step, group := 1+all/relatedTexts, 1
	for group < relatedGroup && (group+1)*all <= relatedTexts {
		group++
	}
	for k := range versions {
		v := &versions[k]
		for size := 1; size <= group; size++ {
			for i := 0; i+size <= len(v.Segments); i += step {
				folded := text.Fold(v.Join(bitext.Range{From: i, To: i + size}))
				term := keyTerm(foldHash(folded))
				if err := r.take(term, relatedEach, math.MaxInt, func(v *bitext.Variant) bool { return text.Fold(v.Text) == folded }); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// words finds the units that hold rare words.
func (r *related) words(versions []bitext.Version) error {
	asked, all := map[string]bool{}, 0
	for i := range versions {
		all += len(versions[i].Segments)
	}
	rounds := max(1, min(all, relatedWords/8)) // about eight new words a segment
	for n := range rounds {
		v := &versions[n%len(versions)]
		if len(v.Segments) == 0 {
			continue
		}
		for _, w := range strings.Fields(query.IndexText(v.Segments[n*len(v.Segments)/rounds].Text)) {
			if asked[w] || len(asked) == relatedWords {
				continue
			}
			asked[w] = true
			if err := r.take(w, relatedEach, relatedRare, func(found *bitext.Variant) bool { return found.Lang == v.Lang }); err != nil {
				return err
			}
		}
	}
	return nil
}

// take takes the latest units with a term whose variant is one that is wanted,
// none where more than most variants have it.
func (r *related) take(term string, each, most int, wanted func(*bitext.Variant) bool) error {
	if len(r.units) >= relatedUnits {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	found, last := r.index.Term(term), int64(math.MaxInt64)
	var ids []int64
	for n := 0; ; n++ {
		id, err := found.AtMost(last)
		if err != nil {
			return err
		}
		if id == postings.None {
			break
		}
		if n == most {
			return nil
		}
		if ids = append(ids, id); len(ids) >= each && most == math.MaxInt {
			break
		}
		last = id - 1
	}
	for _, id := range ids[:min(each, len(ids))] {
		if err := r.add(id, wanted); err != nil {
			return err
		}
	}
	return nil
}

// add adds the unit of a variant that is wanted.
func (r *related) add(variant int64, wanted func(*bitext.Variant) bool) error {
	unit := variant >> 8
	if r.seen[unit] {
		return nil
	}
	rows, err := r.load.QueryContext(r.ctx, unit)
	stored, err := scanUnit(rows, err, unit)
	if err != nil {
		return err
	}
	at := slices.Index(stored.ids, variant)
	if at < 0 || !wanted(&stored.unit.Variants[at]) || !r.joins(&stored.unit) {
		return nil
	}
	r.seen[unit] = true
	r.units = append(r.units, stored.unit)
	return nil
}

// joins says that a unit has variants for two of the versions.
func (r *related) joins(u *bitext.Unit) bool {
	left := slices.Clone(r.langs)
	for i := range u.Variants {
		if k := slices.Index(left, u.Variants[i].Lang); k >= 0 {
			left = slices.Delete(left, k, k+1)
		}
	}
	return len(r.langs)-len(left) >= 2
}
