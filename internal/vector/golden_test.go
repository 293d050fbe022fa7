package vector

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The golden pieces are the maker's (make.py --golden), which cuts by another
// implementation; they change with the table's vocabulary, never by this test.
func TestGoldenPieces(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "pieces.golden"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) < 300 {
		t.Errorf("only %d lines", len(lines))
	}
	table := Default()
	for i, line := range lines {
		s, want, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("line %d has no tab", i+1)
		}
		var names []string
		for _, id := range table.Tokenize(s) {
			name := table.Name(id)
			if name == "" {
				name = "?"
			}
			names = append(names, name)
		}
		if got := strings.Join(names, "|"); got != want {
			t.Errorf("line %d %q:\n got %s\nwant %s", i+1, s, got, want)
		}
	}
}
