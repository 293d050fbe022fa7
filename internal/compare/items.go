package compare

import (
	"strconv"
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
)

// item is a fact of a text and where its units are.
type item struct {
	lexis.Item
	from, to int // units
}

// atomic says that the item is linked as one unit, by its normal form.
func atomic(it *lexis.Item) bool { return it.Kind.Numeric() }

func scanItems(lang bitext.Lang, s string) []lexis.Item {
	if !lang.Known() {
		return nil
	}
	return lexis.Scan(lang, s)
}

// locate finds the units of each item.
func (d *side) locate(items []lexis.Item) {
	completeDays(items)
	d.items = make([]item, len(items))
	for i, it := range items {
		from, to := d.span(it.Start, it.End)
		d.items[i] = item{it, from, to}
		if it.Kind == lexis.Name && !it.Weak {
			for k := from; k < to; k++ {
				d.units[k].name = i
			}
		}
	}
}

// completeDays gives a day without a month (on the 11th, 11日) the month of the
// text, where it names one only and a day of it that is near.
func completeDays(items []lexis.Item) {
	month, day := "", 0
	for i := range items {
		if items[i].Kind != lexis.Date {
			continue
		}
		p, ok := dateParts(items[i].Norm)
		if !ok || p[1] == "" || p[2] == "" {
			if strings.Contains(items[i].Norm, "/") || ok && p[1] != "" {
				return // a range, or a month by itself
			}
			continue
		}
		if month != "" && p[1] != month {
			return
		}
		n, err := strconv.Atoi(p[2])
		if err != nil {
			return
		}
		month, day = p[1], n
	}
	if month == "" {
		return
	}
	for i := range items {
		rest, ok := strings.CutPrefix(items[i].Norm, "---")
		if n, err := strconv.Atoi(rest); ok && items[i].Kind == lexis.Date && err == nil && n-day <= nearDays && day-n <= nearDays {
			items[i].Norm = "--" + month + "-" + rest
		}
	}
}

// nearDays is how far apart two days of one month lie at most for the month of
// the one to be taken for that of the other.
const nearDays = 10

// only gives the items that keep says yes to.
func (d *side) only(keep func(*item) bool) []*item {
	var out []*item
	for i := range d.items {
		if len(out) == itemMost {
			break
		}
		if keep(&d.items[i]) {
			out = append(out, &d.items[i])
		}
	}
	return out
}

// show gives the item as a message shows it: with the word behind a bare
// number, so that one sees what is counted.
func (d *side) show(it *item) string {
	end := it.End
	if it.Kind == lexis.Number && it.to < len(d.units) && d.units[it.to].content && d.lang != bitext.Chinese {
		end = d.units[it.to].end
	}
	return d.quoteText(it.Start, end)
}

// contains says that the digits of s stand in d anywhere, by themselves.
func (d *side) contains(s string) bool {
	for at := 0; ; {
		i := strings.Index(d.text[at:], s)
		if i < 0 {
			return false
		}
		i += at
		if !digitAt(d.text, i-1) && !digitAt(d.text, i+len(s)) {
			return true
		}
		at = i + 1
	}
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
