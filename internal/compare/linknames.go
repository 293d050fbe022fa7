package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
	"sverka/internal/text"
)

// linkNames links what the two texts name alike, however they write it: the
// names of the gazetteer by what they name ("the EAEU", "the Eurasian Economic
// Union"), and, across languages, others by their sound. The first mention is
// linked to the first, the second to the second.
func (p *pair) linkNames() {
	xs, ys := p.a.only(linkable), p.b.only(linkable)
	used := make([]bool, len(ys))
	for _, x := range xs {
		for k, y := range ys {
			if !used[k] && p.oneName(x, y) {
				used[k] = true
				p.joinSpans(x, y)
				break
			}
		}
	}
}

// linkable says that an item is a name that can be linked as a whole.
func linkable(x *item) bool { return x.Kind == lexis.Name && !x.Weak && x.from < x.to }

// oneName says that two names name one thing.
func (p *pair) oneName(x, y *item) bool {
	if known(x) || known(y) {
		return x.Norm == y.Norm
	}
	return p.a.lang != p.b.lang &&
		lexis.SameName(p.a.text[x.Start:x.End], p.b.text[y.Start:y.End], p.a.lang, p.b.lang) >= nameSurely
}

// joinSpans links the free words of two names: one to one, and those that one
// name has more of to the last of the other.
func (p *pair) joinSpans(x, y *item) {
	i, j := x.from, y.from
	for i < x.to && j < y.to {
		switch {
		case !p.a.units[i].content:
			i++
		case !p.b.units[j].content:
			j++
		default:
			if p.link[i] < 0 && p.back[j] < 0 {
				p.join(i, j)
			}
			i, j = i+1, j+1
		}
	}
	rest := func(d, o *side, link []int, x, y *item) {
		for k := x.from; k < x.to; k++ {
			if last := y.to - 1; d.units[k].content && link[k] < 0 && o.units[last].content {
				link[k] = last
			}
		}
	}
	rest(p.a, p.b, p.link, x, y)
	rest(p.b, p.a, p.back, y, x)
}

// joinedLeast is how many bytes a word needs to be held against two of the other
// text that make it up.
const joinedLeast = 6

// linkJoined links a word that the other text writes in two: "nontraditional",
// "non-traditional"; "cease-fire", "ceasefire".
func (p *pair) linkJoined() {
	if p.a.lang != p.b.lang || p.a.lang == bitext.Chinese {
		return
	}
	look := func(d, o *side, link, back []int) {
		for i := range d.units {
			u := &d.units[i]
			if link[i] >= 0 || u.kind != text.Word || u.item >= 0 || len(u.form) < joinedLeast {
				continue
			}
			for j := range o.units {
				rest, ok := strings.CutPrefix(u.form, o.units[j].form)
				k := j + 1
				if k < len(o.units) && o.units[k].form == "-" {
					k++
				}
				if !ok || o.units[j].kind != text.Word || k >= len(o.units) || rest != o.units[k].form {
					continue
				}
				link[i] = k
				for _, x := range []int{j, k} {
					if back[x] < 0 {
						back[x] = i
					}
				}
				break
			}
		}
	}
	look(p.a, p.b, p.link, p.back)
	look(p.b, p.a, p.back, p.link)
}
