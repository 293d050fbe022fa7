package compare

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/paraphrase.txt.gz
var paraphraseData []byte

// paraphrases says of a word, where one of two renderings of a source has it
// and the other has it not, how often each other word stands for it there. It
// is read when it is first asked for.
var paraphrases = sync.OnceValue(func() map[string]map[string]float64 {
	t, err := parseParaphrases(paraphraseData)
	if err != nil {
		panic(err) // held by a test
	}
	return t
})

// parseParaphrases reads packed lines "language, word, word, per cent", parted
// by tabs. The keys are the language and the first word, parted by a space.
func parseParaphrases(data []byte) (map[string]map[string]float64, error) {
	raw, err := unpack("paraphrase.txt.gz", data)
	if err != nil {
		return nil, err
	}
	out := make(map[string]map[string]float64)
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("compare: data/paraphrase.txt.gz: %q has not four fields", line)
		}
		n, err := strconv.Atoi(f[3])
		if err != nil || n < 0 || n > 100 {
			return nil, fmt.Errorf("compare: data/paraphrase.txt.gz: %q has no per cent", line)
		}
		key := f[0] + " " + f[1]
		if out[key] == nil {
			out[key] = make(map[string]float64)
		}
		out[key][f[2]] = float64(n) / 100
	}
	return out, nil
}

// paraphrase says how likely a word of the other text stands for word k: any,
// and one that this text has not.
func (q *doubts) paraphrase(k int) (any, free float64) {
	there := paraphrases()[string(q.d.lang)+" "+paraphraseKey(q.d, q.d.words()[k])]
	if there == nil {
		return 0, 0
	}
	for j, h := range q.o.words() {
		p := there[paraphraseKey(q.o, h)]
		any = max(any, p)
		if !q.oSame[j] {
			free = max(free, p)
		}
	}
	return any, free
}

// paraphraseKey is the key of a word in data/paraphrase.txt.gz.
func paraphraseKey(d *side, g wordSpan) string {
	if g.to == g.from+1 {
		return d.units[g.from].key
	}
	return d.wordText(g)
}
