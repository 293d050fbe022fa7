package terminology

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/glossary"
	"sverka/internal/text"
)

// AuditOptions say what is audited.
type AuditOptions struct {
	From     []bitext.Lang // languages of the terms; nil means all
	To       []bitext.Lang // languages of their renderings; nil means all
	MinCount int           // how often a term must have been rendered; default 2
	Samples  int           // about so many places of a term are looked at in one direction, evenly; default 250
	MinProb  float64       // a rendering less likely is counted as uncertain; default 0.5
	Key      Keyer
	Link     Linker
	Target   func(*bitext.Variant) bool // whose renderings are looked at; nil means all
	// Progress, if not nil, is told how many units were gone through.
	Progress func(done int)
}

// Use is one place where a term was rendered.
type Use struct {
	Statement  string // the statement's id
	Date       string
	Version    string // the name of the version that has the rendering
	Translator string
	Source     string // the text with the term
	Target     string // the text with the rendering
	TermAt     [2]int // bytes of Source
	At         [2]int // bytes of Target
	Prob       float64
	form, key  string
}

// Tally is how often something stands, by name.
type Tally struct {
	Name  string
	Count int
}

// AuditGroup is a rendering of a term and who used it.
type AuditGroup struct {
	Group
	Status      bitext.TermStatus // what the glossary makes of it; "" where it has it not
	First, Last string            // dates; "" where none is known
	Versions    []Tally           // the most frequent first
	Translators []Tally
	Statements  []Tally
	Example     Use
}

// Audited is a term in one direction with its renderings.
type Audited struct {
	Entry     string // id of the glossary's entry
	Term      string
	From, To  bitext.Lang
	Places    int // where the term stands
	Looked    int // of these: looked at
	Count     int // renderings found
	Uncertain int // places where none was found that is likely
	Groups    []AuditGroup
	Entropy   float64 // of the renderings, in bits: 0 where all are one
	// Cause is what the choice hangs on most, "version", "translator",
	// "statement" or "date" (the year), and Explained the share of the entropy
	// that it explains; "" where nothing explains half of it.
	Cause     string
	Explained float64
	// Within counts versions that render the term in several ways by
	// themselves, each in one statement.
	Within int
}

// Audit goes through the units once and gives the terms of the glossary that
// were rendered in more than one way, those that diverge most first: by the
// entropy of the renderings times the logarithm of their number. The error is
// the first of units, or that ctx ended.
func Audit(ctx context.Context, g *glossary.Glossary, units Units, opt AuditOptions) ([]Audited, error) {
	if opt.MinCount <= 0 {
		opt.MinCount = 2
	}
	if opt.Samples <= 0 {
		opt.Samples = 250
	}
	if opt.MinProb <= 0 {
		opt.MinProb = 0.5
	}
	a := &auditor{g: g, opt: opt, at: map[direction]*directed{}}
	n := 0
	for u, err := range units() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		a.unit(&u)
		if n++; opt.Progress != nil && n%256 == 0 {
			opt.Progress(n)
		}
	}
	return a.result(), nil
}

// direction is a term of an entry and the way it was rendered.
type direction struct {
	term     glossary.Ref
	from, to bitext.Lang
}

type directed struct {
	term  string
	looks []look
	seen  int
	every int // one of so many places is looked at
}

// look is a place that was looked at; ok is false where no likely rendering was
// found.
type look struct {
	use Use
	ok  bool
}

// wants says that the next place of the term is to be looked at. When twice as
// many as most have been, every other look is forgotten and half as many are
// taken from there on, so that they lie evenly over all.
func (x *directed) wants(most int) bool {
	if len(x.looks) >= 2*most {
		kept := x.looks[:0]
		for i := 0; i < len(x.looks); i += 2 {
			kept = append(kept, x.looks[i])
		}
		x.looks, x.every = kept, 2*x.every
	}
	x.seen++
	return (x.seen-1)%x.every == 0
}

type auditor struct {
	g     *glossary.Glossary
	opt   AuditOptions
	at    map[direction]*directed
	order []direction
}

func wanted(langs []bitext.Lang, l bitext.Lang) bool {
	return len(langs) == 0 || slices.Contains(langs, l)
}

func (a *auditor) unit(u *bitext.Unit) {
	for i := range u.Variants {
		source := &u.Variants[i]
		if !wanted(a.opt.From, source.Lang) {
			continue
		}
		matches := a.g.Find(a.g.Doc(source.Lang, source.Text))
		if len(matches) == 0 || sameBefore(u, i) {
			continue
		}
		for k := range u.Variants {
			target := &u.Variants[k]
			if target.Lang == source.Lang || target.Text == "" || !wanted(a.opt.To, target.Lang) ||
				a.opt.Target != nil && !a.opt.Target(target) {
				continue
			}
			a.pair(u, source, target, matches)
		}
	}
}

// sameBefore says that a variant before i has its language: one of them stands
// for the language as the side that is rendered.
func sameBefore(u *bitext.Unit, i int) bool {
	return slices.ContainsFunc(u.Variants[:i], func(v bitext.Variant) bool { return v.Lang == u.Variants[i].Lang })
}

func (a *auditor) pair(u *bitext.Unit, source, target *bitext.Variant, matches []glossary.Match) {
	var link func(int, int) (Rendered, bool)
	known := a.g.Find(a.g.Doc(target.Lang, target.Text))
	for _, m := range matches {
		d := direction{m.Refs[0], source.Lang, target.Lang}
		x := a.at[d]
		if x == nil {
			x = &directed{term: a.g.Term(m.Refs[0]).Text, every: 1}
			a.at[d] = x
			a.order = append(a.order, d)
		}
		if !x.wants(a.opt.Samples) {
			continue
		}
		var r Rendered
		if at := slices.IndexFunc(known, func(k glossary.Match) bool { return sameEntry(k.Refs, m.Refs) }); at >= 0 {
			// The glossary's own rendering stands there: nothing is to be looked for.
			k := known[at]
			known = slices.Delete(known, at, at+1)
			r = Rendered{Form: target.Text[k.Start:k.End], At: [2]int{k.Start, k.End}, Prob: 1}
		} else {
			if link == nil {
				link = a.opt.Link(source, target)
			}
			var ok bool
			if r, ok = link(m.Start, m.End); !ok || r.Prob < a.opt.MinProb {
				x.looks = append(x.looks, look{})
				continue
			}
		}
		x.looks = append(x.looks, look{a.use(u, source, target, m, r), true})
	}
}

func sameEntry(a, b []glossary.Ref) bool {
	return slices.ContainsFunc(a, func(x glossary.Ref) bool {
		return slices.ContainsFunc(b, func(y glossary.Ref) bool { return x.Concept == y.Concept })
	})
}

func (a *auditor) use(u *bitext.Unit, source, target *bitext.Variant, m glossary.Match, r Rendered) Use {
	date := target.Date
	if date == "" {
		date = u.Statement.Date
	}
	form := text.Line(r.whole(target))
	return Use{
		Statement: u.Statement.ID, Date: date, Version: target.Name(), Translator: target.Translator,
		Source: source.Text, Target: target.Text, TermAt: [2]int{m.Start, m.End}, At: r.At, Prob: r.Prob,
		form: form, key: a.opt.Key(target.Lang, form),
	}
}

// result gives what diverges, most first.
func (a *auditor) result() []Audited {
	var out []Audited
	for _, d := range a.order {
		x := a.at[d]
		uses := make([]Use, 0, len(x.looks))
		for _, l := range x.looks {
			if l.ok {
				uses = append(uses, l.use)
			}
		}
		if len(uses) < a.opt.MinCount {
			continue
		}
		r := Audited{
			Entry: a.g.Concept(d.term.Concept).ID, Term: x.term, From: d.from, To: d.to,
			Places: x.seen, Looked: len(x.looks), Count: len(uses), Uncertain: len(x.looks) - len(uses),
		}
		r.group(a.g, d, uses)
		if len(r.Groups) > 1 {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y Audited) int {
		return cmp.Or(cmp.Compare(y.weight(), x.weight()), strings.Compare(x.Entry, y.Entry), strings.Compare(string(x.From+x.To), string(y.From+y.To)))
	})
	return out
}

func (r *Audited) weight() float64 { return r.Entropy * math.Log2(1+float64(r.Count)) }

// group puts the uses together and says what the choice hangs on.
func (r *Audited) group(g *glossary.Glossary, d direction, uses []Use) {
	var all grouper
	for _, u := range uses {
		all.add(u.key, u.form)
	}
	var counts []int
	for _, gr := range all.groups() {
		ag := AuditGroup{Group: gr, Status: statusOf(g, d, gr.Form)}
		ag.describe(uses)
		r.Groups = append(r.Groups, ag)
		counts = append(counts, gr.Count)
	}
	r.Entropy = entropy(counts)
	r.blame(uses)
	r.Within = within(uses)
}

// statusOf says what the glossary makes of a rendering: what it says of the term
// that it is, in whatever form.
func statusOf(g *glossary.Glossary, d direction, form string) bitext.TermStatus {
	for _, m := range g.Find(g.Doc(d.to, form)) {
		for _, ref := range m.Refs {
			if ref.Concept != d.term.Concept || 3*(m.End-m.Start) < 2*len(form) {
				continue
			}
			if s := g.Term(ref).Status; s != "" {
				return s
			}
			return bitext.TermAdmitted
		}
	}
	return ""
}

func (ag *AuditGroup) describe(uses []Use) {
	versions, translators, statements := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range uses {
		u := &uses[i]
		if u.key != ag.Key {
			continue
		}
		if u.Date != "" && (ag.First == "" || u.Date < ag.First) {
			ag.First = u.Date
		}
		ag.Last = max(ag.Last, u.Date)
		versions[u.Version]++
		if u.Translator != "" {
			translators[u.Translator]++
		}
		if u.Statement != "" {
			statements[u.Statement]++
		}
		if u.Prob > ag.Example.Prob {
			ag.Example = *u
		}
	}
	ag.Versions, ag.Translators, ag.Statements = tallies(versions), tallies(translators), tallies(statements)
}

func tallies(m map[string]int) []Tally {
	out := make([]Tally, 0, len(m))
	for name, n := range m {
		out = append(out, Tally{name, n})
	}
	slices.SortFunc(out, func(a, b Tally) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
	return out
}

// causes are what a choice of rendering may hang on.
var causes = []struct {
	name string
	of   func(*Use) string
}{
	{"version", func(u *Use) string { return u.Version }},
	{"translator", func(u *Use) string { return u.Translator }},
	{"date", func(u *Use) string { return u.Date[:min(4, len(u.Date))] }},
	{"statement", func(u *Use) string { return u.Statement }},
}

// blame finds what explains most of the entropy: the mutual information of
// rendering and cause over the entropy of the renderings, of causes that are
// known everywhere and have three uses each on average.
func (r *Audited) blame(uses []Use) {
	const least, margin = 0.5, 0.05
	if r.Entropy == 0 {
		return
	}
	for _, c := range causes {
		by := map[string]map[string]int{}
		for i := range uses {
			name := c.of(&uses[i])
			if by[name] == nil {
				by[name] = map[string]int{}
			}
			by[name][uses[i].key]++
		}
		if _, unknown := by[""]; unknown || len(by) < 2 || 3*len(by) > len(uses) {
			continue
		}
		left := 0.0
		for _, name := range slices.Sorted(maps.Keys(by)) {
			counts := by[name]
			var ns []int
			total := 0
			for _, n := range counts {
				ns = append(ns, n)
				total += n
			}
			slices.Sort(ns)
			left += float64(total) / float64(len(uses)) * entropy(ns)
		}
		if e := (r.Entropy - left) / r.Entropy; e >= least && e > r.Explained+margin {
			r.Cause, r.Explained = c.name, e
		}
	}
}

// within counts versions that render a term in several ways by themselves.
func within(uses []Use) int {
	first := map[[2]string]string{}
	several := map[[2]string]bool{}
	for i := range uses {
		at := [2]string{uses[i].Statement, uses[i].Version}
		if at[0] == "" {
			continue
		}
		if key, ok := first[at]; ok && key != uses[i].key {
			several[at] = true
		} else if !ok {
			first[at] = uses[i].key
		}
	}
	return len(several)
}
