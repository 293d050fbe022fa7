package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"sverka/internal/bitext"
)

// bilingual writes one of the formats that hold a source and a target.
type bilingual interface {
	head(b *bufio.Writer, src, trg bitext.Lang, opt WriteOptions)
	// unit writes the n-th unit, from 1; side is what the format has no
	// place for (see sidecar).
	unit(b *bufio.Writer, n int, u *bitext.Unit, src, trg *bitext.Variant, side string)
	foot(b *bufio.Writer)
}

func writeBilingual(w io.Writer, units iter.Seq2[bitext.Unit, error], opt WriteOptions, f bilingual) (n int, err error) {
	b := bufio.NewWriterSize(w, bufferSize)
	target := bitext.Lang("")
	for _, l := range opt.Langs {
		if l != opt.SrcLang {
			target = l
			break
		}
	}
	seen := 0
	for u, err := range units {
		if err != nil {
			return n, err
		}
		seen++
		src := u.Variant(opt.SrcLang)
		if target == "" {
			target = otherLang(&u, opt.SrcLang)
		}
		trg := u.Variant(target)
		if src == nil || trg == nil {
			opt.skipped(seen, fmt.Sprintf("has no text in both %s and %s, the languages of the file", opt.SrcLang, target))
			continue
		}
		if n == 0 {
			f.head(b, opt.SrcLang, target, opt)
		}
		n++
		opt.number(&u, n)
		side, err := sidecar(&u, src, trg)
		if err != nil {
			return n, err
		}
		f.unit(b, n, &u, src, trg, side)
	}
	if n == 0 {
		f.head(b, opt.SrcLang, target, opt)
	}
	f.foot(b)
	if err := b.Flush(); err != nil {
		return n, fmt.Errorf("write: %w", err)
	}
	return n, nil
}

// otherLang is the first language of u beside src, if u has src as well.
func otherLang(u *bitext.Unit, src bitext.Lang) bitext.Lang {
	if u.Variant(src) == nil {
		return ""
	}
	for _, v := range u.Variants {
		if v.Lang != src {
			return v.Lang
		}
	}
	return ""
}

// sidecar is u as JSON less the texts of src and trg and the note, which a
// bilingual format has places for. It travels as a comment.
func sidecar(u *bitext.Unit, src, trg *bitext.Variant) (string, error) {
	j := toJSON(u)
	j.Note = ""
	for i := range j.Variants {
		switch &u.Variants[i] {
		case src:
			j.Variants[i].Text, j.Variants[i].At = "", "source"
		case trg:
			j.Variants[i].Text, j.Variants[i].At = "", "target"
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(j); err != nil {
		return "", fmt.Errorf("write unit %s: %w", u.ID, err)
	}
	return strings.TrimSpace(b.String()), nil
}

// pair is an entry of a bilingual file as it was read.
type pair struct {
	id                 string
	srcTag, trgTag     string // language tags
	source, target     string
	side               string // a sidecar, or ""
	note               string
	accepted, inReview bool
	showsReview        bool // the format says of each entry whether it is in review
}

// unit makes a unit of p; reason says why it cannot be taken.
func (p *pair) unit() (u bitext.Unit, reason string) {
	if strings.TrimSpace(p.source) == "" || strings.TrimSpace(p.target) == "" {
		return u, "not translated"
	}
	j := jsonUnit{ID: p.id, Variants: []jsonVariant{{Lang: p.srcTag, At: "source"}, {Lang: p.trgTag, At: "target"}}}
	if p.side != "" {
		j = jsonUnit{}
		if err := json.Unmarshal([]byte(p.side), &j); err != nil {
			return u, "its particulars, which sverka wrote, are damaged"
		}
	}
	for i := range j.Variants {
		switch v := &j.Variants[i]; v.At {
		case "source":
			v.Text = p.source
		case "target":
			v.Text = p.target
		}
	}
	u, err := j.unit()
	if err != nil {
		return u, err.Error()
	}
	u.Note = strings.TrimSpace(p.note)
	switch {
	case p.accepted:
		u.Status = bitext.StatusAccepted
	case p.inReview:
		u.Status = bitext.StatusReview
	case u.Status == bitext.StatusReview && p.showsReview: // somebody took the mark away
		u.Status = bitext.StatusOK
	}
	return u, ""
}
