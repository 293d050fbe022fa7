// Package hanword cuts runs of Chinese characters into words of one or two
// characters. Longer words come apart: what belongs together is for those to
// say who know what stands beside it in the other language.
package hanword

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// words.txt is made by tools/hanword from the counts of jieba's dictionary.
//
//go:embed data/words.txt
var table string

// Costs are ten times the negative logarithm of a word's share of text.
const unknownCost = 180

// costs gives each word its cost.
var costs = sync.OnceValue(func() map[string]int32 {
	m := make(map[string]int32, strings.Count(table, "\n"))
	for line := range strings.Lines(table) {
		word, cost, _ := strings.Cut(strings.TrimSpace(line), "\t")
		n, err := strconv.Atoi(cost)
		if err != nil {
			panic("hanword: the table is broken at " + line) // held by a test
		}
		m[word] = int32(n)
	}
	return m
})

// Cost says how rare a word is: ten times the negative logarithm of its share
// of text. ok is false for words that the table does not hold.
func Cost(word string) (cost int, ok bool) {
	c, ok := costs()[word]
	return int(c), ok
}

// Cut gives where the words of run, folded Chinese characters, end, in bytes:
// the way of least cost (a unigram model, found by dynamic programming from
// left to right; of equal ways the one with the longer last word). Time is
// linear in run.
func Cut(run string, ends []int) []int {
	words := costs()
	type node struct {
		cost int32
		two  bool // the best way here ends with a word of two characters
	}
	var room [64]node
	nodes := append(room[:0], node{})
	var places [65]int
	at := append(places[:0], 0)
	for i := 0; i < len(run); {
		_, n := utf8.DecodeRuneInString(run[i:])
		k := len(at)
		best := node{cost: nodes[k-1].cost + costOf(words, run[i:i+n])}
		if k > 1 {
			if c, ok := words[run[at[k-2]:i+n]]; ok && nodes[k-2].cost+c <= best.cost {
				best = node{nodes[k-2].cost + c, true}
			}
		}
		nodes = append(nodes, best)
		i += n
		at = append(at, i)
	}
	first := len(ends)
	for k := len(at) - 1; k > 0; {
		ends = append(ends, at[k])
		if nodes[k].two {
			k--
		}
		k--
	}
	for a, b := first, len(ends)-1; a < b; a, b = a+1, b-1 {
		ends[a], ends[b] = ends[b], ends[a]
	}
	return ends
}

func costOf(words map[string]int32, char string) int32 {
	if c, ok := words[char]; ok {
		return c
	}
	return unknownCost
}
