package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"sverka/internal/evaluate"
	"sverka/internal/rendering"
)

func evalRenderingsCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "renderings", Usage: "spot terms with gold renderings and score what is found",
		ArgsUsage: "FILE",
		Description: `FILE has a term a line, {"id","from","to","source","target","term_span","gold",
"words"}, spans in characters. Prints how many renderings are exactly right, F1 over
characters (spaces and marks left out), how many have F1 of a half at least, and for
how many none was found, by direction, for all terms, single words and phrases.

   sverka eval renderings terms.jsonl
   sverka eval renderings --tm memory.db terms.jsonl
   sverka eval renderings --predictions found.jsonl terms.jsonl`,
		Flags: []cli.Flag{formatFlag(evalFormats), outputFlag(),
			&cli.StringFlag{Name: "tm", Usage: "count the words of the memory `FILE` as well"},
			&cli.StringFlag{Name: "predictions", Usage: `score the {"id","spans"} lines of FILE instead of spotting`},
			&cli.StringFlag{Name: "write", Usage: "write what was found to `FILE`"},
		},
		Action: func(c *cli.Context) error { return evalRenderings(c, env) },
	}
}

func evalRenderings(c *cli.Context, env Env) error {
	if c.NArg() != 1 {
		return misuse("eval renderings needs one file with terms and gold", "for example: sverka eval renderings terms.jsonl")
	}
	format, err := formatFor(c.String("format"), c.String("output"), "text", evalFormats)
	if err != nil {
		return err
	}
	in, name, closeIn, err := env.openInput(c.Args().First())
	if err != nil {
		return err
	}
	defer closeIn()
	gold, err := evaluate.ReadRenderings(in, name)
	if err != nil {
		return err
	}
	found, err := foundRenderings(c, env, gold)
	if err != nil {
		return err
	}
	rows := evaluate.ScoreRenderings(gold, found)
	return env.writeOutput(c.String("output"), func(w io.Writer) error {
		switch format {
		case "tsv":
			return evaluate.WriteRenderingsTSV(w, rows)
		case "jsonl":
			enc := json.NewEncoder(w)
			for i := range rows {
				if err := enc.Encode(rows[i]); err != nil {
					return err
				}
			}
			return nil
		}
		return evaluate.WriteRenderings(w, rows)
	})
}

// foundRenderings gives the spans by ID: those of --predictions, else what is
// spotted.
func foundRenderings(c *cli.Context, env Env, gold []evaluate.RenderingGold) (map[string][][2]int, error) {
	if path := c.String("predictions"); path != "" {
		return readSpans(env, path, gold)
	}
	items := make([]rendering.Item, len(gold))
	for i, g := range gold {
		items[i] = rendering.Item{Source: rendering.Sentence{Lang: g.From, Text: g.Source},
			Target: rendering.Sentence{Lang: g.To, Text: g.Target}, Term: [][2]int{g.TermSpan}}
	}
	spotted, err := spotItems(c, env, items)
	if err != nil {
		return nil, err
	}
	found := make(map[string][][2]int, len(gold))
	ids := make([]json.RawMessage, len(gold))
	for i := range gold {
		found[gold[i].ID] = spotted[i].Spans
		ids[i], _ = json.Marshal(gold[i].ID)
	}
	if path := c.String("write"); path != "" {
		err = env.writeOutput(path, func(w io.Writer) error { return writeSpans(w, ids, spotted) })
	}
	return found, err
}

func readSpans(env Env, path string, gold []evaluate.RenderingGold) (map[string][][2]int, error) {
	in, name, closeIn, err := env.openInput(path)
	if err != nil {
		return nil, err
	}
	defer closeIn()
	known := make(map[string]bool, len(gold))
	for i := range gold {
		known[gold[i].ID] = true
	}
	found := map[string][][2]int{}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var p struct {
			ID    string   `json:"id"`
			Spans [][2]int `json:"spans"`
		}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if !known[p.ID] {
			return nil, fmt.Errorf("%s:%d: the gold has no item %q", name, n, p.ID)
		}
		found[p.ID] = p.Spans
	}
	return found, lines.Err()
}
