// Package langdetect tells in which language a text is written: the scripts
// are counted first, then lingua (github.com/pemistahl/lingua-go) decides
// between the languages of the commonest script.
//
// The program works in Russian, Chinese and English; the others are known so
// that a text in one of them is not taken for one of these.
package langdetect

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/pemistahl/lingua-go"

	"sverka/internal/bitext"
)

// sampleLetters is how many letters of a long text are looked at.
const sampleLetters = 4000

// sure is the confidence from which a detection counts.
const sure = 0.6

// Detect gives the language of a text as an ISO 639-1 code, how sure that is,
// 0 to 1, and whether it is sure enough to be used. A text in several languages
// counts as the one that most of it is in; traditional Chinese is zh. The
// language may be one that the program does not work in: ask lang.Known.
func Detect(text string) (lang bitext.Lang, confidence float64, ok bool) {
	counts := countScripts(text)
	s, share := counts.commonest()
	if s == noScript {
		return "", 0, false
	}
	switch s {
	case han:
		lang, confidence = bitext.Chinese, share
	case cyrillic, latin, arabic:
		lang, confidence = within(s, sampleOf(text, s, sampleLetters))
		confidence *= min(1, share+0.3)
	default:
		lang, confidence = scriptLangs[s], share
	}
	return lang, confidence, lang != "" && confidence >= sure && counts.total() >= 2
}

// within decides between the languages of one script.
func within(s script, sample string) (bitext.Lang, float64) {
	switch {
	case s == cyrillic && plainlyRussian(sample):
		return bitext.Russian, 1
	case s == latin && plainlyEnglish(sample):
		return bitext.English, 1
	}
	// The languages that the program works in are likelier to be given to it.
	// That decides short texts; in long ones the letters outweigh it.
	const expected = 20
	best, most, sum := lingua.Unknown, 0.0, 0.0
	for _, v := range detectors[s]().ComputeLanguageConfidenceValues(sample) {
		// lingua adds in the order of a map, so that the last digits differ
		// from one call to the next.
		p := math.Round(v.Value()*1e6) / 1e6
		if v.Language() == lingua.Russian || v.Language() == lingua.English {
			p *= expected
		}
		sum += p
		if p > most || p == most && v.Language() < best {
			best, most = v.Language(), p
		}
	}
	if most == 0 {
		return "", 0
	}
	return bitext.Lang(strings.ToLower(best.IsoCode639_1().String())), math.Round(most/sum*1e4) / 1e4
}

// detectors are made when first asked. Low accuracy means that only the models
// of three letters are loaded: for a paragraph that is enough, and it costs 8
// MB and 60 ms for Cyrillic in place of 150 MB and a second and a half.
var detectors = map[script]func() lingua.LanguageDetector{
	cyrillic: sync.OnceValue(func() lingua.LanguageDetector {
		return lingua.NewLanguageDetectorBuilder().FromAllLanguagesWithCyrillicScript().WithLowAccuracyMode().Build()
	}),
	latin: sync.OnceValue(func() lingua.LanguageDetector {
		return lingua.NewLanguageDetectorBuilder().FromLanguages(latinLanguages...).WithLowAccuracyMode().Build()
	}),
	arabic: sync.OnceValue(func() lingua.LanguageDetector {
		return lingua.NewLanguageDetectorBuilder().FromAllLanguagesWithArabicScript().WithLowAccuracyMode().Build()
	}),
}

// latinLanguages are those that somebody may well have at hand beside English;
// each more costs 20 ms at the first look.
var latinLanguages = []lingua.Language{
	lingua.English, lingua.French, lingua.German, lingua.Spanish, lingua.Italian, lingua.Portuguese, lingua.Dutch,
	lingua.Polish, lingua.Czech, lingua.Slovak, lingua.Hungarian, lingua.Romanian, lingua.Swedish, lingua.Danish,
	lingua.Bokmal, lingua.Finnish, lingua.Estonian, lingua.Latvian, lingua.Lithuanian, lingua.Croatian,
	lingua.Turkish, lingua.Vietnamese, lingua.Indonesian,
}

// Name is the English name of a language that Detect may give, or its code.
func Name(lang bitext.Lang) string {
	if name, ok := otherNames[lang]; ok {
		return name
	}
	if lang.Known() {
		return lang.Name()
	}
	code := lingua.GetIsoCode639_1FromValue(strings.ToUpper(string(lang)))
	if l := lingua.GetLanguageFromIsoCode639_1(code); l != lingua.Unknown {
		return l.String()
	}
	return string(lang)
}

// MismatchError says that a text is not in the language that it was given as.
type MismatchError struct {
	Given, Found bitext.Lang
	Confidence   float64 // of Found, 0 to 1
}

// Error says what the text looks like and what it was given as.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("the text was given as %s and looks like %s", Name(e.Given), Name(e.Found))
}

// Hint says what to do.
func (e *MismatchError) Hint() string {
	if e.Found.Known() {
		return fmt.Sprintf("give it as %s, or look whether the files were mixed up", e.Found)
	}
	return "look whether this is the right file; the program works in " + known()
}

func known() string {
	var names []string
	for _, l := range bitext.Langs {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}

// What Check must have seen before it contradicts a person.
const (
	contradictSure   = 0.9
	contradictWeight = 40   // letters of another script; a Chinese character counts for several
	kindredWeight    = 150  // letters of the same script: names alone look like many a language
	mixedShare       = 0.25 // of a text in the script of the language given makes it mixed
)

// givenScripts are the scripts of the languages that the program works in.
var givenScripts = map[bitext.Lang]script{bitext.Russian: cyrillic, bitext.Chinese: han, bitext.English: latin}

// Check says whether text may be in the language given: nil when it may, when
// it is too short to tell, or when it mixes that language with another, and
// else a *MismatchError. A language that the program does not know by itself
// is never contradicted but by one that it does.
func Check(text string, given bitext.Lang) error {
	lang, confidence, ok := Detect(text)
	if !ok || lang == given || confidence < contradictSure {
		return nil
	}
	if !given.Known() && !lang.Known() {
		return nil
	}
	weight, sum := countScripts(text).weights()
	found, _ := countScripts(text).commonest()
	own := givenScripts[given]
	switch {
	case sum < contradictWeight, own == found && sum < kindredWeight:
		return nil
	case own != noScript && own != found && found != kana && weight[own] >= mixedShare*sum:
		return nil
	}
	return &MismatchError{Given: given, Found: lang, Confidence: confidence}
}
