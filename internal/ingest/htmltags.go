package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var headings = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}

func atoms(names string) map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for name := range strings.FieldsSeq(names) {
		if a := atom.Lookup([]byte(name)); a != 0 {
			set[a] = true
		}
	}
	return set
}

var (
	// skipped are the elements whose content no reader of a page sees as text,
	// and the controls that belong to the page and not to what it says.
	skipped = atoms("script style noscript template head svg math iframe object embed canvas audio video " +
		"select option datalist textarea button input rt rp map param source track noframes")

	// blockElements begin and end a block.
	blockElements = atoms("address article aside blockquote body caption center dd details dialog dir div dl dt " +
		"fieldset figcaption figure footer form frameset header hgroup html legend main menu nav ol optgroup " +
		"p pre section summary table tbody td tfoot th thead tr ul")

	// formElements are the marks of form that the parser opens again in the
	// next block where a page forgot to close them.
	formElements = atoms("a b big code em font i nobr s small strike strong tt u")

	// flatKept are the elements that stay when a page is made flat.
	flatKept = atoms("br title meta script style noscript template textarea pre h1 h2 h3 h4 h5 h6 p select option")

	// asideElements are no part of an article by their name.
	asideElements = atoms("nav aside footer menu dialog")
)

// asideWords are words in class and id that mark the furniture of a page. They
// count as whole words only: "comments" is a list of comments, "commentary" is
// an article.
var asideWords = words(`advert advertisement ad ads adsbygoogle banner breadcrumb breadcrumbs comment comments
	commentlist consent cookie cookies disqus feedback footer gdpr menu modal nav navbar navigation newsletter
	pager pagination paywall popup popular promo recommended related respond share sharing shares sidebar
	sharedaddy sharethis addtoany addthis sitemap skip social subscribe subscription syndication tags toolbar topbar trending widget widgets
	reklama menyu podpiska kommentarii`)

// asideRoles are ARIA roles of the same kind.
var asideRoles = words("navigation complementary contentinfo search banner menu menubar toolbar dialog alertdialog")

// quietWords mark text that only a program reads aloud.
var quietWords = words("sr-only visually-hidden screen-reader-text visuallyhidden screenreader hidden d-none")

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// isHidden says that the page itself keeps n from being seen.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			// Icons and the like; a whole article is sometimes marked so
			// behind a dialogue, and that stays.
			if a.Val == "true" && n.DataAtom != atom.Div && n.DataAtom != atom.Main && n.DataAtom != atom.Article && n.DataAtom != atom.Body {
				return true
			}
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	if n.DataAtom == atom.Dialog {
		_, open := attr(n, "open")
		return !open
	}
	return false
}

// isAside says that n calls itself something other than the article.
func isAside(n *html.Node) bool {
	if asideElements[n.DataAtom] {
		return true
	}
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "role":
			if asideRoles[strings.ToLower(strings.TrimSpace(a.Val))] {
				return true
			}
		case "class", "id":
			for name := range strings.FieldsSeq(a.Val) {
				if quietWords[strings.ToLower(name)] || isAsideName(name) {
					return true
				}
			}
		}
	}
	return false
}

// isAsideName says that a class or an id is, or begins or ends with, a word of
// asideWords: "comments-area", "site-footer", "siteNav".
func isAsideName(name string) bool {
	parts := strings.FieldsFunc(splitCamel(name), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(parts) == 0 {
		return false
	}
	// "has-sidebar" and "no-comments" say what stands beside.
	if first := parts[0]; first == "has" || first == "no" || first == "with" || first == "without" || first == "is" {
		return false
	}
	return asideWords[parts[0]] || asideWords[parts[len(parts)-1]]
}

// splitCamel writes siteNav as "site nav", in small letters.
func splitCamel(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
