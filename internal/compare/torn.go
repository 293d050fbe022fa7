package compare

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

//go:embed data/torn.bin.gz
var tornData []byte

// torn holds for each language a small network that says of a place between
// two words how likely it is that something was taken out there. It is read
// when it is first asked for.
var torn = sync.OnceValue(func() map[bitext.Lang]*tornNet {
	t, err := parseTorn(tornData)
	if err != nil {
		panic(err) // held by a test
	}
	return t
})

const (
	// tornReach is how many words on each side of a place are looked at.
	tornReach = 4
	// tornSlots are those words, and the first and the last of the words that
	// may have stood there.
	tornSlots  = 2*tornReach + 2
	tornDim    = 20
	tornHidden = 48
)

// tornNet is a network of one hidden layer over learnt vectors of the words
// around a place (as in Bengio et al., A neural probabilistic language model,
// 2003), learnt to tell places at which words were taken out from others.
type tornNet struct {
	ids    map[string]int32
	vector []int8    // tornDim for each word
	scale  float32   // of the vectors
	in     []float32 // tornHidden for each of the tornSlots × tornDim inputs
	bias   []float32 // tornHidden
	out    []float32 // tornHidden, and a constant
}

// The words that every network knows: nothing, and what stands beyond a text.
const (
	tornNone   = int32(iota) // no word is named
	tornBeyond               // before the first word, or behind the last one
	tornOther                // a word that is not known
	tornFirst                // the first id of a word
)

// tornNames are the names under which a word may be known, the best first.
func tornNames(d *side, g wordSpan) []string {
	u := &d.units[g.from]
	form := u.form
	if g.to > g.from+1 {
		form = d.wordText(g)
	}
	switch {
	case u.item >= 0 || u.kind == text.Number:
		return []string{"0"}
	case u.kind == text.Punct:
		return []string{form}
	case u.kind == text.Han:
		r := []rune(form)
		return []string{form, "-" + string(r[len(r)-1:])}
	}
	r := []rune(form)
	var out []string
	mark := "-"
	if u.capital && g.from > 0 {
		out, mark = append(out, "^"+form), "^-"
	} else {
		out = append(out, form)
	}
	for _, n := range []int{4, 3, 2, 0} {
		if len(r) > n+1 {
			out = append(out, mark+string(r[len(r)-n:]))
		}
	}
	return out
}

// tokens gives the words of d, small ones and marks too.
func (d *side) tokens() []wordSpan { return d.spans(func(*unit) bool { return true }) }

func (t *tornNet) id(d *side, g wordSpan) int32 {
	for _, name := range tornNames(d, g) {
		if id, ok := t.ids[name]; ok {
			return id
		}
	}
	return tornOther
}

// tornText is a text as the network reads it.
type tornText struct {
	net   *tornNet
	ids   []int32
	token []int // for each unit, and the end, the token that it is in
	// places holds the hidden layers of the places before each token and at the
	// end, once they were asked for.
	places []*[tornHidden]float32
}

// tornText reads d; nil where there is no network for its language.
func (d *side) tornText() *tornText {
	if d.forTorn != nil {
		return d.forTorn
	}
	net := torn()[d.lang]
	if net == nil {
		return nil
	}
	d.forTorn = newTornText(net, d)
	return d.forTorn
}

func newTornText(net *tornNet, d *side) *tornText {
	tokens := d.tokens()
	t := &tornText{net: net, ids: make([]int32, len(tokens)), token: make([]int, len(d.units)+1), places: make([]*[tornHidden]float32, len(tokens)+1)}
	for k, g := range tokens {
		t.ids[k] = net.id(d, g)
		for i := g.from; i < g.to; i++ {
			t.token[i] = k
		}
	}
	t.token[len(d.units)] = len(tokens)
	return t
}

// slots gives what the network sees where tokens from to to are not there, and
// no word is named: the words before and behind.
func (t *tornText) slots(from, to int) (s [tornSlots]int32) {
	for k := range tornReach {
		s[k], s[tornReach+k] = tornBeyond, tornBeyond
		if i := from - 1 - k; i >= 0 {
			s[k] = t.ids[i]
		}
		if i := to + k; i < len(t.ids) {
			s[tornReach+k] = t.ids[i]
		}
	}
	return s
}

// hidden adds what the words of some slots bring to the hidden layer.
func (t *tornNet) hidden(h *[tornHidden]float32, slot int, id int32) {
	if id == tornNone {
		return
	}
	v := t.vector[int(id)*tornDim:][:tornDim]
	in := t.in[slot*tornDim*tornHidden:][:tornDim*tornHidden]
	for x, q := range v {
		f := float32(q) * t.scale
		w := (*[tornHidden]float32)(in[x*tornHidden:])
		for j := range h {
			h[j] += f * w[j]
		}
	}
}

// odds is the logarithm of the odds that something was taken out.
func (t *tornNet) odds(h *[tornHidden]float32) float64 {
	sum := t.out[tornHidden]
	for j, v := range h {
		sum += max(v, 0) * t.out[j]
	}
	return float64(sum)
}

// around gives the hidden layer of the place where tokens from to to are not
// there, no word being named.
func (t *tornText) around(from, to int) *[tornHidden]float32 {
	if from == to && t.places[from] != nil {
		return t.places[from]
	}
	h := new([tornHidden]float32)
	copy(h[:], t.net.bias)
	for k, id := range t.slots(from, to) {
		t.net.hidden(h, k, id)
	}
	if from == to {
		t.places[from] = h
	}
	return h
}

// tornMost is how many places are looked at where a word would stand.
const tornMost = 4

// tornPlaces is what the network says of the places where a word would stand.
type tornPlaces struct {
	atAll  float64 // how likely something was taken out, of the likeliest place
	named  float64 // how likely that word was
	needed float64 // how torn the other text would be without the word
}

// tornBetween looks at the places of o between units from and to, where d has
// the word g.
func tornBetween(o *side, from, to int, d *side, g wordSpan) (p tornPlaces) {
	t, own := o.tornText(), d.tornText()
	if t == nil || own == nil {
		return p
	}
	first, last := own.ids[own.token[g.from]], own.ids[own.token[g.to-1]]
	a, b := t.token[from], min(t.token[max(from, to)], t.token[from]+tornMost)
	p = tornPlaces{math.Inf(-1), math.Inf(-1), 0}
	for k := a; k <= b; k++ {
		h := t.around(k, k)
		p.atAll = max(p.atAll, t.net.odds(h))
		with := *h
		t.net.hidden(&with, tornSlots-2, first)
		t.net.hidden(&with, tornSlots-1, last)
		p.named = max(p.named, t.net.odds(&with))
	}
	p.needed = own.net.odds(own.around(own.token[g.from], own.token[g.to-1]+1))
	return p
}

const tornMagic = "svtorn1\n"

// parseTorn reads what encodeTorn wrote.
func parseTorn(data []byte) (map[bitext.Lang]*tornNet, error) {
	raw, err := unpack("torn.bin.gz", data)
	if err != nil {
		return nil, err
	}
	r := tornReader{raw: raw}
	if string(r.take(len(tornMagic))) != tornMagic {
		return nil, errors.New("compare: data/torn.bin.gz is none of ours")
	}
	out := make(map[bitext.Lang]*tornNet)
	for n := r.number(); n > 0 && !r.short; n-- {
		lang := bitext.Lang(r.take(2))
		words := r.number()
		t := &tornNet{ids: make(map[string]int32)}
		for k := range words {
			w := string(r.take(int(r.byte())))
			if r.short {
				break
			}
			if k >= int(tornFirst) {
				t.ids[w] = int32(k)
			}
		}
		t.scale = r.floats(1)[0]
		for _, q := range r.take(words * tornDim) {
			t.vector = append(t.vector, int8(q))
		}
		t.in, t.bias, t.out = r.floats(tornSlots*tornDim*tornHidden), r.floats(tornHidden), r.floats(tornHidden+1)
		if words < int(tornFirst) {
			r.short = true
		}
		out[lang] = t
	}
	if r.short {
		return nil, errors.New("compare: data/torn.bin.gz ends too soon")
	}
	return out, nil
}

// tornReader reads numbers from bytes; once they are at an end it gives zeros
// and says so.
type tornReader struct {
	raw   []byte
	short bool
}

func (r *tornReader) take(n int) []byte {
	if n < 0 || n > len(r.raw) {
		r.short, r.raw = true, nil
		return nil
	}
	out := r.raw[:n]
	r.raw = r.raw[n:]
	return out
}

func (r *tornReader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *tornReader) number() int {
	if b := r.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (r *tornReader) floats(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		b := r.take(4)
		if b == nil {
			break
		}
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return out
}
