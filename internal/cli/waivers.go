package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/pipeline"
	"sverka/internal/report"
)

// waivers are the findings that a person has looked at and let stand: the id of
// each and where it was said, `file:line` or `--waive`.
type waivers struct {
	where map[string]string
	files []string
}

// findingID is the id of a finding; the second of two findings about the same
// words has a number behind it.
var findingID = regexp.MustCompile(`^[0-9a-f]{16}(-[0-9]+)?$`)

// readWaivers gathers what --waive, --waivers and, where the latter is not
// given, the files of the usual name beside the texts say.
func readWaivers(c *cli.Context, texts []pipeline.Spec) (*waivers, error) {
	w := &waivers{where: map[string]string{}}
	for _, id := range listOf(c, "waive") {
		if !findingID.MatchString(id) {
			hint := "an id is the sixteen hexadecimal digits that each finding is shown with"
			if _, err := os.Stat(id); err == nil {
				hint = "to name a file with ids: --waivers " + id
			}
			return nil, misuse(fmt.Sprintf("--waive %q is not the id of a finding", id), hint)
		}
		w.where[id] = "--waive"
	}
	switch path := c.String("waivers"); path {
	case "none":
	case "":
		for _, dir := range foldersOf(texts) {
			err := w.read(filepath.Join(dir, report.DefaultWaivers))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	default:
		if err := w.read(path); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// foldersOf gives the folders in which texts lie, each once.
func foldersOf(texts []pipeline.Spec) []string {
	var out []string
	for _, t := range texts {
		if dir := filepath.Dir(t.Path); t.Path != "-" && !slices.Contains(out, dir) {
			out = append(out, dir)
		}
	}
	return out
}

// read reads a file with an id at the beginning of each line; what follows it
// and lines with # are remarks.
func (w *waivers) read(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: there is no such file: %w", path, fs.ErrNotExist)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	w.files = append(w.files, path)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		id := strings.Trim(words[0], "[]`")
		if !findingID.MatchString(id) {
			return fmt.Errorf("%s:%d: %q is not the id of a finding (sixteen hexadecimal digits); begin a remark with #", path, n, words[0])
		}
		if _, ok := w.where[id]; !ok {
			w.where[id] = fmt.Sprintf("%s:%d", path, n)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// ids gives what compare wants to know.
func (w *waivers) ids() map[string]bool {
	out := make(map[string]bool, len(w.where))
	for id := range w.where {
		out[id] = true
	}
	return out
}

// name is the file to which a report tells its reader to add.
func (w *waivers) name() string {
	if len(w.files) == 0 {
		return report.DefaultWaivers
	}
	return filepath.Base(w.files[0])
}

// remark names the waivers that no finding of these texts has: the texts were
// mended, or the line is for others.
func (w *waivers) remark(out io.Writer, command string, unused []string) {
	const most = 10
	var parts []string
	for _, id := range unused {
		parts = append(parts, fmt.Sprintf("%s (%s)", id, w.where[id]))
	}
	slices.SortFunc(parts, strings.Compare)
	if len(parts) == 0 {
		return
	}
	more := ""
	if n := len(parts) - most; n > 0 {
		parts, more = parts[:most], fmt.Sprintf(" and %d more", n)
	}
	fmt.Fprintf(out, "sverka: %s: no finding has the waived %s%s\n", command, strings.Join(parts, ", "), more)
}
