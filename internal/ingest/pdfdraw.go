package ingest

import (
	"context"
	"math"

	"github.com/ledongthuc/pdf"
)

// pdfGlyph is one character on a page: where it begins along its line, how
// high the line lies, how far it reaches, all in points.
type pdfGlyph struct {
	text  string
	along float64
	up    float64
	width float64
	size  float64
	bold  bool
	angle int // the direction of writing, in degrees, rounded
}

// pdfMatrix is [a b c d e f] as in a PDF.
type pdfMatrix [6]float64

var unitMatrix = pdfMatrix{1, 0, 0, 1, 0, 0}

// mul applies m first, then n.
func (m pdfMatrix) mul(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

type pdfState struct {
	ctm                  pdfMatrix
	text, line           pdfMatrix
	font                 *pdfFont
	size                 float64
	charSpace, wordSpace float64
	scale, leading, rise float64
}

// pdfInterpreter runs the drawing of pages and takes down the characters.
type pdfInterpreter struct {
	ctx            context.Context
	steps, glyphs  int // how many are left
	fonts          map[string]*pdfFont
	state          pdfState
	stack          []pdfState
	taken          []pdfGlyph
	shown, unknown int // codes, and those without a character, over all pages
}

// draw runs one page; what it showed is in taken.
func (in *pdfInterpreter) draw(page pdf.Value) error {
	in.taken = nil
	in.fonts = map[string]*pdfFont{}
	in.state = pdfState{ctm: unitMatrix, text: unitMatrix, line: unitMatrix, scale: 1}
	in.stack = nil
	data, err := pdfData(page.Key("Contents"))
	if err != nil {
		return err
	}
	return in.run(data, inherited(page, "Resources"), "", 0)
}

// inherited looks a page's key up through the pages above it.
func inherited(v pdf.Value, key string) pdf.Value {
	for range 60 {
		if r := v.Key(key); !r.IsNull() {
			return r
		}
		v = v.Key("Parent")
		if v.IsNull() {
			break
		}
	}
	return pdf.Value{}
}

// run executes a drawing. scope tells the fonts of one form from another's.
func (in *pdfInterpreter) run(data []byte, resources pdf.Value, scope string, depth int) error {
	l := pdfLexer{data: data}
	var args []any
	for {
		thing, ok := l.next()
		if !ok {
			return nil
		}
		if in.steps--; in.steps < 0 || in.glyphs < 0 {
			return overLimit("split the PDF", "its pages hold more drawing than any text needs")
		}
		if in.steps%4096 == 0 && in.ctx.Err() != nil {
			return in.ctx.Err()
		}
		op, isOp := thing.(pdfOperator)
		if !isOp {
			if len(args) < 64 {
				args = append(args, thing)
			}
			continue
		}
		switch op {
		case "ID":
			l.skipImage()
		case "Do":
			if err := in.form(args, resources, scope, depth); err != nil {
				return err
			}
		case "Tf":
			in.setFont(args, resources, scope)
		default:
			in.step(op, args)
		}
		args = args[:0]
	}
}

// maxForms bounds how deep drawings call each other.
const maxForms = 12

// form runs a drawing that is called by name.
func (in *pdfInterpreter) form(args []any, resources pdf.Value, scope string, depth int) error {
	if len(args) == 0 || depth >= maxForms {
		return nil
	}
	name, _ := args[0].(pdfName)
	x := resources.Key("XObject").Key(string(name))
	if x.Key("Subtype").Name() != "Form" {
		return nil
	}
	data, err := pdfData(x)
	if err != nil {
		return err
	}
	in.steps -= len(data) / 64 // a form called a thousand times costs so much
	saved, stack := in.state, in.stack
	if m := x.Key("Matrix"); m.Len() == 6 {
		var own pdfMatrix
		for i := range own {
			own[i] = m.Index(i).Float64()
		}
		in.state.ctm = own.mul(in.state.ctm)
	}
	inner := x.Key("Resources")
	if inner.IsNull() {
		inner = resources
	} else {
		scope += "/" + string(name)
	}
	in.stack = nil
	err = in.run(data, inner, scope, depth+1)
	in.state, in.stack = saved, stack
	return err
}

func (in *pdfInterpreter) setFont(args []any, resources pdf.Value, scope string) {
	if len(args) < 2 {
		return
	}
	name, _ := args[0].(pdfName)
	key := scope + "/" + string(name)
	f := in.fonts[key]
	if f == nil {
		f = newPDFFont(resources.Key("Font").Key(string(name)))
		in.fonts[key] = f
	}
	in.state.font, in.state.size = f, number64(args[1])
}

func number64(x any) float64 {
	f, _ := x.(float64)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// arg gives operand i as a number, 0 where there is none.
func arg(args []any, i int) float64 {
	if i >= len(args) {
		return 0
	}
	return number64(args[i])
}

func matrixOf(args []any) pdfMatrix {
	var m pdfMatrix
	for i := range m {
		m[i] = arg(args, i)
	}
	return m
}

// step executes the operators that bear on text (ISO 32000, 8.4 and 9).
func (in *pdfInterpreter) step(op pdfOperator, args []any) {
	s := &in.state
	switch op {
	case "q":
		if len(in.stack) < 1000 {
			in.stack = append(in.stack, *s)
		}
	case "Q":
		if n := len(in.stack); n > 0 {
			*s, in.stack = in.stack[n-1], in.stack[:n-1]
		}
	case "cm":
		s.ctm = matrixOf(args).mul(s.ctm)
	case "BT":
		s.text, s.line = unitMatrix, unitMatrix
	case "Tc":
		s.charSpace = arg(args, 0)
	case "Tw":
		s.wordSpace = arg(args, 0)
	case "Tz":
		s.scale = arg(args, 0) / 100
	case "TL":
		s.leading = arg(args, 0)
	case "Ts":
		s.rise = arg(args, 0)
	case "TD":
		s.leading = -arg(args, 1)
		in.move(arg(args, 0), arg(args, 1))
	case "Td":
		in.move(arg(args, 0), arg(args, 1))
	case "Tm":
		s.line = matrixOf(args)
		s.text = s.line
	case "T*":
		in.move(0, -s.leading)
	case "Tj":
		in.show(args)
	case "'":
		in.move(0, -s.leading)
		in.show(args)
	case "\"":
		s.wordSpace, s.charSpace = arg(args, 0), arg(args, 1)
		in.move(0, -s.leading)
		in.show(args[min(2, len(args)):])
	case "TJ":
		if len(args) > 0 {
			list, _ := args[0].([]any)
			in.show(list)
		}
	}
}

func (in *pdfInterpreter) move(x, y float64) {
	in.state.line = pdfMatrix{1, 0, 0, 1, x, y}.mul(in.state.line)
	in.state.text = in.state.line
}

// show writes strings and, between them, steps back in thousandths of an em.
func (in *pdfInterpreter) show(list []any) {
	s := &in.state
	for _, x := range list {
		switch x := x.(type) {
		case float64:
			in.advance(-number64(x) / 1000 * s.size * s.scale)
		case pdfString:
			if s.font != nil {
				s.font.codes(string(x), in.glyph)
			}
		}
	}
}

func (in *pdfInterpreter) advance(x float64) {
	in.state.text = pdfMatrix{1, 0, 0, 1, x, 0}.mul(in.state.text)
}

func (in *pdfInterpreter) glyph(g pdfGlyphCode) {
	s := &in.state
	in.glyphs--
	in.shown++
	if g.text == "" {
		in.unknown++
	}
	m := pdfMatrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.mul(s.text).mul(s.ctm)
	length := math.Hypot(m[0], m[1])
	if g.text != "" && length > 0 && in.glyphs > 0 {
		dx, dy := m[0]/length, m[1]/length
		in.taken = append(in.taken, pdfGlyph{
			text:  g.text,
			along: m[4]*dx + m[5]*dy,
			up:    -m[4]*dy + m[5]*dx,
			width: g.width * length,
			size:  math.Hypot(m[2], m[3]),
			bold:  s.font.bold,
			angle: int(math.Round(math.Atan2(dy, dx) * 180 / math.Pi)),
		})
	}
	step := g.width*s.size + s.charSpace
	if g.space {
		step += s.wordSpace
	}
	in.advance(step * s.scale)
}
