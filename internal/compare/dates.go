package compare

import (
	"strings"

	"sverka/internal/lexis"
)

// joinRanges matches a range of dates with the two dates that it runs between.
func joinRanges(xs, ys []*item, usedX, usedY []bool) {
	for i, x := range xs {
		from, to, ok := strings.Cut(x.Norm, "/")
		if x.Kind != lexis.Date || usedX[i] || !ok {
			continue
		}
		var ends []int
		for j, y := range ys {
			if y.Kind == lexis.Date && !usedY[j] && (sameDate(from, y.Norm) || sameDate(to, y.Norm)) {
				ends = append(ends, j)
			}
		}
		if len(ends) == 2 {
			usedX[i], usedY[ends[0]], usedY[ends[1]] = true, true, true
		}
	}
}

// sameDate says that two normal forms do not contradict each other where both
// speak, and both speak of something: 2025-08-31 and --08-31 do, 2025-08 and
// ---31 do not.
func sameDate(a, b string) bool {
	if strings.HasPrefix(a, "@") && strings.HasPrefix(b, "@") {
		// Last night is yesterday.
		if night := strings.NewReplacer("@night", "@day"); night.Replace(a) == night.Replace(b) {
			return true
		}
		// In the morning "this night" is the last one.
		return strings.HasPrefix(a, "@night") && strings.HasPrefix(b, "@night") && (a == "@night0" || b == "@night0")
	}
	pa, okA := dateParts(a)
	pb, okB := dateParts(b)
	if !okA || !okB {
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	}
	common := false
	for i := range pa {
		if pa[i] != "" && pb[i] != "" {
			if pa[i] != pb[i] {
				return false
			}
			common = true
		}
	}
	return common
}

// dateParts cuts year, month and day out of a normal form; "" is not said.
func dateParts(n string) (p [3]string, ok bool) {
	if strings.ContainsAny(n, "/@CxwW") || n == "" || n[0] != '-' && (n[0] < '0' || n[0] > '9') {
		return p, false
	}
	switch {
	case strings.HasPrefix(n, "---"):
		p[2] = n[3:]
	case strings.HasPrefix(n, "--"):
		p[1], p[2], _ = strings.Cut(n[2:], "-")
	case n[0] == '-':
		return p, false
	default:
		p[0], n, _ = strings.Cut(n, "-")
		p[1], p[2], _ = strings.Cut(n, "-")
	}
	return p, true
}

// dateSort tells kinds of date apart that are never said for one another.
func dateSort(n string) string {
	switch {
	case strings.HasPrefix(n, "wd"):
		return "weekday"
	case strings.HasPrefix(n, "@"):
		return "relative"
	case strings.Contains(n, "C"):
		return "century"
	case n != "" && n[0] >= 'a' && n[0] <= 'z':
		return "season"
	}
	return "date"
}
