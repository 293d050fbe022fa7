package compare

import (
	"context"
	"slices"
	"testing"

	"sverka/internal/bitext"
)

// version makes a version of segments.
func version(lang bitext.Lang, label string, segments ...string) bitext.Version {
	v := bitext.Version{Lang: lang, Label: label}
	for i, s := range segments {
		v.Segments = append(v.Segments, bitext.Segment{Text: s, Space: "\n", Block: i})
	}
	return v
}

// beads joins versions by counts: {1, 1}, {1, 0}, …
func beads(counts ...[]int) []bitext.Bead {
	var out []bitext.Bead
	next := make([]int, len(counts[0]))
	for _, c := range counts {
		b := bitext.Bead{Prob: 1, Status: bitext.StatusOK}
		for v, n := range c {
			b.Sides = append(b.Sides, bitext.Range{From: next[v], To: next[v] + n})
			next[v] += n
		}
		out = append(out, b)
	}
	return out
}

func mustRun(t *testing.T, in Input, opt Options) *Result {
	t.Helper()
	res, err := Run(context.Background(), in, opt)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestRunDroppedSegment(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("en", "official", "The road was built before the war.", "The dam holds four cubic kilometres of water.", "It still stands."),
			version("en", "blog", "The road was built before the war.", "It still stands."),
		},
		Beads: beads([]int{1, 1}, []int{1, 0}, []int{1, 1}),
	}
	res := mustRun(t, Input{Alignment: a}, Options{})
	if len(res.Findings) != 1 {
		t.Fatalf("findings: %+v", res.Findings)
	}
	f := res.Findings[0]
	if f.Cat != Omission || f.Sev != Major || f.Bead != 1 || len(f.Places) != 2 {
		t.Errorf("got %+v", f)
	}
	if p := f.Places[1]; p.Version != 1 || p.Segment != 0 || p.Start != p.End || p.Text != "" {
		t.Errorf("the gap stands at %+v", p)
	}
	res = mustRun(t, Input{Alignment: a}, Options{Waived: map[string]bool{f.ID: true}})
	if len(res.Findings) != 0 || res.Waived != 1 {
		t.Errorf("waived: %d findings, %d waived", len(res.Findings), res.Waived)
	}
}

func TestRunOutside(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("en", "official", "The road was built before the war.", "It still stands."),
			version("en", "blog", "Our weekly digest", "The road was built before the war.", "It still stands.", "Share this", "Great post, thank you!"),
		},
		Beads: beads([]int{0, 1}, []int{1, 1}, []int{1, 1}, []int{0, 1}, []int{0, 1}),
	}
	res := mustRun(t, Input{Alignment: a}, Options{})
	if len(res.Findings) != 0 {
		t.Errorf("findings: %+v", res.Findings)
	}
	want := []Outside{
		{Version: 1, Segments: bitext.Range{From: 0, To: 1}, Where: "head", Bead: 0},
		{Version: 1, Segments: bitext.Range{From: 3, To: 5}, Where: "tail", Bead: 3},
	}
	if !slices.Equal(res.Outside, want) {
		t.Errorf("outside: %+v", res.Outside)
	}
	if res.Beads != 2 {
		t.Errorf("%d beads of the statement", res.Beads)
	}
}

func TestRunMoved(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("en", "a", "The bridge opened in spring.", "Farmers from the valley sold cheese and honey there.", "It still stands.", "Nobody paid."),
			version("en", "b", "The bridge opened in spring.", "It still stands.", "There, farmers from the valley sold honey and cheese.", "Nobody paid."),
		},
		Beads: beads([]int{1, 1}, []int{1, 0}, []int{1, 1}, []int{0, 1}, []int{1, 1}),
	}
	res := mustRun(t, Input{Alignment: a}, Options{})
	if len(res.Findings) != 1 || res.Findings[0].Check != "moved" || res.Findings[0].Sev != Info {
		t.Errorf("findings: %+v", res.Findings)
	}
}

func TestRunPlacesInMergedBead(t *testing.T) {
	a := &bitext.Alignment{
		Versions: []bitext.Version{
			version("en", "a", "The mayor spoke first, and the mill was closed before the flood."),
			version("en", "b", "The mayor spoke first.", "The mill was closed after the flood."),
		},
		Beads: beads([]int{1, 2}),
	}
	res := mustRun(t, Input{Alignment: a}, Options{})
	if len(res.Findings) != 1 || len(res.Findings[0].Places) != 2 {
		t.Fatalf("findings: %+v", res.Findings)
	}
	if p := res.Findings[0].Places[1]; p.Segment != 1 || p.Text != "after" {
		t.Errorf("place: %+v", p)
	}
}

func TestRunErrors(t *testing.T) {
	a := &bitext.Alignment{Versions: []bitext.Version{version("en", "", "One.")}, Beads: beads([]int{1})}
	for name, c := range map[string]struct {
		in  Input
		opt Options
	}{
		"no alignment":   {},
		"no such check":  {Input{Alignment: a}, Options{Off: []string{"colour"}}},
		"no such source": {Input{Alignment: a, Sources: []int{3}}, Options{}},
		"broken beads":   {Input{Alignment: &bitext.Alignment{Versions: a.Versions}}, Options{}},
	} {
		if _, err := Run(context.Background(), c.in, c.opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, Input{Alignment: a}, Options{}); err == nil {
		t.Error("an ended context gave no error")
	}
}
