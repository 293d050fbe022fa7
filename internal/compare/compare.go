// Package compare finds where the versions of one statement part ways: a
// number, a name, a denial, a clause that one version has and another has not.
//
// It takes an alignment ([Run]) or two texts ([Pair]) and answers with
// findings. Every check compares normal forms, so that rewording is silent; a
// source, where one is given, is the witness that says which version is right.
package compare

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
	"sverka/internal/vector"
)

// Category says in what the texts differ.
type Category string

// The categories of findings.
const (
	Number   Category = "number"
	Date     Category = "date"
	Name     Category = "name"
	Negation Category = "negation"
	Antonym  Category = "antonym"
	Modality Category = "modality"
	Omission Category = "omission"
	Addition Category = "addition"
	Quote    Category = "quote"
	Term     Category = "term"
	Hypernym Category = "hypernym"
	Tense    Category = "tense"
	Other    Category = "other"
)

// Categories are all categories in the order in which they are listed to a person.
var Categories = []Category{
	Number, Date, Name, Negation, Antonym, Modality, Omission, Addition,
	Quote, Term, Hypernym, Tense, Other,
}

// Severity says how much a finding matters.
type Severity uint8

// The severities, in rising order. Major and Critical are findings to act on;
// Info and Minor are shown folded.
const (
	Info Severity = iota
	Minor
	Major
	Critical
)

var severityNames = [...]string{"info", "minor", "major", "critical"}

// String gives the severity as one lower-case word.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return severityNames[Critical]
}

// ParseSeverity reads what String writes, in any case; the error names the
// words that are understood.
func ParseSeverity(s string) (Severity, error) {
	for i, name := range severityNames {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return Severity(i), nil
		}
	}
	return Info, fmt.Errorf("%q is not a severity (%s)", s, strings.Join(severityNames[:], ", "))
}

// Place is a piece of a segment, or a gap in it.
type Place struct {
	Version, Segment int    // indices into the alignment's versions and the version's segments
	Start, End       int    // bytes in the segment's text; equal for a gap
	Text             string // the piece; "" for a gap
}

// Finding is one discrepancy between versions.
type Finding struct {
	// ID is a hash of the check and of the texts and places that it is about,
	// not of running numbers: it survives edits elsewhere.
	ID       string
	Check    string // name of the check, as in Checks
	Cat      Category
	Sev      Severity
	Message  Sentence   // in plain words; names both sides
	Bead     int        // index into the alignment's beads
	Places   []Place    // in the order of versions and of the text
	Evidence []Sentence // what source and other versions say, a line each
}

// Input is what Run compares: an alignment and which of its versions are
// sources of the others (indices; may be empty).
type Input struct {
	Alignment *bitext.Alignment
	Sources   []int
}

// Options chooses checks and what is reported. The zero value runs everything.
type Options struct {
	Checks      []string        // names of the checks to run; nil means all
	Off         []string        // names of checks not to run
	MinSeverity Severity        // findings below it are left out
	Waived      map[string]bool // IDs of findings that a person has waived
	Workers     int             // goroutines; 0 means one for each processor
	Progress    func(done, total int)
	// Vectors say which words are near in meaning; nil means those that come
	// with the program.
	Vectors *vector.Table
	// Spot reads two texts that render each other and gives a function that says
	// which bytes of the second render bytes start to end of the first, and how
	// likely that is; nil means that links of words must do.
	Spot func(source, target Text) func(start, end int) (from, to int, prob float64, ok bool)
	// Glossary says how terms are to be rendered; nil means that there is none.
	Glossary *glossary.Glossary

	statement bool // what is compared are versions of a statement, not lone pairs
}

// Outside is a run of segments of one version that has no counterpart and is
// no part of the statement: site furniture, an introduction, comments.
type Outside struct {
	Version  int
	Segments bitext.Range
	Where    string // "head", "tail" or "inside"
	Bead     int    // the first of its beads
}

// Result is what Run found.
type Result struct {
	Alignment *bitext.Alignment
	Sources   []int
	Findings  []Finding // in the order of the text
	Outside   []Outside // in the order of the text
	Waived    int       // findings left out because they were waived
	Unused    []string  // waived IDs that no finding has, where every check ran
	Beads     int       // beads that belong to the statement
	Compared  int       // pairs of texts that were compared
}

// CheckInfo describes a check to a person.
type CheckInfo struct {
	Name       string
	Category   Category // the main one; a check may report related ones
	Severities []Severity
	About      string // one line
}

// Text is a text and its language.
type Text struct {
	Lang bitext.Lang
	Text string
}

// Flag is one discrepancy of a pair of texts. A and B are byte offsets
// (start, end) in the two texts, on rune boundaries; equal for a gap; nil
// where the flag has no place on that side.
type Flag struct {
	Check   string
	Cat     Category
	Sev     Severity
	A, B    *[2]int
	Message Sentence
	// Evidence says what the source has, a line each.
	Evidence []Sentence

	witness witness
	// chance is how likely something is missing, and bar from where it is one to
	// act on; 0 where that was not measured.
	chance, bar float64
	paired      bool // the two places say the same of one thing, as far as is known
}

// findingID hashes what a finding is about: the check and, for each place,
// the version's name, the segment's text and the bytes in it.
func findingID(a *bitext.Alignment, check string, cat Category, places []Place) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00", check, cat)
	for _, p := range places {
		v := &a.Versions[p.Version]
		fmt.Fprintf(h, "%s\x00%s\x00%d\x00%d\x00", v.Name(), v.Segments[p.Segment].Text, p.Start, p.End)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
