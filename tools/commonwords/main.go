// Command commonwords learns internal/compare/data/commonwords.txt.gz from
// text: which words of English and Russian are written in lower case often
// enough to be no names. Only stems are kept, no text.
//
//	go run ./tools/commonwords -o internal/compare/data/commonwords.txt.gz en=FILE ru=FILE
//
// The shipped list was learnt from the sentences that
// the lexicon was learnt from (tools/lexicon): news, 134,601 English and 53,448
// Russian ones. A FILE has a sentence a line. The first word of a sentence does not count,
// for it is capital whatever it is.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

var (
	output = flag.String("o", "commonwords.txt.gz", "file to write")
	least  = flag.Int("least", 2, "times that a word must be written in lower case")
	share  = flag.Float64("share", 0.3, "share of its places at which it must be")
)

func main() {
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "commonwords:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("want en=FILE or ru=FILE")
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, arg := range args {
		tag, path, ok := strings.Cut(arg, "=")
		if !ok {
			return fmt.Errorf("%s: want LANG=FILE", arg)
		}
		words, err := common(bitext.Lang(tag), path)
		if err != nil {
			return err
		}
		fmt.Fprintf(z, "# %s\n%s\n", tag, strings.Join(words, "\n"))
		fmt.Printf("%s: %d stems\n", tag, len(words))
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(*output, b.Bytes(), 0o644)
}

// common gives the stems of the words in the file at path that are written in
// lower case, sorted.
func common(lang bitext.Lang, path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	type count struct{ low, all int }
	seen := map[string]*count{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		s := lines.Text()
		inside := false
		for _, t := range text.Tokenize(s) {
			raw := s[t.Start:t.End]
			if t.Kind == text.Punct && strings.ContainsAny(raw, ".!?:\"“«") {
				inside = false
				continue
			}
			if t.Kind != text.Word {
				continue
			}
			if inside && letters(raw) {
				key := lexicon.Key(lang, text.Fold(raw))
				c := seen[key]
				if c == nil {
					c = &count{}
					seen[key] = c
				}
				c.all++
				if r, _ := utf8.DecodeRuneInString(raw); unicode.IsLower(r) {
					c.low++
				}
			}
			inside = true
		}
	}
	var out []string
	for w, c := range seen {
		if c.low >= *least && float64(c.low) >= *share*float64(c.all) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out, lines.Err()
}

// letters says that a word is three letters or more and nothing else.
func letters(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return utf8.RuneCountInString(w) >= 3
}
