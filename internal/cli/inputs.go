package cli

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/exchange"
	"sverka/internal/tm"
)

// inputs are the files of one import and what came of them. They are read and
// counted at once, from two sides.
type inputs struct {
	statement bitext.Statement // of units that name none; its ID may be ""
	mu        sync.Mutex
	files     []input
	unread    map[string]bool // reasons for which units could not be read
}

// input is a file to import and what came of it.
type input struct {
	path   string
	format exchange.Format
	first  int // number of its first unit among all of the import, from 1; 0 where it was not begun
	count  [tm.LeftOut + 1]int
	places map[string][]string // reason for leaving units out → where they stand
}

// units reads files one after the other; an error names its file. A unit that
// names no statement belongs to the given one, at its place in the file.
func (in *inputs) units(env Env, opt exchange.ReadOptions) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		n := 0
		for i := range in.files {
			f := &in.files[i]
			in.mu.Lock()
			f.first = n + 1
			in.mu.Unlock()
			r, name, closeFile, err := env.openInput(f.path)
			if err != nil {
				yield(bitext.Unit{}, err)
				return
			}
			for u, err := range exchange.Read(r, f.format, name, opt) {
				n++
				if err == nil && u.Statement.ID == "" && in.statement.ID != "" {
					u.Statement, u.Position = in.statement, n-f.first
				}
				if !yield(u, in.leaveOut(f, err)) {
					closeFile()
					return
				}
			}
			closeFile()
		}
	}
}

// leaveOut notes where a unit stands that cannot be read. The reason alone goes
// on, so that the memory counts units by it.
func (in *inputs) leaveOut(f *input, err error) error {
	var skipped *exchange.SkipError
	if !errors.As(err, &skipped) {
		return err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.unread == nil {
		in.unread = map[string]bool{}
	}
	if len(in.unread) < 1000 { // a reason may name its line
		in.unread[skipped.Reason] = true
		f.place(skipped.Reason, fmt.Sprintf("%s:%d", skipped.Path, skipped.Line))
	}
	return &leftOut{skipped.Reason}
}

// maxPlaces is how many places of one reason a person is shown.
const maxPlaces = 5

func (f *input) place(reason, at string) {
	if f.places == nil {
		f.places = map[string][]string{}
	}
	if len(f.places[reason]) <= maxPlaces {
		f.places[reason] = append(f.places[reason], at)
	}
}

// leftOut is the reason alone for leaving a unit out.
type leftOut struct{ reason string }

func (e *leftOut) Error() string { return e.reason }

// Skip tells the memory to go on with the next unit.
func (e *leftOut) Skip() bool { return true }

// count takes what became of the n-th unit.
func (in *inputs) count(n int, what tm.Outcome) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.file(n).count[what]++
}

// file is the one that the n-th unit came from.
func (in *inputs) file(n int) *input {
	for i := len(in.files) - 1; i > 0; i-- {
		if f := &in.files[i]; f.first > 0 && f.first <= n {
			return f
		}
	}
	return &in.files[0]
}

// print says of each file, and of all, what came of it.
func (in *inputs) print(env Env, r tm.ImportResult) {
	var all [tm.LeftOut + 1]int
	for i := range in.files {
		f := &in.files[i]
		fmt.Fprintf(env.Stderr, "sverka: %s: %s\n", f.path, counts(f.count))
		for what, n := range f.count {
			all[what] += n
		}
	}
	if len(in.files) > 1 {
		fmt.Fprintf(env.Stderr, "sverka: all: %s\n", counts(all))
	}
	in.printSkipped(env, r)
}

func counts(n [tm.LeftOut + 1]int) string {
	merged := n[tm.Merged] + n[tm.UpdatedUnit]
	s := fmt.Sprintf("%s read: %d stored, %d merged with units that were there",
		counted(n[tm.Stored]+merged+n[tm.LeftOut], "unit"), n[tm.Stored], merged)
	if updated := n[tm.UpdatedUnit]; updated > 0 {
		s += fmt.Sprintf(" (%d brought up to date)", updated)
	}
	return s + fmt.Sprintf(", %d skipped", n[tm.LeftOut])
}

func (in *inputs) paths() string {
	var out []string
	for i := range in.files {
		out = append(out, in.files[i].path)
	}
	return strings.Join(out, ", ")
}

// printSkipped says why units were left out, and where they stand: by line
// where they could not be read, by number where the memory did not take them.
func (in *inputs) printSkipped(env Env, r tm.ImportResult) {
	for _, s := range r.Skipped {
		if f := in.file(s.Unit); !in.unread[s.Reason] {
			f.place(s.Reason, fmt.Sprintf("%s, unit %d", f.path, s.Unit-f.first+1))
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(r.Reasons)) {
		var where []string
		for i := range in.files {
			where = append(where, in.files[i].places[reason]...)
		}
		if len(where) > maxPlaces {
			where = append(where[:maxPlaces], "…")
		}
		at := ""
		if len(where) > 0 {
			at = " (" + strings.Join(where, "; ") + ")"
		}
		fmt.Fprintf(env.Stderr, "sverka: skipped %d: %s%s\n", r.Reasons[reason], reason, at)
	}
}
