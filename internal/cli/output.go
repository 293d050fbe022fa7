package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"
)

// writeOutput hands fill a writer for path, or standard output when path is
// "" or "-". A file appears under its name only when all of it is written: a
// failed command leaves no output file and an old one untouched. A device or a
// pipe is written to as it is.
func (e Env) writeOutput(path string, fill func(io.Writer) error) error {
	if path == "" || path == "-" {
		return writeThrough(e.Stdout, "standard output", fill)
	}
	mode := os.FileMode(0o644)
	target := path
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return fmt.Errorf("%s: is a folder; name a file to write", path)
		}
		old, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return cannotWrite(path, err)
		}
		defer old.Close()
		if !info.Mode().IsRegular() {
			return writeThrough(old, path, fill)
		}
		mode = info.Mode().Perm()
		if real, err := filepath.EvalSymlinks(path); err == nil {
			target = real
		}
	}
	f, err := os.CreateTemp(filepath.Dir(target), ".sverka-*")
	if err != nil {
		return cannotWrite(path, err)
	}
	if err := writeThrough(f, path, fill); err != nil {
		f.Close()
		os.Remove(f.Name())
		return err
	}
	if err := errors.Join(f.Chmod(mode), f.Close()); err != nil {
		os.Remove(f.Name())
		return cannotWrite(path, err)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		os.Remove(f.Name())
		return cannotWrite(path, err)
	}
	return nil
}

// writeThrough fills w. An error of w says that path cannot be written; one of
// fill stays as it is.
func writeThrough(w io.Writer, path string, fill func(io.Writer) error) error {
	out := &watchedWriter{w: w}
	b := bufio.NewWriterSize(out, 1<<16)
	err := fill(b)
	if err == nil {
		err = b.Flush()
	}
	if out.err != nil {
		return cannotWrite(path, out.err)
	}
	return err
}

// cannotWrite says what kept path from being written.
func cannotWrite(path string, err error) error {
	var pathErr *os.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		err = pathErr.Err
	case errors.As(err, &linkErr):
		err = linkErr.Err
	}
	return fmt.Errorf("cannot write %s: %w", path, err)
}

// watchedWriter remembers the first error of what it writes to, for the many
// places that print a line without looking.
type watchedWriter struct {
	w   io.Writer
	err error
}

func (w *watchedWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// refuseOverwriting ends a command whose -o names a file that it reads, or its
// memory: writing it would destroy it.
func (e Env) refuseOverwriting(c *cli.Context) error {
	out, err := os.Stat(c.String("output"))
	if err != nil || !out.Mode().IsRegular() {
		return nil
	}
	var read []string
	if strings.Contains(c.Command.ArgsUsage, "VERSION") {
		read = append(read, c.Args().Slice()...)
		read = append(read, c.StringSlice("source")...)
	}
	read = append(read, c.StringSlice("glossary")...)
	read = append(read, c.String("pairs"), c.String("batch"), c.String("waivers"))
	if memory, err := e.memoryPath(c.String("tm")); err == nil {
		read = append(read, memory)
	}
	for _, word := range read {
		_, path, _ := strings.Cut(word, "=")
		for _, p := range []string{word, path} {
			if info, err := os.Stat(p); p != "" && err == nil && os.SameFile(info, out) {
				return misuse(fmt.Sprintf("-o %s would overwrite a file that is read", c.String("output")), "name another file with -o")
			}
		}
	}
	return nil
}

// formatFor decides the output format: the flag, else what the output file's
// ending says, else fallback. An unknown format is answered with the known.
func formatFor(flag, path, fallback string, known []string) (string, error) {
	name := flag
	if name == "" && path != "" && path != "-" {
		name = strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
		if alias, ok := formatAliases[name]; ok {
			name = alias
		}
		if name == "" {
			name = fallback
		}
	}
	if name == "" {
		return fallback, nil
	}
	if alias, ok := formatAliases[name]; ok {
		name = alias
	}
	for _, k := range known {
		if k == name {
			return name, nil
		}
	}
	what := fmt.Sprintf("unknown format %q", name)
	if flag == "" {
		what = fmt.Sprintf("the ending of %s names no format", path)
	}
	return "", misuse(what, "the formats are "+strings.Join(known, ", ")+"; choose one with --format")
}

var formatAliases = map[string]string{
	"txt": "text", "htm": "html", "markdown": "md", "xlf": "xliff", "ndjson": "jsonl", "json": "jsonl",
	"tab": "tsv", "ladder": "beads",
}
