// Package bitext holds the nouns of the program: languages, documents,
// versions, segments, beads, alignments, statements and translation units.
//
// It reads and writes nothing, formats nothing and knows no settings; every
// other package speaks in its terms.
package bitext

import (
	"fmt"
	"strings"
)

// Lang is a language as a lower-case BCP 47 primary subtag: "ru", "zh", "en".
// The empty Lang means that the language is not known.
type Lang string

// The languages that the program reads, segments, aligns and compares.
// A translation memory may hold others; they are stored and exported only.
const (
	Russian Lang = "ru"
	Chinese Lang = "zh"
	English Lang = "en"
)

// Langs are the languages that the program works in, in the order in which
// they are listed to a person.
var Langs = []Lang{Russian, Chinese, English}

var langAliases = map[string]Lang{
	"rus": Russian, "russian": Russian,
	"zho": Chinese, "chi": Chinese, "cmn": Chinese, "chinese": Chinese, "cn": Chinese,
	"eng": English, "english": English,
}

// ParseLang reads a language tag liberally: "ru", "ru-RU", "zh_Hant", "ENG"
// and "Chinese" are understood; a region or script is dropped. The error says
// what was wrong with a tag that is no language tag at all.
func ParseLang(tag string) (Lang, error) {
	t := strings.ToLower(strings.TrimSpace(tag))
	primary, _, _ := strings.Cut(strings.ReplaceAll(t, "_", "-"), "-")
	if l, ok := langAliases[primary]; ok {
		return l, nil
	}
	if n := len(primary); n < 2 || n > 8 {
		return "", fmt.Errorf("%q is not a language tag (such as ru, zh or en)", tag)
	}
	for _, r := range primary {
		if r < 'a' || r > 'z' {
			return "", fmt.Errorf("%q is not a language tag (such as ru, zh or en)", tag)
		}
	}
	return Lang(primary), nil
}

// Known reports whether the program segments, aligns and compares l.
func (l Lang) Known() bool { return l == Russian || l == Chinese || l == English }

// Joiner is what stands between two sentences of l written one after the
// other: nothing in Chinese, a space elsewhere.
func (l Lang) Joiner() string {
	if l == Chinese {
		return ""
	}
	return " "
}

// Name is the English name of l, or its tag where the name is not known.
func (l Lang) Name() string {
	switch l {
	case Russian:
		return "Russian"
	case Chinese:
		return "Chinese"
	case English:
		return "English"
	}
	return string(l)
}
