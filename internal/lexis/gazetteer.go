package lexis

import (
	_ "embed" // the gazetteer
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/names.txt
var gazetteerData string

// How a form of the gazetteer must be written in the text.
const (
	nameCapital = 0 // begins with a capital
	nameAnyCase = 1 // any case: Russian adjectives, Chinese
	nameAllCaps = 2 // an acronym
	nameShort   = 3 // one Chinese character: only beside another (中俄) or in set company (驻华)
)

// readGazetteer enters the names of a language with their keys.
func (t *table) readGazetteer(lang bitext.Lang) {
	column := map[bitext.Lang]int{bitext.English: 1, bitext.Russian: 2, bitext.Chinese: 3}[lang]
	for line := range strings.Lines(gazetteerData) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, " | ")
		if column == 0 || column >= len(cells) {
			continue
		}
		key := strings.TrimSpace(cells[0])
		if lang != bitext.English { // Latin letters stand in Russian and Chinese texts too
			for _, form := range strings.Split(cells[1], ";") {
				if form = strings.TrimSpace(form); form != "" && unicode.IsUpper(rune(form[0])) {
					t.addName(form, key, writing(bitext.English, form))
				}
			}
		}
		for _, form := range strings.Split(cells[column], ";") {
			form = strings.TrimSpace(form)
			if form == "" {
				continue
			}
			how := writing(lang, form)
			for _, f := range nameForms(lang, form) {
				t.addName(f, key, how)
			}
		}
	}
}

// writing says how a form must be written in the text.
func writing(lang bitext.Lang, form string) float64 {
	form = strings.TrimPrefix(form, "=")
	first, _ := utf8.DecodeRuneInString(form)
	switch {
	case lang == bitext.Chinese && utf8.RuneCountInString(form) == 1:
		return nameShort
	case lang == bitext.Chinese || unicode.IsLower(first):
		return nameAnyCase
	case strings.ToUpper(form) == form && utf8.RuneCountInString(form) <= 6:
		return nameAllCaps
	}
	return nameCapital
}

func (t *table) addName(form, key string, how float64) {
	words := fields(form)
	if len(words) == 0 {
		return
	}
	s := sense{class: cName, val: how, str: key}
	ps := t.first[words[0]]
	for i := range ps {
		if strings.Join(ps[i].rest, " ") == strings.Join(words[1:], " ") {
			if ps[i].mask&cName == 0 {
				ps[i].mask |= cName
				ps[i].senses = append(ps[i].senses, s)
			}
			return
		}
	}
	t.first[words[0]] = append(ps, phrase{rest: words[1:], mask: cName, senses: []sense{s}})
}

// fields gives the folded tokens of a form.
func fields(form string) []string {
	form = text.Fold(form)
	var words []string
	for _, k := range text.Tokenize(form) {
		words = append(words, form[k.Start:k.End])
	}
	return words
}

// nameForms writes out the forms of a name that the gazetteer's line means.
func nameForms(lang bitext.Lang, form string) []string {
	if lang != bitext.Russian {
		return []string{form}
	}
	if stem, ok := strings.CutSuffix(form, "*"); ok {
		return append(expand(stem+"~k"), stem+"и")
	}
	if strings.Contains(form, "(") {
		return expandAll(form)
	}
	words := strings.Fields(form)
	cases := make([][]string, len(words))
	for i, w := range words {
		cases[i] = decline(w)
	}
	var all []string
	for c := range 6 {
		parts := make([]string, len(words))
		for i := range words {
			parts[i] = cases[i][min(c, len(cases[i])-1)]
		}
		all = append(all, strings.Join(parts, " "))
	}
	if len(words) == 1 && strings.HasSuffix(form, "а") {
		all = append(all, strings.TrimSuffix(form, "а")+"ою")
	}
	return all
}

// expandAll writes out a form with endings in more than one of its words.
func expandAll(form string) []string {
	all := []string{""}
	for _, w := range strings.Fields(form) {
		var next []string
		for _, a := range all {
			for _, f := range expand(strings.TrimPrefix(w, "=")) {
				next = append(next, strings.TrimSpace(a+" "+f))
			}
		}
		all = next
	}
	return all
}

// declensions gives for an ending of the nominative the endings of the six
// Russian cases in the order nominative, genitive, dative, accusative,
// instrumental, prepositional.
var declensions = []struct {
	end   string
	cases [6]string
}{
	{"ские", [6]string{"ские", "ских", "ским", "ские", "скими", "ских"}},
	{"ные", [6]string{"ные", "ных", "ным", "ные", "ными", "ных"}},
	{"ская", [6]string{"ская", "ской", "ской", "скую", "ской", "ской"}},
	{"ская", [6]string{"ская", "ской", "ской", "скую", "ской", "ской"}},
	{"ний", [6]string{"ний", "него", "нему", "ний", "ним", "нем"}},
	{"кий", [6]string{"кий", "кого", "кому", "кого", "ким", "ком"}},
	{"хий", [6]string{"хий", "хого", "хому", "хий", "хим", "хом"}},
	{"ый", [6]string{"ый", "ого", "ому", "ый", "ым", "ом"}},
	{"ой", [6]string{"ой", "ого", "ому", "ого", "ым", "ом"}},
	{"няя", [6]string{"няя", "ней", "ней", "нюю", "ней", "ней"}},
	{"ая", [6]string{"ая", "ой", "ой", "ую", "ой", "ой"}},
	{"ое", [6]string{"ое", "ого", "ому", "ое", "ым", "ом"}},
	{"ые", [6]string{"ые", "ых", "ым", "ые", "ыми", "ых"}},
	{"ия", [6]string{"ия", "ии", "ии", "ию", "ией", "ии"}},
	{"ье", [6]string{"ье", "ья", "ью", "ье", "ьем", "ье"}},
	{"ие", [6]string{"ие", "ия", "ию", "ие", "ием", "ии"}},
	{"ка", [6]string{"ка", "ки", "ке", "ку", "кой", "ке"}},
	{"га", [6]string{"га", "ги", "ге", "гу", "гой", "ге"}},
	{"а", [6]string{"а", "ы", "е", "у", "ой", "е"}},
	{"я", [6]string{"я", "и", "е", "ю", "ей", "е"}},
	{"ий", [6]string{"ий", "ия", "ию", "ий", "ием", "ии"}},
	{"й", [6]string{"й", "я", "ю", "й", "ем", "е"}},
	{"во", [6]string{"во", "ва", "ву", "во", "вом", "ве"}},
	{"ов", [6]string{"ов", "ова", "ову", "ова", "овым", "ове"}},
	{"ев", [6]string{"ев", "ева", "еву", "ева", "евым", "еве"}},
	{"ин", [6]string{"ин", "ина", "ину", "ина", "иным", "ине"}},
	{"ты", [6]string{"ты", "тов", "там", "ты", "тами", "тах"}},
}

// decline gives the cases of a Russian noun or adjective in the nominative; a
// word with "=" before it stays as it is.
func decline(w string) []string {
	if rest, ok := strings.CutPrefix(w, "="); ok {
		return []string{rest}
	}
	for _, d := range declensions {
		if stem, ok := strings.CutSuffix(w, d.end); ok {
			all := make([]string, 6)
			for i, e := range d.cases {
				all[i] = stem + e
			}
			return all
		}
	}
	if stem, ok := strings.CutSuffix(w, "ь"); ok {
		if strings.HasSuffix(stem, "л") || strings.HasSuffix(stem, "н") { // Израиль, Казань: both ways
			if strings.HasSuffix(stem, "зан") || strings.HasSuffix(stem, "сиан") {
				return []string{w, stem + "и", stem + "и", w, stem + "ью", stem + "и"}
			}
			return []string{w, stem + "я", stem + "ю", stem + "и", stem + "ем", stem + "е"}
		}
		return []string{w, stem + "и", stem + "и", w, stem + "ью", stem + "и"}
	}
	last, _ := utf8.DecodeLastRuneInString(w)
	if strings.ContainsRune("бвгджзклмнпрстфхцчшщ", unicode.ToLower(last)) && strings.ToUpper(w) != w {
		ins := "ом"
		if strings.ContainsRune("жшчщц", last) {
			ins = "ем"
		}
		return []string{w, w + "а", w + "у", w + "ом", w + ins, w + "е"}
	}
	return []string{w}
}
