package lexicon

import (
	"strings"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// Key gives the key of one folded word: its stem, spelt in one way, in
// Russian and English; the word itself elsewhere.
func Key(lang bitext.Lang, form string) string {
	if lang != bitext.English && lang != bitext.Russian {
		return form
	}
	id := string(lang) + form
	keyCache.RLock()
	key, ok := keyCache.m[id]
	keyCache.RUnlock()
	if ok {
		return key
	}
	key = form
	if lang == bitext.English {
		if base, ok := irregular[form]; ok {
			key = base
		}
		key = americanSpelling(key)
	}
	key = text.Stem(string(lang), key)
	keyCache.Lock()
	if len(keyCache.m) >= keyCacheMax {
		keyCache.m = make(map[string]string)
	}
	keyCache.m[id] = key
	keyCache.Unlock()
	return key
}

// keyCache remembers the keys of words; it is emptied when it is full, so that
// its size is bounded whatever the texts.
var keyCache = struct {
	sync.RWMutex
	m map[string]string
}{m: make(map[string]string)}

const keyCacheMax = 1 << 16

// Keys gives the keys of a text in order: of each word of letters, of each
// Chinese character, and of each two Chinese characters in a row. Numbers and
// marks have none.
func Keys(lang bitext.Lang, s string) []string {
	tokens := text.Tokenize(s)
	out := make([]string, 0, len(tokens))
	last, end := "", -1
	for _, t := range tokens {
		form := text.Fold(s[t.Start:t.End])
		switch t.Kind {
		case text.Word:
			out = append(out, Key(lang, strings.TrimSuffix(form, "'s")))
		case text.Han:
			out = append(out, form)
			if end == t.Start {
				out = append(out, last+form)
			}
			last, end = form, t.End
		}
	}
	return out
}
