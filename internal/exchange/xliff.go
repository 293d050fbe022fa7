package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// sideContext is the type of the context in which a sidecar travels.
const sideContext = "x-sverka"

// xliffReader reads XLIFF 1.x and 2.x, whichever the file is in. Candidates that
// stand beside a translation (alt-trans, mtc:match) are no translations of the
// file and are left out.
type xliffReader struct {
	*xmlReader
	srcLang, trgLang string
}

func readXLIFF(r io.Reader, out *sink) error {
	x, err := newXMLReader(r, out)
	if err != nil {
		return err
	}
	root, err := x.root("xliff")
	if err != nil {
		return err
	}
	f := &xliffReader{xmlReader: x, srcLang: attr(root, "srcLang"), trgLang: attr(root, "trgLang")}
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
		x.in.reset()
		switch s.name {
		case "file":
			if src := attr(s, "source-language"); src != "" {
				f.srcLang, f.trgLang = src, attr(s, "target-language")
			}
		case "trans-unit":
			err = f.transUnit(s)
		case "unit":
			err = f.unit2(s)
		case "header", "internal-file", "skeleton":
			err = x.skip()
		}
		if err != nil {
			return err
		}
		x.in.reset()
	}
}

// transUnit reads one trans-unit of XLIFF 1. Where source and target are
// marked up in the same sentences, each sentence is a unit.
func (f *xliffReader) transUnit(s element) error {
	p := pair{
		id: attr(s, "resname"), srcTag: f.srcLang, trgTag: f.trgLang,
		accepted: attr(s, "approved") == "yes", showsReview: true,
	}
	if p.id == "" {
		p.id = attr(s, "id")
	}
	var source, segmented, target flattener
	err := f.children(func(s element) error {
		switch s.name {
		case "source":
			if l := attr(s, "lang"); l != "" {
				p.srcTag = l
			}
			return f.flatten(&source)
		case "seg-source":
			return f.flatten(&segmented)
		case "target":
			if l := attr(s, "lang"); l != "" {
				p.trgTag = l
			}
			state := attr(s, "state")
			p.accepted = p.accepted || state == "final" || state == "signed-off"
			p.inReview = strings.HasPrefix(state, "needs-") || state == "new"
			return f.flatten(&target)
		case "note":
			note, err := f.text()
			p.note = joinNotes(p.note, note)
			return err
		case "context-group":
			return f.side(&p, "context-type")
		}
		return f.skip()
	})
	if err != nil {
		return err
	}
	p.source, p.target = source.b.String(), target.b.String()
	if pairs := sentences(&p, &segmented, &target); pairs != nil {
		return f.yield(pairs)
	}
	return f.yield([]pair{p})
}

// side reads the element that was begun last and looks for a sidecar in it:
// an element whose attribute named kind says so.
func (f *xliffReader) side(p *pair, kind string) error {
	return f.children(func(s element) error {
		if attr(s, kind) != sideContext {
			if s.name == "metaGroup" {
				return f.side(p, kind)
			}
			return f.skip()
		}
		side, err := f.text()
		p.side = side
		return err
	})
}

// sentences pairs the sentences marked in source and target by their ids; nil
// where they do not answer each other.
func sentences(p *pair, source, target *flattener) []pair {
	if len(source.segments) < 2 || len(source.segments) != len(target.segments) || p.side != "" {
		return nil
	}
	src, trg := source.b.String(), target.b.String()
	pairs := make([]pair, 0, len(source.segments))
	for i, s := range source.segments {
		t := target.segments[i]
		if s.id != t.id {
			return nil
		}
		q := *p
		q.id = fmt.Sprintf("%s/%s", p.id, s.id)
		q.source, q.target = src[s.start:s.end], trg[t.start:t.end]
		pairs = append(pairs, q)
	}
	return pairs
}

func (f *xliffReader) yield(pairs []pair) error {
	for i := range pairs {
		u, reason := pairs[i].unit()
		if err := f.out.unit(u, reason); err != nil {
			return err
		}
	}
	return nil
}

// unit2 reads one unit of XLIFF 2, each segment of it as a unit of ours.
func (f *xliffReader) unit2(s element) error {
	base := pair{id: attr(s, "name"), srcTag: f.srcLang, trgTag: f.trgLang}
	if base.id == "" {
		base.id = attr(s, "id")
	}
	var pairs []pair
	err := f.children(func(s element) error {
		switch s.name {
		case "metadata":
			return f.side(&base, "type")
		case "notes":
			return f.children(func(element) error {
				note, err := f.text()
				base.note = joinNotes(base.note, note)
				return err
			})
		case "segment":
			p, err := f.segment2(s)
			pairs = append(pairs, p)
			if len(pairs) > f.out.limits.Variants {
				return fmt.Errorf("a unit has more than %d segments", f.out.limits.Variants)
			}
			return err
		}
		return f.skip()
	})
	if err != nil {
		return err
	}
	for i := range pairs {
		p := &pairs[i]
		if p.id == "" {
			p.id = fmt.Sprint(i + 1)
		}
		if p.id = base.id + "/" + p.id; len(pairs) == 1 {
			p.id, p.side = base.id, base.side
		}
		p.srcTag, p.trgTag, p.note = base.srcTag, base.trgTag, base.note
	}
	return f.yield(pairs)
}

func (f *xliffReader) segment2(s element) (p pair, err error) {
	p.id = attr(s, "id")
	p.accepted = attr(s, "state") == "final" || attr(s, "state") == "reviewed"
	err = f.children(func(s element) error {
		var text flattener
		switch s.name {
		case "source":
			err := f.flatten(&text)
			p.source = text.b.String()
			return err
		case "target":
			err := f.flatten(&text)
			p.target = text.b.String()
			return err
		}
		return f.skip()
	})
	return p, err
}
