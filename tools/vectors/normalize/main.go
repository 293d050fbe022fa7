// Command normalize writes each line of standard input as vector.Normalize
// gives it: the maker of the vectors is to learn from the text that the
// program will see.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"sverka/internal/vector"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "normalize:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 1<<20)
	w := bufio.NewWriterSize(out, 1<<20)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			fmt.Fprintln(w, vector.Normalize(strings.TrimSuffix(line, "\n")))
		}
		if err == io.EOF {
			return w.Flush()
		}
		if err != nil {
			return err
		}
	}
}
