package compare

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

var (
	measureFrom  = flag.String("measure", "", "measure the words of the pairs in this file, which tools/dropped made")
	measureInto  = flag.String("into", "", "write what was measured to this file")
	measurePlain = flag.Bool("plain", false, "without the sources")
	measureSeams = flag.String("seams", "", "count what follows what in the sentences of -measure, a line each, of this language")
	measureCount = flag.Bool("count", false, "count how often each word lacks a counterpart where nothing was changed")
)

// madePair is a pair of tools/dropped: two renderings of a source, the second
// with something put in or taken out.
type madePair struct {
	ID, Lang, Src, A, B, From, Kind string
	SrcLang                         string `json:"src_lang"`
	Span                            [2]int
}

func (m *madePair) pair(b string) *pair {
	var src *side
	if !*measurePlain {
		src = newSide(bitext.Lang(m.SrcLang), m.Src)
	}
	return newPair(newSide(bitext.Lang(m.Lang), m.A), newSide(bitext.Lang(m.Lang), b), src, nil)
}

// TestMeasure writes what tools/dropped/learn.py learns from: a line a word
// with "id, language, label, kind of change, word, features", or with -count
// "language, word, times met, times without counterpart", with -seams the lines
// of data/seams.txt.
func TestMeasure(t *testing.T) {
	if *measureFrom == "" {
		t.Skip("-measure names no file")
	}
	in, err := os.Open(*measureFrom)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(*measureInto)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	counts := make(map[string][2]int)
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<24)
	if *measureSeams != "" {
		countSeams(sc, bitext.Lang(*measureSeams), w)
	}
	for sc.Scan() {
		var m madePair
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		switch {
		case *measureCount:
			if m.Kind == "none" {
				m.count(counts)
			}
		default:
			m.write(w)
		}
	}
	for k, c := range counts {
		fmt.Fprintf(w, "%s\t%d\t%d\n", k, c[0], c[1])
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

// countSeams writes the lines of data/seams.txt for a language: kinds of words
// that by chance would meet seamLeast times and do so less than once for four.
func countSeams(sc *bufio.Scanner, lang bitext.Lang, w io.Writer) {
	const seamLeast, seamMost, deepest = 15, -1.5, -5
	first, second, both, n := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}, 0.0
	for sc.Scan() {
		d := newSide(lang, sc.Text())
		for i := -1; i < len(d.units); i++ {
			x, y := d.kindOf(i), d.kindOf(i+1)
			first[x]++
			second[y]++
			both[[2]string{x, y}]++
			n++
		}
	}
	for _, x := range slices.Sorted(maps.Keys(first)) {
		for _, y := range slices.Sorted(maps.Keys(second)) {
			expected := first[x] * second[y] / n
			if v := math.Log((both[[2]string{x, y}] + 1) / (expected + 1)); expected >= seamLeast && v < seamMost {
				fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\n", lang, x, y, math.Max(v, deepest))
			}
		}
	}
}

// count counts the words of both renderings.
func (m *madePair) count(counts map[string][2]int) {
	p := m.pair(m.B)
	each := func(d *side, link []int) {
		for _, g := range d.words() {
			if d.units[g.head].item >= 0 {
				continue
			}
			k := m.Lang + "\t" + d.wordText(g)
			c := counts[k]
			c[0]++
			if link[g.head] < 0 {
				c[1]++
			}
			counts[k] = c
		}
	}
	each(p.a, p.link)
	each(p.b, p.back)
}

func (m *madePair) write(w io.Writer) {
	p := m.pair(m.B)
	for _, back := range []bool{false, true} {
		q := p.doubts(back)
		words := q.d.words()
		label := func(wordSpan) int { return 0 }
		switch {
		case m.Kind == "in" && back:
			label = func(g wordSpan) int { return m.touches(m.B, q.d, g) }
		case m.Kind == "out" && !back:
			label = m.lost()
		}
		for k, x := range q.measure() {
			if x == nil {
				continue
			}
			y := label(words[k])
			if y < 0 {
				continue
			}
			fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s", m.ID, m.Lang, y, m.Kind, strings.ReplaceAll(q.d.wordText(words[k]), "\t", " "))
			for _, f := range x {
				fmt.Fprintf(w, "\t%.4g", f)
			}
			fmt.Fprintln(w)
		}
	}
}

func (m *madePair) touches(s string, d *side, g wordSpan) int {
	from, to := text.RuneOffset(s, d.units[g.from].start), text.RuneOffset(s, d.units[g.to-1].end)
	if from < m.Span[1] && m.Span[0] < to {
		return 1
	}
	return 0
}

// lost labels the words of a that what was taken out rendered: by their links
// in the pair as it was; -1 where that cannot be known.
func (m *madePair) lost() func(wordSpan) int {
	p := m.pair(m.From)
	gone := make([]bool, len(p.b.units))
	for i := range p.b.units {
		gone[i] = p.b.units[i].content && m.touches(m.From, p.b, wordSpan{i, i + 1, i}) == 1
	}
	return func(g wordSpan) int {
		if j := p.link[g.head]; j >= 0 {
			return int(boolean(gone[j]))
		}
		best, at := 0.0, -1
		for j := range p.b.units {
			if p.b.units[j].content {
				if c := cosine(p.a, g.head, p.b, j); c > best {
					best, at = c, j
				}
			}
		}
		from, to := opposite(p.a, p.b, p.link, g.from, g.to)
		for j := from; j < to; j++ {
			if gone[j] {
				if best >= relatedWord && gone[at] {
					return 1
				}
				return -1
			}
		}
		return 0
	}
}

// relatedWord is the cosine from which an unlinked word is held to have
// rendered what was taken out.
const relatedWord = 0.35
