package cli

import (
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progressDelay keeps quick work quiet.
const progressDelay = time.Second

// progress draws a bar on standard error for work that takes over a second,
// when a person is watching. update may be called from any goroutine; finish
// wipes the bar.
type progress struct {
	mu    sync.Mutex
	env   Env
	what  string
	begun time.Time
	bar   *progressbar.ProgressBar
}

func (e Env) newProgress(what string) *progress {
	return &progress{env: e, what: what, begun: time.Now()}
}

// update says that done of total steps are behind; a total of 0 or less means
// that the end is not known.
func (p *progress) update(done, total int) {
	if !p.env.Watched {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		if time.Since(p.begun) < progressDelay {
			return
		}
		if total <= 0 {
			total = -1
		}
		options := []progressbar.Option{
			progressbar.OptionSetWriter(p.env.Stderr),
			progressbar.OptionSetDescription(p.what),
			progressbar.OptionThrottle(100 * time.Millisecond),
			progressbar.OptionShowCount(),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(total > 0),
		}
		p.bar = progressbar.NewOptions(total, options...)
	}
	_ = p.bar.Set(done)
}

func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}
