package align

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"sverka/internal/bitext"
	"sverka/internal/vector"
)

// counting stops itself after it was asked a number of times whether it has
// ended, so that a run is stopped at each moment at which it would notice.
type counting struct {
	context.Context
	asked atomic.Int64
	most  int64
	stop  func() // nil: never
}

func (c *counting) Err() error {
	if c.asked.Add(1) > c.most && c.stop != nil {
		c.stop()
	}
	return c.Context.Err()
}

// Stopped at any moment, an alignment says so and leaves nothing running; and
// what it had lent is whole for the next.
func TestStopsAnywhere(t *testing.T) {
	x, y, want := newMade().text(300, 0)
	for _, versions := range [][]bitext.Version{{x, y}, {x, y, x}} {
		opt := Options{Vectors: vector.Default()}
		whole := &counting{Context: context.Background()}
		a, err := Align(whole, versions, opt)
		if err != nil {
			t.Fatal(err)
		}
		right := rightShare(a, want, 0, len(want))
		before := runtime.NumGoroutine()
		stopped := 0
		for most := range whole.asked.Load() / 2 {
			ctx, stop := context.WithCancel(context.Background())
			_, err := Align(&counting{Context: ctx, most: most, stop: stop}, versions, opt)
			stop()
			if err != nil {
				stopped++
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("stopped when asked %d times: %v", most, err)
				}
			}
		}
		if stopped < 10 {
			t.Errorf("it was stopped %d times only", stopped)
		}
		for wait := 0; runtime.NumGoroutine() > before && wait < 100; wait++ {
			time.Sleep(10 * time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%d goroutines are left, %d before", n, before)
		}
		a, err = Align(context.Background(), versions, opt)
		if err != nil || rightShare(a, want, 0, len(want)) != right {
			t.Errorf("after being stopped it aligns otherwise (%v)", err)
		}
	}
}
