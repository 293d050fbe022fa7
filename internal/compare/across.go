package compare

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/text"
)

// idle says that a remark on texts of two languages tells an editor nothing:
// what one text seems to lack is a turn of its language (twice, that summer),
// no name but a common word in capitals, or how Russians address a person.
func (p *pair) idle(f *Flag) bool {
	if f.Sev > Major || p.a.lang == p.b.lang || f.A == nil || f.B == nil {
		return false
	}
	d, at := p.a, f.A
	if at[0] == at[1] {
		d, at = p.b, f.B
	}
	lost := f.A[0] == f.A[1] || f.B[0] == f.B[1]
	if f.Cat == Name && !lost && (p.a.commonWords(*f.A) && p.b.commonWords(*f.B) || p.a.fathers(*f.A) || p.b.fathers(*f.B)) {
		return true
	}
	if f.Sev > Minor {
		return false
	}
	switch f.Cat {
	case Number, Date:
		return lost && !strings.ContainsFunc(d.text[at[0]:at[1]], unicode.IsDigit)
	case Name:
		return lost && d.commonWords(*at) || p.besideHan(f) >= 0 ||
			!lost && p.a.capitalsOnly(*f.A) && p.b.capitalsOnly(*f.B)
	}
	return false
}

// besideHan says which side of a remark is one Chinese character, which is no
// name of anybody: 0, 1, or -1 for none.
func (p *pair) besideHan(f *Flag) int {
	for i, s := range []string{p.a.text[f.A[0]:f.A[1]], p.b.text[f.B[0]:f.B[1]]} {
		if r, n := utf8.DecodeRuneInString(s); n > 0 && n == len(s) && unicode.Is(unicode.Han, r) {
			return i
		}
	}
	return -1
}

// alone leaves of a grave remark on a name what stands against no more than a
// Chinese character.
func (p *pair) alone(f *Flag) {
	if f.Cat != Name || f.Sev < Major || p.a.lang == p.b.lang || f.A == nil || f.B == nil {
		return
	}
	switch p.besideHan(f) {
	case 0:
		f.A = &[2]int{f.A[0], f.A[0]}
		f.Message = say("“%s”: the other text names nothing like it", p.b.quoteText(f.B[0], f.B[1]))
	case 1:
		f.B = &[2]int{f.B[0], f.B[0]}
		f.Message = say("“%s”: the other text names nothing like it", p.a.quoteText(f.A[0], f.A[1]))
	default:
		return
	}
	f.Sev = Major
}

// polite are the Russian words that courtesy writes with a capital.
var polite = wordSet(`вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашим вашими вашу ваших вашем`)

// commonWords says that all words in a stretch of d are common ones.
func (d *side) commonWords(at [2]int) bool {
	common := false
	from, to := d.span(at[0], at[1])
	for _, u := range d.units[from:to] {
		if u.kind != text.Word {
			continue
		}
		if !polite[u.form] && !plain(d.lang, u.key, u.form) {
			return false
		}
		common = true
	}
	return common
}

// fathers says that a name by the father stands in a stretch of d.
func (d *side) fathers(at [2]int) bool { return d.patronymic(d.span(at[0], at[1])) }

// capitalsOnly says that a stretch of d is an acronym: of letters of another
// alphabet nothing can be said.
func (d *side) capitalsOnly(at [2]int) bool {
	from, to := d.span(at[0], at[1])
	return to == from+1 && acronymOf(d, from, to)
}

// again gives what is said of several passages in the same words once, if it
// is slight, and how often.
func again(fs []Finding) []Finding {
	type subject struct {
		check, said, versions string
	}
	first := map[subject]int{}
	times := map[int]int{}
	out := fs[:0]
	for _, f := range fs {
		if f.Sev == Minor {
			s := subject{f.Check, f.Message.String(), versionsOf(f.Places)}
			if k, ok := first[s]; ok {
				times[k]++
				continue
			}
			first[s] = len(out)
		}
		out = append(out, f)
	}
	for k, n := range times {
		out[k].Evidence = append(slices.Clone(out[k].Evidence), say("the same in %d more passage|the same in %d more passages", n))
	}
	return out
}

func versionsOf(places []Place) string {
	var b strings.Builder
	for _, p := range places {
		b.WriteByte(byte('0' + p.Version%64))
	}
	return b.String()
}
