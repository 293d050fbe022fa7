package rendering

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"sverka/internal/text"
)

// Dump writes sentence pairs as words for programs that learn from them: to
// lines each sentence, as its language and for each word start:end:entry, the
// place in code points, then a tab and the text; to vectors the vector of each
// entry in turn, as little-endian float32, zeros where it has none.
func (s *Spotter) Dump(lines, vectors io.Writer, pairs [][2]Sentence) error {
	b, vb := bufio.NewWriter(lines), bufio.NewWriter(vectors)
	ids := map[*entry]int{}
	for _, p := range pairs {
		for _, x := range p {
			t := s.Read(x.Lang, x.Text)
			index := text.NewRuneIndex(t.Text)
			b.WriteString(string(x.Lang))
			for i := range t.words {
				w := &t.words[i]
				id, ok := ids[w.entry]
				if !ok {
					id = len(ids)
					ids[w.entry] = id
					v := w.vec
					if v == nil {
						v = make([]float32, s.vectors.Dim())
					}
					if err := binary.Write(vb, binary.LittleEndian, v); err != nil {
						return err
					}
				}
				fmt.Fprintf(b, " %d:%d:%d", index.Runes(w.start), index.Runes(w.end), id)
			}
			fmt.Fprintf(b, "\t%s\n", t.Text)
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return vb.Flush()
}
