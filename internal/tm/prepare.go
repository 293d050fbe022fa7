package tm

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/text"
)

// Bounds on one unit.
const (
	maxVariants  = 250
	maxTextBytes = 1 << 20
	maxDigits    = 32 // of a language tag
)

// prepared is a unit made ready for the file: everything that takes no
// database, so that it can be done beside the writing.
type prepared struct {
	unit     bitext.Unit
	hash     int64
	variants []preparedVariant
	skip     string       // why it is left out, or ""
	n        int          // number in the input of an import, from 1
	adopts   []*rewording // corrections that an addition carries over
}

type preparedVariant struct {
	entry        // without its id
	hash  int64  // of the folded text
	words string // for the search index
}

// prepare checks u and computes what its variants are found by. Variants
// without text are left out.
func prepare(u bitext.Unit) *prepared {
	p := &prepared{unit: u}
	p.unit.Variants = nil
	for _, v := range u.Variants {
		if strings.TrimSpace(v.Text) == "" {
			continue
		}
		if p.skip = refuse(&v); p.skip != "" {
			return p
		}
		p.unit.Variants = append(p.unit.Variants, v)
	}
	switch n := len(p.unit.Variants); {
	case n == 0:
		p.skip = "no text"
	case n == 1:
		p.skip = "text in one version only"
	case n > maxVariants:
		p.skip = fmt.Sprintf("more than %d variants", maxVariants)
	}
	if p.skip == "" {
		p.skip = p.twins()
	}
	if p.skip != "" {
		return p
	}
	if p.unit.Status == "" {
		p.unit.Status = bitext.StatusOK
	}
	p.unit.Prob = min(max(p.unit.Prob, 0), 1)
	p.hash = unitHash(&p.unit)
	for i := range p.unit.Variants {
		p.variants = append(p.variants, prepareText(p.unit.Variants[i].Text))
	}
	return p
}

func prepareText(s string) preparedVariant {
	folded := text.Fold(s)
	sig, runes := sign(folded)
	return preparedVariant{entry{sig: sig, runes: runes, text: folded}, foldHash(folded), query.IndexFolded(folded)}
}

// refuse says why a variant cannot be stored, "" when it can.
func refuse(v *bitext.Variant) string {
	switch {
	case v.Lang == "":
		return "a variant without a language"
	case len(v.Lang) > maxDigits:
		return "a language tag of more than 32 bytes"
	case len(v.Text) > maxTextBytes:
		return "a text of more than 1 MiB"
	case !utf8.ValidString(v.Text):
		return "a text that is not UTF-8"
	case strings.ContainsRune(v.Text, 0):
		return "a text with a NUL character"
	}
	return ""
}

// twins refuses two texts of one language and label, and drops the second
// where it says the same.
func (p *prepared) twins() string {
	vs := p.unit.Variants
	for i := 1; i < len(vs); i++ {
		for j := range i {
			if vs[i].Lang != vs[j].Lang || vs[i].Label != vs[j].Label {
				continue
			}
			if vs[i].Text != vs[j].Text {
				return "two texts in one language without labels that tell them apart"
			}
			vs = slices.Delete(vs, i, i+1)
			i--
			break
		}
	}
	if p.unit.Variants = vs; len(vs) < 2 {
		return "text in one version only"
	}
	return ""
}

// unitHash tells units apart: two are the same when they belong to the same
// statement and have the same texts in the same languages and labels.
func unitHash(u *bitext.Unit) int64 {
	parts := make([]string, 0, len(u.Variants))
	for _, v := range u.Variants {
		parts = append(parts, string(v.Lang)+"\x00"+v.Label+"\x00"+v.Text)
	}
	slices.Sort(parts)
	return digest(append(parts, u.Statement.ID))
}

// A statement may say one thing at several places. Each of these units is stored
// under a hash of its own: that of the first, and what occurrence makes of it for
// the further ones.
const occurrenceStep = 0x9e3779b97f4a7c15 // odd, so that it has an inverse

// occurrence gives the hash of the further occurrence k, from 1, of a unit with
// the given hash; for 0 the hash itself.
func occurrence(hash int64, k int) int64 { return hash ^ int64(uint64(k)*occurrenceStep) }

// occurrenceOf is the inverse: which occurrence of the unit with the hash first
// is stored under hash; ok is false where it is none.
func occurrenceOf(hash, first int64) (k int, ok bool) {
	inverse := uint64(1) // by Newton's method, each step doubles the bits that are right
	for range 6 {
		inverse *= 2 - occurrenceStep*inverse
	}
	n := uint64(hash^first) * inverse
	return int(n), n < 1<<24
}

// occurrences counts how often each unit of a statement comes, by its places:
// the same place again is the same occurrence.
type occurrences struct {
	first   map[int64]int32   // hash → the first place
	further map[int64][]int32 // hash → the places behind it
}

// number gives which occurrence the unit with the given hash and place is.
func (o *occurrences) number(hash int64, place int) int {
	if o.first == nil {
		o.first, o.further = map[int64]int32{}, map[int64][]int32{}
	}
	at := int32(place)
	first, ok := o.first[hash]
	if !ok {
		o.first[hash] = at
	}
	if !ok || first == at {
		return 0
	}
	for i, p := range o.further[hash] {
		if p == at {
			return i + 1
		}
	}
	o.further[hash] = append(o.further[hash], at)
	return len(o.further[hash])
}

// digest gives 64 bits of a hash of the parts.
func digest(parts []string) int64 {
	h := sha256.New()
	var n [4]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint32(n[:], uint32(len(p)))
		h.Write(n[:])
		_, _ = io.WriteString(h, p)
	}
	return int64(binary.LittleEndian.Uint64(h.Sum(nil)))
}

// foldHash is the key of exact lookup: 32 bits, to keep its index small; what
// it finds is compared.
func foldHash(folded string) int64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(folded) {
		h = (h ^ uint64(folded[i])) * 1099511628211
	}
	return int64(int32(h ^ h>>32))
}
