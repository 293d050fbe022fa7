package text

import (
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// Stem gives the Snowball stem of one folded word: Russian and English words
// lose their endings, any other word comes back as it is. lang is a language
// tag ("ru", "en").
func Stem(lang, word string) string {
	switch lang {
	case "ru":
		return russian.Stem(word, true)
	case "en":
		return english.Stem(word, true)
	}
	return word
}
