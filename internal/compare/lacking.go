package compare

import (
	_ "embed"

	"sverka/internal/text"
)

//go:embed data/lacking.txt
var lackingData string

//go:embed data/lacking.source.txt
var lackingSourceData string

// lackingTrees say how likely a word of one text is missing from the other:
// without a source, and with one. tools/dropped learns them.
var lackingTrees = func() [2]*trees {
	var out [2]*trees
	for k, data := range []string{lackingData, lackingSourceData} {
		t, err := parseTrees(data, doubtFeatures)
		if err != nil {
			panic(err) // held by a test
		}
		out[k] = t
	}
	return out
}()

const (
	// lackingMinor is the probability from which a missing word is mentioned.
	lackingMinor = 0.2
	// lackingMention is that from which a word by itself is.
	lackingMention = 0.3
	// lackingWord and lackingWords are those from which a word and a stretch of
	// words are reported as ones to act on, and reworded is what is asked for
	// besides where fewer than half of the words are the same.
	lackingWord  = 0.77
	lackingWords = 0.69
	// plainBar is by how much less is asked for without a source, where another
	// model speaks.
	plainBar = 0.11
	reworded = 0.15
	// lackingAlong is that from which a word belongs to a stretch that another
	// word makes one to act on.
	lackingAlong = 0.35
)

// stretch is a run of words of d that o lacks.
type stretch struct {
	from, to    int // units of d
	oFrom       int // the unit of o before which it would stand
	words       int
	probability float64
}

// lacking gives the stretches of words that the other text seems to lack: runs
// of words that belong together, each as far as its likeliest word leads.
func (q *doubts) lacking() []stretch {
	model := lackingTrees[0]
	if q.src != nil {
		model = lackingTrees[1]
	}
	var out []stretch
	words := q.d.words()
	last := -2 // the word before, if it is of the last stretch
	for k, x := range q.measure() {
		if x == nil {
			continue
		}
		p := model.probability(x)
		if p < lackingMinor {
			continue
		}
		g := words[k]
		n := len(out)
		if last != k-1 || n > 0 && (p >= lackingAlong) != (out[n-1].probability >= lackingAlong) {
			oFrom, _ := opposite(q.d, q.o, q.link, g.from, g.to)
			out = append(out, stretch{g.from, g.to, oFrom, 1, p})
		} else {
			s := &out[n-1]
			s.to, s.words, s.probability = g.to, s.words+1, max(s.probability, p)
		}
		last = k
	}
	return out
}

// checkLacking finds words and clauses that one of two texts of a language has
// and the other has not.
func checkLacking(p *pair) []Flag {
	var out []Flag
	for _, back := range []bool{false, true} {
		q := p.doubts(back)
		for _, s := range q.lacking() {
			if s.words == 1 && s.probability < lackingMention {
				continue
			}
			f := Flag{Cat: Omission, Sev: Minor, A: q.d.at(s.from, s.to), B: q.o.at(s.oFrom, s.oFrom), chance: s.probability}
			f.Message = say("“%s” has no counterpart", q.d.quoteText(f.A[0], f.A[1]))
			if q.sound(&s) {
				f.Sev, f.bar = Major, q.bar(&s)
			}
			if back {
				f.Cat, f.A, f.B = Addition, f.B, f.A
			}
			out = append(out, f)
		}
	}
	return out
}

// sound says that enough is known of a stretch to report it as one to act on:
// it is likely enough, the texts share words outside of it, and it is more than
// a character, or without a source than a word.
func (q *doubts) sound(s *stretch) bool {
	switch {
	case s.probability < q.bar(s):
		return false
	case q.d.inLabel(s.to) || q.shared == 0:
		return false
	case q.d.units[s.from].kind == text.Han && s.to == s.from+1:
		return false
	}
	return q.src != nil || s.words > 1
}

// bar is the probability from which a stretch is reported as one to act on.
func (q *doubts) bar(s *stretch) float64 {
	least := lackingWord
	if s.words > 1 {
		least = lackingWords
	}
	if q.src == nil {
		least -= plainBar
	}
	if q.shared < 0.5 {
		least += reworded
	}
	return least
}

// labelReach is how many units into a text a speaker's label may reach.
const labelReach = 6

// inLabel says that what ends before unit to lies in the label of a speaker.
func (d *side) inLabel(to int) bool {
	for i := to; i < min(len(d.units), labelReach); i++ {
		if f := d.units[i].form; f == ":" || f == "：" {
			return true
		}
	}
	return false
}
