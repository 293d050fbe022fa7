//go:build linux

// Bench measures the memory at several sizes: how quick an import is and how
// large the file, what a lookup and a search cost from cold and warm, beside
// comparing with every text, which also shows that nothing is missed. Run by
// `make bench`; it writes what it measured to doc/performance.json and, as a
// page, to doc/performance.md. Sizes that are not measured keep their figures.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sverka/internal/tm"
)

// result is what was measured at one size.
type result struct {
	Size    string
	Data    string // where the texts come from
	Units   int
	Texts   int // variants
	Bytes   int // of all texts
	File    int64
	Imports []importResult
	Warm    []latency
	Cold    []latency
	Brute   *bruteResult
	Machine string
	Note    string `json:",omitempty"` // what is to be known of the figures
	CacheMB int64  `json:",omitempty"` // that lookup might keep; 0: the program's default
}

// importResult is what one import cost.
type importResult struct {
	Format    string
	Units     int
	Wall, CPU float64 // seconds
	MB        int64   // of memory at most
}

// latency is what one kind of query cost, in milliseconds of processor time.
type latency struct {
	Kind           string
	N              int
	P50, P95, Most float64
	Found          int
}

type bruteResult struct {
	latency
	Missed int // matches that lookup should have found and did not
}

type options struct {
	dir, sizes, shared, out string
	brute, cold, queries    int
	cache                   int64
	keep                    bool
}

func main() {
	var o options
	flag.StringVar(&o.sizes, "sizes", "10k,100k", "sizes to measure: 10k, 100k, 1m, 10m; none: only write the page anew")
	flag.StringVar(&o.dir, "dir", "out/bench", "folder for texts and memories")
	flag.StringVar(&o.shared, "data", "", "folder with make_sizes.py and queries.json; without it texts are made up")
	flag.StringVar(&o.out, "o", "doc/performance", "write FILE.json and FILE.md")
	flag.IntVar(&o.brute, "brute", 40, "queries that are compared with every text")
	flag.IntVar(&o.cold, "cold", 40, "queries that are asked of a new process each")
	flag.IntVar(&o.queries, "queries", 0, "at most so many lookups of each kind, evenly taken; 0: all")
	flag.Int64Var(&o.cache, "cache", 0, "MiB that lookup may keep in memory; 0: the program's default")
	flag.BoolVar(&o.keep, "keep", false, "use memories that are there from an earlier run, and leave them")
	flag.Parse()
	if err := run(context.Background(), &o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o *options, args []string) error {
	if len(args) > 0 {
		return child(ctx, args) // this program, called by itself
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	if o.sizes == "" {
		return record(o.out, nil)
	}
	for _, size := range strings.Split(o.sizes, ",") {
		r, err := measure(ctx, o, size)
		if err != nil {
			return fmt.Errorf("%s: %w", size, err)
		}
		if err := record(o.out, r); err != nil {
			return err
		}
	}
	return nil
}

// record puts r in the place of what was measured at its size before.
func record(out string, r *result) error {
	var all []*result
	data, err := os.ReadFile(out + ".json")
	if err == nil {
		err = json.Unmarshal(data, &all)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return err
	}
	if r != nil {
		all = replaced(all, r)
	}
	if data, err = json.MarshalIndent(all, "", " "); err != nil {
		return err
	}
	if err := os.WriteFile(out+".json", append(data, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(out+".md", []byte(page(all)), 0o644)
}

func replaced(all []*result, r *result) []*result {
	all = slices.DeleteFunc(all, func(x *result) bool {
		if x.Size == r.Size && len(r.Imports) == 0 {
			r.Imports, r.Note = x.Imports, x.Note // of the memory that was kept
		}
		return x.Size == r.Size
	})
	all = append(all, r)
	slices.SortFunc(all, func(x, y *result) int { return counts[x.Size] - counts[y.Size] })
	return all
}

func measure(ctx context.Context, o *options, size string) (*result, error) {
	d, err := prepareData(ctx, o, size)
	if err != nil {
		return nil, err
	}
	r := &result{Size: size, Data: d.name, Machine: machine(), CacheMB: o.cache}
	if o.queries > 0 {
		for _, kind := range []string{"near", "heldout", "exact"} {
			d.queries[kind] = spread(d.queries[kind], o.queries)
		}
	}
	memory := filepath.Join(o.dir, size+".db")
	if !o.keep {
		defer removeMemory(memory)
	}
	if _, err := os.Stat(memory); err != nil || !o.keep {
		if err := imports(ctx, o, d, memory, r); err != nil {
			return nil, err
		}
	}
	if info, err := os.Stat(memory); err == nil {
		r.File = info.Size()
	}
	if err := cold(ctx, o, d, memory, r); err != nil {
		return nil, err
	}
	store, err := tm.Open(ctx, memory, tm.Options{ReadOnly: true, CacheBytes: o.cache << 20})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if err := texts(ctx, store, r); err != nil {
		return nil, err
	}
	return r, warm(ctx, o, store, d, r)
}

// spread takes n of the texts, evenly.
func spread(all []string, n int) []string {
	if n >= len(all) {
		return all
	}
	out := make([]string, n)
	for i := range out {
		out[i] = all[i*len(all)/n]
	}
	return out
}

func removeMemory(path string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + end)
	}
}

// machine names the processor.
func machine() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
