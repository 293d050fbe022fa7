package compare

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

var (
	measureFrom  = flag.String("measure", "", "measure the words of the pairs in this file, which tools/dropped made")
	measureInto  = flag.String("into", "", "write what was measured to this file")
	measurePlain = flag.Bool("plain", false, "without the sources")
	measureCount = flag.Bool("count", false, "count how often each word lacks a counterpart where nothing was changed")
)

// madePair is a pair of tools/dropped: two renderings of a source, the second
// with something put in or taken out.
type madePair struct {
	ID, Lang, Src, A, B, From, Kind string
	SrcLang                         string `json:"src_lang"`
	Span                            [2]int
}

// part tells the pairs apart from which words are counted (0) and those from
// which the model is learnt, by the source.
func (m *madePair) part() uint32 { return crc32.ChecksumIEEE([]byte(m.Src)) & 0xffff % 3 }

func (m *madePair) pair(b string) *pair {
	var src *side
	if !*measurePlain {
		src = newSide(bitext.Lang(m.SrcLang), m.Src)
	}
	return newPair(newSide(bitext.Lang(m.Lang), m.A), newSide(bitext.Lang(m.Lang), b), src, nil)
}

// TestMeasure writes what tools/dropped/learn.py learns from: a line a word
// with "id, language, label, kind of change, word, features", or with -count
// "language, word, times met, times without counterpart".
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
	for sc.Scan() {
		var m madePair
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		switch {
		case *measureCount:
			if m.Kind == "none" && m.part() == 0 {
				m.count(counts)
			}
		case m.part() != 0 || m.ID != "":
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
