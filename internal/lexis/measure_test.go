package lexis

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// benchPair is a line of the development set of competing translations.
type benchPair struct {
	ID       string   `json:"id"`
	Lang     string   `json:"lang"`
	SrcLang  string   `json:"src_lang"`
	A        string   `json:"a"`
	B        string   `json:"b"`
	Label    string   `json:"label"`
	Category string   `json:"category"`
	ASpans   [][2]int `json:"a_spans"`
	BSpans   [][2]int `json:"b_spans"`
	View     string   `json:"view"`
	Verified string   `json:"verified"`
}

func readBench(t *testing.T) []benchPair {
	t.Helper()
	dir := os.Getenv("SVERKA_EVAL")
	if dir == "" {
		t.Skip("SVERKA_EVAL is not set: no development data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "compare", "bench_dev.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	var all []benchPair
	for line := range bytes.Lines(data) {
		var p benchPair
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// unmatched pairs items of equal norm and gives those left over; a weak item
// is never left over, but may answer a strong one.
func unmatched(as, bs []Item) (onlyA, onlyB []Item) {
	count := map[string]int{}
	for _, b := range bs {
		count[b.Norm]++
	}
	seen := map[string]int{}
	for _, a := range as {
		if seen[a.Norm]++; seen[a.Norm] > count[a.Norm] && !a.Weak {
			onlyA = append(onlyA, a)
		}
	}
	clear(count)
	for _, a := range as {
		count[a.Norm]++
	}
	clear(seen)
	for _, b := range bs {
		if seen[b.Norm]++; seen[b.Norm] > count[b.Norm] && !b.Weak {
			onlyB = append(onlyB, b)
		}
	}
	return onlyA, onlyB
}

// categories are the kinds that show each category of discrepancy.
var categories = map[string][]Kind{"number": numericKinds, "date": numericKinds, "name": {Name},
	"negation": {Negation}, "modality": {Modality}, "quote": {Title}}

func numericItems(lang, s string) []Item {
	return ScanKinds(bitext.Lang(lang), s, numericKinds...)
}

func touches(s string, items []Item, spans [][2]int) bool {
	for _, it := range items {
		from, to := text.RuneOffset(s, it.Start), text.RuneOffset(s, it.End)
		for _, p := range spans {
			if from <= p[1] && p[0] <= to {
				return true
			}
		}
	}
	return false
}

// TestMeasure prints how the numeric kinds do on the development set: the share
// of changed numbers and dates that change a norm at their place, and of clean
// paraphrases whose norms are the same. LEXIS_SHOW=view/category/lang lists
// what fails.
func TestMeasure(t *testing.T) {
	type cell struct{ n, hit, placed int }
	cells := map[string]*cell{}
	show := os.Getenv("LEXIS_SHOW")
	for _, p := range readBench(t) {
		key := ""
		switch {
		case p.Label == "discrepancy" && categories[p.Category] != nil:
			key = p.View + "/" + p.Category + "/" + p.Lang
		case p.Label == "paraphrase" && (p.Verified == "clean" || p.Verified == "mqm" || strings.HasSuffix(p.View, "trivial")):
			key = p.View + "/silence/" + p.Lang
		default:
			continue
		}
		la := p.Lang
		if p.View[0] == 'x' {
			la = p.SrcLang
		}
		which := numericKinds
		if p.Label == "discrepancy" {
			which = categories[p.Category]
		}
		onlyA, onlyB := unmatched(ScanKinds(bitext.Lang(la), p.A, which...), ScanKinds(bitext.Lang(p.Lang), p.B, which...))
		c := cells[key]
		if c == nil {
			c = &cell{}
			cells[key] = c
		}
		c.n++
		differs := len(onlyA)+len(onlyB) > 0
		placed := touches(p.A, onlyA, p.ASpans) || touches(p.B, onlyB, p.BSpans)
		good := placed
		if p.Label == "paraphrase" {
			good = !differs
		}
		if differs {
			c.hit++
		}
		if good {
			c.placed++
		} else if show == key {
			fmt.Printf("%s %v\n  A %s %v\n  B %s %v\n", p.ID, differs, p.A, norms(onlyA), p.B, norms(onlyB))
		}
	}
	var keys []string
	for k := range cells {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		c := cells[k]
		t.Logf("%-26s %4d pairs, good %5.1f %% (differ %5.1f %%)", k, c.n, 100*float64(c.placed)/float64(c.n), 100*float64(c.hit)/float64(c.n))
	}
}

func norms(items []Item) []string {
	var all []string
	for _, it := range items {
		all = append(all, it.Norm)
	}
	return all
}

// TestMeasurePairs prints for a file of sentence pairs (LEXIS_PAIRS: a
// tab-separated file named ….LANG-LANG.…) how often the numbers agree.
func TestMeasurePairs(t *testing.T) {
	path := os.Getenv("LEXIS_PAIRS")
	if path == "" {
		t.Skip("LEXIS_PAIRS is not set")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var la, lb string
	for _, part := range strings.Split(filepath.Base(path), ".") {
		if a, b, ok := strings.Cut(part, "-"); ok {
			la, lb = a, b
		}
	}
	n, some, equal := 0, 0, 0
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		a, b, _ := strings.Cut(sc.Text(), "\t")
		n++
		ia, ib := numericItems(la, a), numericItems(lb, b)
		onlyA, onlyB := unmatched(ia, ib)
		if len(norms(ia))+len(norms(ib)) == 0 {
			continue
		}
		some++
		if len(onlyA)+len(onlyB) == 0 {
			equal++
		} else if os.Getenv("LEXIS_SHOW") != "" {
			fmt.Printf("  A %s %v\n  B %s %v\n", a, norms(onlyA), b, norms(onlyB))
		}
	}
	t.Logf("%s: %d pairs, %d with numbers, norms equal in %.1f %% of them", filepath.Base(path), n, some, 100*float64(equal)/float64(max(some, 1)))
}
