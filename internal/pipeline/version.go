// Package pipeline is where the way of the data is read as code, one function
// a journey: files become versions, versions an alignment, an alignment units
// of a memory or the findings of a comparison.
//
// It branches on no language and holds no threshold; what decides is in the
// packages below.
package pipeline

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"sverka/internal/bitext"
	"sverka/internal/ingest"
	"sverka/internal/langdetect"
	"sverka/internal/segment"
)

// Spec names one version of a statement as a person gives it:
// [LANG[@LABEL]=]PATH.
type Spec struct {
	Lang  bitext.Lang // "" when it is to be detected
	Label string
	Path  string // "-" for standard input
}

// ParseSpec reads [LANG[@LABEL]=]PATH. What stands before the equals sign is
// taken for a part of the path when it is no language; @LABEL=PATH gives a
// label alone. The error says what was wrong with the word.
func ParseSpec(word string) (Spec, error) {
	head, path, found := strings.Cut(word, "=")
	if !found {
		return Spec{Path: word}, nonEmpty(word, word)
	}
	lang, label, labelled := strings.Cut(head, "@")
	if strings.ContainsAny(head, `/\.`) {
		return Spec{Path: word}, nil
	}
	s := Spec{Label: label, Path: path}
	if labelled && label == "" {
		return s, fmt.Errorf("%q has an @ without a label (such as en@kremlin=page.html)", word)
	}
	if lang != "" {
		l, err := bitext.ParseLang(lang)
		if err != nil {
			return s, fmt.Errorf("%q: %w", word, err)
		}
		if !l.Known() {
			return s, fmt.Errorf("%q: sverka reads %s, not %s", word, knownLangs(), l)
		}
		s.Lang = l
	} else if !labelled {
		return s, fmt.Errorf("%q begins with an equals sign", word)
	}
	return s, nonEmpty(path, word)
}

func nonEmpty(path, word string) error {
	if path == "" {
		return fmt.Errorf("%q names no file", word)
	}
	return nil
}

func knownLangs() string {
	var out []string
	for _, l := range bitext.Langs {
		out = append(out, string(l))
	}
	return strings.Join(out, ", ")
}

// ReadOptions says how versions are read.
type ReadOptions struct {
	Format    string // of the files; "" is told from the name and the content
	Encoding  string // "" is detected
	WholePage bool   // of HTML: everything that shows, not the article alone
	Segmented bool   // the input has one segment a line
	Stdin     io.Reader
}

// ReadVersions reads, checks and segments each version. Versions of one
// language get labels that tell them apart: as given, else from their file's
// name. The first error in the order of specs is returned.
func ReadVersions(ctx context.Context, specs []Spec, opt ReadOptions) ([]bitext.Version, error) {
	versions := make([]bitext.Version, len(specs))
	errs := make([]error, len(specs))
	if err := oneStdin(specs); err != nil {
		return nil, err
	}
	var g errgroup.Group
	for i, s := range specs {
		g.Go(func() error {
			versions[i], errs[i] = readVersion(ctx, s, opt)
			return nil
		})
	}
	_ = g.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	label(versions)
	return versions, nil
}

func oneStdin(specs []Spec) error {
	n := 0
	for _, s := range specs {
		if s.Path == "-" {
			n++
		}
	}
	if n > 1 {
		return fmt.Errorf("standard input (-) can be one version only; it was given for %d", n)
	}
	return nil
}

func readVersion(ctx context.Context, s Spec, opt ReadOptions) (bitext.Version, error) {
	doc, err := readDocument(ctx, s, opt)
	if err != nil {
		return bitext.Version{}, err
	}
	if s.Lang == "" {
		s.Lang, err = identify(doc.Text)
	} else {
		err = langdetect.Check(doc.Text, s.Lang)
	}
	if err != nil {
		return bitext.Version{}, fmt.Errorf("%s: %w", s.Path, err)
	}
	doc.Lang = s.Lang
	var v bitext.Version
	if opt.Segmented {
		v, err = segment.Lines(doc)
		if err != nil {
			return bitext.Version{}, err // it names the file itself
		}
	} else {
		v = segment.Split(doc)
	}
	v.Label = s.Label
	return v, nil
}

// identify tells the language of a text, or why it cannot be read.
func identify(s string) (bitext.Lang, error) {
	lang, _, ok := langdetect.Detect(s)
	if !ok {
		return "", fmt.Errorf("its language cannot be told; name it, as in ru=PATH (sverka reads %s)", knownLangs())
	}
	if !lang.Known() {
		return "", fmt.Errorf("it looks like %s; sverka reads %s", langdetect.Name(lang), knownLangs())
	}
	return lang, nil
}

func readDocument(ctx context.Context, s Spec, opt ReadOptions) (*bitext.Document, error) {
	format, err := ingest.ParseFormat(opt.Format)
	if err != nil {
		return nil, err
	}
	in := ingest.Options{Format: format, Encoding: opt.Encoding, WholePage: opt.WholePage}
	if opt.Segmented {
		in.Format = ingest.Plain
	}
	if s.Path == "-" {
		return ingest.ReadFrom(ctx, opt.Stdin, s.Path, in)
	}
	return ingest.Read(ctx, s.Path, in)
}

// label gives versions that share a language labels that tell them apart: what
// stands after an @ in their file's name, else the name itself, else a number.
func label(versions []bitext.Version) {
	taken := map[string]int{}
	for i := range versions {
		taken[versions[i].Name()]++
	}
	used := map[string]bool{}
	for i := range versions {
		v := &versions[i]
		if taken[v.Name()] > 1 && v.Label == "" {
			v.Label = labelFromPath(v.Path, v.Lang)
		}
		base := v.Label
		for n := 2; used[v.Name()]; n++ {
			v.Label = fmt.Sprintf("%s%d", base, n)
		}
		used[v.Name()] = true
	}
}

func labelFromPath(path string, lang bitext.Lang) string {
	name := filepath.Base(path)
	if name == "-" || name == "." {
		return "stdin"
	}
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if _, after, ok := strings.Cut(name, "@"); ok && after != "" {
		return after
	}
	name = strings.TrimSuffix(name, "."+string(lang))
	return strings.Join(strings.Fields(strings.NewReplacer("=", " ", "@", " ", ":", " ").Replace(name)), "-")
}
