package ingest

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	tools "sverka/internal/text"
)

// The tables are made by tools/charset.
var (
	//go:embed data/russian.txt
	russianTable string
	//go:embed data/hanzi.txt
	hanziTable string
)

// charsets are the encodings that a guess chooses from. The prior is what a
// text must gain, in nats, to be taken for a rarer one.
var charsets = []struct {
	name  string
	enc   encoding.Encoding
	prior float64
}{
	{"windows-1251", charmap.Windows1251, 0},
	{"gb18030", simplifiedchinese.GB18030, 0},
	{"big5", traditionalchinese.Big5, 1},
	{"koi8-r", charmap.KOI8R, 1},
	{"windows-1252", charmap.Windows1252, 0.5},
	{"utf-16le", utf16LE, 2},
	{"utf-16be", utf16BE, 3},
	{"ibm866", charmap.CodePage866, 3},
	{"iso-8859-5", charmap.ISO8859_5, 4},
}

// sampleSize is how many bytes a guess looks at, at most.
const sampleSize = 16 << 10

// guess is one encoding and how ill it explains the bytes.
type guess struct {
	name   string
	enc    encoding.Encoding
	cost   float64 // in nats: minus the logarithm of a probability
	unsure bool    // what it reads resembles none of our languages
}

// guessCharset ranks the encodings by how likely they make the text, the best
// first. Every encoding reads the same bytes, so that the costs of what they
// read, letter by letter, may be compared: Russian by pairs of letters and by
// case, Chinese by how common a character is.
func guessCharset(data []byte) []guess {
	sample := charsetSample(data)
	ranked := make([]guess, 0, len(charsets))
	for _, c := range charsets {
		text, err := c.enc.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		cost, foreign, runes := textCost(tools.Fold(string(text)), string(text))
		g := guess{name: c.name, enc: c.enc, cost: cost + c.prior}
		g.unsure = runes >= unsureRunes && foreign/float64(runes) > unsureCost
		ranked = append(ranked, g)
	}
	slices.SortStableFunc(ranked, func(a, b guess) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	return ranked
}

// unsureCost is the cost of a character outside ASCII, on average, above which
// a text is taken for gibberish. Russian costs 3, Chinese 6 to 7.
const (
	unsureCost  = 9.5
	unsureRunes = 6 // too few characters say nothing
)

// charsetSample takes the part of data that tells most: its beginning, or,
// where that is nearly all ASCII, the lines that are not.
func charsetSample(data []byte) []byte {
	head := data[:min(len(data), sampleSize)]
	if len(head) < len(data) {
		head = head[:len(head)&^1]
	}
	odd := 0
	for _, c := range head {
		if c >= utf8.RuneSelf || c == 0 {
			odd++
		}
	}
	if odd*20 >= len(head) || len(head) == len(data) {
		return head
	}
	var lines []byte
	for line := range bytes.Lines(data) {
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
			if lines = append(lines, line...); len(lines) >= sampleSize {
				return lines[:sampleSize]
			}
		}
	}
	return lines
}

// Costs in nats of characters that have no table.
const (
	costBroken  = 25 // not a character in this encoding
	costControl = 12
	costMark    = 5  // a quote, dash or sign that text uses
	costSign    = 7  // a rarer one
	costStrange = 11 // anything else
	costPrivate = 18
	costJoin    = 4 // two scripts in one word
	costCase    = 5 // a capital behind a small letter
)

// eastStart is where the letters of East Asia begin, behind their marks.
const eastStart = 0x3040

// isWide says that r is a form which folding makes an ASCII one.
func isWide(r rune) bool { return 0xff00 <= r && r <= 0xffef || 0xfe30 <= r && r <= 0xfe6f }

// textCost says how unlikely text is, all in all and by its characters outside
// ASCII alone, and counts those. folded is text folded, for the characters.
func textCost(folded, text string) (total, foreign float64, n int) {
	for _, r := range folded {
		if r >= eastStart && r != utf8.RuneError {
			c := eastCost(r)
			total, foreign, n = total+c, foreign+c, n+1
		}
	}
	var prev rune = ' '
	upper := 0 // capitals in a row before this letter
	for _, r := range text {
		var c float64
		switch {
		case r < utf8.RuneSelf:
			c = asciiCost(r, prev)
		case r >= eastStart && !isWide(r) && r != utf8.RuneError: // counted above
			if isASCIILetter(prev) {
				c = costJoin / 2
			}
		default:
			c = westCost(r, prev, upper)
			foreign, n = foreign+c, n+1
		}
		total += c
		if unicode.IsUpper(r) {
			upper++
		} else {
			upper = 0
		}
		prev = r
	}
	return total, foreign, n
}

func asciiCost(r, prev rune) float64 {
	leave := 0.0
	if tools.IsHan(prev) && isASCIILetter(r) {
		leave = costJoin / 2
	}
	if isCyrillic(prev) {
		leave = russianCost(prev, r)
		if unicode.IsLetter(r) {
			leave += costJoin
		}
	}
	switch {
	case r == ' ':
		return 1.8 + leave
	case 'a' <= r && r <= 'z':
		return 2.7 + leave
	case 'A' <= r && r <= 'Z':
		if 'a' <= prev && prev <= 'z' {
			return 4.5 + costJoin + leave
		}
		return 4.5 + leave
	case r == '\n', r == '\r', '0' <= r && r <= '9', r == '.', r == ',', r == '-':
		return 4 + leave
	case isControl(r) || r == 0x7f:
		return costControl + leave
	}
	return 5.5 + leave
}

func isASCIILetter(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

func isCyrillic(r rune) bool { return 0x400 <= r && r < 0x530 }

// westCost is for characters outside ASCII and below the East Asian letters,
// and for the marks that stand among those.
func westCost(r, prev rune, upper int) float64 {
	switch {
	case r == utf8.RuneError:
		return costBroken
	case isCyrillic(r):
		return russianCost(prev, r) + caseCost(r, prev, upper)
	case strings.ContainsRune("«»„“”‘’–—…№•·§©®°€™\u00a0，。、：；？！（）《》「」『』　", r):
		return costMark
	case strings.ContainsRune("£¥×±½¼¾²³¢÷µ℃", r):
		return costSign
	case unicode.IsLetter(r) && r < 0x250:
		// Latin letters with marks stand single among plain ones.
		if prev >= utf8.RuneSelf && unicode.IsLetter(prev) {
			return costStrange
		}
		if unicode.IsUpper(r) && 'a' <= prev && prev <= 'z' {
			return costStrange
		}
		return 5.5
	case unicode.Is(unicode.Co, r):
		return costPrivate
	case unicode.Is(unicode.Cc, r):
		return costControl
	}
	return costStrange
}

func caseCost(r, prev rune, upper int) float64 {
	if unicode.IsUpper(r) {
		switch {
		case !isCyrillic(prev):
			return 2
		case upper == 0:
			return costCase
		}
		return 0.7
	}
	if upper > 1 {
		return costCase
	}
	return 0
}

// russian is russianTable by letter: row and column 0 are no letter, then
// а to я, then ё.
var russian = func() (t [34][34]float64) {
	for i, line := range strings.Fields(russianTable) {
		for j := range len(line) {
			t[i][j] = float64(line[j] - '0')
		}
	}
	return t
}()

func russianIndex(r rune) int {
	switch r = unicode.ToLower(r); {
	case 'а' <= r && r <= 'я':
		return int(r-'а') + 1
	case r == 'ё':
		return 33
	}
	return 0
}

// russianCost is what letter b costs after a. Cyrillic letters that Russian
// lacks have a price of their own, low enough for Ukrainian and Bulgarian.
func russianCost(a, b rune) float64 {
	i, j := russianIndex(a), russianIndex(b)
	if j == 0 && isCyrillic(b) {
		if strings.ContainsRune("іїєґўІЇЄҐЎ", b) {
			return 6
		}
		return costStrange
	}
	c := russian[i][j]
	if j > 0 && isASCIILetter(a) {
		c += costJoin
	}
	return c
}

// hanzi gives the cost of the common characters.
var hanzi = func() map[rune]float64 {
	bands := []struct {
		rank int
		cost float64
	}{{30, 5}, {100, 6}, {300, 6.8}, {600, 7.6}, {1000, 8.4}, {1500, 9.4}}
	t := make(map[rune]float64, 1500)
	for i, r := range []rune(strings.ReplaceAll(hanziTable, "\n", "")) {
		for _, b := range bands {
			if i < b.rank {
				t[r] = b.cost
				break
			}
		}
	}
	return t
}()

// eastCost is for folded characters of the East Asian blocks.
func eastCost(r rune) float64 {
	if c, ok := hanzi[r]; ok {
		return c
	}
	switch {
	case 0x4e00 <= r && r <= 0x9fff:
		return 12
	case 0x3040 <= r && r <= 0x30ff:
		return 8
	case 0xac00 <= r && r <= 0xd7a3:
		return costStrange
	case unicode.Is(unicode.Co, r), r > 0xffff:
		return costPrivate
	}
	return 13
}
