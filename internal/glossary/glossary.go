// Package glossary knows what a glossary means for a text: it keeps entries
// tidy, finds their terms in texts in any form, and says whether a translation
// uses a rendering that the glossary allows.
//
// It reads no file and knows no memory; entries come as [bitext.Concept].
package glossary
