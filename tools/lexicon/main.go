// Command lexicon learns internal/lexicon/data/lexicon.bin from parallel text.
//
//	go run ./tools/lexicon -o internal/lexicon/data/lexicon.bin ru-en=FILE zh-en=FILE ru-zh=FILE
//
// A FILE has a sentence pair a line, parted by a tab, in the languages named.
// Word translation probabilities are IBM model 1 (Brown et al. 1993) over the
// sets of keys of the sentences, both ways, with an empty word; the result is
// cut to the likeliest renderings of each word.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

var (
	output  = flag.String("o", "lexicon.bin", "file to write")
	exclude = flag.String("exclude", "", "file of sentences, one a line, whose pairs are not learnt from")
	rounds  = flag.Int("rounds", 6, "rounds of expectation and maximization")
	least   = flag.Int("least", 4, "sentences that a word must stand in")
	keep    = flag.Int("keep", 10, "renderings kept for a word")
	floor   = flag.Float64("floor", 0.015, "least probability kept")
	repeat  = flag.Int("repeat", 4, "pairs kept of one and the same sentence")
)

var langs = []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese}

func main() {
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "lexicon:", err)
		os.Exit(1)
	}
}

// corpus is the sentence pairs of two languages as sets of keys.
type corpus struct {
	x, y        int // languages
	left, right [][]uint32
}

// vocabulary numbers the keys of a language.
type vocabulary struct {
	ids   map[string]uint32
	names []string
	df    []int
}

func (v *vocabulary) set(keys []string) []uint32 {
	seen := make(map[uint32]bool, len(keys))
	var out []uint32
	for _, k := range keys {
		id, ok := v.ids[k]
		if !ok {
			id = uint32(len(v.names))
			v.ids[k] = id
			v.names = append(v.names, k)
			v.df = append(v.df, 0)
		}
		if !seen[id] {
			seen[id] = true
			v.df[id]++
			out = append(out, id)
		}
	}
	return out
}

func run(args []string) error {
	var vocab [3]vocabulary
	for i := range vocab {
		vocab[i].ids = make(map[string]uint32)
	}
	banned, err := readBanned(*exclude)
	if err != nil {
		return err
	}
	var list []*corpus
	for _, a := range args {
		c, err := read(a, &vocab, banned)
		if err != nil {
			return err
		}
		list = append(list, c)
	}
	var tables [3][3]map[uint32][]entry
	for _, c := range list {
		prune(c, &vocab)
		tables[c.x][c.y] = learn(c.left, c.right)
		tables[c.y][c.x] = learn(c.right, c.left)
		fmt.Fprintf(os.Stderr, "%s-%s: %d pairs, %d and %d words\n", langs[c.x], langs[c.y], len(c.left),
			len(tables[c.x][c.y]), len(tables[c.y][c.x]))
	}
	return os.WriteFile(*output, encode(&vocab, &tables), 0o644)
}

func readBanned(path string) (map[string]bool, error) {
	out := make(map[string]bool)
	if path == "" {
		return out, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		out[normal(line)] = true
	}
	return out, nil
}

// normal is a sentence without what may differ between two copies of it.
func normal(s string) string {
	var b strings.Builder
	for _, t := range text.Tokenize(s) {
		if t.Kind != text.Punct {
			b.WriteString(text.Fold(s[t.Start:t.End]))
		}
	}
	return b.String()
}

func read(arg string, vocab *[3]vocabulary, banned map[string]bool) (*corpus, error) {
	name, path, _ := strings.Cut(arg, "=")
	first, second, _ := strings.Cut(name, "-")
	c := &corpus{x: slices.Index(langs, bitext.Lang(first)), y: slices.Index(langs, bitext.Lang(second))}
	if c.x < 0 || c.y < 0 {
		return nil, fmt.Errorf("%q does not name two known languages", arg)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	seen := make(map[string]int)
	dropped := 0
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		x, y, ok := strings.Cut(sc.Text(), "\t")
		nx, ny := normal(x), normal(y)
		if banned[nx] || banned[ny] {
			dropped++
			continue
		}
		if !ok || seen[nx] >= *repeat || seen[ny] >= *repeat {
			continue
		}
		seen[nx]++
		seen[ny]++
		c.left = append(c.left, vocab[c.x].set(lexicon.Keys(langs[c.x], x)))
		c.right = append(c.right, vocab[c.y].set(lexicon.Keys(langs[c.y], y)))
	}
	fmt.Fprintf(os.Stderr, "%s: %d pairs left out\n", arg, dropped)
	return c, sc.Err()
}

// prune drops words that are too rare to learn, or too common to mean much.
func prune(c *corpus, vocab *[3]vocabulary) {
	cut := func(sets [][]uint32, v *vocabulary) {
		df := make(map[uint32]int)
		for _, s := range sets {
			for _, id := range s {
				df[id]++
			}
		}
		for i, s := range sets {
			kept := s[:0]
			for _, id := range s {
				if n := df[id]; n >= *least && n < len(sets)/6 && len(v.names[id]) < 60 {
					kept = append(kept, id)
				}
			}
			sets[i] = kept
		}
	}
	cut(c.left, &vocab[c.x])
	cut(c.right, &vocab[c.y])
}

// entry is a rendering and its probability.
type entry struct {
	word uint32
	p    float64
}

// learn gives for each word of the first texts its renderings in the second.
func learn(from, to [][]uint32) map[uint32][]entry {
	const empty = 1<<32 - 1
	prob := make(map[uint64]float32)
	cell := func(s, t uint32) uint64 { return uint64(s)<<32 | uint64(t) }
	for i := range from {
		for _, s := range append(slices.Clone(from[i]), empty) {
			for _, t := range to[i] {
				prob[cell(s, t)] = 1
			}
		}
	}
	for round := range *rounds {
		count := make(map[uint64]float32, len(prob))
		total := make(map[uint32]float32)
		for i := range from {
			src := append(slices.Clone(from[i]), empty)
			share := make([]float32, len(src))
			for _, t := range to[i] {
				var sum float32
				for k, s := range src {
					share[k] = prob[cell(s, t)]
					sum += share[k]
				}
				if sum == 0 {
					continue
				}
				for k, s := range src {
					// What is too small to count is dropped, so that the tables shrink.
					if q := share[k] / sum; q > 1e-3 {
						count[cell(s, t)] += q
						total[s] += q
					}
				}
			}
		}
		for k, n := range count {
			count[k] = n / total[uint32(k>>32)]
		}
		prob = count
		fmt.Fprintf(os.Stderr, "round %d: %d cells\n", round+1, len(prob))
	}
	return cutEntries(prob, empty, from)
}

// cutEntries keeps the likeliest renderings. The probabilities of model 1 over
// sets are divided by the number of target words that a word accounts for.
func cutEntries(prob map[uint64]float32, empty uint32, from [][]uint32) map[uint32][]entry {
	out := make(map[uint32][]entry)
	for k, p := range prob {
		if s := uint32(k >> 32); s != empty && float64(p) >= *floor {
			out[s] = append(out[s], entry{uint32(k), float64(p)})
		}
	}
	for s, list := range out {
		slices.SortFunc(list, func(a, b entry) int {
			if c := cmp.Compare(b.p, a.p); c != 0 {
				return c
			}
			return cmp.Compare(a.word, b.word)
		})
		out[s] = list[:min(len(list), *keep)]
	}
	return out
}

// encode writes the tables as lexicon.Parse reads them.
func encode(vocab *[3]vocabulary, tables *[3][3]map[uint32][]entry) []byte {
	var out bytes.Buffer
	out.WriteString("svlex1\n")
	number := func(n int) { out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
	var renamed [3]map[uint32]uint16
	var order [3][]uint32
	for i := range vocab {
		order[i], renamed[i] = used(i, &vocab[i], tables)
		number(len(order[i]))
		for _, id := range order[i] {
			out.WriteByte(byte(len(vocab[i].names[id])))
			out.WriteString(vocab[i].names[id])
		}
	}
	for i := range tables {
		for j := range tables[i] {
			if i == j {
				continue
			}
			var offsets, entries []byte
			n := 0
			for _, id := range order[i] {
				offsets = binary.LittleEndian.AppendUint32(offsets, uint32(n))
				for _, e := range tables[i][j][id] {
					word, ok := renamed[j][e.word]
					if !ok {
						continue
					}
					entries = binary.LittleEndian.AppendUint16(entries, word)
					entries = append(entries, byte(min(255, math.Round(-math.Log(min(1, e.p))*40))))
					n++
				}
			}
			offsets = binary.LittleEndian.AppendUint32(offsets, uint32(n))
			number(n)
			out.Write(offsets)
			out.Write(entries)
		}
	}
	return out.Bytes()
}

// used numbers the words of language i that stand in a table, the commonest
// first, as many as two bytes can tell apart, in the order of their spelling.
func used(i int, v *vocabulary, tables *[3][3]map[uint32][]entry) ([]uint32, map[uint32]uint16) {
	in := make(map[uint32]bool)
	for j := range tables {
		for id := range tables[i][j] {
			in[id] = true
		}
		for _, list := range tables[j][i] {
			for _, e := range list {
				in[e.word] = true
			}
		}
	}
	var order []uint32
	for id := range in {
		order = append(order, id)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		if c := cmp.Compare(v.df[b], v.df[a]); c != 0 {
			return c
		}
		return strings.Compare(v.names[a], v.names[b])
	})
	order = order[:min(len(order), math.MaxUint16)]
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(v.names[a], v.names[b]) })
	ids := make(map[uint32]uint16, len(order))
	for k, id := range order {
		ids[id] = uint16(k)
	}
	return order, ids
}
