package tm

import (
	"fmt"
	"strings"
	"testing"
)

// Two migrations with one number would swap places when a third is named
// between them, and memories in use would then miss one.
func TestMigrationsAreNumberedInARow(t *testing.T) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) == 0 {
		t.Fatal("there are no migrations")
	}
	for i, e := range entries {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(e.Name(), want) {
			t.Errorf("migration %d is named %s, want %s…", i+1, e.Name(), want)
		}
	}
}
