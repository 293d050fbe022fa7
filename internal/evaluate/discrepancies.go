package evaluate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"sverka/internal/bitext"
	"sverka/internal/compare"
)

// Quote is a piece of text in a named version.
type Quote struct {
	Version string `json:"version"` // "en@weblog"
	Text    string `json:"text"`    // stands once in the version
}

// Planted is a discrepancy that is known to stand in a statement's versions.
type Planted struct {
	ID     string `json:"id"`
	Cat    string `json:"cat"`
	Sev    string `json:"sev"`
	A      *Quote `json:"a"`
	B      *Quote `json:"b"`
	Near   *Quote `json:"near"`   // beside a gap, in the version that lacks the text
	Source *Quote `json:"source"` // of the words in the source; where a and b are null, what both leave out
	Right  string `json:"right"`
	Note   string `json:"note"`
}

// ReadPlanted reads planted discrepancies, a JSON object a line. The error
// names the line.
func ReadPlanted(r io.Reader, name string) ([]Planted, error) {
	var out []Planted
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var p Planted
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s:%d: not a discrepancy: %w", name, n, err)
		}
		if p.ID == "" || p.Cat == "" || p.A == nil && p.B == nil && p.Source == nil {
			return nil, fmt.Errorf(`%s:%d: a discrepancy needs "id", "cat" and "a", "b" or "source"`, name, n)
		}
		out = append(out, p)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// PlantedResult says what became of one planted discrepancy.
type PlantedResult struct {
	Planted Planted
	// Lost is the version in whose text a quote could not be found, or "".
	Lost  string
	Found *compare.Finding // the gravest finding at its place, or nil
	// RightCat says that a finding at its place has the planted category.
	RightCat bool
}

// FindingsReport holds findings against planted discrepancies.
type FindingsReport struct {
	Results []PlantedResult
	// False are findings of severity major or critical at places where nothing
	// was planted.
	False    []*compare.Finding
	Segments int // of the versions compared, sources left out
}

// Found counts the planted discrepancies that a finding points at. Only
// findings at or above least count.
func (r *FindingsReport) Found(least compare.Severity) int {
	n := 0
	for _, p := range r.Results {
		if p.Found != nil && p.Found.Sev >= least {
			n++
		}
	}
	return n
}

// span is a piece of a version: bytes of its rejoined text.
type span struct{ version, start, end int }

// slack is how far from a gap, in bytes, a finding may lie and still be at its
// place: two words.
const slack = 16

// ScoreFindings holds the findings of a comparison against what was planted. A
// discrepancy is found when a finding's place overlaps its text in a version
// that is compared; where its text is missing from one version, a finding that
// points at the gap beside the quoted neighbour counts too. What no version has
// is looked for in the source.
func ScoreFindings(r *compare.Result, planted []Planted) *FindingsReport {
	out := &FindingsReport{}
	texts := make([]string, len(r.Alignment.Versions))
	offsets := make([][]int, len(r.Alignment.Versions))
	for v := range r.Alignment.Versions {
		ver := &r.Alignment.Versions[v]
		texts[v], offsets[v] = ver.Rejoin(), segmentOffsets(ver)
		if !isSource(r, v) {
			out.Segments += len(ver.Segments)
		}
	}
	at := make([][]span, len(r.Findings))
	for i := range r.Findings {
		for _, p := range r.Findings[i].Places {
			base := offsets[p.Version][p.Segment]
			at[i] = append(at[i], span{p.Version, base + p.Start, base + p.End})
		}
	}
	explained := make([]bool, len(r.Findings))
	for _, p := range planted {
		res := PlantedResult{Planted: p}
		var spans []span
		quotes := []*Quote{p.A, p.B, p.Near}
		if p.A == nil && p.B == nil {
			if !compared(r.Alignment, p.Source.Version) {
				continue // nothing that is compared could show it
			}
			quotes[0] = p.Source
		}
		for _, q := range quotes {
			if q == nil {
				continue
			}
			s, ok := locate(r.Alignment, texts, q)
			if !ok {
				res.Lost = q.Version
				continue
			}
			if q == p.Near {
				s = span{s.version, s.start - slack, s.end + slack}
			}
			spans = append(spans, s)
		}
		for i := range r.Findings {
			if !touch(at[i], spans) {
				continue
			}
			f := &r.Findings[i]
			explained[i] = true
			if res.Found == nil || f.Sev > res.Found.Sev {
				res.Found = f
			}
			res.RightCat = res.RightCat || sameCategory(p.Cat, f.Cat)
		}
		out.Results = append(out.Results, res)
	}
	for i := range r.Findings {
		if !explained[i] && r.Findings[i].Sev >= compare.Major {
			out.False = append(out.False, &r.Findings[i])
		}
	}
	return out
}

func isSource(r *compare.Result, v int) bool {
	for _, s := range r.Sources {
		if s == v {
			return true
		}
	}
	return false
}

func segmentOffsets(v *bitext.Version) []int {
	out := make([]int, len(v.Segments))
	at := len(v.Lead)
	for i, s := range v.Segments {
		out[i] = at
		at += len(s.Text) + len(s.Space)
	}
	return out
}

// compared says that a version of this name is one of those compared.
func compared(a *bitext.Alignment, name string) bool {
	return slices.ContainsFunc(a.Versions, func(v bitext.Version) bool { return v.Name() == name })
}

// locate finds a quote in its version, white space being equal to any other.
func locate(a *bitext.Alignment, texts []string, q *Quote) (span, bool) {
	for v := range a.Versions {
		if a.Versions[v].Name() != q.Version {
			continue
		}
		if i := strings.Index(texts[v], q.Text); i >= 0 {
			return span{v, i, i + len(q.Text)}, true
		}
		if from, to, ok := indexSpaced(texts[v], q.Text); ok {
			return span{v, from, to}, true
		}
	}
	return span{}, false
}

// indexSpaced is strings.Index with every run of white space equal.
func indexSpaced(s, want string) (from, to int, ok bool) {
	var squeezed strings.Builder
	var at []int
	space := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			squeezed.WriteByte(' ')
			at = append(at, i)
			space = false
		}
		n := squeezed.Len()
		squeezed.WriteRune(r)
		for k := range squeezed.Len() - n {
			at = append(at, i+k)
		}
	}
	want = strings.Join(strings.Fields(want), " ")
	i := strings.Index(squeezed.String(), want)
	if i < 0 || want == "" {
		return 0, 0, false
	}
	return at[i], at[i+len(want)-1] + 1, true
}

func touch(places, spans []span) bool {
	for _, p := range places {
		for _, s := range spans {
			if p.version != s.version {
				continue
			}
			if p.start == p.end && s.start-slack <= p.start && p.start <= s.end+slack {
				return true
			}
			if p.start < s.end && s.start < p.end && p.end-p.start <= 3*(s.end-s.start)+40 {
				return true // a finding on a whole passage is at no place in it
			}
		}
	}
	return false
}

// sameCategory holds a planted category against a finding's: a person's title
// is reported as a term or a name, a moved passage as missing in one place and
// added in another.
func sameCategory(planted string, found compare.Category) bool {
	switch planted {
	case "title":
		return found == compare.Term || found == compare.Name || found == compare.Other
	case "moved":
		return found == compare.Other || found == compare.Omission || found == compare.Addition
	case "number", "date":
		return found == compare.Number || found == compare.Date
	}
	return planted == string(found)
}

// WriteText writes the report for reading: each planted discrepancy with what
// was found, then the false alarms, then the sums.
func (r *FindingsReport) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, p := range r.Results {
		state := "MISSED"
		if p.Found != nil {
			state = "found as " + string(p.Found.Cat) + " " + p.Found.Sev.String()
		}
		if p.Lost != "" {
			state += " (quote not in " + p.Lost + ")"
		}
		texts := quoted(p.Planted.A) + " | " + quoted(p.Planted.B)
		if p.Planted.A == nil && p.Planted.B == nil {
			texts += " | " + quoted(p.Planted.Source)
		}
		fmt.Fprintf(&b, "%s\t%s %s\t%s\t%s\n", p.Planted.ID, p.Planted.Cat, p.Planted.Sev, state, texts)
	}
	for _, f := range r.False {
		fmt.Fprintf(&b, "false alarm\t%s %s\t%s\n", f.Cat, f.Sev, f.Message)
	}
	n := len(r.Results)
	share := 0.0
	if n > 0 {
		share = float64(r.Found(compare.Info)) / float64(n)
	}
	fmt.Fprintf(&b, "found %d of %d (%.3f), as major or critical %d; false alarms %d in %d segments\n",
		r.Found(compare.Info), n, share, r.Found(compare.Major), len(r.False), r.Segments)
	_, err := io.WriteString(w, b.String())
	return err
}

func quoted(q *Quote) string {
	if q == nil {
		return "–"
	}
	return q.Text
}
