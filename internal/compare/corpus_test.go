package compare

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
)

// planted is a discrepancy that was put into a statement of the corpus.
type planted struct {
	ID, Cat, Sev string
	A, B, Near   *struct{ Version, Text string }
	Source       *struct{ Version, Text string }
	Note         string
}

func readLines(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	var out []string
	for sc.Scan() {
		out = append(out, sc.Text())
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// readStatement reads a statement of the corpus with its right alignment.
func readStatement(t *testing.T, dir string) (*bitext.Alignment, []planted) {
	t.Helper()
	name := filepath.Base(dir)
	versions := []string{"ru", "zh", "en@official", "en@weblog"}
	a := &bitext.Alignment{}
	for _, v := range versions {
		lang, label, _ := strings.Cut(v, "@")
		a.Versions = append(a.Versions, version(bitext.Lang(lang), label, readLines(t, filepath.Join(dir, "gold", name+"."+v))...))
	}
	next := make([]int, len(versions))
	for _, line := range readLines(t, filepath.Join(dir, "gold", name+"."+strings.Join(versions, "-")+".gold")) {
		b := bitext.Bead{Prob: 1, Status: bitext.StatusAccepted}
		for v, side := range strings.Split(line, ":") {
			n := 0
			if side != "" {
				n = len(strings.Split(side, ","))
			}
			b.Sides = append(b.Sides, bitext.Range{From: next[v], To: next[v] + n})
			next[v] += n
		}
		a.Beads = append(a.Beads, b)
	}
	var list []planted
	for _, line := range readLines(t, filepath.Join(dir, "discrepancies.jsonl")) {
		var p planted
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return a, list
}

// at says that a finding stands where a piece of text does.
func (p *planted) at(a *bitext.Alignment, f *Finding) bool {
	places := []*struct{ Version, Text string }{p.A, p.B, p.Near}
	if p.A == nil && p.B == nil {
		places[0] = p.Source // both leave it out
	}
	for _, want := range places {
		if want == nil {
			continue
		}
		for _, place := range f.Places {
			v := &a.Versions[place.Version]
			if v.Name() != want.Version {
				continue
			}
			text := v.Segments[place.Segment].Text
			if i := strings.Index(text, want.Text); i >= 0 && (want == p.Near || place.Start <= i+len(want.Text) && i <= place.End) {
				return true
			}
		}
	}
	return false
}

// TestCorpus compares the two English versions of each statement with the
// Russian one as their source, and holds how many of the planted discrepancies
// are found, and how much else is reported as grave.
func TestCorpus(t *testing.T) {
	found, grave, total, other, between := 0, 0, 0, 0, 0
	for _, name := range []string{"interview", "declaration", "briefing", "telegram"} {
		a, list := readStatement(t, filepath.Join("..", "..", "corpus", name))
		res := mustRun(t, Input{Alignment: a, Sources: []int{0}}, Options{})
		expected := make([]bool, len(res.Findings))
		for _, p := range list {
			any, heavy := false, false
			for i := range res.Findings {
				if p.at(a, &res.Findings[i]) {
					expected[i] = true
					any = true
					heavy = heavy || res.Findings[i].Sev >= Major
				}
			}
			total++
			if any {
				found++
			}
			if heavy {
				grave++
			}
			if !heavy {
				t.Logf("%s %s %s %s: found %v: %s", name, p.ID, p.Cat, p.Sev, any, p.Note)
			}
		}
		for i, f := range res.Findings {
			if f.Sev >= Major && !expected[i] {
				other++
				if english(a, &f) == 2 {
					between++
					t.Logf("%s: %s %s: %s", name, f.Check, f.Sev, f.Message)
				} else {
					t.Logf("%s: (one version) %s %s: %s", name, f.Check, f.Sev, f.Message)
				}
			}
		}
	}
	t.Logf("%d planted, %d found, %d as major or critical; %d others as grave, %d of them between the versions", total, found, grave, other, between)
	if 8*found < 7*total {
		t.Errorf("only %d of %d planted discrepancies are found", found, total)
	}
	if 3*grave < 2*total {
		t.Errorf("only %d of %d planted discrepancies are reported as grave", grave, total)
	}
	if 3*between > total {
		t.Errorf("%d grave findings between the versions where nothing was planted", between)
	}
}

// english counts the English versions that a finding has a place in.
func english(a *bitext.Alignment, f *Finding) int {
	n := 0
	for v := range a.Versions {
		if a.Versions[v].Lang == bitext.English {
			for _, p := range f.Places {
				if p.Version == v {
					n++
					break
				}
			}
		}
	}
	return n
}
