package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"sverka/internal/bitext"
)

// ReadCorrections reads the beads that a person has settled, in one of the
// forms that align writes: beads a line (0,1:2), JSON lines, or TSV with the
// versions' names at its head. A bead whose status is "review" is left open,
// so that a whole file can be given back with some of it corrected; a row of
// TSV has no status and counts as settled. The beads come out in the order of
// the file. An error names the line.
func ReadCorrections(data string, versions []bitext.Version) ([]bitext.Bead, error) {
	data = strings.TrimPrefix(data, "\ufeff")
	first := strings.TrimSpace(data)
	first, _, _ = strings.Cut(first, "\n")
	switch {
	case first == "":
		return nil, errors.New("it holds no bead")
	case strings.HasPrefix(first, "{"):
		return jsonCorrections(data, versions)
	case first[0] == ':' || '0' <= first[0] && first[0] <= '9':
		return lineCorrections(data, versions)
	}
	return textCorrections(data, versions)
}

// rangeOf makes a range of numbers of segments, which must be in a row.
func rangeOf(segments []int) (bitext.Range, error) {
	if len(segments) == 0 {
		return bitext.Range{}, nil
	}
	segments = slices.Sorted(slices.Values(segments))
	r := bitext.Range{From: segments[0], To: segments[len(segments)-1] + 1}
	if r.Len() != len(segments) {
		return r, fmt.Errorf("segments %v are not in a row", segments)
	}
	return r, nil
}

func lineCorrections(data string, versions []bitext.Version) ([]bitext.Bead, error) {
	lines, err := bitext.ReadBeads(data)
	if err != nil {
		return nil, err
	}
	var out []bitext.Bead
	for n, l := range lines {
		if len(l.Sides) != len(versions) {
			return nil, fmt.Errorf("bead %d has %d sides, and there are %d versions", n+1, len(l.Sides), len(versions))
		}
		if l.Status == bitext.StatusReview {
			continue
		}
		b := bitext.Bead{Sides: make([]bitext.Range, len(versions))}
		for v := range l.Sides {
			if b.Sides[v], err = rangeOf(l.Sides[v]); err != nil {
				return nil, fmt.Errorf("bead %d: %w", n+1, err)
			}
		}
		out = append(out, b)
	}
	return out, nil
}

func jsonCorrections(data string, versions []bitext.Version) ([]bitext.Bead, error) {
	var out []bitext.Bead
	line := 0
	for text := range strings.Lines(data) {
		line++
		if strings.TrimSpace(text) == "" {
			continue
		}
		var row struct {
			Status bitext.Status
			Sides  []struct {
				Version  string
				Segments []int
			}
		}
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if len(row.Sides) != len(versions) {
			return nil, fmt.Errorf("line %d has %d sides, and there are %d versions", line, len(row.Sides), len(versions))
		}
		if row.Status == bitext.StatusReview {
			continue
		}
		b := bitext.Bead{Sides: make([]bitext.Range, len(versions))}
		for v, side := range row.Sides {
			if side.Version != "" && side.Version != versions[v].Name() {
				return nil, fmt.Errorf("line %d: side %d is %s, and version %d is %s", line, v+1, side.Version, v+1, versions[v].Name())
			}
			var err error
			if b.Sides[v], err = rangeOf(side.Segments); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
		}
		out = append(out, b)
	}
	return out, nil
}

// textCorrections finds the segments of each cell by their text.
func textCorrections(data string, versions []bitext.Version) ([]bitext.Bead, error) {
	bare := make([][]string, len(versions))
	names := make([]string, len(versions))
	for v := range versions {
		names[v] = versions[v].Name()
		for i := range versions[v].Segments {
			bare[v] = append(bare[v], withoutSpace(versions[v].Segments[i].Text))
		}
	}
	var out []bitext.Bead
	next := make([]int, len(versions))
	line := 0
	for text := range strings.Lines(data) {
		line++
		cells := strings.Split(strings.TrimRight(text, "\r\n"), "\t")
		if line == 1 {
			if !slices.Equal(cells, names) {
				return nil, fmt.Errorf("line 1 must name the versions as given: %s", strings.Join(names, ", "))
			}
			continue
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(cells) != len(versions) {
			return nil, fmt.Errorf("line %d has %d cells for %d versions", line, len(cells), len(versions))
		}
		b := bitext.Bead{Sides: make([]bitext.Range, len(versions))}
		for v, cell := range cells {
			cell = withoutSpace(cell)
			if cell == "" {
				continue
			}
			r, ok := findText(bare[v], next[v], cell)
			if !ok {
				return nil, fmt.Errorf("line %d: the text of %s is not that of whole segments behind segment %d", line, names[v], next[v]-1)
			}
			b.Sides[v], next[v] = r, r.To
		}
		out = append(out, b)
	}
	return out, nil
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// findText finds the run of segments from some place on that make up a text.
func findText(segments []string, from int, text string) (bitext.Range, bool) {
	for i := from; i < len(segments); i++ {
		rest := text
		for j := i; j < len(segments) && strings.HasPrefix(rest, segments[j]); j++ {
			if rest = rest[len(segments[j]):]; rest == "" && segments[i] != "" {
				return bitext.Range{From: i, To: j + 1}, true
			}
		}
	}
	return bitext.Range{}, false
}
