package vector

import "math"

// Unit brings v to length 1, in its place, and gives the length that it
// had; 0 for a vector next to nothing, which is left as it is.
func Unit(v []float32) float32 {
	var sum float32
	for _, x := range v {
		sum += x * x
	}
	if sum < 1e-6 {
		return 0
	}
	length := float32(math.Sqrt(float64(sum)))
	for i := range v {
		v[i] /= length
	}
	return length
}
