package ingest

import (
	"net/url"
	"slices"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sverka/internal/bitext"
	tools "sverka/internal/text"
)

// What an article must have to be believed.
const (
	articleLeast = 200  // letters; a Chinese character counts for three
	articleShare = 0.25 // of the text that stands in no marked furniture
	articleNodes = 300_000
	titleReach   = 12   // blocks between a title and the first paragraph
	proseLeast   = 40   // letters of a block that counts as running text
	leadLeast    = 150  // of running text before the found one: letters follow an article
	proseShare   = 0.25 // of the found text: so much running text beside it cannot be furniture
)

// article says which blocks belong to the page's article. Readability names
// the place; the text itself comes from the page, everything between the first
// and the last block found and everything else in the same part of the page,
// since readability also throws away short paragraphs, lists and tables of the
// article. Where it finds little, all that is no furniture stays, and where
// that is little too, the whole page.
func (p *page) article() []bool {
	weight := make([]int, len(p.b.blocks))
	rest, whole := 0, 0
	text := p.b.text.String()
	aside := p.asides()
	for i, b := range p.b.blocks {
		weight[i] = letters(text[b.Start:b.End])
		whole += weight[i]
		if !aside[i] {
			rest += weight[i]
		}
	}
	if found := p.readable(); found != nil {
		p.addProse(found, aside, weight)
		keep := p.region(found, aside)
		n := 0
		for i, k := range keep {
			if k {
				n += weight[i]
			}
		}
		if n >= articleLeast && float64(n) >= articleShare*float64(rest) {
			return keep
		}
	}
	if rest < articleLeast && rest < whole {
		return p.all()
	}
	keep := make([]bool, len(aside))
	for i := range keep {
		keep[i] = !aside[i]
	}
	return keep
}

// addProse counts running text outside the found blocks as found when there is
// much of it: readability chooses one part of a page, and where it chose the
// readers' letters the article would be lost.
func (p *page) addProse(found, aside []bool, weight []int) {
	text := p.b.text.String()
	first := slices.Index(found, true)
	var before, after []int
	inside, lead, outside := 0, 0, 0
	for i, b := range p.b.blocks {
		switch {
		case found[i]:
			inside += weight[i]
		case aside[i] || weight[i] < proseLeast || !endsSentence(text[b.Start:b.End]) || p.isLink(i):
		case i < first:
			before = append(before, i)
			lead += weight[i]
			outside += weight[i]
		default:
			after = append(after, i)
			outside += weight[i]
		}
	}
	much := float64(outside) >= proseShare*float64(inside)
	if much || len(before) > 1 && lead >= leadLeast {
		for _, i := range before {
			found[i] = true
		}
	}
	if much {
		for _, i := range after {
			found[i] = true
		}
	}
}

// isLink says that block i begins within a link.
func (p *page) isLink(i int) bool {
	for n := p.owner[p.b.tags[i]-1]; n != nil && !blockElements[n.DataAtom]; n = n.Parent {
		if n.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// asides says for each block that was written whether it stands in furniture.
// A part that holds most of the page is none, whatever it calls itself.
func (p *page) asides() []bool {
	aside := make([]bool, len(p.b.blocks))
	total, marked := 0, 0
	for i, b := range p.b.blocks {
		aside[i] = p.aside[p.b.tags[i]-1]
		total += b.End - b.Start
		if aside[i] {
			marked += b.End - b.Start
		}
	}
	if total > 0 && marked*10 > total*9 {
		clear(aside)
	}
	return aside
}

// readable gives, for each block, whether readability takes it for the
// article; nil when it finds none.
func (p *page) readable() []bool {
	if p.index > articleNodes {
		return nil
	}
	kept, ok := articleNumbers(p.root)
	if !ok {
		return nil
	}
	found := make([]bool, len(p.b.blocks))
	for i := range found {
		for n := p.owner[p.b.tags[i]-1]; n != nil; n = n.Parent {
			if k := number(n); k > 0 {
				found[i] = kept[k]
				break
			}
		}
	}
	return found
}

// articleNumbers gives the numbers of the elements whose own text readability
// keeps. A panic in it counts as nothing found.
func articleNumbers(root *html.Node) (kept map[int]bool, ok bool) {
	defer func() {
		if recover() != nil {
			kept, ok = nil, false
		}
	}()
	parser := readability.NewParser()
	parser.CharThresholds = articleLeast
	base, err := url.Parse("http://localhost/")
	if err != nil {
		return nil, false
	}
	art, err := parser.ParseDocument(root, base)
	if err != nil || art.Node == nil {
		return nil, false
	}
	kept = map[int]bool{}
	collectNumbers(art.Node, 0, 0, kept)
	return kept, len(kept) > 0
}

func collectNumbers(n *html.Node, owner, depth int, kept map[int]bool) {
	if depth > maxWalk {
		return
	}
	if n.Type == html.ElementNode {
		if k := number(n); k > 0 {
			owner = k
		}
	}
	if n.Type == html.TextNode && letters(n.Data) > 0 && owner > 0 {
		kept[owner] = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		collectNumbers(c, owner, depth+1, kept)
	}
}

// region grows the found blocks to the article: the part of the page that
// holds them all, where it is not the whole body, and else the run from the
// first to the last, with the title before them; furniture stays out unless
// readability kept it.
func (p *page) region(found, aside []bool) []bool {
	first, last := -1, -1
	for i, f := range found {
		if f {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	keep := make([]bool, len(found))
	if first < 0 {
		return keep
	}
	part := p.commonPart(found)
	for i := range keep {
		between := first <= i && i <= last
		inside := part != nil && within(p.owner[p.b.tags[i]-1], part)
		keep[i] = (between || inside) && (!aside[i] || found[i])
	}
	for i := first - 1; i >= 0 && i >= first-titleReach; i-- {
		if b := p.b.blocks[i]; b.Kind == bitext.Heading && b.Level == 1 && !aside[i] {
			for j := i; j < first; j++ {
				keep[j] = !aside[j]
			}
			break
		}
	}
	return keep
}

// commonPart gives the innermost element that holds every found block, nil
// where that is the body.
func (p *page) commonPart(found []bool) *html.Node {
	var common *html.Node
	for i, f := range found {
		if !f {
			continue
		}
		n := p.owner[p.b.tags[i]-1]
		if common == nil {
			common = n
			continue
		}
		for common != nil && !within(n, common) {
			common = common.Parent
		}
	}
	if common == nil || common.Type != html.ElementNode || common.DataAtom == atom.Body || common.DataAtom == atom.Html {
		return nil
	}
	return common
}

func within(n, part *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == part {
			return true
		}
	}
	return false
}

// letters measures how much a text says: letters and digits, a Chinese
// character for three.
func letters(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case tools.IsHan(r):
			n += 3
		case isWordRune(r):
			n++
		}
	}
	return n
}
