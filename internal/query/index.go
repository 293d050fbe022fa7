package query

import "strings"

// Phrase is what an index of IndexText is asked for on behalf of a term: words
// that follow one another.
type Phrase struct {
	Words  []string
	Prefix bool // the last of Words is the beginning of a word
	// Inexact says that the index finds more than the term asks for, so that
	// what it gives is to be tried with Match.
	Inexact bool
}

// maxLoose bounds the places in a term where two characters may stand side by
// side or apart, each of which doubles the phrases to ask for.
const maxLoose = 3

// Phrases gives what to ask an index of IndexText for: any of the phrases
// will do. Together they find every text that the term matches.
func (t *Term) Phrases() []Phrase {
	out := []Phrase{{}}
	loose := 0
	for i, k := range t.keys {
		last := i == len(t.keys)-1
		switch {
		case !k.han:
			out = extend(out, k.stem)
		case last && k.glued && i > 0: // the pair before it holds it
		case last:
			out = extend(out, k.word)
			for j := range out {
				out[j].Prefix = true
			}
		case !t.keys[i+1].han:
			out = extend(out, k.word)
		case t.keys[i+1].glued:
			out = extend(out, k.word+t.keys[i+1].word)
		case loose == maxLoose:
			for j := range out {
				out[j].Inexact = true
			}
			return out
		default:
			loose++
			out = extend(out, k.word+t.keys[i+1].word, k.word)
		}
	}
	if last := t.keys[len(t.keys)-1]; t.Prefix && !last.han {
		var all []Phrase
		for _, p := range out {
			all = append(all, prefixPhrases(p.Words[:len(p.Words)-1], last.word)...)
		}
		return all
	}
	return out
}

// extend puts each of the words behind each of the phrases.
func extend(phrases []Phrase, words ...string) []Phrase {
	out := make([]Phrase, 0, len(phrases)*len(words))
	for _, p := range phrases {
		for _, w := range words {
			out = append(out, Phrase{Words: append(p.Words[:len(p.Words):len(p.Words)], w)})
		}
	}
	return out
}

// prefixPhrases asks for words that begin with p in an index of stems: a stem
// goes on beyond p, or is p cut short. The stemmers change the last letter of
// a word now and then, so one letter less than the shortest is asked for too.
func prefixPhrases(before []string, p string) []Phrase {
	out := []Phrase{{Words: append(before[:len(before):len(before)], p), Prefix: true, Inexact: true}}
	seen := map[string]bool{}
	add := func(w string) {
		if w != "" && !seen[w] {
			seen[w] = true
			out = append(out, Phrase{Words: append(before[:len(before):len(before)], w), Inexact: true})
		}
	}
	add(stem(p))
	runes := []rune(p)
	for n := len(runes) - 1; n >= 2 && n >= len(runes)-9; n-- {
		add(string(runes[:n]))
	}
	if s := strings.TrimSuffix(p, "y"); s != p {
		add(s + "i")
	}
	return out
}
