// Command nounstems learns internal/query/nouns.txt from Russian text: the
// stems that the Snowball stemmer cuts short where they stand without an
// ending, since they end like a verb or an adjective. It makes one of комитет
// and комит, but комитета becomes комитет.
//
//	go run ./tools/nounstems < FILE > internal/query/nouns.txt
//
// The shipped list was learnt from the 53,448 Russian sentences that the
// lexicon was learnt from (tools/lexicon). Only stems are kept, no text.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/text"
)

var (
	forms = flag.Int("forms", 1, "different endings that must be seen behind a stem")
	least = flag.Int("least", 2, "times that they must be seen")
)

var (
	nounEndings = strings.Fields("а у ом е ы и ов ам ами ах ой")
	// oblique endings are none of a verb in the past as well.
	oblique = strings.Fields("у ом е ы ов ам ами ах ой")
	// infinitives end so behind the stem of a verb.
	infinitives = strings.Fields("ать ять ить еть уть ыть оть овать ировать аться яться иться еться уться")
	// ambiguous is what ends the forms of nouns and adjectives as well.
	ambiguous = strings.Fields("ов ев ам ах ом ем ым им ых их ой ей")
)

func main() {
	flag.Parse()
	counts, err := count(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, "nounstems:", err)
		os.Exit(1)
	}
	var out []string
	for base := range bases(counts) {
		if isNoun(base, counts) {
			out = append(out, base)
		}
	}
	slices.Sort(out)
	fmt.Println(strings.Join(out, "\n"))
}

// count gives how often each Russian word stands in a text.
func count(r io.Reader) (map[string]int, error) {
	counts := map[string]int{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		folded := text.Fold(lines.Text())
		for _, t := range text.Tokenize(folded) {
			if w := folded[t.Start:t.End]; t.Kind == text.Word && russian(w) {
				counts[w]++
			}
		}
	}
	return counts, lines.Err()
}

func russian(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r < 'а' || r > 'я' }) < 0
}

// bases gives what may be a stem that the stemmer cuts short: words without an
// ending, seen or not, behind which it takes off an ending alone.
func bases(counts map[string]int) map[string]bool {
	out := map[string]bool{}
	for w := range counts {
		for _, e := range append(nounEndings, "") {
			base, ok := strings.CutSuffix(w, e)
			if !ok || utf8.RuneCountInString(base) < 4 || strings.ContainsAny(base[len(base)-2:], "аеиоуыьэюяйъ") {
				continue
			}
			if stem := text.Stem("ru", base); stem != base && strings.HasPrefix(base, stem) {
				out[base] = true
			}
		}
	}
	return out
}

// isNoun says that base has the endings of a noun, and that it is neither a
// form of a verb nor, with what the stemmer takes off it, one of another noun.
func isNoun(base string, counts map[string]int) bool {
	seen, times := 0, 0
	endings := nounEndings
	if strings.HasSuffix(base, "л") {
		endings = oblique
	}
	for _, e := range endings {
		if n := counts[base+e]; n > 0 && text.Stem("ru", base+e) == base {
			seen++
			times += n
		}
	}
	short := text.Stem("ru", base)
	cut := strings.TrimPrefix(base, short)
	if seen < *forms || times < *least || cut == "ует" || cut == "уем" {
		return false
	}
	other := 0
	for _, e := range infinitives {
		other += counts[short+e]
	}
	if past, ok := strings.CutSuffix(base, "л"); ok {
		other += counts[past+"ть"] + counts[past+"ться"]
	}
	if slices.Contains(ambiguous, cut) {
		for _, e := range append(oblique, "", "о", "ый", "ая", "ое", "ые", "ого") {
			other += counts[short+e]
		}
	}
	return 3*other <= times
}
