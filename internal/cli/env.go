package cli

import (
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"
)

// Env is what a run needs of the world outside: streams, variables, and
// whether a person is watching.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	// Watched says that standard error is a terminal: progress is drawn.
	Watched bool
	// Colour says that standard output is a terminal that takes colour.
	Colour bool
}

// System is the Env of a real process.
func System() Env {
	return Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv:  os.Getenv,
		Watched: term.IsTerminal(int(os.Stderr.Fd())),
		Colour:  term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
	}
}

// memoryPath is where the translation memory lies: the flag, else $SVERKA_TM,
// else a file in the user's data folder.
func (e Env) memoryPath(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if p := e.Getenv("SVERKA_TM"); p != "" {
		return p, nil
	}
	if dir := e.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "sverka", "memory.db"), nil
	}
	if dir := e.Getenv("LOCALAPPDATA"); dir != "" {
		return filepath.Join(dir, "sverka", "memory.db"), nil
	}
	if home := e.Getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share", "sverka", "memory.db"), nil
	}
	return "", misuse("no place for the memory: no home folder is known", "name a file with --tm PATH")
}
