package pipeline

import (
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func correctable() []bitext.Version {
	make := func(lang bitext.Lang, texts ...string) bitext.Version {
		v := bitext.Version{Lang: lang}
		for _, s := range texts {
			v.Segments = append(v.Segments, bitext.Segment{Text: s})
		}
		return v
	}
	return []bitext.Version{make("en", "One.", "Two and three.", "Three."), make("zh", "一。", "二。", "三。")}
}

func TestReadCorrections(t *testing.T) {
	for _, c := range []struct{ name, data, want, err string }{
		{"beads", "0:0\t1.5\tok\n1:1,2\n2:\t0\treview\n", "0:0 1:1,2", ""},
		{"one side", ":0\n", ":0", ""},
		{"json", `{"status":"review","sides":[{"segments":[0]},{"segments":[0]}]}` + "\n" +
			`{"sides":[{"version":"en","segments":[1,2]},{"version":"zh","segments":[]}]}`, "1,2:", ""},
		{"tsv", "en\tzh\nOne.\t一。\nTwo and  three.\t二。三。\nThree.\t\n", "0:0 1:1,2 2:", ""},
		{"nothing", " \n", "", "no bead"},
		{"gap", "0,2:0\n", "", "not in a row"},
		{"sides", "0:0:0\n", "", "3 sides, and there are 2"},
		{"bad line", "0:x\n", "", "line 1"},
		{"bad json", "{\n", "", "line 1"},
		{"other version", `{"sides":[{"version":"ru","segments":[1]},{"segments":[]}]}`, "", "side 1 is ru"},
		{"header", "en\tru\n", "", "must name the versions"},
		{"cells", "en\tzh\nOne.\n", "", "line 2 has 1 cells"},
		{"text", "en\tzh\nOne. Two\t一。\n", "", "line 2: the text of en"},
		{"order", "en\tzh\nThree.\t三。\nOne.\t一。\n", "", "line 3: the text of en"},
	} {
		beads, err := ReadCorrections(c.data, correctable())
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v, want %q", c.name, err, c.err)
			}
			continue
		}
		var got []string
		for k := range beads {
			line, _, _ := strings.Cut(beads[k].Line(), "\t")
			got = append(got, line)
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func FuzzReadCorrections(f *testing.F) {
	f.Add("0:0\t1\tok\n1,2:1\n")
	f.Add("en\tzh\nOne.\t一。\n")
	f.Add(`{"status":"ok","sides":[{"version":"en","segments":[0]},{"version":"zh","segments":[0,1]}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		beads, err := ReadCorrections(data, correctable())
		if err != nil {
			return
		}
		for k := range beads {
			if len(beads[k].Sides) != 2 {
				t.Fatalf("bead %d has %d sides", k, len(beads[k].Sides))
			}
		}
	})
}
