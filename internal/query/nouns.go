package query

import (
	_ "embed"
	"strings"
	"sync"
)

// nounText lists the Russian stems that the stemmer cuts short where they
// stand without an ending, since they end like a verb or an adjective: of
// визит it makes виз, and of систем сист. It is made by tools/nounstems.
//
//go:embed nouns.txt
var nounText string

var nounStems = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(nounText) {
		out[w] = true
	}
	return out
})

// hardEndings are the endings of such a noun, the longest first.
var hardEndings = []string{"ами", "ах", "ам", "ом", "ов", "ой", "а", "у", "е", "ы", "и", "о", ""}

// nounStem gives the listed stem of which a Russian word is a form, "" where
// there is none.
func nounStem(w string) string {
	for _, e := range hardEndings {
		if base, ok := strings.CutSuffix(w, e); ok && nounStems()[base] {
			return base
		}
	}
	return ""
}
