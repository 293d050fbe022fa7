package rendering

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// A wordMap turns the vectors of words, which were learnt to tell sentences
// apart, so that a word lies nearest to the word that renders it among all of a
// sentence: a linear map for each language, near the identity.
type wordMap struct {
	dim    int
	factor [3]float32
	moves  [3]string // dim × dim signed bytes: by how much each dimension moves each other
}

// wordmap.bin is made by tools/rendermodel/wordmap.py for the shipped vectors.
//
//go:embed wordmap.bin
var wordMapData string

var shippedMap = sync.OnceValue(func() *wordMap {
	m, err := readMap(wordMapData)
	if err != nil {
		panic("rendering: the map of words is broken: " + err.Error()) // held by a test
	}
	return m
})

const wordMapMagic = "svmap1\n\x00"

// readMap reads a map: a head of eight bytes, the dimensions as uint32, then
// for English, Russian and Chinese a factor as float32 and the moves.
func readMap(data string) (*wordMap, error) {
	if len(data) < len(wordMapMagic)+4 || data[:len(wordMapMagic)] != wordMapMagic {
		return nil, errors.New("not a map of words")
	}
	data = data[len(wordMapMagic):]
	m := &wordMap{dim: int(binary.LittleEndian.Uint32([]byte(data[:4])))}
	data = data[4:]
	if m.dim > 1<<12 || len(data) != 3*(4+m.dim*m.dim) {
		return nil, fmt.Errorf("%d bytes are no three maps of %d dimensions", len(data), m.dim)
	}
	for l := range m.moves {
		m.factor[l] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(data[:4])))
		m.moves[l], data = data[4:4+m.dim*m.dim], data[4+m.dim*m.dim:]
	}
	return m, nil
}

// apply gives v moved, of length 1; v itself where the map does not fit.
func (m *wordMap) apply(lang bitext.Lang, v []float32) []float32 {
	l := map[bitext.Lang]int{bitext.English: 1, bitext.Russian: 2, bitext.Chinese: 3}[lang] - 1
	if l < 0 || len(v) != m.dim {
		return v
	}
	out := make([]float32, m.dim)
	for i, x := range v {
		x *= m.factor[l]
		row := m.moves[l][i*m.dim : (i+1)*m.dim]
		for j := range out {
			out[j] += x * float32(int8(row[j]))
		}
	}
	for j := range out {
		out[j] += v[j]
	}
	vector.Unit(out)
	return out
}
