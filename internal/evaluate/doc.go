// Package evaluate holds what the program does against what people say is
// right: alignments against gold beads, findings against planted
// discrepancies.
package evaluate
