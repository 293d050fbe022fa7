package compare

import (
	"strings"

	"sverka/internal/bitext"
	"sverka/internal/lexicon"
)

// stopWords carry no meaning that a comparison could hang on.
var stopWords = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet(`a an the this that these those it its he him his she her hers they them their
		theirs we us our ours you your yours i me my mine who whom whose which what there here
		of in on at by to from for with as into onto upon about over under between among during
		through and or but nor so yet if than then too also very just is am are was were be been
		being have has had having do does did doing done will would shall can could may might must
		should not no n't 's 'd 'll 're 've 'm ll re ve s t d m up down out off when where while because although though
		however therefore thus such own same other another any some all each both more most
		only even still already again once ever never per via within without against before after
		since until till along across around behind beyond toward towards itself himself herself
		themselves ourselves myself yourself one ones how why whether don't doesn't didn't won't isn't aren't
		wasn't weren't can't cannot couldn't shouldn't wouldn't hasn't haven't hadn't it's that's there's i'm
		he's she's they're we're you're i've we've you've i'll we'll you'll they'll he'll she'll let's let
		every everyone everybody everything someone somebody something anyone anybody anything nobody nothing none
		else whatever whoever whichever somehow somewhat anyway quite rather really indeed well perhaps please`),
	bitext.Russian: wordSet(`и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по
		только ее мне было вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни
		быть был него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где
		есть надо ней для мы тебя их чем была сам чтоб чтобы без будто чего раз тоже себе под будет
		ж тогда кто этот того потому этого какой ним здесь этом один почти мой тем нее сейчас были
		куда зачем всех никогда можно при об над больше тот через эти нас про всего них какая
		много разве эту моя свою этой перед такой им более всегда конечно всю между это эта также
		который которая которое которые которых которого которой которому которым которую которыми
		свой своей своего своих своим своими своем наш наша наше наши нашей наших нашего нашем
		ваш ваша ваше ваши вашей вашего ваших вашем является являются этих этим этими того тех та те
		после является хотя поскольку либо весь вся всей всем всеми одна одно одни однако около`),
	bitext.Chinese: wordSet(`的 了 在 是 和 与 及 或 而 也 都 就 还 又 将 把 被 对 从 到 向 给 为 以 于 之 其 这 那 该
		此 我 你 您 他 她 它 们 个 着 过 得 地 所 等 并 且 但 则 因 由 上 下 中 里 来 去 吗 呢 吧 啊 会 能 要 很 更 最
		已 曾 正 再 只 才 即 若 如 某 各 每 些 不 没 未 无 有`),
}

func wordSet(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func isStop(lang bitext.Lang, form string) bool { return stopWords[lang][form] }

var clauseMarks = wordSet(`, ; : . ! ? ( ) [ ] - " ， ； ： 。 ！ ？ （ ） … 、 ·`)

func isClauseMark(form string) bool { return clauseMarks[form] && form != "、" && form != "·" }

// wordKey gives the key by which equal words are known.
func wordKey(lang bitext.Lang, form string) string { return lexicon.Key(lang, form) }
