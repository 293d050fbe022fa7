package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/rendering"
	"sverka/internal/tm"
)

type termJSON struct {
	ID     json.RawMessage `json:"id"`
	From   string          `json:"from"`
	To     string          `json:"to"`
	Source *string         `json:"source"`
	Target *string         `json:"target"`
	Span   *[2]int         `json:"term_span"`
}

type spansJSON struct {
	ID    json.RawMessage `json:"id"`
	Spans [][2]int        `json:"spans"`
}

// maxCounted is how many units of the memory are counted for --pairs.
const maxCounted = 100_000

// renderPairs points at the rendering of the term of each line of a file.
func renderPairs(c *cli.Context, env Env) error {
	if c.NArg() > 0 {
		return misuse("--pairs reads its terms from the file; a term cannot be given beside it", "")
	}
	if f := c.String("format"); f != "" && f != "jsonl" {
		return misuse("--pairs writes jsonl only", "leave --format out")
	}
	in, name, closeIn, err := env.openInput(c.String("pairs"))
	if err != nil {
		return err
	}
	defer closeIn()
	items, ids, err := readTerms(in, name)
	if err != nil {
		return err
	}
	found, err := spotItems(c, env, items)
	if err != nil {
		return err
	}
	return env.writeOutput(c.String("output"), func(w io.Writer) error { return writeSpans(w, ids, found) })
}

// spotItems spots terms in their sentences; with --tm it counts the memory's
// words first.
func spotItems(c *cli.Context, env Env, items []rendering.Item) ([]rendering.Rendering, error) {
	bar := env.newProgress("spotting")
	defer bar.finish()
	batch := rendering.NewBatch(rendering.Shipped(), items)
	if c.String("tm") != "" {
		if err := env.withMemory(c, true, func(store *tm.Store) error { return countMemory(c.Context, batch, store) }); err != nil {
			return nil, err
		}
	}
	return batch.Spot(c.Context)
}

func writeSpans(w io.Writer, ids []json.RawMessage, found []rendering.Rendering) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i, r := range found {
		out := spansJSON{ids[i], r.Spans}
		if out.Spans == nil {
			out.Spans = [][2]int{}
		}
		if err := enc.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

// countMemory counts the words of a memory's units.
func countMemory(ctx context.Context, batch *rendering.Batch, store *tm.Store) error {
	n := 0
	var texts [][2]rendering.Sentence
	for u, err := range store.Units(ctx, tm.Filter{}) {
		if err != nil {
			return err
		}
		for i := range u.Variants {
			for k := i + 1; k < len(u.Variants); k++ {
				a, b := &u.Variants[i], &u.Variants[k]
				if a.Lang != b.Lang && a.Lang.Known() && b.Lang.Known() {
					texts = append(texts, [2]rendering.Sentence{{Lang: a.Lang, Text: a.Text}, {Lang: b.Lang, Text: b.Text}})
				}
			}
		}
		if n++; n == maxCounted {
			break
		}
	}
	return batch.Count(ctx, texts)
}

func readTerms(r io.Reader, name string) (items []rendering.Item, ids []json.RawMessage, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		item, id, err := parseTerm(lines.Bytes())
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		items, ids = append(items, item), append(ids, id)
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	if len(items) == 0 {
		return nil, nil, fmt.Errorf("%s: no term in it", name)
	}
	return items, ids, nil
}

func parseTerm(line []byte) (rendering.Item, json.RawMessage, error) {
	var j termJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return rendering.Item{}, nil, fmt.Errorf("not a JSON object: %w", err)
	}
	if j.Source == nil || j.Target == nil || j.Span == nil || len(j.ID) == 0 {
		return rendering.Item{}, nil, fmt.Errorf(`a line needs "id", "from", "to", "source", "target" and "term_span"`)
	}
	var langs [2]bitext.Lang
	for k, tag := range [...]string{j.From, j.To} {
		l, err := readable(tag)
		if err != nil {
			return rendering.Item{}, nil, fmt.Errorf("%q: %w", [...]string{"from", "to"}[k], err)
		}
		langs[k] = l
	}
	if n := len([]rune(*j.Source)); j.Span[0] < 0 || j.Span[1] < j.Span[0] || j.Span[1] > n {
		return rendering.Item{}, nil, fmt.Errorf(`"term_span" [%d, %d] does not lie in the source, which has %d characters`, j.Span[0], j.Span[1], n)
	}
	return rendering.Item{
		Source: rendering.Sentence{Lang: langs[0], Text: *j.Source}, Target: rendering.Sentence{Lang: langs[1], Text: *j.Target},
		Term: [][2]int{*j.Span},
	}, append(json.RawMessage{}, j.ID...), nil
}
