package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

const (
	acronymShort, acronymLong = 2, 7 // letters of an acronym
)

// linkAcronyms links an acronym of one text to the words that it stands for in
// the other: LNG and liquefied natural gas. Each of the words gets the acronym
// for its partner.
func (p *pair) linkAcronyms() {
	if p.a.lang != p.b.lang || p.a.lang == bitext.Chinese {
		return
	}
	spell(p.a, p.b, p.link, p.back)
	spell(p.b, p.a, p.back, p.link)
}

// spell looks for what the acronyms of d stand for in o.
func spell(d, o *side, link, back []int) {
	for i := range d.units {
		letters, ok := acronym(d, i)
		if !ok || link[i] >= 0 {
			continue
		}
		for j := range o.units {
			words := initials(o, j, letters)
			if words == nil {
				continue
			}
			free := false
			for _, k := range words {
				free = free || back[k] < 0
			}
			if !free {
				continue
			}
			link[i] = words[0]
			for _, k := range words {
				if back[k] < 0 {
					back[k] = i
				}
			}
			break
		}
	}
}

// acronym gives the letters of unit i where it is written as an acronym.
func acronym(d *side, i int) ([]rune, bool) {
	u := &d.units[i]
	if u.kind != text.Word || u.item >= 0 {
		return nil, false
	}
	raw := strings.TrimSuffix(d.text[u.start:u.end], "s")
	if n := utf8.RuneCountInString(raw); n < acronymShort || n > acronymLong || strings.ToUpper(raw) != raw {
		return nil, false
	}
	return []rune(strings.ToLower(raw)), true
}

// initials gives the words from unit j on whose first letters are the letters
// given; function words between them may have a letter or none.
func initials(o *side, j int, letters []rune) []int {
	var words []int
	for k := j; k < len(o.units) && len(words) < len(letters); k++ {
		u := &o.units[k]
		if u.form == "-" {
			continue
		}
		if u.kind != text.Word && u.item < 0 {
			return nil
		}
		r, _ := utf8.DecodeRuneInString(o.text[u.start:])
		switch {
		case unicode.ToLower(r) == letters[len(words)]:
			words = append(words, k)
		case u.content || len(words) == 0:
			return nil
		}
	}
	if len(words) < len(letters) {
		return nil
	}
	return words
}
