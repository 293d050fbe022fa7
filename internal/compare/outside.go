package compare

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sverka/internal/bitext"
)

// outsideRun is how many segments without counterpart in a row, inside the
// statement, are taken for something else than a dropped passage.
const outsideRun = 6

// edgeRun is how many are, before the first or behind the last passage that the
// version shares, where other versions go on.
const edgeRun = 3

// findOutside finds runs of beads that only one version fills and that are no
// part of the statement: what stands before its first and behind its last
// common bead, and long or furniture-like runs inside. skip marks their beads.
func findOutside(in Input) (out []Outside, skip []bool) {
	a := in.Alignment
	skip = make([]bool, len(a.Beads))
	first, last := len(a.Beads), -1
	for b := range a.Beads {
		if a.Beads[b].Filled() > 1 {
			first, last = min(first, b), b
		}
	}
	if last < 0 {
		return nil, skip
	}
	for v := range a.Versions {
		add := func(from, to int, where string) {
			o := Outside{Version: v, Where: where, Bead: from}
			o.Segments = bitext.Range{From: a.Beads[from].Sides[v].From, To: a.Beads[to-1].Sides[v].To}
			out = append(out, o)
			for b := from; b < to; b++ {
				if only(&a.Beads[b], v) {
					skip[b] = true
				}
			}
		}
		// At an end where others go on, a run must look like what it is taken for.
		edge := func(from, to int, where string, all bool) {
			from, to = trimRun(a, v, from, to)
			least := outsideRun
			if !slices.Contains(in.Sources, v) {
				least = edgeRun
			}
			if from < to && (all && !slices.Contains(in.Sources, v) || furniture(a, v, from, to) || countOnly(a, v, from, to) >= least) {
				add(from, to, where)
			}
		}
		begin, end := commonReach(a, v, first, last)
		edge(0, begin, "head", begin == first)
		edge(end+1, len(a.Beads), "tail", end == last)
		for from := begin; from <= end; {
			to := from
			for to <= end && only(&a.Beads[to], v) {
				to++
			}
			if to > from && (to-from >= outsideRun || furniture(a, v, from, to)) {
				add(from, to, "inside")
			}
			from = max(to, from+1)
		}
	}
	slices.SortStableFunc(out, func(x, y Outside) int { return x.Bead - y.Bead })
	return out, skip
}

// commonReach gives the first and the last bead that v fills with others; first
// and last, those of all versions, where it fills none.
func commonReach(a *bitext.Alignment, v, first, last int) (begin, end int) {
	begin, end = last+1, -1
	for b := first; b <= last; b++ {
		if a.Beads[b].Filled() > 1 && !a.Beads[b].Sides[v].Empty() {
			begin, end = min(begin, b), b
		}
	}
	if end < 0 {
		return first, last
	}
	return begin, end
}

// only says that v alone fills the bead.
func only(b *bitext.Bead, v int) bool { return b.Filled() == 1 && !b.Sides[v].Empty() }

// countOnly counts the beads from from to to that v alone fills.
func countOnly(a *bitext.Alignment, v, from, to int) int {
	n := 0
	for b := from; b < to; b++ {
		if only(&a.Beads[b], v) {
			n++
		}
	}
	return n
}

// trimRun narrows beads from to to to the first and last that v fills.
func trimRun(a *bitext.Alignment, v, from, to int) (int, int) {
	for from < to && !only(&a.Beads[from], v) {
		from++
	}
	for to > from && !only(&a.Beads[to-1], v) {
		to--
	}
	return from, to
}

// siteWords open or fill the lines that sites put into a page.
var siteWords = []string{
	"http://", "https://", "www.", "©", "copyright", "all rights reserved", "subscribe", "sign up", "log in",
	"share this", "share on", "get the ", "no spam", "your inbox", "unsubscribe", "best stories", "most read", "trending", "sponsored", "tweet", "follow us", "read more", "read also", "related articles", "related posts",
	"leave a comment", "leave a reply", "comments", "cookie", "advertisement", "newsletter", "photo:", "image:",
	"posted by", "posted in", "tags:", "categories:", "source:", "click here", "print this", "donate", "privacy policy",
	"подписаться", "подписывайтесь", "поделиться", "читайте также", "комментари", "реклама", "фото:", "источник:",
	"все права защищены", "теги:", "рубрика", "войти", "регистрация", "политика конфиденциальности", "опубликовано",
	"分享", "订阅", "关注我们", "版权所有", "责任编辑", "相关阅读", "相关新闻", "点击", "评论", "登录", "注册", "来源：", "图片：", "扫一扫", "广告",
}

// furniture says that most of a run looks like what a site puts into a page.
func furniture(a *bitext.Alignment, v, from, to int) bool {
	n, hits := 0, 0
	for b := from; b < to; b++ {
		r := a.Beads[b].Sides[v]
		for s := r.From; s < r.To; s++ {
			n++
			if looksLikeSite(a.Versions[v].Segments[s].Text) {
				hits++
			}
		}
	}
	return n > 0 && 2*hits > n
}

func looksLikeSite(s string) bool {
	if utf8.RuneCountInString(s) > 120 {
		return false
	}
	low := strings.ToLower(s)
	for _, w := range siteWords {
		if i := strings.Index(low, w); i == 0 || i > 0 && utf8.RuneCountInString(s) < 60 {
			return true
		}
	}
	return false
}
