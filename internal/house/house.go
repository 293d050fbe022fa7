// Package house holds the rules of the code base as tests: which package may
// import which, and what every package owes its reader. It has no code of its
// own.
package house
