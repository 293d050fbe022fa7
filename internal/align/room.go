package align

import "sync"

// A room lends slices that are needed for a moment: those of one pair of sides
// serve the next, so that a run over many documents neither makes garbage nor
// leaves the processor's caches.
type room[T any] struct{ pool sync.Pool }

// keptRoom is the most elements of a slice that is kept for later.
const keptRoom = 1 << 20

// take lends a slice of n elements, each of any value.
func (r *room[T]) take(n int) []T {
	if v, ok := r.pool.Get().(*[]T); ok && cap(*v) >= n {
		return (*v)[:n]
	}
	return make([]T, n, n+n/4)
}

// takeClear lends a slice of n zeros.
func (r *room[T]) takeClear(n int) []T {
	v := r.take(n)
	clear(v)
	return v
}

// give takes a slice back, which nobody may hold any more.
func (r *room[T]) give(v []T) {
	if n := cap(v); n > 0 && n <= keptRoom {
		r.pool.Put(&v)
	}
}

var (
	doubles room[float64]
	singles room[float32]
	counts  room[int32]
	wides   room[uint64]
	flows   room[flow]
	ways    room[values]
	linked  room[link]
)
