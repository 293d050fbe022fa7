package rendering

import (
	"strings"

	"sverka/internal/bitext"
)

// commonWords are the words that hold sentences together. What renders them is
// told by their surroundings, if anything does; the model has a weight for each.
var commonWords = map[bitext.Lang][]string{
	bitext.English: strings.Fields(`the a an of to in on at by for from with as and or but not n't 's is are was were be been being am
		have has had having do does did will would can could may might must should shall that this these those it its he she they them his her
		their we our you your i my who which what when where how there than then so if into over under about after before between
		through during against up out off more most all some any no only also such other one`),
	bitext.Russian: strings.Fields(`и в во на с со к ко о об обо от из у за по до для при над под без через про между и или но а не ни же ли бы
		что чтобы как это этот эта эти этого этой этом этому этим этих тот та те того той том тем тех он она они оно его ее их ему ей им
		нем ней них мы нас нам вы вас я мне был была было были быть есть будет будут который которая которое которые которого которой
		которых которым котором себя свой свои своей своего все всех весь вся более также так только уже еще если когда где после во
		время из-за один`),
	bitext.Chinese: strings.Fields(`的 了 在 是 和 与 及 有 被 将 把 对 为 以 于 从 到 向 由 中 上 下 里 内 外 前 后 时 之 其 他 她 它 他们 她们 它们 我 我们 你 你们
		这 那 这些 那些 这个 那个 一个 一 一些 个 名 位 种 次 年 不 也 都 并 而 但 但是 就 还 又 再 会 能 可以 可能 要 着 过 地 得 所 者 等
		当 因为 如果 没有 没 已经 已 最 更 很 其他 自己 什么 来 去 使 让 给 说 人 们 第 用`),
}

var commonPlaces = func() map[bitext.Lang]map[string]int8 {
	out := map[bitext.Lang]map[string]int8{}
	for lang, words := range commonWords {
		places := make(map[string]int8, len(words))
		n := int8(0)
		for _, w := range words {
			if places[w] == 0 {
				n++
				places[w] = n
			}
		}
		out[lang] = places
	}
	return out
}()

// commonPlace gives the place of a folded word among the common ones of its
// language, from 1; 0 for other words.
func commonPlace(lang bitext.Lang, form string) int8 { return commonPlaces[lang][form] }
