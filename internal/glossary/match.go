package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Glossary is entries made ready to be found in texts. It does not change and
// may be used by many goroutines at once.
type Glossary struct {
	concepts []bitext.Concept
	langs    map[bitext.Lang]*trie
	stem     Stemmer
}

// Ref names a term of an entry.
type Ref struct{ Concept, Term int }

// Match is a place in a text where a term stands.
type Match struct {
	Start, End int   // bytes of the text
	Refs       []Ref // the terms that it may be: of several entries where they share it
}

// pattern is a term as it is looked for.
type pattern struct {
	ref     Ref
	tokens  []token
	acronym bool // in capitals: it is found in capitals only
}

// trie holds the patterns of one language by the keys of their words, so that
// looking for all of them at a place costs no more than the longest one. The
// edges of all nodes lie in one table.
type trie struct {
	words    map[string]int32 // key → number
	edges    map[[2]int32]int32
	ends     map[int32][]int32 // node → patterns that end there
	patterns []pattern
	nodes    int32
}

// New makes entries ready; stem joins the forms of a word. Terms in languages that the program does not work
// in are kept, but found only as they stand.
func New(concepts []bitext.Concept, stem Stemmer) *Glossary {
	g := &Glossary{concepts: concepts, langs: map[bitext.Lang]*trie{}, stem: stem}
	for c := range concepts {
		for i := range concepts[c].Terms {
			t := &concepts[c].Terms[i]
			tr := g.langs[t.Lang]
			if tr == nil {
				tr = &trie{words: map[string]int32{}, edges: map[[2]int32]int32{}, ends: map[int32][]int32{}}
				g.langs[t.Lang] = tr
			}
			tr.add(Ref{c, i}, t.Text, stem)
		}
	}
	return g
}

// Len is the number of entries; 0 of a nil Glossary.
func (g *Glossary) Len() int {
	if g == nil {
		return 0
	}
	return len(g.concepts)
}

// Concept gives entry i.
func (g *Glossary) Concept(i int) *bitext.Concept { return &g.concepts[i] }

// Term gives the term that r names.
func (g *Glossary) Term(r Ref) *bitext.Term { return &g.concepts[r.Concept].Terms[r.Term] }

func (t *trie) add(ref Ref, term string, stem Stemmer) {
	p := pattern{ref: ref, tokens: tokenize(term, stem)}
	if len(p.tokens) == 0 {
		return
	}
	p.acronym = len(p.tokens) == 1 && isAcronym(term[p.tokens[0].start:p.tokens[0].end])
	nodes := []int32{0}
	for i := range p.tokens {
		var next []int32
		for _, k := range p.tokens[i].keys {
			w, ok := t.words[k]
			if !ok {
				w = int32(len(t.words))
				t.words[k] = w
			}
			for _, n := range nodes[:min(len(nodes), maxPaths)] {
				next = append(next, t.step(n, w))
			}
		}
		nodes = next
	}
	for _, n := range nodes {
		t.ends[n] = append(t.ends[n], int32(len(t.patterns)))
	}
	t.patterns = append(t.patterns, p)
}

// maxPaths bounds the ways in which a term of many words with two keys each is
// entered.
const maxPaths = 8

// step gives the node behind word w of a node, made where there is none.
func (t *trie) step(node, w int32) int32 {
	next, ok := t.edges[[2]int32{node, w}]
	if !ok {
		t.nodes++
		next = t.nodes
		t.edges[[2]int32{node, w}] = next
	}
	return next
}

// maxAcronym is how many letters a word in capitals has at most to be taken
// for an acronym rather than for a heading.
const maxAcronym = 6

// isAcronym says of a word that it is two to six capitals.
func isAcronym(w string) bool {
	n := 0
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			n++
		case r != '.':
			return false
		}
	}
	return n >= 2 && n <= maxAcronym
}

// Doc is a text made ready to be looked through.
type Doc struct {
	lang   bitext.Lang
	text   string
	tokens []token
	stem   Stemmer
	roots  map[string]bool // keys and roots of the words; made when first asked for
}

// Doc makes a text in lang ready.
func (g *Glossary) Doc(lang bitext.Lang, s string) *Doc {
	return &Doc{lang: lang, text: s, tokens: tokenize(s, g.stem), stem: g.stem}
}

// Find gives the places of terms in d, in order and without overlaps: from the
// left the longest term wins. A term is found in any form of its words, in any
// case, with ё or е, in full or half width, in traditional or simplified
// characters, across hyphens and quotes; not across a comma or a stop that it
// has not itself; an acronym only in capitals. The work is linear in the text.
func (g *Glossary) Find(d *Doc) []Match {
	t := g.langs[d.lang]
	if t == nil {
		return nil
	}
	words := make([][2]int32, len(d.tokens))
	for i := range d.tokens {
		words[i] = [2]int32{-1, -1}
		for k, key := range d.tokens[i].keys {
			if w, ok := t.words[key]; ok {
				words[i][k] = w
			}
		}
	}
	var out []Match
	for i := 0; i < len(words); {
		refs, n := t.longest(d, words, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, Match{d.tokens[i].start, d.tokens[i+n-1].end, refs})
		i += n
	}
	return out
}

// longest gives the terms of the longest match that begins at token i, and how
// many tokens it has.
func (t *trie) longest(d *Doc, words [][2]int32, i int) (refs []Ref, n int) {
	nodes := []int32{0}
	for j := i; j < len(words); j++ {
		var next []int32
		for _, w := range words[j] {
			for _, node := range nodes {
				if to, ok := t.edges[[2]int32{node, w}]; ok && w >= 0 && len(next) < maxPaths {
					next = append(next, to)
				}
			}
		}
		if next == nil {
			break
		}
		nodes = next
		var here []Ref
		for _, node := range nodes {
			for _, p := range t.ends[node] {
				if ref := t.patterns[p].ref; !slices.Contains(here, ref) && t.patterns[p].fits(d, i) {
					here = append(here, ref)
				}
			}
		}
		if here != nil {
			refs, n = here, j+1-i
		}
	}
	return refs, n
}

// fits says that the words from token i on, which have the keys of the pattern,
// are forms of its words and stand together as they do.
func (p *pattern) fits(d *Doc, i int) bool {
	for j := range p.tokens {
		have, want := &d.tokens[i+j], &p.tokens[j]
		if j > 0 && have.gap > max(want.gap, softGap) || !sameWord(have.form, want.form) {
			return false
		}
	}
	return !p.acronym || isAcronym(d.text[d.tokens[i].start:d.tokens[i].end])
}

// Presence says how much of a term stands in a text.
type Presence uint8

// The degrees of presence.
const (
	Absent  Presence = iota
	Partial          // some of its words
	Present          // all of its words, in any order
)

// Has says how much of a term stands in d, loosely: its words in any order and
// with others between them, or their relatives (Eastern for East). It is what
// a rendering is excused by, where Find is what it is accused by.
func (d *Doc) Has(term string) Presence {
	want := contentOf(tokenize(term, d.stem))
	if len(want) == 0 {
		return Present
	}
	if want[0].kind == text.Han {
		return d.hasHan(want)
	}
	if d.roots == nil {
		d.roots = make(map[string]bool, len(d.tokens))
		for i := range d.tokens {
			d.roots[d.stem.root(d.tokens[i].form)] = true
			for _, k := range d.tokens[i].keys {
				d.roots[k] = true
			}
			if i > 0 && d.tokens[i].gap == softGap && d.tokens[i-1].end+1 == d.tokens[i].start {
				d.roots[d.stem.root(d.tokens[i-1].form+d.tokens[i].form)] = true // e-mail is email
			}
		}
	}
	if len(want) == 2 && d.roots[d.stem.root(want[0].form+want[1].form)] {
		return Present
	}
	found := 0
	for i := range want {
		if d.hasWord(&want[i]) {
			found++
		}
	}
	return presence(found, len(want))
}

func presence(found, of int) Presence {
	switch found {
	case of:
		return Present
	case 0:
		return Absent
	}
	return Partial
}

func (d *Doc) hasWord(want *token) bool {
	if d.roots[d.stem.root(want.form)] || slices.ContainsFunc(want.keys, func(k string) bool { return d.roots[k] }) {
		return true
	}
	return want.kind == text.Word && slices.ContainsFunc(d.tokens, func(t token) bool { return related(t.form, want.form) })
}

// hasHan says how many of the characters stand in d in this order, not too far
// apart.
func (d *Doc) hasHan(want []token) Presence {
	window := 2*len(want) + 2
	best := 0
	for i := range d.tokens {
		k := 0
		for j := i; j < len(d.tokens) && j < i+window && k < len(want); j++ {
			if d.tokens[j].form == want[k].form {
				k++
			} else if k == 0 {
				break
			}
		}
		best = max(best, k)
	}
	if best == 1 && len(want) > 1 {
		best = 0 // one character says nothing
	}
	return presence(best, len(want))
}

// contentOf leaves out the words without which a term can still be told, unless
// nothing else is left.
func contentOf(tokens []token) []token {
	out := make([]token, 0, len(tokens))
	for _, t := range tokens {
		if !functionWords[t.form] {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return tokens
	}
	return out
}

var functionWords = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`a an the of for in on to with and by at from or as
		и в во на с со о об по для из от к ко при за над под у`) {
		out[w] = true
	}
	return out
}()

// token is a word, a number or a Chinese character of a text.
type token struct {
	start, end int      // bytes of the original
	form       string   // folded
	keys       []string // one at least is equal for all forms of a word; two at most
	kind       text.TokenKind
	gap        uint8 // the strongest mark between it and the token before
}

// What parts two tokens.
const (
	noGap   uint8 = iota // nothing or a space
	softGap              // a hyphen, a quote
	markGap              // a comma, a dash
	stopGap              // a stop, a bracket, anything else
)

// maxForm bounds the bytes of a word that are compared.
const maxForm = 120

func tokenize(s string, stem Stemmer) []token {
	folded, m := text.FoldMap(s)
	var out []token
	gap := noGap
	for _, t := range text.Tokenize(folded) {
		form := folded[t.Start:t.End]
		if t.Kind == text.Punct {
			gap = max(gap, gapOf(folded, t))
			continue
		}
		if t.Kind == text.Word {
			form = strings.ReplaceAll(form, ".", "") // U.N. is UN
		}
		if len(form) > maxForm {
			form = strings.ToValidUTF8(form[:maxForm], "")
		}
		k := token{form: form, keys: keysOf(form, t.Kind, stem), kind: t.Kind, gap: gap}
		k.start, k.end = m.Span(t.Start, t.End)
		k.end = k.start + len(strings.TrimRightFunc(s[k.start:k.end], unseen))
		out = append(out, k)
		gap = noGap
	}
	return out
}

func keysOf(form string, kind text.TokenKind, stem Stemmer) []string {
	switch {
	case kind != text.Word:
		return []string{form}
	case scriptOf(form) == cyrillic:
		return russianKeys(form)
	}
	return []string{stem.root(form)}
}

// unseen says of a character that folding takes it away or makes it a space.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) }

func gapOf(s string, t text.Token) uint8 {
	switch s[t.Start:t.End] {
	case "-":
		before, _ := utf8.DecodeLastRuneInString(s[:t.Start])
		after, _ := utf8.DecodeRuneInString(s[t.End:])
		if unicode.IsSpace(before) && unicode.IsSpace(after) {
			return markGap
		}
		return softGap
	case `"`, "'", "*", "_", "/", "·", "《", "》", "〈", "〉":
		return softGap
	case ",", "、":
		return markGap
	}
	return stopGap
}
