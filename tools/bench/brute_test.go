//go:build linux

package main

import (
	"math/rand"
	"testing"
)

func table(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		prev := row[0]
		row[0] = i + 1
		for j := range b {
			d := prev
			if a[i] != b[j] {
				d++
			}
			prev, row[j+1] = row[j+1], min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func TestDistance(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	random := func() []rune {
		out := make([]rune, r.Intn(200))
		for i := range out {
			out[i] = []rune("abcж桥")[r.Intn(5)]
		}
		return out
	}
	for range 2000 {
		a, b := random(), random()
		if got, want := newBlocks(a).distance(b), table(a, b); got != want {
			t.Fatalf("%q and %q: %d, want %d", string(a), string(b), got, want)
		}
	}
}
