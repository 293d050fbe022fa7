package bitext

// Statement is what was said, once: an interview, a declaration, a telegram.
type Statement struct {
	ID      string // short and stable; a slug
	Title   string
	Date    string // YYYY-MM-DD, or ""
	Speaker string
}

// Variant is the text of a translation unit in one version.
type Variant struct {
	Lang       Lang
	Label      string // of the version; may be ""
	Text       string
	Date       string // YYYY-MM-DD, or ""
	Source     string
	Translator string
	Machine    bool
}

// Name is how the variant's version is called in tables: "ru", "en@kremlin".
func (v *Variant) Name() string { return versionName(v.Lang, v.Label) }

// Unit is a translation unit: a stored bead with its variants, at most one for
// each pair of language and label. No variant is the source of the others.
type Unit struct {
	ID        string // stable within a memory; the id in an exchange file
	Statement Statement
	Position  int // of the bead in its statement, from 0
	Variants  []Variant
	Prob      float64 // probability that the variants render each other; 0 means not said
	Status    Status
	Note      string
}

// Variant returns the first variant in lang, or nil.
func (u *Unit) Variant(lang Lang) *Variant {
	for i := range u.Variants {
		if u.Variants[i].Lang == lang {
			return &u.Variants[i]
		}
	}
	return nil
}
