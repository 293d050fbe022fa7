package lexis

import (
	_ "embed" // the sounds of Chinese characters
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/pinyin.txt
var pinyinData string

// pinyin gives the syllable of a Chinese character, without tone.
var pinyin = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 7000)
	for line := range strings.Lines(pinyinData) {
		syllable, chars, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || syllable == "#" {
			continue
		}
		for _, r := range chars {
			m[string(r)] = syllable
		}
	}
	return m
})

// Names of different scripts are compared by how they sound: a name becomes a
// string of classes, as in Soundex, but with vowels kept:
// P b p, T d t, K g k, H h, S sibilants and affricates, F f v w, M, N, L l r;
// A a, E e i y, O o u. Transliterations of Russian differ within a class
// (Sergey, Sergei; Tchaikovsky, Chaykovskiy), Pinyin and Palladius as well
// (Xi Jinping, Си Цзиньпин), and so do the characters that Chinese uses for
// foreign sounds.

// latinPairs are pairs of Latin letters with one sound.
var latinPairs = map[string]string{"sh": "S", "ch": "S", "zh": "S", "ts": "S", "tz": "S", "tc": "S", "cz": "S", "ph": "F",
	"th": "T", "kh": "H", "ck": "K", "gh": "K", "ce": "SE", "ci": "SE", "cy": "SE", "wh": "F", "xi": "SE", "xu": "SO",
	"qi": "SE", "dj": "S", "ya": "A", "yu": "O", "yo": "O", "ye": "E", "ia": "A", "iu": "O", "ie": "E", "ee": "E", "oo": "O", "ou": "O", "ei": "E", "iy": "E", "yi": "E", "ey": "E"}

// cyrillicPairs are pairs of Cyrillic letters with one sound.
var cyrillicPairs = map[string]string{"дж": "S", "чж": "S", "цз": "S", "тс": "S", "дз": "S", "ий": "E", "ей": "E", "ый": "E"}

// letterSounds are the classes of single letters.
var letterSounds = map[rune]string{
	'b': "P", 'p': "P", 'd': "T", 't': "T", 'g': "K", 'k': "K", 'q': "K", 'c': "K", 'h': "H", 's': "S", 'z': "S",
	'j': "S", 'x': "KS", 'f': "F", 'v': "F", 'w': "F", 'm': "M", 'n': "N", 'l': "L", 'r': "L", 'a': "A", 'e': "E",
	'i': "E", 'y': "E", 'o': "O", 'u': "O", 'ł': "L", 'ß': "S", 'ø': "O", 'æ': "E", 'đ': "T", 'ı': "E",
	'б': "P", 'п': "P", 'д': "T", 'т': "T", 'г': "K", 'к': "K", 'х': "H", 'с': "S", 'з': "S", 'ж': "S", 'ц': "S",
	'ч': "S", 'ш': "S", 'щ': "S", 'ф': "F", 'в': "F", 'м': "M", 'н': "N", 'л': "L", 'р': "L", 'а': "A", 'я': "A",
	'е': "E", 'и': "E", 'й': "E", 'ы': "E", 'э': "E", 'о': "O", 'у': "O", 'ю': "O", 'і': "E", 'ї': "E", 'є': "E", 'ґ': "K",
}

// sounds gives the classes of a folded word in Latin or Cyrillic letters, or
// of Chinese characters.
func sounds(w string) string {
	var b strings.Builder
	runes := []rune(w)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if text.IsHan(r) {
			b.WriteString(syllableSounds(pinyin()[string(r)]))
			continue
		}
		if i+1 < len(runes) {
			pair := string(runes[i : i+2])
			s, ok := latinPairs[pair]
			if !ok {
				s, ok = cyrillicPairs[pair]
			}
			if ok {
				b.WriteString(s)
				i++
				continue
			}
			if (r == 'n' && runes[i+1] == 'g' || r == 'н' && runes[i+1] == 'г') && i+2 == len(runes) {
				i++
			}
		}
		if s, ok := letterSounds[plain(r)]; ok {
			b.WriteString(s)
		}
	}
	return squeeze(b.String())
}

// plain takes the accent from a Latin letter.
func plain(r rune) rune {
	if r < 0x80 || r >= 0x400 {
		return r
	}
	for _, bare := range norm.NFD.String(string(r)) {
		return bare
	}
	return r
}

// syllableSounds gives the classes of a syllable of Pinyin.
func syllableSounds(p string) string {
	if p == "" {
		return ""
	}
	if p == "er" {
		return "L"
	}
	nasal := strings.HasSuffix(p, "n") || strings.HasSuffix(p, "ng")
	p = strings.TrimRight(p, "ng")
	var b strings.Builder
	rest := p
	for _, in := range []struct{ form, class string }{{"zh", "S"}, {"ch", "S"}, {"sh", "S"}, {"b", "P"}, {"p", "P"},
		{"d", "T"}, {"t", "T"}, {"g", "K"}, {"k", "K"}, {"h", "H"}, {"j", "S"}, {"q", "S"}, {"x", "S"}, {"z", "S"},
		{"c", "S"}, {"s", "S"}, {"r", "L"}, {"l", "L"}, {"m", "M"}, {"n", "N"}, {"f", "F"}, {"w", "F"}, {"y", ""}} {
		if r, ok := strings.CutPrefix(p, in.form); ok {
			b.WriteString(in.class)
			rest = r
			break
		}
	}
	if p == "" && nasal { // the letters n and g were all there was: never in the table
		return "N"
	}
	switch {
	case strings.Contains(rest, "a"):
		b.WriteString("A")
	case strings.ContainsAny(rest, "o"):
		b.WriteString("O")
	case strings.ContainsAny(rest, "e"), rest == "i":
		b.WriteString("E")
	case rest != "":
		b.WriteString("O")
	}
	if nasal {
		b.WriteString("N")
	}
	return b.String()
}

// squeeze makes one of a doubled class.
func squeeze(s string) string {
	var b strings.Builder
	last := byte(0)
	for i := 0; i < len(s); i++ {
		if s[i] != last {
			b.WriteByte(s[i])
		}
		last = s[i]
	}
	return b.String()
}

func vowel(c byte) bool { return c == 'A' || c == 'E' || c == 'O' }

// gap is the cost of a class that the other name has not.
func gap(c byte) float64 {
	switch {
	case vowel(c):
		return .2
	case c == 'H', c == 'L':
		return .6
	}
	return 1
}

// swap is the cost of one class for another.
func swap(a, b byte) float64 {
	if a == b {
		return 0
	}
	if vowel(a) && vowel(b) {
		return .15
	}
	if a > b {
		a, b = b, a
	}
	switch string([]byte{a, b}) {
	case "HK", "MN", "FO", "FP", "KS":
		return .5
	case "ST", "LS", "FH", "LN":
		return .7
	}
	return 1.2
}

// soundDistance is the cheapest way from a to b (Wagner and Fischer 1974, with
// the costs above), as a share of the weight of the longer.
func soundDistance(a, b string) float64 {
	row := make([]float64, len(b)+1)
	for j := range b {
		row[j+1] = row[j] + gap(b[j])
	}
	weight := max(row[len(b)], weigh(a))
	if weight == 0 {
		return 1
	}
	for i := range a {
		diagonal := row[0]
		row[0] += gap(a[i])
		for j := range b {
			next := min(diagonal+swap(a[i], b[j]), row[j]+gap(b[j]), row[j+1]+gap(a[i]))
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return min(1, row[len(b)]/weight)
}

func weigh(s string) float64 {
	w := 0.0
	for i := range s {
		w += gap(s[i])
	}
	return w
}

// maxNameWords and maxNameLetters bound what SameName reads of a name.
const (
	maxNameWords   = 12
	maxNameLetters = 40
)

// SameName says how likely it is that a in language la and b in language lb
// name the same person, place or body: 1 the same, 0 another. Names are given
// as they stand in the text, Russian ones in any case. The gazetteer decides
// where it knows both; else acronyms are held against initials, and words
// against each other by their sound.
func SameName(a, b string, la, lb bitext.Lang) float64 {
	if la == lb && text.Fold(a) == text.Fold(b) {
		return 1
	}
	wa, ka := nameParts(a, la)
	wb, kb := nameParts(b, lb)
	if ka != "" && kb != "" {
		if ka == kb {
			return 1
		}
		return 0
	}
	if s := max(initials(a, b, la, lb), initials(b, a, lb, la)); s > 0 {
		return s
	}
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	score := 0.0
	if len(wa) <= len(wb) {
		score = wordsIn(wa, wb)
	}
	if len(wb) <= len(wa) {
		score = max(score, wordsIn(wb, wa))
	}
	if len(wa) == 1 || len(wb) == 1 { // 李克强, Li Keqiang
		score = max(score, 1-soundDistance(strings.Join(wa, ""), strings.Join(wb, "")))
	}
	return score
}

// wordsIn says how well each of some words is found among others, by sound.
func wordsIn(some, others []string) float64 {
	sum := 0.0
	for _, x := range some {
		best := 1.0
		for _, y := range others {
			best = min(best, soundDistance(x, y))
		}
		sum += 1 - best
	}
	return sum / float64(len(some))
}

// nameParts gives the sounds of the words of a name and, where the gazetteer
// knows it, the key of its last part.
func nameParts(name string, lang bitext.Lang) (words []string, key string) {
	s := newScanner(lang, name)
	for i := 0; i < len(s.toks) && len(words) < maxNameWords; {
		if m, n := s.find(i, cName); n > 0 && (m.val != nameShort || len(s.toks) == 1) {
			key = m.str
		}
		k := &s.toks[i]
		w := k.w
		n := 1
		if k.kind == text.Han {
			for i+n < len(s.toks) && s.toks[i+n].kind == text.Han && n < maxNameLetters {
				w += s.toks[i+n].w
				n++
			}
			if m, l := s.findIn(i, i+n); l > 0 {
				key = m.str
			}
		} else if k.kind != text.Word || len(w) <= 2 && k.e < int32(len(s.low)) && s.low[k.e] == '.' {
			i++
			continue
		}
		if lang == bitext.Russian {
			w = caseless(w)
		}
		if r := []rune(w); len(r) > maxNameLetters {
			w = string(r[:maxNameLetters])
		}
		if c := sounds(w); c != "" {
			words = append(words, c)
		}
		i += n
	}
	return words, key
}

// findIn gives the last gazetteer name among the tokens from i to j.
func (s *scanner) findIn(i, j int) (sense, int) {
	var found sense
	n := 0
	for i < j {
		m, k := s.find(i, cName)
		if k > 0 && (m.val != nameShort || j-i == 1 && n == 0) {
			found, n = m, k
		}
		i += max(k, 1)
	}
	return found, n
}

// initials says that short is the acronym of long, in one script: 0.9, else 0.
func initials(short, long string, ls, ll bitext.Lang) float64 {
	f := strings.ReplaceAll(text.Fold(short), ".", "")
	if ls != ll || len([]rune(f)) < 2 || len([]rune(f)) > 8 || strings.Contains(f, " ") || strings.ToUpper(short) != short {
		return 0
	}
	var b, all strings.Builder
	for _, w := range strings.Fields(strings.ReplaceAll(text.Fold(long), "-", " ")) {
		r := []rune(w)[0]
		all.WriteRune(r)
		switch w {
		case "of", "the", "and", "for", "in", "и", "по", "в", "на", "о", "для":
			continue
		}
		b.WriteRune(r)
	}
	if len([]rune(b.String())) > 1 && (b.String() == f || all.String() == f) {
		return .9
	}
	return 0
}
