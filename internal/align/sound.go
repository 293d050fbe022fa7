package align

import (
	"cmp"
	_ "embed"
	"math/bits"
	"slices"
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

// A sound is a skeleton, or its first eight classes, in four bits each, the
// last class in the lowest; 0 is none.
type sound uint32

const soundClasses = "PTKHSFMNL"

func soundCode(skeleton string) sound {
	var code sound
	for i := range min(len(skeleton), 8) {
		code = code<<4 | sound(1+strings.IndexByte(soundClasses, skeleton[i]))
	}
	return code
}

// size is how many classes a sound has.
func (s sound) size() int { return (bits.Len32(uint32(s)) + 3) / 4 }

// then is s with t behind it.
func (s sound) then(t sound) sound { return s<<(4*t.size()) | t }

// without is s less its class k from the end.
func (s sound) without(k int) sound {
	low := sound(1)<<(4*k) - 1
	return s>>4&^low | s&low
}

// hanSoundsData lists the characters that Chinese uses to write foreign names,
// a class string and its characters a line.
//
//go:embed hansounds.txt
var hanSoundsData string

var hanSounds = parseHanSounds(hanSoundsData)

func parseHanSounds(data string) map[rune]sound {
	sounds := map[rune]sound{}
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
			sounds[r] = soundCode(class)
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

const maxHanName = 6 // characters of one part of a foreign name

// addHanSounds notes the skeletons of each stretch of a run of Chinese
// characters that could be a foreign name.
func addHanSounds(v *units, run []rune) {
	for from := range run {
		var code sound
		for to := from; to < len(run) && to-from < maxHanName; to++ {
			class, ok := hanSounds[run[to]]
			if !ok || code.size()+class.size() > 8 {
				break
			}
			code = code.then(class)
			if to > from && code.size() >= minSkeleton {
				v.add(uint64(code))
			}
		}
	}
}

// soundLinks pairs the skeletons of two sides that are equal or one edit
// apart, each with the confidence that they are the same name. Two skeletons
// one edit apart share a variant: the skeleton itself or less one class.
func soundLinks(x, y *units) []link {
	vx, vy := soundVariants(x), soundVariants(y)
	var links []link
	for i, j := 0, 0; i < len(vx) && j < len(vy); {
		switch {
		case vx[i].code < vy[j].code:
			i++
		case vx[i].code > vy[j].code:
			j++
		default:
			end := j
			for ; i < len(vx) && vx[i].code == vy[j].code; i++ {
				for end = j; end < len(vy) && vy[end].code == vy[j].code; end++ {
					a, b := vx[i].unit, vy[end].unit
					links = append(links, link{a, b, soundMatch(sound(x.keys[a]), sound(y.keys[b]))})
				}
			}
			j = end
		}
	}
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	return slices.CompactFunc(links, func(a, b link) bool { return a.x == b.x && a.y == b.y })
}

// variant is a form under which a unit's skeleton is found.
type variant struct {
	code sound
	unit int32
}

func soundVariants(v *units) []variant {
	out := make([]variant, 0, 6*len(v.keys))
	for id, key := range v.keys {
		code := sound(key)
		out = append(out, variant{code, int32(id)})
		if n := code.size(); n > minSkeleton {
			for k := range n {
				out = append(out, variant{code.without(k), int32(id)})
			}
		}
	}
	slices.SortFunc(out, func(a, b variant) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.unit, b.unit)) })
	return out
}

// soundMatch is the confidence, 0 to 1, that two skeletons that share a
// variant name the same.
func soundMatch(a, b sound) float32 {
	short := min(a.size(), b.size())
	conf := float32(short-1) / float32(short+1)
	if a != b {
		conf *= 0.5
	}
	return conf
}
