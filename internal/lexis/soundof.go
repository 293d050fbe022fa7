package lexis

// Sounds gives the classes of sound of a folded word in Latin or Cyrillic
// letters, or of Chinese characters: a letter each, A E O for vowels, P T K H S
// F M N L for consonants, "" for what has no sound. Transliterations of one name
// come out alike. See [SameName].
func Sounds(word string) string { return sounds(word) }
