package lexis

import (
	"embed"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/*.txt
var dataFiles embed.FS

// class is a set of the roles that a word or phrase can play.
type class uint64

const (
	cCard     class = 1 << iota // a numeral word; value
	cScale                      // hundred, thousand, млн, 万; value
	cOrd                        // an ordinal word; value
	cFrac                       // a denominator: half, third; value
	cVague                      // dozens, сотни, 数千; the magnitude
	cMult                       // twice, втрое, 翻番; value
	cTimes                      // times, раз, 倍
	cPercent                    // %, per cent, "0.1" for per mille
	cPoints                     // percentage points
	cCurrency                   // ISO 4217 code
	cUnit                       // "factor base"
	cSuffix                     // letters directly behind digits: m, bn, k; value
	cOrdEnd                     // endings of ordinals in digits: th, -й
	cAnniv                      // anniversary, -летие, 周年
	cMonth                      // 1 to 12
	cWeekday                    // 1 to 7
	cYearWord
	cCentury
	cDecade   // "199x", or the word "s"
	cEra      // "-" before, "+" after
	cHalfday  // am, pm, утра: hours to add
	cDaypart  // morning … or a clock time (noon)
	cHour     // o'clock, часов
	cRelative // "@year-1"
	cSeason
	cApprox  // a bound before a number
	cApproxR // a bound after a number
	cAnd
	cTo
	cFrom
	cArticle
	cHalf   // "and a half"
	cSkip   // a set phrase that is no fact at all
	cNeg    // "neg" or "weak"
	cNegNo  // looks like a negation, is none
	cModal  // "3", "2", "1", "-3" …
	cQuant  // the quantifier
	cAux    // words that stand between negation or modality and its head
	cMinus  // minus, минус, 零下
	cDayNum // number, числа
	cMeasure
	cName  // a gazetteer entry; the key
	cTitle // president, г-н: kept apart from the name
	cCommon
	cWhole     // a quantity in one word: полгода
	cCompound  // a Russian word that holds a number: двухлетний
	cWeakAfter // after a lone small number: makes it weak (two sides)
)

var classNames = map[string]class{
	"card": cCard, "scale": cScale, "ord": cOrd, "frac": cFrac, "vague": cVague, "mult": cMult,
	"times": cTimes, "percent": cPercent, "points": cPoints, "currency": cCurrency, "unit": cUnit,
	"suffix": cSuffix, "ordend": cOrdEnd, "anniv": cAnniv, "month": cMonth, "weekday": cWeekday,
	"year": cYearWord, "century": cCentury, "decade": cDecade, "era": cEra, "halfday": cHalfday,
	"daypart": cDaypart, "hour": cHour, "relative": cRelative, "season": cSeason,
	"approx": cApprox, "approxr": cApproxR, "and": cAnd, "to": cTo, "from": cFrom,
	"article": cArticle, "plushalf": cHalf, "skip": cSkip, "neg": cNeg, "negno": cNegNo,
	"modal": cModal, "quant": cQuant, "aux": cAux, "minus": cMinus, "daynum": cDayNum,
	"whole": cWhole, "measure": cMeasure, "name": cName, "title": cTitle, "common": cCommon, "weakafter": cWeakAfter,
}

// sense is one meaning of a phrase.
type sense struct {
	class class
	val   float64 // where the value is a number
	str   string  // the value as written
	weak  bool    // "?" behind the value: the item says little alone
	count bool    // "#" behind the value: counts and does not multiply
}

// phrase is an entry of a table: the tokens after the first one, and what the
// whole can mean.
type phrase struct {
	rest   []string
	mask   class
	senses []sense
}

// table finds phrases by their first token.
type table struct {
	first map[string][]phrase // longest first
}

var tables = struct {
	sync.Mutex
	byLang map[bitext.Lang]func() *table
}{byLang: map[bitext.Lang]func() *table{}}

// tableOf gives the table of a language, made when first asked for. A language
// that has none shares the empty table.
func tableOf(lang bitext.Lang) *table {
	tables.Lock()
	get, ok := tables.byLang[lang]
	if !ok {
		get = sync.OnceValue(func() *table { return loadTable(lang) })
		if lang.Known() {
			tables.byLang[lang] = get
		}
	}
	tables.Unlock()
	return get()
}

func loadTable(lang bitext.Lang) *table {
	t := &table{first: map[string][]phrase{}}
	if !lang.Known() {
		return t
	}
	for _, name := range []string{"data/" + string(lang) + ".txt", "data/" + string(lang) + "_words.txt"} {
		data, err := dataFiles.ReadFile(name)
		if err != nil {
			continue
		}
		if err := t.read(name, string(data)); err != nil {
			panic(err) // the data are embedded; a test reads every line
		}
	}
	t.readGazetteer(lang)
	for _, ps := range t.first {
		sort.SliceStable(ps, func(i, j int) bool { return len(ps[i].rest) > len(ps[j].rest) })
	}
	return t
}

// read takes lines "class value: form, form"; "#" begins a comment.
func (t *table) read(name, data string) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, forms, ok := strings.Cut(line, ": ")
		word, value, _ := strings.Cut(head, " ")
		c, known := classNames[word]
		if !ok || !known {
			return fmt.Errorf("%s, line %d: want \"class value: form, form\"", name, n)
		}
		for _, form := range strings.Split(forms, ",") {
			for _, f := range expand(strings.TrimSpace(form)) {
				t.add(f, c, strings.TrimSpace(value))
			}
		}
	}
	return nil
}

// add enters one form.
func (t *table) add(form string, c class, value string) {
	form = text.Fold(strings.ReplaceAll(form, "_", " "))
	toks := text.Tokenize(form)
	if len(toks) == 0 {
		return
	}
	words := make([]string, len(toks))
	for i, k := range toks {
		words[i] = form[k.Start:k.End]
	}
	s := sense{class: c, str: strings.TrimSuffix(value, "?")}
	s.weak = s.str != value
	value = s.str
	s.str = strings.TrimSuffix(s.str, "#")
	s.count = s.str != value
	value = s.str
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		s.val = v
	}
	ps := t.first[words[0]]
	for i := range ps {
		if slices.Equal(ps[i].rest, words[1:]) {
			if ps[i].mask&c == 0 {
				ps[i].mask |= c
				ps[i].senses = append(ps[i].senses, s)
			}
			return
		}
	}
	t.first[words[0]] = append(ps, phrase{rest: words[1:], mask: c, senses: []sense{s}})
}

// paradigms are the sets of endings that a form may name after "~".
var paradigms = map[string]string{
	"m":  "|а|у|ом|е|ы|ов|ам|ами|ах",                              // километр
	"f":  "а|ы|е|у|ой|ою||ам|ами|ах",                              // минут
	"n":  "о|а|у|ом|е|ам|ами|ах|",                                 // мест
	"a":  "ый|ого|ому|ым|ом|ая|ой|ую|ою|ое|ые|ых|ыми|ий|им|их|ие", // перв, тысячн
	"ao": "ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми",                   // втор
	"as": "ий|его|ему|им|ем|яя|ей|юю|ее|ие|их|ими",                // летн
	"k":  "ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими",                // российск
	"p":  "|а|о|ы",                                                // должен: short forms
	"ие": "ие|ия|ию|ием|ии|ий|иям|иями|иях",                       // столети
	"ь":  "ь|и|ью|ей|ям|ями|ях",                                   // треть
	"й":  "й|я|ю|ем|е|и|ев|ям|ями|ях",                             // юбиле
	"ия": "ия|ии|ию|ией|ий|иям|иями|иях",
	"s":  "|s",
}

// expand writes a form with endings out: "километр~m", "дв(а|ух|ум)".
func expand(form string) []string {
	if stem, name, ok := strings.Cut(form, "~"); ok {
		name, tail, _ := strings.Cut(name, " ")
		if tail != "" {
			tail = " " + tail
		}
		form = stem + "(" + paradigms[name] + ")" + tail
	}
	before, rest, ok := strings.Cut(form, "(")
	if !ok {
		return []string{form}
	}
	in, after, _ := strings.Cut(rest, ")")
	var all []string
	for _, e := range strings.Split(in, "|") {
		all = append(all, expand(before+e+after)...)
	}
	return all
}
