// Command charset makes the tables by which internal/ingest tells encodings
// apart, from plain UTF-8 text of any kind, the more the better:
//
//	charset -ru russian.txt -zh chinese.txt -o internal/ingest/data
//
// russian.txt holds how surprising each letter is after each other one, in
// whole nats up to 9: a line for each first letter, a column for each second;
// the first of both stands for everything that is no letter. hanzi.txt holds
// the commonest simplified characters, the commonest first.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

const (
	alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
	hanzi    = 1500
)

func main() {
	log.SetFlags(0)
	ru := flag.String("ru", "", "Russian text")
	zh := flag.String("zh", "", "Chinese text, simplified")
	out := flag.String("o", ".", "folder for the tables")
	flag.Parse()
	if err := run(*ru, *zh, *out); err != nil {
		log.Fatal("charset: ", err)
	}
}

func run(ru, zh, out string) error {
	russian, err := os.ReadFile(ru)
	if err != nil {
		return err
	}
	chinese, err := os.ReadFile(zh)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "russian.txt"), []byte(bigrams(string(russian))), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "hanzi.txt"), []byte(commonest(string(chinese))), 0o644)
}

func bigrams(text string) string {
	letters := []rune(alphabet)
	index := map[rune]int{}
	for i, r := range letters {
		index[r] = i + 1
	}
	n := len(letters) + 1
	counts := make([][]float64, n)
	for i := range counts {
		counts[i] = make([]float64, n)
	}
	before := 0
	for _, r := range text {
		now := index[unicode.ToLower(r)]
		if before > 0 || now > 0 {
			counts[before][now]++
		}
		before = now
	}
	var b strings.Builder
	for _, row := range counts {
		sum := 0.5 * float64(n)
		for _, c := range row {
			sum += c
		}
		for _, c := range row {
			fmt.Fprintf(&b, "%d", int(min(9, math.Round(-math.Log((c+0.5)/sum)))))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func commonest(text string) string {
	counts := map[rune]int{}
	for _, r := range text {
		if 0x4e00 <= r && r <= 0x9fff {
			counts[r]++
		}
	}
	all := make([]rune, 0, len(counts))
	for r := range counts {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b rune) int { return cmp.Or(counts[b]-counts[a], int(a-b)) })
	all = all[:min(len(all), hanzi)]
	var b strings.Builder
	for len(all) > 0 {
		n := min(50, len(all))
		b.WriteString(string(all[:n]) + "\n")
		all = all[n:]
	}
	return b.String()
}
