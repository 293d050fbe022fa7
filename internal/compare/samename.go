package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// sameName says how likely two names name one thing, 0 to 1: each word of the
// shorter must stand, in some spelling, in the longer. Russian is read in Latin
// letters, so that Горбачёв and Gorbachev meet.
func sameName(a, b string, la, lb bitext.Lang) float64 {
	wa, wb := nameTokens(a, la), nameTokens(b, lb)
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	if len(wa) == 0 {
		return 0
	}
	worst := worstMatch(wa, wb)
	if len(wa) == len(wb) {
		worst = min(worst, worstMatch(wb, wa))
	}
	return worst
}

// worstMatch gives how well the word of wa fits that fits worst in wb.
func worstMatch(wa, wb []string) float64 {
	worst := 1.0
	for _, x := range wa {
		best := 0.0
		for _, y := range wb {
			best = max(best, sameSound(x, y))
		}
		worst = min(worst, best)
	}
	return worst
}

// nameTokens gives the words of a name in rough Latin letters; Chinese ones as
// they are.
func nameTokens(s string, lang bitext.Lang) []string {
	var out []string
	for _, t := range text.Tokenize(s) {
		form := text.Fold(s[t.Start:t.End])
		switch t.Kind {
		case text.Word:
			if lang == bitext.Russian {
				form = withoutCase(form)
			}
			if form = romanize(form); len(form) > 0 {
				out = append(out, form)
			}
		case text.Han:
			out = append(out, form)
		}
	}
	return out
}

// nameCases are the endings that Russian names take in their cases; those of
// surnames (-ов, -ин) stay.
var nameCases = []string{"ого", "ому", "ыми", "ими", "ами", "ями", "ом", "ем", "ым", "им", "ой", "ей", "ых", "их",
	"ам", "ям", "ах", "ях", "а", "у", "ы", "и", "е", "ю", "я", "ь", "й"}

func withoutCase(w string) string {
	for _, e := range nameCases {
		if s, ok := strings.CutSuffix(w, e); ok && len([]rune(s)) >= 3 {
			return s
		}
	}
	return w
}

// letterSounds leads Cyrillic letters, and Latin ones of several spellings, to
// one rough Latin form. Longer entries come first.
var letterSounds = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "й", "i",
	"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u",
	"ф", "f", "х", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sh", "ъ", "", "ы", "i", "ь", "", "э", "e",
	"ю", "u", "я", "a",
)

var latinSounds = strings.NewReplacer(
	"shch", "sh", "tch", "ch", "sch", "sh", "kh", "h", "ph", "f", "ck", "k", "th", "t", "gh", "g", "wh", "v",
	"ee", "i", "oo", "u", "ou", "u", "ei", "ai", "ey", "ai", "ay", "ai", "ya", "a", "yu", "u", "yo", "o", "ye", "e", "iu", "u", "ia", "a", "ie", "e", "io", "o",
	"ce", "se", "ci", "si", "cy", "si", "ch", "ch", "c", "k", "q", "k", "w", "v", "x", "ks", "y", "i", "j", "i",
)

// romanize writes a folded word in rough Latin letters, doubled ones once, a
// closing f as v.
func romanize(w string) string {
	w = latinSounds.Replace(letterSounds.Replace(w))
	var b strings.Builder
	last := rune(0)
	for _, r := range w {
		if r >= 'a' && r <= 'z' && r != last {
			b.WriteRune(r)
		}
		last = r
	}
	out := b.String()
	if s, ok := strings.CutSuffix(out, "f"); ok && len(s) > 3 {
		out = s + "v"
	}
	return out
}

// sameSound compares two words in rough Latin letters: by what is left of them
// without vowels, or by how many letters differ.
func sameSound(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	s := 1 - float64(levenshtein([]rune(a), []rune(b)))/float64(max(len(a), len(b)))
	if ca, cb := consonants(a), consonants(b); ca == cb && len(ca) > 1 && s >= 0.4 {
		return max(s, 0.9)
	}
	return s
}

func consonants(w string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiou", r) {
			return -1
		}
		return r
	}, w)
}
