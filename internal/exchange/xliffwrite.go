package exchange

import (
	"bufio"
	"fmt"

	"sverka/internal/bitext"
)

// xliff12 writes XLIFF 1.2.
type xliff12 struct{}

func (*xliff12) head(b *bufio.Writer, src, trg bitext.Lang, opt WriteOptions) {
	target := ""
	if trg != "" {
		target = fmt.Sprintf(` target-language="%s"`, escAttr(string(trg)))
	}
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="sverka" source-language="%s"%s datatype="plaintext" tool-id="sverka" xml:space="preserve">
<header><tool tool-id="sverka" tool-name="sverka" tool-version="%s"/></header>
<body>
`, escAttr(string(src)), target, escAttr(opt.ToolVersion))
}

func (*xliff12) unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string) {
	fmt.Fprintf(b, `<trans-unit id="%d"`, n)
	if u.ID != "" {
		fmt.Fprintf(b, ` resname="%s"`, escAttr(u.ID))
	}
	state := "translated"
	switch u.Status {
	case bitext.StatusAccepted:
		b.WriteString(` approved="yes"`)
		state = "final"
	case bitext.StatusReview:
		state = "needs-review-translation"
	}
	fmt.Fprintf(b, ">\n<source xml:lang=\"%s\">%s</source>\n", escAttr(string(src.Lang)), escText(src.Text))
	fmt.Fprintf(b, "<target xml:lang=\"%s\" state=\"%s\">%s</target>\n", escAttr(string(trg.Lang)), state, escText(trg.Text))
	for _, v := range renderings(u, trg) {
		fmt.Fprintf(b, "<alt-trans match-quality=\"100%%\" origin=\"%s\"><target xml:lang=\"%s\">%s</target></alt-trans>\n",
			escAttr(origin(v)), escAttr(string(v.Lang)), escText(v.Text))
	}
	fmt.Fprintf(b, "<context-group purpose=\"information\"><context context-type=\"%s\">%s</context></context-group>\n",
		sideContext, escText(side))
	if u.Note != "" {
		fmt.Fprintf(b, "<note>%s</note>\n", escText(u.Note))
	}
	b.WriteString("</trans-unit>\n")
}

func (*xliff12) foot(b *bufio.Writer) { b.WriteString("</body>\n</file>\n</xliff>\n") }

// xliff2 writes XLIFF 2.1.
type xliff2 struct{}

func (*xliff2) head(b *bufio.Writer, src, trg bitext.Lang, _ WriteOptions) {
	target := ""
	if trg != "" {
		target = fmt.Sprintf(` trgLang="%s"`, escAttr(string(trg)))
	}
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" srcLang="%s"%s>
<file id="f1" xml:space="preserve">
`, escAttr(string(src)), target)
}

func (*xliff2) unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string) {
	fmt.Fprintf(b, `<unit id="%d"`, n)
	if u.ID != "" {
		fmt.Fprintf(b, ` name="%s"`, escAttr(u.ID))
	}
	b.WriteString(">\n")
	source := escText(src.Text)
	if others := renderings(u, trg); len(others) > 0 {
		writeMatches(b, u, source, others)
		source = `<mrk id="m1" type="mtc:match">` + source + "</mrk>"
	}
	fmt.Fprintf(b, "<mda:metadata><mda:metaGroup category=\"sverka\"><mda:meta type=\"%s\">%s</mda:meta></mda:metaGroup></mda:metadata>\n",
		sideContext, escText(side))
	if u.Note != "" {
		fmt.Fprintf(b, "<notes><note>%s</note></notes>\n", escText(u.Note))
	}
	state := "translated"
	if u.Status == bitext.StatusAccepted {
		state = "final"
	}
	fmt.Fprintf(b, "<segment state=\"%s\">\n<source>%s</source>\n<target>%s</target>\n</segment>\n</unit>\n",
		state, source, escText(trg.Text))
}

// renderings are the other texts that u has in the language of its target.
func renderings(u *bitext.Unit, trg *bitext.Variant) []*bitext.Variant {
	var out []*bitext.Variant
	for i := range u.Variants {
		if v := &u.Variants[i]; v != trg && v.Lang == trg.Lang {
			out = append(out, v)
		}
	}
	return out
}

// origin says where a rendering comes from: its label, else its translator.
func origin(v *bitext.Variant) string {
	for _, s := range []string{v.Label, v.Translator} {
		if s != "" {
			return s
		}
	}
	return "sverka"
}

// writeMatches writes further renderings of the source, which carries the mark
// m1, as candidates. The module wants ref, and figures from 0 to 100.
func writeMatches(b *bufio.Writer, u *bitext.Unit, source string, others []*bitext.Variant) {
	b.WriteString("<mtc:matches>\n")
	for i, v := range others {
		quality := ""
		if u.Prob > 0 {
			quality = fmt.Sprintf(` matchQuality="%.1f"`, 100*u.Prob)
		}
		fmt.Fprintf(b, "<mtc:match id=\"%d\" ref=\"#m1\" type=\"tm\" similarity=\"100.0\"%s origin=\"%s\">\n<source>%s</source>\n<target>%s</target>\n</mtc:match>\n",
			i+1, quality, escAttr(origin(v)), source, escText(v.Text))
	}
	b.WriteString("</mtc:matches>\n")
}

func (*xliff2) foot(b *bufio.Writer) {
	// A file of XLIFF 2 must hold a unit; without one the caller has nothing
	// to keep.
	b.WriteString("</file>\n</xliff>\n")
}
