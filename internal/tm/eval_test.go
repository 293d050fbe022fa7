//go:build linux

package tm

import (
	"bufio"
	"context"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/text"
)

// The development data for the memory: SVERKA_EVAL names its folder, with
// tm/queries.json and tm/gt_SIZE.json; SVERKA_SIZES names the folder in which
// SIZE.tsv was made; SVERKA_SIZE is the size, 10k unless said.
func evalData(t *testing.T) (dir, tsv, size string) {
	dir, sizes := os.Getenv("SVERKA_EVAL"), os.Getenv("SVERKA_SIZES")
	if dir == "" || sizes == "" {
		t.Skip("SVERKA_EVAL or SVERKA_SIZES is not set")
	}
	if size = os.Getenv("SVERKA_SIZE"); size == "" {
		size = "10k"
	}
	return filepath.Join(dir, "tm"), filepath.Join(sizes, size+".tsv"), size
}

func readTSV(t *testing.T, path string) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 0; lines.Scan(); n++ {
			cells := strings.Split(lines.Text(), "\t")
			u := bitext.Unit{Position: n, Prob: 1}
			for i, l := range []bitext.Lang{"en", "ru", "zh"} {
				u.Variants = append(u.Variants, bitext.Variant{Lang: l, Text: cells[i]})
			}
			if !yield(u, nil) {
				return
			}
		}
	}
}

// cpuTime is the processor time that the process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// threadTime is the processor time that the thread has used: what a call costs
// where other processes want the machine too.
func threadTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

func quantiles(times []time.Duration) (p50, p95, most time.Duration) {
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return times[len(times)/2], times[len(times)*95/100], times[len(times)-1]
}

func TestEvaluation(t *testing.T) {
	runtime.LockOSThread()
	dir, tsv, size := evalData(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "memory.tm")
	if keep := os.Getenv("SVERKA_KEEP"); keep != "" {
		path = keep
	}
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	stats, _ := s.Stats(ctx)
	if stats.Units == 0 {
		start, cpu := time.Now(), cpuTime()
		res, err := s.Import(ctx, readTSV(t, tsv), ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		t.Logf("import: %d units, %d stored, %d merged, %d skipped %v in %v: %.0f units/s", res.Read, res.Stored, res.Merged, res.SkippedAll,
			res.Reasons, took, float64(res.Read)/took.Seconds())
		cpu = cpuTime() - cpu
		var use syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &use)
		t.Logf("  processor: %v, %.0f units/s; %d MB of memory at most", cpu, float64(res.Read)/cpu.Seconds(), use.Maxrss>>10)
		s.Close()
		if s, err = Open(ctx, path, Options{}); err != nil {
			t.Fatal(err)
		}
		stats, _ = s.Stats(ctx)
	}
	bytes := 0
	for u, err := range s.Units(ctx, Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range u.Variants {
			bytes += len(v.Text)
		}
	}
	t.Logf("file: %d bytes for %d units, %.0f a unit over the text", stats.Bytes, stats.Units, float64(int(stats.Bytes)-bytes)/float64(stats.Units))
	rows, err := s.read.Query("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 10")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		t.Logf("  %s: %d a unit", name, n/stats.Units)
	}
	queries := map[string][]string{}
	readJSON(t, filepath.Join(dir, "queries.json"), &queries)
	evalLookup(t, s, dir, tsv, size, queries)
	for _, kind := range []string{"conc_en", "conc_ru", "conc_zh"} {
		evalSearch(t, s, kind, queries[kind])
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

func evalLookup(t *testing.T, s *Store, dir, tsv, size string, queries map[string][]string) {
	ctx := context.Background()
	var truth [][][2]float64 // none of the largest size
	var rows []string
	if gold := filepath.Join(dir, "gt_"+size+".json"); exists(gold) {
		readJSON(t, gold, &truth)
		for u := range readTSV(t, tsv) {
			rows = append(rows, u.Variants[0].Text)
		}
	}
	all := append(append([]string(nil), queries["near"]...), queries["heldout"]...)
	ask := func(text string, least int) ([]Match, time.Duration) {
		start := threadTime()
		m, err := s.Lookup(ctx, LookupQuery{Text: text, From: []bitext.Lang{"en"}, Min: least, Max: 5, Penalties: &Penalties{}})
		if err != nil {
			t.Fatal(err)
		}
		return m, threadTime() - start
	}
	evalCold(t, s.Path(), all)
	for _, least := range []int{70, 80} {
		var times []time.Duration
		var long []time.Duration
		worse, found := 0, 0
		cpu := cpuTime()
		for _, q := range all {
			ask(q, least)
		}
		t.Logf("lookup ≥ %d %%: processor time a query: %v on average", least, (cpuTime()-cpu)/time.Duration(len(all)))
		for i, q := range all {
			m, took := ask(q, least)
			times = append(times, took)
			if utf8.RuneCountInString(q) > 128 {
				long = append(long, took)
			}
			found += len(m)
			if truth == nil {
				continue
			}
			for rank, want := range foldedTruth(q, rows, truth[i]) {
				if want >= least && (rank >= len(m) || m[rank].Percent < want) {
					worse++
				}
			}
		}
		p50, p95, most := quantiles(times)
		t.Logf("lookup ≥ %d %%: p50 %v, p95 %v, most %v; %d matches, %d worse than the truth", least, p50, p95, most, found, worse)
		p50, p95, most = quantiles(long)
		t.Logf("   over 128 characters: p50 %v, p95 %v, most %v (%d)", p50, p95, most, len(long))
		if worse > 0 {
			t.Errorf("%d matches of the truth were not found", worse)
		}
	}
	var times []time.Duration
	for _, q := range queries["exact"] {
		m, took := ask(q, 100)
		if times = append(times, took); len(m) == 0 {
			t.Errorf("not found: %q", q)
		}
	}
	p50, p95, most := quantiles(times)
	t.Logf("exact: p50 %v, p95 %v, most %v", p50, p95, most)
}

// evalCold opens the memory anew for each lookup.
func evalCold(t *testing.T, path string, all []string) {
	var times []time.Duration
	cpu := cpuTime()
	for i := 0; i < len(all); i += 50 {
		start := time.Now()
		s, err := Open(context.Background(), path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Lookup(context.Background(), LookupQuery{Text: all[i], From: []bitext.Lang{"en"}}); err != nil {
			t.Error(err)
		}
		s.Close()
		times = append(times, time.Since(start))
	}
	p50, p95, most := quantiles(times)
	t.Logf("opened anew, one lookup: p50 %v, p95 %v, most %v; processor %v on average", p50, p95, most, (cpuTime()-cpu)/time.Duration(len(times)))
}

// foldedTruth gives the per cents of the true matches after folding, best first.
func foldedTruth(q string, rows []string, truth [][2]float64) []int {
	var out []int
	folded := text.Fold(q)
	for _, hit := range truth {
		row := rows[int(hit[1])]
		if strings.TrimSpace(row) == "" {
			continue
		}
		other := text.Fold(row)
		longer := max(utf8.RuneCountInString(folded), utf8.RuneCountInString(other))
		p := percent(levenshtein(folded, other), longer)
		if p == 100 && q != row {
			p = 99
		}
		out = append(out, p)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(out)))
	return out
}

func evalSearch(t *testing.T, s *Store, kind string, typed []string) {
	var times, counts []time.Duration
	empty := 0
	for _, q := range typed {
		parsed, err := query.Parse(`"` + strings.NewReplacer(`"`, ` `, `\`, ` `).Replace(q) + `"`)
		if err != nil {
			empty++
			continue
		}
		start := threadTime()
		hits, _, err := s.Search(context.Background(), parsed, query.Page{})
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, threadTime()-start)
		start = threadTime()
		if _, _, err = s.Search(context.Background(), parsed, query.Page{Count: true}); err != nil {
			t.Fatal(err)
		}
		counts = append(counts, threadTime()-start)
		if len(hits) == 0 {
			empty++
		}
	}
	p50, p95, most := quantiles(times)
	t.Logf("%s, first 20: p50 %v, p95 %v, most %v; %d of %d find nothing", kind, p50, p95, most, empty, len(typed))
	p50, p95, most = quantiles(counts)
	t.Logf("   counted: p50 %v, p95 %v, most %v", p50, p95, most)
}

// TestSearchEqualsScan holds what search finds against trying every text:
// SVERKA_SCAN queries of each language, on the memory that SVERKA_KEEP names.
func TestSearchEqualsScan(t *testing.T) {
	dir, _, _ := evalData(t)
	n, _ := strconv.Atoi(os.Getenv("SVERKA_SCAN"))
	if n == 0 {
		t.Skip("SVERKA_SCAN is not set")
	}
	ctx := context.Background()
	s, err := Open(ctx, os.Getenv("SVERKA_KEEP"), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	typed := map[string][]string{}
	readJSON(t, filepath.Join(dir, "queries.json"), &typed)
	var queries []*query.Query
	for _, kind := range []string{"conc_en", "conc_ru", "conc_zh"} {
		for _, q := range typed[kind][:min(n, len(typed[kind]))] {
			if parsed, err := query.Parse(`"` + strings.NewReplacer(`"`, ` `, `\`, ` `).Replace(q) + `"`); err == nil {
				queries = append(queries, parsed)
			}
		}
	}
	scanned := make([]int, len(queries))
	sums := make([]uint64, len(queries))
	mix := func(id string, variant int) uint64 {
		n, _ := strconv.ParseUint(id, 10, 64)
		x := (n<<8 | uint64(variant)) * 0x9e3779b97f4a7c15
		return x ^ x>>31
	}
	for u, err := range s.Units(ctx, Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range u.Variants {
			d := query.Analyze(u.Variants[i].Text)
			m := &query.Meta{Statement: u.Statement, Variant: &u.Variants[i]}
			for k, q := range queries {
				if q.Match(d, m) {
					scanned[k]++
					sums[k] += mix(u.ID, i)
				}
			}
		}
	}
	all := 0
	for k, q := range queries {
		hits, total, err := s.Search(ctx, q, query.Page{Limit: 1 << 30, Count: true})
		if err != nil {
			t.Fatal(err)
		}
		sum := uint64(0)
		for _, h := range hits {
			sum += mix(h.Unit.ID, h.Variant)
		}
		if all += total; total != scanned[k] || len(hits) != total || sum != sums[k] {
			t.Errorf("%s: %d found, %d counted, a scan finds %d", q, len(hits), total, scanned[k])
		}
	}
	t.Logf("%d queries, %d hits: the same as by a scan", len(queries), all)
}
