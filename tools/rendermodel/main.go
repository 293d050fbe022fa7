// Command rendermodel learns the weights of package rendering from terms with
// gold renderings (a file as eval renderings reads it) and says how well they
// do on documents that were kept from learning.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/evaluate"
	"sverka/internal/lexicon"
	"sverka/internal/rendering"
	"sverka/internal/vector"
)

func main() {
	log.SetFlags(0)
	out := flag.String("o", "", "write the weights learnt from all examples to `FILE`")
	noVectors := flag.Bool("no-vectors", false, "without vectors")
	noLexicon := flag.Bool("no-lexicon", false, "without the lexicon")
	pairs := flag.String("pairs", "", "further counts from `LANG-LANG=FILE.tsv,…`")
	halves := flag.Int("halves", 2, "learn from and try `N` halves, 0 for none")
	write := flag.String("write", "", "write what was found to `FOLDER`, a file a condition")
	noMap := flag.Bool("no-map", false, "without the map of words")
	seed := flag.Uint64("seed", 0, "learn from the examples in order `N`")
	dump := flag.String("dump", "", "write the pairs of sentences of -pairs as words to `FILE`.txt and .vec, for wordmap.py, and end")
	pairLimit := flag.Int("pair-limit", 30000, "read `N` pairs of each")
	flag.Parse()
	if *dump != "" {
		dumpPairs(*dump, *pairs, *pairLimit)
		return
	}
	if flag.NArg() != 1 {
		log.Fatal("usage: rendermodel [-o WEIGHTS] GOLD.jsonl")
	}
	f, err := os.Open(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	gold, err := evaluate.ReadRenderings(bufio.NewReader(f), flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	o := rendering.Options{Unturned: *noMap}
	if !*noVectors {
		o.Vectors = vector.Default()
	}
	if !*noLexicon {
		o.Lexicon = lexicon.Shipped()
	}
	found := heldOut(o, gold, *halves, *seed, *pairs, *pairLimit)
	for _, name := range []string{"plain", "counts", "more"} {
		if len(found[name]) == 0 {
			continue
		}
		fmt.Println(name, "(each half by the weights learnt from the other)")
		if err := evaluate.WriteRenderings(os.Stdout, evaluate.ScoreRenderings(gold, found[name])); err != nil {
			log.Fatal(err)
		}
	}
	if *write != "" {
		for name, spans := range found {
			if err := writeFound(filepath.Join(*write, name+".jsonl"), gold, spans); err != nil {
				log.Fatal(err)
			}
		}
	}
	if *out == "" {
		return
	}
	l := teach(o, gold, *seed, os.Stderr, *pairs, *pairLimit/3)
	w, err := os.Create(*out)
	if err != nil {
		log.Fatal(err)
	}
	if err := l.Write(w); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
}

// heldOut finds the renderings of each half of the documents by the weights
// learnt from the other: without counts, with those of the half, and with
// those of further pairs.
func heldOut(o rendering.Options, gold []evaluate.RenderingGold, halves int, seed uint64, pairs string, pairLimit int) map[string]map[string][][2]int {
	found := map[string]map[string][][2]int{"plain": {}, "counts": {}, "more": {}}
	for half := range halves {
		var learn, test []evaluate.RenderingGold
		for _, g := range gold {
			if document(g.ID)%2 == half {
				learn = append(learn, g)
			} else {
				test = append(test, g)
			}
		}
		l := teach(o, learn, seed, io.Discard, pairs, pairLimit/3)
		all := rendering.NewLearning(o, examples(gold), io.Discard)
		all.Take(l)
		all.Count(nil)
		spotAll(all, test, nil, found["plain"])
		t := all.Tally()
		spotAll(all, test, t, found["counts"])
		if pairs != "" {
			more := all.Tally()
			addPairs(more, all, pairs, pairLimit)
			spotAll(all, test, more, found["more"])
		}
	}
	return found
}

func writeFound(path string, gold []evaluate.RenderingGold, found map[string][][2]int) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, g := range gold {
		spans := found[g.ID]
		if spans == nil {
			spans = [][2]int{}
		}
		if err := enc.Encode(map[string]any{"id": g.ID, "spans": spans}); err != nil {
			return err
		}
	}
	return os.WriteFile(path, b.Bytes(), 0o666)
}

// document gives the number of an item's document: what stands before the
// sentence's own three figures.
func document(id string) int {
	sum := 0
	for _, c := range strings.SplitN(id, "-", 2)[0][:min(6, len(id))] {
		sum = sum*31 + int(c)
	}
	return (sum>>3 ^ sum) & 0xffff
}

// teach learns without counts, with those of the examples' own pairs, and with
// those of further pairs.
func teach(o rendering.Options, gold []evaluate.RenderingGold, seed uint64, to io.Writer, pairs string, limit int) *rendering.Learning {
	l := rendering.NewLearning(o, examples(gold), to)
	l.Seed = seed
	l.Cells()
	tallies := []*rendering.Tally{l.Tally()}
	if pairs != "" {
		more := l.Tally()
		addPairs(more, l, pairs, limit)
		tallies = append(tallies, more)
	}
	l.Cells(tallies...)
	tallies = append(tallies, nil)
	l.Words(tallies...)
	l.Trust(strangers(gold), tallies...)
	return l
}

// strangers gives every fourth example a target that has nothing to do with it,
// so that the model learns when to abstain.
func strangers(gold []evaluate.RenderingGold) []rendering.Example {
	var out []rendering.Example
	for i, e := range examples(gold) {
		if i%4 != 0 {
			continue
		}
		for k := 1; k < len(gold); k++ {
			o := gold[(i+997*k)%len(gold)]
			if o.To == e.Target.Lang && o.Source != e.Source.Text {
				e.Target.Text, e.Gold = o.Target, nil
				out = append(out, e)
				break
			}
		}
	}
	return out
}

func examples(gold []evaluate.RenderingGold) []rendering.Example {
	out := make([]rendering.Example, len(gold))
	for i, g := range gold {
		out[i] = rendering.Example{
			Source: rendering.Sentence{Lang: g.From, Text: g.Source}, Target: rendering.Sentence{Lang: g.To, Text: g.Target},
			Term: [][2]int{g.TermSpan}, Gold: g.Gold,
		}
	}
	return out
}

func spotAll(l *rendering.Learning, gold []evaluate.RenderingGold, counts *rendering.Tally, found map[string][][2]int) {
	l.Count(counts)
	for i, e := range examples(gold) {
		r, ok := l.Spot(e)
		if ok {
			found[gold[i].ID] = r.Spans
		}
	}
}

func addPairs(t *rendering.Tally, l *rendering.Learning, spec string, limit int) {
	l.Count(nil)
	s := l.Spotter()
	for _, p := range readPairs(spec, limit) {
		t.Add(s, s.Read(p[0].Lang, p[0].Text), s.Read(p[1].Lang, p[1].Text))
	}
}

// readPairs reads at most limit pairs of each of LANG-LANG=FILE.tsv,…
func readPairs(spec string, limit int) (out [][2]rendering.Sentence) {
	for one := range strings.SplitSeq(spec, ",") {
		langs, path, _ := strings.Cut(one, "=")
		from, to, _ := strings.Cut(langs, "-")
		f, err := os.Open(path)
		if err != nil {
			log.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(make([]byte, 1<<16), 1<<22)
		for n := 0; n < limit && in.Scan(); {
			a, b, ok := strings.Cut(in.Text(), "\t")
			if !ok {
				continue
			}
			n++
			out = append(out, [2]rendering.Sentence{{Lang: bitext.Lang(from), Text: a}, {Lang: bitext.Lang(to), Text: b}})
		}
		f.Close()
	}
	return out
}

// dumpPairs writes pairs with the vectors as they are before the map.
func dumpPairs(path, spec string, limit int) {
	lines, err := os.Create(path + ".txt")
	if err != nil {
		log.Fatal(err)
	}
	vectors, err := os.Create(path + ".vec")
	if err != nil {
		log.Fatal(err)
	}
	s := rendering.New(rendering.Options{Vectors: vector.Default(), Unturned: true})
	if err := s.Dump(lines, vectors, readPairs(spec, limit)); err != nil {
		log.Fatal(err)
	}
	if err := errors.Join(lines.Close(), vectors.Close()); err != nil {
		log.Fatal(err)
	}
}
