// Package concordance shows every place where a term stands as keyword in
// context: the words looked for with what stands to their left and right, cut
// from the original text, and the texts of the other languages beside it.
package concordance

import (
	"context"
	"fmt"
	"sort"

	"sverka/internal/bitext"
	"sverka/internal/query"
)

// Source is where texts are searched: a translation memory.
type Source interface {
	// Search gives the variants that answer q in a fixed order, a page of
	// them, and how many there are in all (−1 where they are not counted).
	Search(ctx context.Context, q *query.Query, page query.Page) ([]query.Hit, int, error)
}

// Options say what part of a concordance is wanted, and how wide it is.
type Options struct {
	Limit  int           // most lines; 0 means 20
	Offset int           // lines to pass over
	Count  bool          // count all lines as well
	Width  int           // terminal cells for left context, key and right context; 0 means 100
	Langs  []bitext.Lang // of the texts beside the line, in this order; none: all others
}

// Result is a page of a concordance.
type Result struct {
	Lines []Line
	Total int  // lines in all; −1 where they were not counted
	More  bool // there are further lines behind these
}

// Line is one text that answers the query. Left, Key and Right follow one
// another in the original text, with every control character and line break
// shown as a space; an ellipsis stands where a context was cut.
type Line struct {
	Left, Key, Right string
	// LeftSpans and RightSpans are further places in Left and Right where
	// words that were looked for stand, in bytes.
	LeftSpans, RightSpans []query.Span
	Text                  string       // the whole text
	Spans                 []query.Span // all places, in bytes of Text
	Exact                 int          // of these: just as typed, in no other form
	Lang                  bitext.Lang
	Unit                  bitext.Unit
	Variant               int              // of the text in Unit.Variants
	Others                []bitext.Variant // the texts beside it
}

// chunk is how many answers are ranked together: ranking all of them would
// make the first page as dear as the last.
const chunk = 100

// Find gives the lines of the concordance of q. Of each hundred answers, in
// the order of the source, those with most words just as typed come first,
// then the later ones; pages neither repeat nor leave out a line.
func Find(ctx context.Context, src Source, q *query.Query, o Options) (*Result, error) {
	if o.Limit <= 0 {
		o.Limit = 20
	}
	if o.Width <= 0 {
		o.Width = 100
	}
	if o.Offset < 0 {
		return nil, fmt.Errorf("concordance: offset %d is under 0", o.Offset)
	}
	res := &Result{Total: -1}
	first := o.Offset / chunk * chunk
	skip := o.Offset - first
	for at := first; ; at += chunk {
		hits, total, err := src.Search(ctx, q, query.Page{Limit: chunk + 1, Offset: at, Count: o.Count && at == first})
		if err != nil {
			return nil, err
		}
		if o.Count && at == first {
			res.Total = total
		}
		more := len(hits) > chunk
		lines := rank(q, hits[:min(chunk, len(hits))])
		lines = lines[min(skip, len(lines)):]
		skip = 0
		if room := o.Limit - len(res.Lines); len(lines) > room {
			lines, more = lines[:room], true
		}
		res.Lines = append(res.Lines, lines...)
		if !more || len(res.Lines) == o.Limit {
			res.More = more
			break
		}
	}
	for i := range res.Lines {
		res.Lines[i].finish(o)
	}
	return res, nil
}

// rank makes lines of hits, the best first.
func rank(q *query.Query, hits []query.Hit) []Line {
	lines := make([]Line, len(hits))
	for i, h := range hits {
		v := &h.Unit.Variants[h.Variant]
		l := Line{Text: v.Text, Lang: v.Lang, Unit: h.Unit, Variant: h.Variant}
		l.Spans, l.Exact = q.Spans(query.Analyze(v.Text))
		lines[i] = l
	}
	sort.SliceStable(lines, func(i, j int) bool {
		a, b := &lines[i], &lines[j]
		if x, y := a.Exact > 0, b.Exact > 0; x != y {
			return x
		}
		return a.date() > b.date()
	})
	return lines
}

// date is the day of the line's text: its version's, else the statement's.
func (l *Line) date() string {
	if d := l.Unit.Variants[l.Variant].Date; d != "" {
		return d
	}
	return l.Unit.Statement.Date
}

// finish cuts the context and puts the other texts beside it.
func (l *Line) finish(o Options) {
	l.cut(o.Width)
	if len(o.Langs) == 0 {
		for i, v := range l.Unit.Variants {
			if i != l.Variant {
				l.Others = append(l.Others, v)
			}
		}
		return
	}
	for _, lang := range o.Langs {
		for i, v := range l.Unit.Variants {
			if i != l.Variant && v.Lang == lang {
				l.Others = append(l.Others, v)
			}
		}
	}
}
