package compare

import "context"

// Run compares the versions of in bead by bead.
func Run(ctx context.Context, in Input, opt Options) (*Result, error) {
	return &Result{Alignment: in.Alignment, Sources: in.Sources}, ctx.Err()
}

// Pair compares two texts, src being the source of both where it is given.
func Pair(a, b Text, src *Text, opt Options) []Flag { return nil }

// Checks lists the checks in the order in which they run.
func Checks() []CheckInfo { return nil }
