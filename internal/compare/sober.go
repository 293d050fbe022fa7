package compare

// rareOdds is how much rarer a missing stretch is in the versions of a
// statement than among the pairs on which the trees were learnt: there a
// program had taken something out of more than half, here hardly one sentence
// in ten lacks anything. The odds of a likelihood are brought down by it, as
// for any change of the prior (Saerens, Latinne, Decaestecker 2002).
const rareOdds = 0.3

// rare gives a likelihood of the learnt trees as it is in a statement.
func rare(p float64) float64 { return p * rareOdds / (p*rareOdds + 1 - p) }

// sober lowers what the checks said too loudly. In a statement a stretch that
// is missing must be likelier than in a pair of which it is asked; and one
// that holds a word for which another check found what stands instead is not
// missing: it differs, and that is reported.
func (p *pair) sober(f *Flag, statement bool) {
	if f.Check != "clauses" || f.Sev < Major || p.a.lang != p.b.lang {
		return
	}
	at := f.A
	if at[0] == at[1] {
		at = f.B
	}
	if statement && f.bar > 0 && rare(f.chance) < f.bar {
		f.Sev = Minor
		return
	}
	for i := range p.flags {
		g := &p.flags[i]
		own, other := g.A, g.B
		if at == f.B {
			own, other = g.B, g.A
		}
		if g.Check != f.Check && (g.Sev >= Major || g.paired) && own != nil && other != nil && own[0] < own[1] && other[0] < other[1] && overlaps(own, at) {
			f.Sev = Minor
			return
		}
	}
}

// dull says that a finding that is only mentioned tells a person nothing: the
// label of a speaker, a place of which more was said already, and, in a
// statement, a word that is as likely said otherwise, or a future that the other
// text has in the present.
func (p *pair) dull(f *Flag, statement bool) bool {
	if f.Sev > Minor || p.a.lang != p.b.lang {
		return false
	}
	switch f.Check {
	case "modality":
		return statement && (p.a.foretells(f.A) || p.b.foretells(f.B))
	case "clauses":
	default:
		return false
	}
	at, d := f.A, p.a
	if at[0] == at[1] {
		at, d = f.B, p.b
	}
	if statement && f.chance > 0 && rare(f.chance) < dullMost {
		return true
	}
	if _, to := d.span(at[0], at[1]); d.inLabel(to) {
		return true
	}
	for i := range p.flags {
		own := p.flags[i].A
		if d == p.b {
			own = p.flags[i].B
		}
		if own != nil && own[0] <= at[0] && at[1] <= own[1] && own[0] < own[1] {
			return true
		}
	}
	return false
}

// foretells says that a piece begins with what only makes the future: where one
// text has "will open" and the other "opens", both say the same.
func (d *side) foretells(at *[2]int) bool {
	from, to := d.span(at[0], at[1])
	return from < to && futures[d.units[from].form]
}

var futures = wordSet("will shall 'll won't будет будут буду будем")

// dullMost is the likelihood up to which a missing word is not mentioned in a
// statement.
const dullMost = 0.1
