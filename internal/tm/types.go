package tm

import (
	"fmt"
	"strings"

	"sverka/internal/bitext"
)

// What Add did with a version.
const (
	Added     = "added"
	Replaced  = "replaced"  // its text differs from what was there
	Updated   = "updated"   // the same text, other particulars (title, date, …)
	Unchanged = "unchanged" // the same in all
)

// VersionChange says what Add did with one version.
type VersionChange struct {
	Version string // "ru", "en@kremlin"
	Change  string // Added, Replaced, Updated or Unchanged
}

// AddResult says what Add did.
type AddResult struct {
	Statement string // its id
	New       bool   // the statement was not known before
	Versions  []VersionChange
	Units     int  // units of the statement now
	Stored    int  // of these: new
	Removed   int  // units of the statement that are no more
	OneSided  int  // beads with one side only: kept as segments, no unit
	Changed   bool // anything at all was written
}

// IncompleteError says that versions given to Add are to join a statement of
// which other versions are stored, so that it takes an alignment of all.
type IncompleteError struct {
	Statement string
	Missing   []string // names of the stored versions that were not given
}

// Error names the versions that are missing, and what to do.
func (e *IncompleteError) Error() string {
	return fmt.Sprintf("statement %s has the versions %s as well: align all of them together, or delete these first",
		e.Statement, strings.Join(e.Missing, ", "))
}

// Skipped is a unit that an import left out.
type Skipped struct {
	Unit   int // its number in the input, from 1
	Reason string
}

// ImportOptions say how units are imported.
type ImportOptions struct {
	// Statement is what units that name no statement belong to; its ID may be
	// empty: they then belong to none.
	Statement bitext.Statement
	// Join makes one of units in different languages that share a text.
	Join bool
	// Progress, if not nil, is told now and then how many units were read.
	Progress func(read int)
	// Each, if not nil, is told what became of every unit of the input, by its
	// number from 1; not in their order.
	Each func(unit int, what Outcome)
	// MaxSkipped bounds ImportResult.Skipped; 0 means 1000. All are counted.
	MaxSkipped int
}

// Outcome is what became of one unit of an import.
type Outcome int

// The outcomes. Updated is Merged with something new to say.
const (
	Stored Outcome = iota
	Merged
	UpdatedUnit
	LeftOut
)

// ImportResult counts what an import did.
type ImportResult struct {
	Read       int // units read
	Stored     int // of these: new
	Merged     int // already there, or twice in the input
	Updated    int // of the merged: particulars were filled in or changed
	SkippedAll int
	Skipped    []Skipped      // the first of the units left out
	Reasons    map[string]int // how many were left out for each reason
}

// Filter chooses units, and variants of them. The zero Filter chooses all.
type Filter struct {
	Langs       []bitext.Lang // variants in other languages are left out
	Statements  []string      // ids
	Labels      []string      // of versions; "" stands for none
	Translators []string      // any part of the name, in any case
	Since       string        // YYYY-MM-DD, included; of the version, else of the statement
	Until       string        // YYYY-MM-DD, YYYY-MM or YYYY, included
	Statuses    []bitext.Status
	// MinVariants leaves out units with fewer variants than that after the
	// others were left out; 0 means one where a single language is chosen and
	// two elsewhere.
	MinVariants int
}

// LookupQuery asks for units by the text of one variant.
type LookupQuery struct {
	Text string
	From []bitext.Lang // languages that Text may be in; none: all
	To   []bitext.Lang // a match has a variant in one of these; none: in any other
	Min  int           // least per cent, after penalties; 0 means 70
	Max  int           // most matches; 0 means 5
	// Prev and Next are the segments before and behind Text where it comes
	// from. A match for the same text whose own neighbours are the same (all
	// that are given) is a context match of 101 per cent.
	Prev, Next string
	Penalties  *Penalties // nil means DefaultPenalties
}

// Penalties are points taken off the per cent of a match.
type Penalties struct {
	Machine int // made or helped by a machine, on either side
	Review  int // the unit's status says that a person should look
	LowProb int // the probability that the variants belong together is said and under 0.8
}

// DefaultPenalties are those of a query that says nothing else.
var DefaultPenalties = Penalties{Machine: 3, Review: 5, LowProb: 5}

// Penalty is what was taken off a match, and why.
type Penalty struct {
	Reason string // "machine", "review", "probability"
	Points int
}

// Match is a unit found by Lookup.
type Match struct {
	// Percent is 100·(1 − d/longer) on folded text, d the Levenshtein distance
	// in characters, rounded down, less the penalties. Only the very same text
	// has 100 before penalties; text that differs in form alone has 99.
	Percent   int
	Base      int // before penalties; 101 for a context match
	Penalties []Penalty
	Context   bool // the neighbours agree too
	Unit      bitext.Unit
	Source    bitext.Variant   // that matched
	Targets   []bitext.Variant // in the languages asked for
	// Times is how many units say just this, Source and Targets: they are one
	// match, with the particulars of the best and then the latest of them.
	Times int
}

// LangCount counts what there is in one language.
type LangCount struct {
	Lang     bitext.Lang
	Variants int
}

// Stats describe a memory.
type Stats struct {
	Path       string
	Bytes      int64 // of the file
	Schema     int
	Fold       int // version of the folding that the indexes were made with
	Statements int
	Versions   int
	Segments   int
	Units      int
	Variants   int
	Langs      []LangCount // most first
	Review     int         // units that a person should look at
	Entries    int         // of the glossary
	Terms      int         // in all languages, that name them
	Since      string      // the earliest date of a variant, or ""
	Until      string
}

// VersionInfo describes a stored version.
type VersionInfo struct {
	Version  bitext.Version // without its segments
	Segments int
}

// StatementInfo describes a stored statement.
type StatementInfo struct {
	Statement bitext.Statement
	Versions  []VersionInfo
	Units     int
}

// DeleteResult counts what Delete took away.
type DeleteResult struct {
	Versions int
	Units    int // units that are no more
	Variants int
}
