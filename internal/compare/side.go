package compare

import (
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
	"sverka/internal/text"
	"sverka/internal/vector"
)

// unit is what is linked between two texts: a word, a Chinese character, or a
// whole number, date or time.
type unit struct {
	start, end int
	form       string // folded
	key        string // equal keys mean the same word, whatever its form
	kind       text.TokenKind
	content    bool // carries meaning by itself: no article, preposition, mark
	item       int  // index into side.items for a number, date or time; else -1
	capital    bool // written with a capital letter
	name       int  // index into side.items for a word of a name; else -1
}

// clause is a stretch of units between marks that part clauses.
type clause struct{ from, to int }

// side is one text, taken apart.
type side struct {
	lang    bitext.Lang
	text    string
	units   []unit
	clauses []clause
	items   []item
	ear     *lexis.Ear // made when first asked for
	// what the vectors of the units are made of, and those made so far
	table     *vector.Table
	pieces    []vector.Piece
	rows      [][]float32
	lengths   []float32 // of the vectors before they were brought to length 1
	embedded  []bool
	wordSpans []wordSpan
	forTorn   *tornText // made when first asked for
	wordSum   *whole    // made when first asked for
}

// sideMax bounds the bytes of a text that are taken apart; what stands behind
// is not compared. No segment comes near it.
const sideMax = 1 << 14

// unitMost bounds the units of a text, and itemMost the facts of one kind that
// are matched: the work grows with their square.
const (
	unitMost = 1500
	itemMost = 400
)

func newSide(lang bitext.Lang, s string) *side {
	if len(s) > sideMax {
		cut := sideMax
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	d := &side{lang: lang, text: s}
	items := scanItems(lang, s)
	d.units = makeUnits(lang, s, items)
	d.locate(items)
	d.clauses = makeClauses(d.units)
	return d
}

// makeUnits tokenizes s; an item that is compared by value becomes one unit.
func makeUnits(lang bitext.Lang, s string, items []lexis.Item) []unit {
	tokens := text.Tokenize(s)
	units := make([]unit, 0, len(tokens))
	next := 0
	for _, t := range tokens {
		if len(units) == unitMost {
			break
		}
		for next < len(items) && (!atomic(&items[next]) || items[next].End <= t.Start) {
			next++
		}
		if next < len(items) && items[next].Start <= t.Start {
			it := &items[next]
			if n := len(units); n > 0 && units[n-1].item == next {
				continue
			}
			units = append(units, unit{start: it.Start, end: it.End, form: it.Norm,
				key: "#" + it.Norm, kind: text.Number, content: true, item: next, name: -1})
			continue
		}
		units = append(units, wordUnit(lang, s, t))
	}
	return units
}

func wordUnit(lang bitext.Lang, s string, t text.Token) unit {
	raw := s[t.Start:t.End]
	u := unit{start: t.Start, end: t.End, kind: t.Kind, item: -1, name: -1, form: text.Fold(raw)}
	switch t.Kind {
	case text.Word:
		u.form = strings.TrimSuffix(u.form, "'s")
		u.key = wordKey(lang, u.form)
		u.content = !isStop(lang, u.form)
		u.capital = raw[0] >= 'A' && raw[0] <= 'Z' || isUpper(raw)
	case text.Punct:
		u.key = u.form
	default:
		u.key = u.form
		u.content = t.Kind == text.Number || !isStop(lang, u.form)
	}
	return u
}

func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError && strings.ToLower(string(r)) != string(r)
}

// makeClauses cuts at marks; a stretch without a content unit joins the one
// before it.
func makeClauses(units []unit) []clause {
	var out []clause
	from, content := 0, 0
	flush := func(to int) {
		switch {
		case to == from:
		case content == 0 && len(out) > 0:
			out[len(out)-1].to = to
		default:
			out = append(out, clause{from, to})
		}
		from, content = to, 0
	}
	for i := range units {
		if units[i].kind == text.Punct && isClauseMark(units[i].form) {
			flush(i + 1)
			continue
		}
		if units[i].content {
			content++
		}
	}
	flush(len(units))
	return out
}

// clauseOf gives the index of the clause that holds unit i, or -1.
func (d *side) clauseOf(i int) int {
	for c := range d.clauses {
		if d.clauses[c].from <= i && i < d.clauses[c].to {
			return c
		}
	}
	return -1
}

// unitAt gives the index of the first unit that ends behind byte off.
func (d *side) unitAt(off int) int {
	lo, hi := 0, len(d.units)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.units[mid].end <= off {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// span gives the units that a byte range touches, from included, to not.
func (d *side) span(start, end int) (from, to int) {
	from = d.unitAt(start)
	to = from
	for to < len(d.units) && d.units[to].start < end {
		to++
	}
	return from, to
}

// contentCount counts the content units of a range.
func (d *side) contentCount(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if d.units[i].content {
			n++
		}
	}
	return n
}

// quoteText gives the bytes as a message shows them: cut to a readable length.
func (d *side) quoteText(start, end int) string {
	const most = 80
	s := strings.Join(strings.Fields(d.text[start:end]), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > most {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}
