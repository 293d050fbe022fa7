package align

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"

	"golang.org/x/sync/errgroup"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

// Sample is a pair of versions with gold beads to learn from.
type Sample struct {
	Name   string
	X, Y   bitext.Version
	Gold   [][2][]int // segments of either side, sorted
	Weight float64    // how much the sample counts
	// Loose says that gold beads with several segments on both sides were
	// joined for the sake of a third version: any beads inside them will do.
	Loose bool
}

// FitOptions says how to learn.
type FitOptions struct {
	Rounds  int     // times the candidate beads are chosen anew
	Epochs  int     // passes over the samples in a round
	Rate    float64 // of learning, of the first epoch
	Shrink  float64 // weight of the squared weights in the loss
	Seed    uint64
	Vectors Embedder
	Log     func(format string, args ...any)
}

// candidate is a bead that training looks at, with its features.
type candidate struct {
	cell int
	bit  int // of the cell's beads
	v    vec
	gold bool
}

// lesson is a sample made ready.
type lesson struct {
	weight       float64
	l            *lattice
	beads        []candidate
	nulls        [numModes][2][]nullVecs
	lost         bool
	goldX, goldY []bool // segments that may be null in the gold
}

type nullVecs [numNullPlaces]vec

// Fit learns a model by maximising the conditional likelihood of the gold
// alignments (a semi-Markov conditional random field, Sarawagi and Cohen 2004),
// from the weights of start; the samples in one language and those in two
// each teach their own part. Features that no sample shows keep their weight.
func Fit(ctx context.Context, samples []Sample, start *Model, opt FitOptions) (*Model, error) {
	m := *start
	var cross, same []Sample
	for _, s := range samples {
		if s.X.Lang == s.Y.Lang {
			same = append(same, s)
		} else {
			cross = append(cross, s)
		}
	}
	prefix, two, one := "", &m.cross, &m.same
	if opt.Vectors == nil {
		prefix, two, one = "plain.", &m.plainCross, &m.plainSame
	}
	for _, part := range []struct {
		name    string
		samples []Sample
		w       *vec
	}{{prefix + "cross", cross, two}, {prefix + "same", same, one}} {
		if len(part.samples) == 0 {
			continue
		}
		for round := range opt.Rounds {
			lessons, err := prepareAll(ctx, part.samples, &m, opt)
			if err != nil {
				return nil, err
			}
			loss, err := descend(ctx, lessons, part.w, opt)
			if err != nil {
				return nil, err
			}
			if opt.Log == nil {
				continue
			}
			opt.Log("%s, round %d: loss %.4f a sample", part.name, round+1, loss)
			for k, le := range lessons {
				if le.lost {
					opt.Log("no way through the gold of %s", part.samples[k].Name)
				}
			}
		}
	}
	return &m, nil
}

func prepareAll(ctx context.Context, samples []Sample, m *Model, opt FitOptions) ([]*lesson, error) {
	lessons := make([]*lesson, len(samples))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for k := range samples {
		g.Go(func() (err error) {
			s := &samples[k]
			lex := lexicon.Shipped()
			f := newFixed(newSide(&s.X, opt.Vectors, lex), newSide(&s.Y, opt.Vectors, lex), lex)
			if lessons[k], err = prepare(ctx, f, s, m); err != nil {
				return fmt.Errorf("%s: %w", s.Name, err)
			}
			return nil
		})
	}
	return lessons, g.Wait()
}

// prepare aligns a sample and chooses the candidates to learn from.
func prepare(ctx context.Context, f *fixed, s *Sample, m *Model) (*lesson, error) {
	st, err := newStage(ctx, f, m, maxGroup, true)
	if err != nil {
		return nil, err
	}
	l := st.post.l
	le := &lesson{weight: s.Weight, l: l, goldX: make([]bool, l.n), goldY: make([]bool, l.m)}
	gold := newGoldMap(s)
	for k := range le.goldX {
		le.goldX[k] = gold.free(0, k)
	}
	for k := range le.goldY {
		le.goldY[k] = gold.free(1, k)
	}
	for i := 1; i <= l.n; i++ {
		for j := int(l.lo[i]); j <= int(l.hi[i]); j++ {
			le.choose(st, gold, i, j)
		}
	}
	clear(l.live)
	for m := range numModes {
		for from, n := range [2]int{l.n, l.m} {
			le.nulls[m][from] = make([]nullVecs, n)
			for k := range n {
				for place := range numNullPlaces {
					st.pairing.null(m, from, k, place, &le.nulls[m][from][k][place])
				}
			}
		}
	}
	return le, nil
}

// rareBead is the log probability below which a bead is no candidate.
const rareBead = -14

func (le *lesson) choose(st *stage, gold *goldMap, i, j int) {
	l := le.l
	var c view
	for a := 1; a <= min(l.group, i); a++ {
		for b := 1; b <= min(l.group, j); b++ {
			if !l.has(i-a, j-b) {
				continue
			}
			right := gold.allows(i, j, a, b)
			if !right && st.post.bead(i, j, a, b) < math.Exp(rareBead) {
				continue
			}
			if c.a == 0 {
				st.pairing.look(&c, i, j, min(l.group, i), min(l.group, j))
			}
			chosen := candidate{cell: l.at(i, j), bit: (a-1)*maxGroup + b - 1, gold: right}
			st.pairing.bead(&c, a, b, &chosen.v)
			le.beads = append(le.beads, chosen)
		}
	}
}

// score fills the lattice with the weights' scores: of the beads that the gold
// allows only, or of all candidates.
func (le *lesson) score(w *vec, gold bool) {
	for k := range le.beads {
		c := &le.beads[k]
		le.l.live[c.cell] &^= 1 << c.bit
		if c.gold || !gold {
			le.l.live[c.cell] |= 1 << c.bit
			le.l.scores[c.cell*groupPairs+c.bit] = float32(dotBead(w, &c.v))
		}
	}
	le.l.setModes(w)
	for m := range numModes {
		for k := range le.nulls[m][0] {
			for place := range numNullPlaces {
				le.l.nullX[m][place][k] = le.nullScore(w, &le.nulls[m][0][k][place], le.goldX[k] || !gold)
			}
		}
		for k := range le.nulls[m][1] {
			for place := range numNullPlaces {
				le.l.nullY[m][place][k] = le.nullScore(w, &le.nulls[m][1][k][place], le.goldY[k] || !gold)
			}
		}
	}
}

func (le *lesson) nullScore(w, v *vec, allowed bool) float64 {
	if !allowed {
		return never
	}
	return dot(w, v)
}

// expect adds sign times the expected features to grad and returns the log of
// the total value.
func (le *lesson) expect(w *vec, gold bool, sign float64, grad *vec) float64 {
	le.score(w, gold)
	p := newPosterior(le.l)
	if p.z == never {
		return never
	}
	add := func(v *vec, q float64) {
		for k := range v {
			grad[k] += sign * q * v[k]
		}
	}
	byCell := map[int]*candidate{}
	for k := range le.beads {
		byCell[le.beads[k].cell*groupPairs+le.beads[k].bit] = &le.beads[k]
	}
	p.eachBead(1e-7, func(i, j, a, b int, q float64) {
		add(&byCell[le.l.at(i, j)*groupPairs+(a-1)*maxGroup+b-1].v, q)
		grad[fFreeKind+groupKind(a, b)] += sign * p.beadIn(free, i, j, a, b)
	})
	p.eachNull(func(m mode, from, k int, place nullPlace, q float64) {
		add(&le.nulls[m][from][k][place], q)
	})
	grad[fModeFree] += sign * p.mode[free]
	return p.z
}

// descend improves w by stochastic gradients with a step for each weight
// (Adam, Kingma and Ba 2015) and returns the mean loss of the last epoch.
func descend(ctx context.Context, lessons []*lesson, w *vec, opt FitOptions) (float64, error) {
	var m1, m2, seen vec
	rng := rand.New(rand.NewPCG(opt.Seed, 1))
	const beta1, beta2, batch = 0.9, 0.99, 8
	steps, loss := 0, 0.0
	order := rng.Perm(len(lessons))
	total := opt.Epochs * (len(order) + batch - 1) / batch
	for range opt.Epochs {
		loss = 0
		rng.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for from := 0; from < len(order); from += batch {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			var grad vec
			grads, losses := [batch]vec{}, [batch]float64{}
			var g errgroup.Group
			g.SetLimit(runtime.GOMAXPROCS(0))
			for at, k := range order[from:min(from+batch, len(order))] {
				g.Go(func() error {
					losses[at] = lessons[k].gradient(w, &grads[at])
					return nil
				})
			}
			_ = g.Wait() // no error comes
			for at := range grads {
				loss += losses[at]
				for k := range grad {
					grad[k] += grads[at][k]
				}
			}
			steps++
			rate := opt.Rate * (1 - float64(steps)/float64(total+1))
			for k := range w {
				seen[k] = max(seen[k], math.Abs(grad[k]))
				if seen[k] == 0 {
					continue
				}
				g := -grad[k]/batch + opt.Shrink*w[k]
				m1[k] = beta1*m1[k] + (1-beta1)*g
				m2[k] = beta2*m2[k] + (1-beta2)*g*g
				up := m1[k] / (1 - math.Pow(beta1, float64(steps)))
				w[k] -= rate * up / (math.Sqrt(m2[k]/(1-math.Pow(beta2, float64(steps)))) + 1e-6)
			}
		}
	}
	return loss / float64(max(1, len(lessons))), nil
}

// gradient adds the gradient of the log likelihood and returns the loss.
func (le *lesson) gradient(w *vec, grad *vec) float64 {
	var g vec
	right := le.expect(w, true, 1, &g)
	if right == never {
		le.lost = true
		return 0 // the corridor has lost the gold: nothing to learn here
	}
	all := le.expect(w, false, -1, &g)
	for k := range g {
		grad[k] += le.weight * g[k]
	}
	return le.weight * (all - right)
}
