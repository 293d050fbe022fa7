// Package query reads what a person types into a search box, parses it to a
// tree, and says of a text whether and where it answers.
//
// The language: words (found in any form), "a phrase", prefix*, (brackets),
// OR, NOT or a leading minus, and the filters lang:, in: (a statement), label:,
// by: (translator, speaker or source), since: and until:. Words that stand
// side by side must all occur in one text. A Chinese word of any length is
// found without spaces round it.
package query

import (
	"strconv"
	"strings"
)

// Node is a part of a parsed query: And, Or, Not, Term or Filter.
type Node interface {
	// String gives the part in the query language; parsing it gives the part
	// again.
	String() string
	match(d *Doc, m *Meta) bool
}

// And holds when all of its two or more nodes hold.
type And []Node

// Or holds when any of its two or more nodes holds.
type Or []Node

// Not holds when its node does not.
type Not struct{ Node Node }

// Term is a word, a phrase or the beginning of a word.
type Term struct {
	Text   string // as typed, without quotes and star
	Phrase bool   // typed in quotes
	Prefix bool   // typed with a star: any word that begins so
	keys   []key  // what to look for, one after the other
}

// Filter holds a text to where it comes from.
type Filter struct {
	Field  string   // one of Fields
	Values []string // any of them will do; dates are YYYY-MM-DD
}

// Fields are the names of the filters, without the aliases.
var Fields = []string{"lang", "in", "label", "by", "since", "until"}

var fieldAliases = map[string]string{
	"lang": "lang", "language": "lang",
	"in": "in", "statement": "in",
	"label": "label", "version": "label",
	"by": "by", "translator": "by", "speaker": "by", "source": "by",
	"since": "since", "from": "since", "after": "since",
	"until": "until", "to": "until", "before": "until",
}

// Query is a parsed query.
type Query struct{ Root Node }

// String gives the query in canonical form; parsing it gives the same query.
func (q *Query) String() string {
	if and, ok := q.Root.(And); ok {
		return and.bare()
	}
	if or, ok := q.Root.(Or); ok {
		return or.bare()
	}
	return q.Root.String()
}

// String gives the nodes in brackets, side by side.
func (a And) String() string { return "(" + a.bare() + ")" }

func (a And) bare() string { return join(a, " ") }

// String gives the nodes in brackets with OR between them.
func (o Or) String() string { return "(" + o.bare() + ")" }

func (o Or) bare() string { return join(o, " OR ") }

func join(nodes []Node, sep string) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = n.String()
	}
	return strings.Join(parts, sep)
}

// String gives the negated node with a minus.
func (n Not) String() string { return "-" + n.Node.String() }

// String gives the term with its quotes or star.
func (t *Term) String() string {
	if t.Phrase {
		return quote(t.Text)
	}
	if t.Prefix {
		return t.Text + "*"
	}
	return t.Text
}

// String gives the filter as field:value,value.
func (f *Filter) String() string {
	parts := make([]string, len(f.Values))
	for i, v := range f.Values {
		parts[i] = v
		if strings.ContainsAny(v, " ,()\"\\\t\n") || strings.ContainsFunc(v, isQuote) {
			parts[i] = quote(v)
		}
	}
	return f.Field + ":" + strings.Join(parts, ",")
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "“", `\“`, "”", `\”`).Replace(s) + `"`
}

// Terms gives the terms that a text is to hold, in the order typed; what
// stands under a NOT is left out.
func (q *Query) Terms() []*Term {
	var out []*Term
	var walk func(Node)
	walk = func(n Node) {
		switch n := n.(type) {
		case And:
			for _, c := range n {
				walk(c)
			}
		case Or:
			for _, c := range n {
				walk(c)
			}
		case *Term:
			out = append(out, n)
		}
	}
	walk(q.Root)
	return out
}

// SyntaxError says what is wrong with a typed query, and where.
type SyntaxError struct {
	Query string
	At    int // in characters, from 1
	What  string
}

// Error names the character and what is wrong there.
func (e *SyntaxError) Error() string {
	return "search query, character " + strconv.Itoa(e.At) + ": " + e.What
}
