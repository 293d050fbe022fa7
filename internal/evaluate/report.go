package evaluate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteText writes the report as a table for people: for each set and pair the
// precision, recall and F1 of each measure, the mean F1 over all pairs, then
// how far the probabilities can be trusted and how long aligning took.
func (r *AlignReport) WriteText(w io.Writer) error {
	var b strings.Builder
	line := func(set, pair string, docs string, figure string, of func(Measure) float64) {
		fmt.Fprintf(&b, "%-16s %-*s %5s %-9s", set, r.pairWidth(), pair, docs, figure)
		for _, m := range Measures {
			fmt.Fprintf(&b, " %7.4f", of(m))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%-16s %-*s %5s %-9s", "set", r.pairWidth(), "pair", "docs", "")
	for _, m := range Measures {
		fmt.Fprintf(&b, " %7s", m)
	}
	b.WriteByte('\n')
	mean, pairs := [numMeasures]float64{}, 0
	for _, s := range r.Sets {
		for k := range s.Pairs {
			p := &s.Pairs[k]
			line(s.Set, p.Pair, fmt.Sprint(s.Documents), "F1", func(m Measure) float64 { return p.Counts[m].F1() })
			line("", "", "", "precision", func(m Measure) float64 { return p.Counts[m].Precision() })
			line("", "", "", "recall", func(m Measure) float64 { return p.Counts[m].Recall() })
			for m := range mean {
				mean[m] += p.Counts[m].F1()
			}
			pairs++
		}
	}
	line("mean", "", "", "F1", func(m Measure) float64 { return mean[m] / float64(max(1, pairs)) })
	r.writeTrust(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// pairWidth is the width of the column of pairs.
func (r *AlignReport) pairWidth() int {
	width := 6
	for _, s := range r.Sets {
		for _, p := range s.Pairs {
			width = max(width, len(p.Pair))
		}
	}
	return width
}

func (r *AlignReport) writeTrust(b *strings.Builder) {
	if r.segments(func(s *SetScore) int { return s.Trust.Beads }) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%-16s %8s %8s %8s %8s %8s %9s\n", "set", "beads", "wrong", "calib.", "review", "caught", "segs/s")
	for k := range r.Sets {
		s := &r.Sets[k]
		t := &s.Trust
		fmt.Fprintf(b, "%-16s %8d %8d %8.4f %8.4f %8.4f %9.0f\n", s.Set, t.Beads, t.Wrong,
			t.CalibrationError(), t.FlaggedShare(), t.Caught(), s.speed())
	}
}

func (r *AlignReport) segments(of func(*SetScore) int) int {
	n := 0
	for k := range r.Sets {
		n += of(&r.Sets[k])
	}
	return n
}

// speed is segments aligned in a second by one worker; 0 when none was.
func (s *SetScore) speed() float64 {
	if s.Aligning <= 0 {
		return 0
	}
	return float64(s.Segments) / s.Aligning.Seconds()
}

// WriteTSV writes a row for each set, pair and measure with precision, recall
// and F1, four decimals each, beneath a header.
func (r *AlignReport) WriteTSV(w io.Writer) error {
	var b strings.Builder
	b.WriteString("set\tpair\tmeasure\tprecision\trecall\tf1\n")
	for _, s := range r.Sets {
		for _, p := range s.Pairs {
			for _, m := range Measures {
				c := p.Counts[m]
				fmt.Fprintf(&b, "%s\t%s\t%s\t%.4f\t%.4f\t%.4f\n", s.Set, p.Pair, m, c.Precision(), c.Recall(), c.F1())
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type jsonMeasure struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

type jsonPair struct {
	Pair     string                 `json:"pair"`
	Measures map[string]jsonMeasure `json:"measures"`
}

type jsonTrust struct {
	Beads            int     `json:"beads"`
	Wrong            int     `json:"wrong"`
	CalibrationError float64 `json:"calibration_error"`
	Review           float64 `json:"review"`
	Caught           float64 `json:"caught"`
}

type jsonSet struct {
	Set       string     `json:"set"`
	Documents int        `json:"documents"`
	Segments  int        `json:"segments"`
	Pairs     []jsonPair `json:"pairs"`
	Trust     *jsonTrust `json:"trust,omitempty"`
	Seconds   float64    `json:"seconds,omitempty"`
}

// WriteJSON writes the report as one JSON object: {"sets": […]}.
func (r *AlignReport) WriteJSON(w io.Writer) error {
	out := struct {
		Sets []jsonSet `json:"sets"`
	}{Sets: []jsonSet{}}
	for k := range r.Sets {
		s := &r.Sets[k]
		js := jsonSet{Set: s.Set, Documents: s.Documents, Segments: s.Segments,
			Seconds: s.Aligning.Round(time.Microsecond).Seconds()}
		for _, p := range s.Pairs {
			jp := jsonPair{Pair: p.Pair, Measures: map[string]jsonMeasure{}}
			for _, m := range Measures {
				c := p.Counts[m]
				jp.Measures[m.String()] = jsonMeasure{c.Precision(), c.Recall(), c.F1()}
			}
			js.Pairs = append(js.Pairs, jp)
		}
		if t := &s.Trust; t.Beads > 0 {
			js.Trust = &jsonTrust{t.Beads, t.Wrong, t.CalibrationError(), t.FlaggedShare(), t.Caught()}
		}
		out.Sets = append(out.Sets, js)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
