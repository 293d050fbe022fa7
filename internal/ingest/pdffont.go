package ingest

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

// pdfFont turns the codes of a font into characters and widths.
type pdfFont struct {
	bold      bool
	composite bool               // codes are of more than one byte
	unicode   map[uint32]string  // code, with its length above bit 24, → text
	simple    [256]string        // of a font with codes of one byte
	charset   encoding.Encoding  // of a composite font in a national encoding
	width     map[uint32]float64 // code → width, in ems
	missing   float64            // width of all other codes
	lead      func(c byte) int   // bytes of the code that begins with c
}

// pdfGlyphCode is one code of a string.
type pdfGlyphCode struct {
	text  string // "" where the font does not say
	width float64
	space bool // a single byte 32, to which word spacing is added
}

// newPDFFont reads a font's dictionary.
func newPDFFont(v pdf.Value) *pdfFont {
	f := &pdfFont{width: map[uint32]float64{}, missing: 0.5, lead: func(byte) int { return 1 }}
	name := strings.ToLower(v.Key("BaseFont").Name())
	f.bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
	if to := v.Key("ToUnicode"); to.Kind() == pdf.Stream {
		if data, err := pdfData(to); err == nil {
			f.unicode = readCMap(data).text
		}
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composeWith(v)
		return f
	}
	f.simpleCodes(v)
	f.simpleWidths(v, name)
	return f
}

// simpleCodes fills the table of a font with one byte a code: what the library
// knows of glyph names, over the font's base encoding.
func (f *pdfFont) simpleCodes(v pdf.Value) {
	font := pdf.Font{V: v}
	enc := v.Key("Encoding")
	base := &charmap.Windows1252
	if enc.Name() == "MacRomanEncoding" || enc.Key("BaseEncoding").Name() == "MacRomanEncoding" {
		base = &charmap.Macintosh
	}
	differences := map[int]bool{}
	if enc.Kind() == pdf.Dict {
		list, code := enc.Key("Differences"), 0
		for i := range min(list.Len(), 1024) {
			if x := list.Index(i); x.Kind() == pdf.Integer {
				code = int(x.Int64())
			} else {
				differences[code] = true
				if s := glyphName(x.Name()); s != "" && code >= 0 && code < 256 {
					f.simple[code] = s
				}
				code++
			}
		}
	}
	for c := range 256 {
		if f.simple[c] != "" {
			continue
		}
		if differences[c] {
			if s := font.Encoder().Decode(string([]byte{byte(c)})); s != string(rune(c)) || c < utf8.RuneSelf {
				f.simple[c] = s
			}
			continue
		}
		if r := (*base).DecodeByte(byte(c)); r != utf8.RuneError && c >= ' ' {
			f.simple[c] = string(r)
		}
	}
}

// glyphName reads the names that say their character: uni0416, u1F600, and the
// numbered Cyrillic ones.
func glyphName(name string) string {
	name, _, _ = strings.Cut(name, ".")
	hex, ok := strings.CutPrefix(name, "uni")
	if !ok {
		hex, ok = strings.CutPrefix(name, "u")
	}
	if ok && len(hex) >= 4 && len(hex) <= 6 {
		n := rune(0)
		for i := range len(hex) {
			d, ok := hexDigit(hex[i])
			if !ok {
				return ""
			}
			n = n<<4 | rune(d)
		}
		if utf8.ValidRune(n) {
			return string(n)
		}
	}
	return ""
}

func (f *pdfFont) simpleWidths(v pdf.Value, name string) {
	widths, first := v.Key("Widths"), v.Key("FirstChar").Int64()
	scale := 0.001
	if m := v.Key("FontMatrix"); m.Len() == 6 && v.Key("Subtype").Name() == "Type3" {
		scale = m.Index(0).Float64()
	}
	for i := range min(widths.Len(), 256) {
		f.width[uint32(first)+uint32(i)] = widths.Index(i).Float64() * scale
	}
	if w := v.Key("FontDescriptor").Key("MissingWidth").Float64(); w > 0 {
		f.missing = w * scale
	}
	if widths.Len() > 0 {
		return
	}
	// One of the fonts that every reader has and that need no widths.
	for c := range helvetica {
		w := float64(helvetica[c]) / 1000
		if strings.Contains(name, "courier") {
			w = 0.6
		} else if strings.Contains(name, "times") {
			w *= 0.9
		}
		f.width[uint32(' '+c)] = w
	}
}

// helvetica are the widths of the characters from the space on, as every PDF
// reader knows them (Adobe's Core 14 font metrics).
var helvetica = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// composeWith sets up a font whose codes have two bytes, or one and two.
func (f *pdfFont) composeWith(v pdf.Value) {
	f.composite = true
	f.lead = func(byte) int { return 2 }
	enc := v.Key("Encoding")
	switch name := enc.Name(); {
	case enc.Kind() == pdf.Stream:
		if data, err := pdfData(enc); err == nil {
			if m := readCMap(data); m.lengths != [256]byte{} {
				f.lead = func(c byte) int { return max(int(m.lengths[c]), 1) }
			}
		}
	case strings.Contains(name, "UCS2"), strings.Contains(name, "UTF16"):
		f.charset = utf16BE
	case strings.HasPrefix(name, "GB"):
		f.charset, f.lead = simplifiedchinese.GB18030, leadByte
	case strings.Contains(name, "B5"), strings.HasPrefix(name, "HKscs"):
		f.charset, f.lead = traditionalchinese.Big5, leadByte
	}
	down := v.Key("DescendantFonts").Index(0)
	f.missing = 1
	if dw := down.Key("DW"); !dw.IsNull() {
		f.missing = dw.Float64() / 1000
	}
	if f.charset == nil { // the widths go by glyph, which is the code itself
		f.compositeWidths(down.Key("W"))
	}
	if strings.Contains(strings.ToLower(down.Key("BaseFont").Name()), "bold") {
		f.bold = true
	}
}

func leadByte(c byte) int {
	if c > 0x80 {
		return 2
	}
	return 1
}

// compositeWidths reads runs of "first [w w w]" and "first last w".
func (f *pdfFont) compositeWidths(w pdf.Value) {
	n := min(w.Len(), maxArray)
	for i := 0; i+1 < n; {
		first := uint32(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), 65536) {
				f.width[first+uint32(j)] = list.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		last := uint32(w.Index(i + 1).Int64())
		for c := first; c <= last && c-first < 65536 && i+2 < n; c++ {
			f.width[c] = w.Index(i+2).Float64() / 1000
		}
		i += 3
	}
}

// codes cuts a string that is shown into its codes.
func (f *pdfFont) codes(s string, each func(pdfGlyphCode)) {
	for i := 0; i < len(s); {
		n := min(f.lead(s[i]), len(s)-i)
		code := uint32(0)
		for j := range n {
			code = code<<8 | uint32(s[i+j])
		}
		g := pdfGlyphCode{width: f.missing, space: n == 1 && s[i] == ' '}
		if w, ok := f.width[code]; ok {
			g.width = w
		} else if f.charset != nil && (n == 1 || code < 0x80) {
			g.width = f.missing / 2
		}
		g.text = f.textOf(s[i:i+n], code, n)
		each(g)
		i += n
	}
}

func (f *pdfFont) textOf(raw string, code uint32, n int) string {
	if s, ok := f.unicode[uint32(n)<<24|code]; ok {
		return s
	}
	switch {
	case f.charset != nil:
		if b, err := f.charset.NewDecoder().String(raw); err == nil && !strings.ContainsRune(b, utf8.RuneError) {
			return b
		}
	case !f.composite:
		return f.simple[code&0xff]
	}
	return ""
}

// pdfCMap is a table of characters: what each code means, and how many bytes
// the codes that begin with a byte have.
type pdfCMap struct {
	text    map[uint32]string
	lengths [256]byte
}

// maxCMap bounds the entries of a table.
const maxCMap = 200_000

// readCMap reads a table of characters (Adobe Technical Note 5014, 5411). What
// it does not understand it passes over.
func readCMap(data []byte) pdfCMap {
	m := pdfCMap{text: map[uint32]string{}}
	l := pdfLexer{data: data}
	var args []any
	for {
		thing, ok := l.next()
		if !ok {
			return m
		}
		op, isOp := thing.(pdfOperator)
		if !isOp {
			if len(args) < maxArray {
				args = append(args, thing)
			}
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				m.put(args[i], 0, args[i+1])
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.putRange(args[i], args[i+1], args[i+2])
			}
		case "endcodespacerange":
			for i := 0; i+1 < len(args); i += 2 {
				lo, ok1 := args[i].(pdfString)
				hi, ok2 := args[i+1].(pdfString)
				if ok1 && ok2 && len(lo) > 0 && len(lo) <= 4 && len(hi) > 0 {
					for c := int(lo[0]); c <= int(hi[0]); c++ {
						m.lengths[c] = byte(len(lo))
					}
				}
			}
		}
		args = args[:0]
	}
}

// put says that the code which lies by plus behind from means to.
func (m *pdfCMap) put(from any, plus uint32, to any) {
	src, ok1 := from.(pdfString)
	dst, ok2 := to.(pdfString)
	if !ok1 || !ok2 || len(src) == 0 || len(src) > 3 || len(m.text) >= maxCMap || len(dst) > 100 {
		return
	}
	units := make([]uint16, 0, len(dst)/2)
	for i := 0; i+1 < len(dst); i += 2 {
		units = append(units, uint16(dst[i])<<8|uint16(dst[i+1]))
	}
	if len(dst) == 1 {
		units = append(units, uint16(dst[0]))
	}
	if plus > 0 && len(units) > 0 {
		units[len(units)-1] += uint16(plus)
	}
	m.text[uint32(len(src))<<24|(codeOf(src)+plus)] = readable(string(utf16.Decode(units)))
}

func codeOf(s pdfString) uint32 {
	n := uint32(0)
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

func (m *pdfCMap) putRange(from, last, to any) {
	lo, ok1 := from.(pdfString)
	hi, ok2 := last.(pdfString)
	if !ok1 || !ok2 || len(lo) > 3 || len(hi) > 3 || codeOf(hi) < codeOf(lo) {
		return
	}
	n := min(codeOf(hi)-codeOf(lo), 65535)
	list, isList := to.([]any)
	for i := uint32(0); i <= n && len(m.text) < maxCMap; i++ {
		switch {
		case !isList:
			m.put(from, i, to)
		case int(i) < len(list):
			src := codeOf(lo) + i
			raw := make([]byte, len(lo))
			for j := len(raw) - 1; j >= 0; j-- {
				raw[j] = byte(src)
				src >>= 8
			}
			m.put(pdfString(raw), 0, list[i])
		}
	}
}

// readable writes the letters for what a font draws as one: ligatures, and the
// radicals by which some programs name Chinese characters. A bullet out of a
// font of pictures becomes a plain one.
func readable(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case 0xfb00 <= r && r <= 0xfb06, 0x2e80 <= r && r <= 0x2fd5:
			b.WriteString(norm.NFKC.String(string(r)))
		case r == 0xf0b7 || r == 0xf0a7 || r == 0xf02d || r == 0xf0d8:
			b.WriteString("•")
		case r == 0 || 0xe000 <= r && r <= 0xf8ff:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
