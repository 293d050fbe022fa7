// Package report writes what the other packages found as something a person or
// another program reads: aligned texts and comparisons as text, TSV, CSV, JSON
// lines, Markdown and self-contained HTML pages.
//
// The same input always gives the same bytes: nothing here asks for the time.
package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// AlignFormats are the formats that Align writes.
var AlignFormats = []string{"text", "beads", "tsv", "csv", "jsonl", "html"}

// Align writes an alignment to w in one of AlignFormats; of opt it reads format
// and language.
func Align(w io.Writer, a *bitext.Alignment, opt Options) error {
	switch opt.Format {
	case "text":
		return alignText(w, a)
	case "beads":
		return alignBeads(w, a)
	case "tsv":
		return alignTSV(w, a)
	case "csv":
		return alignCSV(w, a)
	case "jsonl":
		return alignJSON(w, a)
	case "html":
		return alignHTML(w, a, wordsOf(opt.Lang))
	}
	return fmt.Errorf("no format %q for an alignment", opt.Format)
}

// alignBeads writes a bead a line: `0,1:2<TAB>score<TAB>status`.
func alignBeads(w io.Writer, a *bitext.Alignment) error {
	for i := range a.Beads {
		if _, err := fmt.Fprintln(w, a.Beads[i].Line()); err != nil {
			return err
		}
	}
	return nil
}

func names(a *bitext.Alignment) []string {
	out := make([]string, len(a.Versions))
	for v := range a.Versions {
		out[v] = a.Versions[v].Name()
	}
	return out
}

// alignText writes the beads for reading: a numbered block each, a line for
// each version that has text in it.
func alignText(w io.Writer, a *bitext.Alignment) error {
	width := 0
	for _, n := range names(a) {
		width = max(width, len(n))
	}
	for i := range a.Beads {
		b := &a.Beads[i]
		note := ""
		if b.Status != bitext.StatusOK {
			note = "  " + string(b.Status)
		}
		if _, err := fmt.Fprintf(w, "%d  %s  %.2f%s\n", i+1, b.Shape(), b.Prob, note); err != nil {
			return err
		}
		for v := range a.Versions {
			text := "-"
			if !b.Sides[v].Empty() {
				text = flat(a.Text(b, v))
			}
			fmt.Fprintf(w, "  %-*s  %s\n", width, a.Versions[v].Name(), text)
		}
		for k := range b.Evidence {
			e := &b.Evidence[k]
			if _, err := fmt.Fprintf(w, "    %s: %s\n", evidenceOf(a, e), signsOf(e)); err != nil {
				return err
			}
		}
	}
	return nil
}

// evidenceOf names the versions that evidence is about.
func evidenceOf(a *bitext.Alignment, e *bitext.Evidence) string {
	if e.A == e.B {
		return a.Versions[e.A].Name() + " alone"
	}
	return a.Versions[e.A].Name() + " with " + a.Versions[e.B].Name()
}

// signsOf writes signs in a line: "vectors +4.20, length -0.31".
func signsOf(e *bitext.Evidence) string {
	parts := make([]string, len(e.Signs))
	for k, s := range e.Signs {
		parts[k] = fmt.Sprintf("%s %+.2f", s.Name, s.Value)
	}
	return strings.Join(parts, ", ")
}

func flat(s string) string { return text.Line(s) }

// cells gives the texts of a bead, one a version, on one line each.
func cells(a *bitext.Alignment, b *bitext.Bead) []string {
	row := make([]string, len(a.Versions))
	for v := range a.Versions {
		row[v] = flat(a.Text(b, v))
	}
	return row
}

// alignTSV writes a header with the versions, then a bead a row. A cell holds
// no tab and no line break: each run of white space is one space.
func alignTSV(w io.Writer, a *bitext.Alignment) error {
	if _, err := fmt.Fprintln(w, strings.Join(names(a), "\t")); err != nil {
		return err
	}
	for i := range a.Beads {
		if _, err := fmt.Fprintln(w, strings.Join(cells(a, &a.Beads[i]), "\t")); err != nil {
			return err
		}
	}
	return nil
}

func alignCSV(w io.Writer, a *bitext.Alignment) error {
	out := csv.NewWriter(w)
	if err := out.Write(names(a)); err != nil {
		return err
	}
	for i := range a.Beads {
		if err := out.Write(cells(a, &a.Beads[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

type beadJSON struct {
	Bead   int            `json:"bead"`
	Score  float64        `json:"score"`
	Prob   float64        `json:"prob"`
	Status bitext.Status  `json:"status"`
	Sides  []beadSideJSON `json:"sides"`
	// Why, where that was asked for.
	Evidence []evidenceJSON `json:"evidence,omitempty"`
}

type evidenceJSON struct {
	Versions []string           `json:"versions"`
	Signs    map[string]float64 `json:"signs"`
}

type beadSideJSON struct {
	Version  string `json:"version"`
	Segments []int  `json:"segments"`
	Text     string `json:"text"`
}

func alignJSON(w io.Writer, a *bitext.Alignment) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range a.Beads {
		b := &a.Beads[i]
		row := beadJSON{Bead: i, Score: round(b.Score), Prob: round(b.Prob), Status: b.Status}
		for v := range a.Versions {
			side := beadSideJSON{Version: a.Versions[v].Name(), Segments: []int{}, Text: a.Text(b, v)}
			for s := b.Sides[v].From; s < b.Sides[v].To; s++ {
				side.Segments = append(side.Segments, s)
			}
			row.Sides = append(row.Sides, side)
		}
		for _, e := range b.Evidence {
			one := evidenceJSON{Versions: []string{a.Versions[e.A].Name()}, Signs: map[string]float64{}}
			if e.A != e.B {
				one.Versions = append(one.Versions, a.Versions[e.B].Name())
			}
			for _, s := range e.Signs {
				one.Signs[s.Name] = round(s.Value)
			}
			row.Evidence = append(row.Evidence, one)
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// round keeps four decimals: enough for a score, and the same on any machine.
func round(x float64) float64 {
	if x < 0 {
		return -round(-x)
	}
	return float64(int64(x*1e4+0.5)) / 1e4
}
