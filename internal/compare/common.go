package compare

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the list of common words
	"fmt"
	"io"
	"strings"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/lexis"
)

//go:embed data/commonwords.txt.gz
var commonWordsData []byte

// commonWords are the stems of words that are written in lower case often
// enough to be no names; tools/commonwords learns them.
var commonWords = sync.OnceValue(func() map[bitext.Lang]map[string]bool {
	out := map[bitext.Lang]map[string]bool{}
	raw, err := unpack("commonwords.txt.gz", commonWordsData)
	if err != nil {
		panic(err) // embedded, and held by a test
	}
	var words map[string]bool
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\r\n")
		if tag, ok := strings.CutPrefix(line, "# "); ok {
			words = map[string]bool{}
			out[bitext.Lang(tag)] = words
			continue
		}
		words[line] = true
	}
	return out
})

// mostUnpacked bounds the bytes of a table that comes with the program.
const mostUnpacked = 1 << 26

// unpack reads a packed table of the folder data.
func unpack(name string, data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("compare: data/%s: %w", name, err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, mostUnpacked))
	if err != nil {
		return nil, fmt.Errorf("compare: data/%s: %w", name, err)
	}
	return raw, nil
}

// plainWord is the probability from which the lexicon's first rendering of a
// word, if it does not sound like it, tells a common word from a name.
const plainWord = 0.15

// soundsLike is how well a word must be heard in its first rendering for the
// rendering to be a spelling of it.
const soundsLike = 0.55

// plain says that a word is a common one, whatever its capital: it is in the
// list, or what the lexicon renders it with first does not sound like it.
func plain(lang bitext.Lang, key, word string) bool {
	if commonWords()[lang][key] {
		return true
	}
	lex := lexicon.Shipped()
	for _, to := range bitext.Langs {
		if to == lang {
			continue
		}
		first, best := "", 0.0
		lex.Each(lang, key, to, func(b string, p float64) {
			if p > best || p == best && b < first {
				first, best = b, p
			}
		})
		if best >= plainWord && lexis.NewEar(to, first).Hears(word, lang) < soundsLike {
			return true
		}
	}
	return false
}
