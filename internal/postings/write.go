package postings

// Emit takes a finished block: the term and the document that its first list
// begins with, and its bytes, which it must not keep.
type Emit func(term string, first int64, block []byte) error

// Writer packs lists into blocks.
type Writer struct {
	emit  Emit
	enc   encoder
	term  string // that the block begins with
	first int64
	body  []byte
	Count int64 // postings written
	Bytes int64 // of blocks given out
}

// NewWriter gives a Writer that hands its blocks to emit.
func NewWriter(emit Emit) *Writer { return &Writer{emit: emit} }

// Write packs a list. Lists come in ascending order of terms; several of one
// term in ascending order of documents.
func (w *Writer) Write(l *List) error {
	w.Count += int64(len(l.Docs))
	from, prev := 0, int64(0)
	w.body = w.body[:0]
	for i, doc := range l.Docs {
		if i == from {
			prev = doc
		}
		was := len(w.body)
		w.body = l.posting(w.body, i, prev, doc)
		prev = doc
		room := blockBytes - len(w.enc.buf) - len(l.Term) - 16
		if len(w.body) <= room || i == from && len(w.enc.buf) == 0 {
			continue
		}
		if i > from {
			w.put(l, from, i, w.body[:was])
		}
		if err := w.Flush(); err != nil {
			return err
		}
		from = i
		w.body = l.posting(w.body[:0], i, doc, doc)
	}
	if from < len(l.Docs) {
		w.put(l, from, len(l.Docs), w.body)
	}
	return nil
}

// put appends a part of a list to the block.
func (w *Writer) put(l *List, from, to int, body []byte) {
	if len(w.enc.buf) == 0 {
		w.term, w.first = l.Term, l.Docs[from]
	}
	w.enc.buf = append(w.enc.buf, w.enc.head(l, to-from, l.Docs[from], len(body))...)
	w.enc.buf = append(w.enc.buf, body...)
	w.enc.last = l.Term
}

// Flush hands over the block that is being filled.
func (w *Writer) Flush() error {
	if len(w.enc.buf) == 0 {
		return nil
	}
	w.Bytes += int64(len(w.enc.buf))
	err := w.emit(w.term, w.first, w.enc.buf)
	w.enc.buf, w.enc.last = w.enc.buf[:0], ""
	return err
}
