package rendering

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
	"sverka/internal/text"
)

// Found is one rendering as it stands in a text.
type Found struct {
	Form        string // as it stands there; words that others part are joined by " … "
	Lang        bitext.Lang
	Probability float64
	Date        string // YYYY-MM-DD, or ""
	// Place is what the caller knows the occurrence by.
	Place int
}

// Group is a set of renderings that are forms of one: alike but for endings,
// case, spelling, or traditional and simplified characters.
type Group struct {
	Key         string  // what its forms have in common
	Form        string  // the most frequent of its forms
	Count       int     // renderings
	Share       float64 // of all renderings grouped
	First, Last string  // dates, "" where none is known
	Members     []int   // the renderings' places in what was given, the likeliest first
	trust       float64 // sum of the probabilities, in hundredths
}

// GroupFound puts renderings together by their stems, the greatest group first;
// of equal ones the one in one piece, the fuller of two that lie in one another,
// the likelier, then the one with the later date, then in order of its form.
func GroupFound(found []Found) []Group {
	at := map[string]int{}
	var groups []Group
	var forms inflections
	for i := range found {
		key := GroupKey(found[i].Lang, found[i].Form)
		if found[i].Lang == bitext.Russian {
			key = forms.join(key, found[i].Form)
		}
		k, ok := at[key]
		if !ok {
			k = len(groups)
			at[key] = k
			groups = append(groups, Group{Key: key})
		}
		groups[k].Members = append(groups[k].Members, i)
	}
	for k := range groups {
		groups[k].finish(found)
	}
	slices.SortStableFunc(groups, func(a, b Group) int {
		return cmp.Or(b.Count-a.Count, strings.Count(a.Form, " … ")-strings.Count(b.Form, " … "), cmp.Compare(b.trust, a.trust),
			strings.Compare(b.Last, a.Last), strings.Compare(a.Form, b.Form))
	})
	fullerFirst(groups)
	return groups
}

// fullerFirst puts a group before another that is as great where it holds all of
// it: too little of a rendering is seen twice as often as too much.
func fullerFirst(groups []Group) {
	for i := range groups {
		for k := i + 1; k < len(groups) && groups[k].Count == groups[i].Count; k++ {
			if strings.Contains(groups[k].Key, groups[i].Key) && !strings.Contains(groups[k].Form, " … ") {
				g := groups[k]
				copy(groups[i+1:k+1], groups[i:k])
				groups[i] = g
				break
			}
		}
	}
}

// GroupKey gives what the forms of one rendering have in common: the stems of
// its words in order, without articles; of Chinese its characters, simplified.
func GroupKey(lang bitext.Lang, form string) string {
	var b strings.Builder
	folded := text.Fold(form)
	for _, t := range text.Tokenize(folded) {
		w := folded[t.Start:t.End]
		switch t.Kind {
		case text.Punct:
			continue
		case text.Word:
			if lang == bitext.English && (w == "the" || w == "a" || w == "an") {
				continue
			}
			w = lexicon.Key(lang, strings.TrimSuffix(w, "'s"))
			if lang == bitext.Russian {
				w = withoutFleeting(w)
			}
			b.WriteByte(' ')
		case text.Number:
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	if b.Len() == 0 {
		return folded
	}
	return strings.TrimPrefix(b.String(), " ")
}

func (g *Group) finish(found []Found) {
	g.Count = len(g.Members)
	g.Share = float64(g.Count) / float64(len(found))
	var forms []string
	for _, i := range g.Members {
		f := &found[i]
		forms = append(forms, f.Form)
		g.trust += math.Round(100 * f.Probability)
		if f.Date == "" {
			continue
		}
		if g.First == "" || f.Date < g.First {
			g.First = f.Date
		}
		g.Last = max(g.Last, f.Date)
	}
	g.Form = counted(forms)[0].Form
	slices.SortStableFunc(g.Members, func(a, b int) int { return cmp.Compare(found[b].Probability, found[a].Probability) })
}

// withoutFleeting brings the stems of Russian words in -ец together: доброволец,
// добровольца.
func withoutFleeting(stem string) string {
	if s, ok := strings.CutSuffix(stem, "ец"); ok && len(s) > 4 {
		return s + "ц"
	}
	if s, ok := strings.CutSuffix(stem, "ц"); ok && len(s) > 4 {
		return strings.TrimSuffix(strings.TrimSuffix(s, "ь"), "й") + "ц"
	}
	return stem
}

// inflections joins Russian words that the stemmer parts though they are forms
// of one: системы and систему, of which it takes -ему for an ending.
type inflections map[string][]inflected

type inflected struct{ form, key string }

// caseEndings are what Russian nouns and adjectives end in.
var caseEndings = func() map[string]bool {
	m := map[string]bool{"": true}
	for e := range strings.FieldsSeq(`а я ы и у ю е о ь ой ей ом ем ам ям ах ях ов ев ами ями ью ия ии ию ий ием
		ый ая ое ые ого ому ым ыми ых его ему им ими их яя ее ие юю ую`) {
		m[e] = true
	}
	return m
}()

// join gives the key that a form goes by: that of a form met before which has
// the same beginning and parts from it in endings alone, else its own.
func (f *inflections) join(key, form string) string {
	low := text.Fold(form)
	runes := []rune(low)
	if len(runes) < minInflected || strings.ContainsAny(low, " …-") {
		return key
	}
	if *f == nil {
		*f = inflections{}
	}
	begin := string(runes[:minInflected])
	for _, o := range (*f)[begin] {
		n := 0
		for n < len(low) && n < len(o.form) && low[n] == o.form[n] {
			n++
		}
		for n > 0 && n < len(low) && low[n]&0xc0 == 0x80 {
			n--
		}
		for n > 0 && n < len(o.form) && o.form[n]&0xc0 == 0x80 {
			n--
		}
		if o.key == key || caseEndings[low[n:]] && caseEndings[o.form[n:]] {
			return o.key
		}
	}
	(*f)[begin] = append((*f)[begin], inflected{low, key})
	return key
}

// minInflected is how many letters two forms of a word have in common at least.
const minInflected = 4
