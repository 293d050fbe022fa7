package tm

import (
	"sverka/internal/bitext"
)

// joiner finds, while an import with Join runs, the unit that a unit in other
// languages is to be joined to: the only one with a text of it.
type joiner struct {
	byText map[int64]int64 // a text of a statement, by language and label → its unit; several: many
}

// many stands for a text that several units have.
const many = -1

// newJoiner knows all units of the memory.
func (im *importer) newJoiner() (*joiner, error) {
	j := &joiner{byText: map[int64]int64{}}
	err := eachUnit(im.ctx, im.tx, func(u *storedUnit) bool {
		j.add(&u.unit, u.ids[0]>>8)
		return true
	})
	return j, err
}

func textKey(u *bitext.Unit, v *bitext.Variant) int64 {
	return digest([]string{u.Statement.ID, string(v.Lang), v.Label, v.Text})
}

// add makes the texts of u known as those of the unit id.
func (j *joiner) add(u *bitext.Unit, id int64) {
	for i := range u.Variants {
		k := textKey(u, &u.Variants[i])
		if old, ok := j.byText[k]; ok && old != id {
			j.byText[k] = many
			continue
		}
		j.byText[k] = id
	}
}

// candidate gives the one unit that has a text of u and no other has, 0 where
// there is none or more than one.
func (j *joiner) candidate(u *bitext.Unit) int64 {
	found := int64(0)
	for i := range u.Variants {
		switch id := j.byText[textKey(u, &u.Variants[i])]; {
		case id == many || id != 0 && found != 0 && id != found:
			return 0
		case id != 0:
			found = id
		}
	}
	return found
}

// joinTo joins p to the one stored unit that shares a text with it, where no
// text of p stands against another of that unit: what p has in further languages
// and labels is added. joined is false where p is to be stored by itself.
func (im *importer) joinTo(p *prepared) (joined, updated bool, err error) {
	id := im.join.candidate(&p.unit)
	if id == 0 {
		return false, false, nil
	}
	if err := im.flush(); err != nil {
		return false, false, err
	}
	stored, err := loadUnit(im.ctx, im.tx, id)
	if err != nil {
		return false, false, err
	}
	last := stored.ids[len(stored.ids)-1]
	union := stored.unit
	var fresh []int
	for i := range p.unit.Variants {
		v := &p.unit.Variants[i]
		switch old := sameName(&stored.unit, v); {
		case old == nil:
			fresh = append(fresh, i)
			union.Variants = append(union.Variants, *v)
		case old.Text != v.Text:
			return false, false, nil
		}
	}
	if int(last&255)+len(fresh) >= maxVariants {
		return false, false, nil
	}
	for n, i := range fresh {
		if err := im.addVariant(last+1+int64(n), &p.unit.Variants[i], &p.variants[i]); err != nil {
			return false, false, err
		}
	}
	if err := im.flush(); err != nil {
		return false, false, err
	}
	im.join.add(&union, id)
	if err := im.rehash(id, &stored.unit, &union, p.hash); err != nil {
		return false, false, err
	}
	said, err := im.merge(id, &p.unit)
	if err == nil && trust(p.unit.Status) < trust(stored.unit.Status) && len(fresh) > 0 {
		// The whole is as good as the worse of its parts.
		_, err = im.tx.ExecContext(im.ctx, "UPDATE unit SET status = ? WHERE id = ?", statusCode(p.unit.Status), id)
	}
	return true, said || len(fresh) > 0, err
}

// sameName gives the variant of u with the language and label of v, or nil.
func sameName(u *bitext.Unit, v *bitext.Variant) *bitext.Variant {
	for i := range u.Variants {
		if o := &u.Variants[i]; o.Lang == v.Lang && o.Label == v.Label {
			return o
		}
	}
	return nil
}

// rehash stores a unit that was joined under the hash of the whole, and
// remembers the hashes of its parts.
func (im *importer) rehash(id int64, was, now *bitext.Unit, part int64) error {
	var hash int64
	if err := im.tx.QueryRowContext(im.ctx, "SELECT hash FROM unit WHERE id = ?", id).Scan(&hash); err != nil {
		return err
	}
	k, _ := occurrenceOf(hash, unitHash(was))
	whole := occurrence(unitHash(now), k)
	for _, h := range []int64{hash, part} {
		if h == whole {
			continue
		}
		if _, err := im.tx.ExecContext(im.ctx, "INSERT INTO former VALUES (?, ?) ON CONFLICT DO NOTHING", h, id); err != nil {
			return err
		}
		yes := true
		im.anyFormer = &yes
	}
	if im.bulk != nil {
		im.bulk.put(part, id)
		im.bulk.put(whole, id)
	}
	_, err := im.tx.ExecContext(im.ctx, "UPDATE unit SET hash = ? WHERE id = ?", whole, id)
	return err
}
