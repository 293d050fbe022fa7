package align

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// Names are compared by the skeleton of their consonants, each consonant
// written as its class, so that Путин, Putin and, through the characters used
// to write foreign names, Chinese forms come out alike. In the manner of
// Soundex and of Covington's and Kondrak's phonetic classes:
// P b p · T d t · K g k q · H h х · S all sibilants and affricates · F f v w ·
// M · N · L l r. Vowels are dropped.

const minSkeleton = 3 // shorter skeletons meet by chance

// hanSoundsData lists the characters that Chinese uses to write foreign names,
// a class string and its characters a line.
//
//go:embed hansounds.txt
var hanSoundsData string

var hanSounds = parseHanSounds(hanSoundsData)

func parseHanSounds(data string) map[rune]string {
	sounds := map[rune]string{}
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		class, chars, _ := strings.Cut(line, " ")
		if class == "-" {
			class = ""
		}
		for _, r := range chars {
			sounds[r] = class
		}
	}
	return sounds
}

var letterSounds = map[rune]string{
	'b': "P", 'p': "P", 'd': "T", 't': "T", 'g': "K", 'k': "K", 'q': "K", 'c': "K", 'h': "H",
	's': "S", 'z': "S", 'j': "S", 'x': "KS", 'f': "F", 'v': "F", 'w': "F", 'm': "M", 'n': "N", 'l': "L", 'r': "L",
	'б': "P", 'п': "P", 'д': "T", 'т': "T", 'г': "K", 'к': "K", 'х': "H", 'с': "S", 'з': "S", 'ж': "S",
	'ц': "S", 'ч': "S", 'ш': "S", 'щ': "S", 'ф': "F", 'в': "F", 'м': "M", 'н': "N", 'л': "L", 'р': "L",
}

// digraphs are letter pairs with one sound; they are looked for first.
var digraphs = map[string]string{
	"sh": "S", "ch": "S", "zh": "S", "ts": "S", "tz": "S", "ph": "F", "th": "T", "kh": "H", "ck": "K",
	"дж": "S", "ce": "S", "ci": "S", "cy": "S", "wh": "F", "gh": "K", "тс": "S",
}

// skeleton is the consonant skeleton of a folded word.
func skeleton(word string) string {
	var b strings.Builder
	last := ""
	for word != "" {
		r, n := utf8.DecodeRuneInString(word)
		class := letterSounds[r]
		if _, m := utf8.DecodeRuneInString(word[n:]); m > 0 {
			if c, ok := digraphs[word[:n+m]]; ok {
				class = c
				if word[n+m-1] != 'e' && word[n+m-1] != 'i' && word[n+m-1] != 'y' {
					n += m
				}
			}
		}
		word = word[n:]
		if class != last || class == "" {
			b.WriteString(class)
		}
		last = class
	}
	return b.String()
}

// addWordSound notes the skeleton of a word: of any capitalised one, of others
// where it is long. A capital is marked by the case of the unit's first letter.
func addWordSound(v *vocab, i int, word string, capital bool) {
	sk := skeleton(word)
	switch {
	case capital && len(sk) >= minSkeleton:
		v.add(i, sk)
	case len(sk) > minSkeleton:
		v.add(i, strings.ToLower(sk[:1])+sk[1:])
	}
}

const maxHanName = 6 // characters of one part of a foreign name

// addHanSounds notes the skeletons of each stretch of a run of Chinese
// characters that could be a foreign name.
func addHanSounds(v *vocab, i int, run string) {
	chars := []rune(run)
	for from := range chars {
		sk := ""
		for to := from; to < len(chars) && to-from < maxHanName; to++ {
			class, ok := hanSounds[chars[to]]
			if !ok {
				break
			}
			sk += class
			if to > from && len(sk) >= minSkeleton {
				v.add(i, sk)
			}
		}
	}
}

// soundLinks pairs the skeletons of two sides that are equal or one edit
// apart, each with the confidence that they are the same name.
func soundLinks(x, y *vocab) []link {
	variants := map[string][]int32{}
	for id, name := range y.names {
		for _, k := range soundVariants(name) {
			variants[k] = append(variants[k], int32(id))
		}
	}
	best := map[[2]int32]float32{}
	for id, name := range x.names {
		for _, k := range soundVariants(name) {
			for _, other := range variants[k] {
				if c := soundMatch(name, y.names[other]); c > 0 {
					best[[2]int32{int32(id), other}] = c
				}
			}
		}
	}
	return sortedLinks(best)
}

// soundVariants are the skeleton itself and, of the longer ones, the skeleton
// less any one consonant: two skeletons one edit apart share a variant.
func soundVariants(name string) []string {
	name = strings.ToUpper(name)
	out := []string{name}
	if len(name) > minSkeleton {
		for i := range name {
			out = append(out, name[:i]+name[i+1:])
		}
	}
	return out
}

// soundMatch is the confidence, 0 to 1, that two skeletons name the same.
func soundMatch(a, b string) float32 {
	capital := a[0] < 'a' && b[0] < 'a'
	a, b = strings.ToUpper(a), strings.ToUpper(b)
	short := min(len(a), len(b))
	conf := float32(short-1) / float32(short+1)
	if a != b {
		if max(len(a), len(b)) <= minSkeleton+1 && !capital {
			return 0
		}
		conf *= 0.5
	}
	if !capital {
		conf *= 0.6
	}
	return conf
}
