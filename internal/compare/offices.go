package compare

import (
	_ "embed"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/offices.txt
var officesData string

// officeForm is a word or phrase for an office or for what modifies one.
type officeForm struct {
	keys     []string
	key      string // of the office or modifier
	modifier bool
}

// offices finds forms by their first key.
var offices = loadOffices(officesData)

func loadOffices(data string) map[bitext.Lang]map[string][]officeForm {
	out := map[bitext.Lang]map[string][]officeForm{bitext.English: {}, bitext.Russian: {}, bitext.Chinese: {}}
	for line := range strings.Lines(data) {
		field := strings.Split(strings.TrimSpace(line), "|")
		if len(field) != 4 || field[0][0] == '#' {
			continue
		}
		key, modifier := strings.CutPrefix(strings.TrimSpace(field[0]), "*")
		for k, lang := range []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese} {
			for form := range strings.SplitSeq(field[k+1], ",") {
				f := officeForm{key: key, modifier: modifier}
				form = strings.TrimSpace(form)
				for _, t := range text.Tokenize(form) {
					f.keys = append(f.keys, wordKey(lang, text.Fold(form[t.Start:t.End])))
				}
				if len(f.keys) > 0 {
					out[lang][f.keys[0]] = append(out[lang][f.keys[0]], f)
				}
			}
		}
	}
	return out
}

// office is an office named in a text, with what modifies it.
type office struct {
	from, to int // units, modifiers included
	head     int // unit of the office itself
	key      string
	modifier string
}

// modifierReach is how many units before an office its modifier is looked for.
const modifierReach = 2

func findOffices(d *side) []office {
	var out []office
	lastModifier, modifier := -10, ""
	for i := 0; i < len(d.units); i++ {
		best := officeForm{}
		for _, f := range offices[d.lang][d.units[i].key] {
			if len(f.keys) > len(best.keys) && d.hasKeys(i, f.keys) {
				best = f
			}
		}
		if len(best.keys) == 0 {
			continue
		}
		end := i + len(best.keys)
		if best.modifier {
			lastModifier, modifier = end, best.key
			i = end - 1
			continue
		}
		o := office{from: i, to: end, head: i, key: best.key}
		if i-lastModifier <= modifierReach {
			o.modifier = modifier
			for o.from > 0 && o.from > lastModifier-1 {
				o.from--
			}
		}
		out = append(out, o)
		i = end - 1
	}
	return out
}

// checkOffices compares the offices and ranks that persons are given.
func checkOffices(p *pair) []Flag {
	if p.a.lang != p.b.lang {
		return nil
	}
	xs, ys := findOffices(p.a), findOffices(p.b)
	usedX, usedY := make([]bool, len(xs)), make([]bool, len(ys))
	for _, exact := range []bool{true, false} {
		for i, x := range xs {
			for j, y := range ys {
				if !usedX[i] && !usedY[j] && x.key == y.key && x.modifier == y.modifier && (!exact || p.linked(x.head, y.head)) {
					usedX[i], usedY[j] = true, true
				}
			}
		}
	}
	var out []Flag
	for i, x := range xs {
		best, at := officeContext, -1
		for j, y := range ys {
			if usedX[i] || usedY[j] {
				continue
			}
			c := p.context(x.head, y.head)
			if p.linked(x.head, y.head) {
				c++
			}
			if c > best {
				best, at = c, j
			}
		}
		if at >= 0 {
			usedX[i], usedY[at] = true, true
			out = append(out, p.officeFlag(x, ys[at]))
		}
	}
	return out
}

// officeContext is how well the surroundings of two offices must agree.
const officeContext = 0.4

func (p *pair) officeFlag(x, y office) Flag {
	f := Flag{Cat: Term, Sev: Major, A: p.a.at(x.from, x.to), B: p.b.at(y.from, y.to)}
	f.Message = say("“%s” against “%s”: not the same office", p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
	kindX, _, near := strings.Cut(x.key, ":")
	kindY, _, _ := strings.Cut(y.key, ":")
	if near && kindX == kindY && x.modifier == y.modifier {
		f.Sev = Info
		f.Message = say("“%s” and “%s”: two titles in use for one office", p.a.quoteText(f.A[0], f.A[1]), p.b.quoteText(f.B[0], f.B[1]))
	}
	if p.src != nil {
		f.witness = p.testifyOffice(x, y)
	}
	return f
}

func (p *pair) testifyOffice(x, y office) witness {
	var hasX, hasY bool
	said := ""
	for _, o := range findOffices(p.src) {
		same := func(k office) bool { return o.key == k.key && o.modifier == k.modifier }
		if same(x) || same(y) {
			said = p.src.quoteText(p.src.units[o.from].start, p.src.units[o.to-1].end)
		}
		hasX, hasY = hasX || same(x), hasY || same(y)
	}
	switch {
	case hasX && hasY:
		return witness{said, agreesBoth}
	case hasX:
		return witness{said, agreesA}
	case hasY:
		return witness{said, agreesB}
	}
	return witness{}
}
