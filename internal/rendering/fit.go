package rendering

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// How many products of two features the layers may try, and how many weights
// each keeps.
const (
	wordProducts, lastProducts              = 96, 48
	keepCell, keepWord, keepLast, keepTrust = 32, 110, 60, 8
)

// trainingSet is what a layer learns from.
type trainingSet struct {
	x [][]float32
	y []bool
	// seed sets the order in which examples are learnt from.
	seed uint64
}

func (t *trainingSet) add(x []float32, y bool) {
	t.x, t.y = append(t.x, slices.Clone(x)), append(t.y, y)
}

const (
	batchSize = 64
	// grafted is how many products a layer takes at once.
	grafted = 6
)

// learn teaches l by logistic loss and gives the mean loss at the end. Then it
// takes, a few at a time, the products of features that would change the loss
// most (grafting, Perkins et al. 2003), gives up the weights that matter least
// until keep are left, and learns these anew.
func (l *layer) learn(set *trainingSet, products, keep int) float64 {
	l.descend(set, 12, .1)
	for products > 0 {
		n := min(products, grafted)
		products -= n
		l.graft(set, n)
		l.descend(set, 4, .05)
	}
	for len(*l) > keep {
		l.prune(set, max(keep, len(*l)*4/5))
		l.descend(set, 4, .05)
	}
	return l.descend(set, 12, .05)
}

// prune keeps the weights that move the answers most: by the spread of what
// they add.
func (l *layer) prune(set *trainingSet, keep int) {
	spread := make([]float64, len(*l))
	for i, t := range *l {
		var sum, squares float64
		for _, x := range set.x {
			v := float64(t.weight * x[t.a] * x[t.b])
			sum += v
			squares += v * v
		}
		n := float64(len(set.x))
		spread[i] = squares/n - sum/n*sum/n
		if t.a == 0 {
			spread[i] = math.Inf(1)
		}
	}
	order := make([]int, len(*l))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spread[b], spread[a]) })
	order = order[:keep]
	slices.Sort(order)
	kept := make(layer, 0, keep)
	for _, i := range order {
		kept = append(kept, (*l)[i])
	}
	*l = kept
}

// descend is Adam (Kingma and Ba 2015), the rate falling to nothing.
func (l layer) descend(set *trainingSet, epochs int, rate float64) float64 {
	grad, m, v := make([]float64, len(l)), make([]float64, len(l)), make([]float64, len(l))
	order := make([]int, len(set.x))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(11, 13+set.seed))
	steps := epochs * (len(order) + batchSize - 1) / batchSize
	loss, step := 0.0, 0
	b1, b2 := 1.0, 1.0
	for range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss = 0
		for at := 0; at < len(order); at += batchSize {
			clear(grad)
			batch := order[at:min(at+batchSize, len(order))]
			for _, k := range batch {
				e := set.err(l, k)
				loss -= math.Log(max(1e-7, 1-math.Abs(e)))
				for i, t := range l {
					grad[i] += e * float64(set.x[k][t.a]*set.x[k][t.b]) / float64(len(batch))
				}
			}
			step++
			b1, b2 = b1*.9, b2*.999
			now := rate * (1 - float64(step)/float64(steps+1))
			for i, g := range grad {
				m[i] = .9*m[i] + .1*g
				v[i] = .999*v[i] + .001*g*g
				l[i].weight += float32(now * (m[i] / (1 - b1)) / (math.Sqrt(v[i]/(1-b2)) + 1e-8))
			}
		}
	}
	return loss / float64(max(1, len(order)))
}

// err is what example k wants more than l gives.
func (t *trainingSet) err(l layer, k int) float64 {
	e := -float64(sigmoid(l.out(t.x[k])))
	if t.y[k] {
		e++
	}
	return e
}

// graft adds the n products of two features that would change the loss most.
func (l *layer) graft(set *trainingSet, n int) {
	if len(set.x) == 0 {
		return
	}
	size := len(set.x[0])
	pull, weight := make([]float64, size*size), make([]float64, size*size)
	for k, x := range set.x {
		e := set.err(*l, k)
		for a := 1; a < size; a++ {
			if x[a] == 0 {
				continue
			}
			for b := a; b < size; b++ {
				p := float64(x[a] * x[b])
				pull[a*size+b] += e * p
				weight[a*size+b] += p * p
			}
		}
	}
	has := map[[2]int32]bool{}
	for _, t := range *l {
		has[[2]int32{t.a, t.b}] = true
	}
	var all []layerTerm
	for a := 1; a < size; a++ {
		for b := a; b < size; b++ {
			if w := weight[a*size+b]; w > 0 && !has[[2]int32{int32(a), int32(b)}] {
				all = append(all, layerTerm{int32(a), int32(b), float32(math.Abs(pull[a*size+b]) / math.Sqrt(w))})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y layerTerm) int { return cmp.Compare(y.weight, x.weight) })
	for _, t := range all[:min(n, len(all))] {
		*l = append(*l, layerTerm{t.a, t.b, 0})
	}
}
