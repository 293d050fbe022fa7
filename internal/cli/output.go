package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// writeOutput hands fill a writer for path, or standard output when path is
// "" or "-". A file appears under its name only when all of it is written: a
// failed command leaves no output file and an old one untouched.
func (e Env) writeOutput(path string, fill func(io.Writer) error) (err error) {
	if path == "" || path == "-" {
		w := bufio.NewWriterSize(e.Stdout, 1<<16)
		if err := fill(w); err != nil {
			return err
		}
		return w.Flush()
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s: is a folder; name a file to write", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sverka-*")
	if err != nil {
		var pathErr *os.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := fill(w); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
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
