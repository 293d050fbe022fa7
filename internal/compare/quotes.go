package compare

import (
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// quoted is a piece between quotation marks: the units inside.
type quoted struct{ from, to int }

// quotePairs lead an opening mark to its closing one.
var quotePairs = map[rune]rune{
	'“': '”', '«': '»', '„': '“', '《': '》', '「': '」', '『': '』', '〈': '〉', '"': '"', '＂': '＂',
}

// findQuotes gives the quoted pieces of d that hold a content unit; the inner
// of two nested ones as well. Straight marks pair up in turn.
func findQuotes(d *side) []quoted {
	var out []quoted
	type open struct {
		close rune
		unit  int
	}
	var stack []open
	for i := range d.units {
		r, _ := utf8.DecodeRuneInString(d.text[d.units[i].start:])
		if d.units[i].item >= 0 {
			continue
		}
		if n := len(stack); n > 0 && (r == stack[n-1].close || stack[n-1].close == '“' && r == '”') {
			if from := stack[n-1].unit + 1; d.contentCount(from, i) > 0 {
				out = append(out, quoted{from, i})
			}
			stack = stack[:n-1]
			continue
		}
		if c, ok := quotePairs[r]; ok {
			stack = append(stack, open{c, i})
		}
	}
	return out
}

// quoteMost is how many content units may differ in a quoted piece for the
// rest to vouch that it is the same piece.
const quoteMost = 2

// checkQuotes finds quoted pieces that both texts have, but for a word.
func checkQuotes(p *pair) []Flag {
	if p.a.lang != p.b.lang {
		return p.quotesAcross()
	}
	var out []Flag
	done := make(map[[2]int]bool)
	look := func(d, o *side, link, back []int, v, w *pivot, gaps []gap, swap bool) {
		for _, x := range quoteSwaps(d, o, p.src, link, back) {
			at, other := d.at(x.from, x.to), o.at(x.oFrom, x.oTo)
			if swap {
				at, other = other, at
			}
			done[[2]int{at[0], other[0]}] = true
			out = append(out, Flag{Cat: Quote, Sev: Major, A: at, B: other,
				Message: quoteMessage(p.a.quoteText(at[0], at[1]), p.b.quoteText(other[0], other[1]))})
		}
		oQuotes := findQuotes(o)
		for _, q := range findQuotes(d) {
			for _, x := range quoteDiffs(d, o, link, back, v, w, gaps, oQuotes, q) {
				at, other := d.at(x.from, x.to), o.at(x.oFrom, x.oTo)
				f := Flag{Cat: Quote, Sev: x.sev, A: at, B: other}
				if swap {
					f.A, f.B = other, at
				}
				if key := [2]int{f.A[0], f.B[0]}; done[key] {
					continue
				} else {
					done[key] = true
				}
				f.Message = quoteMessage(p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
				out = append(out, f)
			}
		}
	}
	look(p.a, p.b, p.link, p.back, p.pa, p.pb, p.gapsA, false)
	look(p.b, p.a, p.back, p.link, p.pb, p.pa, p.gapsB, true)
	return out
}

func quoteMessage(a, b string) Sentence {
	switch {
	case a == "":
		return say("“%s” is in one of the quotations only", b)
	case b == "":
		return say("“%s” is in one of the quotations only", a)
	}
	return say("the quotations differ: “%s” against “%s”", a, b)
}

// quoteDiff is a stretch of a quoted piece and what the other text has for it.
type quoteDiff struct {
	from, to, oFrom, oTo int
	sev                  Severity
}

// quoteDiffs gives what differs in one quoted piece of d, where enough of it
// has partners to say that o has the same piece.
func quoteDiffs(d, o *side, link, back []int, v, w *pivot, gaps []gap, oQuotes []quoted, q quoted) []quoteDiff {
	n, free := 0, 0
	for i := q.from; i < q.to; i++ {
		if d.units[i].content {
			n++
			if link[i] < 0 {
				free++
			}
		}
	}
	// A piece without any link is the same piece only if the other text has
	// quoted something at that place, too.
	alone := free == n
	if free == 0 || alone && n > quoteMost {
		return nil
	}
	var out []quoteDiff
	for _, g := range gaps {
		if g.to <= q.from || g.from >= q.to || g.oFree > quoteMost {
			continue
		}
		x := quoteDiff{from: max(g.from, q.from), to: min(g.to, q.to), sev: Minor}
		x.oFrom, x.oTo = trimFree(o, back, g.oFrom, g.oTo)
		if alone && !quotedIn(oQuotes, x.oFrom, x.oTo) {
			continue
		}
		if free <= quoteMost && (alone || 2*free <= n) && oneForOne(d, o, link, back, q, oQuotes, x) && quoteVerdict(d, o, link, back, v, w, q, x, n) {
			x.sev = Major
		}
		out = append(out, x)
	}
	return out
}

// oneForOne says that what o has for a stretch of q stands in a quotation too
// and is no other form of it; where o has nothing, that nothing else is left over
// in the quotation that is q's counterpart.
func oneForOne(d, o *side, link, back []int, q quoted, oQuotes []quoted, x quoteDiff) bool {
	if x.oFrom == x.oTo {
		r, _, ok := counterpart(d, o, link, q, oQuotes)
		return !ok || outside(o, back, r, q) == 0 && (d.lang == bitext.Chinese || outside(d, link, q, r) == 1) && !fullerName(d, link, x)
	}
	if x.to-x.from == 1 && x.oTo-x.oFrom == 1 {
		if mine, theirs := d.units[x.from].form, o.units[x.oFrom].form; spelling(mine, theirs) > 0 || oneStem(mine, theirs) {
			return false
		}
	}
	if oQuotes == nil {
		return true
	}
	for _, r := range oQuotes {
		if r.from <= x.oFrom && x.oTo <= r.to {
			return true
		}
	}
	return false
}

// fullerName says that a word is of a name of which the other text has the rest:
// a first name added.
func fullerName(d *side, link []int, x quoteDiff) bool {
	at := d.units[x.from].name
	for i := range d.units {
		if at >= 0 && d.units[i].name == at && link[i] >= 0 {
			return true
		}
	}
	return false
}

// quotedIn says that units lie in a short quoted piece.
func quotedIn(quotes []quoted, from, to int) bool {
	for _, q := range quotes {
		if q.from <= from && to <= q.to && from < to && q.to-q.from <= 2*quoteMost {
			return true
		}
	}
	return false
}

// quoteVerdict says that what differs in a quotation is no rewording. Without a
// source it cannot be told, and a short quotation is to be repeated word for
// word; a long one is speech, and reworded like any other. n counts its content
// units.
func quoteVerdict(d, o *side, link, back []int, v, w *pivot, q quoted, x quoteDiff, n int) bool {
	titled := d.titled(q)
	if d.lang == bitext.Chinese && !titled && x.to-x.from < 2 || n > quoteLong[d.lang] {
		return false
	}
	short := n <= quoteShort[d.lang]
	if v == nil {
		return short || titled
	}
	if x.oFrom == x.oTo && compound(d, v.src, link, q, x.from) {
		return false
	}
	mine, theirs := v.judge(d, x.from, x.to, link, w), w.judge(o, x.oFrom, x.oTo, back, v)
	switch {
	case theirs == noWord:
		return mine == unsaidWord || titled && mine != foreignWord || short && mine == foreignWord && (n <= 2 || foreignTo(d, v.src, x.from, alienMost))
	case !short && !titled:
		return false
	case mine == saidToo || theirs == saidToo:
		return mine == foreignWord || theirs == foreignWord
	case mine == unsaidWord:
		return theirs == foreignWord || titled
	case mine == foreignWord:
		return theirs != unknownWord || titled
	}
	return titled
}

// quoteShort and quoteLong are the content units up to which a quotation is
// taken for a phrase, and from which it is taken for speech.
var (
	quoteShort = map[bitext.Lang]int{bitext.English: 3, bitext.Russian: 3, bitext.Chinese: 8}
	quoteLong  = map[bitext.Lang]int{bitext.English: 6, bitext.Russian: 6, bitext.Chinese: 14}
)

// titled says that a quoted piece is written like a title: capital letters, or
// the marks of Chinese book titles.
func (d *side) titled(q quoted) bool {
	if q.from == 0 {
		return false
	}
	if strings.HasPrefix(d.text[d.units[q.from-1].start:], "《") {
		return true
	}
	n, capitals := 0, 0
	for i := q.from; i < q.to; i++ {
		if d.units[i].content && d.units[i].kind == text.Word {
			n++
			if d.units[i].capital {
				capitals++
			}
		}
	}
	return d.lang == bitext.English && n > 1 && 2*capitals > n
}

// trimFree narrows units to the first and last free content unit among them;
// an empty range at from where there is none.
func trimFree(d *side, link []int, from, to int) (int, int) {
	first, last := from, from
	for k := from; k < to; k++ {
		if d.units[k].content && link[k] < 0 {
			if last == from && first == from {
				first = k
			}
			last = k + 1
		}
	}
	return first, max(first, last)
}
