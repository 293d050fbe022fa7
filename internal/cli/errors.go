package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/text"
)

// The exit statuses. Anything that a script may want to tell apart has one.
const (
	statusDone     = 0
	statusFailed   = 1
	statusMisused  = 2
	statusFindings = 3
)

// misuseError is a command line that cannot be obeyed.
type misuseError struct {
	message, hint string
}

func (e *misuseError) Error() string { return e.message }

// misuse makes the error for a command line that cannot be obeyed; hint says
// what would be right, or is "".
func misuse(message, hint string) error { return &misuseError{message, hint} }

// findingsError ends a comparison whose findings reach --fail-on.
type findingsError struct{ message string }

func (e *findingsError) Error() string { return e.message }

// hinter is an error that knows what to do about it.
type hinter interface{ Hint() string }

// complain writes err to w as the rules of the interface want it, one line and
// a hint where there is one, and gives the exit status.
func complain(w io.Writer, command string, err error) int {
	if err == nil {
		return statusDone
	}
	prefix := "sverka: "
	if command != "" {
		prefix += command + ": "
	}
	var found *findingsError
	if errors.As(err, &found) {
		fmt.Fprintln(w, prefix+found.message)
		return statusFindings
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(w, prefix+"interrupted; nothing was written")
		return statusFailed
	}
	var wrong *misuseError
	if errors.As(err, &wrong) {
		fmt.Fprintln(w, prefix+oneLine(wrong.message))
		if wrong.hint != "" {
			fmt.Fprintln(w, "hint: "+wrong.hint)
		}
		return statusMisused
	}
	message := strings.TrimPrefix(oneLine(err.Error()), command+": ")
	fmt.Fprintln(w, prefix+message)
	var h hinter
	if errors.As(err, &h) && h.Hint() != "" && !strings.Contains(err.Error(), h.Hint()) {
		fmt.Fprintln(w, "hint: "+h.Hint())
	}
	return statusFailed
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}

// usageError turns what the flag parser says into a misuse with a hint.
func usageError(c *cli.Context, err error, _ bool) error {
	message := err.Error()
	hint := "see sverka " + commandPath(c) + " --help"
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: "); ok {
		dashed := "--" + strings.TrimLeft(name, "-")
		message = "there is no flag " + dashed
		if near := nearest(dashed, flagNames(c)); near != "" {
			hint = "did you mean " + near + "?"
		}
	}
	return misuse(message, strings.ReplaceAll(hint, "  ", " "))
}

func commandPath(c *cli.Context) string {
	if c.Command == nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(c.Command.HelpName, "sverka"), " ")
}

func flagNames(c *cli.Context) []string {
	var names []string
	add := func(flags []cli.Flag) {
		for _, f := range flags {
			for _, n := range f.Names() {
				if len(n) > 1 {
					names = append(names, "--"+n)
				}
			}
		}
	}
	if c.Command != nil {
		add(c.Command.Flags)
	}
	add(c.App.Flags)
	return names
}

// nearest gives the known word closest to what was typed, or "" when none is
// close: more than a third of its letters would have to change.
func nearest(typed string, known []string) string {
	letters := []rune(typed)
	best, bestDistance := "", len(letters)/3+1
	for _, k := range known {
		if d := text.Levenshtein(letters, []rune(k)); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}
