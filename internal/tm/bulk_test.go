package tm

import (
	"testing"

	"pgregory.net/rapid"
)

// The table finds what a map finds.
func TestUnitTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, want := &unitTable{}, map[int64]int64{}
		next := rapid.Int64Range(1, 1<<40).Draw(t, "first")
		for _, h := range rapid.SliceOfN(rapid.Int64Range(-2000, 2000), 0, 3000).Draw(t, "hashes") {
			if got := table.get(h << 40); got != want[h] {
				t.Fatalf("%d: %d, want %d", h, got, want[h])
			}
			if want[h] == 0 {
				table.put(h<<40, next)
				want[h] = next
				next++
			}
		}
	})
}
