package compare

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

var learnParaphrase = flag.String("paraphrase", "", "learn data/paraphrase.txt.gz from the pairs in this folder: pairs.ru-en.tsv, pairs.zh-en.tsv and pairs.ru-zh.tsv")

const (
	paraphrasePairs  = 8   // pairs of renderings of a source
	paraphraseRounds = 5   // of expectation and maximization
	paraphraseLeast  = 1.5 // sources in which a word stands for another
	paraphraseFloor  = 0.05
	paraphraseNone   = 2.0 // words' worth of nothing
)

// residue is what two renderings have each for itself.
type residue struct {
	a, b   []int32
	weight float32
}

// TestLearnParaphrase learns which words stand for each other in two
// renderings of one source: model 1 (Brown et al., 1993) over the words that
// either has for itself.
func TestLearnParaphrase(t *testing.T) {
	if *learnParaphrase == "" {
		t.Skip("-paraphrase names no folder")
	}
	without := make(map[string]bool)
	if *tornWithout != "" {
		for _, s := range lines(t, *tornWithout) {
			without[s] = true
		}
	}
	out, err := os.Create("data/paraphrase.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	w := bufio.NewWriter(z)
	defer w.Flush()
	for _, lang := range bitext.Langs {
		groups := make(map[string][]string)
		for _, file := range []string{"ru-en", "zh-en", "ru-zh"} {
			for side := range 2 {
				if file[3-3*side:5-3*side] == string(lang) {
					readGroups(t, file, side, without, groups)
				}
			}
		}
		learnParaphrases(t, lang, groups, w)
	}
}

func readGroups(t *testing.T, file string, side int, without map[string]bool, groups map[string][]string) {
	for _, line := range lines(t, *learnParaphrase+"/pairs."+file+".tsv") {
		x, y, _ := strings.Cut(line, "\t")
		x, y = strings.TrimSpace(x), strings.TrimSpace(y)
		if without[x] || without[y] || len(x) > 1200 || len(y) > 1200 {
			continue
		}
		if side == 1 {
			x, y = y, x
		}
		if !slices.Contains(groups[file+x], y) {
			groups[file+x] = append(groups[file+x], y)
		}
	}
}

func hashOf(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

func learnParaphrases(t *testing.T, lang bitext.Lang, groups map[string][]string, w *bufio.Writer) {
	var words []string
	ids := make(map[string]int32)
	var all []residue
	for _, src := range slices.Sorted(maps.Keys(groups)) {
		texts := groups[src]
		if len(texts) < 2 {
			continue
		}
		slices.SortFunc(texts, func(x, y string) int { return cmp.Compare(hashOf(x), hashOf(y)) })
		var sets [][]int32
		for _, s := range texts[:min(len(texts), paraphrasePairs)] {
			d := newSide(lang, s)
			d.embed(vector.Default())
			var set []int32
			for _, g := range d.words() {
				if d.units[g.head].item >= 0 {
					continue
				}
				k := paraphraseKey(d, g)
				id, ok := ids[k]
				if !ok {
					id = int32(len(words))
					ids[k] = id
					words = append(words, k)
				}
				set = append(set, id)
			}
			slices.Sort(set)
			sets = append(sets, slices.Compact(set))
		}
		var here []residue
		for i := range sets {
			for j := i + 1; j < len(sets) && j <= i+2; j++ {
				a, b := without32(sets[i], sets[j]), without32(sets[j], sets[i])
				if len(a) > 0 && len(b) > 0 && len(a)+len(b) < len(sets[i])+len(sets[j])*2/3 {
					here = append(here, residue{a, b, 1}, residue{b, a, 1})
				}
			}
		}
		for i := range here {
			here[i].weight = 2 / float32(len(here))
		}
		all = append(all, here...)
	}
	prob := modelOne(all)
	count := make(map[[2]int32]float32)
	met := make(map[int32]float32)
	expect(all, prob, count, met)
	n := 0
	maps.DeleteFunc(count, func(k [2]int32, _ float32) bool { return k[0] < 0 })
	for _, k := range slices.SortedFunc(maps.Keys(count), func(x, y [2]int32) int {
		return cmp.Or(cmp.Compare(words[x[0]], words[y[0]]), cmp.Compare(words[x[1]], words[y[1]]))
	}) {
		back := [2]int32{k[1], k[0]}
		p := max(count[k]/met[k[0]], count[back]/met[k[1]])
		if max(count[k], count[back]) >= paraphraseLeast && p >= paraphraseFloor {
			fmt.Fprintf(w, "%s\t%s\t%s\t%.0f\n", lang, words[k[0]], words[k[1]], p*100)
			n++
		}
	}
	t.Logf("%s: %d groups, %d pairs, %d words, %d paraphrases", lang, len(groups), len(all), len(words), n)
}

func without32(a, b []int32) []int32 {
	var out []int32
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			out = append(out, x)
		}
	}
	return out
}

// expect counts how often each word of the first texts stands for one of the
// second; met is how often it is met.
func expect(all []residue, prob map[[2]int32]float32, count map[[2]int32]float32, met map[int32]float32) {
	var share []float32
	for _, r := range all {
		for _, s := range r.a {
			met[s] += r.weight
		}
		for _, w := range r.b {
			share = share[:0]
			none := prob[[2]int32{-1, w}] * paraphraseNone
			sum := none
			for _, s := range r.a {
				p := prob[[2]int32{s, w}]
				share = append(share, p)
				sum += p
			}
			if sum == 0 {
				continue
			}
			count[[2]int32{-1, w}] += r.weight * none / sum
			met[-1] += r.weight * none / sum
			for k, s := range r.a {
				if q := share[k] / sum; q > 1e-3 {
					count[[2]int32{s, w}] += r.weight * q
				}
			}
		}
	}
}

func modelOne(all []residue) map[[2]int32]float32 {
	prob := make(map[[2]int32]float32)
	for _, r := range all {
		for _, w := range r.b {
			prob[[2]int32{-1, w}] = 1
			for _, s := range r.a {
				prob[[2]int32{s, w}] = 1
			}
		}
	}
	for range paraphraseRounds {
		count, met := make(map[[2]int32]float32), make(map[int32]float32)
		expect(all, prob, count, met)
		total := make(map[int32]float32)
		for k, c := range count {
			total[k[0]] += c
		}
		for k, c := range count {
			// A word met once or twice does not know yet what it stands for.
			count[k] = c / (total[k[0]] + 1)
		}
		prob = count
	}
	return prob
}

func TestParaphrasesParse(t *testing.T) {
	if p := paraphrases()["en beat"]["defeat"]; p <= 0 || p > 1 {
		t.Errorf("beat stands for defeat: %v", p)
	}
	for _, bad := range []string{"en\tone\ttwo\n", "en\tone\ttwo\tmany\n", "en\tone\ttwo\t101\n"} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(bad))
		z.Close()
		if _, err := parseParaphrases(b.Bytes()); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
