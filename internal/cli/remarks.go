package cli

import (
	"fmt"
	"io"
	"os"

	"sverka/internal/pipeline"
)

// remarkOnTwins says on w which file was given twice, which is surely not meant.
func remarkOnTwins(w io.Writer, command string, given []pipeline.Spec) {
	for i := range given {
		for j := range i {
			if sameFile(given[i].Path, given[j].Path) {
				fmt.Fprintf(w, "sverka: %s: %s is given twice\n", command, given[i].Path)
			}
		}
	}
}

func sameFile(a, b string) bool {
	if a == "-" || b == "-" {
		return false
	}
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
