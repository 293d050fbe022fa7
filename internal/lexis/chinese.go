package lexis

import (
	"strconv"
	"strings"

	"sverka/internal/text"
)

// hanDigits are the digits of Chinese numerals; 两 counts as two.
var hanDigits = map[string]float64{"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
	"五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}

// hanScales are the powers of ten of Chinese numerals.
var hanScales = map[string]float64{"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
	"万": 1e4, "亿": 1e8, "兆": 1e12}

// chinese reads a Chinese number at token i: 280万, 二百八十万, 三点五, 数千,
// 四分之三, 百分之五, 三成, 第二十五.
func (s *scanner) chinese(i int) (num, bool) {
	if s.word(i) == "第" {
		n, ok := s.hanNumber(i + 1)
		if !ok || n.vague || n.bound != Exact {
			return num{}, false
		}
		n.ord, n.words = true, n.raw == ""
		return n, true
	}
	if m, k := s.find(i, cFrac); k > 0 { // 一半, 半数
		return num{val: 1, den: m.val, next: i + k, words: true, loose: false}, true
	}
	if m, k := s.find(i, cVague); k > 0 {
		return num{val: m.val, vague: true, words: true, next: i + k}, true
	}
	if s.word(i) == "半" { // 半年, 半个月
		k := i + 1
		if s.word(k) == "个" {
			k++
		}
		_, ok := s.find(k, cUnit)
		return num{val: .5, words: true, next: k}, ok > 0 && s.word(k) != "天"
	}
	n, ok := s.hanNumber(i)
	if !ok {
		return n, false
	}
	s.hanMeasure(&n)
	if n.next+2 < len(s.toks) && s.word(n.next) == "分" && s.word(n.next+1) == "之" {
		top, ok := s.hanNumber(n.next + 2)
		if ok && n.val > 0 && !top.vague && !top.code {
			top.den, top.words, top.raw = n.val, true, ""
			return top, true
		}
	}
	if n.raw != "" {
		return s.share(n)
	}
	if s.word(n.next) == "成" && n.words && n.val < 10 && n.val >= 1 && s.shareOf(n.next+1) {
		n.den, n.next = 10, n.next+1
		if s.word(n.next) == "半" {
			n.val, n.next = n.val+.5, n.next+1
		}
		if s.word(n.next) == "多" {
			n.bound, n.next = Over, n.next+1
		}
	}
	return n, true
}

// shareOf says that 成 before token j is a tenth, not a part of another word
// (成为, 成功).
func (s *scanner) shareOf(j int) bool {
	switch s.word(j) {
	case "为", "功", "员", "立", "果", "本", "年", "就", "长", "熟", "群", "语", "品", "交", "分", "都", "败":
		return false
	}
	return true
}

// hanNumber reads digits, Chinese numerals or both.
func (s *scanner) hanNumber(i int) (num, bool) {
	if i >= len(s.toks) || !s.hanOpens(&s.toks[i]) {
		return num{}, false
	}
	return s.remembered(i, s.hanRead)
}

// hanOpens says that a token may open a Chinese number.
func (s *scanner) hanOpens(k *tok) bool {
	switch k.kind {
	case text.Number:
		return true
	case text.Han:
		switch k.w {
		case "数", "几", "上", "成", "好":
			return true
		}
		_, digit := hanDigits[k.w]
		_, scale := hanScales[k.w]
		return digit || scale
	}
	return false
}

func (s *scanner) hanRead(i int) (num, bool) {
	if n, ok := s.hanVague(i); ok {
		return n, true
	}
	if s.word(i) == "一" && s.word(i+1) == "两" || s.word(i) == "两" && s.word(i+1) == "三" { // one or two
		if _, ok := hanScales[s.word(i+2)]; !ok {
			return num{val: hanDigits[s.word(i+1)], words: true, next: i + 2, bound: About}, true
		}
	}
	if n, ok := s.hanBetween(i); ok {
		return n, true
	}
	n, ok := s.hanYearDigits(i)
	if ok {
		return n, true
	}
	return s.hanSum(i)
}

// hanBetween reads two digits that follow each other before a power of ten:
// 七八十, 三四百, 五六万. The value is the smaller.
func (s *scanner) hanBetween(i int) (num, bool) {
	a, okA := hanDigits[s.word(i)]
	b, okB := hanDigits[s.word(i+1)]
	if _, scale := hanScales[s.word(i+2)]; !okA || !okB || !scale || a < 1 || b != a+1 {
		return num{}, false
	}
	n, ok := s.hanSum(i + 1)
	if !ok || n.code || n.den > 0 {
		return num{}, false
	}
	n.val, n.raw, n.bound = n.val/b*a, "", About
	return n, true
}

// hanSum reads numerals with powers of ten, digits among them: 二百八十万, 280万.
func (s *scanner) hanSum(i int) (num, bool) {
	h := hanAdder{s: s}
	j := i
	for range 32 {
		k, ok := h.step(j)
		if !ok {
			break
		}
		j = k
		if h.done {
			break
		}
	}
	if j == i || !h.some {
		return num{}, false
	}
	h.n.val, h.n.next = h.total+h.section+h.digit, j
	s.hanTail(&h.n)
	return h.n, true
}

// hanVague reads 数千, 几十, 十几万, 上百.
func (s *scanner) hanVague(i int) (num, bool) {
	switch s.word(i) {
	case "数", "几", "上", "成", "好":
	default:
		return num{}, false
	}
	j := i + 1
	if s.word(i) == "好" {
		if s.word(j) != "几" {
			return num{}, false
		}
		j++
	}
	v := 1.0
	from := j
	for j < len(s.toks) && j < from+4 {
		f, ok := hanScales[s.word(j)]
		if !ok {
			break
		}
		v *= f
		j++
	}
	if j == from || s.word(i) == "成" && v < 100 || s.word(i) == "上" && v < 100 {
		return num{}, false
	}
	return num{val: v, vague: true, words: true, next: j}, true
}

// hanYearDigits reads digits without a power of ten: 二〇二五, 一九四一.
func (s *scanner) hanYearDigits(i int) (num, bool) {
	raw, j := "", i
	for j < len(s.toks) && j < i+16 {
		d, ok := hanDigits[s.word(j)]
		if !ok || s.word(j) == "两" {
			break
		}
		raw += string(rune('0' + int(d)))
		j++
	}
	if len(raw) < 2 {
		return num{}, false
	}
	if _, ok := hanScales[s.word(j)]; ok {
		return num{}, false
	}
	if len(raw) == 2 && raw[0]+1 == raw[1] && raw[0] != '0' { // 三四个: three or four
		d := float64(raw[0] - '0')
		return num{val: d, words: true, next: j, bound: About}, true
	}
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return num{}, false
	}
	return num{val: v, raw: raw, next: j}, true
}

// hanAdder builds a number from Chinese numerals and digits.
type hanAdder struct {
	s       *scanner
	n       num
	total   float64 // closed by 万 or 亿
	section float64 // closed by 十, 百, 千
	digit   float64
	some    bool
	has     bool // a digit is open
	arabic  bool
	last    float64 // the last power of ten
	done    bool
}

func (h *hanAdder) step(j int) (int, bool) {
	s := h.s
	if j >= len(s.toks) {
		return j, false
	}
	w := s.toks[j].w
	if s.toks[j].kind == text.Number {
		if h.has || h.some && (h.last < 1e4 || s.toks[j].gap) {
			return j, false
		}
		n, _ := s.digits(j)
		if h.some && n.val >= h.last {
			return j, false
		}
		h.digit, h.has, h.arabic, h.some = n.val, true, true, true
		h.n.raw, h.n.code, h.n.den = n.raw, n.code, n.den
		h.done = n.code || n.den > 0
		return n.next, true
	}
	if s.toks[j].kind != text.Han {
		return j, false
	}
	if d, ok := hanDigits[w]; ok {
		return h.stepDigit(j, w, d)
	}
	if f, ok := hanScales[w]; ok {
		if _, n := s.find(j, cUnit); n > 1 && f == 1e12 { // 兆瓦
			return j, false
		}
		return h.stepScale(j, f)
	}
	if h.some && (w == "多" || w == "余" || w == "几" || w == "来") {
		// 二十多万: over, and the scale still to come
		if f, ok := hanScales[s.word(j+1)]; ok && f >= 1e4 {
			h.n.bound = Over
			return j + 1, true
		}
	}
	if w == "点" && h.has && !h.arabic {
		return h.decimals(j)
	}
	return j, false
}

func (h *hanAdder) stepDigit(j int, w string, d float64) (int, bool) {
	if h.has {
		return j, false
	}
	if d == 0 && h.some { // 一百零五
		if _, ok := hanDigits[h.s.word(j+1)]; ok || h.s.word(j+1) == "十" {
			return j + 1, true
		}
		return j, false
	}
	h.digit, h.has, h.some = d, true, true
	h.n.words = true
	return j + 1, true
}

func (h *hanAdder) stepScale(j int, f float64) (int, bool) {
	switch {
	case f >= 1e4:
		if !h.some {
			if h.s.word(j+1) == "亿" || h.s.word(j) == "兆" {
				return j, false
			}
			h.digit = 1
		}
		if h.total > 0 && h.section+h.digit == 0 { // 万亿
			h.total *= f
		} else if h.total > 0 && h.last < f {
			h.total = (h.total + h.section + h.digit) * f
		} else {
			h.total += (h.section + h.digit) * f
		}
		h.section = 0
	case h.arabic && h.has:
		h.section += h.digit * f
	default:
		if !h.has {
			h.digit = 1
			if h.section > 0 && h.last < f {
				h.section, h.digit = h.section*f, 0
			}
		}
		h.section += h.digit * f
	}
	h.n.words, h.n.scaled, h.n.raw = h.n.words || !h.arabic, true, ""
	h.n.mul = f
	h.digit, h.has, h.arabic, h.some, h.last = 0, false, false, true, f
	return j + 1, true
}

// decimals reads 三点五.
func (h *hanAdder) decimals(j int) (int, bool) {
	var b strings.Builder
	k := j + 1
	for k < len(h.s.toks) && k < j+8 {
		d, ok := hanDigits[h.s.word(k)]
		if !ok {
			break
		}
		b.WriteByte('0' + byte(d))
		k++
	}
	if b.Len() == 0 || h.s.word(k) == "分" || h.s.word(k) == "十" {
		return j, false
	}
	f, err := strconv.ParseFloat("0."+b.String(), 64)
	if err != nil {
		return j, false
	}
	h.digit += f
	return k, true
}

// hanTail reads what makes a number approximate or adds a half: 二十多, 十几,
// 三千余, 一个半.
func (s *scanner) hanTail(n *num) {
	switch s.word(n.next) {
	case "多", "余":
		n.bound = Over
		n.next++
	case "几":
		if n.val == 10 || n.scaled {
			n.bound = Over
			n.next++
		}
	case "来":
		if _, k := s.find(n.next+1, cMeasure|cUnit); k > 0 && n.val >= 10 {
			n.bound = About
			n.next++
		}
	default:
		return
	}
	n.raw = ""
}

// hanMeasure takes the measure word and the half that stand between a number
// and its unit: 三个小时, 一个半小时, 3个多月.
func (s *scanner) hanMeasure(n *num) {
	j := n.next
	if s.word(j) != "个" || n.vague || n.code {
		return
	}
	j++
	half, over := false, false
	switch s.word(j) {
	case "半":
		half, j = true, j+1
	case "多":
		over, j = true, j+1
	}
	u, k := s.find(j, cUnit|cPercent|cPoints)
	if k == 0 || u.class != cUnit && !half && !over {
		return
	}
	n.next = j
	if half {
		n.val, n.raw = n.val+.5, ""
		n.scaled = true
	}
	if over {
		n.bound = Over
	}
}
