package evaluate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sverka/internal/bitext"
)

// GoldDoc is a document with gold beads.
type GoldDoc struct {
	Name     string   // of the document, without folder and languages
	Names    []string // of the versions: "ru", "en@weblog"
	Versions []bitext.Version
	Gold     [][][]int // beads; of each side the segments, sorted
}

// stem is what the document's gold and prediction files are called before
// their last dot.
func (d *GoldDoc) stem() string { return d.Name + "." + strings.Join(d.Names, "-") }

// ReadSet reads a folder of documents, DOC.LANG with a segment a line and
// DOC.L1-L2[-L3…].gold with a bead a line, in the order of their names. A
// language may carry a label: DOC.en@weblog. An error names file and line.
func ReadSet(dir string) ([]GoldDoc, error) {
	files, err := filepath.Glob(filepath.Join(globQuote(dir), "*.gold"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: there is no gold file (such as DOC.ru-en.gold) in this folder", dir)
	}
	slices.Sort(files)
	docs := make([]GoldDoc, 0, len(files))
	for _, f := range files {
		d, err := readDoc(f)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// globQuote makes a folder's name stand for itself in a pattern.
func globQuote(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

func readDoc(gold string) (GoldDoc, error) {
	dir, file := filepath.Split(gold)
	doc, names, err := parsePair(strings.TrimSuffix(file, ".gold"))
	if err != nil {
		return GoldDoc{}, fmt.Errorf("%s: %w", gold, err)
	}
	d := GoldDoc{Name: doc, Names: names}
	for _, name := range names {
		v, err := readVersion(filepath.Join(dir, doc+"."+name), name)
		if err != nil {
			return GoldDoc{}, err
		}
		d.Versions = append(d.Versions, v)
	}
	d.Gold, err = readBeads(gold, d.Versions)
	return d, err
}

// readVersion reads a segment a line. A line without text keeps its number.
func readVersion(path, name string) (bitext.Version, error) {
	tag, label, _ := strings.Cut(name, "@")
	lang, err := bitext.ParseLang(tag)
	if err != nil {
		return bitext.Version{}, fmt.Errorf("%s: %w", path, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return bitext.Version{}, fmt.Errorf("a version of the gold: %w", err)
	}
	v := bitext.Version{Lang: lang, Label: label, Path: path}
	for line := range strings.Lines(string(data)) {
		v.Segments = append(v.Segments, bitext.Segment{Text: strings.TrimSpace(line), Space: "\n"})
	}
	return v, nil
}

// readBeads reads a file of beads and holds that its segments exist.
func readBeads(path string, versions []bitext.Version) ([][][]int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("beads: %w", err)
	}
	lines, err := bitext.ReadBeads(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	beads := make([][][]int, len(lines))
	for n, l := range lines {
		if len(l.Sides) != len(versions) {
			return nil, fmt.Errorf("%s: bead %d has %d sides for %d versions", path, n+1, len(l.Sides), len(versions))
		}
		for v, side := range l.Sides {
			slices.Sort(side)
			l.Sides[v] = slices.Compact(side)
			if k := len(side); k > 0 && side[k-1] >= len(versions[v].Segments) {
				return nil, fmt.Errorf("%s: bead %d: segment %d of %s does not exist; it has %d",
					path, n+1, side[k-1], versions[v].Name(), len(versions[v].Segments))
			}
		}
		beads[n] = l.Sides
	}
	return beads, nil
}

// indices turns an alignment's beads into numbers of segments.
func indices(beads []bitext.Bead) [][][]int {
	out := make([][][]int, len(beads))
	for n := range beads {
		out[n] = make([][]int, len(beads[n].Sides))
		for v, r := range beads[n].Sides {
			for i := r.From; i < r.To; i++ {
				out[n][v] = append(out[n][v], i)
			}
		}
	}
	return out
}
