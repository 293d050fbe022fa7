package vector

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The maker of the table cuts with another implementation of the same model
// (the tokenizers library). `make.py --dump` writes what it cut: a text, a tab,
// the numbers of its pieces.
func TestTokenizeGivesTheMakersPieces(t *testing.T) {
	folder := os.Getenv("SVERKA_TRAIN")
	if folder == "" {
		t.Skip("SVERKA_TRAIN names no folder with pieces.tsv, as make.py --dump writes it")
	}
	f, err := os.Open(filepath.Join(folder, "pieces.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, wrong := 0, 0
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		s, want, ok := strings.Cut(in.Text(), "\t")
		if !ok {
			t.Fatalf("line %d has no tab", lines+1)
		}
		lines++
		if got := numbers(Default().Tokenize(s)); got != want {
			if wrong++; wrong <= 5 {
				t.Errorf("line %d %q:\n got %s\nwant %s", lines, s, got, want)
			}
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	if lines < 30_000 || wrong > 0 {
		t.Errorf("%d of %d lines differ; at least 30,000 are to be looked at", wrong, lines)
	}
}

func numbers(ids []int32) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(int(id)))
	}
	return b.String()
}
