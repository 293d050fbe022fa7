//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/tm"
)

// child does what the program asks of a process of its own, so that its memory
// and its cold start can be measured:
//
//	import FORMAT FILE MEMORY
//	lookup MEMORY TEXT
func child(ctx context.Context, args []string) error {
	switch {
	case args[0] == "import" && len(args) == 4:
		return importFile(ctx, exchange.Format(args[1]), args[2], args[3])
	case args[0] == "lookup" && len(args) == 3:
		store, err := tm.Open(ctx, args[1], tm.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		_, err = store.Lookup(ctx, tm.LookupQuery{Text: args[2], From: []bitext.Lang{"en"}})
		return errors.Join(err, store.Close())
	}
	return fmt.Errorf("unknown arguments %q", args)
}

func importFile(ctx context.Context, format exchange.Format, file, memory string) error {
	start := time.Now()
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	store, err := tm.Open(ctx, memory, tm.Options{})
	if err != nil {
		return err
	}
	skipped := func(yield func(bitext.Unit, error) bool) {
		for u, err := range exchange.Read(in, format, file, exchange.ReadOptions{Columns: []string{"en", "ru", "zh"}}) {
			var skip *exchange.SkipError
			if errors.As(err, &skip) {
				continue
			}
			if !yield(u, err) {
				return
			}
		}
	}
	res, err := store.Import(ctx, skipped, tm.ImportOptions{})
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(importResult{Units: res.Read, Wall: time.Since(start).Seconds()})
}

// self runs this program with the given arguments and gives what it wrote and
// used.
func self(ctx context.Context, args ...string) ([]byte, *os.ProcessState, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	c := exec.CommandContext(ctx, path, args...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, os.Stderr
	err = c.Run()
	return out.Bytes(), c.ProcessState, err
}

// imports measures the import from TSV and, but for the largest size, TMX.
func imports(ctx context.Context, o *options, d *data, memory string, r *result) error {
	files := []struct{ format, path string }{{"tsv", d.tsv}}
	if r.Size != "10m" {
		tmx := filepath.Join(o.dir, r.Size+".tmx")
		if err := writeTMX(d.tsv, tmx); err != nil {
			return err
		}
		defer os.Remove(tmx)
		files = append([]struct{ format, path string }{{"tmx", tmx}}, files...)
	}
	for _, f := range files {
		removeMemory(memory)
		out, state, err := self(ctx, "import", f.format, f.path, memory)
		if err != nil {
			return err
		}
		var i importResult
		if err := json.Unmarshal(out, &i); err != nil {
			return err
		}
		i.Format, i.CPU = f.format, (state.UserTime() + state.SystemTime()).Seconds()
		if use, ok := state.SysUsage().(*syscall.Rusage); ok {
			i.MB = use.Maxrss >> 10
		}
		fmt.Fprintf(os.Stderr, "%s from %s: %.0f units a second of processor time, %.0f by the clock\n",
			r.Size, f.format, float64(i.Units)/i.CPU, float64(i.Units)/i.Wall)
		r.Imports = append(r.Imports, i)
	}
	return nil
}

func writeTMX(tsv, tmx string) error {
	in, err := os.Open(tsv)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(tmx)
	if err != nil {
		return err
	}
	units := exchange.Read(in, "tsv", tsv, exchange.ReadOptions{Columns: []string{"en", "ru", "zh"}})
	usable := func(yield func(bitext.Unit, error) bool) {
		for u, err := range units {
			if err == nil && !yield(u, nil) {
				return
			}
		}
	}
	_, err = exchange.Write(out, "tmx", usable, exchange.WriteOptions{})
	return errors.Join(err, out.Close())
}

// cold asks single questions of new processes.
func cold(ctx context.Context, o *options, d *data, memory string, r *result) error {
	var times []time.Duration
	all := append(append([]string(nil), d.queries["near"]...), d.queries["heldout"]...)
	for i := 0; i < o.cold; i++ {
		_, state, err := self(ctx, "lookup", memory, all[i*len(all)/o.cold])
		if err != nil {
			return err
		}
		times = append(times, state.UserTime()+state.SystemTime())
	}
	r.Cold = append(r.Cold, latencyOf("lookup ≥ 70 %, a new process each", times, 0))
	return nil
}

// threadTime is the processor time that the thread has used.
func threadTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// timed gives what f costs each of n times, in processor time of its thread.
func timed(n int, f func(i int) error) ([]time.Duration, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var out []time.Duration
	for i := range n {
		start := threadTime()
		if err := f(i); err != nil {
			return nil, err
		}
		out = append(out, threadTime()-start)
	}
	return out, nil
}

func latencyOf(kind string, times []time.Duration, found int) latency {
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	l := latency{Kind: kind, N: len(times), Found: found}
	if n := len(times); n > 0 {
		l.P50, l.P95, l.Most = ms(times[n/2]), ms(times[n*95/100]), ms(times[n-1])
	}
	fmt.Fprintf(os.Stderr, "  %s: %.2f / %.2f / %.2f ms\n", kind, l.P50, l.P95, l.Most)
	return l
}

// texts counts what the memory holds.
func texts(ctx context.Context, store *tm.Store, r *result) error {
	for u, err := range store.Units(ctx, tm.Filter{}) {
		if err != nil {
			return err
		}
		r.Units++
		for i := range u.Variants {
			r.Texts++
			r.Bytes += len(u.Variants[i].Text)
		}
	}
	return nil
}
