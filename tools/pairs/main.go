// Command pairs compares pairs of texts and writes what it flags, a JSON
// object a line, for a scorer to judge:
//
//	go run ./tools/pairs FILE.jsonl > flags.jsonl
//
// A line of FILE has id, lang, a, b and may have a_lang, src and src_lang.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/text"
)

type pair struct {
	ID      string  `json:"id"`
	View    string  `json:"view"`
	Lang    string  `json:"lang"`
	ALang   string  `json:"a_lang"`
	A       string  `json:"a"`
	B       string  `json:"b"`
	Src     *string `json:"src"`
	SrcLang string  `json:"src_lang"`
}

type flag struct {
	Cat     string  `json:"cat"`
	Sev     string  `json:"sev"`
	A       *[2]int `json:"a"`
	B       *[2]int `json:"b"`
	Message string  `json:"message"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pairs FILE.jsonl")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "pairs:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<26)
	var pairs []pair
	for sc.Scan() {
		var p pair
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, len(pairs)+1, err)
		}
		pairs = append(pairs, p)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	out := make([][]byte, len(pairs))
	var wg sync.WaitGroup
	n := runtime.NumCPU()
	for w := range n {
		wg.Go(func() {
			for i := w; i < len(pairs); i += n {
				out[i] = judge(&pairs[i])
			}
		})
	}
	wg.Wait()
	w := bufio.NewWriter(os.Stdout)
	for _, line := range out {
		w.Write(line)
		w.WriteByte('\n')
	}
	return w.Flush()
}

func judge(p *pair) []byte {
	a := compare.Text{Lang: bitext.Lang(p.Lang), Text: p.A}
	if p.ALang != "" {
		a.Lang = bitext.Lang(p.ALang)
	} else if p.Src != nil && *p.Src == p.A && p.SrcLang != "" {
		a.Lang = bitext.Lang(p.SrcLang)
	}
	b := compare.Text{Lang: bitext.Lang(p.Lang), Text: p.B}
	var src *compare.Text
	if p.Src != nil {
		src = &compare.Text{Lang: bitext.Lang(p.SrcLang), Text: *p.Src}
	}
	flags := []flag{}
	for _, f := range compare.Pair(a, b, src, compare.Options{}) {
		flags = append(flags, flag{string(f.Cat), f.Sev.String(), points(p.A, f.A), points(p.B, f.B), f.Message})
	}
	line, err := json.Marshal(map[string]any{"id": p.ID, "flags": flags})
	if err != nil {
		panic(err) // strings and numbers only
	}
	return line
}

// points turns byte offsets into offsets in code points.
func points(s string, b *[2]int) *[2]int {
	if b == nil {
		return nil
	}
	return &[2]int{text.RuneOffset(s, b[0]), text.RuneOffset(s, b[1])}
}
