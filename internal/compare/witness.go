package compare

// witness is what the source says about a flag.
type witness struct {
	said   any // what it has, a piece of it or a Sentence; nil or "" when it was not heard
	agrees agreement
}

// agreement says which side the source agrees with.
type agreement uint8

const (
	agreesNot  agreement = iota // with neither
	agreesA                     // with the first text
	agreesB                     // with the second
	agreesBoth                  // it cannot tell them apart
)

// heard says that the source says something about the matter.
func (w witness) heard() bool { return w.said != nil && w.said != "" }

// line puts the testimony into words; source, a and b are the texts' names.
func (w witness) line(source, a, b any) Sentence {
	switch w.agrees {
	case agreesA:
		return say("%s has %s: agrees with %s", source, w.said, a)
	case agreesB:
		return say("%s has %s: agrees with %s", source, w.said, b)
	case agreesBoth:
		return say("%s has %s: does not decide", source, w.said)
	}
	return say("%s has %s: agrees with neither", source, w.said)
}
