package lexis

import (
	"strconv"
	"strings"

	"sverka/internal/bitext"
)

// clock reads a time of day at token i: 12:30, 3 pm, 15 часов, 下午3点半,
// "in the morning".
func (s *scanner) clock(i int) (Item, int, bool) {
	if s.lang == bitext.Chinese {
		if it, next, ok := s.chineseClock(i); ok {
			return it, next, true
		}
	} else if h, m, j, ok := s.hourMinute(i); ok {
		add, n := s.find(j, cHalfday)
		if n > 0 {
			h, j = halfday(h, add.val), j+n
		}
		return s.item(Time, i, j, pad2(h)+":"+pad2(m)), j, true
	} else if it, next, ok := s.militaryHour(i); ok {
		return it, next, true
	} else if it, next, ok := s.hour(i); ok {
		return it, next, true
	}
	if m, n := s.find(i, cDaypart); n > 0 && n == s.longest(i) {
		return s.weakIf(m.weak, s.item(Time, i, i+n, m.str)), i + n, true
	}
	return Item{}, 0, false
}

// halfday gives the hour of 24 for hour h with "am" (add 0) or "pm" (add 12).
func halfday(h int, add float64) int {
	switch {
	case h == 12 && add == 0:
		return 0
	case h < 12:
		return h + int(add)
	}
	return h
}

// hourMinute reads 12:30 and 12:30:15.
func (s *scanner) hourMinute(i int) (h, m, next int, ok bool) {
	if !s.isDigits(i) || i+2 >= len(s.toks) || s.word(i+1) != ":" || !s.joined(i+1) || !s.isDigits(i+2) {
		return 0, 0, 0, false
	}
	if len(s.word(i)) > 2 || len(s.word(i+2)) != 2 {
		return 0, 0, 0, false
	}
	h, e1 := strconv.Atoi(s.word(i))
	m, e2 := strconv.Atoi(s.word(i + 2))
	if e1 != nil || e2 != nil || h > 24 || m > 59 {
		return 0, 0, 0, false
	}
	next = i + 3
	if s.word(next) == ":" && s.joined(next) && s.isDigits(next+1) && s.joined(next+1) {
		next += 2
	}
	return h, m, next, true
}

// hour reads a full hour: 3 pm, at three o'clock, в 15 часов, 3 часа дня.
func (s *scanner) hour(i int) (Item, int, bool) {
	if s.toks[i].mask&cCard == 0 && !s.isDigits(i) {
		return Item{}, 0, false
	}
	n, ok := s.amount(i)
	if !ok || n.val < 0 || n.val >= 25 || n.scaled || n.ord || n.den > 0 {
		return Item{}, 0, false
	}
	h, m, j := int(n.val), 0, n.next
	dotted := false
	if strings.Contains(n.raw, ".") { // 3.30 pm, в 22.00
		h, dotted = int(n.val), true
		_, min, _ := strings.Cut(n.raw, ".")
		v, err := strconv.Atoi(min)
		if len(min) != 2 || err != nil || v > 59 {
			return Item{}, 0, false
		}
		m = v
	}
	_, o := s.find(j, cHour)
	add, half := s.find(j+o, cHalfday)
	switch {
	case half > 0 && (o > 0 || s.lang == bitext.English || s.word(j) != "дня" && s.timeBefore(i)):
		h, j = halfday(h, add.val), j+o+half
	case o > 0 && (s.lang == bitext.English || s.word(i-1) == "в" || s.word(i-1) == "к"):
		j += o
		if k, ok := s.minutes(j); ok && s.lang == bitext.Russian {
			m, j = k, j+2
		}
	case dotted && s.lang == bitext.Russian && s.atHour(i, j):
	default:
		return Item{}, 0, false
	}
	return s.item(Time, i, j, pad2(h)+":"+pad2(m)), j, true
}

// atHour says that the figures 22.00 at tokens i to j are a time: a
// preposition of time before them and no unit behind.
func (s *scanner) atHour(i, j int) bool {
	if !s.timeBefore(i) {
		return false
	}
	_, n := s.find(j, cUnit|cPercent|cPoints|cScale|cCurrency|cTimes)
	return n == 0
}

// timeBefore says that a Russian preposition of time stands before token i.
func (s *scanner) timeBefore(i int) bool {
	switch s.word(i - 1) {
	case "в", "к", "с", "до", "около", "после":
		return true
	}
	return false
}

// militaryHour reads 0800 hours.
func (s *scanner) militaryHour(i int) (Item, int, bool) {
	if s.lang != bitext.English || !s.isDigits(i) || len(s.word(i)) != 4 || s.word(i+1) != "hours" && s.word(i+1) != "hrs" {
		return Item{}, 0, false
	}
	v, err := strconv.Atoi(s.word(i))
	if err != nil || v > 2400 || v%100 > 59 {
		return Item{}, 0, false
	}
	return s.item(Time, i, i+2, pad2(v/100)+":"+pad2(v%100)), i + 2, true
}

// minutes reads "30 минут" behind the hour.
func (s *scanner) minutes(j int) (int, bool) {
	u, n := s.find(j+1, cUnit)
	if !s.isDigits(j) || n == 0 || u.str != "60 s" {
		return 0, false
	}
	m, err := strconv.Atoi(s.word(j))
	return m, err == nil && m < 60
}

// chineseClock reads 下午3点30分, 15时, 晚上8点半, 上午9:30.
func (s *scanner) chineseClock(i int) (Item, int, bool) {
	j := i
	part, n := s.find(i, cHalfday)
	j += n
	h, m, next, ok := s.hourMinute(j)
	if !ok {
		v, ok := s.hanNumber(j)
		if !ok || v.val > 24 || v.val != float64(int(v.val)) || v.bound != Exact || v.scaled && v.val > 24 {
			return Item{}, 0, false
		}
		h, next = int(v.val), v.next
		switch w := s.word(next); {
		case w == "点" && (n > 0 || s.clockTail(next+1) || v.raw != "" && s.hourBefore(i)):
		case w == "时" && (n > 0 || s.clockTail(next+1) || v.raw != "") && s.word(next+1) != "代" && s.word(next+1) != "期":
		default:
			return Item{}, 0, false
		}
		next++
		if s.word(next) == "钟" || s.word(next) == "整" {
			next++
		}
		if s.word(next) == "半" {
			m, next = 30, next+1
		} else if v, ok := s.hanNumber(next); ok && v.val < 60 && (s.word(v.next) == "分" || v.raw != "") && s.word(v.next+1) != "之" {
			m, next = int(v.val), v.next
			if s.word(next) == "分" {
				next++
			}
		}
	}
	if n > 0 {
		h = halfday(h, part.val)
		if part.val == 24 { // 晚上, 凌晨 in the night
			h = halfday(h, 12)
		}
	}
	return s.item(Time, i, next, pad2(h)+":"+pad2(m)), next, true
}

// clockTail says that what stands at j makes 点 before it an hour, not a dot,
// a point or "a little".
func (s *scanner) clockTail(j int) bool {
	switch s.word(j) {
	case "钟", "整", "半", "前", "后", "左", "到", "至", "开", "起", "许":
		return true
	}
	v, ok := s.hanNumber(j)
	return ok && s.word(v.next) == "分" && s.word(v.next+1) != "之"
}

// hourBefore says that what stands before token i makes N点 an hour.
func (s *scanner) hourBefore(i int) bool {
	switch s.word(i - 1) {
	case "到", "在", "于", "至", "早", "晚", "午", "天", "日":
		return true
	}
	return false
}
