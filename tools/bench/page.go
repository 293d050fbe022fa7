//go:build linux

package main

import (
	"fmt"
	"strconv"
	"strings"
)

// page writes what was measured as Markdown.
func page(all []*result) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("# Performance\n")
	p("Written by `make bench` (the largest size with `make bench SIZES=10m`); the figures are also in `performance.json`. A unit has a text in English and most have one in Russian and Chinese. Latencies are milliseconds of processor time of one thread, p50 / p95 / most; warm means that the process has asked everything once before, cold that each question starts a process of its own, whose start and end count. Rates of imports are units a second, of processor time over all threads and by the clock.\n")
	p("Texts: %s. Machine: %s, two cores, shared with other work: the clock tells little, and processor time is on the high side.\n", all[len(all)-1].Data, all[len(all)-1].Machine)
	row := func(name string, cell func(*result) string) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, r := range all {
			fmt.Fprintf(&b, " %s |", cell(r))
		}
		b.WriteByte('\n')
	}
	row("", func(r *result) string { return r.Size + " units" })
	row("---", func(*result) string { return "--:" })
	row("texts", func(r *result) string { return group(r.Texts) })
	row("file, MB", func(r *result) string { return fmt.Sprintf("%.1f", float64(r.File)/1e6) })
	row("bytes a unit over the text", func(r *result) string {
		return fmt.Sprintf("%.0f", float64(int(r.File)-r.Bytes)/float64(max(r.Units, 1)))
	})
	for _, format := range []string{"tsv", "tmx"} {
		row("import from "+strings.ToUpper(format)+", by processor time / by the clock", func(r *result) string { return importCell(r, format) })
	}
	row("memory while importing, MB", func(r *result) string {
		most := int64(0)
		for _, i := range r.Imports {
			most = max(most, i.MB)
		}
		return orNone(most > 0, strconv.FormatInt(most, 10))
	})
	for _, kind := range kinds(all) {
		row(kind, func(r *result) string { return latencyCell(r, kind) })
	}
	row("comparing with every text", func(r *result) string {
		if r.Brute == nil {
			return "–"
		}
		return cells(&r.Brute.latency)
	})
	row("matches missed", func(r *result) string {
		if r.Brute == nil {
			return "–"
		}
		return fmt.Sprintf("%d (%d queries)", r.Brute.Missed, r.Brute.N)
	})
	return b.String()
}

func kinds(all []*result) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range all {
		for _, l := range append(append([]latency(nil), r.Cold...), r.Warm...) {
			if !seen[l.Kind] {
				seen[l.Kind] = true
				out = append(out, l.Kind)
			}
		}
	}
	return out
}

func importCell(r *result, format string) string {
	for _, i := range r.Imports {
		if i.Format == format {
			return group(int(float64(i.Units)/i.CPU)) + " / " + group(int(float64(i.Units)/i.Wall))
		}
	}
	return "–"
}

func latencyCell(r *result, kind string) string {
	for _, l := range append(append([]latency(nil), r.Cold...), r.Warm...) {
		if l.Kind == kind {
			return cells(&l)
		}
	}
	return "–"
}

func cells(l *latency) string {
	return number(l.P50) + " / " + number(l.P95) + " / " + number(l.Most)
}

// number gives three digits that count.
func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func orNone(ok bool, s string) string {
	if ok {
		return s
	}
	return "–"
}
