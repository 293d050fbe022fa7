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
	row("memory that lookup may keep, MB", func(r *result) string {
		if r.CacheMB == 0 {
			return "512"
		}
		return group(int(r.CacheMB))
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
	for _, r := range all {
		if r.Note != "" {
			p("\n%s units: %s", r.Size, r.Note)
		}
	}
	growth(&b, all)
	p("\n%s", strings.TrimSpace(notes))
	return b.String()
}

// notes say what the figures come from.
const notes = `
## What the costs come from

- **Import** sorts words in memory beside the writing and merges them at the end, so its rate falls little with size; what falls is the share of the indexes that fit into the caches.
- **Lookup** holds every text of a length that can come into question against bounds of the distance: its cost grows with the number of such texts. Long texts cost most, since at 70 % no bound tells them apart well and most are compared. Where the texts in memory outgrow the cache of 512 MiB they are read from the file again.
- **A new process** reads the blocks of the lengths in question from the file, without making the finer bounds that a warm one has.
- **Search** reads the postings from the latest on until the page is full: its cost hardly grows. Counting goes through all postings of the rarest word.
- **Comparing with every text** is the textbook's bit-parallel Levenshtein distance over all English texts in memory, leaving out those whose length alone rules them out.
`

// growth tells how many times dearer each kind of query is at the next size.
func growth(b *strings.Builder, all []*result) {
	if len(all) < 2 {
		return
	}
	b.WriteString("\n## How costs grow\n\nHow many times dearer than at the size before, p50 / p95.\n\n| |")
	for i := 1; i < len(all); i++ {
		fmt.Fprintf(b, " %s to %s |", all[i-1].Size, all[i].Size)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --: |", len(all)-1) + "\n")
	for _, kind := range kinds(all) {
		fmt.Fprintf(b, "| %s |", kind)
		for i := 1; i < len(all); i++ {
			x, y := find(all[i-1], kind), find(all[i], kind)
			if x == nil || y == nil || x.P50 == 0 || x.P95 == 0 {
				b.WriteString(" – |")
				continue
			}
			fmt.Fprintf(b, " %.1f / %.1f |", y.P50/x.P50, y.P95/x.P95)
		}
		b.WriteByte('\n')
	}
}

func find(r *result, kind string) *latency {
	for _, list := range [][]latency{r.Cold, r.Warm} {
		for i := range list {
			if list[i].Kind == kind {
				return &list[i]
			}
		}
	}
	return nil
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
	if l := find(r, kind); l != nil {
		return cells(l)
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
