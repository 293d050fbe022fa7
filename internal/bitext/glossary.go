package bitext

// TermStatus says what a glossary makes of a term.
type TermStatus string

// The statuses of a term. A term of which nothing is said is admitted.
const (
	TermPreferred  TermStatus = "preferred"  // to be used
	TermAdmitted   TermStatus = "admitted"   // may be used
	TermDeprecated TermStatus = "deprecated" // not to be used
)

// TermStatuses are all statuses, the best first.
var TermStatuses = []TermStatus{TermPreferred, TermAdmitted, TermDeprecated}

// Term is a word or phrase by which a language names a concept.
type Term struct {
	Lang         Lang
	Text         string
	Status       TermStatus // "" where nothing is said of it
	PartOfSpeech string     // noun, verb, …; may be ""
	Note         string
	Source       string // who says so
	Date         string // YYYY-MM-DD, YYYY-MM or YYYY; of the last change; may be ""
}

// Usable reports whether the term may stand in a text.
func (t *Term) Usable() bool { return t.Status != TermDeprecated }

// Concept is an entry of a glossary: one thing and the terms that name it in
// any number of languages, several in each.
type Concept struct {
	ID         string // stable; unique within a glossary
	Subject    string // the field that it belongs to
	Definition string
	Note       string
	Source     string
	Created    string // YYYY-MM-DD, YYYY-MM or YYYY; may be ""
	Modified   string
	Terms      []Term
}

// In gives the terms of the concept in lang, the preferred ones first and else
// in their order.
func (c *Concept) In(lang Lang) []Term {
	var out []Term
	for _, status := range []TermStatus{TermPreferred, TermAdmitted, "", TermDeprecated} {
		for _, t := range c.Terms {
			if t.Lang == lang && t.Status == status {
				out = append(out, t)
			}
		}
	}
	return out
}
