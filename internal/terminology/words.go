package terminology

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// wordKind says where in a term a word may stand.
type wordKind uint8

const (
	anywhere  wordKind = iota
	innerOnly          // not at the ends
	neverIn
)

func kindOf(lang bitext.Lang, form string) wordKind {
	switch {
	case innerWords[lang][form]:
		return innerOnly
	case neverWords[lang][form]:
		return neverIn
	case lang == bitext.Russian && isVerb(form), lang == bitext.English && len(form) > 4 && strings.HasSuffix(form, "ly"):
		return neverIn
	case len([]rune(form)) < 2 && lang != bitext.Chinese:
		return neverIn
	}
	return anywhere
}

// isVerb says by its ending that a Russian word is a verb or a gerund.
func isVerb(w string) bool {
	for _, e := range []string{"ться", "тся", "ать", "ять", "ить", "еть", "уть", "ают", "яют", "уют", "ует", "ает", "яет", "ивая", "ывая", "вшись", "лись", "лось"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}

// endsNone says of a word that a term may begin with it, but not end: an
// adjective in a case that no noun has.
func endsNone(lang bitext.Lang, form string) bool {
	if lang != bitext.Russian || len(form) < 8 {
		return false
	}
	for _, e := range []string{"ый", "кий", "ший", "щий", "ого", "его", "ому", "ему", "ыми", "ими", "ая", "яя", "ое", "ее", "ые", "кие", "шие", "щие", "ых", "их", "ую", "юю", "ным", "ским", "ной", "ской"} {
		if strings.HasSuffix(form, e) {
			return true
		}
	}
	return false
}

// nominative weighs a Russian phrase by how much its first word looks like a
// nominative: an adjective as a dictionary has it, a noun in a consonant or in
// one of the endings of that case.
func nominative(phrase string) int {
	first, _, more := strings.Cut(text.Fold(phrase), " ")
	for _, e := range []string{"ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие"} {
		if more && strings.HasSuffix(first, e) {
			return 100
		}
	}
	r, _ := utf8.DecodeLastRuneInString(first)
	switch {
	case strings.ContainsRune("ыиуюе", r), strings.HasSuffix(first, "ой"), strings.HasSuffix(first, "ом"), strings.HasSuffix(first, "ого"):
		return 1
	case !strings.ContainsRune("ая", r):
		return 5
	case isCapital(phrase):
		return 2 // mostly the genitive of a man's name
	}
	return 4
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

var innerWords = map[bitext.Lang]map[string]bool{
	bitext.English: words(`of the and for with in on to a an by against between from at as`),
	bitext.Russian: words(`и в во о об на по с со для за против без от к ко при между из под над`),
	bitext.Chinese: words(`和 与 及 之`),
}

var neverWords = map[bitext.Lang]map[string]bool{
	bitext.English: words(`this that these those it its he him his she her hers they them their theirs we us our ours you your yours i me my mine
		who whom whose which what there here into onto upon about over under among during through or but nor so yet if than then too also very just
		is am are was were be been being have has had having do does did doing done will would shall can could may might must should not no
		up down out off when where while because although though however therefore thus such own same other others another any some all each both more most
		only even still already again once ever never per via within without before after since until till along across around behind beyond toward towards
		itself himself herself themselves ourselves myself yourself one ones two three how why whether said say says made make makes take takes took taken
		get got give given gave go goes going went come comes came see seen know known think want like well much many little few first last next
		year years day days month months time times today yesterday tomorrow now ago back way thing things lot new good great every everyone everything
		someone something anyone anything nobody nothing none else us let it's don't that's we're i'm they're there's doesn't didn't isn't won't can't
		least most further called use used using including include included particularly according based due part number need needs`),
	bitext.Russian: words(`не что он она оно они я мы ты вы ее его их им ими ней нем них нам нас вам вас мне меня тебя тебе себя себе собой свой своя свое свои своей своего своих своим
		своими своем своему наш наша наше наши нашей наших нашего нашем нашим ваш ваша ваше ваши вашу вашем вашего вашей вашим вашими ваших нашу нашими мою моя мое мои свою это этот эта эти этих этим этими этого этой этом эту тот та то те того тех тем той тому
		как а все всё так но да же бы том самом таким такими только было быть был была были будет будут есть нет еще уже или ни если чтобы когда даже ли ну вот ведь там тут здесь потом тоже также
		который которая которое которые которых которого которой которому которым которую которыми кто чего чем кому где куда зачем почему можно нужно надо очень более менее самый самая
		один одна одно два две три год года году лет день дня раз время сегодня вчера завтра сейчас теперь всегда никогда весь вся всей всем всеми всех
		является являются стал стала стало стали может могут мог должен должна должны оба обе обоих обеих обеим прошлый прошлого прошлом прошлой данный данного данном данной имею имеет виду млн млрд тыс тысяч сказал заявил отметил лишь однако поэтому потому хотя после до перед через около во-первых
		другой другая другие других другого много мало несколько новый новая новое новые нового новой новых такой такая такое такие таких такого каждый любой`),
	bitext.Chinese: words(`的 了 在 是 我 你 您 他 她 它 们 个 着 过 得 地 所 等 并 且 但 则 因 由 来 去 吗 呢 吧 啊 会 能 要 很 更 最 已 曾 正 再 只 才 即 若 如 某 各 每 些 不 没 未 有
		也 都 就 还 又 将 把 被 对 从 到 向 给 为 以 于 其 这 那 该 此 上 下 中 里 说 年 月 日 或 而 让 使 使 称 谁 何`),
}
