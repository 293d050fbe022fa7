//go:build linux

package main

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/text"
	"sverka/internal/tm"
)

// long is over how many characters a query is reported apart.
const long = 128

// warm measures queries in a process that has asked all of them once before.
func warm(ctx context.Context, o *options, store *tm.Store, d *data, r *result) error {
	all := append(append([]string(nil), d.queries["near"]...), d.queries["heldout"]...)
	found := 0
	ask := func(s string, least int) ([]tm.Match, error) {
		m, err := store.Lookup(ctx, tm.LookupQuery{Text: s, From: []bitext.Lang{"en"}, Min: least, Max: 5, Penalties: &tm.Penalties{}})
		found += len(m)
		return m, err
	}
	for _, least := range []int{70, 80} {
		var times, longs []time.Duration
		for range 2 { // the first time warms
			found = 0
			var err error
			times, err = timed(len(all), func(i int) error { _, err := ask(all[i], least); return err })
			if err != nil {
				return err
			}
		}
		for i, q := range all {
			if utf8.RuneCountInString(q) > long {
				longs = append(longs, times[i])
			}
		}
		kind := fmt.Sprintf("lookup ≥ %d %%", least)
		n := found
		r.Warm = append(r.Warm, latencyOf(kind+fmt.Sprintf(", of these over %d characters", long), longs, -1), latencyOf(kind, times, n))
	}
	found = 0
	exact := d.queries["exact"]
	times, err := timed(len(exact), func(i int) error { _, err := ask(exact[i], 100); return err })
	if err != nil {
		return err
	}
	r.Warm = append(r.Warm, latencyOf("exact", times, found))
	for _, lang := range []string{"en", "ru", "zh"} {
		if err := searches(ctx, store, lang, d.queries["conc_"+lang], r); err != nil {
			return err
		}
	}
	return compareAll(ctx, o, store, all, r)
}

// searches measures the first 20 hits, and counting all.
func searches(ctx context.Context, store *tm.Store, lang string, typed []string, r *result) error {
	var queries []*query.Query
	two := 0
	for _, s := range typed {
		q, err := query.Parse(`"` + strings.NewReplacer(`"`, ` `, `\`, ` `).Replace(s) + `"`)
		if err != nil {
			continue // marks alone
		}
		queries = append(queries, q)
		if utf8.RuneCountInString(s) == 2 {
			two++
		}
	}
	kind := "search, first 20, " + lang
	if lang == "zh" {
		kind += fmt.Sprintf(" (%d of two characters)", two)
	}
	for _, count := range []bool{false, true} {
		if count {
			kind = "search, first 20 and all counted, " + lang
		}
		found := 0
		var times []time.Duration
		for range 2 {
			found = 0
			var err error
			times, err = timed(len(queries), func(i int) error {
				hits, total, err := store.Search(ctx, queries[i], query.Page{Count: count})
				if found += len(hits); count {
					found += total - len(hits)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		r.Warm = append(r.Warm, latencyOf(kind, times, found))
	}
	return nil
}

// compareAll compares some of the queries with every text.
func compareAll(ctx context.Context, o *options, store *tm.Store, all []string, r *result) error {
	if o.brute == 0 {
		return nil
	}
	b := &brute{}
	for u, err := range store.Units(ctx, tm.Filter{Langs: []bitext.Lang{"en"}, MinVariants: 1}) {
		if err != nil {
			return err
		}
		for i := range u.Variants {
			b.texts = append(b.texts, []rune(text.Fold(u.Variants[i].Text)))
		}
	}
	var want [][]int
	step := max(1, len(all)/o.brute)
	times, err := timed(min(o.brute, len(all)), func(i int) error {
		want = append(want, b.percents([]rune(text.Fold(all[i*step])), 70, 5))
		return nil
	})
	if err != nil {
		return err
	}
	missed := 0
	for i := range want {
		m, err := store.Lookup(ctx, tm.LookupQuery{Text: all[i*step], From: []bitext.Lang{"en"}, Min: 70, Max: 5, Penalties: &tm.Penalties{}})
		if err != nil {
			return err
		}
		missed += fewer(m, want[i])
	}
	r.Brute = &bruteResult{latencyOf("comparing with every text", times, 0), missed}
	return nil
}

// fewer counts how many of the wanted per cents, best first, lookup falls short
// of. Units that say the same are one match of lookup's; a text that differs in
// form alone has 99 there.
func fewer(got []tm.Match, want []int) int {
	var have []int
	for _, m := range got {
		for range min(m.Times, len(want)) {
			have = append(have, m.Percent)
		}
	}
	n := 0
	for i, w := range want {
		if i >= len(have) || have[i] < min(w, 99) {
			n++
		}
	}
	return n
}
