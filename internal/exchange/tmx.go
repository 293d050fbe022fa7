package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"sverka/internal/bitext"
)

// The properties by which a unit and its variants travel in TMX.
const (
	propStatement  = "x-sverka-statement"
	propTitle      = "x-sverka-title"
	propDate       = "x-sverka-date"
	propSpeaker    = "x-sverka-speaker"
	propPosition   = "x-sverka-position"
	propProb       = "x-sverka-probability"
	propStatus     = "x-sverka-status"
	propLabel      = "x-sverka-label"
	propSource     = "x-sverka-source"
	propTranslator = "x-sverka-translator"
	propMachine    = "x-sverka-machine"
)

// readTMX reads TMX 1.1 to 1.4b.
func readTMX(r io.Reader, out *sink) error {
	x, err := newXMLReader(r, out)
	if err != nil {
		return err
	}
	if _, err := x.root("tmx"); err != nil {
		return err
	}
	var srcLang bitext.Lang
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind != startToken {
			continue
		}
		s := t.elem
		switch s.name {
		case "tu":
			x.in.reset()
			u, reason, err := x.tu(s, srcLang)
			if err != nil {
				return err
			}
			if err := out.unit(u, reason); err != nil {
				return err
			}
			x.in.reset()
		case "header":
			srcLang, _, _ = langLabel(attr(s, "srclang"))
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
}

// tmxTime is how TMX writes a moment, in UTC.
const tmxTime = "20060102T150405Z"

// made is what TMX says of who made or changed something, and when.
type made struct{ by, date string }

// madeOf reads the attributes of a tu or a tuv; a change outdoes the making.
func madeOf(s element) (m made) {
	m.by = strings.TrimSpace(attr(s, "changeid"))
	if m.by == "" {
		m.by = strings.TrimSpace(attr(s, "creationid"))
	}
	date := attr(s, "changedate")
	if date == "" {
		date = attr(s, "creationdate")
	}
	if t, err := time.Parse(tmxTime, date); err == nil {
		m.date = t.Format(time.DateOnly)
	}
	return m
}

// fill says of a variant who made it and when, where it does not say so itself.
func (m made) fill(v *bitext.Variant) {
	if v.Translator == "" {
		v.Translator = m.by
	}
	if v.Date == "" {
		v.Date = m.date
	}
}

// tu reads one unit; reason says why it cannot be taken. Who made the unit and
// when holds for its translations, not for the text in srcLang.
func (x *xmlReader) tu(s element, srcLang bitext.Lang) (u bitext.Unit, reason string, err error) {
	u.ID = strings.TrimSpace(attr(s, "tuid"))
	if own, _, err := langLabel(attr(s, "srclang")); err == nil {
		srcLang = own
	}
	m, ours := madeOf(s), false
	regions := []string{}
	err = x.children(func(s element) error {
		switch s.name {
		case "note":
			note, err := x.text()
			u.Note = joinNotes(u.Note, note)
			return err
		case "prop":
			prop := attr(s, "type")
			ours = ours || strings.HasPrefix(prop, "x-sverka-")
			value, err := x.text()
			if bad := setUnitProp(&u, prop, value); bad != "" {
				reason = bad
			}
			return err
		case "tuv":
			v, region, bad, err := x.tuv(s)
			if bad != "" {
				reason = bad
			}
			u.Variants = append(u.Variants, v)
			regions = append(regions, region)
			return err
		}
		return x.skip()
	})
	labelByRegion(u.Variants, regions)
	for i := range u.Variants {
		if v := &u.Variants[i]; !ours && v.Lang != srcLang {
			m.fill(v)
		}
	}
	return u, reason, err
}

// children calls do for each element within the one begun last; do reads it to
// its end.
func (x *xmlReader) children(do func(element) error) error {
	depth := x.depth
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if t.kind == startToken {
			if err := do(t.elem); err != nil {
				return err
			}
		}
		if x.depth < depth {
			return nil
		}
	}
}

func (x *xmlReader) tuv(s element) (v bitext.Variant, region, reason string, err error) {
	v.Lang, region, err = langLabel(attr(s, "lang"))
	if err != nil {
		reason = err.Error()
	}
	m := madeOf(s)
	defer func() { m.fill(&v) }()
	err = x.children(func(s element) error {
		switch s.name {
		case "prop":
			prop := attr(s, "type")
			value, err := x.text()
			setVariantProp(&v, prop, value)
			return err
		case "seg":
			var f flattener
			err := x.flatten(&f)
			v.Text = f.b.String()
			return err
		}
		return x.skip()
	})
	return v, region, reason, err
}

// labelByRegion labels variants that share a language with another by the
// region of their tags: en-GB beside en-US.
func labelByRegion(vs []bitext.Variant, regions []string) {
	count := map[bitext.Lang]int{}
	for _, v := range vs {
		if v.Label == "" {
			count[v.Lang]++
		}
	}
	for i := range vs {
		if v := &vs[i]; v.Label == "" && count[v.Lang] > 1 {
			v.Label = regions[i]
		}
	}
}

func joinNotes(a, b string) string {
	if b = strings.TrimSpace(b); a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

func setUnitProp(u *bitext.Unit, prop, value string) (bad string) {
	var err error
	switch prop {
	case propStatement:
		u.Statement.ID = value
	case propTitle:
		u.Statement.Title = value
	case propDate:
		u.Statement.Date = value
	case propSpeaker:
		u.Statement.Speaker = value
	case propStatus:
		u.Status = bitext.Status(value)
	case propPosition:
		if u.Position, err = strconv.Atoi(value); err != nil {
			return fmt.Sprintf("position %q is not a number", clip(value))
		}
	case propProb:
		if u.Prob, err = strconv.ParseFloat(value, 64); err != nil {
			return fmt.Sprintf("probability %q is not a number", clip(value))
		}
	}
	return ""
}

func setVariantProp(v *bitext.Variant, prop, value string) {
	switch prop {
	case propLabel:
		v.Label = value
	case propDate:
		v.Date = value
	case propSource:
		v.Source = value
	case propTranslator:
		v.Translator = value
	case propMachine:
		v.Machine = value == "yes"
	}
}

func clip(s string) string {
	if len(s) <= 60 {
		return s
	}
	return strings.ToValidUTF8(s[:60], "") + "…"
}

func writeTMX(w io.Writer, units iter.Seq2[bitext.Unit, error], opt WriteOptions) (n int, err error) {
	b := bufio.NewWriterSize(w, bufferSize)
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="sverka" creationtoolversion="%s" segtype="sentence" o-tmf="sverka" adminlang="en" srclang="%s" datatype="plaintext"/>
<body>
`, escAttr(opt.ToolVersion), escAttr(string(opt.SrcLang)))
	for u, err := range units {
		if err != nil {
			return n, err
		}
		if err := writeTU(b, &u, opt.SrcLang); err != nil {
			return n, fmt.Errorf("write tmx: %w", err)
		}
		n++
	}
	b.WriteString("</body>\n</tmx>\n")
	if err := b.Flush(); err != nil {
		return n, fmt.Errorf("write tmx: %w", err)
	}
	return n, nil
}

// writeTU writes one unit. One without a text in the file's source language
// names another, so that no reader takes its texts for what they are not.
func writeTU(b *bufio.Writer, u *bitext.Unit, srcLang bitext.Lang) error {
	b.WriteString("<tu")
	if u.ID != "" {
		fmt.Fprintf(b, ` tuid="%s"`, escAttr(u.ID))
	}
	if u.Variant(srcLang) == nil && len(u.Variants) > 0 {
		fmt.Fprintf(b, ` srclang="%s"`, escAttr(string(u.Variants[0].Lang)))
	}
	b.WriteString(">\n")
	if u.Note != "" {
		fmt.Fprintf(b, "<note>%s</note>\n", escText(u.Note))
	}
	prop := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "<prop type=\"%s\">%s</prop>\n", name, escText(value))
		}
	}
	prop(propStatement, u.Statement.ID)
	prop(propTitle, u.Statement.Title)
	prop(propDate, u.Statement.Date)
	prop(propSpeaker, u.Statement.Speaker)
	if u.Position != 0 {
		prop(propPosition, strconv.Itoa(u.Position))
	}
	if u.Prob != 0 {
		prop(propProb, formatProb(u.Prob))
	}
	prop(propStatus, string(u.Status))
	for i := range u.Variants {
		v := &u.Variants[i]
		fmt.Fprintf(b, "<tuv xml:lang=\"%s\"", escAttr(string(v.Lang)))
		if v.Translator != "" {
			fmt.Fprintf(b, ` creationid="%s"`, escAttr(v.Translator))
		}
		if t, err := time.Parse(time.DateOnly, v.Date); err == nil {
			fmt.Fprintf(b, ` creationdate="%s"`, t.Format(tmxTime))
		}
		b.WriteString(">\n")
		prop(propLabel, v.Label)
		prop(propDate, v.Date)
		prop(propSource, v.Source)
		prop(propTranslator, v.Translator)
		if v.Machine {
			prop(propMachine, "yes")
		}
		fmt.Fprintf(b, "<seg>%s</seg>\n</tuv>\n", escText(v.Text))
	}
	_, err := b.WriteString("</tu>\n")
	return err
}

func formatProb(p float64) string { return strconv.FormatFloat(p, 'g', -1, 64) }
