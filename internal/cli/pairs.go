package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"sverka/internal/bitext"
	"sverka/internal/compare"
	"sverka/internal/text"
)

// maxLine bounds a line of an input that has one record a line.
const maxLine = 16 << 20

type pairJSON struct {
	ID      json.RawMessage `json:"id"`
	Lang    string          `json:"lang"`
	ALang   string          `json:"a_lang"`
	SrcLang string          `json:"src_lang"`
	A       *string         `json:"a"`
	B       *string         `json:"b"`
	Src     *string         `json:"src"`
}

type flagJSON struct {
	Cat     compare.Category `json:"cat"`
	Sev     string           `json:"sev"`
	A       *[2]int          `json:"a"` // code points
	B       *[2]int          `json:"b"`
	Message string           `json:"message"`
}

type pairFlagsJSON struct {
	ID    json.RawMessage `json:"id"`
	Flags []flagJSON      `json:"flags"`
}

// comparePairs compares the pairs of a JSON-lines file and writes a line of
// flags for each, in their order.
func comparePairs(c *cli.Context, env Env) error {
	if c.NArg() > 0 {
		return misuse("--pairs reads its texts from the file; versions cannot be given beside it", "")
	}
	if f := c.String("format"); f != "" && f != "jsonl" {
		return misuse("--pairs writes jsonl only", "leave --format out")
	}
	opt, err := compareOptions(c)
	if err != nil {
		return err
	}
	if err := env.withTerms(c, &opt, false); err != nil {
		return err
	}
	in, name, closeIn, err := env.openInput(c.String("pairs"))
	if err != nil {
		return err
	}
	defer closeIn()
	pairs, err := readPairs(in, name)
	if err != nil {
		return err
	}
	bar := env.newProgress("comparing")
	defer bar.finish()
	out := make([]pairFlagsJSON, len(pairs))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range pairs {
		g.Go(func() error {
			if err := c.Context.Err(); err != nil {
				return err
			}
			out[i] = flagsOf(&pairs[i], opt)
			return nil
		})
		bar.update(i, len(pairs))
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return env.writeOutput(c.String("output"), func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range out {
			if err := enc.Encode(out[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// openInput opens a file or, for "-", standard input.
func (e Env) openInput(path string) (r io.Reader, name string, closeIn func(), err error) {
	if path == "-" {
		return e.Stdin, "standard input", func() {}, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, path, nil, fmt.Errorf("%s: there is no such file", path)
	}
	if err != nil {
		return nil, path, nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, path, nil, fmt.Errorf("%s: is a folder; name a file", path)
	}
	return f, path, func() { f.Close() }, nil
}

type pair struct {
	id   json.RawMessage
	a, b compare.Text
	src  *compare.Text
}

func readPairs(r io.Reader, name string) ([]pair, error) {
	var out []pair
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		p, err := parsePair(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, p)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no pair in it", name)
	}
	return out, nil
}

func parsePair(line []byte) (pair, error) {
	var j pairJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return pair{}, fmt.Errorf("not a JSON object: %w", err)
	}
	if j.A == nil || j.B == nil || len(j.ID) == 0 {
		return pair{}, fmt.Errorf(`a pair needs "id", "a" and "b"`)
	}
	p := pair{id: append(json.RawMessage{}, j.ID...)}
	lang, err := readable(j.Lang)
	if err != nil {
		return p, fmt.Errorf(`"lang": %w`, err)
	}
	p.b = compare.Text{Lang: lang, Text: *j.B}
	if j.ALang == "" && j.Src != nil && *j.Src == *j.A {
		j.ALang = j.SrcLang // a is the source itself
	}
	if j.ALang != "" {
		if lang, err = readable(j.ALang); err != nil {
			return p, fmt.Errorf(`"a_lang": %w`, err)
		}
	}
	p.a = compare.Text{Lang: lang, Text: *j.A}
	if j.Src != nil && *j.Src != "" && j.SrcLang != "" {
		l, err := readable(j.SrcLang)
		if err != nil {
			return p, fmt.Errorf(`"src_lang": %w`, err)
		}
		p.src = &compare.Text{Lang: l, Text: *j.Src}
	}
	return p, nil
}

// readable reads a language tag and refuses one whose texts sverka cannot read.
func readable(tag string) (bitext.Lang, error) {
	l, err := bitext.ParseLang(tag)
	if err == nil && !l.Known() {
		err = fmt.Errorf("sverka reads ru, zh, en, not %s", l)
	}
	return l, err
}

func flagsOf(p *pair, opt compare.Options) pairFlagsJSON {
	out := pairFlagsJSON{ID: p.id, Flags: []flagJSON{}}
	flags := compare.Pair(p.a, p.b, p.src, opt)
	if len(flags) == 0 {
		return out
	}
	a, b := text.NewRuneIndex(p.a.Text), text.NewRuneIndex(p.b.Text)
	for _, f := range flags {
		out.Flags = append(out.Flags, flagJSON{
			Cat: f.Cat, Sev: f.Sev.String(), Message: f.Message.String(),
			A: inRunes(a, f.A), B: inRunes(b, f.B),
		})
	}
	return out
}

// inRunes turns a span in bytes into one in code points; nil stays nil.
func inRunes(x *text.RuneIndex, span *[2]int) *[2]int {
	if span == nil {
		return nil
	}
	return &[2]int{x.Runes(span[0]), x.Runes(span[1])}
}
