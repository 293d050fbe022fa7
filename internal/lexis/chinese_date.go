package lexis

import (
	"strconv"
)

// chineseDate reads 2025年8月31日, 8月31日至9月1日, 二〇二五年, 上世纪九十年代.
func (s *scanner) chineseDate(i int) (Item, int, bool) {
	if t, next, ok := s.figures(i); ok {
		return s.item(Date, i, next, t.String()), next, true
	}
	if it, next, ok := s.chineseAge(i); ok {
		return it, next, true
	}
	a, next, ok := s.chineseOne(i)
	if !ok {
		return s.chineseYears(i)
	}
	if k := s.dateTo(next, i); k > 0 {
		if b, end, ok := s.chineseOne(k); ok {
			if b.m == 0 && b.d != 0 {
				b.m = a.m
			}
			if b.y == 0 && (b.m >= a.m || a.m == 0) {
				b.y = a.y
			}
			return s.dateRange(i, a, b, end)
		}
	}
	it := s.item(Date, i, next, a.String())
	if a.m == 0 && a.d == 0 {
		it.Value = float64(a.y)
	}
	return it, next, true
}

// chineseOne reads one date: any of year, month and day that follow each
// other.
func (s *scanner) chineseOne(i int) (ymd, int, bool) {
	var t ymd
	j := i
	switch {
	case s.word(j) == "公" && s.word(j+1) == "元":
		j += 2
		if s.word(j) == "前" {
			t.bc = true
			j++
		}
	case s.word(j) == "前" && i > 0:
	}
	era := j > i
	if n, ok := s.hanNumber(j); ok && n.bound == Exact && !n.vague && !n.code {
		k := n.next
		switch y := int(n.val); {
		case s.word(k) == "年" && s.word(k+1) != "代" && (era || n.raw != "" && len(n.raw) == 4 && y >= 1000 && y <= 2100):
			t.y = y
			j = k + 1
			if s.word(j) == "度" {
				j++
			}
		case era:
			return t, 0, false
		}
	}
	return s.monthDay(t, i, j)
}

// monthDay reads month and day at token j behind what t holds already.
func (s *scanner) monthDay(t ymd, i, j int) (ymd, int, bool) {
	if n, ok := s.hanNumber(j); ok && n.bound == Exact && !n.vague && !n.code &&
		s.word(n.next) == "月" && n.val >= 1 && n.val <= 12 && n.val == float64(int(n.val)) {
		t.m = int(n.val)
		j = n.next + 1
		if s.word(j) == "份" {
			j++
		}
	}
	if n, ok := s.hanNumber(j); ok && s.word(j) != "两" && (t.m > 0 || s.word(j) != "一" || n.next > j+1) && n.bound == Exact && !n.vague && !n.code && n.val >= 1 && n.val <= 31 && n.val == float64(int(n.val)) {
		w := s.word(n.next)
		if _, days := s.find(n.next, cUnit); days > 1 && t.m == 0 { // 7日内
			return t, 0, false
		}
		if w == "日" && s.word(n.next+1) != "元" || w == "号" && (t.m > 0 || s.dayTail(n.next+1)) {
			t.d = int(n.val)
			j = n.next + 1
		}
	}
	if t == (ymd{}) || j == i {
		return t, 0, false
	}
	return t, j, true
}

// chineseAge reads centuries and decades: 20世纪90年代, 上世纪九十年代, 21世纪.
func (s *scanner) chineseAge(i int) (Item, int, bool) {
	century, sign, j := 0, "", i
	switch {
	case s.word(j) == "公" && s.word(j+1) == "元" && s.word(j+2) == "前":
		sign, j = "-", j+3
	case s.word(j) == "上" && s.word(j+1) == "世" && s.word(j+2) == "纪":
		century, j = 20, j+3
	case s.word(j) == "本" && s.word(j+1) == "世" && s.word(j+2) == "纪":
		century, j = 21, j+3
	}
	n, ok := s.hanNumber(j)
	if ok && century == 0 && s.word(n.next) == "世" && s.word(n.next+1) == "纪" && n.val >= 1 && n.val <= 40 {
		century, j = int(n.val), n.next+2
		n, ok = s.hanNumber(j)
	}
	if ok && s.word(n.next) == "年" && s.word(n.next+1) == "代" && !n.vague && int(n.val)%10 == 0 && n.val < 2100 {
		norm := decadeNorm(pad2(int(n.val)))
		if century > 0 && n.val < 100 {
			norm = strconv.Itoa(century-1) + strconv.Itoa(int(n.val)/10) + "x"
		}
		return s.item(Date, i, n.next+2, norm), n.next + 2, true
	}
	if century == 0 {
		return Item{}, 0, false
	}
	it := s.item(Date, i, j, sign+"C"+strconv.Itoa(century))
	if s.word(i) == "上" || s.word(i) == "本" {
		it.Norm = map[string]string{"上": "@century-1", "本": "@century0"}[s.word(i)]
	}
	it.Value = float64(century)
	return it, j, true
}

// chineseYears reads a range of years whose first has no 年: 1941-1945年,
// 2024至2025年; and of months: 3至6月.
func (s *scanner) chineseYears(i int) (Item, int, bool) {
	n, ok := s.hanNumber(i)
	if ok && n.val >= 1 && n.val < 12 && n.bound == Exact {
		return s.chineseMonths(i, n)
	}
	if !ok || len(n.raw) != 4 || n.val < 1000 || n.val > 2100 {
		return Item{}, 0, false
	}
	k := s.dateTo(n.next, i)
	if k == 0 {
		if s.word(n.next) == "-" || s.word(n.next) == "/" {
			k = n.next + 1
		} else {
			return Item{}, 0, false
		}
	}
	m, ok := s.hanNumber(k)
	if !ok || len(m.raw) != 4 || m.val <= n.val || m.val > 2100 {
		return Item{}, 0, false
	}
	next := m.next
	if s.word(next) == "年" {
		next++
	}
	it := s.item(Date, i, next, padYear(int(n.val))+"/"+padYear(int(m.val)))
	it.Value, it.High = n.val, m.val
	return it, next, true
}

// chineseMonths reads the months from n, which stands at token i, to another: 3至6月.
func (s *scanner) chineseMonths(i int, n num) (Item, int, bool) {
	k := s.dateTo(n.next, i)
	if k == 0 {
		return Item{}, 0, false
	}
	m, ok := s.hanNumber(k)
	if !ok || m.bound != Exact || m.val <= n.val || m.val > 12 || m.val != float64(int(m.val)) || n.val != float64(int(n.val)) || s.word(m.next) != "月" {
		return Item{}, 0, false
	}
	next := m.next + 1
	if s.word(next) == "份" {
		next++
	}
	if d, ok := s.hanNumber(next); ok && (s.word(d.next) == "日" || s.word(d.next) == "号") {
		return Item{}, 0, false
	}
	return s.item(Date, i, next, "--"+pad2(int(n.val))+"/--"+pad2(int(m.val))), next, true
}

// dayTail says that what stands at j makes N号 before it a day, not a number
// (7号线).
func (s *scanner) dayTail(j int) bool {
	switch s.word(j) {
	case "", "，", ",", "。", "、", "至", "到", "晚", "上", "下", "早", "凌", "开", "起", "前", "后", "在":
		return true
	}
	return false
}
