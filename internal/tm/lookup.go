package tm

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/postings"
	"sverka/internal/text"
)

// maxQuery bounds the bytes of a text that is looked up.
const maxQuery = 1 << 20

// Lookup gives the units with a variant in one of the languages q.From that is
// most like q.Text and a variant in one of q.To, best first; of units that say
// the same only one. A unit of which several variants are like q.Text is given
// for each of them that says something else. What it finds is exactly what
// comparing with every unit would find, except that of texts over 20,000
// characters only the very same ones are found.
func (s *Store) Lookup(ctx context.Context, q LookupQuery) ([]Match, error) {
	if q.Min <= 0 {
		q.Min = 70
	}
	if q.Max <= 0 {
		q.Max = 5
	}
	if q.Penalties == nil {
		q.Penalties = &DefaultPenalties
	}
	if len(q.Text) > maxQuery {
		return nil, fmt.Errorf("look up: the text is %d bytes long; at most %d are compared", len(q.Text), maxQuery)
	}
	if strings.TrimSpace(q.Text) == "" {
		return nil, nil
	}
	var out []Match
	err := s.view(ctx, func(tx *sql.Tx) error {
		l := &lookup{ctx: ctx, tx: tx, store: s, q: &q, folded: text.Fold(q.Text), tried: map[int64]bool{},
			unit: s.prepared(ctx, tx, unitQuery)}
		err := l.run()
		out = l.best
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up: %w", err)
	}
	return out, nil
}

// lookup is one call of Lookup.
type lookup struct {
	ctx    context.Context
	tx     *sql.Tx
	store  *Store
	unit   *sql.Stmt
	q      *LookupQuery
	folded string
	best   []Match        // at most q.Max, best first
	keys   []rank         // of best
	tried  map[int64]bool // variants
}

// rank orders matches: percent, then the exact ratio d/longer, then the newer.
type rank struct {
	percent, d, longer int
	unit               int64
}

func (a rank) less(b rank) bool {
	if a.percent != b.percent {
		return a.percent > b.percent
	}
	if x, y := a.d*b.longer, b.d*a.longer; x != y {
		return x < y
	}
	return a.unit > b.unit
}

// percent is 100·(1 − d/longer), rounded down.
func percent(d, longer int) int {
	if longer == 0 {
		return 100
	}
	return 100 * (longer - d) / longer
}

// floor is the least percent that may still enter the best.
func (l *lookup) floor() int {
	if len(l.best) == l.q.Max {
		return max(l.q.Min, l.keys[len(l.keys)-1].percent)
	}
	return l.q.Min
}

// late says that a text at that distance no longer enters the best, nor says
// the same as one of them.
func (l *lookup) late(d, longer int) bool {
	p := percent(d, longer)
	if len(l.best) < l.q.Max {
		return p < l.q.Min
	}
	last := l.keys[len(l.keys)-1]
	return p < l.q.Min || p < last.percent || p == last.percent && d*last.longer > last.d*longer
}

// mostEdits is the greatest distance that leaves the percent at least p.
func mostEdits(longer, p int) int { return longer * (100 - p) / 100 }

func (l *lookup) run() error {
	runes := utf8.RuneCountInString(l.folded)
	if err := l.exact(runes); err != nil {
		return err
	}
	if runes == 0 || runes > maxFuzzy || l.q.Min > 99 {
		return nil
	}
	least := max(1, (runes*l.q.Min+99)/100)
	most := min(maxFuzzy, runes*100/l.q.Min)
	cache := &l.store.cache
	gen, err := l.store.generation(l.ctx, l.tx)
	if err != nil {
		return err
	}
	blocks, err := cache.list(l.ctx, l.tx, gen, l.q.From, lengthClass(least), lengthClass(most))
	if err != nil {
		return err
	}
	read := l.store.prepared(l.ctx, l.tx, blockQuery)
	f := newFuzzyScan(l, runes, mostEdits(most, l.q.Min))
	defer f.free()
	for _, b := range blocks {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		data, err := cache.load(l.ctx, l.tx, read, b)
		if err != nil {
			return err
		}
		f.collect(data)
	}
	return f.compare()
}

// maxExact bounds the variants with one folded text that are looked at, the
// latest first.
const maxExact = 1000

// exact offers the variants whose folded text is the query's.
func (l *lookup) exact(runes int) error {
	index, err := l.store.wordIndex(l.ctx, l.tx)
	if err != nil {
		return err
	}
	found := index.Term(keyTerm(foldHash(l.folded)))
	for id, n := int64(math.MaxInt64), 0; n < maxExact; n++ {
		if id, err = found.AtMost(id); err != nil || id == postings.None {
			return err
		}
		if err := l.offer(id, 0, max(runes, 1)); err != nil {
			return err
		}
		id--
	}
	return nil
}

// offer puts the unit of a variant among the best when it belongs there.
func (l *lookup) offer(variant int64, d, longer int) error {
	unit := variant >> 8
	if l.tried[variant] || l.late(d, longer) {
		return nil
	}
	l.tried[variant] = true
	rows, err := l.unit.QueryContext(l.ctx, unit)
	stored, err := scanUnit(rows, err, unit)
	if err != nil {
		return err
	}
	at := slices.Index(stored.ids, variant)
	if at < 0 {
		return fmt.Errorf("variant %d: %w", variant, errBlock)
	}
	m := Match{Unit: stored.unit, Source: stored.unit.Variants[at]}
	if len(l.q.From) > 0 && !slices.Contains(l.q.From, m.Source.Lang) {
		return nil
	}
	if d == 0 && text.Fold(m.Source.Text) != l.folded {
		l.tried[variant] = false // another text with the same hash
		return nil
	}
	if m.Targets = l.targets(&stored.unit, at); len(m.Targets) == 0 {
		return nil
	}
	if m.Base = percent(d, longer); d == 0 {
		if err := l.same(&m, unit); err != nil {
			return err
		}
	}
	l.punish(&m)
	if m.Percent < l.q.Min {
		return nil
	}
	l.enter(m, rank{m.Percent, d, longer, unit})
	return nil
}

// targets gives the variants of u in the languages asked for, in their order.
func (l *lookup) targets(u *bitext.Unit, source int) []bitext.Variant {
	var out []bitext.Variant
	for i, v := range u.Variants {
		if len(l.q.To) == 0 && v.Lang != u.Variants[source].Lang ||
			i != source && slices.Contains(l.q.To, v.Lang) {
			out = append(out, v)
		}
	}
	if len(l.q.To) > 0 {
		sort.SliceStable(out, func(i, j int) bool {
			return slices.Index(l.q.To, out[i].Lang) < slices.Index(l.q.To, out[j].Lang)
		})
	}
	return out
}

// same decides between 99, 100 and 101 for a text whose folded form is equal.
func (l *lookup) same(m *Match, unit int64) error {
	if strings.TrimSpace(m.Source.Text) != strings.TrimSpace(l.q.Text) {
		m.Base = 99
		return nil
	}
	if l.q.Prev == "" && l.q.Next == "" {
		return nil
	}
	for _, side := range []struct {
		want string
		step int
	}{{l.q.Prev, -1}, {l.q.Next, 1}} {
		if side.want == "" {
			continue
		}
		ok, err := l.neighbour(unit, m, side.step, text.Fold(side.want))
		if err != nil || !ok {
			return err
		}
	}
	m.Base, m.Context = 101, true
	return nil
}

// neighbour says whether the segment beside the match, in its own version, is
// want when folded.
func (l *lookup) neighbour(unit int64, m *Match, step int, want string) (bool, error) {
	found := false
	rows, err := l.tx.QueryContext(l.ctx, `SELECT v.text FROM unit here JOIN unit u ON u.statement = here.statement AND u.pos = here.pos + ?
		CROSS JOIN variant v ON v.id BETWEEN u.id * 256 AND u.id * 256 + 255
		CROSS JOIN origin o ON o.id = v.origin WHERE here.id = ? AND o.lang = ? AND o.label = ?`,
		step, unit, string(m.Source.Lang), m.Source.Label)
	err = each(rows, err, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		found = found || text.Fold(s) == want
		return err
	})
	return found, err
}

// unsure is the probability under which a unit is penalised.
const unsure = 0.8

// punish takes the penalties off.
func (l *lookup) punish(m *Match) {
	m.Percent = m.Base
	take := func(reason string, points int, when bool) {
		if when && points > 0 {
			m.Penalties = append(m.Penalties, Penalty{reason, points})
			m.Percent = max(0, m.Percent-points)
		}
	}
	machine := m.Source.Machine
	for _, v := range m.Targets {
		machine = machine || v.Machine
	}
	take("machine", l.q.Penalties.Machine, machine)
	take("review", l.q.Penalties.Review, m.Unit.Status == bitext.StatusReview)
	take("probability", l.q.Penalties.LowProb, m.Unit.Status != bitext.StatusAccepted && m.Unit.Prob > 0 && m.Unit.Prob < unsure)
}

// enter puts a match in its place; one that says the same as another is
// counted with it, and the better of the two stays.
func (l *lookup) enter(m Match, r rank) {
	m.Times = 1
	for i := range l.keys {
		if !sameTexts(&m, &l.best[i]) {
			continue
		}
		m.Times += l.best[i].Times
		if !r.less(l.keys[i]) {
			l.best[i].Times = m.Times
			return
		}
		l.keys, l.best = slices.Delete(l.keys, i, i+1), slices.Delete(l.best, i, i+1)
		break
	}
	at := sort.Search(len(l.keys), func(i int) bool { return r.less(l.keys[i]) })
	if at == l.q.Max {
		return
	}
	l.keys, l.best = slices.Insert(l.keys, at, r), slices.Insert(l.best, at, m)
	if len(l.keys) > l.q.Max {
		l.keys, l.best = l.keys[:l.q.Max], l.best[:l.q.Max]
	}
}

// sameTexts says that two matches have the same texts in the same languages.
func sameTexts(a, b *Match) bool {
	return a.Source.Text == b.Source.Text && a.Source.Lang == b.Source.Lang &&
		slices.EqualFunc(a.Targets, b.Targets, func(x, y bitext.Variant) bool { return x.Lang == y.Lang && x.Text == y.Text })
}
