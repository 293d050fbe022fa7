//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// data is the texts of one size and what to ask of them.
type data struct {
	name    string
	tsv     string
	queries map[string][]string // near, heldout, exact, conc_en, conc_ru, conc_zh
}

var counts = map[string]int{"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}

// prepareData makes the texts of a size where they are not there yet.
func prepareData(ctx context.Context, o *options, size string) (*data, error) {
	n, ok := counts[size]
	if !ok {
		return nil, fmt.Errorf("sizes are 10k, 100k, 1m and 10m")
	}
	d := &data{name: "real segments, varied beyond 400,000", tsv: filepath.Join(o.dir, size+".tsv")}
	maker := filepath.Join(o.shared, "make_sizes.py")
	if _, err := os.Stat(maker); o.shared == "" || err != nil {
		d.name, d.tsv = "made-up words", filepath.Join(o.dir, "made-up-"+size+".tsv")
		d.queries, err = makeUp(d.tsv, n)
		return d, err
	}
	if _, err := os.Stat(d.tsv); err != nil {
		args := []string{maker, o.dir}
		if size == "10m" {
			args = append(args, "10m")
		}
		c := exec.CommandContext(ctx, "python3", args...)
		c.Stdout, c.Stderr = os.Stderr, os.Stderr
		if err := c.Run(); err != nil {
			return nil, err
		}
	}
	raw, err := os.ReadFile(filepath.Join(o.shared, "queries.json"))
	if err == nil {
		err = json.Unmarshal(raw, &d.queries)
	}
	return d, err
}

// makeUp writes n units of made-up words, whose frequencies are those of a
// natural language, and gives queries for them.
func makeUp(path string, n int) (map[string][]string, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := rand.New(rand.NewSource(1))
	voices := []*voice{
		newVoice(r, []rune("etaoinshrdlucmfwygpbvkxqjz"), " ", 2, 9),
		newVoice(r, []rune("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф"), " ", 2, 10),
		newVoice(r, han(3000), "", 1, 3),
	}
	q := map[string][]string{}
	out := bufio.NewWriter(f)
	for i := range n + 500 {
		var cells []string
		words := 2 + int(r.ExpFloat64()*9)
		for k, v := range voices {
			cells = append(cells, v.sentence(words))
			if i%(n/500+1) == 0 {
				kind := []string{"conc_en", "conc_ru", "conc_zh"}[k]
				q[kind] = append(q[kind], v.word())
			}
		}
		if i >= n {
			q["heldout"] = append(q["heldout"], cells[0])
			continue
		}
		if i%(n/500+1) == 0 {
			q["exact"] = append(q["exact"], cells[0])
			q["near"] = append(q["near"], strings.Replace(cells[0], " ", " "+voices[0].word()+" ", 1))
		}
		if _, err := fmt.Fprintln(out, strings.Join(cells, "\t")); err != nil {
			return nil, err
		}
	}
	return q, out.Flush()
}

func han(n int) []rune {
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(0x4e00 + i)
	}
	return out
}

// voice makes up text in one language.
type voice struct {
	r     *rand.Rand
	z     *rand.Zipf
	words []string
	space string
}

func newVoice(r *rand.Rand, letters []rune, space string, least, most int) *voice {
	v := &voice{r: r, z: rand.NewZipf(r, 1.1, 4, 29999), words: make([]string, 30000), space: space}
	for i := range v.words {
		var b strings.Builder
		for range least + r.Intn(most-least+1) {
			at := int(r.ExpFloat64() * float64(len(letters)) / 4)
			b.WriteRune(letters[min(at, len(letters)-1)])
		}
		v.words[i] = b.String()
	}
	return v
}

func (v *voice) word() string { return v.words[v.z.Uint64()] }

func (v *voice) sentence(words int) string {
	parts := make([]string, words)
	for i := range parts {
		parts[i] = v.word()
	}
	return strings.Join(parts, v.space)
}
