package rendering

import (
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
)

// soundOf gives the sounds of a word, "" where it is no candidate for a name.
func soundOf(lang bitext.Lang, form string) string {
	if len(form) > maxSounded || lang == bitext.Chinese {
		return ""
	}
	return lexis.Sounds(form)
}

const maxSounded = 60

// soundGap is what a sound costs that the other name lacks, soundSwap what one
// costs that stands for another: vowels little, as each language writes them in
// its own way.
func soundGap(c byte) float32 {
	switch c {
	case 'A', 'E', 'O':
		return .25
	case 'H', 'L':
		return .6
	}
	return 1
}

func soundSwap(a, b byte) float32 {
	switch {
	case a == b:
		return 0
	case vowel(a) && vowel(b):
		return .15
	case vowel(a) || vowel(b):
		return 1.2
	}
	if a > b {
		a, b = b, a
	}
	switch [2]byte{a, b} {
	case [2]byte{'H', 'K'}, [2]byte{'M', 'N'}, [2]byte{'F', 'P'}, [2]byte{'K', 'S'}:
		return .5
	case [2]byte{'S', 'T'}, [2]byte{'L', 'N'}, [2]byte{'F', 'H'}:
		return .7
	}
	return 1.2
}

func vowel(c byte) bool { return c == 'A' || c == 'E' || c == 'O' }

func soundWeight(s string) (w float32) {
	for i := range len(s) {
		w += soundGap(s[i])
	}
	return w
}

// soundAlike says how alike two words sound, 0 to 1: the cheapest way from one
// to the other (Wagner and Fischer 1974) as a share of the heavier.
func soundAlike(a, b string) float32 {
	if len(a) < 2 || len(b) < 2 {
		return 0
	}
	weight := max(soundWeight(a), soundWeight(b))
	var room [maxSounded + 1]float32
	row := room[:len(b)+1]
	for j := range len(b) {
		row[j+1] = row[j] + soundGap(b[j])
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] += soundGap(a[i])
		for j := range len(b) {
			next := min(diagonal+soundSwap(a[i], b[j]), row[j]+soundGap(b[j]), row[j+1]+soundGap(a[i]))
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return max(0, 1-1.5*row[len(b)]/max(weight, 1))
}

// hanSounds are the sounds of the Chinese characters of a text, one after the
// other, and of each the word that it comes from.
type hanSounds struct {
	sounds []byte
	word   []int32
	first  []bool // a character begins here
}

func soundsOf(t *Text) *hanSounds {
	h := &hanSounds{}
	for j := range t.words {
		w := &t.words[j]
		if w.lang != bitext.Chinese || w.latin || w.sign {
			h.gap()
			continue
		}
		if j > 0 && !w.glued {
			h.gap()
		}
		for at := 0; at < len(w.form); {
			_, n := utf8.DecodeRuneInString(w.form[at:])
			s := lexis.Sounds(w.form[at : at+n])
			for k := range len(s) {
				h.sounds, h.word, h.first = append(h.sounds, s[k]), append(h.word, int32(j)), append(h.first, k == 0)
			}
			at += n
		}
	}
	return h
}

// gap parts what no name goes over.
func (h *hanSounds) gap() {
	h.sounds, h.word, h.first = append(h.sounds, '|'), append(h.word, -1), append(h.first, true)
}

// find looks for the stretch of characters that sounds most like name: words
// from to to, and how alike, 0 to 1 (semi-global alignment: the whole name, any
// stretch of whole characters).
func (h *hanSounds) find(name string) (from, to int, alike float32) {
	if len(name) < 3 {
		return 0, 0, 0
	}
	weight := soundWeight(name)
	type cell struct {
		cost  float32
		start int32
	}
	n := len(name)
	column := make([]cell, n+1)
	reset := func(at int) {
		column[0] = cell{0, int32(at)}
		for i := range n {
			column[i+1] = cell{column[i].cost + soundGap(name[i]), int32(at)}
		}
	}
	reset(0)
	best := cell{weight, 0}
	end := 0
	for k, c := range h.sounds {
		if c == '|' {
			reset(k + 1)
			continue
		}
		diagonal := column[0]
		if k+1 < len(h.first) && h.first[k+1] || k+1 == len(h.first) {
			column[0] = cell{0, int32(k + 1)} // a stretch may begin behind this character
		} else {
			column[0].cost = 9
		}
		for i := range n {
			next := cell{diagonal.cost + soundSwap(name[i], c), diagonal.start}
			if x := column[i+1].cost + soundGap(c); x < next.cost {
				next = cell{x, column[i+1].start}
			}
			if x := column[i].cost + soundGap(name[i]); x < next.cost {
				next = cell{x, column[i].start}
			}
			diagonal, column[i+1] = column[i+1], next
		}
		last := k+1 == len(h.first) || h.first[k+1]
		if last && column[n].cost < best.cost {
			best, end = column[n], k+1
		}
	}
	if end == 0 || int(best.start) >= end {
		return 0, 0, 0
	}
	return int(h.word[best.start]), int(h.word[end-1]) + 1, max(0, 1-1.3*best.cost/weight)
}
