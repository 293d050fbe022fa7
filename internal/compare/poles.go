package compare

import (
	_ "embed"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/poles.txt
var polesData string

//go:embed data/antonyms.wordnet.txt
var wordnetData string

// poleWord is a word or phrase of one pole of a pair of opposites.
type poleWord struct {
	keys  []string // of its units
	pair  int      // index of the pair of opposites
	pole  int      // 0 or 1
	light bool     // too many uses to be compared across languages
}

// poleTable finds the words of opposites by their first key.
type poleTable map[bitext.Lang]map[string][]poleWord

// poles are the opposites of data/poles.txt and, behind them, of WordNet.
var poles = loadPoles(polesData, wordnetData)

// advice says of a pair of poles that the one binds and the other advises.
var advice = map[int]bool{}

// opposites holds each pair of single keys that are opposites.
var opposites = pairUp(poles)

func loadPoles(own, wordnet string) poleTable {
	t := poleTable{bitext.English: {}, bitext.Russian: {}, bitext.Chinese: {}}
	n := 0
	for line := range strings.Lines(own) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		field := strings.Split(line, "|")
		advice[n] = strings.TrimSpace(field[0]) == "bind"
		for k, lang := range []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese} {
			if k+1 < len(field) {
				t.add(lang, field[k+1], n)
			}
		}
		n++
	}
	for line := range strings.Lines(wordnet) {
		if a, b, ok := strings.Cut(strings.TrimSpace(line), " "); ok && line[0] != '#' {
			t.add(bitext.English, a+"/"+b, n)
			n++
		}
	}
	return t
}

func (t poleTable) add(lang bitext.Lang, field string, pair int) {
	for pole, words := range strings.SplitN(field, "/", 2) {
		for w := range strings.SplitSeq(words, ",") {
			w = strings.TrimSpace(w)
			if w == "" {
				continue
			}
			bare, light := strings.CutSuffix(w, "*")
			p := poleWord{pair: pair, pole: pole, light: light}
			for _, tok := range text.Tokenize(bare) {
				p.keys = append(p.keys, wordKey(lang, text.Fold(bare[tok.Start:tok.End])))
			}
			t[lang][p.keys[0]] = append(t[lang][p.keys[0]], p)
		}
	}
}

func pairUp(t poleTable) map[[2]string]bool {
	out := make(map[[2]string]bool)
	for _, byKey := range t {
		type end struct {
			pair, pole int
		}
		words := make(map[end][]string)
		for _, list := range byKey {
			for _, w := range list {
				if len(w.keys) == 1 {
					words[end{w.pair, w.pole}] = append(words[end{w.pair, w.pole}], w.keys[0])
				}
			}
		}
		for e, as := range words {
			for _, a := range as {
				for _, b := range words[end{e.pair, 1 - e.pole}] {
					out[[2]string{a, b}] = true
				}
			}
		}
	}
	return out
}

// opposed says that two keys are opposites, or that one denies the other by
// its prefix.
func opposed(la bitext.Lang, a string, lb bitext.Lang, b string) bool {
	if la != lb {
		return false
	}
	return opposites[[2]string{a, b}] || denies(la, a, b) || denies(la, b, a)
}

var denyingPrefixes = map[bitext.Lang][]string{
	bitext.English: {"un", "in", "im", "il", "ir", "dis", "non", "mis", "de"},
	bitext.Russian: {"не", "без", "бес", "анти", "контр"},
}

func denies(lang bitext.Lang, a, b string) bool {
	if len(b) < 3 || len(a) <= len(b) || !strings.HasSuffix(a, b) {
		return false
	}
	head := a[:len(a)-len(b)]
	for _, p := range denyingPrefixes[lang] {
		if head == p {
			return true
		}
	}
	return false
}

// poleHit is a place where a word of a pair of opposites stands.
type poleHit struct {
	from, to   int // units
	pair, pole int
	light      bool
}

// findPoles gives the opposites of a text in order; the longest phrase wins.
func findPoles(d *side) []poleHit {
	table := poles[d.lang]
	var out []poleHit
	for i := 0; i < len(d.units); i++ {
		longest := 0
		var here []poleHit
		for _, w := range table[d.units[i].key] {
			n := len(w.keys)
			if n < longest || !d.hasKeys(i, w.keys) {
				continue
			}
			if n > longest {
				longest, here = n, nil
			}
			here = append(here, poleHit{i, i + n, w.pair, w.pole, w.light})
		}
		out = append(out, here...)
		i += max(0, longest-1) // the words of a phrase are no words by themselves
	}
	return out[:min(len(out), itemMost)]
}

func (d *side) hasKeys(i int, keys []string) bool {
	if i+len(keys) > len(d.units) {
		return false
	}
	for k, key := range keys {
		if d.units[i+k].key != key {
			return false
		}
	}
	return true
}
