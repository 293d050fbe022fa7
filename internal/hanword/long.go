package hanword

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/long.txt
var longTable string

//go:embed data/chars.txt
var charTable string

const (
	longMost  = 4 // characters of the longest word in long.txt
	longLeast = 3
)

var longs = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, strings.Count(longTable, "\n"))
	for line := range strings.Lines(longTable) {
		m[line[:len(line)-1]] = true
	}
	return m
})

// Long appends to spans where words of three and four characters stand in run,
// folded Chinese characters, in bytes: [start, end), in order; of words that lie
// in one another the longer alone. Words may overlap. Time is linear in run.
func Long(run string, spans [][2]int) [][2]int {
	var room [longMost + 1]int
	end := -1
	for i := 0; i < len(run); {
		at := append(room[:0], i)
		for k := i; k < len(run) && len(at) <= longMost; {
			_, n := utf8.DecodeRuneInString(run[k:])
			k += n
			at = append(at, k)
		}
		for n := len(at) - 1; n >= longLeast; n-- {
			if at[n] > end && longs()[run[i:at[n]]] {
				spans, end = append(spans, [2]int{i, at[n]}), at[n]
				break
			}
		}
		i = at[1]
	}
	return spans
}

// Character says what a character does in words, each 0 to 1.
type Character struct {
	Last  float32 // how often it hangs on to a word of two characters before it
	First float32 // how often one behind it
	Name  float32 // the share of names written by their sound of the words it is in
}

var characters = sync.OnceValue(func() map[rune]Character {
	m := make(map[rune]Character, strings.Count(charTable, "\n"))
	for line := range strings.Lines(charTable) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		var x [3]float32
		for i := range x {
			n, err := strconv.Atoi(f[min(i+1, len(f)-1)])
			if err != nil {
				panic("hanword: the table of characters is broken at " + line) // held by a test
			}
			x[i] = float32(n) / 100
		}
		r, _ := utf8.DecodeRuneInString(f[0])
		m[r] = Character{x[0], x[1], x[2]}
	}
	return m
})

// Of says what a folded character does in words; nothing of what is no Chinese
// character.
func Of(r rune) Character { return characters()[r] }
