package compare

// witness is what the source says about a flag.
type witness struct {
	said   string // what it has; "" when it was not heard
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

// line puts the testimony into words; source, a and b are the texts' names.
func (w witness) line(source, a, b string) string {
	s := source + " has " + w.said
	switch w.agrees {
	case agreesA:
		return s + ": agrees with " + a
	case agreesB:
		return s + ": agrees with " + b
	case agreesBoth:
		return s + ": does not decide"
	}
	return s + ": agrees with neither"
}
