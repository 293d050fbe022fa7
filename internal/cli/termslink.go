package cli

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sverka/internal/bitext"
	"sverka/internal/rendering"
	"sverka/internal/terminology"
	"sverka/internal/text"
	"sverka/internal/tm"
)

// linker lets a spotter of renderings look for those of terms.
func linker(s *rendering.Spotter) terminology.Linker {
	return func(a, b *bitext.Variant) func(start, end int) (terminology.Rendered, bool) {
		from, to := s.Read(a.Lang, a.Text), s.Read(b.Lang, b.Text)
		inA, inB := text.NewRuneIndex(a.Text), text.NewRuneIndex(b.Text)
		return func(start, end int) (terminology.Rendered, bool) {
			r, ok := s.SpotIn(from, to, [][2]int{{inA.Runes(start), inA.Runes(end)}})
			if !ok || len(r.Spans) == 0 {
				return terminology.Rendered{Prob: r.Probability}, false
			}
			at := [2]int{inB.Byte(r.Spans[0][0]), inB.Byte(r.Spans[len(r.Spans)-1][1])}
			return terminology.Rendered{Form: r.Form, At: at, Prob: r.Probability}, true
		}
	}
}

// knownUnits gives the units of a memory that answer a filter, with the variants
// in languages that the program works in.
func knownUnits(ctx context.Context, store *tm.Store, f tm.Filter) terminology.Units {
	return func() iter.Seq2[bitext.Unit, error] {
		return func(yield func(bitext.Unit, error) bool) {
			for u, err := range store.Units(ctx, f) {
				u.Variants = slices.DeleteFunc(u.Variants, func(v bitext.Variant) bool { return !v.Lang.Known() })
				if !yield(u, err) {
					return
				}
			}
		}
	}
}

// targetsOf takes the labels and translators out of a filter of units, since a
// source has others, and gives them as a filter of what renders it.
func targetsOf(f *tm.Filter) func(*bitext.Variant) bool {
	labels, by := f.Labels, f.Translators
	f.Labels, f.Translators = nil, nil
	return func(v *bitext.Variant) bool {
		name := text.Fold(v.Translator)
		return (len(labels) == 0 || slices.Contains(labels, v.Label)) &&
			(len(by) == 0 || slices.ContainsFunc(by, func(n string) bool { return strings.Contains(name, text.Fold(n)) }))
	}
}

// directionFlags choose the languages of terms and of their renderings, and the
// units that are looked at.
func directionFlags() []cli.Flag {
	var out []cli.Flag
	for _, f := range filterFlags() {
		if f.Names()[0] != "lang" {
			out = append(out, f)
		}
	}
	return append(out,
		&cli.StringSliceFlag{Name: "from", Usage: "terms in the languages `LANG,LANG`"},
		&cli.StringSliceFlag{Name: "to", Usage: "their renderings in the languages `LANG,LANG` (default: all others)"},
	)
}

// directionOf reads --from and --to.
func directionOf(c *cli.Context) (from, to []bitext.Lang, err error) {
	for _, f := range []struct {
		name string
		to   *[]bitext.Lang
	}{{"from", &from}, {"to", &to}} {
		langs, err := langsOf(c, f.name)
		if err != nil {
			return nil, nil, err
		}
		for _, l := range langs {
			if !l.Known() {
				return nil, nil, misuse("--"+f.name+": sverka reads ru, zh and en, not "+string(l), "")
			}
		}
		*f.to = langs
	}
	return from, to, nil
}

// othersThan gives the languages of the program without l.
func othersThan(l bitext.Lang) []bitext.Lang {
	return slices.DeleteFunc(slices.Clone(bitext.Langs), func(x bitext.Lang) bool { return x == l })
}
